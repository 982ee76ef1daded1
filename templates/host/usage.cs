<?cs # usage.cs - what all companies used in a span of days. Reads what host/head.cs reads, Span.{From,To,Field,Problem,IsCut},
Usage.N.{Name,Path,Messages,Chats,Agents,PeakChats,Storage,AiTokens}. ?><?cs
include:"host/head.cs" ?>
<div class="head"><div>
<h1><?cs var:_("Usage") ?></h1>
<p class="lead"><?cs var:_("Sums of the span; of agents, chats at once and storage the most. The CSV has one row for each company and day. Days are those of UTC.") ?></p>
</div></div>
<form class="card tools span" method="get" action="/host/usage">
<label class="day<?cs if:Span.Field == "from" ?> wrong<?cs /if ?>"><span><?cs var:_("From") ?></span> <input type="date" name="from" value="<?cs var:Span.From ?>"></label>
<label class="day<?cs if:Span.Field == "to" ?> wrong<?cs /if ?>"><span><?cs var:_("To") ?></span> <input type="date" name="to" value="<?cs var:Span.To ?>"></label>
<button type="submit" class="button main"><?cs var:_("Show") ?></button>
<button type="submit" class="button" formaction="/host/usage.csv"><?cs var:_("Export as CSV") ?></button>
</form>
<?cs if:Span.Problem ?><div class="notice bad" role="alert"><span><?cs if:Span.Field == "from" ?><?cs var:_("From") ?><?cs else ?><?cs var:_("To") ?><?cs /if ?>: <?cs var:Span.Problem ?></span></div><?cs /if ?>
<?cs if:subcount(Usage) ?><div class="card list">
<div class="table" role="region" aria-label="<?cs var:_("Usage") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Company") ?></th><th scope="col" class="number"><?cs var:_("Messages") ?></th><th scope="col" class="number"><?cs var:_("Chats") ?></th><th scope="col" class="number"><?cs var:_("Agents") ?></th><th scope="col" class="number"><?cs var:_("Chats at once") ?></th><th scope="col" class="number"><?cs var:_("Storage") ?></th><th scope="col" class="number"><?cs var:_("AI tokens") ?></th></tr></thead>
<tbody><?cs each:row = Usage ?>
<tr><th scope="row" class="main"><a href="<?cs var:url_validate(row.Path) ?>"><?cs var:row.Name ?></a></th>
<td class="number" data-label="<?cs var:_("Messages") ?>"><?cs var:row.Messages ?></td>
<td class="number" data-label="<?cs var:_("Chats") ?>"><?cs var:row.Chats ?></td>
<td class="number" data-label="<?cs var:_("Agents") ?>"><?cs var:row.Agents ?></td>
<td class="number" data-label="<?cs var:_("Chats at once") ?>"><?cs var:row.PeakChats ?></td>
<td class="number" data-label="<?cs var:_("Storage") ?>"><?cs var:row.Storage ?></td>
<td class="number" data-label="<?cs var:_("AI tokens") ?>"><?cs var:row.AiTokens ?></td></tr><?cs /each ?>
</tbody></table></div></div>
<?cs if:Span.IsCut ?><p class="soft"><?cs var:_("These are the companies with most messages; the CSV has all.") ?></p><?cs /if ?><?cs
elif:!Span.Problem ?><div class="card empty"><h2><?cs var:_("Nothing was used in these days") ?></h2>
<p><?cs var:_("Figures are brought up to date every few minutes. Choose other days, or look again soon.") ?></p></div><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
