/* SPDX-License-Identifier: BSD-2-Clause */
/* command_demo.c - hark demo-data: two companies with people, canned messages and a few hundred past chats, to look around in, and an
 * operator of the host's panel. */
#include <string.h>

#include "core/text.h"
#include "programs/command.h"
#include "programs/demo_store.h"
#include "programs/demo_text.h"
#include "programs/wiring.h"
#include "rooms/contact/contact.h"
#include "rooms/conversation/conversation.h"
#include "rooms/host/host.h"
#include "rooms/people/people.h"
#include "rooms/tenant/tenant.h"
#include "rooms/visit/visit.h"
#include "rooms/widget/widget.h"

static command_function demo_run;

#define DEMO_OPERATOR "olga@host.example"
#define DEMO_REGULARS 12         /* visitors who come again */

const struct command demo_commands[] = {
	{ "demo-data", NULL, "Makes two companies to look around in, peak (an outdoor shop) and lumen (a furniture maker), and an operator who"
		" may do everything: " DEMO_OPERATOR ". Whoever knows the password gets into all companies of the installation.", demo_run,
		COMMAND_SITE, {
		{ "chats", "NUMBER", "Past chats of the first company; 320 by itself.", false },
		{ "password-file", "FILE", "Its first line is the password of them all; - is standard input.", false } } },
	{ .noun = NULL }
};

/* One company on its way. */
struct demo {
	struct command_run *run;
	const char *password;        /* of all agents */
	const struct demo_company *company;
	tenant_id tenant;
	struct agent agents[DEMO_AGENTS];
	uint64_t queues[DEMO_QUEUES];
	uint64_t widget;
	struct conversation regulars[DEMO_REGULARS];     /* who they are, in a chat that they had */
	size_t regular_count;
	uint64_t chance;             /* state of a small generator: the same data each time */
	uint64_t chats;
};

static uint64_t
chance(struct demo *demo, uint64_t below)
{
	demo->chance = demo->chance * 6364136223846793005u + 1442695040888963407u;
	return (demo->chance >> 33) % below;
}

/* The first two work in both queues, the others in one. */
static struct field_set
queues_of(struct demo *demo, size_t agent)
{
	if (agent < 2)
		return (struct field_set){ demo->queues, DEMO_QUEUES };
	return (struct field_set){ &demo->queues[agent % DEMO_QUEUES], 1 };
}

static enum got
make_people(struct demo *demo)
{
	struct command_run *run = demo->run;
	const struct demo_company *company = demo->company;
	uint64_t *roles = ARENA_ARRAY(run->arena, uint64_t, DEMO_AGENTS);
	size_t i;

	for (i = 0; i < DEMO_QUEUES; i++)
		if (demo_add_queue(run->db, demo->tenant, company->queues[i], run->now, &demo->queues[i]) != GOT_ONE)
			return GOT_ERROR;
	for (i = 0; i < DEMO_AGENTS; i++) {
		const struct demo_agent *from = &company->agents[i];

		if (demo_role(run->db, demo->tenant, i == 0 ? "Administrators" : "Agents", &roles[i]) != GOT_ONE)
			return GOT_ERROR;
		demo->agents[i] = (struct agent){
			.account = from->account, .first_name = from->first, .last_name = from->last, .alias = from->first, .title = from->title,
			.bio = "", .phone = "", .locale = "", .time_zone = "", .status = "offline", .max_chats = from->limit,
			.email = arena_printf(run->arena, "%s@%s.example", from->account, company->code), .password = demo->password,
			.roles = { &roles[i], 1 }, .queues = queues_of(demo, i)
		};
		if (agent_create(run->db, run->arena, demo->tenant, &demo->agents[i], run->now) != GOT_ONE)
			return GOT_ERROR;
	}
	return GOT_ONE;
}

static enum got
make_canned(struct demo *demo)
{
	const struct demo_canned *canned;

	for (canned = demo_canned; canned->name != NULL; canned++)
		if (demo_add_canned(demo->run->db, demo->tenant, canned, demo->run->now) != GOT_ONE)
			return GOT_ERROR;
	return GOT_ONE;
}

