<?cs # form.cs - macros that draw a form from its fields.
	form_problems()     the complaints on top, each with a link to its field
	form_fields()       every field that is written, in the order of the field table
	form_facts()        what is only shown, as a list
	form_ways()         links to pages about the row, each with what it says now: Form.Links.N.{Path,Label,Value}
	form_reading()      says that nothing can be changed, when it is so: !Form.MayWrite
	page_reading()      the same for a page of its own, whose reader changes nothing anywhere: !May.Change
	form_disabled()     within the tag of its fieldset: it is shown, but not filled in
	form_field(field)   one of them: call:form_field(Form.Fields.email) places it by hand
	form_token()        the hidden token that every form that changes something carries
	form_was()          what the form was made from, so that saving tells when somebody has changed that meanwhile
Reads: Form.Token, Form.Was, May.Change, Form.New, Form.Problems.N.{Field,Label,Message}, Form.Fields.<name>.{Name,Type,Label,Help,Placeholder,Value,
Min,Max,Required,Problem,WayPath,WayLabel,Focus,Count,Ids.<id>,Section,Button,ButtonLabel,Made}, Form.Choices.<name>.Items.N.{Value,Label}, and of words
Form.Fields.<name>.Groups.N.Label and …Groups.N.Items.M.{Value,Label,Checked,Locked}. Form.Zones.N.{Label,Places.M.{Value,Label}} are the
time zones; Form.Fields.<name>.Other: the value is a zone that they lack. Value is the value of the input, for a set its Ids; what is
only shown may have a Word for people, a moment its WordIso, too.
Types: text long email url number colour yesno time secret choice reference set zone words, and shown. ?><?cs

def:form_token() ?><input type="hidden" name="form" value="<?cs var:Form.Token ?>"><?cs /def ?><?cs

def:form_was() ?><?cs if:Form.Was ?><input type="hidden" name="was" value="<?cs var:Form.Was ?>"><?cs /if ?><?cs /def ?><?cs

def:form_problems() ?><?cs if:subcount(Form.Problems) ?>
<div class="notice bad" role="alert">
<div><strong><?cs var:_("Please check your input") ?></strong>
<ul><?cs each:problem = Form.Problems ?>
<li><?cs if:problem.Label ?><a href="#f-<?cs var:problem.Field ?>"><?cs var:problem.Message ?></a><?cs else ?><?cs var:problem.Message ?><?cs /if ?></li><?cs /each ?>
</ul></div>
</div><?cs /if ?><?cs /def ?><?cs

def:form_reading() ?><?cs if:!Form.MayWrite ?>
<div class="notice"><span><?cs var:_("You can see this, but not change it.") ?></span></div><?cs /if ?><?cs /def ?><?cs

def:page_reading() ?><?cs if:!May.Change ?>
<div class="notice"><span><?cs var:_("You can see this, but not change it.") ?></span></div><?cs /if ?><?cs /def ?><?cs

def:form_disabled() ?><?cs if:!May.Change ?> disabled<?cs /if ?><?cs /def ?><?cs

def:form_links(field) ?><?cs if:field.Help || field.Problem ?> aria-describedby="<?cs if:field.Problem ?>p-<?cs var:field.Name ?><?cs /if ?><?cs if:field.Help ?> h-<?cs var:field.Name ?><?cs /if ?>"<?cs /if ?><?cs if:field.Problem ?> aria-invalid="true"<?cs /if ?><?cs if:field.Focus ?> autofocus<?cs /if ?><?cs /def ?><?cs

def:form_input(field) ?> id="f-<?cs var:field.Name ?>" name="<?cs var:field.Name ?>"<?cs if:field.Required ?> required<?cs /if ?><?cs call:form_links(field) ?><?cs /def ?><?cs

def:form_notes(field) ?><?cs if:field.Help ?>
<p class="help" id="h-<?cs var:field.Name ?>"><?cs var:field.Help ?></p><?cs /if ?><?cs if:field.Problem ?>
<p class="problem" id="p-<?cs var:field.Name ?>"><?cs var:field.Problem ?><?cs if:field.WayPath ?> <a href="<?cs var:url_validate(field.WayPath) ?>" target="_blank"><?cs var:field.WayLabel ?></a><?cs /if ?></p><?cs /if ?><?cs /def ?><?cs

def:form_text(field, type, size) ?><input class="<?cs var:size ?>" type="<?cs var:type ?>" value="<?cs var:field.Value ?>"<?cs if:field.Max && type != "number" ?> maxlength="<?cs var:field.Max ?>"<?cs /if ?><?cs if:field.Placeholder ?> placeholder="<?cs var:field.Placeholder ?>"<?cs /if ?><?cs call:form_input(field) ?>><?cs /def ?><?cs

