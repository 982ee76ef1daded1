<?cs # calendar.cs - one calendar: its week, its holidays, the files that were read into it.
Reads what resource/form.cs reads and hours/parts.cs, Hours.{Calendar,Now,Zone}, Hours.Feed.{Is,Pending,Count,Fetched,Failed,Problem,Kept,Next,Left}, Hours.Imports.N.{Id,Name,At,AtIso,Count}. ?><?cs
include:"shell/form.cs" ?><?cs include:"hours/parts.cs" ?><?cs

def:feed_state() ?>
<div class="feed"><?cs if:Hours.Feed.Failed ?>
<div class="notice bad" role="status"><div><strong><?cs var:Hours.Feed.Failed ?></strong>
<p><?cs var:Hours.Feed.Problem ?></p>
<p><?cs var:Hours.Feed.Kept ?> <?cs if:!Hours.Feed.Pending ?><?cs var:Hours.Feed.Next ?><?cs /if ?></p></div></div><?cs /if ?><?cs if:Hours.Feed.Left ?>
<div class="notice warn" role="status"><div><strong><?cs var:Hours.Feed.Left ?></strong><?cs if:Hours.Feed.Problem ?>
<p><?cs var:Hours.Feed.Problem ?></p><?cs /if ?></div></div><?cs /if ?>
<form class="feed-line" method="post" action="/admin/calendars/<?cs var:url_escape(Hours.Calendar) ?>/feed"><?cs call:form_token() ?>
<p><?cs if:Hours.Feed.Count ?><strong><?cs var:Hours.Feed.Count ?></strong> <span class="soft">· <?cs var:Hours.Feed.Fetched ?></span><?cs elif:!Hours.Feed.Pending ?><?cs var:_("Nothing was fetched from the subscription yet.") ?><?cs /if ?><?cs if:Hours.Feed.Pending ?>
<span class="chip"><?cs var:_("being fetched: look again in a moment") ?></span><?cs /if ?></p>
<?cs if:May.Change ?><button type="submit" class="button small"><?cs var:_("Fetch now") ?></button><?cs /if ?></form>
</div><?cs /def ?><?cs

