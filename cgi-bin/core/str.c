/* SPDX-License-Identifier: BSD-2-Clause */
/* str.c - growing by doubling; outgrown copies stay in the arena until it ends. */
#include "core/str.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"

#define STR_FIRST 64

void
str_init(struct str *str, struct arena *arena)
{
	str->arena = arena;
	str->len = 0;
	str->room = STR_FIRST;
	str->data = arena_alloc(arena, STR_FIRST);
}

void
str_clear(struct str *str)
{
	str->len = 0;
	str->data[0] = '\0';
}

char *
str_reserve(struct str *str, size_t len)
{
	size_t need;
	char *data;

	CHECK(len < SIZE_MAX / 4 - str->len);
	need = str->len + len + 1;
	if (need > str->room) {
		while (str->room < need)
			str->room *= 2;
		data = arena_alloc(str->arena, str->room);
		memcpy(data, str->data, str->len);
		str->data = data;
	}
	return str->data + str->len;
}

void
str_grown(struct str *str, size_t len)
{
	CHECK(len < str->room - str->len);
	str->len += len;
	str->data[str->len] = '\0';
}

void
str_add_bytes(struct str *str, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	memcpy(str_reserve(str, len), bytes, len);
	str_grown(str, len);
}

void
str_add(struct str *str, const char *text)
{
	str_add_bytes(str, text, strlen(text));
}

void
str_add_item(struct str *list, const char *item)
{
	if (list->len > 0)
		str_add(list, ", ");
	str_add(list, item);
}

void
str_add_char(struct str *str, char c)
{
	*str_reserve(str, 1) = c;
	str_grown(str, 1);
}

void
str_vaddf(struct str *str, const char *format, va_list args)
{
	size_t left = str->room - str->len;
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(str->data + str->len, left, format, args);
	CHECK(len >= 0);
	if ((size_t)len >= left)
		(void)vsnprintf(str_reserve(str, (size_t)len), (size_t)len + 1, format, again);
	va_end(again);
	str_grown(str, (size_t)len);
}

void
str_addf(struct str *str, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_vaddf(str, format, args);
	va_end(args);
}
