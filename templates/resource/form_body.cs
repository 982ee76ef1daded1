<?cs # form_body.cs - the form of one row under its heading: problems, fields, actions, facts. Reads what resource/form.cs reads,
and Form.Seen: what was warned of once, and is saved the next time. ?>
<?cs if:Form.Deleted ?><div class="notice warn"><span><?cs var:_("This was deleted.") ?></span><?cs if:Form.Restore ?>
<form method="post" action="<?cs var:url_validate(Form.Restore) ?>"><?cs call:form_token() ?><button type="submit" class="button small"><?cs var:_("Restore") ?></button></form><?cs /if ?></div><?cs
elif:!Form.MayWrite ?><div class="notice"><span><?cs var:_("You can see this, but not change it.") ?></span></div><?cs /if ?>
<?cs call:form_problems() ?>
<?cs call:form_sections() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Form.Action) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs if:Form.MayWrite ?><?cs call:form_default() ?><?cs /if ?><?cs call:form_token() ?><?cs call:form_was() ?><?cs if:Form.Seen ?><input type="hidden" name="seen" value="<?cs var:Form.Seen ?>"><?cs /if ?>
<fieldset class="all"<?cs if:!Form.MayWrite ?> disabled<?cs /if ?>>
<?cs call:form_fields() ?>
</fieldset>
<?cs if:Form.MayWrite ?><div class="actions">
<button type="submit" class="button main"><?cs var:_("Save") ?></button>
<a class="button" href="<?cs var:url_validate(Form.List) ?>"><?cs var:_("Cancel") ?></a><?cs if:Form.Delete ?>
<span class="grow"></span>
<a class="button danger" href="<?cs var:url_validate(Form.Delete) ?>"><?cs var:_("Delete…") ?></a><?cs /if ?>
</div><?cs /if ?>
</form>
<?cs call:form_facts() ?><?cs call:form_ways() ?>
