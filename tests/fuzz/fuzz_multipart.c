/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_multipart.c - forms with files and headers of pictures, from bytes that anybody may send. */
#include <stdint.h>
#include <stdlib.h>

#include "core/picture.h"
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
begin(void *arg, const char *name, const char *file_name)
{
	(void)arg;
	return name != NULL && (file_name == NULL || file_name[0] != '!');
}

static bool
take(void *arg, const char *bytes, size_t len)
{
	struct picture picture;

	(void)arg;
	if (picture_look((const unsigned char *)bytes, len, &picture) && (picture.width == 0 || picture.height == 0 || picture.type == NULL))
		abort();
	return true;
}

static bool
end(void *arg)
{
	(void)arg;
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct multipart_listener listener = { NULL, begin, take, end };
	struct arena *arena = arena_new();
	struct multipart *multipart = multipart_new(arena, "multipart/form-data; boundary=x", &listener);
	size_t piece = size > 0 ? 1 + data[0] % 64 : 1, at, len;

	take(NULL, (const char *)data, size);
	for (at = 0; at < size; at += len) {
		len = size - at < piece ? size - at : piece;
		if (!multipart_feed(multipart, (const char *)data + at, len))
			break;
	}
	arena_free(arena);
	return 0;
}
