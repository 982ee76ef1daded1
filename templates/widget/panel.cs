<?cs # panel.cs - the visitor's panel: in the widget's frame, and as a page of its own. ?><!doctype html>
<html lang="<?cs var:Locale ?>" dir="<?cs var:Dir ?>" data-mode="<?cs var:Mode ?>" data-key="<?cs var:Widget.Key ?>" data-title="<?cs var:Widget.Title ?>" data-greeting="<?cs var:Widget.Greeting ?>"<?cs if:Brand.Logo ?> data-logo="<?cs var:Brand.Logo ?>" data-company="<?cs var:Tenant.Name ?>"<?cs /if ?>>
<head>
<meta charset="utf-8">
<title><?cs var:Widget.Title ?></title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/widget/panel.css">
<link rel="modulepreload" href="/static/widget/chat.js">
<link rel="modulepreload" href="/static/widget/host.js">
<link rel="modulepreload" href="/static/widget/messages.js">
<link rel="modulepreload" href="/static/widget/parts.js">
<link rel="modulepreload" href="/static/widget/store.js">
<link rel="modulepreload" href="/static/widget/text.js">
<link rel="modulepreload" href="/static/widget/view.js">
<link rel="modulepreload" href="/static/widget/wire.js">
<script type="application/json" id="config"><?cs uvar:Config ?></script>
<script type="application/json" id="strings"><?cs uvar:Strings ?></script>
<script type="module" src="/static/widget/panel.js"></script>
</head>
<body>
<noscript><p class="gone"><?cs var:_("This chat needs JavaScript. Switch it on in your browser and load this page again, or write to us in another way.") ?></p></noscript>
</body>
</html>
