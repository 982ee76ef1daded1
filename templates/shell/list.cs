<?cs # list.cs - macros that draw a list of rows.
	list_tabs()      rows in use and deleted ones
	list_tools()     search box, filters, export
	list_table()     the table: sortable headers, cells by type, actions
	list_pager()     how many, and the other pages
	list_empty()     what to say when there is nothing
Reads: Form.Token, List.{Title,One,Help,Path,Export,Search,Sort,Deleted,Narrowed,New,NewLabel,Total,From,To,Previous,Next},
List.Tabs.N.{Label,Path,Current}, List.Filters.N.{Name,Label,Chosen}, List.Filters.N.Choices.M.{Value,Label,Selected},
List.Columns.N.{Name,Label,Order,Sort}, List.Rows.N.{Id,Path,Name,Delete,Restore}, List.Rows.N.Links.M.{Name,Path,Label},
List.Rows.N.Cells.M.{Name,Label,Type,Text,TextIso,Value,Main,More}, List.Rows.N.Cells.M.Names.K.Text,
List.Pages.N.{Number,Path,Current}, and List.Previews: the path of each row has a …/preview that static/admin.js shows. ?><?cs

def:list_tabs() ?><nav class="tabs" aria-label="<?cs var:_("Status") ?>"><?cs each:tab = List.Tabs ?>
<a href="<?cs var:url_validate(tab.Path) ?>"<?cs if:tab.Current ?> aria-current="page"<?cs /if ?>><?cs var:tab.Label ?></a><?cs /each ?>
</nav><?cs /def ?><?cs

def:list_filter(filter) ?><label class="filter<?cs if:filter.Chosen ?> chosen<?cs /if ?>"><span class="hidden"><?cs var:filter.Label ?></span>
<select name="<?cs var:filter.Name ?>"><option value=""><?cs var:filter.Label ?><?cs var:_(":") ?> <?cs var:_("any") ?></option><?cs each:choice = filter.Choices ?>
<option value="<?cs var:choice.Value ?>"<?cs if:choice.Selected ?> selected<?cs /if ?>><?cs var:filter.Label ?><?cs var:_(":") ?> <?cs var:choice.Label ?></option><?cs /each ?>
</select></label><?cs /def ?><?cs

def:list_tools() ?><form class="tools" method="get" action="<?cs var:url_validate(List.Path) ?>" role="search" data-instant>
<label class="search"><span class="hidden"><?cs var:_("Search") ?></span>
<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="9" cy="9" r="5.5" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="m13.2 13.2 4 4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>
<input type="search" name="q" value="<?cs var:List.Search ?>" maxlength="200" placeholder="<?cs var:_("Search") ?>"></label><?cs each:filter = List.Filters ?>
<?cs call:list_filter(filter) ?><?cs /each ?><?cs if:List.Deleted ?>
<input type="hidden" name="status" value="deleted"><?cs /if ?><?cs if:List.Sort ?>
<input type="hidden" name="sort" value="<?cs var:List.Sort ?>"><?cs /if ?>
<button type="submit" class="button"><?cs var:_("Search") ?></button><?cs if:List.Narrowed ?>
<a class="button quiet" href="<?cs var:url_validate(List.Path) ?><?cs if:List.Deleted ?>?status=deleted<?cs /if ?>"><?cs var:_("Clear") ?></a><?cs /if ?>
</form><?cs /def ?><?cs

def:list_cell(cell, row) ?><?cs
if:cell.Type == "yesno" ?><?cs if:cell.Text ?><span class="yes"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg><span class="hidden"><?cs var:_("Yes") ?></span></span><?cs else ?><span class="no"><span aria-hidden="true">–</span><span class="hidden"><?cs var:_("No") ?></span></span><?cs /if ?><?cs
elif:cell.Type == "set" ?><?cs if:subcount(cell.Names) ?><span class="chips"><?cs each:name = cell.Names ?><span class="chip"><?cs var:name.Text ?></span> <?cs /each ?><?cs if:cell.More ?><span class="chip more">+<?cs var:cell.More ?></span><?cs /if ?></span><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?><?cs
elif:cell.Type == "time" ?><?cs if:cell.TextIso ?><time datetime="<?cs var:cell.TextIso ?>"><?cs var:cell.Text ?></time><?cs /if ?><?cs
elif:cell.Type == "choice" ?><?cs if:cell.Text ?><span class="state" data-value="<?cs var:cell.Value ?>"><?cs var:cell.Text ?></span><?cs /if ?><?cs
elif:cell.Type == "colour" ?><svg class="dot" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><circle cx="8" cy="8" r="7" fill="<?cs var:cell.Text ?>"/></svg> <code><?cs var:cell.Text ?></code><?cs
elif:cell.Text != "" ?><?cs var:cell.Text ?><?cs
else ?><span class="no" aria-hidden="true">–</span><?cs /if ?><?cs /def ?><?cs

def:list_heading(column) ?><th scope="col" class="c-<?cs var:column.Name ?>"<?cs if:column.Order ?> aria-sort="<?cs var:column.Order ?>"<?cs /if ?>><?cs if:column.Sort ?><a href="<?cs var:url_validate(column.Sort) ?>"><?cs var:column.Label ?><svg class="arrow" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d="M5 1.5v7M2 4.5l3-3 3 3" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/></svg></a><?cs else ?><?cs var:column.Label ?><?cs /if ?></th><?cs /def ?><?cs

