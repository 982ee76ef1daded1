<?cs # history.cs - past chats, or the missed and refused ones, with filters.
Reads what shell/head.cs reads, History.{Path,IsMissed,IsLater,Next}, History.Rows.N.{Id,Visitor,Channel,Email,Queue,Agent,Outcome,Reason,State,Refused,Text,
Started,StartedIso,Duration}, Filter.{Words,From,To,On,Which,Problem,Note}, Filter.{Contact,ContactName}, Filter.Queues.N and Filter.Agents.N.{Id,Name,Selected}. ?><?cs
include:"shell/older.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head"><div>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs if:Filter.ContactName ?><?cs var:_("Chats with") ?> <a href="/admin/contacts/<?cs var:url_escape(Filter.Contact) ?>"><bdi><?cs var:Filter.ContactName ?></bdi></a><?cs elif:History.IsMissed ?><?cs var:_("Missed: the visitor left before an agent accepted. Refused: an agent refused the request.") ?><?cs else ?><?cs var:_("Every chat with its transcript, newest first.") ?><?cs /if ?></p>
</div></div>
<?cs if:Filter.Problem ?><div class="notice bad" role="alert"><span><?cs var:Filter.Problem ?></span></div><?cs /if ?>
<?cs if:Filter.Note ?><div class="notice warn" role="status"><span><?cs var:Filter.Note ?></span></div><?cs /if ?>
<div class="card list">
<form class="tools history-tools" method="get" action="<?cs var:url_validate(History.Path) ?>" role="search">
<label class="search"><span class="hidden"><?cs var:_("Search") ?></span>
<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="9" cy="9" r="5.5" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="m13.2 13.2 4 4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>
<input type="search" name="q" value="<?cs var:Filter.Words ?>" maxlength="200" placeholder="<?cs var:_("Visitor or words of the chat") ?>"></label>
<label class="day"><span><?cs var:_("From") ?></span> <input type="date" name="from" value="<?cs var:Filter.From ?>"></label>
<label class="day"><span><?cs var:_("To") ?></span> <input type="date" name="to" value="<?cs var:Filter.To ?>"></label>
<label class="filter"><span class="hidden"><?cs var:_("Queue") ?></span><select name="queue"><option value=""><?cs var:_("All queues") ?></option><?cs each:queue = Filter.Queues ?>
<option value="<?cs var:queue.Id ?>"<?cs if:queue.Selected ?> selected<?cs /if ?>><?cs var:queue.Name ?></option><?cs /each ?></select></label>
<label class="filter"><span class="hidden"><?cs var:_("Agent") ?></span><select name="agent"><option value=""><?cs var:_("All agents") ?></option><?cs each:agent = Filter.Agents ?>
<option value="<?cs var:agent.Id ?>"<?cs if:agent.Selected ?> selected<?cs /if ?>><?cs var:agent.Name ?></option><?cs /each ?></select></label>
<?cs if:History.IsMissed ?><label class="filter"><span class="hidden"><?cs var:_("Kind") ?></span><select name="which"><option value=""><?cs var:_("Missed and refused") ?></option>
<option value="missed"<?cs if:Filter.Which == "missed" ?> selected<?cs /if ?>><?cs var:_("Missed") ?></option>
<option value="refused"<?cs if:Filter.Which == "refused" ?> selected<?cs /if ?>><?cs var:_("Refused") ?></option></select></label><?cs /if ?>
<?cs if:Filter.Contact ?><input type="hidden" name="contact" value="<?cs var:Filter.Contact ?>"><?cs /if ?>
<button type="submit" class="button"><?cs var:_("Search") ?></button>
<?cs if:Filter.On ?><a class="button quiet" href="<?cs var:url_validate(History.Path) ?>"><?cs var:_("Clear") ?></a><?cs /if ?>
</form>
<?cs if:subcount(History.Rows) ?><div class="table" role="region" aria-label="<?cs var:Title ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Visitor") ?></th><th scope="col"><?cs var:_("Last message") ?></th><th scope="col"><?cs var:_("Queue") ?></th><th scope="col"><?cs var:_("Agent") ?></th><th scope="col"><?cs var:_("Outcome") ?></th><th scope="col"><?cs var:_("Started") ?></th><th scope="col"><?cs var:_("Duration") ?></th><th scope="col" class="act"><span class="hidden"><?cs var:_("Actions") ?></span></th></tr></thead>
<tbody><?cs each:row = History.Rows ?>
<tr><th scope="row" class="main"><a href="/admin/history/<?cs var:url_escape(row.Id) ?>"><bdi><?cs var:row.Visitor ?></bdi></a><?cs if:row.Channel ?> <span class="chip"><?cs var:row.Channel ?></span><?cs /if ?></th>
<td class="text" data-label="<?cs var:_("Last message") ?>"><span class="cut" dir="auto"><?cs var:row.Text ?></span></td>
<td data-label="<?cs var:_("Queue") ?>"><?cs var:row.Queue ?></td>
<td data-label="<?cs var:_("Agent") ?>"><?cs if:row.Agent ?><?cs var:row.Agent ?><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td>
<td data-label="<?cs var:_("Outcome") ?>"><span class="state" data-value="<?cs var:row.State ?>"><?cs var:row.Outcome ?></span><?cs if:row.Refused ?> <span class="chip"><?cs var:_("Refused") ?></span><?cs /if ?></td>
<td data-label="<?cs var:_("Started") ?>"><time datetime="<?cs var:row.StartedIso ?>"><?cs var:row.Started ?></time></td>
<td class="number" data-label="<?cs var:_("Duration") ?>"><?cs var:row.Duration ?></td>
<td class="act"><a class="button small quiet" href="/admin/history/<?cs var:url_escape(row.Id) ?>" aria-label="<?cs var:_("Details") ?> <?cs var:row.Visitor ?>"><?cs var:_("Details") ?></a></td></tr><?cs /each ?>
</tbody></table></div>
<?cs call:older_pager(History) ?><?cs
else ?><div class="empty"><?cs if:Filter.On ?><h2><?cs var:_("Nothing found") ?></h2><p><?cs var:_("Try other words, or take a filter away.") ?></p>
<p><a class="button" href="<?cs var:url_validate(History.Path) ?>"><?cs var:_("Show all") ?></a></p><?cs
elif:History.IsMissed ?><h2><?cs var:_("Nothing was missed") ?></h2><p><?cs var:_("Chats that nobody accepted in time, or that an agent refused, are listed here.") ?></p><?cs
else ?><h2><?cs var:_("No chats yet") ?></h2><p><?cs var:_("Put the widget on your site. Chats are listed here as soon as a visitor writes.") ?></p>
<p><a class="button main" href="/admin/installation"><?cs var:_("Installation") ?></a></p><?cs /if ?></div><?cs /if ?>
</div>
<?cs include:"shell/foot.cs" ?>
