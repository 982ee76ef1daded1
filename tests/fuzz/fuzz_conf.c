/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_conf.c - any text as a configuration file: either a whole structure or a complaint, never both or neither. */
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/conf.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	const char *problem = NULL;
	const struct conf *conf;

	conf = conf_parse(arena, "fuzz.conf", arena_text_of(arena, (const char *)data, size), &problem);
	CHECK((conf == NULL) == (problem != NULL));
	if (conf != NULL) {
		CHECK(conf->key_file[0] == '/' && conf->web_socket[0] == '/' && conf->run_dir[0] == '/');
		CHECK(text_is_web_address(conf->base_url) && text_is_email(conf->mail_from));
		CHECK(conf->web_workers >= 1 && conf->upload_max >= 1024);
	} else {
		CHECK(text_starts_with(problem, "fuzz.conf:"));
		CHECK(text_is_utf8(problem, strlen(problem)) && !text_has_control(problem));
	}
	arena_free(arena);
	return 0;
}
