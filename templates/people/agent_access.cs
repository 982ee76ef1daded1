<?cs # agent_access.cs - how an agent gets in: devices, second factor, keys. Reads what shell/head.cs, shell/form.cs, access/session_table.cs
and people/key_table.cs read, SessionCount, Agent.{Id,Alias,Path,MayChange,Own}, Factor.{On,SetUp}. ?><?cs
include:"shell/form.cs" ?><?cs include:"access/session_table.cs" ?><?cs include:"people/key_table.cs" ?><?cs
include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div>
<p class="crumbs"><a href="<?cs var:url_validate(Agent.Path) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Agent.Alias ?></a></p>
<h1><?cs var:Title ?></h1></div></div>
<section class="card access-card" aria-labelledby="devices">
<div class="access-line"><h2 id="devices"><?cs var:_("Open sessions") ?></h2><?cs if:Agent.MayChange && SessionCount > #0 ?>
<form method="post" action="<?cs var:url_validate(Agent.Path) ?>/sessions/end-all"><?cs call:form_token() ?><button type="submit" class="button small"><?cs if:Agent.Own ?><?cs var:_("Sign out all others") ?><?cs else ?><?cs var:_("Sign out everywhere") ?><?cs /if ?></button></form><?cs /if ?></div>
<?cs if:subcount(Sessions) ?><?cs call:session_table(Agent.MayChange) ?><?cs else ?><p class="soft empty"><?cs var:_("Not signed in anywhere.") ?></p><?cs /if ?>
</section>
<section class="card access-card" aria-labelledby="factor">
<div class="access-line"><div><h2 id="factor"><?cs var:_("Two-factor authentication") ?> <?cs if:Factor.On && Factor.SetUp ?><span class="tag good"><?cs var:_("On") ?></span><?cs elif:Factor.On ?><span class="tag warn"><?cs var:_("Not set up yet") ?></span><?cs else ?><span class="tag"><?cs var:_("Off") ?></span><?cs /if ?></h2>
<p class="soft"><?cs var:_("Reset it when the phone is lost. Passwords that are forgotten do not touch it.") ?></p></div>
<?cs if:Factor.SetUp && Agent.MayChange ?><?cs if:Agent.Own ?><a class="button small" href="/admin/two-factor"><?cs var:_("Change") ?></a><?cs else ?><a class="button small danger" href="<?cs var:url_validate(Agent.Path) ?>/reset-2fa"><?cs var:_("Reset…") ?></a><?cs /if ?><?cs /if ?></div>
</section>
<section class="card access-card" aria-labelledby="keys">
<h2 id="keys"><?cs var:_("API keys") ?></h2>
<?cs if:subcount(Keys) ?><ul class="sessions"><?cs each:key = Keys ?>
<li><?cs call:key_facts(key) ?><?cs if:Agent.MayChange ?><a class="button small danger" href="<?cs var:url_validate(Agent.Path) ?>/api-keys/<?cs var:key.Id ?>/delete" aria-label="<?cs var:_("Revoke…") ?> <?cs var:key.Name ?>"><?cs var:_("Revoke…") ?></a><?cs /if ?></li><?cs /each ?>
</ul><?cs else ?><p class="soft empty"><?cs var:_("No key acts for this agent.") ?></p><?cs /if ?>
</section>
<?cs include:"shell/foot.cs" ?>
