<?cs # confirm.cs - the password once more. Reads what shell/plain_head.cs and shell/form.cs read, Confirm.{Path,Panel,Name,Next}. ?><?cs
include:"shell/form.cs" ?><?cs
include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in">
<h1><?cs var:_("Confirm that it is you") ?></h1>
<p class="soft"><?cs var:_("What comes next is about the safety of your account. Give your password again; it counts for ten minutes.") ?></p>
<form method="post" action="<?cs var:url_validate(Confirm.Path) ?>" novalidate>
<?cs call:form_token() ?><input type="hidden" name="next" value="<?cs var:Confirm.Next ?>">
<div class="field<?cs if:Form.Fields.password.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(Form.Fields.password) ?>
<input type="password" autocomplete="current-password" maxlength="<?cs var:Form.Fields.password.Max ?>" autofocus<?cs call:form_input(Form.Fields.password) ?>>
<?cs call:form_notes(Form.Fields.password) ?>
</div>
<p class="actions"><button type="submit" class="button main wide"><?cs var:_("Go on") ?></button></p>
</form>
<p class="soft small hint"><?cs var:_("Signed in as") ?> <?cs var:Confirm.Name ?> · <a href="<?cs var:url_validate(Confirm.Panel) ?>"><?cs var:_("Cancel") ?></a></p>
</div>
<?cs include:"shell/plain_foot.cs" ?>
