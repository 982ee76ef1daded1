<?cs # agent_password.cs - a new password for somebody. Reads what shell/head.cs and shell/form.cs read, and Agent.{Name,Account,Path}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<div class="head">
<div>
<p class="crumbs"><a href="/admin/agents"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Agents") ?></a></p>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:Agent.Name ?> · <?cs var:Agent.Account ?></p>
</div>
</div>
<?cs call:page_reading() ?><?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Agent.Path) ?>" novalidate>
<?cs if:May.Change ?><?cs call:form_default() ?><?cs /if ?><?cs call:form_token() ?>
<fieldset class="all"<?cs call:form_disabled() ?>><?cs call:form_fields() ?>
<p class="wide soft"><?cs var:_("All devices on which this agent is signed in are signed out.") ?></p></fieldset>
<?cs if:May.Change ?><div class="actions">
<button type="submit" class="button main"><?cs var:_("Save") ?></button>
<a class="button" href="/admin/agents"><?cs var:_("Cancel") ?></a>
</div><?cs /if ?>
</form>
<?cs include:"shell/foot.cs" ?>
