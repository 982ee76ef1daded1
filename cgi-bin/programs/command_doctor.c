/* SPDX-License-Identifier: BSD-2-Clause */
/* command_doctor.c - hark doctor: finds what is wrong with an installation, and says how it is mended. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/text.h"
#include "edge/child.h"
#include "edge/migrate.h"
#include "programs/doctor.h"
#include "programs/wiring.h"
#include "rooms/conversation/conversation.h"
#include "web/doctor.h"

#define CLOCK_OFF (2 * CLOCK_SECOND)         /* between machines: tickets and sessions live by it */
#define JOB_LATE (2 * CLOCK_MINUTE)
#define ROOM_LEAST ((uint64_t)200 << 20)     /* bytes that the disk must have left */

static command_function doctor_run;

const struct command doctor_commands[] = {
	{ "doctor", NULL, "Looks for what is wrong with this installation and says how each finding is mended. Exit code 1: there are"
		" findings.", doctor_run, COMMAND_ANY_SCHEMA, {
		{ "url", "URL", "Also go the way of a browser, by this address: finds the usual mistakes of web servers and proxies.",
			false } } },
	{ .noun = NULL }
};

void
doctor_check(struct doctor *doctor, bool good, const char *what, const char *problem, const char *mending)
{
	struct json *finding;

	doctor->checks++;
	command_say(doctor->run, "%-8s %s", good ? "good" : "PROBLEM", what);
	if (good)
		return;
	doctor->problems++;
	command_say(doctor->run, "         %s\n         Mending: %s", problem, mending);
	finding = json_new_object(doctor->run->arena);
	json_set_text(finding, "what", what);
	json_set_text(finding, "problem", problem);
	json_set_text(finding, "mending", mending);
	json_add(doctor->findings, finding);
}

/* Can this process write there? The one that asks should be the user of the services. */
static void
look_at_folder(struct doctor *doctor, const char *key, const char *path)
{
	struct arena *arena = doctor->run->arena;
	bool good = access(path, W_OK | X_OK) == 0;

	doctor_check(doctor, good, arena_printf(arena, "the folder %s (%s) can be written", path, key),
		arena_printf(arena, "%s", good ? "" : strerror(errno)),
		arena_printf(arena, "mkdir -p %s, give it to the user of hark-web, mode 0750; run hark doctor as that user", path));
}

static void
look_at_room(struct doctor *doctor, const char *path)
{
	struct statvfs disk;
	uint64_t left;

	if (statvfs(path, &disk) != 0)
		return;
	left = (uint64_t)disk.f_bavail * disk.f_frsize;
	doctor_check(doctor, left >= ROOM_LEAST, "the disk has room for files",
		arena_printf(doctor->run->arena, "%llu MB are left below %s", (unsigned long long)(left >> 20), path),
		"free some room, or move data_dir to a larger disk");
}

static void
look_at_tools(struct doctor *doctor, const char *path)
{
	doctor_check(doctor, child_is_there(path), "the program for pictures is there",
		arena_printf(doctor->run->arena, "%s cannot be run: no avatars, logos and previews can be made", path),
		"install libvips-tools, or set image_tool to where vipsthumbnail is");
}

static void
look_at_key(struct doctor *doctor, const char *path)
{
	struct arena *arena = doctor->run->arena;
	struct stat info;
	bool good = stat(path, &info) == 0;

	if (!good)
		info.st_mode = 0;
	doctor_check(doctor, good && (info.st_mode & (S_IRWXO | S_IWGRP)) == 0,
		arena_printf(arena, "the key file %s is read by few", path),
		good ? "others may read it, or its group may change it" : strerror(errno),
		arena_printf(arena, "chown root %s and chgrp it to the services, then chmod 0640 %s", path, path));
}

