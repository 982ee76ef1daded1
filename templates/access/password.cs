<?cs # password.cs - changing one's own password: the old one and twice the new one. Reads what access/head.cs and shell/form.cs read,
Password.{Path,Panel}. ?><?cs
include:"shell/form.cs" ?><?cs
include:"access/head.cs" ?><?cs

def:password_field(field, complete) ?><div class="field<?cs if:field.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(field) ?>
<input type="password" autocomplete="<?cs var:complete ?>" maxlength="<?cs var:field.Max ?>"<?cs call:form_input(field) ?>>
<?cs call:form_notes(field) ?>
</div><?cs /def ?>
<div class="head"><div><h1><?cs var:_("Change password") ?></h1>
<p class="soft"><?cs var:_("Your other devices are signed out. This one stays signed in.") ?></p></div></div>
<?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Password.Path) ?>" novalidate>
<?cs call:form_token() ?>
<fieldset class="all">
<?cs call:password_field(Form.Fields.old_password, "current-password") ?>
<?cs call:password_field(Form.Fields.new_password, "new-password") ?>
<?cs call:password_field(Form.Fields.confirm_password, "new-password") ?>
</fieldset>
<div class="actions">
<button type="submit" class="button main"><?cs var:_("Change password") ?></button>
<a class="button" href="<?cs var:url_validate(Password.Panel) ?>"><?cs var:_("Cancel") ?></a>
</div>
</form>
<?cs include:"shell/foot.cs" ?>
