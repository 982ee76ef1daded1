/* SPDX-License-Identifier: BSD-2-Clause */
/* captcha.c - tokens of captchas, and what the right answer is. */
#include "web/captcha.h"

#include <string.h>

#include "core/text.h"
#include "edge/locale.h"
#include "web/captcha_store.h"
#include "web/reply.h"

#define NONCE_LEN 16
#define MAC_LEN 16
#define TIME_LEN 8
#define TOKEN_LEN (TIME_LEN + NONCE_LEN + MAC_LEN)
#define TOKEN_TEXT_MAX 60        /* characters of a token that are looked at */
#define NUMBERS 4                /* of the question */

static handler picture_show;

const struct route captcha_routes[] = {
	{ GET, "/captcha/:token", MAY_PUBLIC, picture_show, 0, NULL },
	{ .path = NULL }
};

/* A word in front keeps what is signed here apart from form tokens, which have the same key. */
static void
token_mac(const struct crypt_keys *keys, const char *purpose, const unsigned char *body, unsigned char mac[CRYPT_HASH_LEN])
{
	unsigned char signed_bytes[16 + TIME_LEN + NONCE_LEN] = { 0 };

	memcpy(signed_bytes, purpose, strlen(purpose));
	memcpy(signed_bytes + 16, body, TIME_LEN + NONCE_LEN);
	crypt_mac(keys->form, sizeof(keys->form), signed_bytes, sizeof(signed_bytes), mac);
}

char *
captcha_token(struct arena *arena, const struct crypt_keys *keys, clock_ms now)
{
	unsigned char token[TOKEN_LEN], mac[CRYPT_HASH_LEN];
	uint64_t end = (uint64_t)(now + CAPTCHA_LIFE);
	size_t i;

	for (i = 0; i < TIME_LEN; i++)
		token[i] = (unsigned char)(end >> (56 - 8 * i));
	crypt_random(token + TIME_LEN, NONCE_LEN);
	token_mac(keys, "captcha.sign", token, mac);
	memcpy(token + TIME_LEN + NONCE_LEN, mac, MAC_LEN);
	return text_to_base64url(arena, token, sizeof(token));
}

/* The bytes of a token that is ours, or NULL. */
static const unsigned char *
token_bytes(struct arena *arena, const struct crypt_keys *keys, const char *text)
{
	unsigned char mac[CRYPT_HASH_LEN];
	const unsigned char *token;
	size_t len = 0;

	if (text == NULL || strlen(text) > TOKEN_TEXT_MAX)
		return NULL;
	token = text_from_base64url(arena, text, &len);
	if (token == NULL || len != TOKEN_LEN)
		return NULL;
	token_mac(keys, "captcha.sign", token, mac);
	return crypt_equal(mac, token + TIME_LEN + NONCE_LEN, MAC_LEN) ? token : NULL;
}

bool
captcha_read(struct arena *arena, const struct crypt_keys *keys, const char *text, clock_ms now, unsigned char seed[CRYPT_HASH_LEN])
{
	const unsigned char *token = token_bytes(arena, keys, text);
	uint64_t end = 0;
	size_t i;

	if (token == NULL)
		return false;
	for (i = 0; i < TIME_LEN; i++)
		end = end << 8 | token[i];
	token_mac(keys, "captcha.seed", token, seed);
	return end > (uint64_t)now;
}

/* A picture has digits that cannot be taken for another: 1 and 7 look alike when they lean. */
void
captcha_digits(const unsigned char seed[CRYPT_HASH_LEN], char digits[CAPTCHA_DIGITS + 1])
{
	static const char set[] = "23456789";
	size_t i;

	for (i = 0; i < CAPTCHA_DIGITS; i++)
		digits[i] = set[seed[i] % 8];
	digits[CAPTCHA_DIGITS] = '\0';
}

static const char *const number_words[] = {
	N_("zero"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine")
};

/* Two numbers whose sum is a digit, then two digits. */
static void
question_numbers(const unsigned char seed[CRYPT_HASH_LEN], unsigned numbers[NUMBERS])
{
	numbers[0] = 1 + seed[8] % 5;
	numbers[1] = 1 + seed[9] % 4;
	numbers[2] = seed[10] % 10;
	numbers[3] = seed[11] % 10;
}

char *
captcha_question(struct arena *arena, const unsigned char seed[CRYPT_HASH_LEN])
{
	struct locale_value words[NUMBERS + 1] = { { "a", NULL }, { "b", NULL }, { "c", NULL }, { "d", NULL }, { NULL, NULL } };
	unsigned numbers[NUMBERS];
	size_t i;

	question_numbers(seed, numbers);
	for (i = 0; i < NUMBERS; i++)
		words[i].value = locale_text(number_words[numbers[i]]);
	return locale_fill_names(arena, N_("Write three digits: the sum of {a} and {b}, then {c}, then {d}."), words);
}

/* The digits of what was typed, with whatever stands between them. */
static const char *
digits_of(struct arena *arena, const char *typed)
{
	struct str digits;

	str_init(&digits, arena);
	for (; *typed != '\0'; typed++)
		if (*typed >= '0' && *typed <= '9')
			str_add_char(&digits, *typed);
	return digits.data;
}

bool
captcha_is_answer(struct arena *arena, const unsigned char seed[CRYPT_HASH_LEN], const char *answer)
{
	char digits[CAPTCHA_DIGITS + 1], words[4];
	unsigned numbers[NUMBERS];

	if (answer == NULL || strlen(answer) > (size_t)4 * CAPTCHA_INPUT_MAX)
		return false;
	answer = digits_of(arena, answer);
	captcha_digits(seed, digits);
	question_numbers(seed, numbers);
	words[0] = (char)('0' + numbers[0] + numbers[1]);
	words[1] = (char)('0' + numbers[2]);
	words[2] = (char)('0' + numbers[3]);
	words[3] = '\0';
	return crypt_equal_text(answer, digits) || crypt_equal_text(answer, words);
}

void
captcha_show(struct req *r)
{
	struct page_node *node = page_child(r->page, "Captcha");
	unsigned char seed[CRYPT_HASH_LEN];
	const char *token = captcha_token(r->arena, r->site->keys, r->now);

	CHECK(captcha_read(r->arena, r->site->keys, token, r->now, seed));
	page_set(node, "Token", token);
	page_set(node, "Question", captcha_question(r->arena, seed));
}

enum got
captcha_check(struct req *r, struct form *form)
{
	const char *token = req_param(r, "captcha_token");
	unsigned char seed[CRYPT_HASH_LEN];
	enum got got;

	if (!captcha_read(r->arena, r->site->keys, token, r->now, seed)) {
		form_problem(r, form, "captcha", N_("is too old: here is a new one"), NULL);
		return GOT_NONE;
	}
	got = captcha_use(r->db, token, r->now + CAPTCHA_LIFE);
	if (got == GOT_ERROR)
		return GOT_ERROR;
	if (got == GOT_ONE && captcha_is_answer(r->arena, seed, req_param(r, "captcha")))
		return GOT_ONE;
	form_problem(r, form, "captcha", N_("is wrong: here is a new one"), NULL);
	return GOT_NONE;
}

static int
picture_show(struct req *r)
{
	unsigned char seed[CRYPT_HASH_LEN];
	struct str picture;

	if (!captcha_read(r->arena, r->site->keys, req_arg(r, "token"), r->now, seed))
		return reply_not_found(r);
	str_init(&picture, r->arena);
	captcha_draw(seed, &picture);
	return reply_bytes(r, "image/bmp", picture.data, picture.len);
}
