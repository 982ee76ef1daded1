<?cs # agent_picture.cs - the picture of an agent, set or removed by an administrator. Reads what shell/head.cs and shell/form.cs read,
Agent.{Alias,Path,Avatar,Initials}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/picture.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div>
<p class="crumbs"><a href="<?cs var:url_validate(Agent.Path) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:Agent.Alias ?></a></p>
<h1><?cs var:Title ?></h1>
<p class="lead"><?cs var:_("Colleagues see it, and visitors when the agent’s photo is shown to them. It replaces what the agent has chosen.") ?></p>
</div></div>
<?cs call:page_reading() ?><?cs call:form_problems() ?>
<form class="card form profile" method="post" action="<?cs var:url_validate(Agent.Path) ?>/picture" enctype="multipart/form-data" novalidate>
<?cs call:form_token() ?>
<fieldset class="all"<?cs call:form_disabled() ?>>
<?cs call:picture_field(Form.Fields.avatar, "avatar", Agent.Avatar, Agent.Initials) ?>
</fieldset>
<?cs if:May.Change ?><div class="actions">
<button type="submit" class="button main"><?cs var:_("Save") ?></button>
<a class="button" href="<?cs var:url_validate(Agent.Path) ?>"><?cs var:_("Cancel") ?></a>
</div><?cs /if ?>
</form>
<?cs include:"shell/foot.cs" ?>