static enum got
make_choices(struct demo *demo)
{
	struct command_run *run = demo->run;
	const struct demo_company *company = demo->company;
	enum got got = GOT_ONE;
	size_t i;

	for (i = 0; i < DEMO_SKILLS && got == GOT_ONE; i++)
		got = demo_add_skill(run->db, demo->tenant, company->skills[i], demo->agents[1 + i].id, run->now);
	for (i = 0; i < DEMO_AWAY && got == GOT_ONE; i++)
		got = demo_add_away(run->db, demo->tenant, demo_away[i], run->now);
	for (i = 0; i < DEMO_HOLIDAYS && got == GOT_ONE; i++)
		got = demo_add_holiday(run->db, demo->tenant, company->holidays[i].name, company->holidays[i].day, run->now);
	return got;
}

/* A line of a script with the names filled in. */
static const char *
line_text(struct demo *demo, const char *line, const char *visitor, const char *agent)
{
	struct str text;
	const char *at;

	str_init(&text, demo->run->arena);
	for (at = line; *at != '\0'; at++) {
		if (*at == '@')
			str_add(&text, visitor);
		else if (*at == '#')
			str_add(&text, agent);
		else
			str_add_char(&text, *at);
	}
	return text.data;
}

static enum got
say(struct demo *demo, uint64_t conversation, const char *by, const char *name, uint64_t id, const char *text, clock_ms at)
{
	struct message message = { .kind = "text", .author_kind = by, .author_id = id, .author_name = name, .body = text };

	return message_add(demo->run->db, demo->run->arena, demo->tenant, conversation, &message, at);
}

static enum got
tell(struct demo *demo, uint64_t conversation, const char *what, const char *name, const char *reason, clock_ms at)
{
	struct json *details = json_new_object(demo->run->arena);
	struct message event;

	json_set_text(details, "name", name);
	if (reason != NULL)
		json_set_text(details, "reason", reason);
	event = message_event(demo->run->arena, what, details);
	return message_add(demo->run->db, demo->run->arena, demo->tenant, conversation, &event, at);
}

static enum got
make_visitor(struct demo *demo, const char *name, struct conversation *chat, clock_ms at)
{
	struct command_run *run = demo->run;
	const struct demo_page *page = &demo->company->pages[chance(demo, DEMO_PAGES)];
	struct contact contact = { .name = name };
	const char *space = strchr(name, ' ');
	struct str email;

	str_init(&email, run->arena);
	str_add(&email, text_fold(run->arena, arena_text_of(run->arena, name, (size_t)(space - name))));
	str_addf(&email, ".%s@mail.example", text_fold(run->arena, space + 1));
	contact.email = chance(demo, 3) > 0 ? email.data : "";
	if (contact_create(run->db, demo->tenant, &contact, at) != GOT_ONE)
		return GOT_ERROR;
	chat->contact_id = contact.id;
	chat->visitor_name = name;
	chat->visitor_email = contact.email;
	chat->start_url = arena_printf(run->arena, "https://%s.example%s", demo->company->code, page->path);
	chat->start_title = page->title;
	return demo_add_visitor(run->db, demo->tenant, chat, demo_browsers[chance(demo, DEMO_BROWSERS)], at);
}

