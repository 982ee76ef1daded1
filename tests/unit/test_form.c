/* SPDX-License-Identifier: BSD-2-Clause */
/* test_form.c - reading forms and JSON bodies by a field table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/check.h"
#include "web/form.h"

struct thing {
	uint64_t id;
	const char *name;
	const char *secret;
	const char *kind;
	bool open;
	uint64_t most;
	uint64_t queue;
	struct field_set agents;
	clock_ms created_at;
};

static const struct field_choice kinds[] = { { "a", "First" }, { "b", "Second" }, { NULL, NULL } };

static const struct field thing_fields[] = {
	FIELD_U64(struct thing, id, FIELD_KEY),
	FIELD_TEXT(struct thing, name, FIELD_FORM | FIELD_REQUIRED, .max = 10, .label = "Name"),
	FIELD_TEXT(struct thing, secret, FIELD_FORM | FIELD_SECRET, .label = "Secret"),
	FIELD_CHOICE(struct thing, kind, FIELD_FORM, .choices = kinds, .preset = "a", .label = "Kind"),
	FIELD_BOOL(struct thing, open, FIELD_FORM, .label = "Open"),
	FIELD_U64(struct thing, most, FIELD_FORM | FIELD_NULLABLE, .max = 100, .label = "Most"),
	FIELD_REFERENCE(struct thing, queue, FIELD_FORM, .of = "queue", .label = "Queue"),
	FIELD_SET(struct thing, agents, FIELD_FORM, .of = "agent", .label = "Agents"),
	FIELD_TIME(struct thing, created_at, FIELD_READONLY, .label = "Created"),
	FIELD_END
};

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct req *r = ARENA_NEW(arena, struct req);

	r->arena = arena;
	r->id = "test";
	r->method = POST;
	r->path = "/";
	r->page = page_new(arena);
	r->params = ARENA_ARRAY(arena, struct param, 20);
	*state = r;
	return 0;
}

static int
tear_down(void **state)
{
	struct req *r = *state;

	arena_free(r->arena);
	return 0;
}

static void
give(struct req *r, const char *name, const char *value)
{
	r->params[r->param_count].name = name;
	r->params[r->param_count++].value = value;
}

static void
give_json(struct req *r, const char *text)
{
	const char *problem = NULL;

	r->json = json_parse(r->arena, text, strlen(text), &problem);
	assert_non_null(r->json);
}

static const char *
problem_of(const struct form *form, const char *field)
{
	size_t i;

	for (i = 0; i < form->problem_count; i++)
		if (strcmp(form->problems[i].field, field) == 0)
			return form->problems[i].message;
	return NULL;
}

static void
test_form_is_read(void **state)
{
	struct req *r = *state;
	struct thing thing = { .open = true, .most = 3 };
	struct form form;

	give(r, "name", "  Sales ");
	give(r, "kind", "b");
	give(r, "agents", "9");
	give(r, "agents", "4");
	give(r, "id", "99");
	give(r, "created_at", "2020-01-01");
	give(r, "unknown", "x");
	form_init(&form, thing_fields);
	assert_true(form_read(r, &form, &thing, false));
	assert_string_equal(thing.name, "Sales");
	assert_string_equal(thing.kind, "b");
	assert_false(thing.open);
	assert_int_equal(thing.most, 0);
	assert_int_equal(thing.agents.count, 2);
	assert_int_equal(thing.agents.ids[0], 4);
	assert_int_equal(thing.id, 0);
	assert_int_equal(thing.created_at, 0);
}

static void
test_problems_stand_beside_fields(void **state)
{
	struct req *r = *state;
	struct thing thing = { 0 };
	struct form form;

	give(r, "name", "a name that is too long");
	give(r, "kind", "c");
	give(r, "most", "101");
	give(r, "queue", "x");
	form_init(&form, thing_fields);
	assert_false(form_read(r, &form, &thing, false));
	assert_non_null(strstr(problem_of(&form, "name"), "10"));
	assert_non_null(problem_of(&form, "kind"));
	assert_non_null(problem_of(&form, "most"));
	assert_non_null(problem_of(&form, "queue"));
	assert_string_equal(thing.name, "a name that is too long");
}

static void
test_secret_is_kept(void **state)
{
	struct req *r = *state;
	struct thing thing = { .secret = "old" };
	struct form form;

	give(r, "name", "x");
	give(r, "kind", "a");
	give(r, "secret", "");
	form_init(&form, thing_fields);
	assert_true(form_read(r, &form, &thing, false));
	assert_string_equal(thing.secret, "old");
}

static void
test_json_changes_only_what_is_given(void **state)
{
	struct req *r = *state;
	struct thing thing = { .name = "old", .open = true, .most = 5 };
	struct form form;

	give_json(r, "{\"most\":7,\"agents\":[3,1]}");
	form_init(&form, thing_fields);
	assert_true(form_read(r, &form, &thing, true));
	assert_string_equal(thing.name, "old");
	assert_true(thing.open);
	assert_int_equal(thing.most, 7);
	assert_int_equal(thing.agents.count, 2);
	assert_int_equal(thing.agents.ids[0], 1);
}

static void
test_json_null_clears(void **state)
{
	struct req *r = *state;
	struct thing thing = { .name = "old", .most = 5, .queue = 4 };
	struct form form;

	give_json(r, "{\"most\":null,\"queue\":null}");
	form_init(&form, thing_fields);
	assert_true(form_read(r, &form, &thing, true));
	assert_int_equal(thing.most, 0);
	assert_int_equal(thing.queue, 0);
}

static void
test_json_keeps_its_types(void **state)
{
	struct req *r = *state;
	struct thing thing = { .name = "old", .kind = "a", .most = 5, .queue = 4 };
	struct form form;

	give_json(r, "{\"most\":true,\"queue\":[4],\"name\":[\"x\"],\"kind\":false,\"secret\":1.5,\"open\":[true],\"agents\":true}");
	form_init(&form, thing_fields);
	assert_false(form_read(r, &form, &thing, true));
	assert_int_equal(form.problem_count, 7);
	assert_string_equal(problem_of(&form, "most"), "has a value of the wrong type");
	assert_string_equal(thing.name, "old");
	give_json(r, "{\"most\":\"7\",\"name\":12,\"open\":1,\"agents\":\"3,1\"}");
	form_init(&form, thing_fields);
	assert_true(form_read(r, &form, &thing, true));
	assert_int_equal(thing.most, 7);
	assert_string_equal(thing.name, "12");
}

static void
test_json_names_the_field_of_a_number_that_is_too_large(void **state)
{
	struct req *r = *state;
	struct thing thing = { .name = "old" };
	struct form form;

	give_json(r, "{\"most\":99999999999999999999,\"name\":99999999999999999999,\"queue\":99999999999999999999}");
	form_init(&form, thing_fields);
	assert_false(form_read(r, &form, &thing, true));
	assert_string_equal(problem_of(&form, "most"), "must be a number from 0 to 100");
	assert_non_null(problem_of(&form, "name"));
	assert_non_null(problem_of(&form, "queue"));
}

static void
test_json_refuses_what_is_no_field(void **state)
{
	struct req *r = *state;
	struct thing thing = { .name = "old" };
	struct form form;

	give_json(r, "{\"nmae\":\"new\",\"id\":4,\"created_at\":null,\"name\":{\"a\":1}}");
	form_init(&form, thing_fields);
	assert_false(form_read(r, &form, &thing, true));
	assert_non_null(problem_of(&form, "nmae"));
	assert_non_null(problem_of(&form, "id"));
	assert_non_null(problem_of(&form, "created_at"));
	assert_non_null(problem_of(&form, "name"));
	assert_string_equal(thing.name, "old");
}

static void
test_problems_as_json(void **state)
{
	struct req *r = *state;
	struct thing thing = { 0 };
	struct form form;
	const char *text;

	give_json(r, "{\"name\":\"much too long a name\"}");
	form_init(&form, thing_fields);
	assert_false(form_read(r, &form, &thing, true));
	form_problem(r, &form, "", "Not today.", NULL);
	text = json_text(r->arena, form_json(r, &form));
	assert_non_null(strstr(text, "\"error\":\"invalid\""));
	assert_non_null(strstr(text, "\"limit\":\"10\""));
	assert_non_null(strstr(text, "\"message\":\"Not today.\""));
}

static void
test_problems_have_an_end(void **state)
{
	struct req *r = *state;
	struct form form;
	int i;

	form_init(&form, thing_fields);
	for (i = 0; i < 2 * FORM_PROBLEMS_MAX; i++)
		form_problem(r, &form, "name", "is wrong", NULL);
	assert_int_equal(form.problem_count, FORM_PROBLEMS_MAX);
}

/* What test_form_is_shown looks for. */
struct leaf {
	const char *path;
	const char *value;
};

