/* SPDX-License-Identifier: BSD-2-Clause */
/* captcha_draw.c - digits out of strokes, leaning, waved and crossed by lines, as a bitmap. Whole numbers only, in 1/16 of a pixel. */
#include <string.h>

#include "web/captcha.h"

#define WIDE 200
#define HIGH 64
#define UNIT 16                  /* parts of a pixel */
#define GREYS 16
#define ROW_LEN (WIDE / 2)       /* two pixels in a byte; a multiple of 4, as rows of a bitmap must be */
#define HEAD_LEN (14 + 40 + GREYS * 4)

/* What is drawn, and chance that follows from the seed. */
struct canvas {
	unsigned char ink[HIGH][WIDE];       /* 0 is paper, GREYS - 1 full ink */
	unsigned char seed[CRYPT_HASH_LEN + 1];
	unsigned char chance[CRYPT_HASH_LEN];
	size_t spent;
};

struct point {
	int x;
	int y;
};

/* Strokes through points of a grid of 17 by 17, 'a' is 0: x and y in turn. */
static const char *const strokes[] = {
	"iadcbidoiqnopincia", "eejajq", "ceebiamboenhcqpq", "ccgalaodngiinkpnlqfqbo", "lqlablpl", "oaeadhignipmmphqco",
	"nbiadebkdpiqnpplmihhck", "bapagq", "iidgdciancngiicldpiqnpolii", "ogjjeibfdbianbpgnmiqdp"
};

/* A number below `most`. */
static int
chance(struct canvas *canvas, int most)
{
	unsigned value;

	if (canvas->spent + 2 > CRYPT_HASH_LEN) {
		canvas->seed[CRYPT_HASH_LEN]++;
		crypt_sha256(canvas->seed, sizeof(canvas->seed), canvas->chance);
		canvas->spent = 0;
	}
	value = (unsigned)canvas->chance[canvas->spent] << 8 | canvas->chance[canvas->spent + 1];
	canvas->spent += 2;
	return (int)(value % (unsigned)most);
}

/* The square of the distance of a point from the line between a and b. */
static int64_t
distance(struct point at, struct point a, struct point b)
{
	int64_t dx = b.x - a.x, dy = b.y - a.y, px = at.x - a.x, py = at.y - a.y;
	int64_t len = dx * dx + dy * dy;
	int64_t along = len > 0 ? px * dx + py * dy : 0;

	if (along < 0)
		along = 0;
	if (along > len)
		along = len;
	if (len > 0) {
		px -= along * dx / len;
		py -= along * dy / len;
	}
	return px * px + py * py;
}

/* Full within the pen's radius, fading over the pixel around it. */
static unsigned char
coverage(int64_t square, int64_t radius)
{
	int64_t inner = radius * radius, outer = (radius + UNIT) * (radius + UNIT);

	if (square >= outer)
		return 0;
	return (unsigned char)(square <= inner ? GREYS - 1 : (outer - square) * (GREYS - 1) / (outer - inner));
}

static int
clamp(int value, int most)
{
	return value < 0 ? 0 : value < most ? value : most;
}

static void
line_draw(struct canvas *canvas, struct point a, struct point b, int radius)
{
	int reach = radius / UNIT + 2, x, y;
	int left = clamp((a.x < b.x ? a.x : b.x) / UNIT - reach, WIDE), right = clamp((a.x > b.x ? a.x : b.x) / UNIT + reach, WIDE);
	int top = clamp((a.y < b.y ? a.y : b.y) / UNIT - reach, HIGH), bottom = clamp((a.y > b.y ? a.y : b.y) / UNIT + reach, HIGH);

	for (y = top; y < bottom; y++)
		for (x = left; x < right; x++) {
			struct point at = { x * UNIT + UNIT / 2, y * UNIT + UNIT / 2 };
			unsigned char ink = coverage(distance(at, a, b), radius);

			if (ink > canvas->ink[y][x])
				canvas->ink[y][x] = ink;
		}
}

/* A wave without a library of sines: parabolas, up and down in turn, of height 64. */
static int
wave(int at)
{
	int half = at & 127;

	return (at & 128 ? -1 : 1) * half * (128 - half) / 64;
}

