/* SPDX-License-Identifier: BSD-2-Clause */
/* store.c - files on disk, reached from one open folder by names that this file makes itself. */
#include "edge/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/log.h"
#include "core/text.h"

#define RANDOM_LEN 16
#define NAME_LEN (2 * RANDOM_LEN)
#define STORED_LEN (3 + NAME_LEN)   /* "ab/0123…" */
#define VERSION_LEN 16              /* 64 random bits */
#define FOLDER_MODE 0750
#define FILE_MODE 0640

struct store {
	const char *dir;
	int root;                       /* `dir`, opened with the first file; -1 before */
};

struct store_spool {
	struct store *store;
	struct crypt_digest *digest;
	uint64_t size;
	int file;                       /* -1 once it is kept */
	bool is_broken;                 /* a write failed */
	size_t head_len;
	unsigned char head[64];
	char path[8 + NAME_LEN];        /* "spool/0123…" */
};

static void
store_release(void *arg)
{
	struct store *store = arg;

	if (store->root >= 0)
		close(store->root);
}

struct store *
store_new(struct arena *arena, const char *data_dir)
{
	struct store *store = ARENA_NEW(arena, struct store);

	store->dir = arena_text(arena, data_dir);
	store->root = -1;
	arena_on_release(arena, store_release, store);
	return store;
}

static bool
complain(const struct store *store, const char *what, const char *path)
{
	log_error("store", "cannot %s %s/%s: %m", what, store->dir, path);
	return false;
}

