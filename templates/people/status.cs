<?cs # status.cs - the status of one agent: to see, to set, and how it was lately.
Reads what shell/head.cs, shell/form.cs and people/status_rows.cs read, Agent.{Id,Name,MayEdit}, Choices.N.{Value,Label,Selected}, Status.Problem. ?><?cs
include:"shell/form.cs" ?><?cs include:"people/status_rows.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:Agent.Name ?></p>
</div><?cs if:Agent.MayEdit ?><a class="button" href="/admin/agents/<?cs var:url_escape(Agent.Id) ?>"><?cs var:_("Edit") ?></a><?cs /if ?></div>
<?cs if:Status.Problem ?><div class="notice bad" role="alert"><span><?cs var:Status.Problem ?></span></div><?cs /if ?>
<?cs call:page_reading() ?>
<form class="card form status-form" method="post" action="/admin/agents/<?cs var:url_escape(Agent.Id) ?>/status">
<?cs call:form_token() ?>
<fieldset class="all"<?cs call:form_disabled() ?>><div class="field"><label for="f-status"><?cs var:_("Status") ?></label>
<select id="f-status" name="status" aria-describedby="h-status"<?cs if:Status.Problem ?> aria-invalid="true" autofocus<?cs /if ?>><?cs each:choice = Choices ?>
<option value="<?cs var:choice.Value ?>"<?cs if:choice.Selected ?> selected<?cs /if ?>><?cs var:choice.Label ?></option><?cs /each ?></select>
<p class="help" id="h-status"><?cs var:_("The agent sees at once who has set it. Chats are offered only while the console is open, too.") ?></p></div></fieldset>
<?cs if:May.Change ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Set the status") ?></button></div><?cs /if ?>
</form>
<div class="card list status-last">
<div class="list-head"><h2><?cs var:_("Last statuses") ?></h2><a class="button small quiet export" href="/admin/status-log?agent=<?cs var:url_escape(Agent.Id) ?>"><?cs var:_("Status log") ?></a></div>
<?cs if:subcount(Log.Rows) ?><?cs call:status_rows(0) ?><?cs else ?><div class="empty"><p><?cs var:_("The status was never changed.") ?></p></div><?cs /if ?>
</div>
<?cs include:"shell/foot.cs" ?>
