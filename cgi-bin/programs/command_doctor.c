/* SPDX-License-Identifier: BSD-2-Clause */
/* command_doctor.c - hark doctor: finds what is wrong with an installation, and says how it is mended. */
#include <dirent.h>
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
#include "web/job.h"

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

/* Can this process write there, and is it of the same user as what is around it? The one that asks should be the user of the services; root may
 * write everywhere, so that the owner is looked at, too. */
static bool
folder_is_good(struct arena *arena, const char *path, uid_t owner, const char **problem)
{
	struct stat info;

	*problem = "";
	if (access(path, W_OK | X_OK) != 0 || stat(path, &info) != 0)
		*problem = strerror(errno);
	else if (info.st_uid != owner)
		*problem = arena_printf(arena, "it belongs to another user (%u) than the folder around it (%u)", (unsigned)info.st_uid, (unsigned)owner);
	return **problem == '\0';
}

static uid_t
owner_of(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 ? info.st_uid : (uid_t)-1;
}

/* The folders of the companies, numbers, below files. The first bad one is enough to know. */
static bool
files_are_good(struct arena *arena, const char *path, uid_t owner, const char **problem)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	const char *why = NULL;
	bool good = true;

	while (good && folder != NULL && (entry = readdir(folder)) != NULL)
		if (strspn(entry->d_name, "0123456789") == strlen(entry->d_name)) {
			good = folder_is_good(arena, arena_printf(arena, "%s/%s", path, entry->d_name), owner, &why);
			*problem = arena_printf(arena, "%s/%s: %s", path, entry->d_name, why);
		}
	if (folder != NULL)
		closedir(folder);
	return good;
}

/* What the services make below data_dir need not be there yet. */
static void
look_at_data(struct doctor *doctor, const char *path)
{
	struct arena *arena = doctor->run->arena;
	const char *spool = arena_printf(arena, "%s/spool", path), *files = arena_printf(arena, "%s/files", path);
	const char *problem = "", *mending = arena_printf(arena, "as samples/tmpfiles.conf has it: install -d -o hark -g www-data -m 2750 %s;"
		" what is below it belongs to hark, too: chown -R hark %s", path, path);
	const uid_t owner = owner_of(path);
	bool good = folder_is_good(arena, path, owner, &problem);

	doctor_check(doctor, good, arena_printf(arena, "the folder %s (data_dir) can be written", path), problem, mending);
	if (!good)
		return;
	good = access(spool, F_OK) != 0 || folder_is_good(arena, spool, owner, &problem);
	doctor_check(doctor, good, arena_printf(arena, "the folder %s can be written", spool), problem, mending);
	good = access(files, F_OK) != 0 || (folder_is_good(arena, files, owner, &problem) && files_are_good(arena, files, owner, &problem));
	doctor_check(doctor, good, arena_printf(arena, "the folders below %s can be written", files), problem, mending);
}

static void
look_at_run(struct doctor *doctor, const char *path)
{
	struct arena *arena = doctor->run->arena;
	const char *problem;
	bool good = folder_is_good(arena, path, owner_of(path), &problem);

	doctor_check(doctor, good, arena_printf(arena, "the folder %s (run_dir) can be written", path), problem,
		arena_printf(arena, "copy samples/tmpfiles.conf to /etc/tmpfiles.d/hark.conf, then: systemd-tmpfiles --create; without systemd, at each"
			" start of the machine: install -d -o hark -g www-data -m 0750 %s. Run hark doctor as the user hark", path));
}

static void
look_at_room(struct doctor *doctor, const char *path, const char *what, const char *mending)
{
	struct statvfs disk;
	uint64_t left;

	if (statvfs(path, &disk) != 0)
		return;
	left = (uint64_t)disk.f_bavail * disk.f_frsize;
	doctor_check(doctor, left >= ROOM_LEAST, what,
		arena_printf(doctor->run->arena, "%llu MB are left below %s", (unsigned long long)(left >> 20), path), mending);
}

static void
look_at_tools(struct doctor *doctor, const char *path)
{
	doctor_check(doctor, child_is_there(path), "the program for pictures is there",
		arena_printf(doctor->run->arena, "%s cannot be run: no avatars, logos and previews can be made", path),
		"install libvips-tools, or set image_tool to where vipsthumbnail is");
}

/* All services run as one user, whose file it is: no group has to be shared. */
static const char *
mending_of_key(struct arena *arena, const char *path, bool is_there)
{
	const char *rights = arena_printf(arena, "chown hark %s && chmod 0600 %s (the user that all services run as)", path, path);

	if (is_there)
		return rights;
	return arena_printf(arena, "put the copy of the backup there; on a new installation make it: (umask 077 && openssl rand -base64 48 > %s);"
		" then %s", path, rights);
}

static void
look_at_key(struct doctor *doctor)
{
	struct arena *arena = doctor->run->arena;
	const char *path = doctor->run->conf->key_file, *problem = NULL;
	struct stat info;
	const bool is_there = stat(path, &info) == 0;

	if (conf_secret(arena, doctor->run->conf, "key_file", &problem) != NULL && (info.st_mode & S_IWGRP) != 0)
		problem = arena_printf(arena, "%s: its group may change it", path);
	doctor_check(doctor, problem == NULL, arena_printf(arena, "the key file %s is there and is read by few", path), problem,
		mending_of_key(arena, path, is_there));
}

