<?cs # brand.cs - how a company looks: name, logo, colour, link to help.
Reads what shell/head.cs, shell/form.cs and shell/picture.cs read, Form.{Title,Intro,Action,MayWrite}, Brand.{Warning,Logo}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/picture.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:Form.Title ?></h1><?cs if:Form.Intro ?>
<p class="soft"><?cs var:Form.Intro ?></p><?cs /if ?></div></div>
<?cs call:form_reading() ?><?cs call:form_problems() ?><?cs if:Brand.Warning ?>
<div class="notice warn" role="status"><span><?cs var:Brand.Warning ?></span></div><?cs /if ?>
<form class="card form profile" method="post" action="<?cs var:url_validate(Form.Action) ?>" enctype="multipart/form-data" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?><?cs call:form_was() ?>
<fieldset class="all"<?cs if:!Form.MayWrite ?> disabled<?cs /if ?>>
<?cs call:form_field(Form.Fields.display_name) ?>
<?cs call:form_field(Form.Fields.colour) ?>
<?cs call:form_field(Form.Fields.help_url) ?>
<?cs call:picture_field(Form.Fields.logo, "logo", Brand.Logo, "") ?>
</fieldset>
<?cs if:Form.MayWrite ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Save") ?></button></div><?cs /if ?>
</form>
<?cs include:"shell/foot.cs" ?>
