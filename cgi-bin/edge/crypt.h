/* SPDX-License-Identifier: BSD-2-Clause */
/* crypt.h - random numbers, hashes, message authentication, sealing and passwords (OpenSSL, libsodium). */
#ifndef HARK_EDGE_CRYPT_H
#define HARK_EDGE_CRYPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

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

/* A password's hash for storage: Argon2id, 19 MiB, 2 passes (OWASP). NULL when it is too long or no memory. */
char *crypt_password_hash(struct arena *arena, const char *password);

/* Does the password belong to the stored hash? With hash NULL it works as long and says no, so that an unknown
 * name takes the same time. */
bool crypt_password_matches(const char *password, const char *hash);

#endif