def:form_select(field) ?><select<?cs call:form_input(field) ?>><?cs if:field.Type == "reference" && (!field.Required || field.Value == "" || field.Value == "0") ?>
<option value=""><?cs if:field.Required ?><?cs var:_("Please choose") ?><?cs else ?><?cs var:_("None") ?><?cs /if ?></option><?cs /if ?><?cs each:choice = Form.Choices[field.Name].Items ?>
<option value="<?cs var:choice.Value ?>"<?cs if:choice.Value == field.Value ?> selected<?cs /if ?>><?cs var:choice.Label ?></option><?cs /each ?>
</select><?cs /def ?><?cs

def:form_zone(field) ?><select<?cs call:form_input(field) ?>><?cs if:!field.Required || field.Value == "" ?>
<option value=""><?cs if:field.Required || field.Placeholder == "" ?><?cs var:_("Please choose") ?><?cs else ?><?cs var:field.Placeholder ?><?cs /if ?></option><?cs /if ?><?cs if:field.Other ?>
<option value="<?cs var:field.Value ?>" selected><?cs var:field.Value ?></option><?cs /if ?><?cs each:region = Form.Zones ?>
<optgroup label="<?cs var:region.Label ?>"><?cs each:place = region.Places ?>
<option value="<?cs var:place.Value ?>"<?cs if:place.Value == field.Value ?> selected<?cs /if ?>><?cs var:place.Label ?></option><?cs /each ?>
</optgroup><?cs /each ?>
</select><?cs /def ?><?cs

def:form_radios(field) ?><fieldset id="f-<?cs var:field.Name ?>"<?cs call:form_links(field) ?>>
<legend><?cs var:field.Label ?></legend>
<div class="segments"><?cs each:choice = Form.Choices[field.Name].Items ?>
<label><input type="radio" name="<?cs var:field.Name ?>" value="<?cs var:choice.Value ?>"<?cs if:choice.Value == field.Value ?> checked<?cs /if ?>><span><?cs var:choice.Label ?></span></label><?cs /each ?>
</div>
<?cs call:form_notes(field) ?>
</fieldset><?cs /def ?><?cs

def:form_set(field) ?><fieldset class="set" id="f-<?cs var:field.Name ?>"<?cs call:form_links(field) ?>>
<legend><?cs var:field.Label ?><?cs if:field.Required ?> <span class="needed" aria-hidden="true">*</span><?cs /if ?></legend><?cs
if:subcount(Form.Choices[field.Name].Items) ?>
<div class="boxes" tabindex="-1" data-filter="<?cs var:_("Filter") ?>"><?cs each:choice = Form.Choices[field.Name].Items ?>
<label><input type="checkbox" name="<?cs var:field.Name ?>" value="<?cs var:choice.Value ?>"<?cs if:field.Ids[choice.Value] ?> checked<?cs /if ?>><span><?cs var:choice.Label ?></span></label><?cs /each ?>
</div><?cs else ?>
<p class="soft"><?cs var:_("There is nothing to choose yet.") ?></p><?cs /if ?><?cs call:form_notes(field) ?>
</fieldset><?cs /def ?><?cs

def:form_words(field) ?><fieldset class="words" id="f-<?cs var:field.Name ?>"<?cs call:form_links(field) ?>>
<legend><?cs var:field.Label ?></legend><?cs if:field.Value == "*" ?>
<input type="hidden" name="<?cs var:field.Name ?>" value="*"><?cs /if ?><?cs call:form_notes(field) ?><?cs each:part = field.Groups ?>
<fieldset class="group"><legend><?cs var:part.Label ?></legend><?cs each:word = part.Items ?>
<label class="switch"><input type="checkbox" name="<?cs var:field.Name ?>" value="<?cs var:word.Value ?>"<?cs if:word.Checked ?> checked<?cs /if ?><?cs if:word.Locked ?> disabled<?cs /if ?>><span><?cs var:word.Label ?></span></label><?cs /each ?>
</fieldset><?cs /each ?>
</fieldset><?cs /def ?><?cs

def:form_secret(field) ?><span class="beside"><?cs if:field.Made ?><input type="hidden" name="made" value="1"><input type="text" class="made" autocomplete="off" spellcheck="false" value="<?cs var:field.Made ?>"<?cs call:form_input(field) ?>><?cs else ?><input type="password" autocomplete="new-password"<?cs if:field.Max ?> maxlength="<?cs var:field.Max ?>"<?cs /if ?><?cs call:form_input(field) ?>><?cs /if ?><?cs if:field.Button ?>
<button type="submit" class="button" name="<?cs var:field.Button ?>" value="1"><?cs var:field.ButtonLabel ?></button><?cs /if ?></span><?cs if:field.Made ?>
<p class="help"><?cs var:_("Copy it now: it is shown only this once, and counts from the moment you save.") ?></p><?cs /if ?><?cs /def ?><?cs

