/* SPDX-License-Identifier: BSD-2-Clause */
/* password_change.c - the form by which somebody changes the own password, whoever it is. */
#include "core/text.h"
#include "rooms/people/people.h"

const struct field password_change_fields[] = {
	FIELD_TEXT(struct password_change, old_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Old password")),
	FIELD_TEXT(struct password_change, new_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("New password"), .help = N_("At least 8 characters.")),
	FIELD_TEXT(struct password_change, confirm_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Confirm the new password")),
	FIELD_END
};

enum crypt_answer
password_change_check(struct req *r, struct form *form, const struct password_change *change, const struct password_before *before)
{
	const enum crypt_answer answer = crypt_password_check(change->old_password, before->hash);

	if (answer == CRYPT_WRONG)
		form_problem(r, form, "old_password", N_("is wrong"), NULL);
	if (before->problem != NULL)
		form_problem(r, form, "new_password", before->problem, before->detail);
	else if (!text_equal(change->new_password, change->confirm_password))
		form_problem(r, form, "confirm_password", N_("differs from the new password"), NULL);
	return answer;
}
