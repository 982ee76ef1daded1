<?cs # imported.cs - what was read of a file of holidays.
Reads what shell/head.cs and hours/parts.cs read, Import.{Calendar,Name,Id,Added,Double,Past,More}, Import.Problems.N.{Line,Message}. ?><?cs
include:"shell/form.cs" ?><?cs include:"hours/parts.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/hours.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head">
<div>
<p class="crumbs"><a href="/admin/calendars/<?cs var:url_escape(Import.Calendar) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Import.Name ?></a></p>
<h1><?cs var:Title ?></h1>
</div>
</div>
<div class="notice good" role="status"><div><strong><?cs var:Import.Added ?></strong><?cs if:Import.Double ?>
<p><?cs var:Import.Double ?></p><?cs /if ?><?cs if:Import.Past ?>
<p><?cs var:Import.Past ?></p><?cs /if ?></div></div><?cs
if:subcount(Import.Problems) ?><div class="notice warn"><div><strong><?cs var:_("Left out, because it cannot be read") ?></strong>
<ul class="lines"><?cs each:problem = Import.Problems ?><li><?cs if:problem.Line ?><strong><?cs var:problem.Line ?></strong> <?cs /if ?><?cs var:problem.Message ?></li><?cs /each ?></ul><?cs if:Import.More ?><p><?cs var:Import.More ?></p><?cs /if ?></div></div><?cs /if ?><?cs
if:subcount(Hours.Holidays) ?>
<section class="card list holidays"><?cs call:holiday_table("", "/") ?></section><?cs /if ?>
<p class="actions after"><a class="button main" href="/admin/calendars/<?cs var:url_escape(Import.Calendar) ?>"><?cs var:_("To the calendar") ?></a><?cs if:Import.Id ?></p>
<form class="after" method="post" action="/admin/calendars/<?cs var:url_escape(Import.Calendar) ?>/imports/<?cs var:url_escape(Import.Id) ?>/delete"><?cs call:form_token() ?><button type="submit" class="button danger"><?cs var:_("Take all out again") ?></button></form><?cs else ?></p><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
