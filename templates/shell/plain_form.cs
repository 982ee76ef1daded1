<?cs # plain_form.cs - macros for forms in the narrow card of shell/plain_head.cs. Reads what shell/form.cs reads, Site.{Help,Support}.
	plain_field(field, type, complete)   one input of the type "text", "email" or "password"
	plain_problems()                     complaints that belong to no field
	plain_help()                         the links to help and to support, at the bottom right ?><?cs

def:plain_field(field, type, complete) ?><div class="field<?cs if:field.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(field) ?>
<input type="<?cs var:type ?>"<?cs if:type != "password" ?> value="<?cs var:field.Value ?>" autocapitalize="none" spellcheck="false"<?cs /if ?> maxlength="<?cs var:field.Max ?>" autocomplete="<?cs var:complete ?>"<?cs call:form_input(field) ?>>
<?cs call:form_notes(field) ?>
</div><?cs /def ?><?cs

def:plain_problems() ?><?cs each:problem = Form.Problems ?><?cs if:!problem.Label ?><div class="notice bad" role="alert"><span><?cs var:problem.Message ?></span></div>
<?cs /if ?><?cs /each ?><?cs /def ?><?cs

def:plain_help() ?><p class="help-links"><?cs if:Site.Support ?><a href="<?cs var:url_validate(Site.Support) ?>"><?cs var:_("Chat with support") ?></a><?cs /if ?>
<a class="button small" href="<?cs var:url_validate(Site.Help) ?>"><?cs var:_("Help") ?></a></p><?cs /def ?>
