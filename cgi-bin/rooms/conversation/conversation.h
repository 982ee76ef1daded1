/* SPDX-License-Identifier: BSD-2-Clause */
/* conversation.h - conversations and their messages: what both a chat and a ticket are.
 *
 * Messages carry a sequence number without holes, given under the row lock of the conversation. Sending is idempotent by a
 * client-made id. State is written by rooms/routing and rooms/chat only, by the table in conversation_rules.c.
 */
#ifndef HARK_ROOMS_CONVERSATION_CONVERSATION_H
#define HARK_ROOMS_CONVERSATION_CONVERSATION_H

#include "core/field.h"
#include "edge/db.h"
#include "edge/json.h"
#include "edge/store.h"
#include "web/job.h"
#include "web/resource.h"
#include "web/route.h"

#define MESSAGE_TEXT_MAX 4000        /* characters of a message or note */
#define MESSAGE_PAGE 50              /* messages that a page of a conversation holds */
#define MESSAGE_SYNC 200             /* messages of one conversation in a resync */

struct conversation {
	uint64_t id;
	const char *kind;                /* chat, ticket */
	const char *channel;             /* web, telegram */
	const char *state;               /* waiting, offered, active, closed */
	const char *close_reason;
	uint64_t widget_id;
	uint64_t visitor_id;
	uint64_t identity_id;            /* who writes on another channel than the web; then there is no visitor */
	uint64_t contact_id;
	uint64_t queue_id;
	uint64_t agent_id;
	const char *visitor_name;
	const char *visitor_email;
	const char *start_url;
	const char *start_title;
	const char *client_id;
	uint64_t last_seq;
	const char *last_text;
	const char *last_by;
	clock_ms last_at;
	uint64_t visitor_seen_seq;
	uint64_t agent_seen_seq;
	uint64_t unread;                 /* texts and files of the visitor after agent_seen_seq */
	uint64_t refusals;
	clock_ms visitor_left_at;
	clock_ms created_at;
	clock_ms waiting_since;
	clock_ms accepted_at;
	clock_ms first_reply_at;
	clock_ms closed_at;
};
extern const struct field conversation_fields[];

struct message {
	uint64_t seq;
	const char *kind;                /* text, file, note, event */
	const char *author_kind;         /* visitor, agent, system, bot */
	uint64_t author_id;
	const char *author_name;
	const char *body;                /* of an event: {"what":"accepted",…} */
	uint64_t file_id;
	const char *client_id;
	clock_ms created_at;
	/* Of the file, when there is one (LEFT JOIN). */
	const char *file_name;
	const char *file_type;
	uint64_t file_size;
	uint64_t preview_width;          /* of the file's preview; 0 without one */
	uint64_t preview_height;
	/* Of its delivery, on another channel than the web (LEFT JOIN). */
	const char *delivery;            /* as struct delivery's state; NULL or "" without */
	const char *delivery_problem;
	const char *delivery_detail;
};
extern const struct field message_fields[];

struct file {
	uint64_t id;
	uint64_t conversation_id;
	const char *name;
	const char *type;
	uint64_t size;
	struct field_bytes hash;
	const char *stored;
	uint64_t width;
	uint64_t height;
	const char *preview;             /* stored name of a clean picture made of it, or "" */
	uint64_t preview_width;
	uint64_t preview_height;
	clock_ms created_at;
};
extern const struct field file_fields[];

extern const struct resource canned_resource;
extern const struct job_kind conversation_jobs[];    /* search.index, file.preview */

/* -- Reading. Each names the tenant. */
enum got conversation_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id,
	struct conversation *conversation) MUST_USE;
/* The same, and locks its row until the transaction ends. */
enum got conversation_lock(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id,
	struct conversation *conversation) MUST_USE;
/* Which open conversations somebody sees: all, or the own ones, those of some queues, and others by their ids. */
struct conversation_sight {
	bool sees_all;
	uint64_t viewer;
	struct field_set queues;
	struct field_set others;
};
/* Those in sight that are not closed, at most 1000: the viewer's own, then those that wait, then the others; each oldest first. */
enum got conversation_open(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation_sight *sight,
	struct db_rows *conversations) MUST_USE;
/* The visitor's newest one, closed or not. */
enum got conversation_of_visitor(struct db *db, struct arena *arena, tenant_id tenant, uint64_t visitor,
	struct conversation *conversation) MUST_USE;
/* Earlier ones of the same contact or visitor, newest first, at most 10. */
enum got conversation_earlier(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation *now,
	struct db_rows *conversations) MUST_USE;

