<?cs # accept.cs - accepting an invitation: account, names, password.
Reads what shell/plain_head.cs and shell/plain_form.cs read, Invitation.{Company,Email,InvitedBy,Token}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/plain_form.cs" ?><?cs include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in">
<h1><?cs var:_("Welcome to") ?> <?cs var:Invitation.Company ?></h1>
<p class="soft"><?cs if:Invitation.InvitedBy ?><?cs var:_("You were invited by") ?> <?cs var:Invitation.InvitedBy ?>. <?cs /if ?><?cs var:_("Choose how to sign in from now on.") ?></p>
<?cs call:plain_problems() ?><form method="post" action="/invitation" novalidate>
<?cs call:form_token() ?><input type="hidden" name="token" value="<?cs var:Invitation.Token ?>">
<div class="field"><label for="f-email"><?cs var:_("E-mail") ?></label>
<input type="email" id="f-email" value="<?cs var:Invitation.Email ?>" readonly autocomplete="email"></div>
<?cs call:plain_field(Form.Fields.account, "text", "username") ?>
<?cs call:plain_field(Form.Fields.first_name, "text", "given-name") ?>
<?cs call:plain_field(Form.Fields.last_name, "text", "family-name") ?>
<?cs call:plain_field(Form.Fields.alias, "text", "nickname") ?>
<?cs call:plain_field(Form.Fields.new_password, "password", "new-password") ?>
<?cs call:plain_field(Form.Fields.confirm_password, "password", "new-password") ?>
<p class="actions"><button type="submit" class="button main wide"><?cs var:_("Accept the invitation") ?></button></p>
</form>
<?cs call:plain_help() ?>
</div>
<?cs include:"shell/plain_foot.cs" ?>