/* Every third chat is one with somebody who was there before. */
static enum got
choose_visitor(struct demo *demo, struct conversation *chat, clock_ms at)
{
	const char *name;
	const struct conversation *again;

	if (demo->regular_count == DEMO_REGULARS && chance(demo, 3) == 0) {
		again = &demo->regulars[chance(demo, DEMO_REGULARS)];
		chat->contact_id = again->contact_id;
		chat->visitor_id = again->visitor_id;
		chat->visitor_name = again->visitor_name;
		chat->visitor_email = again->visitor_email;
		chat->start_url = again->start_url;
		chat->start_title = again->start_title;
		return GOT_ONE;
	}
	name = arena_printf(demo->run->arena, "%s %s", demo_first_names[chance(demo, DEMO_FIRST_NAMES)],
		demo_last_names[chance(demo, DEMO_LAST_NAMES)]);
	if (make_visitor(demo, name, chat, at) != GOT_ONE)
		return GOT_ERROR;
	if (demo->regular_count == DEMO_REGULARS)
		return GOT_ONE;
	demo->regulars[demo->regular_count++] = *chat;
	return demo_know_contact(demo->run->db, demo->tenant, chat->contact_id, 100 + chance(demo, 900));
}

/* The lines of the script, a few seconds to a minute apart; those of the agent start with '>'. */
static enum got
play(struct demo *demo, struct conversation *chat, const struct agent *agent, const char *const *lines, clock_ms *at)
{
	const char *first = arena_text_of(demo->run->arena, chat->visitor_name, strcspn(chat->visitor_name, " "));
	enum got got = GOT_ONE;

	for (; *lines != NULL && got == GOT_ONE; lines++) {
		bool answers = **lines == '>';
		const char *text = line_text(demo, *lines + answers, first, agent->alias);

		*at += (clock_ms)(4 + chance(demo, 50)) * CLOCK_SECOND;
		got = answers ? say(demo, chat->id, "agent", agent->alias, agent->id, text, *at)
			: say(demo, chat->id, "visitor", chat->visitor_name, chat->visitor_id, text, *at);
	}
	return got;
}

/* Nobody accepted in time: the visitor wrote once and left. */
static enum got
miss(struct demo *demo, struct conversation *chat, const char *line, clock_ms at)
{
	const char *first = arena_text_of(demo->run->arena, chat->visitor_name, strcspn(chat->visitor_name, " "));

	if (say(demo, chat->id, "visitor", chat->visitor_name, chat->visitor_id, line_text(demo, line, first, ""), at) != GOT_ONE)
		return GOT_ERROR;
	chat->close_reason = "abandoned";
	chat->closed_at = at + (clock_ms)(60 + chance(demo, 200)) * CLOCK_SECOND;
	return tell(demo, chat->id, "closed", "", "abandoned", chat->closed_at);
}

static enum got
hold(struct demo *demo, struct conversation *chat, const struct agent *agent, const char *const *lines, clock_ms at)
{
	enum got got;

	if (chance(demo, 14) == 0) {
		chat->refusals = 1;
		if (tell(demo, chat->id, "refused", demo->agents[chance(demo, DEMO_AGENTS)].alias, NULL, at) != GOT_ONE)
			return GOT_ERROR;
	}
	if (say(demo, chat->id, "visitor", chat->visitor_name, chat->visitor_id,
		line_text(demo, lines[0], arena_text_of(demo->run->arena, chat->visitor_name, strcspn(chat->visitor_name, " ")), ""), at)
		!= GOT_ONE)
		return GOT_ERROR;
	chat->agent_id = agent->id;
	chat->accepted_at = at + (clock_ms)(3 + chance(demo, 70)) * CLOCK_SECOND;
	at = chat->accepted_at;
	if (tell(demo, chat->id, "accepted", agent->alias, NULL, at) != GOT_ONE)
		return GOT_ERROR;
	got = play(demo, chat, agent, lines + 1, &at);
	chat->close_reason = chance(demo, 3) == 0 ? "visitor" : "agent";
	chat->closed_at = at + (clock_ms)(5 + chance(demo, 60)) * CLOCK_SECOND;
	if (got != GOT_ONE)
		return got;
	return tell(demo, chat->id, "closed", strcmp(chat->close_reason, "agent") == 0 ? agent->alias : chat->visitor_name,
		chat->close_reason, chat->closed_at);
}

