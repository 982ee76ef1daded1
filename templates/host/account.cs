<?cs # account.cs - an operator's own account. Reads what host/head.cs, shell/form.cs and access/session_table.cs read, SessionCount,
Account.{Name,Email,TwoFactor}, Account.Rights.N.Text. ?><?cs
include:"shell/form.cs" ?><?cs include:"access/session_table.cs" ?><?cs
include:"host/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("My account") ?></h1>
<p class="lead"><?cs var:Account.Name ?> · <?cs var:Account.Email ?></p>
<p class="chips"><?cs each:right = Account.Rights ?><span class="chip"><?cs var:right.Text ?></span> <?cs /each ?></p></div></div>
<section class="card access-card">
<div class="access-line"><div><h2><?cs var:_("Password") ?></h2>
<p class="soft"><?cs var:_("With a new one your other devices are signed out.") ?></p></div>
<a class="button" href="/host/password"><?cs var:_("Change password") ?></a></div>
<div class="access-line"><div><h2><?cs var:_("Two-factor authentication") ?> <?cs if:Account.TwoFactor ?><span class="tag good"><?cs var:_("On") ?></span><?cs else ?><span class="tag warn"><?cs var:_("Off") ?></span><?cs /if ?></h2>
<p class="soft"><?cs var:_("Beside your password, a code from your phone is asked for when you sign in. Who steals the password alone does not get in.") ?></p></div>
<a class="button<?cs if:!Account.TwoFactor ?> main<?cs /if ?>" href="/host/two-factor"><?cs if:Account.TwoFactor ?><?cs var:_("Change") ?><?cs else ?><?cs var:_("Set up") ?><?cs /if ?></a></div>
</section>
<section class="card access-card" aria-labelledby="devices">
<div class="access-line"><div><h2 id="devices"><?cs var:_("Where you are signed in") ?></h2>
<p class="soft"><?cs var:_("Sign out what you do not know or do not use any more, then change your password.") ?></p></div><?cs if:SessionCount > #1 ?>
<form method="post" action="/host/sessions/end-others"><?cs call:form_token() ?><button type="submit" class="button"><?cs var:_("Sign out all others") ?></button></form><?cs /if ?></div>
<?cs call:session_table("1") ?>
</section>
<?cs include:"shell/foot.cs" ?>