/* Messages in order of seq: the newest `most` before `before` (0: of all), or the first `most` after `after`. */
enum got message_before(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, uint64_t before,
	uint64_t most, struct db_rows *messages) MUST_USE;
enum got message_after(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, uint64_t after,
	uint64_t most, struct db_rows *messages) MUST_USE;
enum got message_by_client_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation,
	const char *client_id, struct message *message) MUST_USE;

/* When the message `back` before the newest was written; 0 when there is none. For limits of rate. */
enum got message_time_back(struct db *db, tenant_id tenant, const struct conversation *conversation, uint64_t back,
	clock_ms *at) MUST_USE;

/* -- Writing, inside the caller's transaction. */
/* Inserts the conversation and sets its id. GOT_NONE: the visitor's client_id has one already (read it then). */
enum got conversation_create(struct db *db, tenant_id tenant, struct conversation *conversation, clock_ms now) MUST_USE;

/* Takes the next seq under the row lock, inserts the message, and the conversation's last_*; sets seq and created_at. With a
 * client_id that was used already: GOT_NONE, *message is the first one, and the caller must roll back (a number was taken).
 * GOT_NONE with seq 0: there is no such conversation, or it is closed: then it takes notes and events only. */
enum got message_add(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation,
	struct message *message, clock_ms now) MUST_USE;

/* A system event for message_add(): {"what":…} with the members of `details` (may be NULL). */
struct message message_event(struct arena *arena, const char *what, struct json *details);

/* A file row; sets the id. */
enum got file_add(struct db *db, tenant_id tenant, struct file *file, clock_ms now) MUST_USE;
enum got file_by_id(struct db *db, struct arena *arena, tenant_id tenant, uint64_t id, struct file *file) MUST_USE;

/* How many rows have the kept file of this name: 1 or 0. */
enum got file_count_named(struct db *db, tenant_id tenant, const char *stored, uint64_t *count) MUST_USE;
/* Orders the job that makes the file's preview, when it is a picture that can be borne. */
enum got file_order_preview(struct db *db, struct arena *arena, tenant_id tenant, const struct file *file, clock_ms now) MUST_USE;
/* Keeps what the job has made. */
enum got file_set_preview(struct db *db, tenant_id tenant, const struct file *file) MUST_USE;

/* Looks at what was received, keeps it on disk and fills type, size, measures, hash and stored name; `name` must be clean. `head` is the
 * file's beginning, at most FILE_HEAD bytes. A job looks an hour later whether a row has come to name it, else removes it: a process
 * may have died in between, or the answer to a COMMIT was lost. */
#define FILE_HEAD 65536
enum file_outcome { FILE_KEPT, FILE_OF_OTHER_KIND, FILE_EMPTY, FILE_NOT_STORED };
struct file_source {
	struct store_spool *spool;
	const unsigned char *head;
	size_t head_len;
	struct db *db;
	clock_ms now;
};
enum file_outcome file_keep(const struct file_source *source, struct arena *arena, tenant_id tenant, struct file *file);
/* Counts it, adds its row and orders its preview, in the caller's transaction. GOT_NONE: the tenant's plan has no room for it. */
enum got file_store(struct db *db, struct arena *arena, tenant_id tenant, struct file *file, clock_ms now) MUST_USE;

/* -- Messages that a provider must be given, such as Telegram: an outbox beside the messages, in their order. */
struct delivery {
	uint64_t conversation_id;
	uint64_t seq;
	const char *state;               /* waiting, sending, sent, uncertain (it may have arrived), failed */
	const char *problem;             /* a word: blocked, refused, away, kind, gone, off, lost */
	const char *detail;              /* the provider's own words */
	uint64_t parts;                  /* of a long text that were sent */
	uint64_t tries;
};

/* In the transaction of the message: a conversation of another channel than the web gets the job "CHANNEL.send" for it, and the message its
 * state. Nothing for the web. */
enum got delivery_order(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation *conversation,
	struct message *message, clock_ms now) MUST_USE;
/* The first that is neither sent nor given up. One that is `sending` was begun by a process that died. */
enum got delivery_next(struct db *db, struct arena *arena, tenant_id tenant, uint64_t conversation, struct delivery *delivery) MUST_USE;
enum got delivery_set(struct db *db, tenant_id tenant, const struct delivery *delivery, clock_ms now) MUST_USE;
/* One that failed, or may have, once more. GOT_NONE: it did not. */
enum got delivery_again(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation *conversation, uint64_t seq,
	clock_ms now) MUST_USE;
