/* SPDX-License-Identifier: BSD-2-Clause */
/* telegram_receive_jobs.c - taking in what waits: files are fetched from Telegram first, each person's messages in their order. */
#include <string.h>

#include "core/log.h"
#include "core/text.h"
#include "rooms/telegram/telegram_receive.h"
#include "rooms/telegram/telegram_work.h"

#define ITEMS_MOST 20                /* of one person in one run */
#define FETCH_TRIES 5
#define TAKE_TRIES 3

/* The inbox of one person being emptied. */
struct intake {
	struct job_run *run;
	struct identity identity;
	struct telegram_desk desk;
	struct receiving receiving;
	struct telegram_update update;
	struct file file;
	clock_ms pause;                  /* not 0: again after so long */
};

/* A file on its way to the disk. */
struct landing {
	struct store_spool *spool;
	unsigned char *head;
	size_t head_len;
	bool is_broken;                  /* the disk did not take it */
};

static bool
land(void *arg, const void *bytes, size_t len)
{
	struct landing *landing = arg;
	size_t room = FILE_HEAD - landing->head_len;

	room = len < room ? len : room;
	memcpy(landing->head + landing->head_len, bytes, room);
	landing->head_len += room;
	landing->is_broken = !store_spool_write(landing->spool, bytes, len);
	return !landing->is_broken;
}

static uint64_t
file_most(const struct job_run *run)
{
	return run->conf->upload_max < TELEGRAM_FILE_MOST ? run->conf->upload_max : TELEGRAM_FILE_MOST;
}

/* A name without an ending gets the one under which Telegram keeps the file; ".oga" is its word for ".ogg". */
static const char *
file_name(struct arena *arena, const struct telegram_update *update, const char *path)
{
	const char *slash = strrchr(path, '/'), *ending = strrchr(slash != NULL ? slash : path, '.');
	const char *name = file_clean_name(arena, update->file_name);

	if (strrchr(name, '.') != NULL)
		return name;
	return arena_printf(arena, "%s%s", name, ending == NULL || text_equal(ending, ".oga") ? update->file_ending : ending);
}

/* Why there is no file: a word of the transcript's events. */
static const char *
keep(struct intake *intake, const struct landing *landing)
{
	struct job_run *run = intake->run;
	const struct file_source source = { landing->spool, landing->head, landing->head_len, run->db, run->now };

	switch (file_keep(&source, run->arena, run->tenant, &intake->file)) {
	case FILE_KEPT:
		return NULL;
	case FILE_OF_OTHER_KIND:
		return "kind";
	case FILE_EMPTY:
	case FILE_NOT_STORED:
		break;
	}
	return "gone";
}

/* Fetches the bytes. *problem NULL: the file is kept. */
static enum telegram_outcome
download(struct intake *intake, const char *path, const char **problem)
{
	struct job_run *run = intake->run;
	struct landing landing = { .spool = store_spool_new(run->store, run->arena), .head = arena_alloc(run->arena, FILE_HEAD) };
	const struct telegram_download order = { .path = path, .most = file_most(run), .sink = land, .sink_arg = &landing };
	struct telegram_answer answer;
	enum telegram_outcome outcome;

	if (landing.spool == NULL)
		return TELEGRAM_LATER;
	outcome = telegram_download(&intake->desk.bot, &order, &answer);
	if (landing.is_broken)
		return TELEGRAM_LATER;
	if (answer.is_too_large) {
		*problem = "large";
		return TELEGRAM_REFUSED;
	}
	if (outcome == TELEGRAM_DONE)
		*problem = keep(intake, &landing);
	return outcome;
}

/* GOT_ONE: it is kept, or *problem says why it never will be. GOT_NONE: later. */
static enum got
fetch(struct intake *intake, const char **problem)
{
	struct job_run *run = intake->run;
	struct json *json = json_new_object(run->arena);
	struct telegram_answer answer;
	enum telegram_outcome outcome;
	const char *path;

	*problem = "large";
	if (intake->update.file_size > file_most(run))
		return GOT_ONE;
	*problem = "gone";
	json_set_text(json, "file_id", intake->update.file_id);
	outcome = telegram_call(&intake->desk.bot, "getFile", json, &answer);
	if (outcome == TELEGRAM_REFUSED) {
		if (strstr(answer.words, "too big") != NULL)
			*problem = "large";
		return GOT_ONE;
	}
	path = outcome == TELEGRAM_DONE ? json_get_text(answer.result, "file_path") : NULL;
	if (path != NULL && !telegram_path_is_sound(path))
		return GOT_ONE;
	if (path != NULL) {
		intake->file = (struct file){ .name = file_name(run->arena, &intake->update, path), .preview = "" };
		outcome = download(intake, path, problem);
	}
	intake->pause = answer.retry_after;
	return outcome == TELEGRAM_DONE || outcome == TELEGRAM_REFUSED ? GOT_ONE : GOT_NONE;
}

static enum got
take_work(struct db *db, void *arg)
{
	struct intake *intake = arg;

	return telegram_enter(db, &intake->receiving) == GOT_ONE ? telegram_take(db, &intake->receiving) : GOT_ERROR;
}

