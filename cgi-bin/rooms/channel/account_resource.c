/* SPDX-License-Identifier: BSD-2-Clause */
/* account_resource.c - connected accounts as settings: their secrets are sealed, their provider is asked by a job. */
#include "rooms/channel/account_store.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/locale.h"
#include "rooms/channel/inbound_store.h"

static const struct field_choice channel_choices[] = {
	{ "telegram", N_("Telegram") }, { NULL, NULL }
};

static const struct field_choice state_choices[] = {
	{ "waiting", N_("Being checked") }, { "connected", N_("Connected") }, { "failing", N_("Not connected") }, { "off", N_("Switched off") },
	{ NULL, NULL }
};

const struct field account_fields[] = {
	FIELD_U64(struct account, id, FIELD_KEY),
	FIELD_TEXT(struct account, name, FIELD_FORM | FIELD_LIST | FIELD_REQUIRED | FIELD_UNIQUE | FIELD_SEARCH, .max = 80, .label = N_("Name"),
		.help = N_("Visitors read it above what the account says by itself.")),
	FIELD_CHOICE(struct account, channel, FIELD_FORM | FIELD_LIST | FIELD_REQUIRED | FIELD_FILTER, .choices = channel_choices,
		.preset = "telegram", .label = N_("Channel")),
	FIELD_TEXT(struct account, token, FIELD_FORM | FIELD_LOCAL | FIELD_SECRET, .max = 100, .label = N_("Bot token"),
		.help = N_("BotFather gives it to you in Telegram. Empty leaves it as it is.")),
	FIELD_REFERENCE(struct account, queue_id, FIELD_FORM | FIELD_LIST | FIELD_REQUIRED | FIELD_FILTER, .of = "queue", .only = "for_chat",
		.label = N_("Queue"), .help = N_("Chats of this account ring at the agents of this queue.")),
	FIELD_LONG_TEXT(struct account, greeting, FIELD_FORM, .max = 500, .label = N_("Greeting"),
		.placeholder = N_("Hello! How can we help you?"), .help = N_("The first answer in every new chat. Empty says nothing.")),
	FIELD_BOOL(struct account, enabled, FIELD_FORM, .preset = "1", .label = N_("Enabled")),
	FIELD_CHOICE(struct account, state, FIELD_READONLY | FIELD_LIST, .choices = state_choices, .label = N_("State")),
	FIELD_TEXT(struct account, problem, FIELD_READONLY),
	FIELD_TEXT(struct account, detail, FIELD_READONLY),
	FIELD_TEXT(struct account, remote_name, FIELD_READONLY | FIELD_LIST, .label = N_("Bot")),
	FIELD_TEXT(struct account, remote_id, FIELD_SECRET),
	FIELD_TEXT(struct account, sealed_token, FIELD_SECRET),
	FIELD_TEXT(struct account, sealed_secret, FIELD_SECRET),
	FIELD_TEXT(struct account, hook_key, FIELD_SECRET),
	FIELD_TIME(struct account, checked_at, FIELD_READONLY | FIELD_NULLABLE, .label = N_("Checked")),
	FIELD_TIME(struct account, created_at, FIELD_READONLY, .label = N_("Created at")),
	FIELD_TIME(struct account, updated_at, FIELD_READONLY, .label = N_("Changed at")),
	FIELD_TIME(struct account, deleted_at, FIELD_READONLY | FIELD_NULLABLE),
	FIELD_END
};

const char *
channel_name(const char *channel)
{
	const struct field_choice *choice;

	for (choice = channel_choices; choice->value != NULL; choice++)
		if (text_equal(choice->value, channel))
			return locale_text(choice->label);
	return NULL;
}

