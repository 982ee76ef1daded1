/* SPDX-License-Identifier: BSD-2-Clause */
/* company_chart.c - the last days of a tenant as bars of an SVG picture, made here because templates do not count. */
#include "rooms/host/company/company_chart.h"

#include <string.h>

#define CHART_HEIGHT 96      /* of the highest bar, in units of the picture */
#define BAR_STEP 20          /* from one bar to the next */
#define BAR_WIDTH 14

static uint64_t
highest(const struct db_rows *days)
{
	const struct tenant_usage *day = days->rows;
	uint64_t most = 0;
	size_t i;

	for (i = 0; i < days->count; i++)
		if (day[i].messages > most)
			most = day[i].messages;
	return most;
}

/* A day without a row was not used: its bar is missing. A day with a little has a bar that can be seen. */
static void
show_bar(struct req *r, const struct tenant_usage *day, clock_ms from, uint64_t most)
{
	struct page_node *bar = page_add(r->page, "Chart.Bars");
	uint64_t height = most > 0 ? day->messages * CHART_HEIGHT / most : 0;

	if (height == 0 && day->messages > 0)
		height = 1;
	page_set_u64(bar, "X", (uint64_t)((day->day - from) / CLOCK_DAY) * BAR_STEP);
	page_set_u64(bar, "Y", CHART_HEIGHT - height);
	page_set_u64(bar, "Width", BAR_WIDTH);
	page_set_u64(bar, "Height", height);
	usage_day_show(r, bar, "Day", day->day);
	page_set_u64(bar, "Messages", day->messages);
}

static void
show_figures(struct req *r, const struct tenant_usage *day)
{
	struct page_node *row = page_add(r->page, "Usage");

	usage_day_show(r, row, "Day", day->day);
	page_set_u64(row, "Messages", day->messages);
	page_set_u64(row, "Chats", day->chats);
	page_set_u64(row, "Agents", day->agents);
	page_set_u64(row, "PeakChats", day->peak_chats);
	page_set(row, "Storage", company_bytes(r->arena, day->storage_bytes));
	page_set_u64(row, "AiTokens", day->ai_tokens);
	page_set_u64(row, "SignIns", day->sign_ins);
}

enum got
company_chart_show(struct req *r, tenant_id tenant)
{
	const clock_ms today = r->now - r->now % CLOCK_DAY;
	const struct usage_span span = {
		.tenant = tenant, .from = today - (COMPANY_CHART_DAYS - 1) * CLOCK_DAY, .to = today + CLOCK_DAY
	};
	struct db_rows days = { 0 };
	const struct tenant_usage *day;
	size_t i;

	if (usage_days(r->db, r->arena, &span, &days) == GOT_ERROR)
		return GOT_ERROR;
	page_set_u64(r->page, "Chart.Width", COMPANY_CHART_DAYS * BAR_STEP);
	page_set_u64(r->page, "Chart.Height", CHART_HEIGHT);
	page_set_u64(r->page, "Chart.Most", highest(&days));
	usage_day_show(r, r->page, "Chart.From", span.from);
	usage_day_show(r, r->page, "Chart.To", today);
	for (i = 0, day = days.rows; i < days.count; i++)
		show_bar(r, &day[i], span.from, highest(&days));
	for (i = days.count; i > 0; i--)
		show_figures(r, &day[i - 1]);
	return GOT_ONE;
}
