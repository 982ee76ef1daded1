/* SPDX-License-Identifier: BSD-2-Clause */
/* mail_resource.c - how a company sends its mails, as settings. */
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/notice/notice_rules.h"
#include "rooms/notice/notice_views.h"

static const struct field_choice security_choices[] = {
	{ "tls", N_("TLS") },
	{ "starttls", N_("STARTTLS") },
	{ "none", N_("Not encrypted") },
	{ NULL, NULL }
};

static const struct field mail_fields[] = {
	FIELD_TEXT(struct mail_settings, sender_name, FIELD_FORM, .max = 80, .label = N_("Sender’s name"),
		.help = N_("What people see as the sender of your mails. Empty is the name of your company.")),
	FIELD_EMAIL(struct mail_settings, sender_address, FIELD_FORM, .max = 254, .label = N_("Sender’s address"),
		.help = N_("With a mail server of your own, mails come from this address; without one, answers go to it.")),
	FIELD_TEXT(struct mail_settings, server, FIELD_FORM, .max = 253, .label = N_("Mail server"),
		.placeholder = N_("smtp.example.com"),
		.help = N_("Your own SMTP server. Empty: your mails go through the server of this installation.")),
	FIELD_CHOICE(struct mail_settings, security, FIELD_FORM, .choices = security_choices, .preset = "tls",
		.label = N_("Encryption"), .help = N_("TLS belongs to port 465, STARTTLS to port 587.")),
	FIELD_U64(struct mail_settings, port, FIELD_FORM | FIELD_NULLABLE, .min = 1, .max = 65535, .label = N_("Port"),
		.help = N_("Empty is the usual one.")),
	FIELD_TEXT(struct mail_settings, user, FIELD_FORM, .max = 254, .label = N_("User")),
	FIELD_TEXT(struct mail_settings, password, FIELD_FORM | FIELD_SECRET, .max = 255, .label = N_("Password"),
		.help = N_("Empty leaves it as it is.")),
	FIELD_END
};

static bool
server_differs(const struct mail_settings *before, const struct mail_settings *row)
{
	return !text_equal_nocase(before->server, row->server) || before->port != row->port
		|| !text_equal(before->security, row->security) || !text_equal(before->user, row->user);
}

/* A stored password goes only to the server that it was given for: else whoever may change the server could read it there. */
static void
check_password(struct req *r, struct form *form, const struct mail_settings *before, struct mail_settings *row)
{
	if (text_is_blank(row->server) || text_is_blank(row->user)) {
		row->password = "";
		return;
	}
	if (text_is_blank(row->password))
		form_problem(r, form, "password", N_("is required with a user"), NULL);
	else if (text_is_blank(req_param(r, "password")) && server_differs(before, row))
		form_problem(r, form, "password", N_("must be typed again when the server or the user changes"), NULL);
	if (text_equal(row->security, "none"))
		form_problem(r, form, "security", N_("must be on when a password is sent"), NULL);
}

static void
mail_check(struct req *r, struct form *form, const void *old, void *new)
{
	struct mail_settings *row = new;

	check_password(r, form, old, row);
	if (text_is_blank(row->server))
		return;
	if (!notice_host_is_sound(row->server))
		form_problem(r, form, "server", N_("must be a host name such as %s"), "smtp.example.com");
	else if (!notice_port_is_allowed(r->arena, r->site->conf, row))
		form_problem(r, form, "port", N_("must be one of: %s"), "25, 465, 587, 2525");
	if (text_is_blank(row->sender_address))
		form_problem(r, form, "sender_address", N_("is required with a mail server of your own"), NULL);
}

static enum got
mail_load(struct req *r, void *row)
{
	(void)row;
	return notice_show_newest(r);
}

const struct resource mail_resource = {
	.noun = "mail",
	.plural = "settings/mail",
	.title = N_("Outgoing mail"),
	.title_one = N_("outgoing mail"),
	.help = N_("Invitations and codes for new passwords go out by mail."),
	.fields = mail_fields,
	.size = sizeof(struct mail_settings),
	.may_read = MAY_MANAGE_SETTINGS,
	.may_write = MAY_MANAGE_SETTINGS,
	.is_single = true,
	.form_template = "notice/mail",
	.load = mail_load,
	.check = mail_check
};
