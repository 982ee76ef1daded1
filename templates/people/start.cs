<?cs # start.cs - the start of the control panel: first steps, and a card for each page that one may open.
Reads what shell/head.cs reads, Start.Steps.N.{Label,Help,Path,Done}, Start.Cards.N.{Group,Label,Path},
Limits.N.Text: what is almost used up of the plan. ?><?cs
include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Welcome") ?>, <?cs var:User.Name ?></h1>
<p class="soft"><?cs var:Tenant.Name ?></p></div></div><?cs
if:subcount(Limits) ?>
<div class="notice warn" role="status"><div><strong><?cs var:_("Your plan is almost used up.") ?></strong>
<ul><?cs each:limit = Limits ?><li><?cs var:limit.Text ?></li><?cs /each ?></ul>
<a href="/admin/usage"><?cs var:_("Plan and usage") ?></a></div></div><?cs /if ?><?cs
if:subcount(Start.Steps) ?>
<section class="card start-steps" aria-labelledby="steps">
<h2 id="steps"><?cs var:_("First steps") ?></h2>
<ol><?cs each:step = Start.Steps ?>
<li<?cs if:step.Done ?> class="done"<?cs /if ?>><a href="<?cs var:url_validate(step.Path) ?>"><strong><?cs var:step.Label ?></strong><?cs if:step.Done ?> <span class="tick"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("done") ?></span><?cs /if ?>
<span class="soft"><?cs var:step.Help ?></span></a></li><?cs /each ?>
</ol>
</section><?cs /if ?><?cs
if:subcount(Start.Cards) ?>
<ul class="start-cards"><?cs each:card = Start.Cards ?>
<li><a href="<?cs var:url_validate(card.Path) ?>"><span class="soft small"><?cs var:card.Group ?></span><strong><?cs var:card.Label ?></strong></a></li><?cs /each ?>
</ul><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
