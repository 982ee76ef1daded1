<?cs # error.cs - what went wrong, for people. Reads: Title, Error.Status, Error.Message, Error.Request, Error.Back, User.Name, Host.Name. ?><?cs
include:"shell/plain_head.cs" ?>
<h1><?cs if:Error.Status == "404" ?><?cs var:_("Not found") ?><?cs elif:Error.Status == "403" ?><?cs var:_("Not allowed") ?><?cs elif:Error.Status == "503" ?><?cs var:_("Back in a moment") ?><?cs else ?><?cs var:Title ?><?cs /if ?></h1>
<p><?cs var:Error.Message ?></p>
<p class="actions"><?cs if:Error.Back ?><a class="button main" href="<?cs var:url_validate(Error.Back) ?>"><?cs var:_("Back") ?></a><?cs elif:Host.Name ?><a class="button main" href="/host"><?cs var:_("To the host’s panel") ?></a><?cs elif:User.Name || View.Name ?><a class="button main" href="/admin"><?cs var:_("To the control panel") ?></a><?cs else ?><a class="button main" href="/"><?cs var:_("To the start") ?></a><?cs /if ?></p>
<p class="soft small"><?cs var:_("Reference") ?><?cs var:_(":") ?> <code><?cs var:Error.Request ?></code> · <?cs var:Error.Status ?></p>
<?cs include:"shell/plain_foot.cs" ?>
