<?cs # view_over.cs - an operator has ended a view; the panel is on another host name. Reads what shell/plain_head.cs reads, Host.Url. ?><?cs
include:"shell/plain_head.cs" ?>
<h1><?cs var:Title ?></h1>
<p class="actions"><a class="button main" href="<?cs var:url_validate(Host.Url) ?>"><?cs var:_("To the host’s panel") ?></a></p>
<?cs include:"shell/plain_foot.cs" ?>
