/* SPDX-License-Identifier: BSD-2-Clause */
/* factor_rules.c - of which agents a second factor is asked. */
#include "rooms/people/factor/factor.h"

struct factor
agent_factor_of(const struct agent_factor *row)
{
	return (struct factor){
		.is_asked = row->two_factor || row->roles > 0,
		.is_required = row->roles > 0 || (row->two_factor && !row->two_factor_own),
		.sealed = row->totp_sealed,
		.codes = row->codes
	};
}
