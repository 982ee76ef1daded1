<?cs # session_table.cs - a macro: the list of places where somebody is signed in. Reads Sessions.N.{Browser,System,Agent,Address,Since,SinceIso,Seen,SeenIso,This,End}.
	session_table(may_end)   with a button for each, but not for the one that asks
?><?cs
def:session_table(may_end) ?><ul class="sessions"><?cs each:session = Sessions ?>
<li><div><strong title="<?cs var:session.Agent ?>"><?cs if:session.Browser ?><?cs var:session.Browser ?><?cs else ?><?cs var:_("Unknown browser") ?><?cs /if ?><?cs if:session.System ?> · <?cs var:session.System ?><?cs /if ?></strong><?cs if:session.This ?> <span class="tag good"><?cs var:_("This device") ?></span><?cs /if ?>
<p class="soft small"><span><?cs var:session.Address ?></span> <span><?cs var:_("since") ?> <time datetime="<?cs var:session.SinceIso ?>"><?cs var:session.Since ?></time></span> <span><?cs var:_("last used") ?> <time datetime="<?cs var:session.SeenIso ?>"><?cs var:session.Seen ?></time></span></p></div>
<?cs if:may_end && !session.This ?><form method="post" action="<?cs var:url_validate(session.End) ?>"><?cs call:form_token() ?><button type="submit" class="button small" aria-label="<?cs var:_("Sign out") ?><?cs var:_(":") ?> <?cs var:session.Browser ?> <?cs var:session.System ?> <?cs var:session.Address ?>"><?cs var:_("Sign out") ?></button></form><?cs /if ?></li><?cs /each ?>
</ul><?cs /def ?>
