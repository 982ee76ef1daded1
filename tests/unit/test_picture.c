/* SPDX-License-Identifier: BSD-2-Clause */
/* test_picture.c - headers of pictures, and colours that can be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/colour.h"
#include "core/picture.h"
#include "rooms/tenant/brand/brand_rules.h"

static void
sizes_are_read_from_headers(void **state)
{
	static const unsigned char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xf0\x08\x02\0\0\0";
	static const unsigned char gif[] = "GIF89a\x0a\0\x14\0\0\0";
	static const unsigned char jpeg[] = "\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0\0\x11\x08\0\x64\0\xc8\x03\x01\x22\0\0\0";
	static const unsigned char webp[] = "RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0";
	static const unsigned char broken[] = "\xff\xd8\xff\xe0\xff\xff\0\0\0\0\0\0";
	static const unsigned char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>";
	struct picture picture;

	(void)state;
	assert_true(picture_look(png, sizeof(png) - 1, &picture));
	assert_string_equal(picture.type, "image/png");
	assert_int_equal(picture.width, 320);
	assert_int_equal(picture.height, 240);
	assert_true(picture_look(gif, sizeof(gif) - 1, &picture));
	assert_int_equal(picture.width, 10);
	assert_int_equal(picture.height, 20);
	assert_true(picture_look(jpeg, sizeof(jpeg) - 1, &picture));
	assert_int_equal(picture.width, 200);
	assert_int_equal(picture.height, 100);
	assert_true(picture_look(webp, sizeof(webp) - 1, &picture));
	assert_int_equal(picture.width, 320);
	assert_int_equal(picture.height, 240);
	assert_false(picture_look(broken, sizeof(broken) - 1, &picture));
	assert_false(picture_look(svg, sizeof(svg) - 1, &picture));
	assert_false(picture_look(png, 20, &picture));
	assert_false(picture_look((const unsigned char *)"", 0, &picture));
	assert_null(picture.type);
}

static void
bombs_are_not_bearable(void **state)
{
	(void)state;
	assert_true(picture_is_bearable(&(struct picture){ .width = 8000, .height = 5000 }));
	assert_false(picture_is_bearable(&(struct picture){ .width = 8000, .height = 5001 }));
	assert_false(picture_is_bearable(&(struct picture){ .width = 4294967295u, .height = 4294967295u }));
	assert_false(picture_is_bearable(&(struct picture){ .width = UINT64_MAX, .height = 2 }));
	assert_false(picture_is_bearable(&(struct picture){ .width = 0, .height = 5 }));
}

static void
contrast_is_that_of_the_guidelines(void **state)
{
	(void)state;
	assert_int_equal((int)(colour_contrast("#000000", "#ffffff") * 10 + .5), 210);
	assert_int_equal((int)(colour_contrast("#777777", "#ffffff") * 100 + .5) / 10, 44);   /* 4.48 */
	assert_int_equal((int)(colour_contrast("#1a7f37", "#1a7f37") * 10 + .5), 10);
	assert_string_equal(colour_ink_on("#0b57d0"), "#ffffff");
	assert_string_equal(colour_ink_on("#ffe000"), "#1b1f24");
	assert_string_equal(colour_ink_on("#ffffff"), "#1b1f24");
	assert_string_equal(colour_ink_on("nonsense"), "#ffffff");
}

/* Whatever a company chooses, its text can be read. */
static void
every_colour_becomes_readable(void **state)
{
	static const char *const papers[] = { "#ffffff", "#14181d", "#e3edfd" };
	struct arena *arena = arena_new();

	(void)state;
	for (unsigned red = 0; red < 256; red += 51)
		for (unsigned green = 0; green < 256; green += 51)
			for (unsigned blue = 0; blue < 256; blue += 51)
				for (size_t i = 0; i < 3; i++) {
					const char *colour = arena_printf(arena, "#%02x%02x%02x", red, green, blue);

					assert_true(colour_contrast(colour_readable(arena, colour, papers[i]), papers[i]) >= COLOUR_TEXT_CONTRAST);
					assert_true(colour_contrast(colour_ink_on(colour), colour) >= COLOUR_TEXT_CONTRAST);
				}
	assert_string_equal(colour_readable(arena, "#0b57d0", "#ffffff"), "#0b57d0");
	arena_free(arena);
}

static void
a_brand_is_a_style_sheet_of_colours_only(void **state)
{
	struct arena *arena = arena_new();
	const char *shade;

	(void)state;
	assert_non_null(strstr(brand_css(arena, "#7a1fa2"), "--brand: #7a1fa2; --brand-ink: #ffffff;"));
	assert_string_equal(brand_css(arena, "red; } body { display: none"), "");
	assert_string_equal(brand_css(arena, NULL), "");
	assert_true(brand_is_readable(arena, "#0b57d0", &shade));
	assert_false(brand_is_readable(arena, "#ffe000", &shade));
	assert_true(colour_contrast(shade, "#ffffff") >= COLOUR_TEXT_CONTRAST);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_are_read_from_headers), cmocka_unit_test(bombs_are_not_bearable),
		cmocka_unit_test(contrast_is_that_of_the_guidelines), cmocka_unit_test(every_colour_becomes_readable),
		cmocka_unit_test(a_brand_is_a_style_sheet_of_colours_only)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
