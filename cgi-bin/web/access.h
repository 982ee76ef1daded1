/* SPDX-License-Identifier: BSD-2-Clause */
/* access.h - what everybody who signs in does for the safety of the own account: a second factor, the password once more, open sessions.
 *
 * Agents and operators keep these in tables of their own, below addresses of their own. Each room says in a `struct access` which; rules
 * and pages are here and the same for both. The rooms' route tables name the handlers.
 */
#ifndef HARK_WEB_ACCESS_H
#define HARK_WEB_ACCESS_H

#include "web/route.h"

/* What stands between a password and a session. */
struct factor {
	bool is_asked;                   /* a code is wanted when signing in */
	bool is_required;                /* its owner may not switch it off */
	const char *sealed;              /* the secret; NULL or "" is not set up */
	uint64_t codes;                  /* recovery codes that are left */
};

/* A secret that was set up with the code of `step`. */
struct factor_setting {
	uint64_t owner;
	const char *sealed;
	uint64_t step;
	bool is_own;                     /* the owner's own wish; false: while signing in, where none may replace one that there is by now */
};

/* A sign-in whose password was right and that waits for its code: a secret of its own, which is no session. */
#define HALF_LIFE (10 * CLOCK_MINUTE)
struct half {
	unsigned char hash[CRYPT_HASH_LEN];      /* of its token */
	uint64_t owner;
	const char *account;             /* as the owner signs in */
	const char *sealed;              /* the secret that is being set up; NULL or "" when there is one */
	struct factor factor;
	void *own;                       /* the room's */
};

/* A place where somebody is signed in. */
struct session {
	uint64_t id;
	uint64_t owner;
	const char *address;
	const char *user_agent;
	clock_ms created_at;
	clock_ms seen_at;
	bool is_this;                    /* the one that asks */
	const char *allowed_addresses;   /* of its owner, as a list of core/address.h; NULL for operators */
};
extern const struct field session_fields[];

/* Who asks. */
struct access_self {
	const char *account;             /* as the app lists it */
	const char *email;
	const char *password_hash;
};

/* What differs in the texts for people: message ids. */
struct access_words {
	const char *code_lead;           /* above the code while signing in */
	const char *code_lost;           /* below it: what somebody without the phone does */
	const char *set_up_lead;         /* above a set-up that must be while signing in */
	const char *required;            /* why the factor cannot be switched off */
	const char *required_refusal;    /* the same to who tries it nevertheless */
};

/* Functions work in r->tenant; operators have none. `owner` is the number of an agent or operator. */
struct access {
	const char *noun;                /* "agent": in audit entries, and whom secrets are sealed for */
	const char *sign_in_log;         /* what the audit's actions of signing in begin with: "" or "host." */
	const char *sign_in;             /* "/sign-in", with /code and /set-up below it */
	const char *confirm;             /* "/confirm" */
	const char *panel;               /* "/admin", with /two-factor and /sessions below it */
	const char *sessions;            /* the page that lists the own sessions */
	const char *half_cookie;         /* of a sign-in that waits for its code */
	const char *codes_cookie;        /* of recovery codes on their way to the page that shows them once */
	struct access_words words;
	bool (*next_is_safe)(const char *path);          /* may a sign-in go on to it? */
	const char *(*home)(const struct req *r);        /* where the actor begins */
	const char *(*issuer)(struct req *r);            /* what apps list the codes under */
	enum got (*self)(struct req *r, struct access_self *self);

	/* The password. Why a new one is refused: a message id with at most one %s for *detail, or NULL when it is good. */
	const char *(*password_problem)(struct req *r, const struct access_self *self, const char *password, const char **detail);
	enum got (*password_store)(struct req *r, const char *password); /* the actor's, in a transaction */
	void (*remember)(struct req *r); /* its attempts to sign in from this browser do not count with those of strangers */

	/* The second factor. GOT_NONE: there is no such owner. */
	enum got (*factor_load)(struct req *r, uint64_t owner, struct factor *factor);
	enum got (*factor_store)(struct req *r, const struct factor_setting *new);
	enum got (*factor_clear)(struct req *r, uint64_t owner);         /* off, with secret and recovery codes */
	enum got (*factor_step)(struct req *r, uint64_t owner, uint64_t step);   /* GOT_NONE: not newer than all that were used */
	enum got (*recovery_add)(struct req *r, uint64_t owner, const unsigned char hash[CRYPT_HASH_LEN]);
	enum got (*recovery_use)(struct req *r, uint64_t owner, const unsigned char hash[CRYPT_HASH_LEN]);
	enum got (*recovery_find)(struct req *r, uint64_t owner, const unsigned char hash[CRYPT_HASH_LEN]);
	enum got (*recovery_clear)(struct req *r, uint64_t owner);