/* GOT_NONE: Telegram's message is in the chat already. */
static enum got
take(struct intake *intake)
{
	struct job_run *run = intake->run;
	struct receiving *receiving = &intake->receiving;
	const char *stored = receiving->file != NULL ? receiving->file->stored : NULL;
	enum got got = db_transaction(run->db, take_work, intake);

	if (stored != NULL && (got == GOT_NONE || (got == GOT_ONE && (receiving->is_file_dropped || receiving->first_seq == 0))))
		store_remove(run->store, run->tenant, stored);
	if (got == GOT_ONE)
		telegram_tell(run->db, run->bell, receiving);
	return got;
}

static enum got
finish(struct intake *intake, const char *state, const char *problem)
{
	struct inbound *inbound = &intake->receiving.inbound;

	inbound->state = state;
	inbound->problem = problem;
	return inbound_set(intake->run->db, intake->run->tenant, inbound, intake->run->now) == GOT_ERROR ? GOT_ERROR : GOT_ONE;
}

/* It could not be taken in now: again after a pause, or after enough of them it is parked with its bytes. */
static enum got
put_off(struct intake *intake, uint64_t most, const char *problem)
{
	struct inbound *inbound = &intake->receiving.inbound;

	inbound->tries++;
	if (inbound->tries >= most)
		return finish(intake, "failed", problem);
	intake->pause = telegram_pause(inbound->tries, intake->pause);
	return finish(intake, "received", problem);
}

static bool
read_update(struct intake *intake)
{
	struct job_run *run = intake->run;
	const char *raw = intake->receiving.inbound.raw, *problem;
	const struct json *json = raw != NULL ? json_parse(run->arena, raw, strlen(raw), &problem) : NULL;

	return json_is_object(json) && telegram_update_read(run->arena, json, &intake->update) && intake->update.kind != TELEGRAM_MALFORMED
		&& intake->update.kind != TELEGRAM_IGNORED;
}

/* A file: GOT_ONE when it can be taken in, with the file or with the reason why there is none. GOT_NONE: put off. */
static enum got
prepare_file(struct intake *intake)
{
	struct receiving *receiving = &intake->receiving;
	const char *problem = "gone";
	enum got got;

	if (intake->update.kind != TELEGRAM_FILE)
		return GOT_ONE;
	got = telegram_desk_is_on(&intake->desk) ? fetch(intake, &problem) : GOT_ONE;
	if (got == GOT_NONE && receiving->inbound.tries + 1 < FETCH_TRIES)
		return put_off(intake, FETCH_TRIES, "the file could not be fetched") == GOT_ERROR ? GOT_ERROR : GOT_NONE;
	receiving->file = problem == NULL ? &intake->file : NULL;
	receiving->file_problem = problem;
	return GOT_ONE;
}

/* GOT_ONE: the next one, please. GOT_NONE: later. */
static enum got
take_item(struct intake *intake)
{
	struct job_run *run = intake->run;
	enum got got;

	intake->receiving.arena = run->arena;
	intake->receiving.tenant = run->tenant;
	intake->receiving.now = run->now;
	intake->receiving.account = &intake->desk.account;
	intake->receiving.update = &intake->update;
	if (!read_update(intake))
		return finish(intake, "failed", "the update cannot be read");
	got = prepare_file(intake);
	if (got != GOT_ONE)
		return got;
	got = take(intake);
	if (got == GOT_NONE)
		return finish(intake, "duplicate", "");
	if (got == GOT_ONE)
		return GOT_ONE;
	if (db_is_down(run->db))
		return GOT_ERROR;
	got = put_off(intake, TAKE_TRIES, "it could not be stored");
	return got == GOT_ONE && intake->pause != 0 ? GOT_NONE : got;
}

enum got
telegram_receive(struct job_run *run)
{
	struct intake intake = { .run = run };
	enum got got = identity_by_id(run->db, run->arena, run->tenant, run->subject, &intake.identity);
	size_t i;

	if (got == GOT_ONE)
		got = telegram_desk_open(run, intake.identity.account_id, &intake.desk);
	if (got == GOT_NONE)
		return GOT_ONE;
	/* Its files could not be fetched: all of it waits until the token is typed again. */
	run->problem = "The bot's token cannot be read.";
	if (got == GOT_ONE && intake.desk.bot.token == NULL)
		return GOT_ERROR;
	for (i = 0; i < ITEMS_MOST && got == GOT_ONE; i++) {
		intake.receiving = (struct receiving){ .arena = NULL };
		intake.pause = 0;
		got = inbound_next(run->db, run->arena, run->tenant, &intake.identity, &intake.receiving.inbound);
		if (got == GOT_NONE)
			return GOT_ONE;
		if (got == GOT_ONE)
			got = take_item(&intake);
	}
	run->problem = "An update of Telegram could not be taken in.";
	if (got == GOT_ERROR)
		return GOT_ERROR;
	return telegram_order_receive(run->db, run->arena, run->tenant, run->subject, run->now + intake.pause, run->now);
}
