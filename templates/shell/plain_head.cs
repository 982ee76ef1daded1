<?cs # plain_head.cs - the frame of sign-in and error pages: a card in the middle, up to its content; plain_foot.cs ends it.
Reads: Locale, Dir, Title, Site.Name, Site.Version, Tenant.Name, Form.Token, Notice.Text, Brand.{Logo,Css}, and the languages of shell/user.cs. ?><?cs
include:"shell/user.cs" ?><!doctype html>
<html lang="<?cs var:Locale ?>" dir="<?cs var:Dir ?>">
<head>
<meta charset="utf-8">
<title><?cs var:Title ?> · <?cs var:Site.Name ?></title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="/static/console/icon.svg">
<link rel="stylesheet" href="/static/css/tokens.css?v=<?cs var:url_escape(Site.Version) ?>">
<link rel="stylesheet" href="/static/css/panel.css?v=<?cs var:url_escape(Site.Version) ?>">
<?cs if:Brand.Css ?><link rel="stylesheet" href="<?cs var:url_validate(Brand.Css) ?>">
<?cs /if ?><script src="/static/console/theme.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
<script type="module" src="/static/admin.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
</head>
<body class="plain">
<?cs if:subcount(Languages) ?><details class="user language">
<summary><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM2.8 10h14.4M10 2.5c-4.6 4.7-4.6 10.300 0 15 4.6-4.7 4.6-10.300 0-15Z" fill="none" stroke="currentColor" stroke-width="1.5"/></svg><span class="hidden"><?cs var:_("Switch language") ?><?cs var:_(":") ?></span> <span lang="<?cs var:Locale ?>"><?cs var:Language.Label ?></span></summary>
<div class="sheet"><?cs call:language_form() ?></div>
</details>
<?cs /if ?><main id="main">
<p class="brand"><?cs if:Brand.Logo ?><img class="logo" src="<?cs var:url_validate(Brand.Logo) ?>" alt="<?cs var:Tenant.Name ?>" height="48"><?cs else ?><svg viewBox="0 0 24 24" width="34" height="34" aria-hidden="true"><path fill="currentColor" d="M7 3h10a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5h-4.6l-4.2 3.4c-.5.4-1.2 0-1.2-.6V18a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5z"/><path class="mark" d="M8 8v6M16 8v6M8 11h8" fill="none" stroke-width="2" stroke-linecap="round"/></svg><span><?cs var:Site.Name ?></span><?cs /if ?></p>
<div class="card">
<?cs if:Notice.Text ?><div class="notice good" role="status"><span><?cs var:Notice.Text ?></span></div><?cs /if ?>
