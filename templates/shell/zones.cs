<?cs # zones.cs - form_zone(field): a choice of time zones by the part of the world. Included after shell/form.cs.
Reads: Form.Zone.Preset (the words for none), Zones.N.{Label,Items.M.{Value,Label,Chosen}}. ?><?cs
def:form_zone(field) ?><div class="field choice<?cs if:field.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(field) ?>
<select<?cs call:form_input(field) ?>><?cs if:Form.Zone.Preset ?>
<option value=""><?cs var:Form.Zone.Preset ?></option><?cs /if ?><?cs each:zones = Zones ?><?cs if:subcount(zones.Items) ?>
<optgroup label="<?cs var:zones.Label ?>"><?cs each:zone = zones.Items ?>
<option value="<?cs var:zone.Value ?>"<?cs if:zone.Chosen ?> selected<?cs /if ?>><?cs var:zone.Label ?></option><?cs /each ?>
</optgroup><?cs /if ?><?cs /each ?>
</select>
<?cs call:form_notes(field) ?>
</div><?cs /def ?>
