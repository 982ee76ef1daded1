/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_text.c - the words of the mails: one table. */
#include "rooms/notice/notice_text.h"

#include <string.h>

#include "core/check.h"
#include "core/field.h"
#include "edge/mail.h"
#include "rooms/notice/notice.h"

#define VALUE_MAX 500            /* characters of a value */

const struct notice_template notice_templates[] = {
	{ "password_code", N_("Code for a new password"), N_("Your code for a new password"), {
		N_("Somebody, probably you, has asked for a new password for the account “{account}” at {company}. Type this code into the page"
			" on which you asked:"),
		"    {code}",
		N_("Or open this link:"),
		"{link}",
		N_("Code and link work once, for {minutes} minutes."),
		N_("If it was not you, you need not do anything: your password stays as it is. Do not pass the code on to anybody.") } },
	{ "password_changed", N_("Password changed"), N_("Your password was changed"), {
		N_("The password of the account “{account}” at {company} was changed on {time}, from the address {ip}. Everybody who was"
			" signed in with the account is signed out."),
		N_("If it was not you, tell the administrator of your company at once, and ask for a new password here:"),
		"{link}" } },
	{ "invitation", N_("Invitation"), N_("You are invited to {company}"), {
		N_("{inviter} invites you to answer the customers of {company}. To accept, open this link and choose a password:"),
		"{link}",
		N_("The link works once, until {until}."),
		N_("If you do not know what this is about, you need not do anything.") } },
	{ "welcome", N_("Welcome"), N_("Your account at {company} is ready"), {
		N_("{company} can answer its customers here from now on. You are its administrator, with the account “{account}”. To begin, open"
			" this link and choose a password:"),
		"{link}",
		N_("The link works once, until {until}. Later, “Forgot password” on the page for signing in gives you another one."),
		N_("From then on, you sign in at this address, with the company “{company_code}” and the account “{account}”:"),
		"{sign_in}" } },
	{ "test", N_("Test mail"), N_("A test mail of {company}"), {
		N_("This mail shows that the mails of {company} arrive. It was ordered by {inviter} on the page of the settings for mails:"),
		"{link}" } },
	{ .name = NULL }
};

const struct notice_template *
notice_template_named(const char *name)
{
	const struct notice_template *template;

	for (template = notice_templates; template->name != NULL; template++)
		if (strcmp(template->name, name) == 0)
			return template;
	return NULL;
}

/* A value with a line break in it could look like a paragraph of ours. */
static const struct locale_value *
values_clean(struct arena *arena, const struct locale_value *values)
{
	struct locale_value *clean = ARENA_ARRAY(arena, struct locale_value, NOTICE_VALUES_MAX + 4);
	size_t i;

	for (i = 0; values[i].name != NULL; i++) {
		CHECK(i < NOTICE_VALUES_MAX + 3);
		clean[i] = (struct locale_value){ values[i].name, mail_line(arena, values[i].value, VALUE_MAX) };
	}
	return clean;
}

/* Whoever is invited is known by the address alone. */
static bool
has_name(const struct locale_value *values)
{
	for (; values->name != NULL; values++)
		if (strcmp(values->name, "name") == 0)
			return values->value[0] != '\0';
	return false;
}

void
notice_write(struct arena *arena, const struct notice_template *template, const struct locale_value *values, const char **subject,
	const char **text)
{
	const struct locale_value *clean = values_clean(arena, values);
	struct str out;
	size_t i;

	str_init(&out, arena);
	str_add(&out, has_name(clean) ? locale_fill_names(arena, N_("Hello {name},"), clean) : locale_text(N_("Hello,")));
	for (i = 0; i < NOTICE_LINES_MAX && template->lines[i] != NULL; i++)
		str_addf(&out, "\n\n%s", locale_fill_names(arena, template->lines[i], clean));
	str_addf(&out, "\n\n-- \n%s\n", locale_fill_names(arena, "{company}", clean));
	*text = out.data;
	*subject = locale_fill_names(arena, template->subject, clean);
}
