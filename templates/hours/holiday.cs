<?cs # holiday.cs - some days of a calendar that are not as its week says. Reads what resource/form.cs reads, and Hours.Calendar. ?><?cs
include:"shell/form.cs" ?><?cs include:"hours/parts.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Form.ListLabel ?></a></p>
<h1><?cs var:Form.Title ?></h1>
</div>
</div>
<?cs if:Form.Deleted ?><div class="notice warn"><span><?cs var:_("This was deleted.") ?></span><?cs if:Form.Restore ?>
<form method="post" action="<?cs var:url_validate(Form.Restore) ?>"><?cs call:form_token() ?><button type="submit" class="button small"><?cs var:_("Restore") ?></button></form><?cs /if ?></div><?cs /if ?>
<?cs call:page_reading() ?><?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Form.Action) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?><?cs call:form_was() ?>
<fieldset class="all"<?cs if:!Form.MayWrite ?> disabled<?cs /if ?>>
<?cs if:Hours.Calendar && Hours.Calendar != "0" ?><input type="hidden" name="calendar_id" value="<?cs var:Hours.Calendar ?>"><?cs else ?><?cs call:form_field(Form.Fields.calendar_id) ?><?cs /if ?>
<?cs call:form_field(Form.Fields.name) ?>
<?cs call:day_input(Form.Fields.first_day) ?>
<?cs call:day_input(Form.Fields.last_day) ?>
<?cs call:form_field(Form.Fields.yearly) ?>
<?cs call:form_field(Form.Fields.kind) ?>
<?cs call:form_field(Form.Fields.periods) ?>
</fieldset>
<?cs if:Form.MayWrite ?><div class="actions">
<button type="submit" class="button main"><?cs var:_("Save") ?></button>
<a class="button" href="<?cs var:url_validate(Form.List) ?>"><?cs var:_("Cancel") ?></a><?cs if:Form.Delete ?>
<span class="grow"></span>
<a class="button danger" href="<?cs var:url_validate(Form.Delete) ?>"><?cs var:_("Delete…") ?></a><?cs /if ?>
</div><?cs /if ?>
</form>
<?cs call:form_facts() ?>
<?cs include:"shell/foot.cs" ?>
