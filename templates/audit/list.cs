<?cs # list.cs - the filter of an audit log and its entries, of a company or of the host.
Reads Title, Filter.{Words,From,To,On,Problem}, Filter.Kinds, Filter.Actions and Filter.Nouns.N.{Value,Label,Selected}, Audit.{Path,Export,Next,
IsLater,IsHost,Tenant}, Audit.Rows.N.{Id,At,AtIso,Kind,KindLabel,Actor,Address,Company,Path,Action,Noun,Name,Count},
Audit.Rows.N.Changes.M.{Label,Before,BeforeIso,After,AfterIso}. ?><?cs
include:"shell/older.cs" ?><?cs if:Filter.Problem ?><div class="notice bad" role="alert"><span><?cs var:Filter.Problem ?></span></div><?cs /if ?>
<div class="card list">
<form class="tools history-tools" method="get" action="<?cs var:url_validate(Audit.Path) ?>" role="search"><?cs if:Audit.Tenant ?><input type="hidden" name="tenant" value="<?cs var:Audit.Tenant ?>"><?cs /if ?>
<label class="search"><span class="hidden"><?cs var:_("Search") ?></span>
<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="9" cy="9" r="5.5" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="m13.2 13.2 4 4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>
<input type="search" name="q" value="<?cs var:Filter.Words ?>" maxlength="200" placeholder="<?cs var:_("Name, address or value") ?>"></label>
<label class="day"><span><?cs var:_("From") ?></span> <input type="date" name="from" value="<?cs var:Filter.From ?>"></label>
<label class="day"><span><?cs var:_("To") ?></span> <input type="date" name="to" value="<?cs var:Filter.To ?>"></label>
<label class="filter"><span class="hidden"><?cs var:_("Who") ?></span><select name="by"><option value=""><?cs var:_("Everybody") ?></option><?cs each:kind = Filter.Kinds ?>
<option value="<?cs var:kind.Value ?>"<?cs if:kind.Selected ?> selected<?cs /if ?>><?cs var:kind.Label ?></option><?cs /each ?></select></label>
<label class="filter"><span class="hidden"><?cs var:_("Action") ?></span><select name="action"><option value=""><?cs var:_("All actions") ?></option><?cs each:action = Filter.Actions ?>
<option value="<?cs var:action.Value ?>"<?cs if:action.Selected ?> selected<?cs /if ?>><?cs var:action.Label ?></option><?cs /each ?></select></label>
<label class="filter"><span class="hidden"><?cs var:_("What") ?></span><select name="noun"><option value=""><?cs var:_("Everything") ?></option><?cs each:noun = Filter.Nouns ?>
<option value="<?cs var:noun.Value ?>"<?cs if:noun.Selected ?> selected<?cs /if ?>><?cs var:noun.Label ?></option><?cs /each ?></select></label>
<button type="submit" class="button"><?cs var:_("Search") ?></button>
<?cs if:Filter.On || Audit.Tenant ?><a class="button quiet" href="<?cs var:url_validate(Audit.Path) ?>"><?cs var:_("Clear") ?></a><?cs /if ?>
<?cs if:subcount(Audit.Rows) && !View.Name ?><a class="button small quiet export" href="<?cs var:url_validate(Audit.Export) ?>"><?cs var:_("Export as CSV") ?></a><?cs /if ?>
</form>
<?cs if:subcount(Audit.Rows) ?><div class="table" role="region" aria-label="<?cs var:Title ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("When") ?></th><th scope="col"><?cs var:_("Who") ?></th><?cs if:Audit.IsHost ?><th scope="col"><?cs var:_("Company") ?></th><?cs /if ?><th scope="col"><?cs var:_("Action") ?></th><th scope="col"><?cs var:_("What") ?></th><th scope="col"><?cs var:_("Details") ?></th></tr></thead>
<tbody><?cs each:row = Audit.Rows ?>
<tr><th scope="row" class="main"><time datetime="<?cs var:row.AtIso ?>"><?cs var:row.At ?></time></th>
<td data-label="<?cs var:_("Who") ?>"><bdi><?cs if:row.Actor ?><?cs var:row.Actor ?><?cs else ?><?cs var:row.KindLabel ?><?cs /if ?></bdi><br><span class="soft small"><?cs if:row.Kind != "agent" && row.Actor ?><?cs var:row.KindLabel ?> <?cs /if ?><?cs var:row.Address ?></span></td>
<?cs if:Audit.IsHost ?><td data-label="<?cs var:_("Company") ?>"><?cs if:row.Path ?><a href="<?cs var:url_validate(row.Path) ?>"><bdi><?cs var:row.Company ?></bdi></a><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td>
<?cs /if ?><td data-label="<?cs var:_("Action") ?>"><?cs var:row.Action ?></td>
<td data-label="<?cs var:_("What") ?>"><span class="soft small"><?cs var:row.Noun ?></span><br><bdi><?cs var:row.Name ?></bdi></td>
<td data-label="<?cs var:_("Details") ?>"><?cs if:subcount(row.Changes) ?><details class="changes"><summary><?cs var:_("Values") ?> (<?cs var:row.Count ?>)</summary>
<dl><?cs each:change = row.Changes ?>
<div><dt><?cs var:change.Label ?></dt><dd><?cs if:change.Before ?><del dir="auto"><?cs if:change.BeforeIso ?><time datetime="<?cs var:change.BeforeIso ?>"><?cs var:change.Before ?></time><?cs else ?><?cs var:change.Before ?><?cs /if ?></del><?cs else ?><span class="no"><?cs var:_("empty") ?></span><?cs /if ?> <span class="to" aria-hidden="true">→</span> <?cs if:change.After ?><ins dir="auto"><?cs if:change.AfterIso ?><time datetime="<?cs var:change.AfterIso ?>"><?cs var:change.After ?></time><?cs else ?><?cs var:change.After ?><?cs /if ?></ins><?cs else ?><span class="no"><?cs var:_("empty") ?></span><?cs /if ?></dd></div><?cs /each ?>
</dl></details><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div>
<?cs call:older_pager(Audit) ?><?cs
else ?><div class="empty"><?cs if:Filter.On || Audit.Tenant ?><h2><?cs var:_("Nothing found") ?></h2><p><?cs var:_("Try other words, or take a filter away.") ?></p>
<p><a class="button" href="<?cs var:url_validate(Audit.Path) ?>"><?cs var:_("Show all") ?></a></p><?cs
else ?><h2><?cs var:_("Nothing has happened yet") ?></h2><p><?cs var:_("Changes and sign-ins are listed here as they happen.") ?></p><?cs /if ?></div><?cs /if ?>
</div>
