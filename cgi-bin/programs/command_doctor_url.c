/* SPDX-License-Identifier: BSD-2-Clause */
/* command_doctor_url.c - the way of a browser: what web servers and proxies drop, change, hold back or refuse. */
#include <string.h>

#include "core/text.h"
#include "edge/net.h"
#include "programs/doctor.h"
#include "web/doctor.h"

#define ROUNDS_MORE 4                        /* requests beyond the number of workers: kept connections would own them all by then */
#define ROUND_TIMEOUT (5 * CLOCK_SECOND)
#define CLOCK_OFF (5 * CLOCK_SECOND)

/* A request to the echo, and what it says. */
struct probe {
	struct net_request request;
	const char *more;                        /* of the address: "&name=x"; NULL: nothing */
	struct net_answer answer;
	struct json *echo;                       /* NULL: none came back */
};

static const char *
probe_url(const struct doctor *doctor, const char *url, const char *part, const char *more)
{
	size_t len = strlen(url);

	while (len > 0 && url[len - 1] == '/')
		len--;
	return arena_printf(doctor->run->arena, "%.*s/-/echo/%s?token=%s%s", (int)len, url, part,
		doctor_token(doctor->run->arena, doctor->run->site->keys, clock_now() + doctor->clock_off), more != NULL ? more : "");
}

static bool
probe_send(struct doctor *doctor, const char *url, const char *part, struct probe *probe)
{
	const char *problem;

	probe->request.url = probe_url(doctor, url, part, probe->more);
	probe->request.may_be_private = true;
	probe->echo = NULL;
	if (net_send(doctor->run->arena, &probe->request, &probe->answer) != GOT_ONE || probe->answer.status != 200)
		return false;
	probe->echo = json_parse(doctor->run->arena, probe->answer.body, probe->answer.len, &problem);
	return json_get_text(probe->echo, "version") != NULL;
}

/* Why there was no echo. */
static const char *
probe_problem(const struct doctor *doctor, const struct probe *probe)
{
	if (probe->answer.problem != NULL)
		return probe->answer.problem;
	return arena_printf(doctor->run->arena, "the answer has the status %d", probe->answer.status);
}

static const char *
mending_of_status(int status)
{
	if (status == 0)
		return "start the web server, and see that the name leads to it and that no firewall is between";
	if (status == 421)
		return "base_url names another host: set it to the address that browsers use, or link the host to a tenant";
	if (status == 502 || status == 503 || status == 504)
		return "the web server does not reach hark-web: start it, compare web_socket with the web server's configuration, and let"
			" its user write to the socket";
	if (status == 404)
		return "another program answers, or another key file is in use there: compare with the sample configuration";
	return "compare the web server's configuration with the sample that is installed with Hark";
}

static void
look_at_clock(struct doctor *doctor, const struct probe *probe)
{
	clock_ms theirs = net_date(probe->answer.date), off = theirs - clock_now();

	doctor_check(doctor, theirs != 0 && off < CLOCK_OFF && off > -CLOCK_OFF, "the clock of the web server is ours",
		theirs != 0 ? arena_printf(doctor->run->arena, "it is off by %lld s", (long long)(off / CLOCK_SECOND))
			: "its answers carry no Date", "let both machines follow NTP (timedatectl set-ntp true)");
	doctor->clock_off = theirs != 0 ? off : 0;
}

/* hark-web is there and needs the database for what is asked: one finding, and nothing more to be asked. */
static bool
database_is_away(struct doctor *doctor, const struct probe *probe)
{
	if (!doctor->database_is_away)
		doctor_check(doctor, false, "hark-web reaches the database", probe_problem(doctor, probe),
			"start MariaDB, and see the log of hark-web; compare db_user with the user of hark-web.service");
	return false;
}

