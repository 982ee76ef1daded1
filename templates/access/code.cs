<?cs # code.cs - the code of the second factor, after the password. Reads what shell/plain_head.cs and shell/form.cs read, SignIn.{Base,Next,Lead,Lost}. ?><?cs
include:"shell/form.cs" ?><?cs include:"access/code_field.cs" ?><?cs
include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in">
<h1><?cs var:_("Authentication Code") ?></h1>
<p class="soft"><?cs var:SignIn.Lead ?></p>
<?cs call:code_problems() ?><form method="post" action="<?cs var:url_validate(SignIn.Base) ?>/code" novalidate>
<?cs call:form_token() ?><?cs if:SignIn.Next ?><input type="hidden" name="next" value="<?cs var:SignIn.Next ?>"><?cs /if ?>
<?cs call:code_field(Form.Fields.code) ?>
<p class="actions"><button type="submit" class="button main wide"><?cs var:_("Sign in") ?></button></p>
</form>
<p class="soft small hint"><?cs var:SignIn.Lost ?></p>
<p class="soft small hint"><a href="<?cs var:url_validate(SignIn.Base) ?>"><?cs var:_("Start again") ?></a></p>
</div>
<?cs include:"shell/plain_foot.cs" ?>
