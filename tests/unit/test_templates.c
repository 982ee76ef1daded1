/* SPDX-License-Identifier: BSD-2-Clause */
/* test_templates.c - a hostile value in every place that any template reads: none reaches a page as it is.
 *
 * The templates themselves tell what they read: names of values begin with a capital letter, those of loops and macros' parameters
 * with a small one. A loop gets three items with every member that any template reads of a loop or parameter of that name. Each
 * template is rendered with all values hostile, then for each comparison (the value is then what it is compared with) and for each
 * condition (the value is then missing), so that the other branches are seen, too.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/check.h"
#include "core/log.h"
#include "edge/page.h"

#define PROBE "\"><img src=x onerror=1 n="      /* then the number of the name, then `>'` */
#define SCRIPT "javascript:alert(1)"
#define TEMPLATES_MAX 100
#define NAMES_MAX 2000
#define DEPTH_MAX 4
#define OTHERS_MAX 40

/* What a template reads. */
struct name {
	const char *path;       /* "List.Title", "row.Path"; "*" is a part that is computed */
	bool is_shown;          /* by var: without a function that would take it away */
	bool is_negated;        /* some condition wants it to be missing */
	bool is_seen;           /* escaped, on some page */
};

struct loop {
	const char *variable;
	const char *path;
};

/* A name and the text that it is compared with; NULL: a condition on it. */
struct branch {
	const char *path;
	const char *value;
};

struct world {
	struct arena *arena;
	struct page_store *store;
	const char *dir;
	const char *templates[TEMPLATES_MAX];
	const char *texts[TEMPLATES_MAX];       /* of the templates */
	size_t template_count;
	const char *parts[TEMPLATES_MAX];       /* "shell/head.cs": what others include, and frames that need a body */
	size_t part_count;
	struct name names[NAMES_MAX];
	size_t name_count;
	struct loop loops[NAMES_MAX];
	size_t loop_count;
	struct branch branches[NAMES_MAX];
	size_t branch_count;
};

/* JSON that edge/json has escaped for scripts, and the address of the configuration: tests/lint/raw.txt. */
static const char *const raw_names[] = { "Strings", "Config" };
static const char *const own_addresses[] = { "Base" };

const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:cs_parse_string";
}

static const char *
same_text(const char *text)
{
	return text;
}

static bool
is_one_of(const char *const *list, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], text) == 0)
			return true;
	return false;
}

/* --- what the templates read */

static struct name *
note_name(struct world *world, const char *path)
{
	for (size_t i = 0; i < world->name_count; i++)
		if (strcmp(world->names[i].path, path) == 0)
			return &world->names[i];
	assert_true(world->name_count < NAMES_MAX);
	world->names[world->name_count] = (struct name){ .path = path };
	return &world->names[world->name_count++];
}

static void
note_loop(struct world *world, const char *variable, const char *path)
{
	for (size_t i = 0; i < world->loop_count; i++)
		if (strcmp(world->loops[i].variable, variable) == 0 && strcmp(world->loops[i].path, path) == 0)
			return;
	assert_true(world->loop_count < NAMES_MAX);
	world->loops[world->loop_count++] = (struct loop){ variable, path };
}

static void
note_branch(struct world *world, const char *path, const char *value)
{
	for (size_t i = 0; i < world->branch_count; i++) {
		const struct branch *known = &world->branches[i];

		if (strcmp(known->path, path) == 0 && (known->value == NULL) == (value == NULL)
			&& (value == NULL || strcmp(known->value, value) == 0))
			return;
	}
	assert_true(world->branch_count < NAMES_MAX);
	world->branches[world->branch_count++] = (struct branch){ path, value };
}

/* A path at *at, "Form.Choices[field.Name].Items" as "Form.Choices.*.Items"; what stands in brackets is noted by itself. */
static const char *
read_path(struct world *world, const char **at)
{
	struct str path;

	str_init(&path, world->arena);
	while (isalnum((unsigned char)**at) || strchr("_.[", **at) != NULL) {
		if (**at == '\0')
			break;
		if (**at != '[') {
			str_add_char(&path, *(*at)++);
			continue;
		}
		++*at;
		if (isalpha((unsigned char)**at))
			note_name(world, read_path(world, at));
		while (**at != ']')
			++*at;
		++*at;
		str_add(&path, ".*");
	}
	return path.data;
}

