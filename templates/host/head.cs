<?cs # head.cs - the frame of the host's panel up to the page itself; shell/foot.cs ends it.
Reads: Locale, Dir, Title, Site.Name, Site.Version, Host.Name, Form.Token, Language.{Label,Next}, Languages.N.{Value,Label,Current}, Notice.Text, Notice.Undo, Menu.N.Label,
Menu.N.Items.M.{Label,Path,Current}. ?><?cs
def:host_menu() ?><?cs each:group = Menu ?>
<?cs if:group.Label ?><h2><?cs var:group.Label ?></h2><?cs /if ?>
<ul><?cs each:item = group.Items ?>
<li><a href="<?cs var:url_validate(item.Path) ?>"<?cs if:item.Current ?> aria-current="page"<?cs /if ?>><?cs var:item.Label ?></a></li><?cs /each ?>
</ul><?cs /each ?><?cs /def ?><!doctype html>
<html lang="<?cs var:Locale ?>" dir="<?cs var:Dir ?>">
<head>
<meta charset="utf-8">
<title><?cs var:Title ?> · <?cs var:_("Host") ?> · <?cs var:Site.Name ?></title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta name="hark-form" content="<?cs var:Form.Token ?>">
<link rel="icon" type="image/svg+xml" href="/static/console/icon.svg">
<link rel="stylesheet" href="/static/css/tokens.css?v=<?cs var:url_escape(Site.Version) ?>">
<link rel="stylesheet" href="/static/css/panel.css?v=<?cs var:url_escape(Site.Version) ?>">
<link rel="stylesheet" href="/static/css/host.css?v=<?cs var:url_escape(Site.Version) ?>">
<script src="/static/console/theme.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
<script type="module" src="/static/admin.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
</head>
<body class="panel host">
<a class="skip" href="#main"><?cs var:_("Skip to the content") ?></a>
<header class="bar">
<details class="drawer">
<summary><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M3 5h14M3 10h14M3 15h14" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg><span class="hidden"><?cs var:_("Menu") ?></span></summary>
<nav class="menu" aria-label="<?cs var:_("Menu") ?>"><?cs call:host_menu() ?></nav>
</details>
<a class="brand" href="/host"><svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true"><path fill="currentColor" d="M7 3h10a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5h-4.6l-4.2 3.4c-.5.4-1.2 0-1.2-.6V18a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z"/><path class="mark" d="M8 8v6M16 8v6M8 11h8" fill="none" stroke-width="2" stroke-linecap="round"/></svg><span><?cs var:Site.Name ?></span></a>
<span class="tenant"><?cs var:_("Host") ?></span>
<span class="grow"></span>
<?cs if:Host.Name ?><details class="user">
<summary><span class="face" aria-hidden="true"><svg viewBox="0 0 20 20" width="18" height="18"><circle cx="10" cy="7" r="3.4" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M3.5 17c.6-3.2 3.2-5 6.5-5s5.9 1.8 6.5 5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></svg></span><span class="who"><?cs var:Host.Name ?></span><svg class="down" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M2.5 4.5 6 8l3.5-3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg></summary>
<div class="sheet">
<p><strong><?cs var:Host.Name ?></strong></p>
<a href="/host/account"><?cs var:_("My account") ?></a>
<a href="/host/password"><?cs var:_("Change password") ?></a>
<details class="switch-language"><summary><?cs var:_("Switch language") ?> <span class="soft"><?cs var:Language.Label ?></span></summary>
<form class="languages" method="post" action="/host/language"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><input type="hidden" name="next" value="<?cs var:Language.Next ?>"><?cs each:language = Languages ?>
<button type="submit" name="locale" value="<?cs var:language.Value ?>" lang="<?cs var:language.Value ?>"<?cs if:language.Current ?> aria-current="true"<?cs /if ?>><?cs var:language.Label ?></button><?cs /each ?>
</form></details>
<form method="post" action="/host/sign-out"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><button type="submit"><?cs var:_("Sign out") ?></button></form>
</div>
</details><?cs /if ?>
</header>
<div class="columns">
<nav class="menu side" aria-label="<?cs var:_("Menu") ?>"><?cs call:host_menu() ?></nav>
<main id="main" tabindex="-1">
<?cs if:Notice.Text ?><div class="notice good" role="status"><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="m5 10.5 3.5 3.5L15.5 6.5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg><span><?cs var:Notice.Text ?></span><?cs if:Notice.Undo ?>
<form method="post" action="<?cs var:url_validate(Notice.Undo) ?>"><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><button type="submit" class="link"><?cs var:_("Undo") ?></button></form><?cs /if ?></div><?cs /if ?>
