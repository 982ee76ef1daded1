/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.h - memory that lives as long as one request, one job step or one event.
 *
 * Everything below a program allocates from an arena and never frees: the owner of the arena (a
 * program's loop) releases all at once. Memory comes zeroed. When memory runs out the process ends
 * with a message; its supervisor starts it again, and nothing acknowledged is lost.
 */
#ifndef HARK_CORE_ARENA_H
#define HARK_CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

typedef void arena_clean_up(void *arg);

/* Makes an empty arena; the caller owns it and ends it with arena_free(). */
struct arena *arena_new(void);

/* Runs the clean-ups, last registered first, and gives the memory back. NULL is allowed. */
void arena_free(struct arena *arena);

/* As arena_free(), but keeps the first block, so that the next request starts without malloc. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* Zeroed memory for `count` things of `size` bytes; ends the process when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Copies that live in the arena. arena_text(arena, NULL) is NULL. */
char *arena_text(struct arena *arena, const char *text);
char *arena_text_of(struct arena *arena, const char *bytes, size_t len);
void *arena_copy(struct arena *arena, const void *bytes, size_t len);

char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Registers what must happen when the arena ends: close a descriptor, drop a library's handle. */
void arena_on_release(struct arena *arena, arena_clean_up *clean_up, void *arg);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