static const char *
read_quoted(struct world *world, const char **at)
{
	const char *end = strchr(*at + 1, '"');
	const char *text;

	assert_non_null(end);
	text = arena_text_of(world->arena, *at + 1, (size_t)(end - *at - 1));
	*at = end + 1;
	return text;
}

/* The names of an expression, and what they are compared with. */
static void
read_expression(struct world *world, const char *at, bool is_condition, bool is_shown)
{
	const char *last = NULL, *start = at;
	bool compares = false;

	while (*at != '\0') {
		if (*at == '"') {
			const char *text = read_quoted(world, &at);

			if (compares && last != NULL)
				note_branch(world, last, text);
			compares = false;
		} else if (isalpha((unsigned char)*at) || *at == '_') {
			bool is_negated = at > start && at[-1] == '!';
			const char *path = read_path(world, &at);
			struct name *name;

			if (*at == '(')
				continue;
			name = note_name(world, path);
			name->is_shown = name->is_shown || is_shown;
			name->is_negated = name->is_negated || is_negated;
			if (is_condition)
				note_branch(world, path, NULL);
			last = path;
		} else if (*at == '#') {
			at += 1 + strspn(at + 1, "0123456789");
		} else {
			compares = compares || strncmp(at, "==", 2) == 0 || strncmp(at, "!=", 2) == 0;
			at++;
		}
	}
}

static void
note_part(struct world *world, const char *name)
{
	if (is_one_of(world->parts, world->part_count, name))
		return;
	assert_true(world->part_count < TEMPLATES_MAX);
	world->parts[world->part_count++] = name;
}

/* One `<?cs … ?>` without its brackets. */
static void
read_tag(struct world *world, const char *tag)
{
	size_t len = strcspn(tag, ":! ");
	const char *at = tag + len;

	at += *at == '!';
	at += *at == ':';
	at += strspn(at, " ");
	if (strncmp(tag, "each", len) == 0 || strncmp(tag, "with", len) == 0) {
		const char *variable = read_path(world, &at);

		at += strspn(at, " =");
		note_loop(world, variable, read_path(world, &at));
	} else if (strncmp(tag, "include", len) == 0 && *at == '"') {
		note_part(world, read_quoted(world, &at));
	} else if (len > 0 && *tag != '/' && *tag != '#' && strncmp(tag, "def", len) != 0 && strncmp(tag, "include", len) != 0) {
		read_expression(world, at, strncmp(tag, "if", len) == 0 || strncmp(tag, "elif", len) == 0,
			strncmp(tag, "var", len) == 0 && strstr(tag, "url_validate") == NULL);
	}
}

static const char *
read_template(struct world *world, const char *name)
{
	const char *whole;
	FILE *file = fopen(arena_printf(world->arena, "%s/%s", world->dir, name), "r");
	static char text[1 << 18];
	size_t len;
	char *at, *end;

	assert_non_null(file);
	len = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[len] = '\0';
	whole = arena_text(world->arena, text);
	if (strstr(text, "call:body()") != NULL)
		note_part(world, name);
	for (at = text; (at = strstr(at, "<?cs")) != NULL; at = end + 2) {
		end = strstr(at, "?>");
		assert_non_null(end);
		*end = '\0';
		at += 4;
		at += strspn(at, " \t\n");
		read_tag(world, arena_text(world->arena, at));
	}
	return whole;
}

static void
read_room(struct world *world, const char *room)
{
	const char *dir = arena_printf(world->arena, "%s/%s", world->dir, room);
	DIR *folder = opendir(dir);
	struct dirent *entry;

	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL) {
		size_t len = strlen(entry->d_name);

		if (len < 4 || strcmp(entry->d_name + len - 3, ".cs") != 0)
			continue;
		assert_true(world->template_count < TEMPLATES_MAX);
		world->texts[world->template_count] = read_template(world, arena_printf(world->arena, "%s/%s", room, entry->d_name));
		world->templates[world->template_count++] = arena_printf(world->arena, "%s/%.*s", room, (int)len - 3, entry->d_name);
	}
	closedir(folder);
}