/* Is there a database to look at more closely? */
static bool
look_at_schema(struct doctor *doctor)
{
	struct command_run *run = doctor->run;
	const char *problem = NULL;
	enum got got = migrate_check(run->db, run->arena, run->conf->schema_dir, &problem);

	doctor_check(doctor, got != GOT_ERROR, got == GOT_ERROR ? "the database answers"
		: arena_printf(run->arena, "the database answers (%s)", db_server_version(run->db)), problem, db_is_refused(run->db)
		? "run hark as the user that the services run as (runuser -u hark -- hark doctor), whom MariaDB knows by the socket; or compare db_user and"
			" db_password_file with MariaDB's users"
		: "start MariaDB, and compare db_socket, db_host and db_name with it");
	doctor->database_is_away = got == GOT_ERROR;
	if (got == GOT_ERROR)
		return false;
	doctor_check(doctor, got == GOT_ONE, "the schema of the database is the one of this program",
		problem != NULL ? problem : "it is another one", "hark migrate");
	return got == GOT_ONE;
}

/* A server that is full or read-only still answers; only a commit shows it. */
static void
look_at_writing(struct doctor *doctor)
{
	struct command_run *run = doctor->run;
	const char *folder = "";
	bool good = doctor_db_write(run->db, clock_now()) == GOT_ONE;

	doctor_check(doctor, good, "the database takes what is written", good ? "" : db_problem(run->db, run->arena),
		"make room on the disk of the database, or end its read_only (SET GLOBAL read_only = 0)");
	if (run->conf->db_socket[0] != '\0' && doctor_db_folder(run->db, run->arena, &folder) == GOT_ONE)
		look_at_room(doctor, folder, "the disk of the database has room", "make room on it");
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
	const char *epoch;

	doctor_check(doctor, bell_present(site->bell, doctor->run->arena, "1.t", &epoch) != NULL, "hark-chat answers on its bell",
		arena_printf(doctor->run->arena, "nothing answers at %s", site->conf->bell_socket),
		"start hark-chat (systemctl start hark-chat), and see its log");
}

static void
look_at_jobs(struct doctor *doctor)
{
	clock_ms due_at = 0, late;
	uint64_t timers = 0;
	enum got got = doctor_timers(doctor->run->db, &timers);

	doctor_check(doctor, got != GOT_ONE || timers > 0, "hark-jobs has been started", "it has never been: its timers are not there",
		"start hark-jobs (systemctl enable --now hark-jobs, or the line for cron), and see its log");
	got = doctor_oldest_job(doctor->run->db, &due_at);
	late = due_at > 0 ? clock_now() - due_at : 0;
	doctor_check(doctor, got == GOT_ONE && late < JOB_LATE, "jobs are done in time",
		got == GOT_ONE ? arena_printf(doctor->run->arena, "one waits for %lld s", (long long)(late / CLOCK_SECOND))
			: "the table of jobs cannot be read",
		"start hark-jobs (the line for cron, or systemctl start hark-jobs), and see its log");
}

/* What was given up, whoever it belongs to: people must look. */
static void
look_at_dead_jobs(struct doctor *doctor)
{
	struct arena *arena = doctor->run->arena;
	struct db_rows rows = { 0 };
	enum got got = job_dead_all(doctor->run->db, arena, &rows);
	const struct job_dead *newest = rows.rows;

	doctor_check(doctor, got == GOT_NONE, "no job was given up",
		got == GOT_ONE ? arena_printf(arena, "%zu%s, the newest %s: %s", rows.count, rows.count == JOB_DEAD_MAX ? " or more" : "", newest->kind,
			newest->problem) : "the table of jobs cannot be read",
		"hark job list tells what is wrong with each; when it is mended, hark job retry --id NUMBER, or hark job delete --id NUMBER");
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

static void
look_at_machine(struct doctor *doctor, const struct conf *conf)
{
	look_at_key(doctor);
	look_at_data(doctor, conf->data_dir);
	look_at_room(doctor, conf->data_dir, "the disk has room for files", "free some room, or move data_dir to a larger disk");
	look_at_run(doctor, conf->run_dir);
	look_at_tools(doctor, conf->image_tool);
}

static int
doctor_run(struct command_run *run)
{
	struct doctor doctor = { .run = run, .findings = json_new_array(run->arena) };
	const char *url = command_value(run, "url"), *problem = NULL;

	if (url != NULL && !text_is_web_address(url))
		return command_fail(run, EXIT_USAGE, "--url must be an address such as https://desk.example.com");
	look_at_machine(&doctor, run->conf);
	if (look_at_schema(&doctor)) {
		look_at_writing(&doctor);
		look_at_clock(&doctor);
		look_at_jobs(&doctor);
		look_at_dead_jobs(&doctor);
		look_at_retention(&doctor);
	}
	run->site = wiring_site(run->arena, run->conf, &problem);
	if (run->site != NULL)
		look_at_chat(&doctor);
	if (run->site != NULL && url != NULL)
		doctor_look_at_url(&doctor, url);
	json_set_u64(run->answer, "checks", doctor.checks);
	json_set(run->answer, "findings", doctor.findings);
	command_say(run, "%zu checks, %zu findings", doctor.checks, doctor.problems);
	if (doctor.problems > 0)
		json_set_text(run->answer, "error", arena_printf(run->arena, "%zu findings", doctor.problems));
	return doctor.problems == 0 ? EXIT_SUCCESS : EXIT_FAILED;
}
