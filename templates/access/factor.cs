<?cs # factor.cs - one's own second factor. Reads what access/head.cs and shell/form.cs read,
Factor.{Base,On,SetUp,Required,RequiredText,Codes,CodesLeft}. ?><?cs
include:"shell/form.cs" ?><?cs
include:"access/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Two-factor authentication") ?></h1>
<p class="lead"><?cs var:_("Beside your password, a code from your phone is asked for when you sign in. Who steals the password alone does not get in.") ?></p></div></div>
<section class="card access-card">
<div class="access-line"><div><h2><?cs var:_("App for codes") ?> <?cs if:Factor.On && Factor.SetUp ?><span class="tag good"><?cs var:_("On") ?></span><?cs else ?><span class="tag"><?cs var:_("Off") ?></span><?cs /if ?></h2>
<p class="soft"><?cs if:Factor.On && Factor.SetUp ?><?cs var:_("With a new phone, set it up again: the old app stops working and your other devices are signed out.") ?><?cs elif:Factor.On ?><?cs var:_("It is asked for at your next sign-in. You can set it up now.") ?><?cs else ?><?cs var:_("You need a phone or a password manager that makes codes.") ?><?cs /if ?></p></div>
<form method="post" action="<?cs var:url_validate(Factor.Base) ?>"><?cs call:form_token() ?><button type="submit" class="button<?cs if:!Factor.SetUp || !Factor.On ?> main<?cs /if ?>"><?cs if:Factor.On && Factor.SetUp ?><?cs var:_("Set up again") ?><?cs else ?><?cs var:_("Set up") ?><?cs /if ?></button></form></div>
<?cs if:Factor.On && Factor.SetUp ?>
<div class="access-line"><div><h2><?cs var:_("Recovery codes") ?> <?cs if:Factor.Codes < #3 ?><span class="tag bad"><?cs var:Factor.CodesLeft ?></span><?cs else ?><span class="tag"><?cs var:Factor.CodesLeft ?></span><?cs /if ?></h2>
<p class="soft"><?cs var:_("Each lets you in once without your phone. New ones replace the old ones.") ?></p></div>
<form method="post" action="<?cs var:url_validate(Factor.Base) ?>/codes"><?cs call:form_token() ?><button type="submit" class="button"><?cs var:_("Make new codes") ?></button></form></div>
<div class="access-line"><div><h2><?cs var:_("Switch off") ?></h2>
<p class="soft"><?cs if:Factor.Required ?><?cs var:Factor.RequiredText ?><?cs else ?><?cs var:_("The password alone is then enough to sign in.") ?><?cs /if ?></p></div>
<?cs if:!Factor.Required ?><a class="button danger" href="<?cs var:url_validate(Factor.Base) ?>/off"><?cs var:_("Switch off…") ?></a><?cs /if ?></div><?cs /if ?>
</section>
<?cs include:"shell/foot.cs" ?>