bool
account_token_is_sound(const char *token, size_t *len)
{
	const char *rest;

	*len = strspn(token, "0123456789");
	if (*len < 3 || *len > 20 || token[*len] != ':')
		return false;
	rest = token + *len + 1;
	return strlen(rest) >= 20 && strspn(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(rest);
}

/* What Telegram proves itself by; a new one when the stored one does not open any more, as after the loss of the key file. */
static void
seal_secret(struct req *r, struct account *row)
{
	if (text_is_blank(row->sealed_secret) || account_secret(r->arena, r->site->keys, r->tenant, row) == NULL)
		row->sealed_secret = crypt_seal(r->arena, r->site->keys, account_place(r->arena, r->tenant, row, "secret"), crypt_token(r->arena));
}

/* `bot`: whose account it is so far, or NULL. Chats and numbers of messages are those of one bot. */
static void
seal_token(struct req *r, struct form *form, struct account *row, const char *bot)
{
	size_t len;

	if (text_is_blank(row->token)) {
		if (text_is_blank(row->sealed_token))
			form_problem(r, form, "token", N_("is required"), NULL);
		return;
	}
	if (!account_token_is_sound(row->token, &len)) {
		form_problem(r, form, "token", N_("must look like %s"), "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw");
		return;
	}
	row->remote_id = arena_text_of(r->arena, row->token, len);
	if (!text_is_blank(bot) && !text_equal(bot, row->remote_id))
		form_problem(r, form, "token", N_("belongs to another bot: make another account for it"), NULL);
	row->sealed_token = crypt_seal(r->arena, r->site->keys, account_place(r->arena, r->tenant, row, "token"), row->token);
	seal_secret(r, row);
}

/* Two accounts with one bot would take its messages from each other. */
static void
check_bot(struct req *r, struct form *form, const struct account *row)
{
	const char *name = NULL;
	enum got got = text_is_blank(row->remote_id) ? GOT_NONE : account_of_bot(r->db, r->arena, r->tenant, row, &name);

	if (got == GOT_ONE)
		form_problem(r, form, "token", N_("belongs to a bot that is connected already: %s"), name);
	else if (got == GOT_ERROR)
		form_problem(r, form, "", N_("This cannot be checked at the moment. Try again later."), NULL);
}

static void
account_check(struct req *r, struct form *form, const void *before, void *new)
{
	const struct account *old = before;
	struct account *row = new;

	if (old == NULL) {
		unsigned char bytes[16];

		crypt_random(bytes, sizeof(bytes));
		row->hook_key = text_to_base64url(r->arena, bytes, sizeof(bytes));
		row->remote_name = "";
	} else if (!text_equal(old->channel, row->channel)) {
		form_problem(r, form, "channel", N_("cannot be changed: make another account"), NULL);
	}
	seal_token(r, form, row, old != NULL ? old->remote_id : NULL);
	check_bot(r, form, row);
	row->state = "waiting";
	row->problem = row->detail = "";
}

/* A way in for chats needs a plan that has people and chats at all, and room for one more account. */
static enum got
account_may_add(struct req *r, struct form *form, const void *row)
{
	static const enum limit kinds[] = { LIMIT_AGENTS, LIMIT_CHATS };
	enum got got = limit_check_kinds(r, form, kinds, COUNT_OF(kinds));

	(void)row;
	return got == GOT_ONE ? limit_may_add(r, form, LIMIT_ACCOUNTS) : got;
}

static enum got
account_list_load(struct req *r)
{
	return limit_page(r, LIMIT_ACCOUNTS);
}

static enum got
account_load(struct req *r, void *read)
{
	struct account *row = read;

	(void)r;
	if (!text_is_blank(row->problem))
		row->problem = locale_text(row->problem);
	return GOT_ONE;
}

static enum got
account_after_save(struct req *r, const void *before, const void *row)
{
	(void)before;
	return account_order_check(r->db, r->arena, r->tenant, row, r->now);
}

static enum got
account_after_delete(struct req *r, const void *row)
{
	return account_order_check(r->db, r->arena, r->tenant, row, r->now);
}

/* For a restored one after_save was not asked: its provider is looked at all the same. */
static void
account_saved(struct req *r, const void *before, const void *saved)
{
	const struct account *row = saved;

	(void)before;
	if (row->deleted_at != 0 && account_order_check(r->db, r->arena, r->tenant, row, r->now) == GOT_ERROR)
		log_warning("channel", "account %llu was restored, but is not looked at", (unsigned long long)row->id);
}

/* The page says it above the form. */
static void
account_show_form(struct req *r, const void *shown)
{
	const struct account *row = shown;
	uint64_t failed = 0;

	page_set(r->page, "Account.Bot", row->remote_name);
	page_set(r->page, "Account.Problem", row->problem);
	page_set(r->page, "Account.Detail", row->detail);
	if (row->id != 0 && inbound_failed(r->db, r->tenant, row->id, &failed) == GOT_ONE && failed > 0)
		page_set(r->page, "Account.Failed", locale_fill(r->arena, locale_plural("%s message of the last 30 days could not be taken in.",
			"%s messages of the last 30 days could not be taken in.", failed), arena_printf(r->arena, "%llu", (unsigned long long)failed)));
}

const struct resource account_resource = {
	.noun = "account",
	.plural = "accounts",
	.title = N_("Channel accounts"),
	.title_one = N_("channel account"),
	.help = N_("Connect a bot of Telegram: who writes to it reaches your agents in the console, as visitors of your site do."),
	.fields = account_fields,
	.size = sizeof(struct account),
	.name_field = "name",
	.sort = "name",
	.may_read = MAY_MANAGE_WIDGETS,
	.may_write = MAY_MANAGE_WIDGETS,
	.check = account_check,
	.may_add = account_may_add,
	.list_load = account_list_load,
	.load = account_load,
	.after_save = account_after_save,
	.after_delete = account_after_delete,
	.saved = account_saved,
	.show_form = account_show_form,
	.form_template = "channel/account"
};
