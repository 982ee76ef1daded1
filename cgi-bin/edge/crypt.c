/* SPDX-License-Identifier: BSD-2-Clause */
/* crypt.c - OpenSSL's digests, MACs and ciphers and libsodium's random numbers, each used in one way only. */
#include "edge/crypt.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"

#define SEAL_VERSION "1."
#define SEAL_NONCE_LEN 12
#define SEAL_TAG_LEN 16

/* Fetching an algorithm costs more than using it, so it is done once per process. */
static EVP_MD *sha256;
static EVP_MAC *hmac;
static EVP_CIPHER *aes_gcm;

void
crypt_open(void)
{
	if (sha256 != NULL)
		return;
	CHECK(sodium_init() >= 0);
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	aes_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	CHECK(sha256 != NULL && hmac != NULL && aes_gcm != NULL);
}

void
crypt_random(void *bytes, size_t len)
{
	randombytes_buf(bytes, len);
}

char *
crypt_token(struct arena *arena)
{
	unsigned char bytes[CRYPT_TOKEN_LEN];

	crypt_random(bytes, sizeof bytes);
	return text_to_base64url(arena, bytes, sizeof bytes);
}

void
crypt_sha256(const void *bytes, size_t len, unsigned char hash[CRYPT_HASH_LEN])
{
	crypt_open();
	CHECK(EVP_Digest(bytes, len, hash, NULL, sha256, NULL) == 1);
}

struct crypt_digest {
	EVP_MD_CTX *context;
};

static void
digest_release(void *arg)
{
	EVP_MD_CTX_free(arg);
}

struct crypt_digest *
crypt_digest_new(struct arena *arena)
{
	struct crypt_digest *digest = ARENA_NEW(arena, struct crypt_digest);

	crypt_open();
	digest->context = EVP_MD_CTX_new();
	CHECK(digest->context != NULL);
	arena_on_release(arena, digest_release, digest->context);
	CHECK(EVP_DigestInit_ex2(digest->context, sha256, NULL) == 1);
	return digest;
}

void
crypt_digest_add(struct crypt_digest *digest, const void *bytes, size_t len)
{
	CHECK(EVP_DigestUpdate(digest->context, bytes, len) == 1);
}

void
crypt_digest_end(struct crypt_digest *digest, unsigned char hash[CRYPT_HASH_LEN])
{
	CHECK(EVP_DigestFinal_ex(digest->context, hash, NULL) == 1);
}

/* OpenSSL takes names and bytes to read as writable. */
static void *
readable(const void *bytes)
{
	return (void *)(uintptr_t)bytes;
}

void
crypt_mac(const void *key, size_t key_len, const void *bytes, size_t len, unsigned char mac[CRYPT_HASH_LEN])
{
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, readable("SHA256"), 0),
		OSSL_PARAM_construct_end()
	};
	EVP_MAC_CTX *context;
	size_t mac_len = 0;

	crypt_open();
	context = EVP_MAC_CTX_new(hmac);
	CHECK(context != NULL);
	CHECK(EVP_MAC_init(context, key, key_len, params) == 1);
	CHECK(EVP_MAC_update(context, bytes, len) == 1);
	CHECK(EVP_MAC_final(context, mac, &mac_len, CRYPT_HASH_LEN) == 1 && mac_len == CRYPT_HASH_LEN);
	EVP_MAC_CTX_free(context);
}

bool
crypt_equal(const void *a, const void *b, size_t len)
{
	return a != NULL && b != NULL && CRYPTO_memcmp(a, b, len) == 0;
}

/* Hashes are compared, so that not even the lengths decide how long it takes. */
bool
crypt_equal_text(const char *a, const char *b)
{
	unsigned char hash_a[CRYPT_HASH_LEN], hash_b[CRYPT_HASH_LEN];

	if (a == NULL || b == NULL)
		return false;
	crypt_sha256(a, strlen(a), hash_a);
	crypt_sha256(b, strlen(b), hash_b);
	return CRYPTO_memcmp(hash_a, hash_b, sizeof hash_a) == 0;
}

