<?cs # act.cs - a form of the host: a new company or plan, a change, something to be confirmed.
Reads what host/head.cs and shell/form.cs read, and Act.{Path,Back,BackLabel,Lead,Button,Danger,Delete}. ?><?cs
include:"shell/form.cs" ?><?cs include:"host/head.cs" ?>
<div class="head"><div>
<p class="crumbs"><a href="<?cs var:url_validate(Act.Back) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Act.BackLabel ?></a></p>
<h1><?cs var:Title ?></h1>
<?cs if:Act.Lead ?><p class="lead"><?cs var:Act.Lead ?></p><?cs /if ?>
</div></div>
<?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Act.Path) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?>
<?cs if:subcount(Form.Fields) ?><fieldset class="all"><?cs call:form_fields() ?></fieldset>
<?cs /if ?><div class="actions">
<button type="submit" class="button <?cs if:Act.Danger ?>danger full<?cs else ?>main<?cs /if ?>"><?cs var:Act.Button ?></button>
<a class="button" href="<?cs var:url_validate(Act.Back) ?>"><?cs var:_("Cancel") ?></a>
</div>
</form>
<?cs if:Act.Delete ?><p class="apart"><a class="button danger" href="<?cs var:url_validate(Act.Delete) ?>"><?cs var:_("Delete this plan…") ?></a> <span class="soft small"><?cs var:_("Only when no company has it.") ?></span></p><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