def:list_icon(name) ?><?cs if:name == "password" ?><circle cx="6" cy="12" r="3" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="m8.200 9.800 6-6m-2.700 2.700 2 2" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/><?cs else ?><path d="M7 4.500 11.500 9 7 13.500" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/><?cs /if ?><?cs /def ?><?cs

def:list_row(row) ?>
<tr><?cs each:cell = row.Cells ?><?cs if:cell.Main ?><th scope="row" class="main"><a href="<?cs var:url_validate(row.Path) ?>"><?cs call:list_cell(cell, row) ?></a></th><?cs else ?>
<td class="<?cs var:cell.Type ?> c-<?cs var:cell.Name ?>" data-label="<?cs var:cell.Label ?>"><?cs call:list_cell(cell, row) ?></td><?cs /if ?><?cs /each ?>
<td class="act"><?cs if:row.Restore ?><form method="post" action="<?cs var:url_validate(row.Restore) ?>"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><button type="submit" class="button small" aria-label="<?cs var:_("Restore") ?> <?cs var:row.Name ?>"><?cs var:_("Restore") ?></button></form><?cs else ?><a class="button icon quiet" href="<?cs var:url_validate(row.Path) ?>" title="<?cs var:_("Edit") ?>" aria-label="<?cs var:_("Edit") ?> <?cs var:row.Name ?>"><svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><path d="m11.5 3.5 3 3L6.5 14.5l-3.6.6.6-3.6z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/></svg><span><?cs var:_("Edit") ?></span></a><?cs each:link = row.Links ?><a class="button icon quiet" href="<?cs var:url_validate(link.Path) ?>" title="<?cs var:link.Label ?>" aria-label="<?cs var:link.Label ?><?cs var:_(":") ?> <?cs var:row.Name ?>"><svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><?cs call:list_icon(link.Name) ?></svg><span><?cs var:link.Label ?></span></a><?cs /each ?><?cs if:row.Delete ?><a class="button icon quiet danger" href="<?cs var:url_validate(row.Delete) ?>" title="<?cs var:_("Delete") ?>" aria-label="<?cs var:_("Delete") ?> <?cs var:row.Name ?>"><svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><path d="M3.5 5h11M7 5V3.5h4V5M5 5l.6 9.5h6.800L13 5M7.7 7.7v4.200m2.6-4.200v4.200" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/></svg><span><?cs var:_("Delete") ?></span></a><?cs /if ?><?cs /if ?></td></tr><?cs /def ?><?cs

def:list_table() ?><div class="table" role="region" aria-label="<?cs var:List.Title ?>" tabindex="0"<?cs if:List.Previews && !List.Deleted ?> data-previews<?cs /if ?>><table>
<thead><tr><?cs each:column = List.Columns ?><?cs call:list_heading(column) ?><?cs /each ?><th scope="col" class="act"><span class="hidden"><?cs var:_("Actions") ?></span></th></tr></thead>
<tbody><?cs each:row = List.Rows ?><?cs call:list_row(row) ?><?cs /each ?>
</tbody>
</table></div><?cs /def ?><?cs

def:list_pager() ?><div class="pager">
<p><strong><?cs var:List.From ?>–<?cs var:List.To ?></strong> <?cs var:_("of") ?> <strong><?cs var:List.Total ?></strong></p><?cs if:subcount(List.Pages) ?>
<nav aria-label="<?cs var:_("Pages") ?>"><?cs if:List.Previous ?><a class="button small" rel="prev" href="<?cs var:url_validate(List.Previous) ?>"><?cs var:_("Previous") ?></a><?cs /if ?><?cs each:page = List.Pages ?><?cs if:page.Number ?>
<a class="button small number" href="<?cs var:url_validate(page.Path) ?>"<?cs if:page.Current ?> aria-current="page"<?cs /if ?>><?cs var:page.Number ?></a><?cs else ?><span class="gap">…</span><?cs /if ?><?cs /each ?>
<?cs if:List.Next ?><a class="button small" rel="next" href="<?cs var:url_validate(List.Next) ?>"><?cs var:_("Next") ?></a><?cs /if ?></nav><?cs /if ?>
</div><?cs /def ?><?cs

def:list_empty() ?><div class="empty">
<svg viewBox="0 0 96 72" width="96" height="72" aria-hidden="true"><rect class="back" x="14" y="6" width="68" height="18" rx="6"/><rect class="back" x="8" y="28" width="80" height="18" rx="6"/><rect class="front" x="2" y="50" width="92" height="20" rx="7"/><circle class="dot" cx="16" cy="60" r="4"/><path class="line" d="M27 60h34"/></svg>
<?cs if:List.Narrowed ?><h2><?cs var:_("Nothing found") ?></h2>
<p><?cs var:_("Try other words, or take a filter away.") ?></p>
<p><a class="button" href="<?cs var:url_validate(List.Path) ?><?cs if:List.Deleted ?>?status=deleted<?cs /if ?>"><?cs var:_("Show all") ?></a></p><?cs
elif:List.Deleted ?><h2><?cs var:_("Nothing was deleted") ?></h2>
<p><?cs var:_("What you delete stays here and can be restored.") ?></p><?cs
else ?><h2><?cs var:_("Nothing here yet") ?></h2>
<p><?cs var:List.Help ?></p><?cs if:List.New ?>
<p><a class="button main" href="<?cs var:url_validate(List.New) ?>"><?cs var:List.NewLabel ?></a></p><?cs /if ?><?cs /if ?>
</div><?cs /def ?>
