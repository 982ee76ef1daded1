/* SPDX-License-Identifier: BSD-2-Clause */
/* arena.c - a chain of zeroed blocks that are handed out from front to back and given back at once. */
#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/check.h"
#include "core/conf.h"
#include "core/log.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(ARENA_POISON)
#define ARENA_POISON 1
#endif

#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
#define POISON(at, len) ASAN_POISON_MEMORY_REGION((at), (len))
#define UNPOISON(at, len) ASAN_UNPOISON_MEMORY_REGION((at), (len))
#define ARENA_GAP 16    /* poisoned bytes between two allocations, so that a step too far is seen */
#else
#define POISON(at, len) ((void)(at), (void)(len))
#define UNPOISON(at, len) ((void)(at), (void)(len))
#define ARENA_GAP 0
#endif

#define ARENA_ALIGN _Alignof(max_align_t)
#define BLOCK_FIRST ((size_t)16 * 1024)
#define BLOCK_LAST ((size_t)256 * 1024)     /* blocks stop growing here */
#define FORMAT_TRY 256                      /* most formatted texts are shorter */

struct block {
	struct block *next;
	size_t size;            /* of data */
	size_t used;
	_Alignas(max_align_t) unsigned char data[];
};

struct clean_up {
	struct clean_up *next;
	arena_clean_up *run;
	void *arg;
};

struct arena {
	struct block *blocks;           /* the newest first; the front one is being filled */
	struct block *first;            /* the one that a reset keeps */
	struct clean_up *clean_ups;     /* the newest first; they live in the blocks */
	size_t next_size;
};

/* Zeroed memory of the system, or the end of the process. */
static void *
memory_get(size_t size)
{
	void *memory = calloc(1, size);

	if (memory == NULL) {
		log_error("memory", "no memory left for %zu bytes", size);
		_exit(EXIT_FAILED);
	}
	return memory;
}

static struct block *
block_new(size_t size)
{
	struct block *block;

	CHECK(size <= SIZE_MAX - sizeof(*block));
	block = memory_get(sizeof(*block) + size);
	block->size = size;
	POISON(block->data, size);
	return block;
}

static void
block_free(struct block *block)
{
	UNPOISON(block->data, block->size);
	free(block);
}

/* Only what was handed out needs zeroing again. */
static void
block_empty(struct block *block)
{
	UNPOISON(block->data, block->used);
	memset(block->data, 0, block->used);
	POISON(block->data, block->size);
	block->used = 0;
}

struct arena *
arena_new(void)
{
	struct arena *arena = memory_get(sizeof(*arena));

	arena->first = arena->blocks = block_new(BLOCK_FIRST);
	arena->next_size = 2 * BLOCK_FIRST;
	return arena;
}

/* A clean-up may still allocate, or register another. */
static void
clean_ups_run(struct arena *arena)
{
	while (arena->clean_ups != NULL) {
		struct clean_up *clean_up = arena->clean_ups;

		arena->clean_ups = clean_up->next;
		clean_up->run(clean_up->arg);
	}
}

static void
blocks_free(struct arena *arena, const struct block *keep)
{
	struct block *block = arena->blocks;

	while (block != NULL) {
		struct block *next = block->next;

		if (block != keep)
			block_free(block);
		block = next;
	}
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	clean_ups_run(arena);
	blocks_free(arena, NULL);
	free(arena);
}

void
arena_reset(struct arena *arena)
{
	clean_ups_run(arena);
	blocks_free(arena, arena->first);
	block_empty(arena->first);
	arena->first->next = NULL;
	arena->blocks = arena->first;
	arena->next_size = 2 * BLOCK_FIRST;
}

static void *
block_take(struct block *block, size_t size, size_t step)
{
	unsigned char *at = block->data + block->used;

	block->used += step;
	UNPOISON(at, size);
	return at;
}

/* A big thing gets a block of its own behind the front one, which is filled on. */
static void *
big_take(struct arena *arena, size_t size, size_t step)
{
	struct block *block = block_new(step);

	block->next = arena->blocks->next;
	arena->blocks->next = block;
	return block_take(block, size, step);
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	struct block *front = arena->blocks;
	size_t step;

	if (size == 0)
		size = 1;
	CHECK(size <= SIZE_MAX / 2);
	step = (size + ARENA_GAP + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
	if (step <= front->size - front->used)
		return block_take(front, size, step);
	if (step > arena->next_size / 4)
		return big_take(arena, size, step);

	front = block_new(arena->next_size);
	front->next = arena->blocks;
	arena->blocks = front;
	if (arena->next_size < BLOCK_LAST)
		arena->next_size *= 2;
	return block_take(front, size, step);
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t total = 0;

	CHECK(!__builtin_mul_overflow(count, size, &total));
	return arena_alloc(arena, total);
}

void *
arena_copy(struct arena *arena, const void *bytes, size_t len)
{
	void *copy = arena_alloc(arena, len);

	if (len > 0)
		memcpy(copy, bytes, len);
	return copy;
}

char *
arena_text_of(struct arena *arena, const char *bytes, size_t len)
{
	char *text;

	CHECK(len < SIZE_MAX / 2);
	text = arena_alloc(arena, len + 1);
	if (len > 0)
		memcpy(text, bytes, len);
	return text;
}

char *
arena_text(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_text_of(arena, text, strlen(text));
}

char *
arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	char attempt[FORMAT_TRY];
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(attempt, sizeof(attempt), format, args);
	CHECK(len >= 0);
	if ((size_t)len < sizeof(attempt)) {
		text = arena_text_of(arena, attempt, (size_t)len);
	} else {
		text = arena_alloc(arena, (size_t)len + 1);
		(void)vsnprintf(text, (size_t)len + 1, format, again);
	}
	va_end(again);
	return text;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void
arena_on_release(struct arena *arena, arena_clean_up *clean_up, void *arg)
{
	struct clean_up *entry = ARENA_NEW(arena, struct clean_up);

	entry->run = clean_up;
	entry->arg = arg;
	entry->next = arena->clean_ups;
	arena->clean_ups = entry;
}