def:form_default() ?><button type="submit" class="first" tabindex="-1" aria-hidden="true"></button><?cs /def ?><?cs

def:form_sections() ?><?cs if:subcount(Form.Sections) ?><nav class="tabs sections" aria-label="<?cs var:_("Parts of this page") ?>"><?cs each:section = Form.Sections ?>
<a href="#s-<?cs var:url_escape(section.Name) ?>"><?cs var:section.Label ?></a><?cs /each ?>
</nav><?cs /if ?><?cs /def ?><?cs

def:form_label(field) ?><label for="f-<?cs var:field.Name ?>"><?cs var:field.Label ?><?cs if:field.Required ?> <span class="needed" aria-hidden="true">*</span><?cs /if ?></label><?cs /def ?><?cs

def:form_field(field) ?><?cs if:field.Type != "shown" && field.Type != "" ?><?cs if:field.Section ?>
<h2 class="section wide" id="s-<?cs var:field.Name ?>"><?cs var:field.Section ?></h2><?cs /if ?>
<div class="field <?cs var:field.Type ?><?cs if:field.Problem ?> wrong<?cs /if ?>"><?cs
if:field.Type == "yesno" ?>
<label class="switch"><input type="checkbox" value="1"<?cs if:field.Value == "1" ?> checked<?cs /if ?><?cs call:form_input(field) ?>><span><?cs var:field.Label ?></span></label>
<?cs call:form_notes(field) ?><?cs
elif:field.Type == "set" ?>
<?cs call:form_set(field) ?><?cs
elif:field.Type == "words" ?>
<?cs call:form_words(field) ?><?cs
elif:field.Type == "choice" && subcount(Form.Choices[field.Name].Items) < #5 ?>
<?cs call:form_radios(field) ?><?cs
else ?>
<?cs call:form_label(field) ?>
<?cs if:field.Type == "long" ?><textarea rows="5" maxlength="<?cs var:field.Max ?>"<?cs if:field.Placeholder ?> placeholder="<?cs var:field.Placeholder ?>"<?cs /if ?><?cs call:form_input(field) ?>>
<?cs var:field.Value ?></textarea><?cs
elif:field.Type == "choice" || field.Type == "reference" ?><?cs call:form_select(field) ?><?cs
elif:field.Type == "zone" ?><?cs call:form_zone(field) ?><?cs
elif:field.Type == "secret" ?><?cs call:form_secret(field) ?><?cs
elif:field.Type == "number" ?><input class="short" type="text" inputmode="numeric" value="<?cs var:field.Value ?>"<?cs if:field.Placeholder ?> placeholder="<?cs var:field.Placeholder ?>"<?cs /if ?><?cs call:form_input(field) ?>><?cs
elif:field.Type == "colour" ?><span class="colour-pick"><input type="color" value="<?cs var:field.Value ?>"<?cs call:form_input(field) ?>><code aria-hidden="true"><?cs var:field.Value ?></code></span><?cs
elif:field.Type == "email" ?><?cs call:form_text(field, "email", "") ?><?cs
elif:field.Type == "url" ?><?cs call:form_text(field, "url", "") ?><?cs
else ?><?cs call:form_text(field, "text", "") ?><?cs /if ?>
<?cs call:form_notes(field) ?><?cs
/if ?>
</div><?cs /if ?><?cs /def ?><?cs

def:form_fields() ?><?cs each:field = Form.Fields ?><?cs call:form_field(field) ?><?cs /each ?><?cs /def ?><?cs

def:form_facts() ?><?cs if:!Form.New ?><dl class="facts"><?cs each:field = Form.Fields ?><?cs if:field.Type == "shown" && field.Value != "" ?>
<div><dt><?cs var:field.Label ?></dt><dd><?cs if:field.WordIso ?><time datetime="<?cs var:field.WordIso ?>"><?cs var:field.Word ?></time><?cs elif:field.Word ?><?cs var:field.Word ?><?cs else ?><?cs var:field.Value ?><?cs /if ?></dd></div><?cs /if ?><?cs /each ?>
</dl><?cs /if ?><?cs /def ?><?cs

def:form_ways() ?><?cs if:subcount(Form.Links) ?>
<dl class="facts"><?cs each:link = Form.Links ?>
<div><dt><?cs var:link.Label ?></dt><dd><a href="<?cs var:url_validate(link.Path) ?>"><?cs var:link.Value ?></a></dd></div><?cs /each ?>
</dl><?cs /if ?><?cs /def ?>
