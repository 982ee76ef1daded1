/* SPDX-License-Identifier: BSD-2-Clause */
/* test_store.c - files: spooled, hashed, kept under names of our own, removed; foreign names never reach the disk. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "edge/store.h"

struct world {
	struct arena *arena;
	char dir[64];
	struct store *store;
};

static bool spool_is_stuck;

/* In place of the C library's: a disk that takes no name out of the spool. */
int
unlinkat(int folder, const char *path, int flags)
{
	if (spool_is_stuck && strncmp(path, "spool/", 6) == 0) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_unlinkat, folder, path, flags);
}

static int
set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);

	world->arena = arena_new();
	snprintf(world->dir, sizeof world->dir, "/tmp/test_store.XXXXXX");
	assert_non_null(mkdtemp(world->dir));
	world->store = store_new(world->arena, world->dir);
	*state = world;
	return 0;
}

/* Removes a tree that holds folders and files only. */
static void
remove_tree(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	char inner[1024];

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		remove_tree(inner);
	}
	if (folder != NULL)
		closedir(folder);
	remove(path);
}

static int
tear_down(void **state)
{
	struct world *world = *state;

	arena_free(world->arena);
	remove_tree(world->dir);
	free(world);
	return 0;
}

static size_t
files_in(const struct world *world, const char *name)
{
	char path[200];
	DIR *folder;
	struct dirent *entry;
	size_t count = 0;

	snprintf(path, sizeof path, "%s/%s", world->dir, name);
	folder = opendir(path);
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL)
		count += entry->d_name[0] != '.';
	closedir(folder);
	return count;
}

static void
keeps_and_removes(void **state)
{
	struct world *world = *state;
	struct store_spool *spool = store_spool_new(world->store, world->arena);
	unsigned char hash[CRYPT_HASH_LEN], want[CRYPT_HASH_LEN], head[64];
	const tenant_id tenant = { 42 }, other = { 43 };
	const char *name = NULL, *path;
	struct stat status;
	char text[100];
	FILE *file;

	memset(text, 'x', sizeof text);
	assert_non_null(spool);
	assert_true(store_spool_write(spool, "abc", 3));
	assert_int_equal(store_spool_head(spool, head), 3);
	assert_true(store_spool_write(spool, text, sizeof text));
	assert_true(store_spool_write(spool, "", 0));
	assert_int_equal(store_spool_size(spool), 103);
	assert_int_equal(store_spool_head(spool, head), 64);
	assert_memory_equal(head, "abcxxx", 6);
	assert_int_equal(files_in(world, "spool"), 1);
	assert_true(store_keep(spool, world->arena, tenant, &name, hash));
	assert_int_equal(files_in(world, "spool"), 0);
	assert_int_equal(strlen(name), 35);
	path = store_path(world->store, world->arena, tenant, name);
	assert_memory_equal(path, world->dir, strlen(world->dir));
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_size, 103);
	assert_int_equal(status.st_mode & 07777 & ~0640u, 0);
	file = fopen(path, "r");
	assert_int_equal(fread(text, 1, 4, file), 4);
	fclose(file);
	assert_memory_equal(text, "abcx", 4);
	memset(text, 'x', sizeof text);
	crypt_sha256(arena_printf(world->arena, "abc%.100s", text), 103, want);
	assert_memory_equal(hash, want, sizeof hash);
	/* A spool is kept once; another tenant's folder does not hold it. */
	assert_false(store_keep(spool, world->arena, tenant, &name, hash));
	assert_false(store_spool_write(spool, "x", 1));
	assert_true(store_remove(world->store, other, name));
	assert_int_equal(stat(path, &status), 0);
	assert_true(store_remove(world->store, tenant, name));
	assert_int_not_equal(stat(path, &status), 0);
	assert_true(store_remove(world->store, tenant, name));
}

static void
unfinished_ones_vanish(void **state)
{
	struct world *world = *state;
	struct arena *request = arena_new();
	struct store_spool *spool = store_spool_new(world->store, request);

	assert_true(store_spool_write(spool, "abc", 3));
	assert_int_equal(files_in(world, "spool"), 1);
	arena_free(request);
	assert_int_equal(files_in(world, "spool"), 0);
}

