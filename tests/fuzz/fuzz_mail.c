/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_mail.c - any bytes as a captcha's token and answer, and as name, subject and text of a mail. */
#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "edge/mail.h"
#include "web/captcha.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every line ends with CR LF, and the head has each header once. */
static void
mail_check(const char *mail)
{
	const char *at, *end = strstr(mail, "\r\n\r\n");
	size_t subjects = 0;

	CHECK(end != NULL);
	for (at = mail; *at != '\0'; at++) {
		CHECK(*at != '\n' || at[-1] == '\r');
		CHECK(*at != '\r' || at[1] == '\n');
	}
	for (at = mail; at < end; at = strstr(at, "\r\n") + 2) {
		subjects += text_starts_with(at, "Subject:");
		CHECK(!text_starts_with(at, "Bcc:") && !text_starts_with(at, "Cc:"));
	}
	CHECK(subjects == 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct crypt_keys keys = { .form = "unknown to the input" };
	struct arena *arena = arena_new();
	const char *text = arena_text_of(arena, (const char *)data, size);
	const struct mail mail = { .from = { text, "a@b.example" }, .to = { text, "c@d.example" }, .reply_to = "", .subject = text,
		.text = text, .html = text, .id = "1@b.example", .date = 1 };
	unsigned char seed[CRYPT_HASH_LEN] = { 0 };
	struct str out;

	CHECK(!captcha_read(arena, &keys, text, 0, seed));
	(void)captcha_is_answer(arena, seed, text);
	str_init(&out, arena);
	CHECK(mail_compose(arena, &mail, &out));
	mail_check(out.data);
	arena_free(arena);
	return 0;
}
