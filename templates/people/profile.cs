<?cs # profile.cs - one's own user info: picture, names, ways to be reached, what visitors see, zone and language.
Reads what shell/head.cs and shell/form.cs read, Profile.{Account,Avatar,Initials}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/picture.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/people.css?v=<?cs var:url_escape(Site.Version) ?>">
<div class="head"><div><h1><?cs var:_("Change user info") ?></h1>
<p class="soft"><?cs var:_("Account") ?><?cs var:_(":") ?> <?cs var:Profile.Account ?></p></div></div>
<?cs call:page_reading() ?><?cs call:form_problems() ?>
<form class="card form profile" method="post" action="/admin/profile" enctype="multipart/form-data" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?><?cs call:form_was() ?>
<fieldset class="all"<?cs call:form_disabled() ?>>
<?cs call:picture_field(Form.Fields.avatar, "avatar", Profile.Avatar, Profile.Initials) ?>
<?cs call:form_field(Form.Fields.first_name) ?>
<?cs call:form_field(Form.Fields.last_name) ?>
<?cs call:form_field(Form.Fields.alias) ?>
<?cs call:form_field(Form.Fields.phone) ?>
<?cs call:form_field(Form.Fields.email) ?>
<?cs call:form_field(Form.Fields.password) ?>
<fieldset class="all wide"><legend><?cs var:_("What visitors see") ?></legend>
<?cs call:form_field(Form.Fields.show_photo) ?>
<?cs call:form_field(Form.Fields.title) ?>
<?cs call:form_field(Form.Fields.show_title) ?>
<?cs call:form_field(Form.Fields.bio) ?>
<?cs call:form_field(Form.Fields.show_bio) ?>
</fieldset>
<?cs call:form_field(Form.Fields.time_zone) ?>
<?cs call:form_field(Form.Fields.locale) ?>
</fieldset>
<?cs if:May.Change ?><div class="actions">
<button type="submit" class="button main"><?cs var:_("Save") ?></button>
<a class="button" href="/admin"><?cs var:_("Cancel") ?></a>
</div><?cs /if ?>
</form>
<?cs include:"shell/foot.cs" ?>
