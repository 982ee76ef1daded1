<?cs # older.cs - a macro: the ways through a list that goes from new to old.
	older_pager(log)   Reads log.{Path,IsLater,Next}; draws nothing when all is on one page
?><?cs
def:older_pager(log) ?><?cs if:log.IsLater || log.Next ?><div class="pager"><span></span><nav aria-label="<?cs var:_("Pages") ?>"><?cs
if:log.IsLater ?><a class="button small" href="<?cs var:url_validate(log.Path) ?>"><?cs var:_("Newest") ?></a><?cs /if ?>
<?cs if:log.Next ?><a class="button small" rel="next" href="<?cs var:url_validate(log.Next) ?>"><?cs var:_("Older") ?></a><?cs /if ?></nav></div><?cs /if ?><?cs /def ?>