	/* Sign-ins that wait for a code. */
	enum got (*half_add)(struct req *r, const struct half *half);
	/* By its hash, with all that is known of it; the request is nobody's from here on, whoever was signed in, in the owner's company. */
	enum got (*half_find)(struct req *r, struct half *half);
	enum got (*half_enter)(struct req *r, struct half *half);        /* the actor is its owner, still without a session */
	/* In a transaction: it ends and becomes a session, and the old one of this browser ends. With `is_new`, a factor that was set up, all
	 * others of the owner, too. GOT_NONE: it was used meanwhile, so that one password and one code make one session. */
	enum got (*half_finish)(struct req *r, struct half *half, bool is_new);
	void (*half_welcome)(struct req *r, const struct half *half);    /* after the commit: cookies */

	/* Sessions. */
	enum got (*session_list)(struct req *r, uint64_t owner, struct db_rows *sessions);
	enum got (*session_end)(struct req *r, uint64_t owner, uint64_t id);     /* GOT_NONE: there was none */
	enum got (*session_end_others)(struct req *r, uint64_t owner);   /* all of the owner's but the one that asks */
	enum got (*session_gone)(struct req *r, uint64_t owner);         /* some have ended: with them goes what hangs on them */
	enum got (*session_confirm)(struct req *r);                      /* the password was given once more */
	enum got (*session_renew)(struct req *r);                        /* another token for the one that asks; forms stay good */
	enum got (*session_secret)(struct req *r, const char **sealed);  /* that this one is setting up; GOT_NONE: none */
	enum got (*session_set_secret)(struct req *r, const char *sealed);       /* NULL: none */
};

/* That of a request: of operators on the routes of the host. */
const struct access *access_of(const struct req *r);

/* "agent.two_factor": what an owner, whom the log calls `name`, has done. */
enum got access_audit(struct req *r, uint64_t owner, const char *name, const char *action) MUST_USE;

/* Is the actor a person who is signed in, and no key and no view? */
bool access_is_person(const struct req *r);

/* --- the own password */

/* Is it the password of that hash, the actor's? Every page that asks for it lets one guess it: they count together. GOT_NONE: too often, try again
 * after so many seconds. GOT_ERROR: it could not be looked at now. */
enum got access_password_is_own(struct req *r, const char *password, const char *hash, bool *is_own, uint64_t *retry_after) MUST_USE;

handler password_show_own, password_change_own;

/* --- the password once more, before somebody changes his own e-mail address, second factor or keys */

#define CONFIRM_LIFE (10 * CLOCK_MINUTE)

/* Has whoever sits at this browser given the password within the last CONFIRM_LIFE? Never true for a key: what asks this is for
 * people. Ask it in the GET that shows a form as well as in the POST, so that nobody loses what was typed. */
bool access_is_confirmed(const struct req *r);
/* The answer when not: 303 to the page that asks, which leads back to `next` (a path of this site; NULL: the page of this request). Where
 * JSON is spoken, and for keys, 403 "confirm". Use: `if (!access_is_confirmed(r)) return access_ask_confirm(r, "/admin/profile");` */
int access_ask_confirm(struct req *r, const char *next);

handler confirm_show, confirm_do;

/* --- the second factor: signing in with it, and the own one */

/* Begins a sign-in that waits for its code (a set-up comes first when there is no secret yet) and sets its cookie. */
enum got half_begin(struct req *r, uint64_t owner, const struct factor *factor) MUST_USE;

/* Leads on to where the code is asked for, or the factor set up; `next` goes along. */
int half_go_on(struct req *r, bool is_set_up, const char *next);

handler code_show, code_do, code_set_up_show, code_set_up_do;
handler factor_show_own, factor_start, factor_set_up_show, factor_set_up_do, factor_codes_show, factor_codes_new, factor_codes_file,
	factor_off_ask, factor_off_do;

/* --- open sessions */

/* The page values Sessions.N and SessionCount, which templates/access/session_table.cs draws; each is ended at `base`/NUMBER/end. */
enum got session_show_list(struct req *r, uint64_t owner, const char *base) MUST_USE;

/* Ends one session of an owner, or with 0 all but the one that asks, with an audit entry, and leads back. */
int session_end_reply(struct req *r, const struct session *session, const char *name, const char *back);

/* The browser and the system that a User-Agent header tells of, as people call them ("Firefox", "Windows"); "" when it is not known. */
void session_device(const char *user_agent, const char **browser, const char **system);

handler session_end_one, session_end_others;

#endif
