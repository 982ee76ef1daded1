/* SPDX-License-Identifier: BSD-2-Clause */
/* page_floor.c - a bare FastCGI program that answers with the same pages as /admin/canned, /admin/agents and /sign-in: session look-up,
 * what must be asked of the database, the same templates, parsed once.
 * usage: page_floor SOCKET WORKERS DATABASE-SOCKET DATABASE TEMPLATES MENU */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "page.h"

/* The company's looks and its limit of agents come with it, since every page or this one shows them. */
#define IDENTITY_SQL "SELECT s.seen_at, t.id AS tenant_id, t.name AS tenant_name, a.first_name, a.last_name, a.alias, a.id AS agent_id," \
	" t.locale AS tenant_locale, t.time_zone AS tenant_zone, a.locale, a.time_zone, p.agents, b.value AS brand, v.value AS security," \
	" r.permissions FROM session s" \
	" JOIN tenant t ON t.id = s.tenant_id AND t.state = 'active' JOIN plan p ON p.id = t.plan_id" \
	" JOIN agent a ON a.tenant_id = s.tenant_id AND a.id = s.agent_id AND a.deleted_at IS NULL" \
	" LEFT JOIN setting b ON b.tenant_id = t.id AND b.name = 'brand'" \
	" LEFT JOIN setting v ON v.tenant_id = t.id AND v.name = 'security'" \
	" LEFT JOIN agent_role ar ON ar.tenant_id = a.tenant_id AND ar.agent_id = a.id" \
	" LEFT JOIN role r FORCE INDEX (PRIMARY) ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id AND r.deleted_at IS NULL" \
	" WHERE s.token_hash = ? AND s.ends_at > ?"
#define BADGE_SQL "SELECT (SELECT COUNT(*) FROM conversation o FORCE INDEX (agent_state) WHERE o.tenant_id = ? AND o.agent_id = ? AND o.state = 'active')" \
	" + (SELECT COUNT(*) FROM conversation c FORCE INDEX (state_time) WHERE c.tenant_id = ? AND c.kind = 'chat' AND c.state IN ('waiting', 'offered'))"

static int
identify(struct worker *worker, FCGX_Request *request)
{
	const char *cookie = FCGX_GetParam("HTTP_COOKIE", request->envp);
	const char *token = cookie != NULL ? strstr(cookie, "hark=") : NULL;
	unsigned char hash[EVP_MAX_MD_SIZE];
	uint64_t now = (uint64_t)time(NULL) * 1000;
	MYSQL_BIND binds[2];

	if (token == NULL)
		return 0;
	token += 5;
	EVP_Digest(token, strcspn(token, "; "), hash, NULL, EVP_sha256(), NULL);
	floor_bind_bytes(&binds[0], hash, 32);
	floor_bind_u64(&binds[1], &now);
	floor_execute(&worker->identity, binds);
	if (!floor_fetch(&worker->identity))
		return 0;
	mysql_stmt_free_result(worker->identity.handle);
	worker->tenant = strtoull(worker->identity.values[TENANT_ID], NULL, 10);
	worker->agent = strtoull(worker->identity.values[AGENT_ID], NULL, 10);
	return 1;
}

static void
sign_in_field(HDF *fields, const char *name, const char *label, const char *most)
{
	HDF *field = child(fields, name);

	set(field, "Name", name);
	set(field, "Type", strcmp(name, "password") == 0 ? "secret" : "text");
	set(field, "Label", label);
	set(field, "Value", "");
	set(field, "Max", most);
	set(field, "Required", "1");
}

void
sign_in_show(HDF *page)
{
	HDF *fields = child(page, "Form.Fields");

	set(page, "Title", "Sign in");
	set(page, "SignIn.AsksCompany", "1");
	sign_in_field(fields, "company", "Company", "40");
	sign_in_field(fields, "account", "Account", "254");
	sign_in_field(fields, "password", "Password", "1024");
}

static NEOERR *
piece(void *context, char *text)
{
	return string_append(context, text);
}

static void
answer(struct worker *worker, FCGX_Request *request, CSPARSE *parse, HDF *page)
{
	STRING out;

	string_init(&out);
	parse->hdf = page;
	must(cs_render(parse, &out, piece));
	parse->hdf = worker->config;
	FCGX_FPrintF(request->out, "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n\r\n");
	FCGX_PutStr(out.buf, out.len, request->out);
	string_clear(&out);
}

static void
serve(FCGX_Request *request, void *arg)
{
	const char *path = FCGX_GetParam("REQUEST_URI", request->envp);
	struct worker *worker = arg;
	int is_sign_in = path != NULL && strcmp(path, "/sign-in") == 0;
	HDF *page = NULL;

	if (path == NULL || (!is_sign_in && !identify(worker, request))) {
		FCGX_FPrintF(request->out, "Status: 303 See Other\r\nLocation: /sign-in\r\n\r\n");
		return;
	}
	must(hdf_init(&page));
	frame_show(page, path);
	if (!is_sign_in)
		frame_show_user(worker, page, path);
	if (is_sign_in)
		sign_in_show(page);
	else if (strcmp(path, "/admin/agents") == 0)
		agents_show(worker, page);
	else
		canned_show(worker, page);
	answer(worker, request, is_sign_in ? worker->sign_in : worker->list, page);
	hdf_destroy(&page);
}

static CSPARSE *
template(struct worker *worker, const char *name)
{
	CSPARSE *parse = NULL;

	must(cs_init(&parse, worker->config));
	must(cgi_register_strfuncs(parse));
	must(cs_parse_file(parse, name));
	return parse;
}

static void *
worker_open(void *arg)
{
	char **arguments = arg;
	struct worker *worker = calloc(1, sizeof *worker);

	if (worker == NULL || chdir(arguments[5]) != 0)
		floor_fail(arguments[5]);
	worker->mysql = floor_connect(arguments[3], arguments[4]);
	floor_prepare(worker->mysql, &worker->identity, IDENTITY_SQL);
	floor_prepare(worker->mysql, &worker->badge, BADGE_SQL);
	menu_open(worker, arguments[6]);
	canned_open(worker);
	agents_open(worker);
	must(nerr_init());
	must(hdf_init(&worker->config));
	set(worker->config, "Config.VarEscapeMode", "html");
	set(worker->config, "hdf.loadpaths.0", arguments[5]);
	worker->list = template(worker, "resource/list.cs");
	worker->sign_in = template(worker, "people/sign_in.cs");
	return worker;
}

int
main(int argc, char **argv)
{
	if (argc != 7) {
		fputs("usage: page_floor SOCKET WORKERS DATABASE-SOCKET DATABASE TEMPLATES MENU\n", stderr);
		return 2;
	}
	floor_serve(argv[1], floor_number(argv[2]), worker_open, serve, argv);
	return 0;
}
