<?cs # support_access.cs - a company's consent that the host may view its pages, and who has looked.
Reads what shell/head.cs and shell/form.cs read, Access.{By,Granted,GrantedIso,Until,UntilIso},
Views.N.{Name,From,FromIso,Last,LastIso,Pages,GoesOn}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/host.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div>
<h1><?cs var:_("Support access") ?></h1>
<p class="lead"><?cs var:_("When you allow it, those who run this service may view your control panel to help you: reading only, at most an hour at a time, and each page they open is in your audit log. Without it they cannot.") ?></p>
</div></div>
<?cs if:Access.By ?><div class="card ask consent">
<p class="subject"><span class="state" data-value="active"><?cs var:_("Allowed") ?></span> <?cs if:Access.Until ?><?cs var:_("until") ?> <time datetime="<?cs var:Access.UntilIso ?>"><?cs var:Access.Until ?></time><?cs else ?><?cs var:_("until you take it back") ?><?cs /if ?></p>
<p class="soft"><?cs var:_("Allowed by") ?> <?cs var:Access.By ?>, <time datetime="<?cs var:Access.GrantedIso ?>"><?cs var:Access.Granted ?></time></p>
<?cs if:!View.Name ?><div class="actions"><form method="post" action="/admin/support-access/end"><?cs call:form_token() ?><button type="submit" class="button danger"><?cs var:_("Take it back now") ?></button></form></div><?cs /if ?>
</div><?cs /if ?>
<?cs if:May.Change ?><?cs call:form_problems() ?>
<form class="card form consent" method="post" action="/admin/support-access" novalidate>
<?cs call:form_token() ?>
<fieldset class="all"><?cs call:form_fields() ?></fieldset>
<div class="actions"><button type="submit" class="button main"><?cs if:Access.By ?><?cs var:_("Change it") ?><?cs else ?><?cs var:_("Allow it") ?><?cs /if ?></button></div>
</form><?cs /if ?>
<h2 class="section"><?cs var:_("Who has looked") ?></h2>
<?cs if:subcount(Views) ?><div class="card list">
<div class="table" role="region" aria-label="<?cs var:_("Who has looked") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("From") ?></th><th scope="col"><?cs var:_("Last page") ?></th><th scope="col"><?cs var:_("Pages") ?></th></tr></thead>
<tbody><?cs each:view = Views ?>
<tr><th scope="row" class="main"><bdi><?cs var:view.Name ?></bdi><?cs if:view.GoesOn ?> <span class="state" data-value="active"><?cs var:_("now") ?></span><?cs /if ?></th>
<td data-label="<?cs var:_("From") ?>"><time datetime="<?cs var:view.FromIso ?>"><?cs var:view.From ?></time></td>
<td data-label="<?cs var:_("Last page") ?>"><time datetime="<?cs var:view.LastIso ?>"><?cs var:view.Last ?></time></td>
<td class="number" data-label="<?cs var:_("Pages") ?>"><?cs var:view.Pages ?></td></tr><?cs /each ?>
</tbody></table></div>
</div><?cs else ?><p class="soft"><?cs var:_("Nobody of the host has ever looked at your pages.") ?></p><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
