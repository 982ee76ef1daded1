/* SPDX-License-Identifier: BSD-2-Clause */
/* domain.c - claiming host names, proving them, and giving them up. */
#include "rooms/tenant/domain/domain_store.h"

#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "edge/crypt.h"
#include "edge/dns.h"
#include "edge/net.h"
#include "rooms/tenant/domain/domain_rules.h"
#include "web/audit.h"

#define FILE_MOST 1024           /* bytes of a proof file that are read */
#define FIRST_LOOK CLOCK_MINUTE  /* after a claim: somebody may have the record there already */

/* A change of one host name, with its audit entry. */
struct change {
	struct req *r;
	struct domain *domain;
	const char *action;
	enum got (*apply)(struct db *db, tenant_id tenant, struct domain *domain);
};

static enum got
audit(struct req *r, const char *action, const struct domain *domain)
{
	struct json *object = json_new_object(r->arena), *pair = json_new_array(r->arena);
	struct audit_entry entry = { .action = action, .noun = "domain", .noun_id = domain->id,
		.noun_name = domain->host };

	json_add_text(pair, strcmp(action, "domain.add") == 0 ? "" : domain->state);
	json_add_text(pair, strcmp(action, "domain.remove") == 0 ? "" : domain->state);
	json_set(object, "state", pair);
	entry.difference = json_text(r->arena, object);
	return audit_write(r, &entry);
}

static enum got
change_work(struct db *db, void *arg)
{
	struct change *change = arg;
	enum got got = change->apply(db, change->r->tenant, change->domain);

	return got == GOT_ONE ? audit(change->r, change->action, change->domain) : got;
}

/* May the tenant claim it? GOT_NONE and a problem: no. */
static enum got
check_claim(struct req *r, struct form *form, const char *host)
{
	struct domain owner = { .id = 0 };
	uint64_t count = 0;
	enum got got;

	if (text_is_host_of(host, r->site->conf->base_url)) {
		form_problem(r, form, "host", N_("is the address of the service itself"), NULL);
		return GOT_NONE;
	}
	got = domain_owner(r->db, r->arena, host, &owner);
	if (got == GOT_ERROR || domain_count(r->db, r->tenant, &count) == GOT_ERROR)
		return GOT_ERROR;
	if (got == GOT_ONE && owner.tenant_id != r->tenant.id)
		form_problem(r, form, "host", N_("belongs to another company"), NULL);
	else if (count >= DOMAIN_MOST)
		form_problem(r, form, "host", N_("would be too many: a company has at most %s"), "50");
	return form_is_good(form) ? GOT_ONE : GOT_NONE;
}

static void
domain_new(struct req *r, const char *host, struct domain *domain)
{
	*domain = (struct domain){ .tenant_id = r->tenant.id, .host = host, .state = "pending", .proof = "", .problem = "",
		.token = crypt_token(r->arena), .check_at = r->now + FIRST_LOOK, .created_at = r->now };
}

/* The row of the host name, made when the tenant has none yet; `anyway`: although another tenant has it. */
static enum got
claim(struct req *r, struct form *form, const char *text, bool anyway, struct domain *domain)
{
	struct change change = { .r = r, .domain = domain, .action = "domain.add", .apply = domain_insert };
	const char *host;
	enum got got;

	if (!domain_host(r->arena, text, &host)) {
		form_problem(r, form, "host", N_("must be a host name such as %s"), "help.example.com");
		return GOT_NONE;
	}
	got = domain_by_host(r->db, r->arena, r->tenant, host, domain);
	if (got != GOT_NONE)
		return got;
	got = anyway ? GOT_ONE : check_claim(r, form, host);
	if (got != GOT_ONE)
		return got;
	domain_new(r, host, domain);
	got = db_transaction(r->db, change_work, &change);
	/* Added a moment ago by somebody else. */
	return got == GOT_NONE ? domain_by_host(r->db, r->arena, r->tenant, host, domain) : got;
}

enum got
domain_add(struct req *r, struct form *form, const char *text, struct domain *domain)
{
	return claim(r, form, text, false, domain);
}

enum got
domain_claim(struct req *r, struct form *form, const char *text, struct domain *domain)
{
	return claim(r, form, text, true, domain);
}

enum got
domain_order_check(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, clock_ms now)
{
	const struct job_order order = { .tenant = tenant, .kind = "domain.check", .subject = id, .due_at = now,
		.once = arena_printf(arena, "domain.check.%llu", (unsigned long long)id) };

	return job_add(db, &order, now);
}

struct soon {
	struct req *r;
	const struct domain *domain;
};

static enum got
soon_work(struct db *db, void *arg)
{
	const struct soon *soon = arg;
	struct req *r = soon->r;
	enum got got = domain_set_due(db, r->tenant, soon->domain->id, r->now);

	return got == GOT_ONE && domain_order_check(db, r->arena, r->tenant, soon->domain->id, r->now) == GOT_ERROR ? GOT_ERROR : got;
}

enum got
domain_check_soon(struct req *r, struct form *form, const struct domain *domain)
{
	struct soon soon = { r, domain };
	enum got got = db_transaction(r->db, soon_work, &soon);

	if (got == GOT_NONE)
		form_problem(r, form, "", N_("This host name is verified by the word of who runs the service: no proof is looked for."), NULL);
	return got;
}

static enum got
apply_erase(struct db *db, tenant_id tenant, struct domain *domain)
{
	return domain_erase(db, tenant, domain->id);
}

