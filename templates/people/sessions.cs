<?cs # sessions.cs - where one is signed in. Reads what shell/head.cs, shell/form.cs and access/session_table.cs read, SessionCount. ?><?cs
include:"shell/form.cs" ?><?cs include:"access/session_table.cs" ?><?cs
include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Where you are signed in") ?></h1>
<p class="lead"><?cs var:_("Sign out what you do not know or do not use any more, then change your password.") ?></p></div>
<?cs if:SessionCount > #1 ?><form method="post" action="/admin/sessions/end-others"><?cs call:form_token() ?><button type="submit" class="button"><?cs var:_("Sign out all others") ?></button></form><?cs /if ?></div>
<section class="card access-card">
<?cs call:session_table("1") ?>
</section>
<?cs include:"shell/foot.cs" ?>
