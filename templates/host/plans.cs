<?cs # plans.cs - what the host sells. Reads what host/head.cs reads, Problem, May.Manage,
Plans.N.{Code,Name,Tenants,Path}, Plans.N.Limits.M.{Label,Text}. ?><?cs
include:"host/head.cs" ?>
<div class="head"><div>
<h1><?cs var:_("Plans") ?></h1>
<p class="lead"><?cs var:_("A plan says how much its companies may have. What is not limited is not named.") ?></p>
</div><?cs if:May.Manage ?><a class="button main" href="/host/plans/new"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M8 3v10M3 8h10" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg><?cs var:_("New plan") ?></a><?cs /if ?></div>
<?cs if:Problem ?><div class="notice bad" role="alert"><span><?cs var:Problem ?></span></div><?cs /if ?>
<ul class="plans"><?cs each:plan = Plans ?>
<li class="card"><h2><?cs if:plan.Path ?><a href="<?cs var:url_validate(plan.Path) ?>"><?cs var:plan.Name ?></a><?cs else ?><?cs var:plan.Name ?><?cs /if ?></h2>
<p class="soft small"><code><?cs var:plan.Code ?></code> · <?cs var:_("Companies") ?>: <?cs var:plan.Tenants ?></p>
<?cs if:subcount(plan.Limits) ?><dl><?cs each:limit = plan.Limits ?>
<div><dt><?cs var:limit.Label ?></dt><dd><?cs var:limit.Text ?></dd></div><?cs /each ?>
</dl><?cs else ?><p><?cs var:_("Without limits.") ?></p><?cs /if ?></li><?cs /each ?>
</ul>
<?cs include:"shell/foot.cs" ?>
