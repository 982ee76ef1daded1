<?cs # account.cs - a connected account: its state, the button that asks the provider, the form, and how to get a token.
Reads what resource/form.cs reads; Form.Fields.state, and Account.{Bot,Problem,Detail,Failed}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/channel.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head">
<div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Form.ListLabel ?></a></p>
<h1><?cs var:Form.Title ?></h1>
</div>
</div><?cs if:Form.New ?>
<section class="card channel-how" aria-labelledby="how">
<h2 id="how"><?cs var:_("How to get a bot token") ?></h2>
<ol>
<li><?cs var:_("Open Telegram and write to @BotFather.") ?></li>
<li><?cs var:_("Send /newbot and answer its questions: the name that people see, and a user name that ends in “bot”.") ?></li>
<li><?cs var:_("Copy the token that it gives you into the field below. Keep it to yourself: who has it can speak as your bot.") ?></li>
</ol>
</section><?cs elif:!Form.Deleted ?>
<section class="card channel-state" aria-labelledby="state">
<h2 id="state" class="hidden"><?cs var:_("State") ?></h2>
<p role="status"><span class="state" data-value="<?cs var:Form.Fields.state.Value ?>"><?cs var:Form.Fields.state.Word ?></span><?cs if:Account.Bot ?> <bdi><?cs var:Account.Bot ?></bdi><?cs /if ?></p><?cs
if:Account.Problem ?>
<p class="channel-problem"><?cs var:Account.Problem ?><?cs if:Account.Detail ?> <code><?cs var:Account.Detail ?></code><?cs /if ?></p><?cs /if ?><?cs if:Account.Failed ?>
<p class="channel-problem"><?cs var:Account.Failed ?></p><?cs /if ?><?cs if:Form.Fields.state.Value == "waiting" ?>
<p class="soft"><?cs var:_("The provider is being asked; that takes a few seconds.") ?> <a href="<?cs var:url_validate(Form.Action) ?>"><?cs var:_("Look again") ?></a></p><?cs /if ?><?cs if:Form.MayWrite ?>
<form method="post" action="<?cs var:url_validate(Form.Action) ?>/check"><?cs call:form_token() ?><button type="submit" class="button"><?cs var:_("Check now") ?></button></form><?cs /if ?>
</section><?cs /if ?>
<?cs include:"resource/form_body.cs" ?>
<?cs include:"shell/foot.cs" ?>
