<?cs # invitation.cs - one invitation: new, open with what can be done to it, or over.
Reads what shell/head.cs and shell/form.cs read, and Form.{Title,Action,List,ListLabel,New,Was,MayWrite,Deleted,Delete,Restore},
Limit.{Full,Text}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Form.ListLabel ?></a></p>
<h1><?cs if:Form.New ?><?cs var:_("Invite somebody") ?><?cs else ?><?cs var:Form.Title ?><?cs /if ?></h1>
</div>
</div>
<?cs if:Form.Deleted ?><div class="notice warn"><span><?cs var:_("This invitation was withdrawn: its link does not work any more.") ?></span><?cs if:Form.Restore ?>
<form method="post" action="<?cs var:url_validate(Form.Restore) ?>"><?cs call:form_token() ?><button type="submit" class="button small"><?cs var:_("Restore") ?></button></form><?cs /if ?></div><?cs
elif:Form.Fields.state.Value == "accepted" ?><div class="notice good"><span><?cs var:_("This invitation was accepted.") ?></span></div><?cs
elif:!Form.MayWrite ?><div class="notice"><span><?cs var:_("You can see this, but not change it.") ?></span></div><?cs
elif:!Form.New ?><div class="notice"><span><?cs if:Form.Fields.state.Value == "expired" ?><?cs var:_("The link has expired. Send the mail again for a new one.") ?><?cs else ?><?cs var:_("No answer yet. A new mail makes the link of the last one void.") ?><?cs /if ?></span>
<form method="post" action="<?cs var:url_validate(Form.Action) ?>/resend"><?cs call:form_token() ?><button type="submit" class="button small"><?cs var:_("Send again") ?></button></form></div><?cs /if ?>
<?cs if:Form.New && Limit.Full ?><div class="notice warn"><span><?cs var:Limit.Text ?>. <?cs var:_("Nobody who accepts an invitation gets in until there is a place, or the plan is larger.") ?> <a href="/admin/usage"><?cs var:_("Plan and usage") ?></a></span></div>
<?cs /if ?><?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Form.Action) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?><?cs call:form_was() ?>
<fieldset class="all"<?cs if:!Form.MayWrite || Form.Fields.state.Value == "accepted" ?> disabled<?cs /if ?>>
<?cs call:form_fields() ?>
</fieldset>
<?cs if:Form.MayWrite && Form.Fields.state.Value != "accepted" ?><div class="actions">
<button type="submit" class="button main"><?cs if:Form.New ?><?cs var:_("Send the invitation") ?><?cs else ?><?cs var:_("Save") ?><?cs /if ?></button>
<a class="button" href="<?cs var:url_validate(Form.List) ?>"><?cs var:_("Cancel") ?></a><?cs if:Form.Delete ?>
<span class="grow"></span>
<a class="button danger" href="<?cs var:url_validate(Form.Delete) ?>"><?cs var:_("Delete…") ?></a><?cs /if ?>
</div><?cs /if ?>
</form>
<?cs call:form_facts() ?>
<?cs include:"shell/foot.cs" ?>
