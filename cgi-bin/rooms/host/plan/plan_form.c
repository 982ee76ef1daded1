/* SPDX-License-Identifier: BSD-2-Clause */
/* plan_form.c - the fields of a plan, made from the table of limits, so that a new limit needs no new form. */
#include "rooms/host/plan/plan_form.h"

#include "core/text.h"

#define LIMIT_DIGITS 40          /* more than the largest has, so that a number that is too large is told as such */

const struct field *
plan_input_fields(struct req *r, bool is_new)
{
	struct field *fields = ARENA_ARRAY(r->arena, struct field, LIMIT_COUNT + 3);
	size_t i;

	fields[0] = (struct field)FIELD_TEXT(struct plan_input, code, FIELD_FORM | (is_new ? FIELD_REQUIRED : FIELD_READONLY), .max = 40, .label = N_("Code"),
		.help = N_("Lower-case letters, digits and hyphens: what the API and the command call it."));
	fields[1] = (struct field)FIELD_TEXT(struct plan_input, name, FIELD_FORM | FIELD_REQUIRED, .max = 120, .label = N_("Name"));
	for (i = 0; i < LIMIT_COUNT; i++)
		fields[i + 2] = (struct field){
			.name = limit_info[i].key, .type = FIELD_TYPE_TEXT, .flags = FIELD_FORM, .max = LIMIT_DIGITS,
			.offset = offsetof(struct plan_input, limits) + i * sizeof(const char *),
			.label = limit_info[i].label, .help = limit_info[i].help, .placeholder = N_("without limit")
		};
	return fields;
}

void
plan_input_of(struct req *r, const struct plan *plan, struct plan_input *input)
{
	size_t i;

	input->code = plan->code;
	input->name = plan->name;
	for (i = 0; i < LIMIT_COUNT; i++)
		input->limits[i] = limit_show(r->arena, plan->limits[i]);
}

bool
plan_form_read(struct req *r, struct form *form, struct plan_input *input, struct plan *plan)
{
	form_read(r, form, input, r->json != NULL);
	plan->code = input->code;
	plan->name = input->name;
	plan_limits_read(r, form, input->limits, plan);
	return form_is_good(form);
}
