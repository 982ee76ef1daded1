<?cs # audit.cs - what operators did, and what happened to the installation. Reads what host/head.cs reads, Older, IsNewest, IsOfOne,
Log.N.{At,Who,Address,Action,Subject,Company,Path}, Log.N.Changes.M.{Field,Before,After}. ?><?cs
include:"host/head.cs" ?>
<div class="head"><div>
<h1><?cs var:_("Audit") ?></h1>
<p class="lead"><?cs var:_("What operators, their keys and the command did, and sign-ins that belong to no company. Nothing here can be changed. Times are UTC.") ?></p>
</div><?cs if:IsOfOne ?><a class="button" href="/host/audit"><?cs var:_("Show all") ?></a><?cs /if ?></div>
<?cs if:subcount(Log) ?><div class="card list">
<div class="table log" role="region" aria-label="<?cs var:_("Audit") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Time") ?></th><th scope="col"><?cs var:_("Who") ?></th><th scope="col"><?cs var:_("Company") ?></th><th scope="col"><?cs var:_("Action") ?></th><th scope="col"><?cs var:_("Changes") ?></th></tr></thead>
<tbody><?cs each:entry = Log ?>
<tr><td data-label="<?cs var:_("Time") ?>"><?cs var:entry.At ?></td>
<td data-label="<?cs var:_("Who") ?>"><span><?cs var:entry.Who ?><?cs if:entry.Address ?><br><span class="soft small"><?cs var:entry.Address ?></span><?cs /if ?></span></td>
<td data-label="<?cs var:_("Company") ?>"><?cs if:entry.Path ?><a href="<?cs var:url_validate(entry.Path) ?>"><?cs var:entry.Company ?></a><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td>
<td data-label="<?cs var:_("Action") ?>"><span><code><?cs var:entry.Action ?></code><?cs if:entry.Subject ?><br><span class="small"><?cs var:entry.Subject ?></span><?cs /if ?></span></td>
<td data-label="<?cs var:_("Changes") ?>"><?cs if:subcount(entry.Changes) ?><ul class="changes"><?cs each:change = entry.Changes ?>
<li><span class="soft"><?cs var:change.Field ?>:</span> <?cs if:change.Before != "" ?><del><?cs var:change.Before ?></del> <?cs /if ?><?cs if:change.After != "" ?><ins><?cs var:change.After ?></ins><?cs /if ?></li><?cs /each ?></ul><?cs else ?><span class="no" aria-hidden="true">–</span><?cs /if ?></td></tr><?cs /each ?>
</tbody></table></div></div>
<p class="under-list"><?cs if:!IsNewest ?><a class="button small" href="/host/audit"><?cs var:_("Newest") ?></a> <?cs /if ?><?cs if:Older ?><a class="button small" rel="next" href="<?cs var:url_validate(Older) ?>"><?cs var:_("Older") ?></a><?cs /if ?></p><?cs
else ?><div class="card empty"><h2><?cs var:_("Nothing here yet") ?></h2><p><?cs var:_("What operators do is written down here.") ?></p></div><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
