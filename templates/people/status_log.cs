<?cs # status_log.cs - who was in which status, for how long, who set it and why.
Reads what shell/head.cs and people/status_rows.cs read, Filter.{From,To,On,Problem}, Filter.Agents.N.{Id,Name,Selected},
Log.{Path,Export,Next,IsLater,Days}. ?><?cs
include:"people/status_rows.cs" ?><?cs include:"shell/older.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head"><div>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("Who was in which status and for how long, who set it and why.") ?> <?cs var:_("Days that the status log is kept") ?><?cs var:_(":") ?> <?cs var:Log.Days ?></p>
</div></div>
<?cs if:Filter.Problem ?><div class="notice bad" role="alert"><span><?cs var:Filter.Problem ?></span></div><?cs /if ?>
<div class="card list">
<form class="tools history-tools" method="get" action="/admin/status-log" role="search">
<label class="filter"><span class="hidden"><?cs var:_("Agent") ?></span><select name="agent"><option value=""><?cs var:_("All agents") ?></option><?cs each:agent = Filter.Agents ?>
<option value="<?cs var:agent.Id ?>"<?cs if:agent.Selected ?> selected<?cs /if ?>><?cs var:agent.Name ?></option><?cs /each ?></select></label>
<label class="day"><span><?cs var:_("From") ?></span> <input type="date" name="from" value="<?cs var:Filter.From ?>"></label>
<label class="day"><span><?cs var:_("To") ?></span> <input type="date" name="to" value="<?cs var:Filter.To ?>"></label>
<button type="submit" class="button"><?cs var:_("Search") ?></button>
<?cs if:Filter.On ?><a class="button quiet" href="/admin/status-log"><?cs var:_("Clear") ?></a><?cs /if ?>
<?cs if:subcount(Log.Rows) && !View.Name ?><a class="button small quiet export" href="<?cs var:url_validate(Log.Export) ?>"><?cs var:_("Export as CSV") ?></a><?cs /if ?>
</form>
<?cs if:subcount(Log.Rows) ?><?cs call:status_rows(1) ?>
<?cs call:older_pager(Log) ?><?cs
else ?><div class="empty"><?cs if:Filter.On ?><h2><?cs var:_("Nothing found") ?></h2><p><?cs var:_("Choose other days or another agent.") ?></p>
<p><a class="button" href="/admin/status-log"><?cs var:_("Show all") ?></a></p><?cs
else ?><h2><?cs var:_("Nobody has changed a status yet") ?></h2><p><?cs var:_("Each change of an agent between Online, Away and Offline is listed here.") ?></p><?cs /if ?></div><?cs /if ?>
</div>
<?cs include:"shell/foot.cs" ?>