static void
derive_one(EVP_KDF_CTX *context, const char *secret, const char *use, unsigned char key[32])
{
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, readable("SHA256"), 0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, readable(secret), strlen(secret)),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, readable("hark"), 4),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, readable(use), strlen(use)),
		OSSL_PARAM_construct_end()
	};

	EVP_KDF_CTX_reset(context);
	CHECK(EVP_KDF_derive(context, key, 32, params) == 1);
}

void
crypt_derive(const char *secret, struct crypt_keys *keys)
{
	EVP_KDF *hkdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *context = EVP_KDF_CTX_new(hkdf);

	CHECK(hkdf != NULL && context != NULL);
	derive_one(context, secret, "ticket", keys->ticket);
	derive_one(context, secret, "form", keys->form);
	derive_one(context, secret, "link", keys->link);
	derive_one(context, secret, "seal", keys->seal);
	EVP_KDF_CTX_free(context);
	EVP_KDF_free(hkdf);
}

/* The sealed bytes: nonce, ciphertext, tag. */
char *
crypt_seal(struct arena *arena, const struct crypt_keys *keys, const char *place, const char *secret)
{
	size_t len = strlen(secret);
	unsigned char *box = arena_alloc(arena, SEAL_NONCE_LEN + len + SEAL_TAG_LEN);
	unsigned char *cipher = box + SEAL_NONCE_LEN;
	EVP_CIPHER_CTX *context;
	int done = 0;

	crypt_open();
	CHECK(len <= INT32_MAX / 2 && strlen(place) <= INT32_MAX / 2);
	crypt_random(box, SEAL_NONCE_LEN);
	context = EVP_CIPHER_CTX_new();
	CHECK(context != NULL && EVP_EncryptInit_ex2(context, aes_gcm, keys->seal, box, NULL) == 1);
	CHECK(EVP_EncryptUpdate(context, NULL, &done, (const unsigned char *)place, (int)strlen(place)) == 1);
	CHECK(EVP_EncryptUpdate(context, cipher, &done, (const unsigned char *)secret, (int)len) == 1);
	CHECK(EVP_EncryptFinal_ex(context, cipher + len, &done) == 1);
	CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, SEAL_TAG_LEN, cipher + len) == 1);
	EVP_CIPHER_CTX_free(context);
	return arena_printf(arena, SEAL_VERSION "%s", text_to_base64url(arena, box, SEAL_NONCE_LEN + len + SEAL_TAG_LEN));
}

static bool
open_box(const struct crypt_keys *keys, const char *place, unsigned char *box, size_t box_len, unsigned char *plain)
{
	size_t len = box_len - SEAL_NONCE_LEN - SEAL_TAG_LEN;
	unsigned char *cipher = box + SEAL_NONCE_LEN;
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	int done = 0;
	bool good;

	CHECK(context != NULL);
	good = EVP_DecryptInit_ex2(context, aes_gcm, keys->seal, box, NULL) == 1
		&& EVP_DecryptUpdate(context, NULL, &done, (const unsigned char *)place, (int)strlen(place)) == 1
		&& EVP_DecryptUpdate(context, plain, &done, cipher, (int)len) == 1
		&& EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, SEAL_TAG_LEN, cipher + len) == 1
		&& EVP_DecryptFinal_ex(context, plain + len, &done) == 1;
	EVP_CIPHER_CTX_free(context);
	return good;
}

char *
crypt_unseal(struct arena *arena, const struct crypt_keys *keys, const char *place, const char *sealed)
{
	unsigned char *box, *plain;
	size_t len;

	crypt_open();
	if (sealed == NULL || !text_starts_with(sealed, SEAL_VERSION))
		return NULL;
	box = text_from_base64url(arena, sealed + strlen(SEAL_VERSION), &len);
	if (box == NULL || len < SEAL_NONCE_LEN + SEAL_TAG_LEN || len > INT32_MAX / 2)
		return NULL;
	plain = arena_alloc(arena, len);
	if (!open_box(keys, place, box, len, plain))
		return NULL;
	plain[len - SEAL_NONCE_LEN - SEAL_TAG_LEN] = '\0';
	return (char *)plain;
}
