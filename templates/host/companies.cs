<?cs # companies.cs - all companies of the installation. Reads what host/head.cs and shell/list.cs read. ?><?cs
include:"shell/list.cs" ?><?cs
def:company_row(row) ?>
<tr><?cs each:cell = row.Cells ?><?cs if:cell.Main ?><th scope="row" class="main"><a href="<?cs var:url_validate(row.Path) ?>"><?cs call:list_cell(cell, row) ?></a></th><?cs else ?>
<td class="<?cs var:cell.Type ?>" data-label="<?cs var:cell.Label ?>"><?cs call:list_cell(cell, row) ?></td><?cs /if ?><?cs /each ?></tr><?cs /def ?><?cs
include:"host/head.cs" ?>
<div class="head">
<div>
<h1><?cs var:List.Title ?></h1>
<p class="lead"><?cs var:List.Help ?></p>
</div>
<?cs if:List.New ?><a class="button main" href="<?cs var:url_validate(List.New) ?>"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 3v10M3 8h10" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg><?cs var:List.NewLabel ?></a><?cs /if ?>
</div>
<div class="card list">
<?cs if:subcount(List.Rows) || List.Narrowed ?><?cs call:list_tools() ?><?cs /if ?>
<?cs if:subcount(List.Rows) ?><div class="table" role="region" aria-label="<?cs var:List.Title ?>" tabindex="0"><table>
<thead><tr><?cs each:column = List.Columns ?><?cs call:list_heading(column) ?><?cs /each ?></tr></thead>
<tbody><?cs each:row = List.Rows ?><?cs call:company_row(row) ?><?cs /each ?>
</tbody>
</table></div>
<?cs call:list_pager() ?><?cs
else ?><?cs call:list_empty() ?><?cs /if ?>
</div>
<?cs if:subcount(List.Rows) ?><p class="under-list"><a class="button small quiet export" href="<?cs var:url_validate(List.Export) ?>"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 2v8M4.8 7 8 10.2 11.2 7M3 13h10" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Export as CSV") ?></a></p><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
