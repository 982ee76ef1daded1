<?cs # form.cs - the settings of one widget, with a switch to the other widgets and the way to its code.
Reads what resource/form.cs reads, and Widgets.N.{Id,Name,Selected}, Widget.Id. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Form.ListLabel ?></a></p>
<h1><?cs var:Form.Title ?></h1>
</div>
<?cs if:Widget.Id ?><a class="button" href="/admin/installation?widget=<?cs var:url_escape(Widget.Id) ?>"><?cs var:_("Installation") ?></a><?cs /if ?>
</div>
<?cs if:subcount(Widgets) > #1 ?><form class="tools" method="get" action="/admin/widget">
<label class="filter"><span><?cs var:_("My widget") ?></span>
<select name="id"><?cs each:widget = Widgets ?>
<option value="<?cs var:widget.Id ?>"<?cs if:widget.Selected ?> selected<?cs /if ?>><?cs var:widget.Name ?></option><?cs /each ?>
</select></label>
<button type="submit" class="button"><?cs var:_("Manage") ?></button>
</form><?cs /if ?>
<?cs include:"resource/form_body.cs" ?>
<?cs include:"shell/foot.cs" ?>
