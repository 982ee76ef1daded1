<?cs # factor_set_up.cs - a second factor is set up or renewed in the control panel. Reads what access/head.cs, shell/form.cs and
access/code_field.cs read, Factor.Base. ?><?cs
include:"shell/form.cs" ?><?cs include:"access/code_field.cs" ?><?cs
include:"access/head.cs" ?>
<link rel="stylesheet" href="/static/css/access.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div>
<p class="crumbs"><a href="<?cs var:url_validate(Factor.Base) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Two-factor authentication") ?></a></p>
<h1><?cs var:_("Set up two-factor authentication") ?></h1></div></div>
<?cs call:form_problems() ?>
<form class="card access-card" method="post" action="<?cs var:url_validate(Factor.Base) ?>/set-up" novalidate>
<?cs call:form_token() ?>
<?cs call:code_steps() ?>
<?cs call:code_field(Form.Fields.code) ?></li></ol>
<div class="actions"><button type="submit" class="button main"><?cs var:_("Confirm") ?></button>
<a class="button" href="<?cs var:url_validate(Factor.Base) ?>"><?cs var:_("Cancel") ?></a></div>
</form>
<?cs include:"shell/foot.cs" ?>
