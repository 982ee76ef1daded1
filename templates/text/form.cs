<?cs # form.cs - one text of the product in the company's own words.
Reads what shell/head.cs and shell/form.cs read, Form.{Title,Action,List,New,Was,MayWrite,Deleted,Delete,Restore},
Text.{Known,LanguageLabel,Dir,Area,IsOurs,Message,MessageMany,Product,ProductMany,Areas}. ?><?cs
include:"shell/form.cs" ?><?cs include:"shell/head.cs" ?>
<link rel="stylesheet" href="/static/css/texts.css?v=<?cs var:url_escape(Site.Version) ?>"><?cs

def:text_area(field, label, product) ?><div class="field long<?cs if:field.Problem ?> wrong<?cs /if ?>">
<label for="f-<?cs var:field.Name ?>"><?cs var:label ?> <span class="needed" aria-hidden="true">*</span></label>
<textarea rows="3" maxlength="<?cs var:field.Max ?>" dir="auto" lang="<?cs var:Form.Fields.language.Value ?>" id="f-<?cs var:field.Name ?>" name="<?cs var:field.Name ?>" required placeholder="<?cs var:product ?>"<?cs if:field.Problem ?> aria-invalid="true" aria-describedby="p-<?cs var:field.Name ?>"<?cs /if ?>>
<?cs var:field.Value ?></textarea><?cs if:field.Problem ?>
<p class="problem" id="p-<?cs var:field.Name ?>"><?cs var:field.Problem ?></p><?cs /if ?></div><?cs /def ?>
<div class="head"><div>
<p class="crumbs"><a href="<?cs var:url_validate(Form.List) ?>"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg><?cs var:_("Texts") ?></a></p>
<h1><?cs var:_("Own text") ?><?cs if:Text.LanguageLabel ?><?cs var:_(":") ?> <bdi><?cs var:Text.LanguageLabel ?></bdi><?cs /if ?></h1></div></div>
<?cs if:Form.Deleted ?><div class="notice warn"><span><?cs var:_("This was deleted.") ?></span><?cs if:Form.Restore ?>
<form method="post" action="<?cs var:url_validate(Form.Restore) ?>"><?cs call:form_token() ?><button type="submit" class="button small"><?cs var:_("Restore") ?></button></form><?cs /if ?></div><?cs
elif:!Form.MayWrite ?><div class="notice"><span><?cs var:_("You can see this, but not change it.") ?></span></div><?cs /if ?>
<?cs call:form_problems() ?><?cs
if:!Text.Known ?><div class="card empty"><h2><?cs if:Form.Fields.message.Value ?><?cs var:_("The product does not say this") ?><?cs else ?><?cs var:_("Choose a text first") ?><?cs /if ?></h2>
<p><?cs if:Form.Fields.message.Value ?><?cs var:_("Choose the text from the list of all texts: it may have changed with a newer version of the product.") ?><?cs else ?><?cs var:_("The list of all texts has what the product says; each can be changed there.") ?><?cs /if ?></p>
<p><a class="button main" href="/admin/texts/all"><?cs var:_("All texts") ?></a></p></div><?cs if:Form.Delete ?>
<form method="post" action="<?cs var:url_validate(Form.Delete) ?>"><?cs call:form_token() ?><button type="submit" class="button danger"><?cs var:_("Delete the own text") ?></button></form><?cs /if ?><?cs
else ?>
<form class="card form" method="post" action="<?cs var:url_validate(Form.Action) ?>" novalidate data-unsaved="<?cs var:_("Leave without saving?") ?>">
<?cs call:form_token() ?><?cs call:form_was() ?>
<input type="hidden" name="language" value="<?cs var:Form.Fields.language.Value ?>"><input type="hidden" name="message" value="<?cs var:Text.Message ?>"><input type="hidden" name="area" value="<?cs var:Text.Area ?>">
<fieldset class="all"<?cs if:!Form.MayWrite ?> disabled<?cs /if ?>>
<dl class="text-facts wide">
<div><dt><?cs var:_("In English") ?></dt><dd lang="en" dir="ltr"><?cs var:Text.Message ?><?cs if:Text.MessageMany ?><br><?cs var:Text.MessageMany ?><?cs /if ?></dd></div><?cs if:Text.IsOurs && Text.Product != Text.Message ?>
<div><dt><?cs var:Text.LanguageLabel ?></dt><dd lang="<?cs var:Form.Fields.language.Value ?>"><?cs var:Text.Product ?><?cs if:Text.ProductMany ?><br><?cs var:Text.ProductMany ?><?cs /if ?></dd></div><?cs /if ?>
<div><dt><?cs var:_("Where it is read") ?></dt><dd><?cs var:Text.Areas ?></dd></div></dl><?cs if:Text.MessageMany ?>
<?cs call:text_area(Form.Fields.wording, _("Own text for one"), Text.Product) ?>
<?cs call:text_area(Form.Fields.wording_many, _("Own text for several"), Text.ProductMany) ?><?cs else ?>
<?cs call:text_area(Form.Fields.wording, _("Own text"), Text.Product) ?><?cs /if ?>
<p class="help"><?cs var:_("Keep what stands in braces, such as {name}, and %s: names and numbers are filled in there.") ?></p>
</fieldset>
<?cs if:Form.MayWrite ?><div class="actions"><button type="submit" class="button main"><?cs var:_("Save") ?></button>
<a class="button" href="<?cs var:url_validate(Form.List) ?>"><?cs var:_("Cancel") ?></a></div><?cs /if ?>
</form><?cs if:Form.Delete ?>
<form class="text-reset" method="post" action="<?cs var:url_validate(Form.Delete) ?>"><?cs call:form_token() ?><input type="hidden" name="area" value="<?cs var:Text.Area ?>"><button type="submit" class="button"><?cs if:Text.IsOurs ?><?cs var:_("Say the product's text again") ?><?cs else ?><?cs var:_("Take the translation away") ?><?cs /if ?></button></form><?cs /if ?><?cs /if ?>
<?cs include:"shell/foot.cs" ?>
