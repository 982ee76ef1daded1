<?cs # sign_in.cs - e-mail and password of an operator. Reads what shell/plain_head.cs and shell/form.cs read, SignIn.Next. ?><?cs
include:"shell/form.cs" ?><?cs
include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in">
<h1><?cs var:_("Sign in to the host’s panel") ?></h1>
<p class="soft"><?cs var:_("For those who run this installation.") ?></p>
<?cs each:problem = Form.Problems ?><?cs if:!problem.Label ?><div class="notice bad" role="alert"><span><?cs var:problem.Message ?></span></div>
<?cs /if ?><?cs /each ?><form method="post" action="/host/sign-in" novalidate>
<?cs call:form_token() ?><?cs if:SignIn.Next ?><input type="hidden" name="next" value="<?cs var:SignIn.Next ?>"><?cs /if ?>
<div class="field<?cs if:Form.Fields.email.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(Form.Fields.email) ?>
<input type="email" value="<?cs var:Form.Fields.email.Value ?>" maxlength="<?cs var:Form.Fields.email.Max ?>" autocomplete="username" autocapitalize="none" spellcheck="false"<?cs if:Form.Fields.email.Value == "" && !Form.Fields.email.Focus ?> autofocus<?cs /if ?><?cs call:form_input(Form.Fields.email) ?>>
<?cs call:form_notes(Form.Fields.email) ?>
</div>
<div class="field<?cs if:Form.Fields.password.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(Form.Fields.password) ?>
<input type="password" autocomplete="current-password" maxlength="<?cs var:Form.Fields.password.Max ?>"<?cs call:form_input(Form.Fields.password) ?>>
<?cs call:form_notes(Form.Fields.password) ?>
</div>
<p class="actions"><button type="submit" class="button main wide"><?cs var:_("Sign in") ?></button></p>
</form>
</div>
<?cs include:"shell/plain_foot.cs" ?>
