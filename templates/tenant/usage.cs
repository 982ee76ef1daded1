<?cs # usage.cs - the limits of the plan with what is used, and the figures of the last days.
Reads what shell/head.cs reads, Usage.{Plan,Retention,OwnRetention,Api,Contact,ContactLink},
Usage.Limits.N.{Key,Label,Help,Used,Most,Text,Percent,Level}, Usage.Days.N.{Day,DayIso,Messages,Chats,Peak,Agents,SignIns,Storage}. ?><?cs
include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/tenant.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Plan and usage") ?></h1>
<p class="lead"><?cs var:_("Your plan") ?><?cs var:_(":") ?> <strong><?cs var:Usage.Plan ?></strong></p></div></div>
<section class="card limits" aria-labelledby="limits">
<h2 id="limits"><?cs var:_("What your plan allows") ?></h2>
<ul><?cs each:limit = Usage.Limits ?>
<li><div class="limit-head"><strong id="limit-<?cs var:limit.Key ?>"><?cs var:limit.Label ?></strong><span class="figure"><?cs if:limit.Text ?><?cs var:limit.Text ?><?cs else ?><?cs var:limit.Used ?> <span class="soft">· <?cs var:_("without limit") ?></span><?cs /if ?></span></div><?cs if:limit.Level ?>
<meter class="<?cs var:limit.Level ?>" min="0" max="100" low="80" high="99" optimum="0" value="<?cs var:limit.Percent ?>" aria-labelledby="limit-<?cs var:limit.Key ?>"><?cs var:limit.Percent ?> %</meter><?cs /if ?>
<p class="soft small"><?cs var:limit.Help ?></p><?cs
if:limit.Level == "full" ?><p class="word full"><?cs var:_("The limit is reached: more is refused until there is room or the plan is larger.") ?></p><?cs
elif:limit.Level == "early" ?><p class="word early"><?cs var:_("The limit is almost reached.") ?></p><?cs /if ?></li><?cs /each ?><?cs
if:Usage.HasApi ?>
<li><div class="limit-head"><strong><?cs var:_("API requests a minute") ?></strong><span class="figure"><?cs var:Usage.Api ?></span></div></li><?cs /if ?><?cs
if:Usage.Retention ?>
<li><div class="limit-head"><strong><?cs var:_("Days that are kept") ?></strong><span class="figure"><?cs var:Usage.Retention ?></span></div>
<p class="soft small"><?cs var:_("Chats that were closed longer ago are erased for good, with their notes and files, and what is known of the browsers of those who did not come back. Contacts and figures stay.") ?></p></li><?cs /if ?><?cs
if:Usage.OwnRetention ?>
<li><div class="limit-head"><strong><a href="/admin/settings/retention"><?cs var:_("Days that your company keeps chats") ?></a></strong><span class="figure"><?cs var:Usage.OwnRetention ?></span></div></li><?cs /if ?>
</ul><?cs if:Usage.Contact ?>
<p class="more"><?cs var:_("More than that? Ask here:") ?> <?cs if:Usage.ContactLink ?><a href="<?cs var:url_validate(Usage.ContactLink) ?>" rel="noopener"><?cs var:Usage.Contact ?></a><?cs else ?><?cs var:Usage.Contact ?><?cs /if ?></p><?cs else ?>
<p class="more"><?cs var:_("More than that? Ask who runs this service for you.") ?></p><?cs /if ?>
</section>
<section class="card list" aria-labelledby="days">
<div class="list-head"><h2 id="days"><?cs var:_("The last days") ?></h2>
<?cs if:!View.Name ?><a class="button small quiet export" href="/admin/usage.csv"><?cs var:_("Export as CSV") ?></a><?cs /if ?></div><?cs
if:subcount(Usage.Days) ?>
<div class="table" role="region" aria-labelledby="days" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Day (UTC)") ?></th><th scope="col" class="number"><?cs var:_("Messages") ?></th><th scope="col" class="number"><?cs var:_("Chats") ?></th><th scope="col" class="number"><?cs var:_("Most at once") ?></th><th scope="col" class="number"><?cs var:_("Agents") ?></th><th scope="col" class="number"><?cs var:_("Sign-ins") ?></th><th scope="col" class="number"><?cs var:_("Files (MB)") ?></th></tr></thead>
<tbody><?cs each:day = Usage.Days ?>
<tr><th scope="row" class="main"><time datetime="<?cs var:day.DayIso ?>"><?cs var:day.Day ?></time></th><td class="number" data-label="<?cs var:_("Messages") ?>"><?cs var:day.Messages ?></td><td class="number" data-label="<?cs var:_("Chats") ?>"><?cs var:day.Chats ?></td><td class="number" data-label="<?cs var:_("Most at once") ?>"><?cs var:day.Peak ?></td><td class="number" data-label="<?cs var:_("Agents") ?>"><?cs var:day.Agents ?></td><td class="number" data-label="<?cs var:_("Sign-ins") ?>"><?cs var:day.SignIns ?></td><td class="number" data-label="<?cs var:_("Files (MB)") ?>"><?cs var:day.Storage ?></td></tr><?cs /each ?>
</tbody></table></div><?cs else ?>
<div class="empty"><h2><?cs var:_("No figures yet") ?></h2><p><?cs var:_("They are counted every few minutes.") ?></p></div><?cs /if ?>
</section>
<?cs include:"shell/foot.cs" ?>
