<?cs # domains.cs - the company's own host names, with the two ways to prove one.
Reads what shell/head.cs and shell/form.cs read,
Domains.N.{Id,Host,Verified,Lost,Awaited,ByHost,Checked,CheckedIso,Problem,Token,DnsName,FileUrl}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/tenant.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Domains") ?></h1>
<p class="lead"><?cs var:_("On a domain of your own the sign-in page shows your company and does not ask for its name. Let the domain lead to this server first.") ?></p></div></div>
<?cs call:page_reading() ?><?cs call:form_problems() ?><?cs if:May.Change ?>
<form class="card form" method="post" action="/admin/domains" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?>
<fieldset class="all"><?cs call:form_field(Form.Fields.host) ?></fieldset>
<div class="actions"><button type="submit" class="button main"><?cs var:_("Add a domain") ?></button></div>
</form><?cs /if ?><?cs
if:subcount(Domains) ?>
<ul class="domains"><?cs each:domain = Domains ?>
<li class="card domain"><div class="domain-head"><h2><?cs var:domain.Host ?></h2><?cs
if:domain.Verified ?><?cs if:domain.Lost ?><span class="tag bad"><?cs var:_("Proof is missing") ?></span><?cs else ?><span class="tag good"><?cs var:_("Verified") ?></span><?cs /if ?><?cs
else ?><span class="tag"><?cs var:_("Not verified yet") ?></span><?cs /if ?></div><?cs
if:domain.ByHost ?><p class="soft"><?cs var:_("Confirmed by who runs this service.") ?></p><?cs /if ?><?cs
if:domain.Token && !domain.ByHost ?><?cs
if:domain.Verified && !domain.Lost ?><p class="soft"><?cs var:_("Leave the proof where it is: it is looked at every day.") ?></p><?cs else ?>
<p><?cs var:_("Prove that the domain is yours, in one of these two ways:") ?></p><?cs /if ?>
<dl><dt><?cs var:_("A DNS record of the type TXT") ?></dt>
<dd><span class="soft small"><?cs var:_("Name") ?></span><code><?cs var:domain.DnsName ?></code><span class="soft small"><?cs var:_("Value") ?></span><code><?cs var:domain.Token ?></code></dd>
<dt><?cs var:_("Or a file on the web site") ?></dt>
<dd><span class="soft small"><?cs var:_("Address") ?></span><code><?cs var:domain.FileUrl ?></code><span class="soft small"><?cs var:_("Content") ?></span><code><?cs var:domain.Token ?></code></dd></dl><?cs /if ?><?cs
if:domain.Awaited ?><p class="notice wait" role="status"><?cs var:_("Being checked…") ?></p><?cs
elif:domain.Problem ?><p class="notice bad" role="alert"><span><?cs var:domain.Problem ?><?cs if:domain.Checked ?> <span class="soft small">(<time datetime="<?cs var:domain.CheckedIso ?>"><?cs var:domain.Checked ?></time>)</span><?cs /if ?></span></p><?cs /if ?>
<?cs if:May.Change ?><div class="actions"><?cs if:domain.Token && !domain.ByHost ?><form method="post" action="/admin/domains/<?cs var:url_escape(domain.Id) ?>/check"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><button type="submit" class="button" aria-label="<?cs var:_("Check now") ?>: <?cs var:domain.Host ?>"><?cs var:_("Check now") ?></button></form><?cs /if ?>
<a class="button quiet danger" href="/admin/domains/<?cs var:url_escape(domain.Id) ?>/delete" aria-label="<?cs var:_("Remove") ?>: <?cs var:domain.Host ?>"><?cs var:_("Remove") ?></a></div><?cs /if ?></li><?cs /each ?>
</ul><?cs else ?>
<div class="card empty"><h2><?cs var:_("No domain yet") ?></h2><p><?cs var:_("Add one such as help.example.com above. You can go on without: people then sign in with the name of the company.") ?></p></div><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
