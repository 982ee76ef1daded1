/* SPDX-License-Identifier: BSD-2-Clause */
/* command_domain.c - hark tenant domain: the host names of companies. */
#include "programs/command.h"

#include "core/text.h"
#include "rooms/tenant/tenant.h"

static command_function add_run, list_run, verify_run, remove_run;

#define TENANT_OPTION { "tenant", "CODE", "The code of the company.", true }
#define HOST_OPTION { "host", "HOST", "The host name.", true }

const struct command domain_commands[] = {
	{ "tenant", "domain add", "Adds a host name to a company and says how to prove it.", add_run, COMMAND_SITE, {
		TENANT_OPTION, HOST_OPTION,
		{ "force", NULL, "It is proved by your word, and taken from another company that has it.", false } } },
	{ "tenant", "domain list", "Lists the host names of a company.", list_run, 0, { TENANT_OPTION } },
	{ "tenant", "domain verify", "Looks at the proof of a host name now.", verify_run, COMMAND_SITE, {
		TENANT_OPTION, HOST_OPTION,
		{ "force", NULL, "It is proved by your word, and taken from another company that has it.", false } } },
	{ "tenant", "domain remove", "Removes a host name from a company.", remove_run, COMMAND_SITE, { TENANT_OPTION, HOST_OPTION } },
	{ .noun = NULL }
};

static int
answer(struct command_run *run, const char *result, const struct domain *domain)
{
	json_set_text(run->answer, "result", result);
	json_set(run->answer, "domain", domain_json(run->arena, domain));
	command_say(run, "%s: %s, %s", result, domain->host, domain->state);
	return EXIT_SUCCESS;
}

/* The request of the tenant and its row of --host; NULL after a complaint. */
static struct req *
find(struct command_run *run, struct domain *domain, int *code)
{
	struct req *r = command_request(run, code);
	const char *host;
	enum got got;

	if (r == NULL)
		return NULL;
	domain_host(run->arena, command_value(run, "host"), &host);
	got = domain_by_host(run->db, run->arena, r->tenant, host, domain);
	if (got == GOT_ONE)
		return r;
	*code = got == GOT_ERROR ? command_fail_db(run) : command_fail(run, EXIT_FAILED, "the company has no host name “%s”", host);
	return NULL;
}

static int
force(struct command_run *run, struct req *r, const char *result, struct domain *domain)
{
	struct form form;
	enum got got;

	form_init(&form, domain_fields);
	got = domain_force(r, &form, domain, true);
	return got == GOT_ONE ? answer(run, result, domain) : command_fail_got(run, got, &form);
}

static int
add_run(struct command_run *run)
{
	struct domain domain = { .id = 0 };
	struct form form;
	struct req *r;
	enum got got;
	int code = EXIT_FAILED;

	r = command_request(run, &code);
	if (r == NULL)
		return code;
	form_init(&form, domain_fields);
	got = command_is_on(run, "force") ? domain_claim(r, &form, command_value(run, "host"), &domain)
		: domain_add(r, &form, command_value(run, "host"), &domain);
	if (got != GOT_ONE)
		return command_fail_got(run, got, &form);
	if (command_is_on(run, "force"))
		return force(run, r, "added", &domain);
	answer(run, "added", &domain);
	if (!text_equal(domain.state, "verified"))
		command_say(run, "A DNS record of the type TXT for %s with the value %s,\nor a file %s with the content %s, proves it.",
			domain_dns_name(run->arena, &domain), domain.token, domain_file_url(run->arena, &domain), domain.token);
	return EXIT_SUCCESS;
}

static int
list_run(struct command_run *run)
{
	struct json *list = json_new_array(run->arena);
	struct tenant tenant = { .id = 0 };
	struct db_rows rows = { 0 };
	const struct domain *domain;
	size_t i;
	int code = EXIT_FAILED;

	if (!command_tenant(run, &tenant, &code))
		return code;
	if (domain_all(run->db, run->arena, tenant_of(&tenant), &rows) == GOT_ERROR)
		return command_fail_db(run);
	for (i = 0, domain = rows.rows; i < rows.count; i++, domain++) {
		json_add(list, domain_json(run->arena, domain));
		command_say(run, "%-40s %-10s %-6s %s", domain->host, domain->state, domain->proof, domain->problem);
	}
	json_set(run->answer, "domains", list);
	return EXIT_SUCCESS;
}

static int
verify_run(struct command_run *run)
{
	const struct domain_look look = { .db = run->db, .arena = run->arena, .conf = run->conf, .now = run->now };
	struct domain domain = { .id = 0 };
	struct req *r;
	int code = EXIT_FAILED;

	r = find(run, &domain, &code);
	if (r == NULL)
		return code;
	if (command_is_on(run, "force"))
		return force(run, r, "verified", &domain);
	if (domain_check(&look, &domain) == GOT_ERROR)
		return command_fail_db(run);
	if (text_equal(domain.state, "verified") && domain.lost_at == 0)
		return answer(run, "verified", &domain);
	json_set(run->answer, "domain", domain_json(run->arena, &domain));
	return command_fail(run, EXIT_FAILED, "%s: %s", domain.host, domain.problem);
}

static int
remove_run(struct command_run *run)
{
	struct domain domain = { .id = 0 };
	struct req *r;
	enum got got;
	int code = EXIT_FAILED;

	r = find(run, &domain, &code);
	if (r == NULL)
		return code;
	got = domain_remove(r, &domain);
	if (got != GOT_ONE)
		return got == GOT_ERROR ? command_fail_db(run) : command_fail(run, EXIT_FAILED, "it is not there any more");
	return answer(run, "removed", &domain);
}
