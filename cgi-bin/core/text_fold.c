/* SPDX-License-Identifier: BSD-2-Clause */
/* text_fold.c - folding and search terms of text.h, from tables of our own: the C library's depend on the locale. */
#include <string.h>

#include "core/check.h"
#include "core/text.h"

/* The base letters of a run of Latin letters: '.' stays as it is, a digit stands for one of `ligatures`. */
static const struct latin {
	uint32_t first;
	const char *letters;
} latins[] = {
	{ 0xc0,                 /* Latin-1 Supplement and Latin Extended-A */
		"aaaaaa2ceeeeiiiidnooooo.ouuuuy41aaaaaa2ceeeeiiiidnooooo.ouuuuy4y"
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkklllllll"
		"lllnnnnnnnnnoooooo33rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs" },
	{ 0x1a0, "oo" },        /* of Vietnamese */
	{ 0x1af, "uu" },
	{ 0x1c4, "000666777" }, /* digraphs */
	{ 0x1cd,                /* of Latin Extended-B: Pinyin, Romanian and others */
		"aaiioouuuuuuuuuu.aaaa22..ggkkoooo..j000gg..nnaa22ooaaaaeeeeiiiio"
		"ooorrrruuuusstt..hh" },
	{ 0x1e00,               /* Latin Extended Additional, Vietnamese in its second half */
		"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
		"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
		"wwwwwwwwwwxxxxyyzzzzzzhtwya...1.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
		"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......" }
};

static const char *const ligatures[] = { "dz", "ss", "ae", "oe", "th", "ij", "lj", "nj" };

/* Capitals of other scripts: each `step`-th of the range has its small letter `add` further on. */
static const struct lower {
	uint32_t first;
	uint32_t last;
	uint32_t step;
	int32_t add;
} lowers[] = {
	{ 0x386, 0x386, 1, 38 }, { 0x388, 0x38a, 1, 37 }, { 0x38c, 0x38c, 1, 64 }, { 0x38e, 0x38f, 1, 63 },
	{ 0x391, 0x3a1, 1, 32 }, { 0x3a3, 0x3ab, 1, 32 },
	{ 0x3c2, 0x3c2, 1, 1 },         /* final sigma, so that a word is equal to its capitals */
	{ 0x3d8, 0x3ee, 2, 1 },
	{ 0x400, 0x40f, 1, 80 }, { 0x410, 0x42f, 1, 32 }, { 0x460, 0x480, 2, 1 }, { 0x48a, 0x4be, 2, 1 },
	{ 0x4c0, 0x4c0, 1, 15 }, { 0x4c1, 0x4cd, 2, 1 }, { 0x4d0, 0x52e, 2, 1 },
	{ 0x531, 0x556, 1, 48 },        /* Armenian */
	{ 0xff01, 0xff5e, 1, 0x21 - 0xff01 },
	{ 0x3000, 0x3000, 1, 0x20 - 0x3000 },
	{ 0xa0, 0xa0, 1, 0x20 - 0xa0 }
};

/* Letters with marks that macOS sends apart, in the scripts whose marks are kept. */
static const struct compose {
	uint32_t base;
	uint32_t mark;
	uint32_t whole;
} composes[] = {
	{ 0x438, 0x306, 0x439 }, { 0x443, 0x306, 0x45e }, { 0x435, 0x308, 0x451 }, { 0x456, 0x308, 0x457 },
	{ 0x433, 0x301, 0x453 }, { 0x43a, 0x301, 0x45c },
	{ 0x3b1, 0x301, 0x3ac }, { 0x3b5, 0x301, 0x3ad }, { 0x3b7, 0x301, 0x3ae }, { 0x3b9, 0x301, 0x3af },
	{ 0x3bf, 0x301, 0x3cc }, { 0x3c5, 0x301, 0x3cd }, { 0x3c9, 0x301, 0x3ce }, { 0x3b9, 0x308, 0x3ca },
	{ 0x3c5, 0x308, 0x3cb }, { 0x3ca, 0x301, 0x390 }, { 0x3cb, 0x301, 0x3b0 }
};

