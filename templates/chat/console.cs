<?cs # chat/console.cs - the agents' console: the page around its scripts; everything to be seen is built by static/console/main.js.
Reads: Strings, Locale, Dir, Form.Token, Brand.Css, and what shell/user.cs reads. ?><?cs include:"shell/user.cs" ?><!doctype html>
<html lang="<?cs var:Locale ?>" dir="<?cs var:Dir ?>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="hark-form" content="<?cs var:Form.Token ?>">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<title>Hark</title>
<link id="icon" rel="icon" href="/static/console/icon.svg">
<link rel="stylesheet" href="/static/css/tokens.css">
<link rel="stylesheet" href="/static/console/console.css">
<?cs if:Brand.Css ?><link rel="stylesheet" href="<?cs var:url_validate(Brand.Css) ?>">
<?cs /if ?><script src="/static/console/theme.js"></script>
<link rel="modulepreload" href="/static/console/actions.js">
<link rel="modulepreload" href="/static/console/activity.js">
<link rel="modulepreload" href="/static/console/api.js">
<link rel="modulepreload" href="/static/console/bubbles.js">
<link rel="modulepreload" href="/static/console/canned.js">
<link rel="modulepreload" href="/static/console/channels.js">
<link rel="modulepreload" href="/static/console/colleagues.js">
<link rel="modulepreload" href="/static/console/composer.js">
<link rel="modulepreload" href="/static/console/conversation.js">
<link rel="modulepreload" href="/static/console/dialogs.js">
<link rel="modulepreload" href="/static/console/dom.js">
<link rel="modulepreload" href="/static/console/drafts.js">
<link rel="modulepreload" href="/static/console/duty.js">
<link rel="modulepreload" href="/static/console/emoji.js">
<link rel="modulepreload" href="/static/console/events.js">
<link rel="modulepreload" href="/static/console/frame.js">
<link rel="modulepreload" href="/static/console/keys.js">
<link rel="modulepreload" href="/static/console/list.js">
<link rel="modulepreload" href="/static/console/live.js">
<link rel="modulepreload" href="/static/console/notify.js">
<link rel="modulepreload" href="/static/console/offers.js">
<link rel="modulepreload" href="/static/console/outbox.js">
<link rel="modulepreload" href="/static/console/presence.js">
<link rel="modulepreload" href="/static/console/press.js">
<link rel="modulepreload" href="/static/console/settings.js">
<link rel="modulepreload" href="/static/console/side.js">
<link rel="modulepreload" href="/static/console/statuses.js">
<link rel="modulepreload" href="/static/console/store.js">
<link rel="modulepreload" href="/static/console/text.js">
<link rel="modulepreload" href="/static/console/unsent.js">
<script type="module" src="/static/console/main.js"></script>
</head>
<body>
<div id="console" class="console" aria-busy="true">
<div class="boot"><img src="/static/console/icon.svg" alt="Hark"></div>
<noscript><p class="boot-noscript"><?cs var:_("The console needs JavaScript.") ?> <?cs var:_("Switch it on in your browser and load this page again.") ?><br><a href="/admin"><?cs var:_("Back to the control panel") ?></a></p></noscript>
</div>
<template id="user-sheet"><?cs call:user_sheet() ?></template>
<script type="application/json" id="strings"><?cs uvar:Strings ?></script>
</body>
</html>
