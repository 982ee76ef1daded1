<?cs # import.cs - a file of holidays (iCalendar) for a calendar.
Reads what shell/head.cs and shell/form.cs read, Import.{Calendar,Name,More}, Import.Problems.N.{Line,Message}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/hours.css?v=<?cs var:url_escape(Site.Version) ?>">
<script type="module" src="/static/hours.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
<div class="head">
<div>
<p class="crumbs"><a href="/admin/calendars/<?cs var:url_escape(Import.Calendar) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Import.Name ?></a></p>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("Many calendar programs and web sites offer files of holidays: look for “iCalendar” or “.ics”.") ?></p>
</div>
</div>
<?cs call:page_reading() ?><?cs call:form_problems() ?><?cs
if:subcount(Import.Problems) ?><div class="notice bad" role="alert"><div><strong><?cs var:_("What cannot be read") ?></strong>
<ul class="lines"><?cs each:problem = Import.Problems ?><li><?cs if:problem.Line ?><strong><?cs var:problem.Line ?></strong> <?cs /if ?><?cs var:problem.Message ?></li><?cs /each ?></ul><?cs if:Import.More ?><p><?cs var:Import.More ?></p><?cs /if ?></div></div><?cs /if ?>
<form class="card form" method="post" action="/admin/calendars/<?cs var:url_escape(Import.Calendar) ?>/import" enctype="multipart/form-data" novalidate data-ical>
<?cs call:form_token() ?>
<fieldset class="all"<?cs call:form_disabled() ?>>
<div class="field wide" data-file><label for="f-file"><?cs var:_("File") ?></label><input id="f-file" name="file" type="file" accept=".ics,text/calendar"></div>
<?cs call:form_field(Form.Fields.text) ?>
<?cs call:form_field(Form.Fields.name) ?>
<?cs call:form_field(Form.Fields.skip_bad) ?>
</fieldset>
<?cs if:May.Change ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Import") ?></button>
<a class="button" href="/admin/calendars/<?cs var:url_escape(Import.Calendar) ?>"><?cs var:_("Cancel") ?></a></div><?cs /if ?>
</form>
<?cs include:"shell/foot.cs" ?>
