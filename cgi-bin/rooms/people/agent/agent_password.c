/* SPDX-License-Identifier: BSD-2-Clause */
/* agent_password.c - an administrator gives somebody a new password. */
#include "rooms/people/agent/agent_password.h"
#include "rooms/people/agent/agent_rights.h"

#include "edge/crypt.h"
#include "edge/locale.h"
#include "web/reply.h"

#define MADE_GROUPS 4
#define MADE_GROUP 4             /* characters */

const char *
agent_password_make(struct arena *arena)
{
	/* 32 of them, so that a random byte chooses evenly; without 0 1 I O l o, which look alike. */
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	unsigned char random[MADE_GROUPS * MADE_GROUP];
	char *made = arena_alloc(arena, sizeof(random) + MADE_GROUPS);
	size_t i, at = 0;

	crypt_random(random, sizeof(random));
	for (i = 0; i < sizeof(random); i++) {
		if (i > 0 && i % MADE_GROUP == 0)
			made[at++] = '-';
		made[at++] = letters[random[i] % (sizeof(letters) - 1)];
	}
	made[at] = '\0';
	return made;
}

void
agent_password_show(struct req *r, const char *password)
{
	struct page_node *field = page_child(page_child(page_child(r->page, "Form"), "Fields"), "password");

	page_set(field, "Button", "generate");
	page_set(field, "ButtonLabel", locale_text(N_("Generate")));
	if (r->method == POST && (req_has(r, "generate") || req_has(r, "made")))
		page_set(field, "Made", password);
}

struct new_password {
	const char *password;
};

static const struct field new_password_fields[] = {
	FIELD_TEXT(struct new_password, password, FIELD_FORM | FIELD_REQUIRED | FIELD_SECRET, .max = CRYPT_PASSWORD_MAX,
		.label = N_("New password"), .help = N_("At least 8 characters.")),
	FIELD_END
};

static int
password_reply(struct req *r, const struct form *form, const struct agent *agent, const struct new_password *new)
{
	form_show(r, form, new);
	agent_password_show(r, new->password);
	page_set(r->page, "Title", locale_text(N_("Reset the password")));
	page_set(r->page, "Agent.Name", agent->alias);
	page_set(r->page, "Agent.Account", agent->account);
	page_setf(r->page, "Agent.Path", "/admin/agents/%llu/password", (unsigned long long)agent->id);
	return reply_page_status(r, form_is_good(form) ? 200 : 422, "people/agent_password");
}

int
agent_password_page(struct req *r)
{
	const struct new_password new = { .password = NULL };
	struct agent agent = { .id = 0 };
	struct form form;
	const int refused = agent_open(r, &agent);

	if (refused != 0)
		return refused;
	form_init(&form, new_password_fields);
	return password_reply(r, &form, &agent, &new);
}

int
agent_password_save(struct req *r)
{
	struct new_password new = { .password = NULL };
	struct agent agent = { .id = 0 }, before;
	struct form form;
	enum got got;
	const int refused = agent_open(r, &agent);

	if (refused != 0)
		return refused;
	form_init(&form, new_password_fields);
	if (req_has(r, "generate")) {
		new.password = agent_password_make(r->arena);
		return password_reply(r, &form, &agent, &new);
	}
	if (!form_read(r, &form, &new, false))
		return password_reply(r, &form, &agent, &new);
	before = agent;
	agent.password = new.password;
	got = resource_save(r, &agent_resource, &form, &before, &agent);
	if (got == GOT_NONE)
		return password_reply(r, &form, &agent, &new);
	if (got == GOT_ERROR)
		return reply_got(r, got);
	reply_notice(r, N_("The password is changed. Tell it to the agent; all devices are signed out."), NULL);
	return reply_redirect(r, "/admin/agents");
}
