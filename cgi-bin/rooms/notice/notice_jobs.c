/* SPDX-License-Identifier: BSD-2-Clause */
/* notice_jobs.c - writing the mails that were ordered, and handing them to a mail server. */
#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/json.h"
#include "edge/locale_date.h"
#include "edge/net_smtp.h"
#include "rooms/notice/notice_rules.h"
#include "rooms/notice/notice_store.h"
#include "rooms/notice/notice_text.h"
#include "rooms/text/text.h"

#define NOTICE_KEPT (30 * CLOCK_DAY)

static job_function mail_send, mail_give_up, notice_sweep;

const struct job_kind notice_jobs[] = {
	{ .kind = "mail.send", .run = mail_send, .lease = 5 * CLOCK_MINUTE, .given_up = mail_give_up },
	{ .kind = "notice.sweep", .run = notice_sweep, .lease = CLOCK_MINUTE, .every = CLOCK_HOUR },
	{ .kind = NULL }
};

/* A mail on its way, and what belongs to it. */
struct post {
	struct job_run *run;
	struct notice_row notice;
	struct tenant tenant;
	struct brand brand;
	struct mail_settings settings;
	const char *company;             /* its name, as it shows itself */
	const char *address;             /* of the company: https://… */
	struct mail mail;
};

static enum got
post_load(struct post *post)
{
	struct job_run *run = post->run;
	enum got got = notice_by_id(run->db, run->arena, run->tenant, run->subject, &post->notice);

	if (got == GOT_ONE)
		got = tenant_by_id(run->db, run->arena, run->tenant, &post->tenant);
	if (got == GOT_ONE)
		got = brand_load(run->db, run->arena, run->keys, run->tenant, &post->brand);
	if (got == GOT_ONE)
		got = resource_single_load(run->db, run->arena, run->keys, run->tenant, &mail_resource, &post->settings);
	if (got == GOT_ONE)
		got = tenant_address(run->db, run->arena, run->conf, run->tenant, &post->address);
	post->company = text_is_blank(post->brand.display_name) ? post->tenant.name : post->brand.display_name;
	return got;
}

struct values {
	struct arena *arena;
	struct locale_value *list;
	size_t count;
};

static bool
value_add(void *arg, const char *name, struct json *value)
{
	struct values *values = arg;

	CHECK(values->count < NOTICE_VALUES_MAX);
	values->list[values->count++] = (struct locale_value){ arena_text(values->arena, name), json_value_text(value) };
	return true;
}

/* The sealed values and those that every mail has; NULL when the seal does not open. */
static struct locale_value *
post_values(const struct post *post)
{
	struct job_run *run = post->run;
	struct values values = { run->arena, ARENA_ARRAY(run->arena, struct locale_value, NOTICE_VALUES_MAX + 4), 0 };
	const char *text = crypt_unseal(run->arena, run->keys, notice_place(run->arena, run->tenant, post->notice.to_address),
		post->notice.sealed);
	const char *problem;
	struct json *json = text != NULL ? json_parse(run->arena, text, strlen(text), &problem) : NULL;

	if (json == NULL)
		return NULL;
	json_each(json, value_add, &values);
	values.list[values.count++] = (struct locale_value){ "name", post->notice.to_name };
	values.list[values.count++] = (struct locale_value){ "company", post->company };
	values.list[values.count++] = (struct locale_value){ "address", post->address };
	return values.list;
}

/* {time} and {until} as people write moments. An order of an older version has them in words already. */
static const char *
value_say(struct arena *arena, const struct locale_value *value)
{
	clock_ms moment;

	if ((strcmp(value->name, "time") != 0 && strcmp(value->name, "until") != 0) || !clock_from_iso(value->value, &moment))
		return value->value;
	return locale_moment_zone(arena, moment);
}

static void
moments_say(const struct post *post, struct locale_value *values)
{
	struct arena *arena = post->run->arena;
	const char *zone = arena_text(arena, clock_zone());

	clock_use_zone(post->tenant.time_zone);
	for (; values->name != NULL; values++)
		values->value = value_say(arena, values);
	clock_use_zone(zone);
}

