/* SPDX-License-Identifier: BSD-2-Clause */
/* page.h - pages from ClearSilver templates: a tree of names and values, rendered with HTML escaping on.
 *
 * Parsed templates are kept and parsed again when a file of theirs has changed. An include names its file
 * literally ("shell/head.cs", below the templates folder) because it is resolved once; linclude is refused.
 * Beside ClearSilver's own functions there are `_` and `url_encode`.
 */
#ifndef HARK_EDGE_PAGE_H
#define HARK_EDGE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

/* The templates of a process: a folder, and what has been parsed of it. */
struct page_store;
struct page_store *page_store_new(struct arena *arena, const char *templates_dir);

/* Serves `<?cs var:_("text") ?>`: gives a text in the language in use; it is escaped like any value. */
typedef const char *page_translate(const char *text);
void page_store_translate(struct page_store *store, page_translate *translate);

/* The values of one page; it is also a node in the tree of values. */
struct page_node;

/* An empty tree; lives in `arena`. */
struct page_node *page_new(struct arena *arena);

/* Sets a value below `node`; `name` may be a path "User.Name". A NULL value is left out. */
void page_set(struct page_node *node, const char *name, const char *value);
void page_set_u64(struct page_node *node, const char *name, uint64_t value);
void page_set_bool(struct page_node *node, const char *name, bool value);   /* "1", or left out */
void page_setf(struct page_node *node, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The child of that name, made when it is missing. */
struct page_node *page_child(struct page_node *node, const char *name);

/* A new child with the next number as its name: the items of `<?cs each ?>`. */
struct page_node *page_add(struct page_node *node, const char *name);

/* Renders "people/sign_in" (templates/people/sign_in.cs) into `out`; false when it cannot (logged with file
 * and line), `out` is then as it was. */
bool page_render(struct page_store *store, struct page_node *page, const char *name, struct str *out);

/* Calls `visit` for each leaf of the tree and lets it replace the value: for the test with hostile values. */
typedef const char *page_visit(void *arg, const char *path, const char *value);
void page_each_leaf(struct page_node *node, page_visit *visit, void *arg);

#endif
