<?cs # head.cs - the control panel's frame up to the page itself; foot.cs ends it.
Reads: Locale, Dir, Title, Site.Name, Site.Version, Tenant.Name, User.Name, User.Alias, User.MayChat, Form.Token,
Notice.Text, Notice.Undo, Menu.N.{Label,Folds,Current}, Menu.N.Items.M.{Label,Path,Current}, User.Chats, Brand.{Logo,Css}, View.{Name,Until,UntilIso},
Way.{Count,DoneCount,Label,Path}: back to the first steps, and what
shell/user.cs and shell/life.cs read. ?><?cs
include:"shell/user.cs" ?><?cs
def:shell_badge() ?><?cs if:User.Chats ?> <span class="badge"><?cs var:User.Chats ?><span class="hidden"> <?cs var:_("ongoing chats") ?></span></span><?cs /if ?><?cs /def ?><?cs

def:shell_items(group) ?>
<ul><?cs each:item = group.Items ?>
<li><a href="<?cs var:url_validate(item.Path) ?>"<?cs if:item.Current ?> aria-current="page"<?cs /if ?>><?cs var:item.Label ?><?cs if:item.Path == "/console" ?><?cs call:shell_badge() ?><?cs /if ?></a></li><?cs /each ?>
</ul><?cs /def ?><?cs

def:shell_menu() ?><?cs each:group = Menu ?><?cs if:group.Folds ?>
<details class="group"<?cs if:group.Current ?> open<?cs /if ?>><summary><h2><?cs var:group.Label ?></h2><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2.5 4.5 6 8l3.5-3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg></summary><?cs call:shell_items(group) ?></details><?cs else ?>
<?cs if:group.Label ?><h2><?cs var:group.Label ?></h2><?cs /if ?><?cs call:shell_items(group) ?><?cs /if ?><?cs /each ?><?cs /def ?><!doctype html>
<html lang="<?cs var:Locale ?>" dir="<?cs var:Dir ?>">
<head>
<meta charset="utf-8">
<title><?cs var:Title ?><?cs if:Tenant.Name ?> · <?cs var:Tenant.Name ?><?cs /if ?> · <?cs var:Site.Name ?></title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta name="hark-form" content="<?cs var:Form.Token ?>">
<link rel="icon" type="image/svg+xml" href="/static/console/icon.svg">
<link rel="stylesheet" href="/static/css/tokens.css?v=<?cs var:url_escape(Site.Version) ?>">
<link rel="stylesheet" href="/static/css/panel.css?v=<?cs var:url_escape(Site.Version) ?>">
<?cs if:Brand.Css ?><link rel="stylesheet" href="<?cs var:url_validate(Brand.Css) ?>">
<?cs /if ?><script src="/static/console/theme.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
<script type="module" src="/static/admin.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
</head>
<body class="panel">
<a class="skip" href="#main"><?cs var:_("Skip to the content") ?></a>
<?cs if:View.Name ?><div class="viewing" role="status"><span><?cs var:_("You view this company for the host, reading only:") ?> <strong><?cs var:View.Name ?></strong> · <?cs var:_("until") ?> <time datetime="<?cs var:View.UntilIso ?>"><?cs var:View.Until ?></time></span>
<form method="post" action="/admin/support-view/end"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><button type="submit" class="button small"><?cs var:_("End the view") ?></button></form></div>
<?cs /if ?><?cs include:"shell/life.cs" ?>
<header class="bar">
<?cs if:subcount(Menu) ?><details class="drawer">
<summary><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M3 5h14M3 10h14M3 15h14" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg><span class="hidden"><?cs var:_("Menu") ?></span></summary>
<nav class="menu" aria-label="<?cs var:_("Menu") ?>"><?cs call:shell_menu() ?></nav>
</details><?cs /if ?>
<a class="brand" href="/admin"><?cs if:Brand.Logo ?><img class="logo" src="<?cs var:url_validate(Brand.Logo) ?>" alt="<?cs var:Tenant.Name ?>" height="32"><?cs else ?><svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true"><path fill="currentColor" d="M7 3h10a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5h-4.6l-4.2 3.4c-.5.4-1.2 0-1.2-.6V18a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z"/><path class="mark" d="M8 8v6M16 8v6M8 11h8" fill="none" stroke-width="2" stroke-linecap="round"/></svg><span><?cs var:Site.Name ?></span><?cs /if ?></a>
<?cs if:Tenant.Name && !Brand.Logo ?><span class="tenant"><?cs var:Tenant.Name ?></span><?cs /if ?>
<span class="grow"></span>
<?cs if:User.MayChat ?><a class="button quiet console" href="/console"><svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d="M4 4h12a1.5 1.5 0 0 1 1.5 1.5v6A1.5 1.5 0 0 1 16 13h-5l-4 3.5V13H4a1.5 1.5 0 0 1-1.5-1.5v-6A1.5 1.5 0 0 1 4 4z" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/></svg><span><?cs var:_("Console") ?></span><?cs call:shell_badge() ?></a><?cs /if ?>
<?cs if:User.Name ?><details class="user">
<summary aria-label="<?cs var:_("Your menu") ?>, <?cs var:User.Name ?>"><?cs call:user_face() ?><span class="who"><?cs var:User.Name ?></span><svg class="down" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2.5 4.5 6 8l3.5-3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg></summary>
<div class="sheet">
<?cs call:user_sheet() ?>
</div>
</details><?cs /if ?>
</header>
<div class="columns">
<?cs if:subcount(Menu) ?><nav class="menu side" aria-label="<?cs var:_("Menu") ?>"><?cs call:shell_menu() ?></nav><?cs /if ?>
<main id="main" tabindex="-1">
<?cs if:Notice.Text ?><div class="notice good" role="status"><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="m5 10.5 3.5 3.5L15.5 6.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg><span><?cs var:Notice.Text ?></span><?cs if:Notice.Undo ?>
<form method="post" action="<?cs var:url_validate(Notice.Undo) ?>"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><button type="submit" class="link"><?cs var:_("Undo") ?></button></form><?cs /if ?></div><?cs /if ?>
<?cs if:Way.Count ?><nav class="way" aria-labelledby="way"><a href="/admin" id="way"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("First steps") ?></a> <span class="soft"><?cs var:Way.DoneCount ?> / <?cs var:Way.Count ?> <?cs var:_("done") ?></span><?cs if:Way.Label ?>
<span class="next"><span class="soft"><?cs var:_("Next:") ?></span> <a href="<?cs var:url_validate(Way.Path) ?>"><?cs var:Way.Label ?></a></span><?cs /if ?></nav><?cs /if ?>
