<?cs # keys.cs - one's own API keys. Reads what shell/head.cs and people/key_table.cs read, and May.Change. ?><?cs
include:"people/key_table.cs" ?><?cs
include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("API keys") ?></h1>
<p class="lead"><?cs var:_("A key lets a program act for you, with no more rights than you give it and have yourself.") ?></p></div>
<?cs if:May.Change ?><a class="button main" href="/admin/api-keys/new"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 3v10M3 8h10" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg><?cs var:_("New API key") ?></a><?cs /if ?></div>
<section class="card access-card">
<?cs if:subcount(Keys) ?><ul class="sessions"><?cs each:key = Keys ?>
<li><?cs call:key_facts(key) ?><?cs if:May.Change ?><a class="button small danger" href="/admin/api-keys/<?cs var:key.Id ?>/delete" aria-label="<?cs var:_("Revoke…") ?> <?cs var:key.Name ?>"><?cs var:_("Revoke…") ?></a><?cs /if ?></li><?cs /each ?>
</ul><?cs else ?><p class="soft empty"><?cs var:_("There is no key yet. Make one for each program, so that you can revoke it alone.") ?></p><?cs /if ?>
</section>
<?cs include:"shell/foot.cs" ?>
