<?cs # captcha.cs - captcha(field): the picture, its question in words for those who do not see it, and one input for either answer.
Reads Captcha.{Token,Question} and what shell/form.cs reads. ?><?cs
def:captcha(field) ?><div class="field captcha<?cs if:field.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(field) ?>
<input type="hidden" name="captcha_token" value="<?cs var:Captcha.Token ?>">
<img src="/captcha/<?cs var:url_escape(Captcha.Token) ?>" width="200" height="64" alt="<?cs var:_("Five digits. Those who cannot read them answer the question below instead.") ?>">
<input type="text" inputmode="numeric" autocomplete="off" maxlength="<?cs var:field.Max ?>" aria-describedby="captcha-help<?cs if:field.Problem ?> p-<?cs var:field.Name ?><?cs /if ?>"<?cs if:field.Problem ?> aria-invalid="true" autofocus<?cs /if ?> id="f-<?cs var:field.Name ?>" name="<?cs var:field.Name ?>" required>
<div class="help" id="captcha-help"><p><?cs var:_("Type the five digits of the picture.") ?></p>
<p><?cs var:_("Or, without the picture:") ?> <strong><?cs var:Captcha.Question ?></strong></p></div><?cs if:field.Problem ?>
<p class="problem" id="p-<?cs var:field.Name ?>"><?cs var:field.Problem ?></p><?cs /if ?>
</div><?cs /def ?>
