<?cs # availability.cs - the hours and days off of one agent.
Reads what shell/head.cs, shell/form.cs and hours/parts.cs read, Hours.{Path,Zone,Now,Duty,Own,Agent,AgentId}. ?><?cs
include:"shell/form.cs" ?><?cs include:"hours/parts.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/hours.css?v=<?cs var:url_escape(Site.Version) ?>">
<script type="module" src="/static/hours.js?v=<?cs var:url_escape(Site.Version) ?>"></script>
<div class="head">
<div><?cs if:!Hours.Own ?>
<p class="crumbs"><a href="/admin/agents/<?cs var:url_escape(Hours.AgentId) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Hours.Agent ?></a></p><?cs /if ?>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("Together with the hours of the company:") ?> <?cs var:Hours.Now ?> <span class="soft">· <?cs var:Hours.Zone ?></span></p>
<?cs if:Hours.Own ?><p class="lead"><?cs var:Hours.Duty ?></p><?cs /if ?>
</div>
</div>
<?cs call:page_reading() ?><?cs call:form_problems() ?>
<form class="card form" method="post" action="<?cs var:url_validate(Hours.Path) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?>
<fieldset class="all"<?cs call:form_disabled() ?>>
<?cs call:form_field(Form.Fields.always) ?>
<?cs call:week_fields() ?>
</fieldset>
<?cs if:May.Change ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Save") ?></button></div><?cs /if ?>
</form>
<section class="card list holidays" aria-labelledby="days">
<div class="list-head"><h2 id="days"><?cs var:_("Days off") ?></h2></div>
<?cs if:subcount(Hours.Holidays) ?><?cs call:holiday_table("remove", Hours.Path + "/days-off") ?><?cs else ?><p class="none soft"><?cs var:_("No days off yet.") ?></p><?cs /if ?>
<?cs if:May.Change ?><form class="add" method="post" action="<?cs var:url_validate(Hours.Path) ?>/days-off" novalidate>
<?cs call:form_token() ?>
<h3><?cs var:_("Add days off") ?></h3>
<div class="row">
<?cs call:day_input(Form.Fields.first_day) ?>
<?cs call:day_input(Form.Fields.last_day) ?>
<div class="grow"><?cs call:form_field(Form.Fields.name) ?></div>
</div>
<p class="actions"><button type="submit" class="button main"><?cs var:_("Add") ?></button></p>
</form><?cs /if ?>
</section>
<?cs include:"shell/foot.cs" ?>