enum got
domain_remove(struct req *r, const struct domain *domain)
{
	struct domain copy = *domain;
	struct change change = { .r = r, .domain = &copy, .action = "domain.remove", .apply = apply_erase };

	return db_transaction(r->db, change_work, &change);
}

/* The operator's word, with the row of whoever had the host before. */
struct force {
	struct req *r;
	struct domain *domain;
	struct domain owner;
};

/* In the log of the tenant that loses it. */
static enum got
take_away(struct req *r, const struct domain *owner)
{
	const tenant_id before = r->tenant;
	enum got got;

	r->tenant = (tenant_id){ owner->tenant_id };
	got = domain_erase(r->db, r->tenant, owner->id);
	if (got == GOT_ONE)
		got = audit(r, "domain.remove", owner);
	r->tenant = before;
	return got;
}

static enum got
force_work(struct db *db, void *arg)
{
	struct force *force = arg;
	struct req *r = force->r;
	enum got got;

	if (force->owner.id != 0 && force->owner.tenant_id != r->tenant.id && take_away(r, &force->owner) != GOT_ONE)
		return GOT_ERROR;
	got = domain_update(db, r->tenant, force->domain);
	return got == GOT_ONE ? audit(r, "domain.verify", force->domain) : got;
}

enum got
domain_force(struct req *r, struct form *form, struct domain *domain, bool take)
{
	struct force force = { .r = r, .domain = domain };
	enum got got = domain_owner(r->db, r->arena, domain->host, &force.owner);

	if (got == GOT_ERROR)
		return got;
	if (got == GOT_ONE && force.owner.tenant_id != r->tenant.id && !take) {
		form_problem(r, form, "host", N_("belongs to another company"), NULL);
		return GOT_NONE;
	}
	domain->state = "verified";
	domain->proof = "host";
	domain->problem = "";
	domain->verified_at = r->now;
	domain->check_at = domain->lost_at = 0;
	got = db_transaction(r->db, force_work, &force);
	if (got == GOT_NONE)
		form_problem(r, form, "host", N_("belongs to another company"), NULL);
	return got;
}

/* ---- looking at the proof ---- */

static bool
dns_proves(const struct domain_look *look, const struct domain *domain, const char **problem)
{
	struct dns_texts texts;
	size_t i;
	enum got got = dns_texts(look->arena, look->conf->dns_server, domain_dns_name(look->arena, domain), &texts);

	for (i = 0; got == GOT_ONE && i < texts.count; i++)
		if (domain_proof_is_good(texts.texts[i], strlen(texts.texts[i]), domain->token))
			return true;
	*problem = got == GOT_ERROR ? N_("The name servers do not answer, and the file is not there.")
		: got == GOT_NONE ? N_("Neither the DNS record nor the file is there yet.")
		: N_("The DNS record holds another value, and the file is not there.");
	return false;
}

static bool
file_proves(const struct domain_look *look, const struct domain *domain)
{
	const struct net_request request = { .url = domain_file_url(look->arena, domain), .proxy = look->conf->outgoing_proxy,
		.most = FILE_MOST };
	struct net_answer answer;

	if (net_send(look->arena, &request, &answer) != GOT_ONE) {
		log_info("domain", "%s: %s", domain->host, answer.problem);
		return false;
	}
	return answer.status == 200 && domain_proof_is_good(answer.body, answer.len, domain->token);
}

/* The outcome of a look, and the row as it was when the look began. */
struct outcome {
	const struct domain_look *look;
	struct domain *domain;
	struct domain was;
	bool is_double;              /* another tenant has the host verified */
};

static enum got
outcome_work(struct db *db, void *arg)
{
	struct outcome *outcome = arg;
	const struct domain *domain = outcome->domain;
	struct req r = { .arena = outcome->look->arena, .db = db, .now = outcome->look->now, .tenant = { domain->tenant_id },
		.actor = { .kind = ACTOR_SYSTEM, .name = "hark-jobs" } };
	enum got got = domain_set_looked(db, &outcome->was, domain);

	outcome->is_double = got == GOT_ERROR && db_is_duplicate(db);
	if (got != GOT_ONE || strcmp(outcome->was.state, domain->state) == 0)
		return outcome->is_double ? GOT_NONE : got;
	return audit(&r, strcmp(domain->state, "verified") == 0 ? "domain.verify" : "domain.lose", domain);
}

enum got
domain_check(const struct domain_look *look, struct domain *domain)
{
	struct outcome outcome = { .look = look, .domain = domain, .was = *domain };
	const char *proof = "", *problem = "";
	enum got got;

	if (strcmp(domain->proof, "host") == 0)
		return GOT_ONE;
	if (dns_proves(look, domain, &problem))
		proof = "dns";
	else if (file_proves(look, domain))
		proof = "file";
	domain_looked(domain, proof, proof[0] != '\0' ? "" : problem, look->now);
	got = db_transaction(look->db, outcome_work, &outcome);
	if (outcome.is_double) {
		/* Proved, but another tenant has it: it stays a claim, until the other's proof is gone. */
		*domain = outcome.was;
		domain_looked(domain, "", N_("The proof is right, but the host name belongs to another company."), look->now);
		got = db_transaction(look->db, outcome_work, &outcome);
	}
	return got == GOT_NONE ? domain_by_id(look->db, look->arena, (tenant_id){ outcome.was.tenant_id }, outcome.was.id, domain) : got;
}
