/* SPDX-License-Identifier: BSD-2-Clause */
/* zone.c - time zones as people read them: "America/Argentina/Buenos_Aires" is "Argentina, Buenos Aires" below America. */
#include "web/zone.h"

#include <string.h>

#include "core/field.h"
#include "core/text.h"
#include "edge/locale.h"

static const struct field_choice regions[] = {
	{ "Africa/", N_("Africa") }, { "America/", N_("America") }, { "Antarctica/", N_("Antarctica") }, { "Arctic/", N_("Arctic") },
	{ "Asia/", N_("Asia") }, { "Atlantic/", N_("Atlantic") }, { "Australia/", N_("Australia") }, { "Europe/", N_("Europe") },
	{ "Indian/", N_("Indian Ocean") }, { "Pacific/", N_("Pacific") }, { "", N_("Others") }, { NULL, NULL }
};

static const struct field_choice *
region_of(const char *zone)
{
	const struct field_choice *region = regions;

	while (!text_starts_with(zone, region->value))
		region++;
	return region;
}

static const char *
place_of(struct req *r, const char *zone, const struct field_choice *region)
{
	struct str place;

	str_init(&place, r->arena);
	for (zone += strlen(region->value); *zone != '\0'; zone++)
		if (*zone == '/')
			str_add(&place, ", ");
		else
			str_add_char(&place, *zone == '_' ? ' ' : *zone);
	return place.data;
}

static void
zone_add(struct req *r, struct page_node *group, const char *zone, const char *chosen)
{
	struct page_node *item = page_add(group, "Items");

	page_set(item, "Value", zone);
	page_set(item, "Label", place_of(r, zone, region_of(zone)));
	page_set_bool(item, "Chosen", text_equal(zone, chosen));
}

void
zone_show(struct req *r, const char *chosen)
{
	const char *const *zones = clock_zones(r->arena), *const *at;
	const struct field_choice *region;
	struct page_node *group;
	bool found = text_is_blank(chosen);

	for (region = regions; region->value != NULL; region++) {
		group = page_add(r->page, "Zones");
		page_set(group, "Label", locale_text(region->label));
		for (at = zones; *at != NULL; at++) {
			if (region_of(*at) != region)
				continue;
			zone_add(r, group, *at, chosen);
			found = found || text_equal(*at, chosen);
		}
		if (region->value[0] == '\0' && !found)
			zone_add(r, group, chosen, chosen);
	}
}
