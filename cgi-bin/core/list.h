/* SPDX-License-Identifier: BSD-2-Clause */
/* list.h - a doubly linked list whose links live inside the things that it lists.
 *
 * A head is a link that points at itself. A thing is on as many lists as it has links.
 */
#ifndef HARK_CORE_LIST_H
#define HARK_CORE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct link {
	struct link *next;
	struct link *prev;
};

static inline void
list_init(struct link *head)
{
	head->next = head->prev = head;
}

static inline bool
list_is_empty(const struct link *head)
{
	return head->next == head;
}

/* Puts `link` at the end of the list. */
static inline void
list_add(struct link *head, struct link *link)
{
	link->prev = head->prev;
	link->next = head;
	head->prev->next = link;
	head->prev = link;
}

/* Takes it off its list; harmless when it is on none but was initialised with list_init(). */
static inline void
list_remove(struct link *link)
{
	link->prev->next = link->next;
	link->next->prev = link->prev;
	list_init(link);
}

/* The struct around a link. */
#define LIST_ENTRY(link, type, member) ((type *)(void *)((char *)(link) - offsetof(type, member)))

/* Safe against removal of the current entry only. */
#define LIST_EACH(at, after, head) \
	for ((at) = (head)->next, (after) = (at)->next; (at) != (head); (at) = (after), (after) = (at)->next)

#endif
