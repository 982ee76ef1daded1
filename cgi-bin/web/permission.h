/* SPDX-License-Identifier: BSD-2-Clause */
/* permission.h - every right there is, in one table with a sentence each, and sets of them. */
#ifndef HARK_WEB_PERMISSION_H
#define HARK_WEB_PERMISSION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/field.h"

/* 0 is nobody: a route without a permission stops the start of the program. */
enum permission {
	MAY_NOBODY = 0,
	MAY_PUBLIC,             /* everyone, also without signing in */
	MAY_VISIT,              /* the visitor's side: public, the handler checks the visitor's token */
	MAY_SIGNED_IN,          /* every agent who is signed in */
	MAY_CHAT,               /* chat.work */
	MAY_SUPERVISE,          /* chat.supervise */
	MAY_SEE_ALL_CHATS,      /* chat.see_all */
	MAY_READ_HISTORY,       /* history.read */
	MAY_EDIT_CANNED,        /* canned.edit_public */
	MAY_MANAGE_WIDGETS,     /* widgets.manage */
	MAY_MANAGE_PEOPLE,      /* people.manage */
	MAY_MANAGE_QUEUES,      /* queues.manage */
	MAY_MANAGE_ROLES,       /* roles.manage */
	MAY_READ_AUDIT,         /* audit.read */
	MAY_MANAGE_SETTINGS,    /* settings.manage */
	MAY_USE_API,            /* api.use */
	MAY_SEE_QUEUE_CHATS,    /* chat.see_queues */
	MAY_PICK_CHATS,         /* chat.pick */
	MAY_SEE_CONTACTS,       /* contacts.see */
	MAY_REVEAL_CONTACTS,    /* contacts.reveal */
	MAY_SIGN_IN_OTHERS,     /* people.sign_in */
	MAY_READ_CONTACTS,      /* contacts.read */
	MAY_EDIT_CONTACTS,      /* contacts.edit */
	/* Of operators, who run the installation for all companies. No role of a tenant can hold one. */
	MAY_HOST_SIGNED_IN,     /* every operator who is signed in, but no key */
	MAY_HOST_READ,          /* host.read */
	MAY_HOST_TENANTS,       /* host.tenants */
	MAY_HOST_SUSPEND,       /* host.suspend */
	MAY_HOST_DELETE,        /* host.delete */
	MAY_HOST_SIGN_IN,       /* host.sign_in */
	MAY_HOST_VIEW_AS,       /* host.view_as */
	MAY_HOST_OPERATORS,     /* host.operators */
	PERMISSION_COUNT
};

/* A set of permissions: bit 1 << permission. */
typedef uint64_t permission_set;

struct permission_info {
	enum permission permission;
	const char *name;       /* "chat.work": in roles and in the API */
	const char *group;      /* heading, N_() */
	const char *sentence;   /* what the right allows, N_() */
};

/* Those that a role can give, in the order of the page; ends with a NULL name. */
extern const struct permission_info permission_table[];

/* The same as the words of a field of rights. */
field_words permission_words;
/* Those that an operator can have; ends with a NULL name. */
extern const struct permission_info permission_host_table[];

/* The same as the words of a field. */
field_words permission_host_words;

bool permission_has(permission_set set, enum permission permission);

/* The set of a role's text: names separated by spaces, "*" is all; unknown names are ignored. */
permission_set permission_set_of(const char *names);

/* The set of an operator's text, likewise, out of permission_host_table. */
permission_set permission_host_set_of(const char *names);

/* Is it of operators? */
bool permission_is_host(enum permission permission);

/* "chat.work", for a route's print: "public", "visitor", "signed in" for the first three. */
const char *permission_name(enum permission permission);

#endif
