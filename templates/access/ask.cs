<?cs # ask.cs - a question before something is lost. Reads what access/head.cs and shell/form.cs read, Ask.{Title,Text,Button,Action,Back} and
Ask.Always of what people of a suspended company may do, too. ?><?cs
include:"shell/form.cs" ?><?cs
include:"access/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:Ask.Title ?></h1></div></div>
<?cs if:!Ask.Always ?><?cs call:page_reading() ?><?cs /if ?>
<form class="card access-card" method="post" action="<?cs var:url_validate(Ask.Action) ?>">
<?cs call:form_token() ?>
<p><?cs var:Ask.Text ?></p>
<div class="actions"><?cs if:May.Change || Ask.Always ?><button type="submit" class="button danger"><?cs var:Ask.Button ?></button><?cs /if ?>
<a class="button" href="<?cs var:url_validate(Ask.Back) ?>"><?cs var:_("Cancel") ?></a></div>
</form>
<?cs include:"shell/foot.cs" ?>
