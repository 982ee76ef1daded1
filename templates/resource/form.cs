<?cs # form.cs - one row of a settings noun: new, changed, or shown to who may not change it.
Reads what shell/head.cs and shell/form.cs read, and Form.{Title,Action,List,ListLabel,One,New,Was,MayWrite,Deleted,Delete,Restore},
Form.Pages.N.{Label,Path}, Limit.{Text,Full} of a new one. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Form.ListLabel ?></a></p>
<h1><?cs var:Form.Title ?></h1>
</div>
<?cs each:page = Form.Pages ?><a class="button" href="<?cs var:url_validate(page.Path) ?>"><?cs var:page.Label ?></a><?cs /each ?>
</div>
<?cs if:Form.New && Limit.Full ?><div class="notice warn"><span><?cs var:Limit.Text ?>. <?cs var:_("Another one needs a free place, or a larger plan.") ?> <a href="/admin/usage"><?cs var:_("Plan and usage") ?></a></span></div>
<?cs /if ?><?cs include:"resource/form_body.cs" ?>
<?cs include:"shell/foot.cs" ?>
