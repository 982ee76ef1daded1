<?cs # again.cs - a form that could not be taken: what was typed waits here to be sent again.
Reads what shell/plain_head.cs and shell/form.cs read, Again.{Path,Message,SignedOut}, Again.Items.N.{Name,Value}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/plain_head.cs" ?>
<h1><?cs var:Title ?></h1>
<p><?cs var:Again.Message ?></p>
<p class="soft"><?cs var:_("Passwords are not kept: type them again afterwards.") ?></p>
<form method="post" action="<?cs var:url_validate(Again.Path) ?>">
<?cs call:form_token() ?><?cs each:item = Again.Items ?><input type="hidden" name="<?cs var:item.Name ?>" value="<?cs var:item.Value ?>"><?cs /each ?>
<p class="actions"><?cs if:Again.SignedOut ?><a class="button main" href="/sign-in" target="_blank" rel="noopener"><?cs var:_("Sign in") ?></a><?cs /if ?>
<button type="submit" class="button<?cs if:!Again.SignedOut ?> main<?cs /if ?>"><?cs var:_("Send again") ?></button></p>
</form>
<?cs include:"shell/plain_foot.cs" ?>