static const char *
find_leaf(void *arg, const char *path, const char *value)
{
	struct leaf *leaf = arg;

	if (strcmp(path, leaf->path) == 0)
		leaf->value = value;
	return value;
}

static const char *
leaf_of(struct req *r, const char *path)
{
	struct leaf leaf = { path, NULL };

	page_each_leaf(r->page, find_leaf, &leaf);
	return leaf.value;
}

static void
test_form_is_shown(void **state)
{
	static const uint64_t ids[] = { 4, 9 };
	struct req *r = *state;
	struct thing thing = { .name = "Sales", .secret = "hush", .agents = { ids, 2 } };
	struct form form;

	form_init(&form, thing_fields);
	form_choice(r, "agents", 4, "Anna");
	form_problem(r, &form, "name", "is already used", NULL);
	form_show(r, &form, &thing);
	assert_string_equal(leaf_of(r, "Form.Fields.name.Value"), "Sales");
	assert_string_equal(leaf_of(r, "Form.Fields.name.Max"), "10");
	assert_string_equal(leaf_of(r, "Form.Fields.name.Problem"), "Name is already used");
	assert_string_equal(leaf_of(r, "Form.Fields.name.Focus"), "1");
	assert_string_equal(leaf_of(r, "Form.Fields.secret.Type"), "secret");
	assert_string_equal(leaf_of(r, "Form.Fields.secret.Value"), "");
	assert_string_equal(leaf_of(r, "Form.Fields.agents.Ids.9"), "1");
	assert_string_equal(leaf_of(r, "Form.Choices.agents.Items.0.Label"), "Anna");
	assert_string_equal(leaf_of(r, "Form.Problems.0.Label"), "Name");
	assert_null(leaf_of(r, "Form.Fields.id.Name"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_form_is_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_problems_stand_beside_fields, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_secret_is_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_json_changes_only_what_is_given, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_json_null_clears, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_json_keeps_its_types, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_json_names_the_field_of_a_number_that_is_too_large, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_json_refuses_what_is_no_field, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_problems_as_json, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_problems_have_an_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_form_is_shown, set_up, tear_down)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