/* How one digit is bent: a matrix in 1/64, and where its middle goes. */
struct bend {
	int a, b, c, d;
	struct point middle;
	int phase;
};

static struct point
bend_point(const struct bend *bend, char x, char y)
{
	int px = (x - 'a' - 8) * UNIT, py = (y - 'a' - 8) * UNIT;
	struct point at = {
		bend->middle.x + (px * bend->a + py * bend->b) / 64,
		bend->middle.y + (px * bend->c + py * bend->d) / 64
	};

	at.y += wave(at.x / UNIT * 3 + bend->phase) * 3 * UNIT / 64;
	at.x += wave(at.y / UNIT * 5 + bend->phase) * 2 * UNIT / 64;
	return at;
}

static void
digit_draw(struct canvas *canvas, char digit, int place, int phase)
{
	const char *stroke = strokes[digit - '0'];
	const struct bend bend = {
		.a = 100 + chance(canvas, 28), .b = chance(canvas, 45) - 22, .c = chance(canvas, 45) - 22, .d = 128 + chance(canvas, 30),
		.middle = { (24 + place * 38 + chance(canvas, 7) - 3) * UNIT, (HIGH / 2 + chance(canvas, 9) - 4) * UNIT }, .phase = phase
	};
	int radius = UNIT + chance(canvas, UNIT);

	for (; stroke[2] != '\0'; stroke += 2)
		line_draw(canvas, bend_point(&bend, stroke[0], stroke[1]), bend_point(&bend, stroke[2], stroke[3]), radius);
}

/* Lines as wide as the digits' own, across all of them. */
static void
noise_draw(struct canvas *canvas)
{
	struct point from, to;
	int line, x, i;

	for (line = 0; line < 2; line++) {
		from = (struct point){ 0, (8 + chance(canvas, HIGH - 16)) * UNIT };
		for (x = 40; x <= WIDE; x += 40, from = to) {
			to = (struct point){ x * UNIT, (6 + chance(canvas, HIGH - 12)) * UNIT };
			line_draw(canvas, from, to, UNIT / 2 + chance(canvas, UNIT / 2));
		}
	}
	for (i = 0; i < 40; i++) {
		from = (struct point){ chance(canvas, WIDE) * UNIT, chance(canvas, HIGH) * UNIT };
		line_draw(canvas, from, from, UNIT / 2);
	}
}

static void
put_u32(unsigned char *at, uint32_t value)
{
	size_t i;

	for (i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

/* BITMAPFILEHEADER, BITMAPINFOHEADER and the palette: from paper to ink. */
static void
head_add(struct str *out)
{
	unsigned char head[HEAD_LEN] = { 'B', 'M' };
	size_t i;

	put_u32(head + 2, HEAD_LEN + ROW_LEN * HIGH);
	put_u32(head + 10, HEAD_LEN);
	put_u32(head + 14, 40);
	put_u32(head + 18, WIDE);
	put_u32(head + 22, HIGH);
	put_u32(head + 26, 1 | 4 << 16);         /* planes, bits of a pixel */
	put_u32(head + 34, ROW_LEN * HIGH);
	put_u32(head + 46, GREYS);
	for (i = 0; i < GREYS; i++) {
		uint32_t grey = (uint32_t)(250 - i * 15);

		put_u32(head + 54 + 4 * i, grey << 16 | grey << 8 | grey);
	}
	str_add_bytes(out, head, sizeof(head));
}

void
captcha_draw(const unsigned char seed[CRYPT_HASH_LEN], struct str *out)
{
	struct canvas canvas = { .spent = CRYPT_HASH_LEN };
	char digits[CAPTCHA_DIGITS + 1];
	int i, y, x, phase;

	memcpy(canvas.seed, seed, CRYPT_HASH_LEN);
	captcha_digits(seed, digits);
	phase = chance(&canvas, 256);
	for (i = 0; i < CAPTCHA_DIGITS; i++)
		digit_draw(&canvas, digits[i], i, phase);
	noise_draw(&canvas);
	head_add(out);
	for (y = HIGH - 1; y >= 0; y--)          /* a bitmap begins below */
		for (x = 0; x < WIDE; x += 2)
			str_add_char(out, (char)(canvas.ink[y][x] << 4 | canvas.ink[y][x + 1]));
}