static enum got
make_chat(struct demo *demo, clock_ms at)
{
	struct command_run *run = demo->run;
	const struct demo_script *script = &demo->company->scripts[chance(demo, DEMO_SCRIPTS)];
	struct conversation chat = {
		.kind = "chat", .channel = "web", .state = "waiting", .close_reason = "", .widget_id = demo->widget,
		.queue_id = demo->queues[script->queue]
	};
	enum got got;

	if (choose_visitor(demo, &chat, at) != GOT_ONE || conversation_create(run->db, demo->tenant, &chat, at) != GOT_ONE)
		return GOT_ERROR;
	got = chance(demo, 12) == 0 ? miss(demo, &chat, script->lines[0], at)
		: hold(demo, &chat, &demo->agents[1 + chance(demo, DEMO_AGENTS - 1)], script->lines, at);
	chat.state = "closed";
	return got == GOT_ONE ? conversation_set_state(run->db, demo->tenant, &chat) : got;
}

static enum got
make_company(struct db *db, void *arg)
{
	struct demo *demo = arg;
	struct command_run *run = demo->run;
	struct tenant tenant = { .code = demo->company->code, .name = demo->company->name, .locale = "en",
		.time_zone = demo->company->zone };
	clock_ms span = 60 * CLOCK_DAY;
	uint64_t i;

	if (tenant_create(db, run->arena, &tenant, run->now) != GOT_ONE)
		return GOT_ERROR;
	demo->tenant = tenant_of(&tenant);
	if (wiring_start_tenant(db, run->arena, demo->tenant, run->now) != GOT_ONE
		|| make_people(demo) != GOT_ONE || make_canned(demo) != GOT_ONE
		|| make_choices(demo) != GOT_ONE
		|| demo_use_widget(db, demo->tenant, demo->company, demo->queues[0], &demo->widget) != GOT_ONE)
		return GOT_ERROR;
	for (i = 0; i < demo->chats; i++)
		if (make_chat(demo, run->now - span + (clock_ms)i * (span / (clock_ms)demo->chats)
			- (clock_ms)(3600 + chance(demo, 1800)) * CLOCK_SECOND) != GOT_ONE)
			return GOT_ERROR;
	return GOT_ONE;
}

/* Somebody for the host's panel; one who is there already stays. */
static enum got
make_operator(struct command_run *run, const char *password)
{
	struct operator operator = { .name = "Olga Host", .email = DEMO_OPERATOR, .permissions = "*" }, old = { 0 };
	enum got got = operator_by_email(run->db, run->arena, DEMO_OPERATOR, &old);

	if (got == GOT_ONE)
		command_say(run, DEMO_OPERATOR " exists");
	return got == GOT_NONE ? command_operator_create(run, &operator, password) : got;
}

static int
demo_run(struct command_run *run)
{
	uint64_t chats = 320, i;
	struct tenant old = { 0 };
	const char *password;
	enum got got;

	if (command_value(run, "chats") != NULL && (!text_to_u64(command_value(run, "chats"), &chats) || chats > 100000 || chats == 0))
		return command_fail(run, EXIT_USAGE, "--chats must be a number from 1 to 100000");
	password = command_operator_password(run, DEMO_OPERATOR);
	if (password == NULL)
		return EXIT_FAILED;
	for (i = 0; i < DEMO_COMPANIES; i++) {
		struct demo demo = { .run = run, .password = password, .company = &demo_companies[i], .chance = i + 1, .chats = i == 0 ? chats : chats / 3 + 1 };

		got = tenant_by_code(run->db, run->arena, demo.company->code, &old);
		if (got == GOT_NONE)
			got = db_transaction(run->db, make_company, &demo);
		else if (got == GOT_ONE)
			command_say(run, "%s exists", demo.company->code);
		if (got == GOT_ERROR)
			return command_fail_db(run);
	}
	if (make_operator(run, password) == GOT_ERROR)
		return command_fail_db(run);
	command_say(run, "The demo companies are peak and lumen, and " DEMO_OPERATOR " may do everything in the host's panel; all that were made now have"
		" the password that you gave.");
	return EXIT_SUCCESS;
}