static bool
store_open(struct store *store)
{
	if (store->root < 0)
		store->root = open(store->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return store->root >= 0 || complain(store, "open", "");
}

static void
random_name(char name[NAME_LEN + 1])
{
	unsigned char bytes[RANDOM_LEN];

	crypt_random(bytes, sizeof bytes);
	text_hex(bytes, sizeof bytes, name);
}

/* Opens a folder below `parent`, made when it is missing and then durable; it is never followed elsewhere. */
static int
folder_open(int parent, const char *name)
{
	int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (folder >= 0 || errno != ENOENT)
		return folder;
	if (mkdirat(parent, name, FOLDER_MODE) != 0 && errno != EEXIST)
		return -1;
	if (fsync(parent) != 0)
		return -1;
	return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void
spool_release(void *arg)
{
	struct store_spool *spool = arg;

	if (spool->file < 0)
		return;
	close(spool->file);
	unlinkat(spool->store->root, spool->path, 0);
}

static int
spool_create(struct store_spool *spool)
{
	int folder = folder_open(spool->store->root, "spool");
	char name[NAME_LEN + 1];
	int file;

	if (folder < 0)
		return -1;
	random_name(name);
	snprintf(spool->path, sizeof spool->path, "spool/%s", name);
	file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
	close(folder);
	return file;
}

struct store_spool *
store_spool_new(struct store *store, struct arena *arena)
{
	struct store_spool *spool = ARENA_NEW(arena, struct store_spool);

	if (!store_open(store))
		return NULL;
	spool->store = store;
	spool->file = spool_create(spool);
	if (spool->file < 0) {
		complain(store, "make a file in", "spool");
		return NULL;
	}
	spool->digest = crypt_digest_new(arena);
	arena_on_release(arena, spool_release, spool);
	return spool;
}

bool
store_spool_write(struct store_spool *spool, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;
	size_t left = len, head = sizeof spool->head - spool->head_len;
	ssize_t done;

	if (spool->file < 0 || spool->is_broken)
		return false;
	while (left > 0) {
		done = write(spool->file, at, left);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			spool->is_broken = true;
			return complain(spool->store, "write", spool->path);
		}
		at += done;
		left -= (size_t)done;
	}
	if (head > len)
		head = len;
	if (head > 0)
		memcpy(spool->head + spool->head_len, bytes, head);
	spool->head_len += head;
	spool->size += len;
	crypt_digest_add(spool->digest, bytes, len);
	return true;
}

uint64_t
store_spool_size(const struct store_spool *spool)
{
	return spool->size;
}

size_t
store_spool_head(const struct store_spool *spool, unsigned char head[64])
{
	memcpy(head, spool->head, spool->head_len);
	return spool->head_len;
}

static void
descriptor_release(void *arg)
{
	close(*(int *)arg);
}

static int
open_until(struct arena *arena, int folder, const char *path)
{
	int *file = ARENA_NEW(arena, int);

	*file = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (*file >= 0)
		arena_on_release(arena, descriptor_release, file);
	return *file;
}

int
store_spool_open(const struct store_spool *spool, struct arena *arena)
{
	int file = spool->file < 0 || spool->is_broken ? -1 : open_until(arena, spool->store->root, spool->path);

	if (file < 0)
		complain(spool->store, "read", spool->path);
	return file;
}

char *
store_spool_text(const struct store_spool *spool, struct arena *arena, size_t most, size_t *len)
{
	const size_t wanted = spool->size < most ? (size_t)spool->size : most;
	char *text = arena_alloc(arena, wanted + 1);
	int file = store_spool_open(spool, arena);
	ssize_t got = 1;

	for (*len = 0; file >= 0 && *len < wanted && got > 0; *len += got > 0 ? (size_t)got : 0)
		got = pread(file, text + *len, wanted - *len, (off_t)*len);
	text[*len] = '\0';
	if (file >= 0 && *len == wanted)
		return text;
	if (file >= 0)
		complain(spool->store, "read", spool->path);
	return NULL;
}

/* files/<tenant>/<2 hex>, made when it is missing. */
static int
kept_folder(const struct store *store, tenant_id tenant, const char *two)
{
	char number[24];
	int files, own, folder = -1;

	snprintf(number, sizeof number, "%llu", (unsigned long long)tenant.id);
	files = folder_open(store->root, "files");
	own = files >= 0 ? folder_open(files, number) : -1;
	if (own >= 0)
		folder = folder_open(own, two);
	if (files >= 0)
		close(files);
	if (own >= 0)
		close(own);
	return folder;
}

/* First the bytes, then the name, then the folder that holds the name. A taken name is not replaced: RENAME_NOREPLACE is
 * what link(2) does by itself. When not all of it can be done, the name goes again: nobody knows it. */
static bool
move_into(struct store_spool *spool, int folder, const char *name)
{
	int why;

	if (fsync(spool->file) != 0 || linkat(spool->store->root, spool->path, folder, name, 0) != 0)
		return false;
	if (unlinkat(spool->store->root, spool->path, 0) == 0 && fsync(folder) == 0)
		return true;
	why = errno;
	(void)unlinkat(folder, name, 0);
	errno = why;
	return false;
}

bool
store_keep(struct store_spool *spool, struct arena *arena, tenant_id tenant, const char **name, unsigned char hash[CRYPT_HASH_LEN])
{
	char random[NAME_LEN + 1], two[3];
	int folder;
	bool good;

	if (spool->file < 0 || spool->is_broken)
		return false;
	random_name(random);
	memcpy(two, random, 2);
	two[2] = '\0';
	folder = kept_folder(spool->store, tenant, two);
	good = folder >= 0 && move_into(spool, folder, random);
	if (!good)
		complain(spool->store, "keep", spool->path);
	if (folder >= 0)
		close(folder);
	if (!good)
		return false;
	close(spool->file);
	spool->file = -1;
	crypt_digest_end(spool->digest, hash);
	*name = arena_printf(arena, "%s/%s", two, random);
	return true;
}

/* "ab/ab34…": two hex digits and the 32 that begin with them. */
static bool
name_is_ours(const char *name)
{
	return name != NULL && strlen(name) == STORED_LEN && name[2] == '/' && strncmp(name, name + 3, 2) == 0
		&& strspn(name + 3, "0123456789abcdef") == NAME_LEN;
}

char *
store_path(const struct store *store, struct arena *arena, tenant_id tenant, const char *name)
{
	if (!name_is_ours(name))
		return NULL;
	return arena_printf(arena, "%s/files/%llu/%s", store->dir, (unsigned long long)tenant.id, name);
}

char *
store_version(struct arena *arena, const char *name)
{
	return name_is_ours(name) ? arena_text_of(arena, name + 3, VERSION_LEN) : arena_text(arena, "");
}

int
store_open_kept(const struct store *store, struct arena *arena, tenant_id tenant, const char *name)
{
	const char *path = store_path(store, arena, tenant, name);

	return path != NULL ? open_until(arena, AT_FDCWD, path) : -1;
}

bool
store_remove(struct store *store, tenant_id tenant, const char *name)
{
	char path[64];

	if (!name_is_ours(name) || !store_open(store))
		return false;
	snprintf(path, sizeof path, "files/%llu/%s", (unsigned long long)tenant.id, name);
	return unlinkat(store->root, path, 0) == 0 || errno == ENOENT || complain(store, "remove", path);
}

void
store_settle(struct store *store, tenant_id tenant, const char *before, const char **name, bool is_stored)
{
	const char *useless = is_stored ? before : *name;

	if (!text_is_blank(useless) && !text_equal(before, *name))
		store_remove(store, tenant, useless);
	if (!is_stored)
		*name = before;
}

static bool
is_old(int folder, const char *name, clock_ms before)
{
	struct stat status;

	return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode)
		&& (clock_ms)status.st_mtime * CLOCK_SECOND < before;
}