/* Orders the job that sends what waits. */
enum got delivery_job(struct db *db, struct arena *arena, tenant_id tenant, const struct conversation *conversation, clock_ms due_at,
	clock_ms now) MUST_USE;
/* Consoles that have the conversation open hear of it. */
void delivery_tell(struct arena *arena, struct bell *bell, tenant_id tenant, const struct delivery *delivery);

/* Seen marks only grow. GOT_NONE: nothing new. */
enum got conversation_seen_by_visitor(struct db *db, tenant_id tenant, uint64_t id, uint64_t seq) MUST_USE;
enum got conversation_seen_by_agent(struct db *db, tenant_id tenant, uint64_t id, uint64_t seq) MUST_USE;

/* The visitor's page was closed at `at`, or (0) is open again. GOT_NONE: it was so already. */
enum got conversation_set_left(struct db *db, tenant_id tenant, uint64_t id, clock_ms at) MUST_USE;

/* The conversations of one contact become the other's; GOT_NONE: there are none. */
enum got conversation_move_contact(struct db *db, tenant_id tenant, uint64_t from, uint64_t to) MUST_USE;

enum got conversation_set_state(struct db *db, tenant_id tenant, const struct conversation *conversation) MUST_USE;

/* -- Rules. */
/* May a conversation go from one state to the other? The table of design section 6. */
bool conversation_may_become(const char *from, const char *to);
bool conversation_is_closed(const struct conversation *conversation);
/* Is the message for visitors? Notes and the agents' events are not. */
bool message_is_for_visitor(const struct message *message);

/* The kinds of file that may be sent: by the name's extension and the first bytes. NULL: refused. */
const char *file_type_of(const char *name, const unsigned char *head, size_t head_len);
/* ".png", ".jpg", …; NULL behind the last. */
const char *file_extension(size_t at);
/* A name without path, control characters, direction marks and leading dots, at most 120 characters. */
char *file_clean_name(struct arena *arena, const char *name);
/* Is it a picture whose header is sound and whose area can be borne: will the job make a preview of it? */
bool file_may_preview(const struct file *file);

/* -- Views (docs/api-visit.md, docs/api-console.md). */
struct json *message_json(struct arena *arena, const struct message *message);
struct json *message_json_for_visitor(struct arena *arena, const struct message *message);
struct json *message_list_json(struct arena *arena, const struct db_rows *messages, bool for_visitor);
struct json *delivery_json(struct arena *arena, const struct delivery *delivery);
struct json *conversation_row_json(struct arena *arena, const struct conversation *conversation);

/* How many tenants still have conversations that should have been erased two days ago: for `hark doctor`. */
enum got retention_late(struct db *db, struct arena *arena, clock_ms now, uint64_t *tenants) MUST_USE;

/* Draft of an agent; empty text removes. */
enum got draft_set(struct db *db, tenant_id tenant, uint64_t agent, uint64_t conversation, const char *body,
	clock_ms now) MUST_USE;
enum got draft_get(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, uint64_t conversation,
	const char **body) MUST_USE;

/* Canned messages that the agent may use, sorted: names that begin with a space, a symbol, a digit, a letter; q "" gives all, at most 500. */
struct canned {
	uint64_t id;
	uint64_t agent_id;
	const char *name;
	const char *category;
	const char *shortcut;
	const char *body;
	bool is_private;                 /* LOCAL: from the form */
	clock_ms created_at;
	clock_ms updated_at;
	clock_ms deleted_at;
};
extern const struct field canned_fields[];
enum got canned_search(struct db *db, struct arena *arena, tenant_id tenant, uint64_t agent, const char *q,
	struct db_rows *canned) MUST_USE;

#define HISTORY_WORDS 4              /* different words of a search that count */

/* History: closed and open ones by filters, newest first (those with words: that were begun last). */
struct history_filter {
	clock_ms from;                   /* 0: no limit */
	clock_ms to;
	uint64_t queue_id;
	uint64_t agent_id;
	uint64_t contact_id;
	const char *words;               /* each of the first HISTORY_WORDS in a name or message */
	const char *outcome;             /* "", "missed", "refused", "missed_refused" */
	const struct field_set *queues;  /* only these queues (or own chats of `viewer`); NULL: all */
	uint64_t viewer;
	uint64_t before_id;              /* keyset page: the last of the one before */
	uint64_t most;
};
/* Has a search more words than count? */
bool conversation_history_skips(struct arena *arena, const char *text);
enum got conversation_history(struct db *db, struct arena *arena, tenant_id tenant, const struct history_filter *filter,
	struct db_rows *conversations) MUST_USE;

#endif
