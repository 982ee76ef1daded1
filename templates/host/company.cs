<?cs # company.cs - one company as the host sees it.
Reads what host/head.cs and shell/form.cs read, Company.{Id,Name,State,StateLabel,Path,HasOwner,Consents,ConsentUntil,Problem},
Company.Facts.N.{Label,Text,TextIso}, May.{Manage,Suspend,Resume,Delete,Undelete,SignIn,View}, Limits.N.{Label,Text,Limited,Part,Full},
Chart.{Width,Height,Most,From,FromIso,To,ToIso}, Chart.Bars.N.{X,Y,Width,Height,Day,Messages},
Usage.N.{Day,DayIso,Messages,Chats,Agents,PeakChats,Storage,AiTokens,SignIns}, Domains.N.{Host,State,Label,Checked,CheckedIso,Problem,Check,Verify,Remove}. ?><?cs
include:"shell/form.cs" ?><?cs
def:company_step(word, label, class) ?><form method="post" action="<?cs var:url_validate(Company.Path) ?>/<?cs var:url_escape(word) ?>"><?cs call:form_token() ?><button type="submit" class="button <?cs var:class ?>"><?cs var:label ?></button></form><?cs /def ?><?cs
def:domain_step(path, label, class, host) ?><form method="post" action="<?cs var:url_validate(path) ?>"><?cs call:form_token() ?><button type="submit" class="button small <?cs var:class ?>" aria-label="<?cs var:label ?> <?cs var:host ?>"><?cs var:label ?></button></form><?cs /def ?><?cs
include:"host/head.cs" ?>
<div class="head"><div>
<p class="crumbs"><a href="/host/tenants"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Companies") ?></a></p>
<h1><bdi><?cs var:Company.Name ?></bdi> <span class="state" data-value="<?cs var:Company.State ?>"><?cs var:Company.StateLabel ?></span></h1>
</div></div>
<?cs if:Company.Problem ?><div class="notice bad" role="alert"><span><?cs var:Company.Problem ?></span></div><?cs /if ?>
<div class="actions company-actions"><?cs
if:May.SignIn ?><?cs call:company_step("sign-in-link", _("Sign-in link"), "main") ?><?cs /if ?><?cs
if:May.View ?><?cs call:company_step("view", _("View as the company"), "") ?><?cs /if ?><?cs
if:May.Manage ?><a class="button" href="<?cs var:url_validate(Company.Path) ?>/facts"><?cs var:_("Change") ?></a>
<a class="button" href="<?cs var:url_validate(Company.Path) ?>/plan"><?cs var:_("Change the plan") ?></a><?cs /if ?><?cs
if:May.Resume ?><?cs call:company_step("resume", _("Resume"), "") ?><?cs /if ?><?cs
if:May.Undelete ?><?cs call:company_step("undelete", _("Take the deletion back"), "main") ?><?cs /if ?><?cs
if:May.Suspend || May.Delete ?><div class="ends"><?cs /if ?><?cs
if:May.Suspend ?><a class="button danger" href="<?cs var:url_validate(Company.Path) ?>/suspend"><?cs var:_("Suspend…") ?></a><?cs /if ?><?cs
if:May.Delete ?><a class="button danger" href="<?cs var:url_validate(Company.Path) ?>/delete"><?cs var:_("Delete…") ?></a><?cs /if ?><?cs
if:May.Suspend || May.Delete ?></div><?cs /if ?>
</div>
<div class="company">
<section class="card part" aria-labelledby="facts"><h2 id="facts"><?cs var:_("Facts") ?></h2>
<dl class="pairs"><?cs each:fact = Company.Facts ?>
<div><dt><?cs var:fact.Label ?></dt><dd><?cs if:fact.TextIso ?><time datetime="<?cs var:fact.TextIso ?>"><?cs var:fact.Text ?></time><?cs else ?><?cs var:fact.Text ?><?cs /if ?></dd></div><?cs /each ?>
<div><dt><?cs var:_("Support access") ?></dt><dd><?cs if:Company.ConsentUntil ?><?cs var:Company.ConsentUntil ?><?cs elif:Company.Consents ?><?cs var:_("Allowed") ?><?cs else ?><?cs var:_("Not allowed") ?><?cs /if ?></dd></div>
</dl><?cs if:!Company.HasOwner ?><p class="notice warn"><span><?cs var:_("The company has no administrator: nobody can sign in.") ?></span></p><?cs /if ?>
<p class="small"><a href="/host/audit?tenant=<?cs var:url_escape(Company.Id) ?>"><?cs var:_("What the host did here") ?></a></p>
</section>
<section class="card part" aria-labelledby="limits"><h2 id="limits"><?cs var:_("Limits") ?></h2>
<dl class="limits"><?cs each:limit = Limits ?>
<div<?cs if:limit.Full ?> class="full"<?cs /if ?>><dt><?cs var:limit.Label ?></dt><dd><span><?cs var:limit.Text ?></span><?cs if:limit.Limited ?><svg class="gauge" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="back" width="100" height="6"/><rect class="part" width="<?cs var:limit.Part ?>" height="6"/></svg><?cs else ?><span class="soft small"><?cs var:_("without limit") ?></span><?cs /if ?></dd></div><?cs /each ?>
</dl></section>
<section class="card part wide" aria-labelledby="usage"><h2 id="usage"><?cs var:_("Messages of the last 30 days") ?></h2>
<?cs if:subcount(Usage) ?><figure class="chart"><svg viewBox="0 0 <?cs var:Chart.Width ?> <?cs var:Chart.Height ?>" preserveAspectRatio="none" role="img" aria-label="<?cs var:_("Messages of the last 30 days") ?>"><?cs each:bar = Chart.Bars ?>
<rect x="<?cs var:bar.X ?>" y="<?cs var:bar.Y ?>" width="<?cs var:bar.Width ?>" height="<?cs var:bar.Height ?>"><title><?cs var:bar.Day ?>: <?cs var:bar.Messages ?></title></rect><?cs /each ?></svg>
<figcaption><span><time datetime="<?cs var:Chart.FromIso ?>"><?cs var:Chart.From ?></time></span><span><?cs var:_("The most in a day") ?>: <?cs var:Chart.Most ?></span><span><time datetime="<?cs var:Chart.ToIso ?>"><?cs var:Chart.To ?></time></span></figcaption></figure>
<details><summary class="button small"><?cs var:_("Figures of each day") ?></summary>
<div class="table" role="region" aria-label="<?cs var:_("Figures of each day") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Day") ?></th><th scope="col" class="number"><?cs var:_("Messages") ?></th><th scope="col" class="number"><?cs var:_("Chats") ?></th><th scope="col" class="number"><?cs var:_("Agents") ?></th><th scope="col" class="number"><?cs var:_("Chats at once") ?></th><th scope="col" class="number"><?cs var:_("Storage") ?></th><th scope="col" class="number"><?cs var:_("AI tokens") ?></th><th scope="col" class="number"><?cs var:_("Sign-ins") ?></th></tr></thead>
<tbody><?cs each:row = Usage ?>
<tr><th scope="row" class="main"><time datetime="<?cs var:row.DayIso ?>"><?cs var:row.Day ?></time></th>
<td class="number" data-label="<?cs var:_("Messages") ?>"><?cs var:row.Messages ?></td>
<td class="number" data-label="<?cs var:_("Chats") ?>"><?cs var:row.Chats ?></td>
<td class="number" data-label="<?cs var:_("Agents") ?>"><?cs var:row.Agents ?></td>
<td class="number" data-label="<?cs var:_("Chats at once") ?>"><?cs var:row.PeakChats ?></td>
<td class="number" data-label="<?cs var:_("Storage") ?>"><?cs var:row.Storage ?></td>
<td class="number" data-label="<?cs var:_("AI tokens") ?>"><?cs var:row.AiTokens ?></td>
<td class="number" data-label="<?cs var:_("Sign-ins") ?>"><?cs var:row.SignIns ?></td></tr><?cs /each ?>
</tbody></table></div></details>
<p class="small"><a href="<?cs var:url_validate(Company.Path) ?>/usage.csv"><?cs var:_("Export as CSV") ?></a></p><?cs
else ?><p class="soft"><?cs var:_("Nothing was used yet.") ?></p><?cs /if ?></section>
<section class="card part wide" aria-labelledby="domains"><h2 id="domains"><?cs var:_("Host names") ?></h2>
<?cs if:subcount(Domains) ?><ul class="domains"><?cs each:domain = Domains ?>
<li><div><strong><?cs var:domain.Host ?></strong> <span class="state" data-value="<?cs var:domain.State ?>"><?cs var:domain.Label ?></span><?cs if:domain.Problem ?><br><span class="soft small"><?cs var:domain.Problem ?><?cs if:domain.Checked ?> (<time datetime="<?cs var:domain.CheckedIso ?>"><?cs var:domain.Checked ?></time>)<?cs /if ?></span><?cs /if ?></div>
<?cs if:May.Manage ?><div class="actions"><?cs if:domain.Check ?><?cs call:domain_step(domain.Check, _("Check now"), "", domain.Host) ?><?cs call:domain_step(domain.Verify, _("I vouch for it"), "", domain.Host) ?><?cs /if ?><a class="button small danger" href="<?cs var:url_validate(domain.Remove) ?>" aria-label="<?cs var:_("Remove…") ?> <?cs var:domain.Host ?>"><?cs var:_("Remove…") ?></a></div><?cs /if ?></li><?cs /each ?>
</ul><?cs else ?><p class="soft"><?cs var:_("The company signs in at the common address, with its code.") ?></p><?cs /if ?>
<?cs if:May.Manage ?><p><a class="button small" href="<?cs var:url_validate(Company.Path) ?>/domains/new"><?cs var:_("New host name") ?></a></p><?cs /if ?></section>
</div>
<?cs include:"shell/foot.cs" ?>