struct range {
	uint32_t first;
	uint32_t last;
};

/* Signs, spaces and symbols beyond ASCII, at which a word ends. */
static const struct range gaps[] = {
	{ 0x80, 0xa9 }, { 0xab, 0xb1 }, { 0xb4, 0xb4 }, { 0xb6, 0xb8 }, { 0xbb, 0xbb }, { 0xbf, 0xbf },
	{ 0xd7, 0xd7 }, { 0xf7, 0xf7 }, { 0x2c2, 0x2c5 }, { 0x37e, 0x37e }, { 0x387, 0x387 },
	{ 0x55a, 0x55f }, { 0x589, 0x58a }, { 0x5be, 0x5be }, { 0x5c0, 0x5c0 }, { 0x5c3, 0x5c3 },
	{ 0x5f3, 0x5f4 }, { 0x609, 0x60d }, { 0x61b, 0x61f }, { 0x66a, 0x66d }, { 0x6d4, 0x6d4 },
	{ 0x964, 0x965 }, { 0xe3f, 0xe3f }, { 0xe4f, 0xe4f }, { 0xe5a, 0xe5b }, { 0x104a, 0x104f },
	{ 0x10fb, 0x10fb }, { 0x1361, 0x1368 }, { 0x17d4, 0x17db }, { 0x2000, 0x206f }, { 0x20a0, 0x20cf },
	{ 0x2190, 0x2bff }, { 0x2e00, 0x2e7f }, { 0x3000, 0x3004 }, { 0x3008, 0x3020 }, { 0x3030, 0x3030 },
	{ 0x303d, 0x303f }, { 0x30fb, 0x30fb }, { 0xd800, 0xf8ff }, { 0xfe00, 0xfe6f }, { 0xff00, 0xff0f },
	{ 0xff1a, 0xff20 }, { 0xff3b, 0xff40 }, { 0xff5b, 0xff65 }, { 0xffe0, 0xffff },
	{ 0x1f000, 0x1faff }, { 0xe0000, 0x10ffff }
};

/* Scripts that write no spaces between words. */
static const struct range unspaced[] = {
	{ 0xe00, 0xeff },               /* Thai, Lao */
	{ 0x1000, 0x109f },             /* Myanmar */
	{ 0x1780, 0x17ff },             /* Khmer */
	{ 0x3005, 0x3007 }, { 0x3040, 0x30ff }, { 0x31f0, 0x31ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff },
	{ 0xf900, 0xfaff }, { 0xff66, 0xff9f }, { 0x1b000, 0x1b16f }, { 0x20000, 0x3ffff }
};

static bool
range_has(const struct range *ranges, size_t count, uint32_t c)
{
	for (size_t i = 0; i < count && ranges[i].first <= c; i++)
		if (c <= ranges[i].last)
			return true;
	return false;
}

static uint32_t
ascii_lower_of(uint32_t c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static uint32_t
lower_of(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(lowers); i++)
		if (c >= lowers[i].first && c <= lowers[i].last && (c - lowers[i].first) % lowers[i].step == 0)
			return ascii_lower_of((uint32_t)((int32_t)c + lowers[i].add));
	return c;
}

/* The letter that stands for a Latin one, or '.'. */
static char
latin_of(uint32_t c)
{
	for (size_t i = 0; i < COUNT_OF(latins); i++)
		if (c >= latins[i].first && c - latins[i].first < strlen(latins[i].letters))
			return latins[i].letters[c - latins[i].first];
	return '.';
}

static bool
is_mark(uint32_t c)
{
	return c >= 0x300 && c <= 0x36f;
}

