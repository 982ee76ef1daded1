/* SPDX-License-Identifier: BSD-2-Clause */
/* captcha.h - is it a person? Digits in a picture, or the same asked for in words, without anybody else's service.
 *
 * The token that goes with a form names no answer: a number that was used nowhere else, signed; digits and question follow from it and
 * the installation's key. It needs neither cookies nor scripts. One answer to a token counts, right or wrong, within ten minutes.
 */
#ifndef HARK_WEB_CAPTCHA_H
#define HARK_WEB_CAPTCHA_H

#include "web/form.h"
#include "web/route.h"
#include "web/sweep.h"

#define CAPTCHA_LIFE (10 * CLOCK_MINUTE)
#define CAPTCHA_DIGITS 5
#define CAPTCHA_INPUT_MAX 40         /* characters of an answer */

extern const struct route captcha_routes[];      /* the picture */

/* A new one below "Captcha" of the page: Token, Question. For templates/shell/captcha.cs. */
void captcha_show(struct req *r);

/* Takes the parameters `captcha_token` and `captcha` of a form. A wrong, old or used one is a problem of the field `captcha`.
 * GOT_ERROR: the database failed. */
enum got captcha_check(struct req *r, struct form *form) MUST_USE;

/* The parts of it, for tests. A seed is what digits and question follow from. */
char *captcha_token(struct arena *arena, const struct crypt_keys *keys, clock_ms now);
bool captcha_read(struct arena *arena, const struct crypt_keys *keys, const char *token, clock_ms now,
	unsigned char seed[CRYPT_HASH_LEN]) MUST_USE;
void captcha_digits(const unsigned char seed[CRYPT_HASH_LEN], char digits[CAPTCHA_DIGITS + 1]);
/* In the language in use: "Write as digits, one after the other: two plus three, then nine, then four". */
char *captcha_question(struct arena *arena, const unsigned char seed[CRYPT_HASH_LEN]);
bool captcha_is_answer(struct arena *arena, const unsigned char seed[CRYPT_HASH_LEN], const char *answer);
/* A Windows bitmap of 16 greys. */
void captcha_draw(const unsigned char seed[CRYPT_HASH_LEN], struct str *out);

/* For hark-jobs: forgets the tokens whose time is over. */
void captcha_sweep(struct sweep *sweep);

#endif
