<?cs # key_table.cs - a macro: the list of API keys. Reads Keys.N.{Id,Name,Hint,Scopes,ReadOnly,Created,CreatedIso,Used,UsedIso,Expires,ExpiresIso,Over}.
	key_facts(key)   what is shown of one
?><?cs
def:key_facts(key) ?><div><strong><?cs var:key.Name ?></strong> <code class="soft"><?cs var:key.Hint ?>…</code><?cs if:key.ReadOnly ?> <span class="tag"><?cs var:_("Read only") ?></span><?cs /if ?><?cs if:key.Over ?> <span class="tag bad"><?cs var:_("Expired") ?></span><?cs /if ?>
<p class="soft small"><span><?cs if:key.Scopes ?><?cs var:key.Scopes ?><?cs else ?><?cs var:_("All rights of the agent") ?><?cs /if ?></span></p>
<p class="soft small"><span><?cs var:_("made") ?> <time datetime="<?cs var:key.CreatedIso ?>"><?cs var:key.Created ?></time></span> <span><?cs if:key.Used ?><?cs var:_("last used") ?> <time datetime="<?cs var:key.UsedIso ?>"><?cs var:key.Used ?></time><?cs else ?><?cs var:_("never used") ?><?cs /if ?></span> <?cs if:key.Expires ?><span><?cs var:_("until") ?> <time datetime="<?cs var:key.ExpiresIso ?>"><?cs var:key.Expires ?></time></span><?cs /if ?></p></div><?cs /def ?>