/* Is there a database to look at more closely? */
static bool
look_at_schema(struct doctor *doctor)
{
	struct command_run *run = doctor->run;
	const char *problem = NULL;
	enum got got = migrate_check(run->db, run->arena, run->conf->schema_dir, &problem);

	doctor_check(doctor, got != GOT_ERROR, "the database answers", "it does not; the log line above says why",
		"start MariaDB, and compare db_socket, db_host, db_name, db_user and db_password_file with it");
	if (got == GOT_ERROR)
		return false;
	doctor_check(doctor, got == GOT_ONE, "the schema of the database is the one of this program",
		problem != NULL ? problem : "it is another one", "hark migrate");
	return got == GOT_ONE;
}

static void
look_at_clock(struct doctor *doctor)
{
	struct arena *arena = doctor->run->arena;
	clock_ms theirs = 0, off;
	enum got got = doctor_db_clock(doctor->run->db, &theirs);

	off = theirs - clock_now();
	doctor_check(doctor, got == GOT_ONE && off < CLOCK_OFF && off > -CLOCK_OFF, "the clock of the database is ours",
		got == GOT_ONE ? arena_printf(arena, "it is off by %lld ms", (long long)off) : "the database does not answer",
		"let both machines follow NTP (timedatectl set-ntp true)");
}

static void
look_at_chat(struct doctor *doctor)
{
	const struct site *site = doctor->run->site;

	doctor_check(doctor, bell_present(site->bell, doctor->run->arena, "1.t") != NULL, "hark-chat answers on its bell",
		arena_printf(doctor->run->arena, "nothing answers at %s", site->conf->bell_socket),
		"start hark-chat (systemctl start hark-chat), and see its log");
}

static void
look_at_jobs(struct doctor *doctor)
{
	clock_ms due_at = 0, late;
	enum got got = doctor_oldest_job(doctor->run->db, &due_at);

	late = due_at > 0 ? clock_now() - due_at : 0;
	doctor_check(doctor, got == GOT_ONE && late < JOB_LATE, "jobs are done in time",
		got == GOT_ONE ? arena_printf(doctor->run->arena, "one waits for %lld s", (long long)(late / CLOCK_SECOND))
			: "the table of jobs cannot be read",
		"start hark-jobs (the line for cron, or systemctl start hark-jobs), and see its log");
}

static void
look_at_retention(struct doctor *doctor)
{
	uint64_t tenants = 0;
	enum got got = retention_late(doctor->run->db, doctor->run->arena, clock_now(), &tenants);

	doctor_check(doctor, got == GOT_ONE && tenants == 0, "old conversations are erased when their time is over",
		got == GOT_ONE ? arena_printf(doctor->run->arena, "%llu companies have some that should be gone for two days", (unsigned long long)tenants)
			: "the conversations cannot be read",
		"see the log of hark-jobs for conversation.retention: the folder of the files may not be its own");
}

static int
doctor_run(struct command_run *run)
{
	struct doctor doctor = { .run = run, .findings = json_new_array(run->arena) };
	const char *url = command_value(run, "url"), *problem = NULL;

	if (url != NULL && !text_is_web_address(url))
		return command_fail(run, EXIT_USAGE, "--url must be an address such as https://desk.example.com");
	look_at_key(&doctor, run->conf->key_file);
	look_at_folder(&doctor, "data_dir", run->conf->data_dir);
	look_at_room(&doctor, run->conf->data_dir);
	look_at_folder(&doctor, "run_dir", run->conf->run_dir);
	look_at_tools(&doctor, run->conf->image_tool);
	if (look_at_schema(&doctor)) {
		look_at_clock(&doctor);
		look_at_jobs(&doctor);
		look_at_retention(&doctor);
	}
	run->site = wiring_site(run->arena, run->conf, &problem);
	doctor_check(&doctor, run->site != NULL, "the secrets can be read", problem,
		"make the key file: head -c 48 /dev/urandom | base64 > KEY-FILE, then chmod 0640");
	if (run->site != NULL)
		look_at_chat(&doctor);
	if (run->site != NULL && url != NULL)
		doctor_look_at_url(&doctor, url);
	json_set_u64(run->answer, "checks", doctor.checks);
	json_set(run->answer, "findings", doctor.findings);
	command_say(run, "%zu checks, %zu findings", doctor.checks, doctor.problems);
	return doctor.problems == 0 ? EXIT_SUCCESS : EXIT_FAILED;
}
