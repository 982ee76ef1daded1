<?cs # start.cs - the start of the control panel: first steps, and a card for each page that one may open.
Reads what shell/head.cs and shell/form.cs read, Start.{Hours,Open,MayHours,Count,DoneCount,Hidden,MayHide}, Start.Steps.N.{Label,Help,Path,Done},
Start.Cards.N.{Group,Label,Path}, Limits.N.Text: what is almost used up of the plan. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Welcome") ?>, <?cs var:User.Name ?></h1>
<p class="soft"><?cs var:Tenant.Name ?><?cs if:Start.Hours ?> · <span class="now <?cs if:Start.Open ?>open<?cs else ?>closed<?cs /if ?>"><?cs if:Start.MayHours ?><a href="/admin/settings/hours"><?cs var:Start.Hours ?></a><?cs else ?><?cs var:Start.Hours ?><?cs /if ?></span><?cs /if ?></p></div></div><?cs
if:subcount(Limits) ?>
<div class="notice warn" role="status"><div><strong><?cs var:_("Your plan is almost used up.") ?></strong>
<ul><?cs each:limit = Limits ?><li><?cs var:limit.Text ?></li><?cs /each ?></ul>
<a href="/admin/usage"><?cs var:_("Plan and usage") ?></a></div></div><?cs /if ?><?cs
if:subcount(Start.Steps) ?>
<section class="card start-steps" aria-labelledby="steps">
<div class="start-head"><h2 id="steps"><?cs var:_("First steps") ?></h2>
<span class="soft"><?cs var:Start.DoneCount ?> / <?cs var:Start.Count ?> <?cs var:_("done") ?></span><?cs if:Start.MayHide ?>
<form method="post" action="/admin/first-steps/hide"><?cs call:form_token() ?><button type="submit" class="button small quiet"><?cs var:_("Hide") ?></button></form><?cs /if ?></div>
<progress class="start-progress" value="<?cs var:Start.DoneCount ?>" max="<?cs var:Start.Count ?>" aria-labelledby="steps"><?cs var:Start.DoneCount ?> / <?cs var:Start.Count ?></progress><?cs
if:Start.DoneCount == Start.Count ?>
<p class="start-ready"><?cs var:_("All is ready. You can put this list away.") ?></p><?cs /if ?>
<ol><?cs each:step = Start.Steps ?>
<li<?cs if:step.Done ?> class="done"<?cs /if ?>><a href="<?cs var:url_validate(step.Path) ?>"><strong><?cs var:step.Label ?></strong><?cs if:step.Done ?> <span class="tick"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("done") ?></span><?cs /if ?>
<span class="soft"><?cs var:step.Help ?></span></a></li><?cs /each ?>
</ol>
</section><?cs /if ?><?cs
if:Start.Hidden && Start.MayHide ?>
<form method="post" action="/admin/first-steps/show"><?cs call:form_token() ?><button type="submit" class="button small quiet"><?cs var:_("Show the first steps") ?></button></form><?cs /if ?><?cs
if:subcount(Start.Cards) ?>
<ul class="start-cards"><?cs each:card = Start.Cards ?>
<li><a href="<?cs var:url_validate(card.Path) ?>"><span class="soft small"><?cs var:card.Group ?></span><strong><?cs var:card.Label ?></strong></a></li><?cs /each ?>
</ul><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
