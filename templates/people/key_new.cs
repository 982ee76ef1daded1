<?cs # key_new.cs - a new API key. Reads what shell/head.cs and shell/form.cs read, Scopes.N.{Value,Group,Sentence,On}. ?><?cs
include:"shell/form.cs" ?><?cs
include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div>
<p class="crumbs"><a href="/admin/api-keys"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("API keys") ?></a></p>
<h1><?cs var:_("New API key") ?></h1></div></div>
<?cs call:page_reading() ?><?cs call:form_problems() ?>
<form class="card form" method="post" action="/admin/api-keys" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?>
<fieldset class="all"<?cs call:form_disabled() ?>>
<?cs call:form_field(Form.Fields.name) ?>
<fieldset class="scopes<?cs if:Form.Fields.scopes.Problem ?> wrong<?cs /if ?>" id="f-scopes"<?cs call:form_links(Form.Fields.scopes) ?>>
<legend><?cs var:_("What it may do") ?></legend>
<?cs each:scope = Scopes ?><label class="switch"><input type="checkbox" name="scopes" value="<?cs var:scope.Value ?>"<?cs if:scope.On ?> checked<?cs /if ?>><span><?cs var:scope.Sentence ?> <code class="soft"><?cs var:scope.Value ?></code></span></label>
<?cs /each ?><?cs call:form_field(Form.Fields.all) ?><?cs if:Form.Fields.scopes.Problem ?>
<p class="problem" id="p-scopes"><?cs var:Form.Fields.scopes.Problem ?></p><?cs /if ?>
</fieldset>
<?cs call:form_field(Form.Fields.read_only) ?>
<div class="field<?cs if:Form.Fields.expires.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(Form.Fields.expires) ?>
<input class="short" type="date" value="<?cs var:Form.Fields.expires.Value ?>"<?cs call:form_input(Form.Fields.expires) ?>>
<?cs call:form_notes(Form.Fields.expires) ?>
</div>
</fieldset>
<?cs if:May.Change ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Make the key") ?></button>
<a class="button" href="/admin/api-keys"><?cs var:_("Cancel") ?></a></div><?cs /if ?>
</form>
<?cs include:"shell/foot.cs" ?>
