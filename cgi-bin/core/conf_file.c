/* SPDX-License-Identifier: BSD-2-Clause */
/* conf_file.c - the configuration's file and the files of secrets, as they are read from the disk. */
#include "core/conf_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"

#define FILE_MAX ((size_t)1 << 20)      /* bytes of a configuration file */
#define SECRET_MAX ((size_t)1 << 16)    /* bytes of a secret */
#define KEY_MIN 32                      /* bytes of the installation's own */

/* The bytes of a regular file that may have at most `max`; NULL and *why when there are none to be had. */
static char *
file_read(struct arena *arena, int file, size_t max, size_t *len, const char **why)
{
	struct stat stat;
	char *bytes;
	ssize_t got;

	*why = strerror(errno);
	if (file < 0 || fstat(file, &stat) != 0)
		return NULL;
	*why = "is no regular file";
	if (!S_ISREG(stat.st_mode))
		return NULL;
	bytes = arena_alloc(arena, max + 2);
	for (*len = 0; *len <= max; *len += (size_t)got) {
		got = read(file, bytes + *len, max + 1 - *len);
		if (got == 0)
			return bytes;
		if (got < 0 && errno != EINTR) {
			*why = strerror(errno);
			return NULL;
		}
		if (got < 0)
			got = 0;
	}
	*why = "is too big";
	return NULL;
}

/* The file as text, or NULL and why not. */
static const char *
file_text(struct arena *arena, const char *path, const char **why)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	size_t len = 0;
	char *text = file_read(arena, file, FILE_MAX, &len, why);

	if (file >= 0)
		(void)close(file);
	if (text != NULL && memchr(text, '\0', len) != NULL) {
		*why = "is no text: it has a NUL";
		return NULL;
	}
	return text;
}

const struct conf *
conf_read(struct arena *arena, const char *path, const char **problem)
{
	const char *why = NULL;
	const char *text;

	if (path == NULL)
		path = getenv("HARK_CONFIG");
	if (path == NULL)
		path = HARK_SYSCONFDIR "/hark/hark.conf";
	text = file_text(arena, path, &why);
	if (text != NULL)
		return conf_parse(arena, path, text, problem);
	*problem = arena_printf(arena, "%s: cannot be read: %s", path, why);
	return NULL;
}

/* What is wrong with the bytes or the mode of a secret; NULL when nothing is. */
static const char *
secret_problem(int file, const char *bytes, size_t len)
{
	struct stat stat;

	if (fstat(file, &stat) != 0)
		return strerror(errno);
	if ((stat.st_mode & (S_IROTH | S_IWOTH)) != 0)
		return "may be read or written by everybody: chmod o-rw it";
	if (memchr(bytes, '\0', len) != NULL)
		return "has a NUL: a secret is text here";
	return len == 0 ? "is empty" : NULL;
}

const char *
conf_secret_file(struct arena *arena, const char *file, const char **problem)
{
	int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const char *why = NULL;
	size_t len = 0;
	char *bytes = file_read(arena, descriptor, SECRET_MAX, &len, &why);

	if (bytes != NULL) {
		if (len > 0 && bytes[len - 1] == '\n')
			bytes[--len] = '\0';
		if (len > 0 && bytes[len - 1] == '\r')
			bytes[--len] = '\0';
		why = secret_problem(descriptor, bytes, len);
	}
	if (descriptor >= 0)
		(void)close(descriptor);
	if (why != NULL)
		*problem = arena_printf(arena, "%s: %s", file, why);
	return why == NULL ? bytes : NULL;
}

const char *
conf_secret(struct arena *arena, const struct conf *conf, const char *key, const char **problem)
{
	const char *why = NULL;
	const char *file = conf_text(conf, key);
	const char *secret = conf_secret_file(arena, file, &why);

	if (secret != NULL && text_equal(key, "key_file") && strlen(secret) < KEY_MIN) {
		*problem = arena_printf(arena, "%s: %s: has fewer than %d characters", conf_place(arena, conf, key), file, KEY_MIN);
		return NULL;
	}
	if (secret == NULL)
		*problem = arena_printf(arena, "%s: %s; it must be a file of one line that we may read and others may not",
			conf_place(arena, conf, key), why);
	return secret;
}
