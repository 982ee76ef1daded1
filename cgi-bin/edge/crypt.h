/* SPDX-License-Identifier: BSD-2-Clause */
/* crypt.h - random numbers, hashes, message authentication, sealing and passwords (OpenSSL, libsodium, libcrypt). */
#ifndef HARK_EDGE_CRYPT_H
#define HARK_EDGE_CRYPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/clock.h"

#define CRYPT_HASH_LEN 32       /* SHA-256 */
#define CRYPT_TOKEN_LEN 32      /* random bytes of a token; 43 characters as text */
#define CRYPT_PASSWORD_MAX 1024 /* bytes; longer is refused before any work */

/* Ends the process when the libraries cannot start. Called once by every program. */
void crypt_open(void);

void crypt_random(void *bytes, size_t len);

/* A new secret token: CRYPT_TOKEN_LEN random bytes as base64url. */
char *crypt_token(struct arena *arena);

void crypt_sha256(const void *bytes, size_t len, unsigned char hash[CRYPT_HASH_LEN]);

/* SHA-256 in pieces, for files. Lives in the arena. */
struct crypt_digest;
struct crypt_digest *crypt_digest_new(struct arena *arena);
void crypt_digest_add(struct crypt_digest *digest, const void *bytes, size_t len);
void crypt_digest_end(struct crypt_digest *digest, unsigned char hash[CRYPT_HASH_LEN]);

/* HMAC-SHA256 (RFC 2104). */
void crypt_mac(const void *key, size_t key_len, const void *bytes, size_t len,
	unsigned char mac[CRYPT_HASH_LEN]);

/* The one comparison of secrets: takes the same time wherever they differ. NULL equals nothing. */
bool crypt_equal(const void *a, const void *b, size_t len);
bool crypt_equal_text(const char *a, const char *b);

/* The installation's secret and the keys derived from it (HKDF-SHA256, RFC 5869). */
struct crypt_keys {
	unsigned char ticket[32];   /* signs tickets of the live stream */
	unsigned char form[32];     /* CSRF tokens */
	unsigned char link[32];     /* links to files */
	unsigned char seal[32];     /* secrets at rest */
};

/* Derives them from the key file's bytes. */
void crypt_derive(const char *secret, struct crypt_keys *keys);

/* Sealing of secrets at rest: AES-256-GCM, bound to `place` ("table.column.tenant.row"). The result is text;
 * unsealing gives NULL when the text, the key or the place differs. */
char *crypt_seal(struct arena *arena, const struct crypt_keys *keys, const char *place, const char *secret);
char *crypt_unseal(struct arena *arena, const struct crypt_keys *keys, const char *place, const char *sealed);

/* --- passwords: Argon2id, 19 MiB, 2 passes (OWASP)
 *
 * Hashing takes memory and a processor's time, so that at most CRYPT_HASHES_AT_ONCE run on one machine, whatever the number of processes;
 * others wait up to CRYPT_HASH_WAIT and then give up.
 */
#define CRYPT_HASHES_AT_ONCE 4
#define CRYPT_HASH_WAIT (5 * CLOCK_SECOND)

/* Starts the limit: lock files in `folder` (the installation's run_dir), which must live as long as the process. Without it there is none.
 * When they cannot be opened, nothing is hashed (logged) and the answers are those of too many at once: a door that does not open is seen
 * on the first day, one without a limit when somebody leans on it. */
void crypt_limit_hashing(const char *folder);

/* Can the lock files be opened? */
bool crypt_limit_holds(void);

/* A password's hash for storage. NULL when it is too long, there is no memory, or too many hash at once: crypt_was_busy(). */
char *crypt_password_hash(struct arena *arena, const char *password);

/* Does the password belong to the stored hash: one of ours, or one that was imported (crypt_password_is_known())? With hash NULL or ""
 * it works as long and says no, so that an unknown name takes the same time. A password over CRYPT_PASSWORD_MAX is wrong at once. */
enum crypt_answer { CRYPT_WRONG, CRYPT_RIGHT, CRYPT_BUSY };
enum crypt_answer crypt_password_check(const char *password, const char *hash);

/* Is it CRYPT_RIGHT? */
bool crypt_password_matches(const char *password, const char *hash);

/* Did the last hash or check give up because too many hash at once? Tells it once: for the reply, 503. */
bool crypt_was_busy(void);

/* Was the hash made in another way than ours are now? Whoever knows the password then stores a new one. */
bool crypt_password_is_old(const char *hash);

/* Can the hash be taken over from elsewhere: bcrypt ($2a$, $2b$, $2y$), SHA-512-crypt ($6$), yescrypt ($y$) or Argon2id, well-formed
 * and with a cost that a sign-in can bear? */
bool crypt_password_is_known(const char *hash);

#endif