/* False: nothing more can be asked. */
static bool
look_at_headers(struct doctor *doctor, const char *url)
{
	struct probe probe = { .request = { .headers = {
		"Authorization: Bearer hark-doctor", "X-Api-Key: hark-doctor", "Proxy: http://hark.invalid/", NULL } } };
	bool good = probe_send(doctor, url, "headers", &probe);
	const char *problem = good ? "it is dropped on the way" : probe_problem(doctor, &probe);

	if (probe.answer.status == 503)
		return database_is_away(doctor, &probe);
	doctor_check(doctor, good && text_equal(json_get_text(probe.echo, "authorization"), "Bearer hark-doctor"),
		"the header Authorization arrives", problem, "Apache: CGIPassAuth On; programs may send X-Api-Key instead");
	doctor_check(doctor, good && text_equal(json_get_text(probe.echo, "api_key"), "hark-doctor"),
		"the header X-Api-Key arrives", problem, "let the proxy pass request headers on as they are");
	doctor_check(doctor, good && json_get_text(probe.echo, "proxy") == NULL, "the header Proxy does not arrive",
		good ? "it becomes HTTP_PROXY, which programs take for a setting (httpoxy)" : problem,
		"nginx: fastcgi_param HTTP_PROXY \"\"; Apache: RequestHeader unset Proxy early");
	return true;
}

/* A service may see other folders than this command does. */
static void
look_at_limit(struct doctor *doctor, const struct probe *probe)
{
	doctor_check(doctor, json_get_bool(probe->echo, "hash_limit", false), "hark-web reaches the locks that limit the hashing of passwords",
		"it cannot open run_dir/hash-N.lock: nobody can sign in with a password",
		"hark-web.service needs ReadWritePaths=/var/lib/hark /run/hark, and run_dir must belong to hark (samples/tmpfiles.conf)");
}

static const char *
mending_of_file(const struct doctor *doctor, int status)
{
	if (status == 403 || status == 404)
		return arena_printf(doctor->run->arena, "let the web server's group read %s/files (samples/tmpfiles.conf: hark www-data, 2750; chgrp -R"
			" www-data what is there), and let /-files/ of nginx or XSendFilePath of Apache point at it", doctor->run->conf->data_dir);
	return "send_file must be what the web server does: x-accel-redirect behind nginx, none behind Apache, x-sendfile with mod_xsendfile only";
}

/* A file that hark-web keeps as one of a chat and the web server sends: the same bytes must come back. */
static void
look_at_file(struct doctor *doctor, const char *url)
{
	struct arena *arena = doctor->run->arena;
	struct probe keep = { .request = { .method = "POST" } }, fetch = { .answer = { .status = 0 } };
	const char *name = probe_send(doctor, url, "keep", &keep) ? json_get_text(keep.echo, "kept") : NULL;
	bool came;

	doctor_check(doctor, name != NULL, "hark-web keeps a file", keep.echo != NULL ? "data_dir refuses it; the log of hark-web says why"
		: probe_problem(doctor, &keep), arena_printf(arena, "let hark write to %s and all below it: chown -R hark %s; hark-web.service needs"
		" it among ReadWritePaths", doctor->run->conf->data_dir, doctor->run->conf->data_dir));
	if (name == NULL)
		return;
	keep.more = fetch.more = arena_printf(arena, "&name=%s", name);
	(void)probe_send(doctor, url, "file", &fetch);
	came = fetch.answer.status == 200 && fetch.answer.len == DOCTOR_FILE_LEN
		&& memcmp(fetch.answer.body, doctor_file(arena), DOCTOR_FILE_LEN) == 0;
	doctor_check(doctor, came, "a download arrives as it was kept", fetch.answer.status != 200 ? probe_problem(doctor, &fetch)
		: arena_printf(arena, "%zu of %d bytes arrive", fetch.answer.len, DOCTOR_FILE_LEN), mending_of_file(doctor, fetch.answer.status));
	(void)probe_send(doctor, url, "drop", &keep);
}

static void
look_at_path(struct doctor *doctor, const char *url)
{
	struct probe probe = { .answer = { .status = 0 } };
	bool good = probe_send(doctor, url, "a%2Fb", &probe);

	doctor_check(doctor, good && text_equal(json_get_text(probe.echo, "part"), "a/b"), "%2F in a path arrives as it is",
		good ? "it was decoded on the way" : probe_problem(doctor, &probe),
		"Apache: AllowEncodedSlashes NoDecode; nginx: proxy_pass without a path behind the host");
}

