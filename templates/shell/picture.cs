<?cs # picture.cs - picture_field(field, name, path, initials): a picture with its file input, and a box that takes it away. Included after
shell/form.cs; the form needs enctype="multipart/form-data". Reads nothing else. ?><?cs
def:picture_field(field, name, path, initials) ?><div class="field wide picture<?cs if:field.Problem ?> wrong<?cs /if ?>">
<?cs if:path ?><img class="<?cs var:name ?>" src="<?cs var:url_validate(path) ?>" alt="<?cs var:field.Label ?>"><?cs elif:initials ?><span class="face large" aria-hidden="true"><?cs var:initials ?></span><?cs /if ?>
<div>
<label for="f-<?cs var:name ?>"><?cs var:field.Label ?></label>
<input type="file" id="f-<?cs var:name ?>" name="<?cs var:name ?>" accept="image/png,image/jpeg,image/gif,image/webp" aria-describedby="h-<?cs var:name ?><?cs if:field.Problem ?> p-<?cs var:name ?><?cs /if ?>"<?cs if:field.Problem ?> aria-invalid="true"<?cs /if ?>>
<p class="help" id="h-<?cs var:name ?>"><?cs var:_("PNG, JPEG, GIF or WebP, at most 5 MB.") ?></p><?cs if:field.Problem ?>
<p class="problem" id="p-<?cs var:name ?>"><?cs var:field.Problem ?></p><?cs /if ?><?cs if:path ?>
<label class="switch"><input type="checkbox" name="no_<?cs var:name ?>" value="1"><span><?cs var:_("Remove the picture") ?></span></label><?cs /if ?>
</div>
</div><?cs /def ?>
