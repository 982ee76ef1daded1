<?cs # invitation_gone.cs - an invitation that cannot be accepted: why, and what to do. Reads what shell/plain_head.cs and
shell/plain_form.cs read, Gone.{Why,InvitedBy}; Why is accepted, expired, withdrawn, empty or unknown. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/plain_form.cs" ?><?cs include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in"><?cs if:Gone.Why == "accepted" ?>
<h1><?cs var:_("This invitation was accepted already") ?></h1>
<p class="soft"><?cs var:_("You have an account: sign in with it.") ?></p>
<p class="actions"><a class="button main wide" href="/sign-in"><?cs var:_("Sign in") ?></a></p>
<p class="below"><a href="/forgot"><?cs var:_("Forgot password?") ?></a></p><?cs elif:Gone.Why == "expired" ?>
<h1><?cs var:_("This invitation has expired") ?></h1>
<p class="soft"><?cs var:_("Its link was good for seven days. Ask for a new one:") ?> <?cs if:Gone.InvitedBy ?><strong><?cs var:Gone.InvitedBy ?></strong> <?cs var:_("can send it again with one click.") ?><?cs else ?><?cs var:_("the administrator of your company can send it again with one click.") ?><?cs /if ?></p><?cs elif:Gone.Why == "withdrawn" ?>
<h1><?cs var:_("This invitation was withdrawn") ?></h1>
<p class="soft"><?cs var:_("If you think that this is a mistake, ask the administrator of your company.") ?></p><?cs elif:Gone.Why == "empty" ?>
<h1><?cs var:_("This invitation is not complete any more") ?></h1>
<p class="soft"><?cs var:_("The role that it gave was deleted, so you could do nothing here. Ask for another one:") ?> <?cs if:Gone.InvitedBy ?><strong><?cs var:Gone.InvitedBy ?></strong> <?cs var:_("can change the invitation and send it again.") ?><?cs else ?><?cs var:_("the administrator of your company can change the invitation and send it again.") ?><?cs /if ?></p><?cs else ?>
<h1><?cs var:_("This link is not good") ?></h1>
<p class="soft"><?cs var:_("Open the newest mail with an invitation, and check that the whole address of its link is in the address bar. A newer mail makes the links of older ones void.") ?></p><?cs /if ?>
<?cs call:plain_help() ?>
</div>
<?cs include:"shell/plain_foot.cs" ?>
