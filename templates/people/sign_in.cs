<?cs # sign_in.cs - company, account, password. Reads what shell/plain_head.cs and shell/plain_form.cs read, SignIn.AsksCompany, SignIn.Next. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/plain_form.cs" ?><?cs
def:sign_in_text(field, complete, here) ?><div class="field<?cs if:field.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(field) ?>
<input type="text" value="<?cs var:field.Value ?>" maxlength="<?cs var:field.Max ?>" autocomplete="<?cs var:complete ?>" autocapitalize="none" spellcheck="false"<?cs if:here && !field.Focus ?> autofocus<?cs /if ?><?cs call:form_input(field) ?>>
<?cs call:form_notes(field) ?>
</div><?cs /def ?><?cs
include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in">
<h1><?cs var:_("Sign in") ?></h1>
<p class="soft"><?cs var:_("Welcome back. Your visitors are waiting.") ?></p>
<?cs each:problem = Form.Problems ?><?cs if:!problem.Label ?><div class="notice bad" role="alert"><span><?cs var:problem.Message ?></span></div>
<?cs /if ?><?cs /each ?><form method="post" action="/sign-in" novalidate>
<?cs call:form_token() ?><?cs if:SignIn.Next ?><input type="hidden" name="next" value="<?cs var:SignIn.Next ?>"><?cs /if ?>
<?cs if:SignIn.AsksCompany ?><?cs call:sign_in_text(Form.Fields.company, "organization", Form.Fields.company.Value == "") ?><?cs /if ?>
<?cs call:sign_in_text(Form.Fields.account, "username", Form.Fields.account.Value == "" && !SignIn.AsksCompany) ?>
<div class="field<?cs if:Form.Fields.password.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(Form.Fields.password) ?>
<input type="password" autocomplete="current-password"<?cs if:Form.Fields.account.Value != "" && !subcount(Form.Problems) ?> autofocus<?cs /if ?> maxlength="<?cs var:Form.Fields.password.Max ?>"<?cs call:form_input(Form.Fields.password) ?>>
<?cs call:form_notes(Form.Fields.password) ?>
</div>
<p class="actions"><button type="submit" class="button main wide"><?cs var:_("Sign in") ?></button></p>
</form>
<p class="below"><a href="/forgot"><?cs var:_("Forgot password?") ?></a></p>
<p class="soft small hint"><?cs if:SignIn.AsksCompany ?><?cs var:_("Company, account and password come from the administrator of your company.") ?><?cs else ?><?cs var:_("Account and password come from the administrator of your company.") ?><?cs /if ?></p>
<?cs call:plain_help() ?>
</div>
<?cs include:"shell/plain_foot.cs" ?>
