/* SPDX-License-Identifier: BSD-2-Clause */
/* domain_rules.c - the rules of host names: their form, their proofs, and the calendar of looks. */
#include "rooms/tenant/domain/domain_rules.h"

#include <string.h>

#include "core/text.h"

#define LABEL_MAX 63
#define HOST_MAX 253

/* Letters, digits and inner hyphens (RFC 1123 section 2.1). */
static bool
label_is_sound(const char *label, size_t len)
{
	return len > 0 && len <= LABEL_MAX && strspn(label, "abcdefghijklmnopqrstuvwxyz0123456789-") >= len && label[0] != '-'
		&& label[len - 1] != '-';
}

/* Two labels at least, and the last is no number: addresses are no host names. */
static bool
host_is_sound(const char *host)
{
	size_t labels = 0, len = strlen(host);
	const char *last = host;

	if (len == 0 || len > HOST_MAX)
		return false;
	for (;;) {
		len = strcspn(host, ".");
		if (!label_is_sound(host, len))
			return false;
		labels++;
		last = host;
		if (host[len] == '\0')
			break;
		host += len + 1;
	}
	return labels > 1 && strspn(last, "0123456789") < strlen(last);
}

bool
domain_host(struct arena *arena, const char *text, const char **host)
{
	char *name = text_lower(arena, text_trim(arena, text != NULL ? text : ""));
	size_t len = strlen(name);

	if (len > 0 && name[len - 1] == '.')
		name[len - 1] = '\0';
	*host = name;
	return host_is_sound(name);
}

const char *
domain_dns_name(struct arena *arena, const struct domain *domain)
{
	return arena_printf(arena, "_hark.%s", domain->host);
}

const char *
domain_file_url(struct arena *arena, const struct domain *domain)
{
	return arena_printf(arena, "http://%s/.well-known/hark-%s", domain->host, domain->token);
}

bool
domain_proof_is_good(const char *answer, size_t len, const char *token)
{
	const size_t want = strlen(token);

	while (len > 0 && strchr(" \t\r\n", answer[len - 1]) != NULL && answer[len - 1] != '\0')
		len--;
	while (len > 0 && strchr(" \t\r\n", answer[0]) != NULL && answer[0] != '\0')
		answer++, len--;
	return want > 0 && len == want && memcmp(answer, token, want) == 0;
}

/* Soon at first, when somebody waits for it, and more and more rarely. */
static clock_ms
next_look(const struct domain *domain, clock_ms now)
{
	const clock_ms age = now - domain->created_at;

	if (strcmp(domain->state, "verified") == 0)
		return now + (domain->lost_at != 0 ? 6 * CLOCK_HOUR : CLOCK_DAY);
	if (age < CLOCK_HOUR)
		return now + 5 * CLOCK_MINUTE;
	if (age < CLOCK_DAY)
		return now + 30 * CLOCK_MINUTE;
	return age < DOMAIN_CLAIM_FOR ? now + 6 * CLOCK_HOUR : 0;
}

void
domain_looked(struct domain *domain, const char *proof, const char *problem, clock_ms now)
{
	const bool was_verified = strcmp(domain->state, "verified") == 0;

	domain->checked_at = now;
	domain->problem = problem;
	if (proof[0] != '\0') {
		domain->state = "verified";
		domain->proof = proof;
		domain->lost_at = 0;
		if (!was_verified)
			domain->verified_at = now;
	} else if (was_verified && domain->lost_at == 0) {
		domain->lost_at = now;
	} else if (was_verified && now - domain->lost_at >= DOMAIN_LOST_FOR) {
		domain->state = "pending";
		domain->proof = "";
		domain->verified_at = domain->lost_at = 0;
	}
	domain->check_at = next_look(domain, now);
}