static int
set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	const char *source = getenv("HARK_SOURCE");
	struct dirent *entry;
	DIR *folder;

	log_open("test_templates", LOG_LEVEL_ERROR);
	world->arena = arena_new();
	world->dir = arena_printf(world->arena, "%s/templates", source != NULL ? source : ".");
	world->store = page_store_new(world->arena, world->dir);
	page_store_translate(world->store, same_text);
	folder = opendir(world->dir);
	if (folder == NULL)
		return -1;
	while ((entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.')
			read_room(world, entry->d_name);
	closedir(folder);
	*state = world;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *world = *state;

	arena_free(world->arena);
	free(world);
	return 0;
}

/* --- pages full of hostile values */

/* One round: what is special about it, and which kind of probe it uses. */
struct round {
	const struct branch *branch;
	bool is_script;
	bool is_bare;           /* without the values that some condition wants to be missing */
};

static const char *
value_of(struct world *world, struct arena *arena, const struct round *round, const struct name *name)
{
	size_t number = (size_t)(name - world->names);

	if (is_one_of(raw_names, COUNT_OF(raw_names), name->path))
		return "{}";
	if (round->branch != NULL && strcmp(round->branch->path, name->path) == 0)
		return round->branch->value;
	if (round->is_bare && name->is_negated)
		return NULL;
	if (round->is_script)
		return is_one_of(own_addresses, COUNT_OF(own_addresses), name->path) ? "/" : SCRIPT;
	return arena_printf(arena, PROBE "%zu>'", number);
}

/* The node of a path; a computed part is the probe of whatever computes it, so any will do. */
static struct page_node *
node_at(struct arena *arena, struct page_node *node, const char *path)
{
	while (*path != '\0') {
		size_t len = strcspn(path, ".");

		node = page_child(node, strncmp(path, "*", len) == 0 ? "x" : arena_text_of(arena, path, len));
		path += len + (path[len] == '.');
	}
	return node;
}

/* Values and lists below `node`: those of the variable, or (NULL) those of the page. */
static void
fill(struct world *world, struct arena *arena, const struct round *round, struct page_node *node, const char *variable, int depth)
{
	size_t len = variable != NULL ? strlen(variable) : 0;
	const char *path, *value;

	for (size_t i = 0; i < world->name_count; i++) {
		path = world->names[i].path;
		if (variable == NULL ? !isupper((unsigned char)path[0]) : strncmp(path, variable, len) != 0 || path[len] != '.')
			continue;
		value = value_of(world, arena, round, &world->names[i]);
		if (value != NULL)
			page_set(node_at(arena, node, path + (variable != NULL ? len + 1 : 0)), "", value);
	}
	for (size_t i = 0; i < world->loop_count && depth < DEPTH_MAX; i++) {
		struct page_node *list;

		path = world->loops[i].path;
		if (variable == NULL ? !isupper((unsigned char)path[0]) : strncmp(path, variable, len) != 0 || path[len] != '.')
			continue;
		if (round->branch != NULL && round->branch->value == NULL && strcmp(round->branch->path, path) == 0)
			continue;
		list = node_at(arena, node, path + (variable != NULL ? len + 1 : 0));
		for (int item = 0; item < 3; item++)
			fill(world, arena, round, page_child(list, arena_printf(arena, "%d", item)), world->loops[i].variable, depth + 1);
	}
}

static void
fail_at(const struct round *round, const char *template, const char *found, const char *start)
{
	const char *from = found - start > 100 ? found - 100 : start;

	print_error("%s (round: %s = %s):\n…%.260s…\n", template, round->branch != NULL ? round->branch->path : "all",
		round->branch != NULL && round->branch->value != NULL ? round->branch->value : "-", from);
	fail();
}

/* Notes which names came out escaped: " n=12&gt;", or in an address " n%3D12%3E". */
static void
note_seen(struct world *world, const char *text)
{
	static const char *const marks[] = { " n=", "+n%3D", "%20n%3D" };

	for (size_t i = 0; i < COUNT_OF(marks); i++)
		for (const char *at = text; (at = strstr(at, marks[i])) != NULL; at++) {
			unsigned long number = strtoul(at + strlen(marks[i]), NULL, 10);

			if (number < world->name_count)
				world->names[number].is_seen = true;
		}
}

static void
look_at_page(struct world *world, const struct round *round, const char *template, const char *text)
{
	static const char *const addresses[] = { "href=\"" SCRIPT, "src=\"" SCRIPT, "action=\"" SCRIPT, "formaction=\"" SCRIPT };
	const char *found;

	found = strstr(text, "<img src=x");
	if (found == NULL)
		found = strstr(text, PROBE);
	for (size_t i = 0; i < COUNT_OF(addresses) && found == NULL; i++)
		found = strstr(text, addresses[i]);
	if (found != NULL)
		fail_at(round, template, found, text);
	note_seen(world, text);
}

/* A branch matters to the templates that speak of it; one that stands in an included part is tried with a few of those around it. */
static bool
round_is_about(const struct round *round, const char *text, size_t *others)
{
	const char *last;

	if (round->branch == NULL)
		return true;
	last = strrchr(round->branch->path, '.');
	if (strstr(text, last != NULL ? last + 1 : round->branch->path) != NULL)
		return true;
	return (*others)++ < OTHERS_MAX;
}

static void
render_all(struct world *world, const struct round *round)
{
	struct arena *arena = arena_new();
	struct page_node *page = page_new(arena);
	size_t others = 0;
	struct str out;

	str_init(&out, arena);
	fill(world, arena, round, page, NULL, 0);
	for (size_t i = 0; i < world->template_count; i++) {
		if (is_one_of(world->parts, world->part_count, arena_printf(world->arena, "%s.cs", world->templates[i]))
			|| !round_is_about(round, world->texts[i], &others))
			continue;
		str_clear(&out);
		assert_true(page_render(world->store, page, world->templates[i], &out));
		look_at_page(world, round, world->templates[i], out.data);
	}
	arena_free(arena);
}

static void
no_template_lets_a_hostile_value_through(void **state)
{
	struct world *world = *state;
	size_t unseen = 0, shown = 0;

	assert_true(world->template_count > 10);
	render_all(world, &(struct round){ .branch = NULL });
	render_all(world, &(struct round){ .is_script = true });
	for (size_t i = 0; i < world->branch_count; i++) {
		render_all(world, &(struct round){ .branch = &world->branches[i] });
		if (world->branches[i].value != NULL)
			render_all(world, &(struct round){ .branch = &world->branches[i], .is_bare = true });
	}
	for (size_t i = 0; i < world->name_count; i++) {
		const struct name *name = &world->names[i];

		shown += name->is_shown;
		if (!name->is_shown || name->is_seen || is_one_of(raw_names, COUNT_OF(raw_names), name->path))
			continue;
		/* The value of a macro's parameter as a whole is a text of the template. */
		if (strchr(name->path, '.') == NULL && islower((unsigned char)name->path[0]))
			continue;
		print_error("%s is shown on no page that was tried\n", name->path);
		unseen++;
	}
	print_message("# %zu templates, %zu names, %zu of them shown, %zu branches\n", world->template_count, world->name_count, shown,
		world->branch_count);
	assert_int_equal(unseen, 0);
}

/* The test must be able to fail: a template with a mistake in it. */
static void
a_mistake_would_be_found(void **state)
{
	struct world *world = *state;
	struct page_node *page = page_new(world->arena);
	struct page_store *store;
	char dir[] = "/tmp/test_templates.XXXXXX", path[80];
	struct str out;
	FILE *file;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/a.cs", dir);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("<p><?cs uvar:Title ?></p>", file);
	fclose(file);
	store = page_store_new(world->arena, dir);
	page_set(page, "Title", PROBE "1>'");
	str_init(&out, world->arena);
	assert_true(page_render(store, page, "a", &out));
	assert_non_null(strstr(out.data, "<img src=x"));
	remove(path);
	assert_int_equal(rmdir(dir), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_template_lets_a_hostile_value_through),
		cmocka_unit_test(a_mistake_would_be_found)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
