<?cs # single.cs - settings that a company has once.
Reads what shell/head.cs and shell/form.cs read, and Form.{Title,Intro,Action,MayWrite}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head"><div><h1><?cs var:Form.Title ?></h1><?cs if:Form.Intro ?>
<p class="soft"><?cs var:Form.Intro ?></p><?cs /if ?></div></div>
<?cs call:form_reading() ?><?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Form.Action) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?><?cs call:form_was() ?>
<fieldset class="all"<?cs if:!Form.MayWrite ?> disabled<?cs /if ?>>
<?cs call:form_fields() ?>
</fieldset>
<?cs if:Form.MayWrite ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Save") ?></button></div><?cs /if ?>
</form>
<?cs call:form_ways() ?>
<?cs include:"shell/foot.cs" ?>
