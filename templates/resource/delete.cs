<?cs # delete.cs - asks before a row is deleted, or says why it cannot be.
Reads what shell/head.cs and shell/form.cs read, and Form.{Title,Action,List,ListLabel,One,Delete,Parting}, Form.Problems. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Form.ListLabel ?></a></p>
<h1><?cs var:Title ?></h1>
</div>
</div>
<?cs if:subcount(Form.Problems) ?><div class="notice bad" role="alert"><div><strong><?cs var:_("This cannot be deleted now.") ?></strong>
<ul><?cs each:problem = Form.Problems ?><li><?cs var:problem.Message ?></li><?cs /each ?></ul></div></div><?cs /if ?>
<div class="card ask">
<p class="subject"><?cs var:Form.Title ?></p>
<?cs if:!subcount(Form.Problems) ?><p><?cs var:_("It disappears from every list. You can restore it later from the list under “Bin”.") ?></p>
<?cs if:Form.Parting ?><p><?cs var:Form.Parting ?></p><?cs /if ?><?cs /if ?><div class="actions">
<?cs if:Form.Delete && !subcount(Form.Problems) ?><form method="post" action="<?cs var:url_validate(Form.Delete) ?>"><?cs call:form_token() ?><button type="submit" class="button danger full"><?cs var:_("Delete") ?></button></form><?cs /if ?>
<a class="button" href="<?cs var:url_validate(Form.Action) ?>"><?cs var:_("Keep it") ?></a>
</div>
</div>
<?cs include:"shell/foot.cs" ?>