/* The descriptor of a kept file is given back once: by then its number may be another's. */
static void
closes_once(void **state)
{
	struct world *world = *state;
	struct arena *request = arena_new();
	struct store_spool *spool = store_spool_new(world->store, request);
	unsigned char hash[CRYPT_HASH_LEN];
	const char *name;
	int pipes[2];

	assert_true(store_keep(spool, request, (tenant_id){ 1 }, &name, hash));
	assert_int_equal(pipe(pipes), 0);
	arena_free(request);
	assert_int_equal(write(pipes[1], "x", 1), 1);
	assert_int_equal(close(pipes[0]), 0);
	assert_int_equal(close(pipes[1]), 0);
}

static void
refuses_foreign_names(void **state)
{
	static const char *const bad[] = { "", "..", "../../etc/passwd", "ab/../../../../../../../../etc/passwd", "/etc/passwd",
		"ab/cd0123456789abcdef0123456789abcd", "ab/ab0123456789abcdef0123456789ab", "AB/AB0123456789abcdef0123456789abcd",
		"ab/ab0123456789abcdef0123456789abcde", "ab/ab0123456789abcdef0123456789ab..", "abxab0123456789abcdef0123456789abcd" };
	struct world *world = *state;
	const tenant_id tenant = { 1 };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_null(store_path(world->store, world->arena, tenant, bad[i]));
		assert_false(store_remove(world->store, tenant, bad[i]));
	}
	assert_null(store_path(world->store, world->arena, tenant, NULL));
	assert_non_null(store_path(world->store, world->arena, tenant, "ab/ab0123456789abcdef0123456789abcd"));
}

/* A link in the place of a folder is not followed. */
static void
does_not_follow_links(void **state)
{
	struct world *world = *state;
	struct store_spool *spool = store_spool_new(world->store, world->arena);
	unsigned char hash[CRYPT_HASH_LEN];
	char path[100];
	const char *name;

	snprintf(path, sizeof path, "%s/files", world->dir);
	assert_int_equal(symlink("/tmp", path), 0);
	assert_false(store_keep(spool, world->arena, (tenant_id){ 1 }, &name, hash));
	unlink(path);
	assert_true(store_keep(spool, world->arena, (tenant_id){ 1 }, &name, hash));
}

static void
says_when_the_disk_refuses(void **state)
{
	struct world *world = *state;
	struct store *store = store_new(world->arena, "/no/such/folder");

	assert_null(store_spool_new(store, world->arena));
	assert_false(store_remove(store, (tenant_id){ 1 }, "ab/ab0123456789abcdef0123456789abcd"));
}

/* What a killed process left in the spool goes when it is old; what is being received stays. */
static void
cleans_what_was_left(void **state)
{
	struct world *world = *state;
	struct store_spool *spool = store_spool_new(world->store, world->arena);

	assert_true(store_spool_write(spool, "x", 1));
	assert_int_equal(store_clean(world->store, clock_now() - CLOCK_DAY), 0);
	assert_int_equal(files_in(world, "spool"), 1);
	assert_int_equal(store_clean(world->store, clock_now() + CLOCK_DAY), 1);
	assert_int_equal(files_in(world, "spool"), 0);
}

/* Nobody would know its name. */
static void
leaves_nothing_of_what_it_could_not_keep(void **state)
{
	struct world *world = *state;
	struct store_spool *spool = store_spool_new(world->store, world->arena);
	unsigned char hash[CRYPT_HASH_LEN];
	const tenant_id tenant = { 42 };
	const char *name = NULL;
	size_t removed = 99;

	assert_true(store_spool_write(spool, "x", 1));
	spool_is_stuck = true;
	assert_false(store_keep(spool, world->arena, tenant, &name, hash));
	spool_is_stuck = false;
	assert_true(store_erase(world->store, tenant, 9, &removed));
	assert_int_equal(removed, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(keeps_and_removes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(unfinished_ones_vanish, set_up, tear_down),
		cmocka_unit_test_setup_teardown(closes_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_foreign_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(does_not_follow_links, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cleans_what_was_left, set_up, tear_down),
		cmocka_unit_test_setup_teardown(says_when_the_disk_refuses, set_up, tear_down),
		cmocka_unit_test_setup_teardown(leaves_nothing_of_what_it_could_not_keep, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
