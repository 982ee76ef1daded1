<?cs # key_table.cs - a macro: the list of API keys. Reads Keys.N.{Id,Name,Hint,Scopes,ReadOnly,Created,Used,Expires,Over}.
	key_facts(key)   what is shown of one
?><?cs
def:key_facts(key) ?><div><strong><?cs var:key.Name ?></strong> <code class="soft"><?cs var:key.Hint ?>…</code><?cs if:key.ReadOnly ?> <span class="tag"><?cs var:_("Read only") ?></span><?cs /if ?><?cs if:key.Over ?> <span class="tag bad"><?cs var:_("Expired") ?></span><?cs /if ?>
<p class="soft small"><span><?cs if:key.Scopes ?><?cs var:key.Scopes ?><?cs else ?><?cs var:_("All rights of the agent") ?><?cs /if ?></span></p>
<p class="soft small"><span><?cs var:_("made") ?> <?cs var:key.Created ?></span> <span><?cs if:key.Used ?><?cs var:_("last used") ?> <?cs var:key.Used ?><?cs else ?><?cs var:_("never used") ?><?cs /if ?></span> <?cs if:key.Expires ?><span><?cs var:_("until") ?> <?cs var:key.Expires ?></span><?cs /if ?></p></div><?cs /def ?>
