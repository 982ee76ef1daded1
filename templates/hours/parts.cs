<?cs # parts.cs - macros of calendars: the week as seven inputs, the table of holidays, the input of a day.
	week_fields()            Week.Days.N.Name says the order; the fields are Form.Fields.<name>. static/hours.js makes from-to pairs of them
	holiday_table(ops, path) Hours.Holidays.N.{Id,Name,Kind,Yearly,Imported,Fed,Past} and, Last for more than one day, {First,Last}.{Text,Iso};
	                         ops: "edit" for both links, "remove" for days off, "" for none
	                         (nor for who may not change anything);
	                         path: below which they are removed
	day_input(field)         a day of the calendar
Reads besides: Form.Token, May.Change. ?><?cs

def:week_day(field) ?>
<div class="field week-day<?cs if:field.Problem ?> wrong<?cs /if ?>" data-day="<?cs var:field.Name ?>">
<?cs call:form_label(field) ?>
<div class="week-times"><input type="text" value="<?cs var:field.Value ?>" maxlength="<?cs var:field.Max ?>" placeholder="<?cs var:_("Closed") ?>" autocomplete="off" id="f-<?cs var:field.Name ?>" name="<?cs var:field.Name ?>" aria-describedby="<?cs if:field.Problem ?>p-<?cs var:field.Name ?> <?cs /if ?>h-week"<?cs if:field.Problem ?> aria-invalid="true"<?cs /if ?><?cs if:field.Focus ?> autofocus<?cs /if ?>></div><?cs if:field.Problem ?>
<p class="problem" id="p-<?cs var:field.Name ?>"><span><?cs var:field.Problem ?></span></p><?cs /if ?>
</div><?cs /def ?><?cs

def:week_fields() ?><fieldset class="week" data-week data-from="<?cs var:_("from") ?>" data-to="<?cs var:_("to") ?>" data-add="<?cs var:_("Add a period") ?>" data-remove="<?cs var:_("Remove the period") ?>" data-same="<?cs var:_("Copy Monday to Tuesday – Friday") ?>" data-closed="<?cs var:_("Closed") ?>">
<legend><?cs var:_("Working hours") ?></legend>
<p class="help" id="h-week"><?cs var:_("Periods such as 09:00-12:30, 13:30-17:00. Empty is closed; 24:00 is the end of the day.") ?></p><?cs each:day = Week.Days ?><?cs call:week_day(Form.Fields[day.Name]) ?><?cs /each ?>
</fieldset><?cs /def ?><?cs

def:holiday_operations(holiday, ops, path) ?>
<td class="act"><?cs if:holiday.Fed ?><span class="soft"><?cs var:_("by subscription") ?></span><?cs else ?><?cs if:ops == "edit" ?><a class="button icon quiet" href="/admin/holidays/<?cs var:url_escape(holiday.Id) ?>" title="<?cs var:_("Edit") ?>" aria-label="<?cs var:_("Edit") ?> <?cs var:holiday.Name ?>"><svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><path d="m11.5 3.5 3 3L6.5 14.5l-3.6.6.6-3.6z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/></svg><span><?cs var:_("Edit") ?></span></a><?cs /if ?><form method="post" action="<?cs var:url_validate(path) ?>/<?cs var:url_escape(holiday.Id) ?>/delete"><?cs call:form_token() ?><button type="submit" class="button icon quiet danger" title="<?cs var:_("Remove") ?>" aria-label="<?cs var:_("Remove") ?> <?cs var:holiday.Name ?>"><svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><path d="M3.5 5h11M7 5V3.5h4V5M5 5l.6 9.5h6.800L13 5M7.7 7.7v4.200m2.6-4.200v4.200" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/></svg><span><?cs var:_("Remove") ?></span></button></form><?cs /if ?></td><?cs /def ?><?cs

def:holiday_row(holiday, ops, path) ?>
<tr<?cs if:holiday.Past ?> class="past"<?cs /if ?>><th scope="row" class="main"><?cs var:holiday.Name ?></th>
<td data-label="<?cs var:_("Days") ?>"><span><time datetime="<?cs var:holiday.First.Iso ?>"><?cs var:holiday.First.Text ?></time><?cs if:holiday.Last.Text ?> – <time datetime="<?cs var:holiday.Last.Iso ?>"><?cs var:holiday.Last.Text ?></time><?cs /if ?><?cs if:holiday.Yearly ?> <span class="chip"><?cs var:_("every year") ?></span><?cs /if ?><?cs if:holiday.Past ?> <span class="chip"><?cs var:_("over") ?></span><?cs /if ?></span></td>
<?cs if:ops != "remove" ?><td data-label="<?cs var:_("Hours") ?>"><?cs var:holiday.Kind ?></td><?cs /if ?><?cs if:ops != "" && May.Change ?><?cs call:holiday_operations(holiday, ops, path) ?><?cs /if ?></tr><?cs /def ?><?cs

def:holiday_table(ops, path) ?><div class="table" role="region" aria-label="<?cs var:_("Holidays") ?>" tabindex="0"><table>
<thead><tr><th scope="col"><?cs var:_("Name") ?></th><th scope="col"><?cs var:_("Days") ?></th><?cs if:ops != "remove" ?><th scope="col"><?cs var:_("Hours") ?></th><?cs /if ?><?cs if:ops != "" && May.Change ?><th scope="col" class="act"><?cs var:_("Operations") ?></th><?cs /if ?></tr></thead>
<tbody><?cs each:holiday = Hours.Holidays ?><?cs call:holiday_row(holiday, ops, path) ?><?cs /each ?>
</tbody>
</table></div><?cs /def ?><?cs

def:day_input(field) ?>
<div class="field<?cs if:field.Problem ?> wrong<?cs /if ?>">
<?cs call:form_label(field) ?>
<input class="short" type="date" value="<?cs var:field.Value ?>"<?cs call:form_input(field) ?>>
<?cs call:form_notes(field) ?>
</div><?cs /def ?>