/* Characters without width, which only make equal words differ. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff;
}

/* The one character of a letter with a mark, 0 when there is none. */
static uint32_t
compose_of(uint32_t base, uint32_t mark)
{
	for (size_t i = 0; i < COUNT_OF(composes); i++)
		if (composes[i].base == base && composes[i].mark == mark)
			return composes[i].whole;
	return 0;
}

/* Appends a folded character that is not ASCII; returns it, or 0 when marks behind it are to be dropped. */
static uint32_t
fold_add(struct str *out, uint32_t c)
{
	char letter = latin_of(c);

	if (letter >= '0' && letter <= '9')
		str_add(out, ligatures[letter - '0']);
	else if (letter != '.')
		str_add_char(out, letter);
	else
		text_add(out, lower_of(c));
	return letter != '.' || lower_of(c) < 0x80 ? 0 : lower_of(c);
}

/* A mark: dropped behind a Latin letter, joined with or kept behind another. Returns the new last character. */
static uint32_t
fold_mark(struct str *out, uint32_t last, size_t last_at, uint32_t mark)
{
	uint32_t whole;

	if (last == 0)
		return 0;
	whole = compose_of(last, mark);
	if (whole == 0) {
		text_add(out, mark);
		return last;
	}
	out->len = last_at;
	text_add(out, whole);
	return whole;
}

char *
text_fold(struct arena *arena, const char *text)
{
	struct str out;
	uint32_t last = 0;      /* 0 for one that drops marks */
	size_t last_at = 0;
	uint32_t c;

	str_init(&out, arena);
	(void)str_reserve(&out, strlen(text));
	while ((c = text_next(&text)) != 0) {
		if (c == TEXT_MALFORMED)
			c = 0xfffd;
		if (c < 0x80) {
			str_add_char(&out, (char)ascii_lower_of(c));
			last = 0;
		} else if (is_mark(c)) {
			last = fold_mark(&out, last, last_at, c);
		} else if (!is_invisible(c)) {
			last_at = out.len;
			last = fold_add(&out, c);
		}
	}
	return out.data;
}

enum kind {
	KIND_GAP,
	KIND_WORD,
	KIND_UNSPACED
};

static enum kind
kind_of(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ? KIND_WORD : KIND_GAP;
	if (range_has(gaps, COUNT_OF(gaps), c))
		return KIND_GAP;
	return range_has(unspaced, COUNT_OF(unspaced), c) ? KIND_UNSPACED : KIND_WORD;
}

/* Hands on the bytes from `start` to `end`, cut between characters when they are too many. */
static void
term_send(const char *start, const char *end, text_term *each, void *arg)
{
	char term[TEXT_TERM_MAX + 1];
	size_t len = (size_t)(end - start);

	if (len > TEXT_TERM_MAX)
		for (len = TEXT_TERM_MAX; ((unsigned char)start[len] & 0xc0) == 0x80;)
			len--;
	memcpy(term, start, len);
	term[len] = '\0';
	each(arg, term);
}

/* Sends each pair of neighbours, or the only character. */
static void
pairs_send(const char *start, const char *end, text_term *each, void *arg)
{
	const char *first = start;
	const char *second = start;

	(void)text_next(&second);
	if (second >= end)
		term_send(start, end, each, arg);
	while (second < end) {
		const char *after = second;

		(void)text_next(&after);
		term_send(first, after, each, arg);
		first = second;
		second = after;
	}
}

void
text_terms(struct arena *arena, const char *text, text_term *each, void *arg)
{
	const char *at = text_fold(arena, text);
	const char *start = at;         /* of the run of one kind that lasts */
	enum kind run = KIND_GAP;

	for (;;) {
		const char *here = at;
		uint32_t c = text_next(&at);
		enum kind kind = c == 0 ? KIND_GAP : kind_of(c);

		if (kind != run) {
			if (run == KIND_WORD)
				term_send(start, here, each, arg);
			if (run == KIND_UNSPACED)
				pairs_send(start, here, each, arg);
			start = here;
			run = kind;
		}
		if (c == 0)
			return;
	}
}
