<?cs # forgot.cs - who has forgotten the password: company, e-mail, captcha.
Reads what shell/plain_head.cs, shell/plain_form.cs and shell/captcha.cs read, Forgot.AsksCompany. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/plain_form.cs" ?><?cs include:"shell/captcha.cs" ?><?cs include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in">
<h1><?cs var:_("Forgot password") ?></h1>
<p class="soft"><?cs var:_("We send a code to the e-mail address of your account. With it you choose a new password.") ?></p>
<?cs call:plain_problems() ?><form method="post" action="/forgot" novalidate>
<?cs if:Forgot.AsksCompany ?><?cs call:plain_field(Form.Fields.company, "text", "organization") ?><?cs /if ?>
<?cs call:plain_field(Form.Fields.email, "email", "email") ?>
<?cs call:captcha(Form.Fields.captcha) ?>
<p class="actions"><button type="submit" class="button main wide"><?cs var:_("Send the code") ?></button></p>
</form>
<p class="below"><a href="/sign-in"><?cs var:_("Back to sign in") ?></a></p>
<?cs call:plain_help() ?>
</div>
<?cs include:"shell/plain_foot.cs" ?>
