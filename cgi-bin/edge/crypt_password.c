/* SPDX-License-Identifier: BSD-2-Clause */
/* crypt_password.c - hashes of passwords: Argon2id by libsodium, older kinds by libcrypt, and so many at once on a machine. */
#include <crypt.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"
#include "core/log.h"
#include "core/text.h"
#include "edge/crypt.h"

/* OWASP's first choice for Argon2id. */
#define PASSWORD_PASSES 2
#define PASSWORD_MEMORY ((size_t)19 * 1024 * 1024)

/* The hash of a random text that nobody knows, with the parameters above: an unknown name costs what a known one does. */
#define NOBODYS_HASH \
	"$argon2id$v=19$m=19456,t=2,p=1$vfwVzUM9LOULv/s91qxGpQ$WZrQ7H5rmiZl3jZViWnrxe+qpfJnKUpiOqKdaG2AiWQ"

/* What an imported hash may cost: about a second, and 64 MiB, which all slots together may take of what systemd lets hark-web have. */
#define BCRYPT_COST_MAX 14
#define SHA512_ROUNDS_MAX 1000000
#define ARGON2_KIB_MAX 65536
#define ARGON2_PASSES_MAX 10
/* Behind "$y$j" a letter for N, 2^10 to 2^14, and one for r, 8 or 32: N * r * 128 bytes, 1 to 64 MiB. More letters are another r. */
#define YESCRYPT_N "789AB"
#define YESCRYPT_R "5T"

#define SLOT_PAUSE_NS 5000000    /* between two looks for a free slot */

static const char *slot_folder;
static bool was_busy;

enum slot { SLOT_NONE = -1, SLOT_UNLIMITED = -2, SLOT_BROKEN = -3 };

void
crypt_limit_hashing(const char *folder)
{
	slot_folder = folder;
}

bool
crypt_was_busy(void)
{
	const bool busy = was_busy;

	was_busy = false;
	return busy;
}

/* A lock file, made when it is missing. Whoever may enter the folder may lock it, whatever the umask of who came first: root's command
 * must not shut hark-web out. -1 when it cannot be had. */
static int
slot_open(int number)
{
	char path[4096];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/hash-%d.lock", slot_folder, number);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd >= 0 || errno != ENOENT)
		return fd;
	fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd >= 0)
		(void)fchmod(fd, 0644);
	return fd;
}

/* A descriptor that holds one of the lock files, or a member of enum slot. The lock goes with the descriptor, also when the process
 * dies; each is opened anew, because processes that fork share the lock of a common one. */
static int
slot_try(void)
{
	int fd, i, answer = SLOT_BROKEN;

	for (i = 0; i < CRYPT_HASHES_AT_ONCE; i++) {
		fd = slot_open(i);
		if (fd < 0)
			continue;
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		close(fd);
		answer = SLOT_NONE;
	}
	return answer;
}