/* In the reader's language and the company's time zone. False: its template or its values are lost. */
static bool
post_write(struct post *post)
{
	struct job_run *run = post->run;
	const struct notice_template *template = notice_template_named(post->notice.template);
	struct locale_value *values;

	if (template == NULL || (values = post_values(post)) == NULL)
		return false;
	text_speak_for(run->db, run->arena, &post->tenant, post->notice.locale);
	moments_say(post, values);
	notice_write(run->arena, template, values, &post->mail.subject, &post->mail.text);
	locale_use("en");
	return true;
}

static void
post_address(struct post *post)
{
	const struct mail_settings *settings = &post->settings;
	const char *domain = strrchr(post->run->conf->mail_from, '@') + 1;
	bool is_own = !text_is_blank(settings->server);

	post->mail.from.name = text_is_blank(settings->sender_name) ? post->company : settings->sender_name;
	post->mail.from.address = is_own ? settings->sender_address : post->run->conf->mail_from;
	post->mail.to = (struct mail_address){ post->notice.to_name, post->notice.to_address };
	post->mail.reply_to = is_own ? "" : settings->sender_address;
	post->mail.id = arena_printf(post->run->arena, "%llu.%llu.%lld@%s", (unsigned long long)post->run->tenant.id,
		(unsigned long long)post->notice.id, (long long)post->notice.created_at, domain);
	post->mail.date = post->notice.created_at;
}

static enum net_smtp_outcome
post_send(struct post *post, struct net_smtp_answer *answer)
{
	struct job_run *run = post->run;
	struct net_smtp_server server;
	struct net_smtp_mail mail;
	struct str bytes;

	if (!notice_server(run->arena, run->conf, &post->settings, &server)) {
		answer->words = "The password of the mail server cannot be read.";
		return NET_SMTP_LATER;
	}
	str_init(&bytes, run->arena);
	if (!mail_compose(run->arena, &post->mail, &bytes)) {
		answer->words = "The sender has no valid address.";
		return NET_SMTP_REFUSED;
	}
	mail = (struct net_smtp_mail){ post->mail.from.address, post->mail.to.address, bytes.data, bytes.len };
	return net_smtp_send(run->arena, &server, &mail, answer);
}

static enum got
post_end(const struct post *post, const char *state, const char *problem)
{
	struct job_run *run = post->run;

	if (*problem != '\0')
		log_warning("mail", "tenant %llu notice %llu is %s: %s", (unsigned long long)run->tenant.id,
			(unsigned long long)post->notice.id, state, problem);
	return notice_end(run->db, run->tenant, post->notice.id, state, problem) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

static enum got
post_later(const struct post *post, const char *words)
{
	struct job_run *run = post->run;

	run->problem = words;
	if (notice_try(run->db, run->tenant, post->notice.id, words) == GOT_ERROR)
		run->problem = "the database failed";
	return GOT_ERROR;
}

/* When it dies between the server's yes and the note of it, the mail goes twice, with the same Message-ID. */
static enum got
mail_send(struct job_run *run)
{
	struct post post = { .run = run };
	struct net_smtp_answer answer = { 0, "" };
	enum net_smtp_outcome outcome;
	enum got got = post_load(&post);

	if (got != GOT_ONE || !text_equal(post.notice.state, "waiting")) {
		run->problem = "the database failed";
		return got == GOT_ERROR ? GOT_ERROR : GOT_ONE;
	}
	if (post.notice.expires_at > 0 && post.notice.expires_at <= run->now)
		return post_end(&post, "expired", "");
	if (!post_write(&post))
		return post_end(&post, "failed", "What the mail should say is lost.");
	post_address(&post);
	outcome = post_send(&post, &answer);
	if (outcome == NET_SMTP_LATER)
		return post_later(&post, answer.words);
	return post_end(&post, outcome == NET_SMTP_SENT ? "sent" : "refused", answer.words);
}

/* It is told where the company sees its mails. */
static enum got
mail_give_up(struct job_run *run)
{
	return notice_end(run->db, run->tenant, run->subject, "failed", run->problem);
}

static enum got
notice_sweep(struct job_run *run)
{
	struct sweep sweep = sweep_begin(run);

	notice_sweep_store(&sweep, run->now - NOTICE_KEPT);
	return sweep_end(&sweep, run, "The mails of last month could not be swept.");
}