include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/hours.css?v=<?cs var:url_escape(Site.Version) ?>">
<script type="module" src="/static/hours.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
<div class="head">
<div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Form.ListLabel ?></a></p>
<h1><?cs var:Form.Title ?></h1><?cs if:Hours.Now && !Form.Deleted ?>
<p class="lead"><?cs var:Hours.Now ?> <span class="soft">· <?cs var:Hours.Zone ?></span></p><?cs /if ?>
</div>
</div>
<?cs if:Form.Deleted ?><div class="notice warn"><span><?cs var:_("This was deleted.") ?></span><?cs if:Form.Restore ?>
<form method="post" action="<?cs var:url_validate(Form.Restore) ?>"><?cs call:form_token() ?><button type="submit" class="button small"><?cs var:_("Restore") ?></button></form><?cs /if ?></div><?cs /if ?>
<?cs call:page_reading() ?><?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Form.Action) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?><?cs call:form_was() ?>
<fieldset class="all"<?cs if:!Form.MayWrite ?> disabled<?cs /if ?>>
<?cs call:form_field(Form.Fields.name) ?>
<?cs call:form_field(Form.Fields.time_zone) ?>
<?cs call:week_fields() ?>
<?cs call:form_field(Form.Fields.feed_url) ?>
</fieldset>
<?cs if:Form.MayWrite ?><div class="actions">
<button type="submit" class="button main"><?cs var:_("Save") ?></button>
<a class="button" href="<?cs var:url_validate(Form.List) ?>"><?cs var:_("Cancel") ?></a><?cs if:Form.Delete ?>
<span class="grow"></span>
<a class="button danger" href="<?cs var:url_validate(Form.Delete) ?>"><?cs var:_("Delete…") ?></a><?cs /if ?>
</div><?cs /if ?>
</form><?cs
if:Hours.Calendar && !Form.Deleted ?>
<section class="card list holidays" aria-labelledby="holidays">
<div class="list-head"><h2 id="holidays"><?cs var:_("Holidays") ?></h2>
<?cs if:May.Change ?><a class="button small" href="/admin/calendars/<?cs var:url_escape(Hours.Calendar) ?>/import"><?cs var:_("Import from a file") ?></a><?cs /if ?></div><?cs if:Hours.Feed.Is ?><?cs call:feed_state() ?><?cs /if ?>
<?cs if:subcount(Hours.Holidays) ?><?cs call:holiday_table("edit", "/admin/holidays") ?><?cs else ?><p class="none soft"><?cs var:_("No holidays yet. Add the days on which you are closed, or open at other hours.") ?></p><?cs /if ?>
<?cs if:May.Change ?><form class="add" method="post" action="/admin/holidays">
<?cs call:form_token() ?><input type="hidden" name="calendar_id" value="<?cs var:Hours.Calendar ?>">
<h3><?cs var:_("Add holiday") ?></h3>
<div class="row">
<div class="field grow"><label for="n-name"><?cs var:_("Name") ?></label><input id="n-name" name="name" maxlength="120" required placeholder="<?cs var:_("Christmas Day") ?>"></div>
<div class="field"><label for="n-first"><?cs var:_("First day") ?></label><input id="n-first" type="date" name="first_day" required placeholder="2026-12-24"></div>
<div class="field"><label for="n-last"><?cs var:_("Last day") ?></label><input id="n-last" type="date" name="last_day" placeholder="2026-12-26" aria-describedby="n-last-help"><p class="help" id="n-last-help"><?cs var:_("Empty for one day.") ?></p></div>
</div>
<div class="row">
<div class="field"><label for="n-kind"><?cs var:_("Hours of these days") ?></label><select id="n-kind" name="kind">
<option value="closed"><?cs var:_("Closed all day") ?></option>
<option value="instead"><?cs var:_("Open at these hours") ?></option>
<option value="within"><?cs var:_("As usual, but only at these hours") ?></option></select></div>
<div class="field grow"><label for="n-periods"><?cs var:_("Open from – to") ?></label><input id="n-periods" name="periods" maxlength="200" placeholder="09:00-12:00" aria-describedby="n-periods-help"><p class="help" id="n-periods-help"><?cs var:_("Periods such as 09:00-12:00, 14:00-16:00. Not with “Closed all day”.") ?></p></div>
<div class="field yearly"><label class="switch"><input type="checkbox" name="yearly" value="1"><span><?cs var:_("Every year") ?></span></label></div>
</div>
<p class="actions"><button type="submit" class="button main"><?cs var:_("Add holiday") ?></button></p>
</form><?cs /if ?>
</section><?cs
if:subcount(Hours.Imports) ?>
<section class="card list holidays" aria-labelledby="imports">
<div class="list-head"><h2 id="imports"><?cs var:_("Imported files") ?></h2></div>
<div class="table" role="region" aria-labelledby="imports" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("Holidays") ?></th><th scope="col"><?cs var:_("Imported") ?></th><th scope="col" class="act"><?cs var:_("Operations") ?></th></tr></thead>
<tbody><?cs each:import = Hours.Imports ?>
<tr><th scope="row" class="main"><?cs var:import.Name ?></th><td data-label="<?cs var:_("Holidays") ?>"><?cs var:import.Count ?></td><td data-label="<?cs var:_("Imported") ?>"><time datetime="<?cs var:import.AtIso ?>"><?cs var:import.At ?></time></td>
<td class="act"><?cs if:May.Change ?><a class="button small danger" href="/admin/calendars/<?cs var:url_escape(Hours.Calendar) ?>/imports/<?cs var:url_escape(import.Id) ?>/delete" aria-label="<?cs var:_("Take all out again…") ?> <?cs var:import.Name ?>"><?cs var:_("Take all out again…") ?></a><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div>
</section><?cs /if ?><?cs /if ?>
<?cs call:form_facts() ?>
<?cs include:"shell/foot.cs" ?>