bool
crypt_limit_holds(void)
{
	const int fd = slot_folder != NULL ? slot_open(0) : -1;

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static int
slot_take(void)
{
	const struct timespec pause = { .tv_nsec = SLOT_PAUSE_NS };
	const clock_ms until = clock_steady() + CRYPT_HASH_WAIT;
	int slot;

	was_busy = false;
	if (slot_folder == NULL)
		return SLOT_UNLIMITED;
	while ((slot = slot_try()) == SLOT_NONE && clock_steady() < until)
		nanosleep(&pause, NULL);
	was_busy = slot < 0;
	if (slot == SLOT_NONE)
		log_warning("hash_busy", "more than %d passwords are hashed at once", CRYPT_HASHES_AT_ONCE);
	if (slot == SLOT_BROKEN)
		log_error("hash_slots", "no password is hashed: %s/hash-N.lock cannot be opened: %s", slot_folder, strerror(errno));
	return was_busy ? SLOT_NONE : slot;
}

static void
slot_give(int slot)
{
	if (slot >= 0)
		close(slot);
}

char *
crypt_password_hash(struct arena *arena, const char *password)
{
	char hash[crypto_pwhash_STRBYTES];
	const size_t len = strlen(password);
	bool done;
	int slot;

	crypt_open();
	if (len > CRYPT_PASSWORD_MAX || (slot = slot_take()) == SLOT_NONE)
		return NULL;
	done = crypto_pwhash_str_alg(hash, password, len, PASSWORD_PASSES, PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0;
	slot_give(slot);
	return done ? arena_text(arena, hash) : NULL;
}

static bool
hash_is_ours(const char *hash)
{
	return text_starts_with(hash, "$argon2");
}

/* What libcrypt knows: bcrypt, SHA-512-crypt, yescrypt. */
static bool
foreign_matches(const char *password, const char *hash)
{
	struct crypt_data data = { 0 };
	const char *made = crypt_r(password, hash, &data);
	const bool same = made != NULL && made[0] != '*' && crypt_equal_text(made, hash);

	sodium_memzero(&data, sizeof(data));
	return same;
}

enum crypt_answer
crypt_password_check(const char *password, const char *hash)
{
	const bool known = hash != NULL && hash[0] != '\0' && strlen(hash) < crypto_pwhash_STRBYTES;
	bool same;
	int slot;

	crypt_open();
	if (password == NULL || strlen(password) > CRYPT_PASSWORD_MAX)
		return CRYPT_WRONG;
	slot = slot_take();
	if (slot == SLOT_NONE)
		return CRYPT_BUSY;
	if (known && !hash_is_ours(hash))
		same = foreign_matches(password, hash);
	else
		same = crypto_pwhash_str_verify(known ? hash : NOBODYS_HASH, password, strlen(password)) == 0;
	slot_give(slot);
	return known && same ? CRYPT_RIGHT : CRYPT_WRONG;
}

bool
crypt_password_matches(const char *password, const char *hash)
{
	return crypt_password_check(password, hash) == CRYPT_RIGHT;
}

bool
crypt_password_is_old(const char *hash)
{
	return crypto_pwhash_str_needs_rehash(hash, PASSWORD_PASSES, PASSWORD_MEMORY) != 0;
}

/* "$2y$12$" and 53 characters. */
static bool
bcrypt_is_known(const char *hash)
{
	const unsigned cost = strlen(hash) == 60 && hash[6] == '$' ? (unsigned)(hash[4] - '0') * 10 + (unsigned)(hash[5] - '0') : 0;

	return (hash[2] == 'a' || hash[2] == 'b' || hash[2] == 'y') && cost >= 4 && cost <= BCRYPT_COST_MAX;
}

/* "$6$[rounds=5000$]salt$" and 86 characters. */
static bool
sha512_is_known(const char *hash)
{
	const char *rounds = strstr(hash, "$rounds=");

	return strlen(strrchr(hash, '$') + 1) == 86
		&& (rounds == NULL || strtoul(rounds + strlen("$rounds="), NULL, 10) <= SHA512_ROUNDS_MAX);
}

static bool
is_among(char letter, const char *letters)
{
	return letter != '\0' && strchr(letters, letter) != NULL;
}

/* "$y$j9T$salt$" and 43 characters. */
static bool
yescrypt_is_known(const char *hash)
{
	return text_starts_with(hash, "$y$j") && is_among(hash[4], YESCRYPT_N) && is_among(hash[5], YESCRYPT_R) && hash[6] == '$'
		&& strlen(strrchr(hash, '$') + 1) == 43;
}

/* "$argon2id$v=19$m=19456,t=2,p=1$salt$hash" */
static bool
argon2_is_known(const char *hash)
{
	const char *memory = strstr(hash, "$m="), *passes = strstr(hash, ",t=");

	return memory != NULL && passes != NULL && strtoul(memory + 3, NULL, 10) <= ARGON2_KIB_MAX
		&& strtoul(passes + 3, NULL, 10) <= ARGON2_PASSES_MAX
		&& crypto_pwhash_str_needs_rehash(hash, PASSWORD_PASSES, PASSWORD_MEMORY) >= 0;
}

bool
crypt_password_is_known(const char *hash)
{
	if (hash == NULL || strlen(hash) >= crypto_pwhash_STRBYTES)
		return false;
	if (text_starts_with(hash, "$argon2id$"))
		return argon2_is_known(hash);
	if (crypt_checksalt(hash) == CRYPT_SALT_INVALID)
		return false;
	if (text_starts_with(hash, "$2"))
		return bcrypt_is_known(hash);
	if (text_starts_with(hash, "$6$"))
		return sha512_is_known(hash);
	return yescrypt_is_known(hash);
}