static void
look_at_body(struct doctor *doctor, const char *url, bool chunked, size_t len)
{
	struct arena *arena = doctor->run->arena;
	struct probe probe = { .request = { .method = "POST", .body = arena_alloc(arena, len), .body_len = len,
		.body_is_chunked = chunked, .timeout = CLOCK_MINUTE,
		.headers = { "Content-Type: application/octet-stream", NULL } } };
	bool good = probe_send(doctor, url, "body", &probe);
	uint64_t arrived = 0;

	good = good && json_get_u64(probe.echo, "body", &arrived);
	doctor_check(doctor, good && arrived == len,
		chunked ? "a body without Content-Length arrives"
			: arena_printf(arena, "a file of %zu MB (upload_max) arrives", len >> 20),
		good ? arena_printf(arena, "%llu of %zu bytes arrive", (unsigned long long)arrived, len) : probe_problem(doctor, &probe),
		chunked ? "pass the body on to its end: mod_proxy_fcgi instead of mod_fcgid; nginx: fastcgi_request_buffering on"
			: "nginx: client_max_body_size; Apache: LimitRequestBody, FcgidMaxRequestLen; other proxies have a limit too");
}

/* With connections to hark-web kept open, each owns a worker, and the next request finds none; so would all that is asked later. */
static bool
look_at_workers(struct doctor *doctor, const char *url)
{
	struct probe probe = { .request = { .timeout = ROUND_TIMEOUT } };
	size_t i, rounds = doctor->run->conf->web_workers * 2 + ROUNDS_MORE;

	for (i = 0; i < rounds; i++)
		if (!probe_send(doctor, url, "again", &probe))
			break;
	doctor_check(doctor, i == rounds, "many requests in a row are answered",
		i == rounds ? "" : arena_printf(doctor->run->arena, "number %zu: %s", i + 1, probe_problem(doctor, &probe)),
		"nginx: no fastcgi_keep_conn and no keepalive for hark-web; Apache: no enablereuse");
	return i == rounds;
}

static void
look_at_live(struct doctor *doctor, const char *url)
{
	struct arena *arena = doctor->run->arena;
	size_t len = strlen(url) - (text_ends_with(url, "/") ? 1 : 0);
	const struct net_request request = {
		.url = arena_printf(arena, "%.*s/live/poll?ticket=none", (int)len, url), .may_be_private = true
	};
	struct net_answer answer;
	bool good = net_send(arena, &request, &answer) == GOT_ONE;

	doctor_check(doctor, good && answer.status == 403, "hark-chat answers below /live",
		good ? arena_printf(arena, "the status is %d instead of 403", answer.status) : answer.problem,
		"pass /live on to chat_socket, as in the sample, and start hark-chat");
}

void
doctor_look_at_url(struct doctor *doctor, const char *url)
{
	struct probe probe = { .request = { .timeout = ROUND_TIMEOUT } };
	bool good = probe_send(doctor, url, "first", &probe);

	if (probe.answer.date != NULL)
		look_at_clock(doctor, &probe);
	if (!good && doctor->clock_off != 0)
		good = probe_send(doctor, url, "first", &probe);
	doctor_check(doctor, good, arena_printf(doctor->run->arena, "hark-web answers at %s", url),
		good ? "" : probe_problem(doctor, &probe), mending_of_status(probe.answer.status));
	if (!good)
		return;
	doctor_check(doctor, text_equal(json_get_text(probe.echo, "version"), HARK_VERSION), "hark-web has the version of this command",
		json_get_text(probe.echo, "version"), "restart hark-web (systemctl restart hark-web)");
	look_at_limit(doctor, &probe);
	if (!look_at_workers(doctor, url) || !look_at_headers(doctor, url))
		return;
	look_at_path(doctor, url);
	look_at_body(doctor, url, true, 4096);
	look_at_body(doctor, url, false, (size_t)doctor->run->conf->upload_max);
	look_at_file(doctor, url);
	look_at_live(doctor, url);
}
