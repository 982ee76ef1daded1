/* SPDX-License-Identifier: BSD-2-Clause */
/* usage.c - days of UTC, bringing a tenant's figures up to date, and how they are written for billing. */
#include "rooms/tenant/usage/usage_store.h"

#include <string.h>
#include <time.h>

#include "core/csv.h"
#include "core/text.h"
#include "edge/locale_date.h"

#define CATCH_UP 40              /* days that are counted after a long rest of the jobs */

clock_ms
usage_day_of(clock_ms moment)
{
	return moment - moment % CLOCK_DAY;
}

clock_ms
usage_month(clock_ms moment)
{
	time_t seconds = (time_t)(moment / CLOCK_SECOND);
	struct tm parts;

	if (gmtime_r(&seconds, &parts) == NULL)
		return usage_day_of(moment);
	return usage_day_of(moment) - (parts.tm_mday - 1) * CLOCK_DAY;
}

bool
usage_day(const char *text, clock_ms *day)
{
	char whole[] = "0000-00-00T00:00:00Z";

	if (text == NULL || strlen(text) != 10)
		return false;
	memcpy(whole, text, 10);
	return clock_from_iso(whole, day);
}

static void
day_read(struct req *r, struct form *form, const char *name, const char *text, clock_ms *day)
{
	if (!text_is_blank(text) && !usage_day(text, day))
		form_problem(r, form, name, N_("must be a day such as %s"), "2026-11-20");
}

bool
usage_span_read(struct req *r, struct form *form, const struct usage_asked *asked, struct usage_span *span)
{
	const clock_ms today = usage_day_of(r->now);
	clock_ms last = today;

	span->from = today - (USAGE_DAYS_PRESET - 1) * CLOCK_DAY;
	day_read(r, form, "to", asked->to, &last);
	if (last < span->from)
		span->from = last;
	day_read(r, form, "from", asked->from, &span->from);
	span->to = last + CLOCK_DAY;
	if (form_is_good(form) && span->from >= span->to)
		form_problem(r, form, "from", N_("must not be after the last day"), NULL);
	if (form_is_good(form) && span->to - span->from > USAGE_DAYS_MOST * CLOCK_DAY)
		form_problem(r, form, "from", N_("must be at most %s days before the last day"),
			arena_printf(r->arena, "%d", USAGE_DAYS_MOST));
	return form_is_good(form);
}

const char *
usage_day_text(struct arena *arena, clock_ms day)
{
	return arena_text_of(arena, clock_iso(arena, day), 10);
}

void
usage_day_show(const struct req *r, struct page_node *node, const char *name, clock_ms day)
{
	page_set(node, name, locale_day(r->arena, day / CLOCK_DAY));
	page_set(node, arena_printf(r->arena, "%sIso", name), usage_day_text(r->arena, day));
}

/* From the day of the last roll-up, which may not have been over then, to today. */
enum got
usage_roll(struct db *db, tenant_id tenant, clock_ms now)
{
	const clock_ms today = usage_day_of(now);
	clock_ms day = 0;
	enum got got = usage_rolled_at(db, tenant, &day);

	if (got != GOT_ONE)
		return got;
	day = usage_day_of(day);
	if (day < today - CATCH_UP * CLOCK_DAY)
		day = today - CATCH_UP * CLOCK_DAY;
	for (; day <= today; day += CLOCK_DAY)
		if (usage_set_day(db, tenant, day, day == today) == GOT_ERROR)
			return GOT_ERROR;
	return usage_set_rolled(db, tenant, now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

const char *
usage_csv_head(void)
{
	return "tenant,external_id,day,messages,chats,agents,peak_chats,storage_bytes,ai_tokens,sign_ins";
}

const char *
usage_csv_row(struct arena *arena, const struct tenant_usage *usage)
{
	const uint64_t figures[] = { usage->messages, usage->chats, usage->agents, usage->peak_chats, usage->storage_bytes,
		usage->ai_tokens, usage->sign_ins };
	struct str out;
	size_t i;

	str_init(&out, arena);
	csv_cell(&out, usage->code, false);
	csv_cell(&out, usage->external_id != NULL ? usage->external_id : "", false);
	str_addf(&out, ",%s", usage_day_text(arena, usage->day));
	for (i = 0; i < COUNT_OF(figures); i++)
		str_addf(&out, ",%llu", (unsigned long long)figures[i]);
	return out.data;
}
