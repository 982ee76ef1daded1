<?cs # list.cs - the rows of a settings noun.
Reads what shell/head.cs and shell/list.cs read, List.Problems.N.Message, List.Links.N.{Path,Label},
Limit.{Text,Full} for a noun that plans limit, List.Note.{Text,Path,Label} for what is to be known of its rows. ?><?cs
include:"shell/list.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<h1><?cs var:List.Title ?></h1>
<?cs if:List.Help ?><p class="lead"><?cs var:List.Help ?></p><?cs /if ?><?cs if:Limit.Text ?>
<p class="limit<?cs if:Limit.Full ?> full<?cs /if ?>"><a href="/admin/usage"><?cs var:Limit.Text ?></a></p><?cs /if ?><?cs if:List.Note.Text ?>
<p class="soft"><?cs var:List.Note.Text ?><?cs if:List.Note.Path ?> <a href="<?cs var:url_validate(List.Note.Path) ?>"><?cs var:List.Note.Label ?></a><?cs /if ?></p><?cs /if ?>
</div>
<?cs each:link = List.Links ?><a class="button" href="<?cs var:url_validate(link.Path) ?>"><?cs var:link.Label ?></a>
<?cs /each ?><?cs if:List.New ?><a class="button main" href="<?cs var:url_validate(List.New) ?>"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 3v10M3 8h10" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg><?cs var:List.NewLabel ?></a><?cs /if ?>
</div>
<?cs if:subcount(List.Problems) ?><div class="notice bad" role="alert"><div><strong><?cs var:_("This cannot be restored now.") ?></strong>
<ul><?cs each:problem = List.Problems ?><li><?cs var:problem.Message ?></li><?cs /each ?></ul></div></div><?cs /if ?>
<div class="card list">
<div class="list-head"><?cs call:list_tabs() ?><?cs if:List.Export && subcount(List.Rows) ?>
<a class="button small quiet export" href="<?cs var:url_validate(List.Export) ?>"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 2v8M4.8 7 8 10.2 11.2 7M3 13h10" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Export as CSV") ?></a><?cs /if ?></div>
<?cs if:subcount(List.Rows) || List.Narrowed ?><?cs call:list_tools() ?><?cs /if ?>
<?cs if:subcount(List.Rows) ?><?cs call:list_table() ?>
<?cs call:list_pager() ?><?cs
else ?><?cs call:list_empty() ?><?cs /if ?>
</div>
<?cs include:"shell/foot.cs" ?>
