/* SPDX-License-Identifier: BSD-2-Clause */
/* test_crypt.c - published vectors, and that what is bound to a place opens nowhere else. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "core/check.h"
#include "edge/crypt.h"

static void
assert_hex(const unsigned char *bytes, const char *hex)
{
	char text[2 * CRYPT_HASH_LEN + 1];

	text_hex(bytes, CRYPT_HASH_LEN, text);
	assert_string_equal(text, hex);
}

/* FIPS 180-2, appendix B.1 */
static void
hashes(void **state)
{
	struct arena *arena = arena_new();
	struct crypt_digest *digest = crypt_digest_new(arena);
	unsigned char hash[CRYPT_HASH_LEN];

	(void)state;
	crypt_sha256("abc", 3, hash);
	assert_hex(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	crypt_digest_add(digest, "a", 1);
	crypt_digest_add(digest, "", 0);
	crypt_digest_add(digest, "bc", 2);
	crypt_digest_end(digest, hash);
	assert_hex(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	crypt_sha256("", 0, hash);
	assert_hex(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	crypt_digest_new(arena);        /* one that nobody ends */
	arena_free(arena);
}

/* RFC 4231, test case 2 */
static void
authenticates(void **state)
{
	unsigned char mac[CRYPT_HASH_LEN];

	(void)state;
	crypt_mac("Jefe", 4, "what do ya want for nothing?", 28, mac);
	assert_hex(mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void
compares(void **state)
{
	(void)state;
	assert_true(crypt_equal("abc", "abd", 2));
	assert_false(crypt_equal("abc", "abd", 3));
	assert_false(crypt_equal(NULL, NULL, 0));
	assert_true(crypt_equal_text("secret", "secret"));
	assert_false(crypt_equal_text("secret", "secreT"));
	assert_false(crypt_equal_text("secret", "secret1"));
	assert_false(crypt_equal_text(NULL, "x"));
	assert_false(crypt_equal_text(NULL, NULL));
}

static void
tokens_differ(void **state)
{
	struct arena *arena = arena_new();
	const char *one = crypt_token(arena);

	(void)state;
	assert_int_equal(strlen(one), 43);
	assert_string_not_equal(one, crypt_token(arena));
	arena_free(arena);
}

/* HKDF-SHA256 with salt "hark"; the first computed apart with Python's hmac. */
static void
derives_four_keys(void **state)
{
	struct crypt_keys keys, again, others;

	(void)state;
	crypt_derive("0123456789abcdef0123456789abcdef", &keys);
	crypt_derive("0123456789abcdef0123456789abcdef", &again);
	crypt_derive("0123456789abcdef0123456789abcdeF", &others);
	assert_memory_equal(&keys, &again, sizeof keys);
	assert_memory_not_equal(keys.ticket, others.ticket, 32);
	assert_memory_not_equal(keys.ticket, keys.form, 32);
	assert_memory_not_equal(keys.form, keys.link, 32);
	assert_memory_not_equal(keys.link, keys.seal, 32);
	assert_hex(keys.ticket, "96e04bad02c4f9d83d7b378282a80ac3edf8ea93aa56d6af3112214b2689bd18");
}

static void
seals(void **state)
{
	struct arena *arena = arena_new();
	struct crypt_keys keys, others;
	char *sealed;

	(void)state;
	crypt_derive("0123456789abcdef0123456789abcdef", &keys);
	crypt_derive("another secret of the same length", &others);
	sealed = crypt_seal(arena, &keys, "account.password.1.7", "s3cret \xc3\xa9");
	assert_string_not_equal(sealed, crypt_seal(arena, &keys, "account.password.1.7", "s3cret \xc3\xa9"));
	assert_null(strstr(sealed, "s3cret"));
	assert_string_equal(crypt_unseal(arena, &keys, "account.password.1.7", sealed), "s3cret \xc3\xa9");
	assert_null(crypt_unseal(arena, &keys, "account.password.2.7", sealed));
	assert_null(crypt_unseal(arena, &others, "account.password.1.7", sealed));
	assert_string_equal(crypt_unseal(arena, &keys, "p", crypt_seal(arena, &keys, "p", "")), "");
	for (size_t i = 0; sealed[i] != '\0'; i++) {
		char kept = sealed[i];

		sealed[i] = kept == 'A' ? 'B' : 'A';
		assert_null(crypt_unseal(arena, &keys, "account.password.1.7", sealed));
		sealed[i] = kept;
	}
	sealed[20] = '\0';
	assert_null(crypt_unseal(arena, &keys, "account.password.1.7", sealed));
	assert_null(crypt_unseal(arena, &keys, "account.password.1.7", "1."));
	assert_null(crypt_unseal(arena, &keys, "account.password.1.7", ""));
	assert_null(crypt_unseal(arena, &keys, "account.password.1.7", NULL));
	arena_free(arena);
}

static void
passwords(void **state)
{
	struct arena *arena = arena_new();
	char *hash = crypt_password_hash(arena, "correct horse"), *too_long = arena_alloc(arena, CRYPT_PASSWORD_MAX + 2);

	(void)state;
	assert_true(text_starts_with(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_true(strlen(hash) <= 128);
	assert_true(crypt_password_matches("correct horse", hash));
	assert_false(crypt_password_matches("correct horsf", hash));
	assert_false(crypt_password_matches("", hash));
	assert_false(crypt_password_matches("correct horse", NULL));
	assert_false(crypt_password_matches("correct horse", ""));
	assert_false(crypt_password_matches("correct horse", "nonsense"));
	assert_false(crypt_password_matches(NULL, hash));
	memset(too_long, 'x', CRYPT_PASSWORD_MAX + 1);
	assert_null(crypt_password_hash(arena, too_long));
	assert_false(crypt_password_matches(too_long, hash));
	arena_free(arena);
}

static void
hashes_from_elsewhere(void **state)
{
	static const char *const known[] = {
		"$2y$10$abcdefghijklmnopqrstuuThvwNaE.zvz0z4EwHo3xTAMrsmQeiCa",
		"$6$saltsaltsalt$4imXbgQOXzVUTbvknaV9tdOmJ6A9Xs7ZSux9OeML.hhOBMhhRhDOW4gg1VmMcv5DK6FYiiPFpksqLlxhOT9381",
		"$y$j9T$abcdefghijklmnop$0AtyqYP.ZiuLfj1iF2DG9sAZURIWnAqfhGvzHhrN4C1",
		"$y$j75$abcdefghijklmnop$Uf9VutjaAK6VSeots557UJK.M70Y772sZkIwTHs2tw3"
	};
	static const char *const refused[] = {
		"", "x", "$1$abcdefgh$irWbblnpmw.5z7wgBnprh0", "$2y$31$abcdefghijklmnopqrstuuThvwNaE.zvz0z4EwHo3xTAMrsmQeiCa",
		"$2y$10$abcdefghijklmnopqrstuu", "$6$saltsaltsalt$short",
		"$6$rounds=9999999$s$4imXbgQOXzVUTbvknaV9tdOmJ6A9Xs7ZSux9OeML.hhOBMhhRhDOW4gg1VmMcv5DK6FYiiPFpksqLlxhOT9381",
		"$y$jFT$abcdefghijklmnop$0AtyqYP.ZiuLfj1iF2DG9sAZURIWnAqfhGvzHhrN4C1", "$argon2id$v=19$m=99999999,t=2,p=1$c2FsdA$aGFzaA",
		"$y$j7vz1$abcdefghijklmnop$0AtyqYP.ZiuLfj1iF2DG9sAZURIWnAqfhGvzHhrN4C1",
		"$y$j9T./$abcdefghijklmnop$0AtyqYP.ZiuLfj1iF2DG9sAZURIWnAqfhGvzHhrN4C1",
		"$argon2id$v=19$m=65537,t=2,p=1$vfwVzUM9LOULv/s91qxGpQ$WZrQ7H5rmiZl3jZViWnrxe+qpfJnKUpiOqKdaG2AiWQ",
		"$argon2id$", "*0", "$y$", "$6$", "$2", "$2y$"
	};
	struct arena *arena = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT_OF(known); i++) {
		assert_true(crypt_password_is_known(known[i]));
		assert_true(crypt_password_is_old(known[i]));
		assert_true(crypt_password_matches("an old secret", known[i]));
		assert_false(crypt_password_matches("an old secre", known[i]));
		assert_false(crypt_password_matches("", known[i]));
	}
	for (i = 0; i < COUNT_OF(refused); i++)
		if (crypt_password_is_known(refused[i]))
			fail_msg("%s", refused[i]);
	assert_false(crypt_password_is_known(NULL));
	assert_true(crypt_password_is_known("$argon2id$v=19$m=65536,t=2,p=1$vfwVzUM9LOULv/s91qxGpQ$WZrQ7H5rmiZl3jZViWnrxe+qpfJnKUpiOqKdaG2AiWQ"));
	assert_true(crypt_password_is_known(crypt_password_hash(arena, "new")));
	assert_false(crypt_password_is_old(crypt_password_hash(arena, "new")));
	arena_free(arena);
}

/* Locks are made for all who may enter the folder, whatever the umask; without locks nothing is hashed. */
static void
limit_of_hashing(void **state)
{
	char folder[] = "/tmp/hark-test-crypt-XXXXXX";
	struct arena *arena = arena_new();
	const char *lock;
	struct stat info;
	mode_t before;

	(void)state;
	assert_non_null(mkdtemp(folder));
	lock = arena_printf(arena, "%s/hash-0.lock", folder);
	crypt_limit_hashing(folder);
	before = umask(077);
	assert_non_null(crypt_password_hash(arena, "x"));
	(void)umask(before);
	assert_int_equal(stat(lock, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0644);
	assert_true(crypt_limit_holds());
	(void)unlink(lock);
	(void)rmdir(folder);
	assert_false(crypt_limit_holds());
	assert_null(crypt_password_hash(arena, "x"));
	assert_true(crypt_was_busy());
	assert_int_equal(crypt_password_check("x", NULL), CRYPT_BUSY);
	crypt_limit_hashing(NULL);
	assert_non_null(crypt_password_hash(arena, "x"));
	assert_false(crypt_was_busy());
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes),
		cmocka_unit_test(authenticates),
		cmocka_unit_test(compares),
		cmocka_unit_test(tokens_differ),
		cmocka_unit_test(derives_four_keys),
		cmocka_unit_test(seals),
		cmocka_unit_test(passwords),
		cmocka_unit_test(hashes_from_elsewhere),
		cmocka_unit_test(limit_of_hashing),
	};

	crypt_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
