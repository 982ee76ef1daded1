/* SPDX-License-Identifier: BSD-2-Clause */
/* password_change.c - the form by which somebody changes the own password, whoever it is. */
#include "core/text.h"
#include "rooms/people/session/session.h"
#include "web/reply.h"

const struct throttle_rule old_password_rule = { "password.old", 10, 15 * CLOCK_MINUTE };

const struct field password_change_fields[] = {
	FIELD_TEXT(struct password_change, old_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Old password")),
	FIELD_TEXT(struct password_change, new_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("New password"), .help = N_("At least 8 characters.")),
	FIELD_TEXT(struct password_change, confirm_password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET,
		.max = CRYPT_PASSWORD_MAX, .label = N_("Confirm the new password")),
	FIELD_END
};

int
password_change_check(struct req *r, struct form *form, const struct password_change *change, const struct password_before *before)
{
	enum crypt_answer answer;
	uint64_t retry_after;
	enum got got = throttle_count(r, &old_password_rule, before->who, &retry_after);

	if (got != GOT_ONE)
		return got == GOT_NONE ? reply_too_often(r, retry_after) : reply_got(r, got);
	answer = crypt_password_check(change->old_password, before->hash);
	if (answer == CRYPT_BUSY || (answer == CRYPT_RIGHT && throttle_clear(r, &old_password_rule, before->who) == GOT_ERROR))
		return reply_got(r, GOT_ERROR);
	if (answer == CRYPT_WRONG)
		form_problem(r, form, "old_password", N_("is wrong"), NULL);
	if (before->problem != NULL)
		form_problem(r, form, "new_password", before->problem, before->detail);
	else if (!text_equal(change->new_password, change->confirm_password))
		form_problem(r, form, "confirm_password", N_("differs from the new password"), NULL);
	return 0;
}
