/* SPDX-License-Identifier: BSD-2-Clause */
/* test_resource_sql.c - the statements of the settings engine: names from tables, values bound, the tenant always named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/check.h"
#include "web/resource_doors.h"
#include "web/resource_store.h"

struct thing {
	uint64_t id;
	const char *name;
	const char *kind;
	const char *hidden;
	bool open;
	uint64_t queue_id;
	struct field_set agents;
	clock_ms deleted_at;
};

static const struct field_choice kinds[] = { { "a", "First" }, { "b", "Second" }, { NULL, NULL } };
static const struct field_via agents_via = { "thing_agent", "thing_id", "agent_id" };

static const struct field thing_fields[] = {
	FIELD_U64(struct thing, id, FIELD_KEY),
	FIELD_TEXT(struct thing, name, FIELD_FORM | FIELD_LIST | FIELD_SEARCH, .label = "Name"),
	FIELD_CHOICE(struct thing, kind, FIELD_FORM | FIELD_LIST | FIELD_FILTER | FIELD_SEARCH, .choices = kinds),
	FIELD_TEXT(struct thing, hidden, FIELD_SECRET | FIELD_LIST),
	FIELD_BOOL(struct thing, open, FIELD_FORM | FIELD_FILTER),
	FIELD_REFERENCE(struct thing, queue_id, FIELD_FORM | FIELD_NULLABLE, .of = "queue"),
	FIELD_SET(struct thing, agents, FIELD_FORM | FIELD_FILTER, .of = "agent", .via = &agents_via),
	FIELD_TIME(struct thing, deleted_at, FIELD_NULLABLE),
	FIELD_END
};

static const char *
own_things(struct req *r, struct db_value *value)
{
	*value = db_u64(r->actor.id);
	return "agent_id IS NULL OR agent_id = ?";
}

static const struct resource thing = {
	.noun = "thing", .plural = "things", .fields = thing_fields, .size = sizeof(struct thing), .name_field = "name",
	.sort = "name", .scope = own_things
};

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct req *r = ARENA_NEW(arena, struct req);

	r->arena = arena;
	r->tenant.id = 7;
	r->actor.id = 12;
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
ask(struct req *r, const char *name, const char *value)
{
	r->params[r->param_count].name = name;
	r->params[r->param_count++].value = value;
	r->query_count = r->param_count;
}

static void
read_query(struct req *r, struct form *form, struct sql *sql)
{
	struct resource_query query;

	form_init(form, thing_fields);
	resource_query_read(r, &thing, form, &query);
	resource_query_sql(sql, r, &thing, &query);
}

static void
test_list_names_tenant_and_scope(void **state)
{
	struct req *r = *state;
	struct form form;
	struct sql sql;

	read_query(r, &form, &sql);
	assert_true(form_is_good(&form));
	assert_string_equal(sql.text.data, "SELECT `id`, `name`, `kind`, `hidden`, `open`, `queue_id`, `deleted_at` FROM `thing`"
		" WHERE tenant_id = ? AND deleted_at IS NULL AND (agent_id IS NULL OR agent_id = ?) ORDER BY `name`, id");
	assert_int_equal(sql.count, 2);
	assert_int_equal(sql.args[0].number, 7);
	assert_int_equal(sql.args[1].number, 12);
	assert_int_equal(sql.args[2].type, DB_TYPE_END);
}

static void
test_search_is_bound(void **state)
{
	struct req *r = *state;
	struct form form;
	struct sql sql;

	ask(r, "q", "100%' OR _");
	read_query(r, &form, &sql);
	assert_true(form_is_good(&form));
	assert_null(strstr(sql.text.data, "100"));
	assert_non_null(strstr(sql.text.data, "(`name` LIKE ? ESCAPE '!' OR `kind` LIKE ? ESCAPE '!')"));
	assert_int_equal(sql.count, 2 + 3 * 2);
	assert_memory_equal(sql.args[2].data, "%100!%'%", sql.args[2].len);
	assert_memory_equal(sql.args[6].data, "%!_%", sql.args[6].len);
}

static void
test_filters_and_order(void **state)
{
	struct req *r = *state;
	struct form form;
	struct sql sql;

	ask(r, "kind", "b");
	ask(r, "open", "0");
	ask(r, "agents", "5");
	ask(r, "sort", "-kind");
	ask(r, "status", "deleted");
	read_query(r, &form, &sql);
	assert_true(form_is_good(&form));
	assert_non_null(strstr(sql.text.data, "deleted_at IS NOT NULL"));
	assert_non_null(strstr(sql.text.data, " AND `kind` = ? AND `open` = ? AND id IN (SELECT `thing_id` FROM `thing_agent`"
		" WHERE tenant_id = ? AND `agent_id` = ?) ORDER BY `kind` DESC, id DESC"));
	assert_int_equal(sql.args[4].number, 7);
}

static void
test_unknown_is_refused(void **state)
{
	static const struct { const char *name, *value; } wrong[] = {
		{ "sort", "hidden" }, { "sort", "id; DROP TABLE thing" }, { "sort", "agents" }, { "kind", "c" }, { "open", "yes" },
		{ "agents", "1 OR 1" }, { "nmae", "x" }, { "page", "0" }, { "page", "-1" }, { "per_page", "201" },
		{ "status", "gone" }, { "hidden", "x" }
	};
	struct req *r = *state;
	struct form form;
	struct sql sql;
	size_t i;

	for (i = 0; i < COUNT_OF(wrong); i++) {
		r->param_count = 0;
		ask(r, wrong[i].name, wrong[i].value);
		read_query(r, &form, &sql);
		assert_int_equal(form.problem_count, 1);
		assert_string_equal(form.problems[0].field, wrong[i].name);
		assert_non_null(strstr(sql.text.data, " WHERE tenant_id = ? AND deleted_at IS NULL"));
		assert_non_null(strstr(sql.text.data, "ORDER BY `name`, id"));
	}
}

static void
test_in_is_padded(void **state)
{
	static const uint64_t ids[] = { 3, 5, 8 };
	struct req *r = *state;
	struct sql sql;

	sql_init(&sql, r->arena);
	sql_in(&sql, ids, 3);
	assert_string_equal(sql.text.data, "IN (?, ?, ?, ?)");
	assert_int_equal(sql.args[3].number, 8);
	sql_init(&sql, r->arena);
	sql_in(&sql, ids, 0);
	assert_string_equal(sql.text.data, "IN (?)");
	assert_int_equal(sql.args[0].type, DB_TYPE_NULL);
}

static void
test_many_values(void **state)
{
	uint64_t ids[1000];
	struct req *r = *state;
	struct sql sql;
	size_t i;

	for (i = 0; i < COUNT_OF(ids); i++)
		ids[i] = i + 1;
	sql_init(&sql, r->arena);
	sql_in(&sql, ids, COUNT_OF(ids));
	assert_int_equal(sql.count, 1024);
	assert_int_equal(sql.args[999].number, 1000);
	assert_int_equal(sql.args[1024].type, DB_TYPE_END);
}

static void
test_empty_and_null(void **state)
{
	struct thing row = { .name = NULL, .queue_id = 0 };
	struct db_value value;

	(void)state;
	value = sql_value_of(field_find(thing_fields, "queue_id"), &row);
	assert_int_equal(value.type, DB_TYPE_NULL);
	value = sql_value_of(field_find(thing_fields, "name"), &row);
	assert_int_equal(value.type, DB_TYPE_TEXT);
	assert_int_equal(value.len, 0);
	row.queue_id = 4;
	value = sql_value_of(field_find(thing_fields, "queue_id"), &row);
	assert_int_equal(value.number, 4);
}

static void
test_links_are_found(void **state)
{
	uint64_t mine[] = { 2, 2, 5, 5, 5, 9 }, theirs[] = { 1, 4, 1, 2, 3, 7 };
	const struct resource_links links = { mine, theirs, 6 };
	struct field_set set = resource_links_of(&links, 5);

	(void)state;
	assert_int_equal(set.count, 3);
	assert_int_equal(set.ids[0], 1);
	assert_int_equal(resource_links_of(&links, 1).count, 0);
	assert_int_equal(resource_links_of(&links, 9).count, 1);
	assert_int_equal(resource_links_of(&links, 10).count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_list_names_tenant_and_scope, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_search_is_bound, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_filters_and_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unknown_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_in_is_padded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_many_values, set_up, tear_down),
		cmocka_unit_test(test_empty_and_null),
		cmocka_unit_test(test_links_are_found)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