size_t
store_clean(struct store *store, clock_ms before)
{
	int folder = store_open(store) ? folder_open(store->root, "spool") : -1;
	DIR *entries = folder >= 0 ? fdopendir(folder) : NULL;
	const struct dirent *entry;
	size_t removed = 0;

	if (entries == NULL) {
		if (folder >= 0)
			close(folder);
		return 0;
	}
	while ((entry = readdir(entries)) != NULL)
		if (entry->d_name[0] != '.' && is_old(folder, entry->d_name, before) && unlinkat(folder, entry->d_name, 0) == 0)
			removed++;
	closedir(entries);
	return removed;
}

/* The files of one folder of two hex digits; the folder goes when it is empty. */
static bool
erase_folder(int parent, const char *name, size_t most, size_t *removed)
{
	int folder = folder_open(parent, name);
	DIR *entries = folder >= 0 ? fdopendir(folder) : NULL;
	const struct dirent *entry;
	bool good = entries != NULL;

	if (entries == NULL) {
		if (folder >= 0)
			close(folder);
		return errno == ENOENT;
	}
	while (good && *removed < most && (entry = readdir(entries)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		good = unlinkat(folder, entry->d_name, 0) == 0 || errno == ENOENT;
		*removed += good;
	}
	closedir(entries);
	return good && (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT);
}

bool
store_erase(struct store *store, tenant_id tenant, size_t most, size_t *removed)
{
	char path[64];
	int folder, files;
	DIR *entries;
	const struct dirent *entry;
	bool good = true;

	*removed = 0;
	snprintf(path, sizeof path, "files/%llu", (unsigned long long)tenant.id);
	if (!store_open(store))
		return false;
	folder = folder_open(store->root, path);
	if (folder < 0)
		return errno == ENOENT || complain(store, "erase", path);
	files = dup(folder);
	entries = fdopendir(folder);
	if (entries == NULL)
		close(folder);
	while (files >= 0 && entries != NULL && good && *removed < most && (entry = readdir(entries)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			good = erase_folder(files, entry->d_name, most, removed);
	good = good && files >= 0 && entries != NULL;
	if (entries != NULL)
		closedir(entries);
	if (files >= 0)
		close(files);
	if (good && *removed == 0)
		good = unlinkat(store->root, path, AT_REMOVEDIR) == 0 || errno == ENOENT;
	return good || complain(store, "erase", path);
}
