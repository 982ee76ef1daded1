<?cs # reset.cs - the code of the mail and a new password; by the mail's link without the code.
Reads what shell/plain_head.cs and shell/plain_form.cs read, Reset.{Request,Link,Account,Gone}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/plain_form.cs" ?><?cs include:"shell/plain_head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="sign-in">
<h1><?cs var:_("New password") ?></h1><?cs if:Reset.Gone ?>
<div class="notice bad" role="alert"><span><?cs var:_("This link was used already, or it is too old.") ?></span></div>
<p class="actions"><a class="button main wide" href="/forgot"><?cs var:_("Ask for a new code") ?></a></p><?cs else ?>
<p class="soft"><?cs if:Reset.Account ?><?cs var:_("Choose a new password for the account:") ?> <strong><?cs var:Reset.Account ?></strong><?cs else ?><?cs var:_("If there is an account with this address, a mail with a code is on its way to it. The code is good for 30 minutes. If nothing comes, look into the folder for spam.") ?><?cs /if ?></p>
<?cs call:plain_problems() ?><form method="post" action="/forgot/code" novalidate><?cs if:Reset.Link ?>
<input type="hidden" name="token" value="<?cs var:Reset.Link ?>"><?cs else ?>
<?cs call:plain_field(Form.Fields.code, "text", "one-time-code") ?><?cs /if ?>
<input type="hidden" name="request" value="<?cs var:Reset.Request ?>">
<?cs call:plain_field(Form.Fields.new_password, "password", "new-password") ?>
<?cs call:plain_field(Form.Fields.confirm_password, "password", "new-password") ?>
<p class="actions"><button type="submit" class="button main wide"><?cs var:_("Reset password") ?></button></p>
</form>
<p class="below"><a href="/forgot"><?cs var:_("Ask for a new code") ?></a> · <a href="/sign-in"><?cs var:_("Back to sign in") ?></a></p><?cs /if ?>
<?cs call:plain_help() ?>
</div>
<?cs include:"shell/plain_foot.cs" ?>
