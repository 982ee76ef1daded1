/* SPDX-License-Identifier: BSD-2-Clause */
/* brand_rules.h - one colour of a company becomes the colours of the pages, light and dark, each of which can be read. */
#ifndef HARK_ROOMS_TENANT_BRAND_RULES_H
#define HARK_ROOMS_TENANT_BRAND_RULES_H

#include <stdbool.h>

#include "core/arena.h"

/* The style sheet that replaces the brand colours of static/css/tokens.css. */
const char *brand_css(struct arena *arena, const char *colour);

/* Can text in this colour be read on white? If not, *shade is what the pages use for text instead. */
bool brand_is_readable(struct arena *arena, const char *colour, const char **shade);

#endif
