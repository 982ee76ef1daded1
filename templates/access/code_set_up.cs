<?cs # code_set_up.cs - a second factor is set up while signing in. Reads what shell/plain_head.cs, shell/form.cs and access/code_field.cs
read, SignIn.{Base,Next,Lead}. ?><?cs
include:"shell/form.cs" ?><?cs include:"access/code_field.cs" ?><?cs
include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in">
<h1><?cs var:_("Set up two-factor authentication") ?></h1>
<p class="soft"><?cs var:SignIn.Lead ?></p>
<?cs call:code_problems() ?><form method="post" action="<?cs var:url_validate(SignIn.Base) ?>/set-up" novalidate>
<?cs call:form_token() ?><?cs if:SignIn.Next ?><input type="hidden" name="next" value="<?cs var:SignIn.Next ?>"><?cs /if ?>
<?cs call:code_steps() ?>
<?cs call:code_field(Form.Fields.code) ?></li></ol>
<p class="actions"><button type="submit" class="button main wide"><?cs var:_("Confirm and sign in") ?></button></p>
</form>
<p class="soft small hint"><a href="<?cs var:url_validate(SignIn.Base) ?>"><?cs var:_("Start again") ?></a></p>
</div>
<?cs include:"shell/plain_foot.cs" ?>
