<?cs # domain_delete.cs - asks before a host name is removed. Reads what shell/head.cs and shell/form.cs read, and
Domain.{Id,Host,Verified,Here}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head"><div>
<p class="crumbs"><a href="/admin/domains"><?cs var:_("Domains") ?></a></p>
<h1><?cs var:_("Remove the domain?") ?></h1>
</div></div>
<?cs call:page_reading() ?>
<div class="card ask">
<p class="subject"><?cs var:Domain.Host ?></p><?cs
if:Domain.Here ?><p><strong><?cs var:_("You are using this domain now: afterwards sign in at the address of the service.") ?></strong></p><?cs
elif:Domain.Verified ?><p><?cs var:_("People cannot sign in at this address any more, and another company could claim it.") ?></p><?cs
else ?><p><?cs var:_("The claim is forgotten; a new one has another value to prove.") ?></p><?cs /if ?>
<div class="actions">
<?cs if:May.Change ?><form method="post" action="/admin/domains/<?cs var:url_escape(Domain.Id) ?>/delete"><?cs call:form_token() ?><button type="submit" class="button danger full"><?cs var:_("Remove") ?></button></form><?cs /if ?>
<a class="button" href="/admin/domains"><?cs var:_("Keep it") ?></a>
</div>
</div>
<?cs include:"shell/foot.cs" ?>
