/* SPDX-License-Identifier: BSD-2-Clause */
/* page.c - ClearSilver: the tree of values, the confined loader, and the cache of parsed templates. */
#include "edge/page.h"

#include <ClearSilver.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/check.h"
#include "core/log.h"
#include "core/text.h"

#define TEMPLATE_MAX ((off_t)1024 * 1024)   /* bytes of one file; they are ours, so this only stops an accident */
#define ESCAPE_MODE "Config.VarEscapeMode"

/* A file that went into a parsed template, as it was then. */
struct page_file {
	struct page_file *next;
	const char *name;
	struct timespec changed;
	off_t size;
	ino_t inode;
};

/* A parsed template. Its memory is an arena of its own, so that parsing again gives the old one back. */
struct page_template {
	struct page_template *next;
	const char *name;           /* "people/sign_in" */
	struct arena *arena;        /* of `files`; NULL when it is not parsed */
	CSPARSE *parse;
	HDF *config;                /* what ClearSilver reads while it parses */
	struct page_file *files;
	struct page_store *store;
};

struct page_store {
	struct arena *arena;
	const char *dir;
	int folder;                 /* of `dir`, or -1 until the first render */
	struct page_template *templates;
	page_translate *translate;
};

/* ClearSilver gives a string function no context. */
static page_translate *translate_now;

/* --- the tree of values: a `struct page_node` is ClearSilver's HDF */

static HDF *
hdf_of(const struct page_node *node)
{
	return (HDF *)(uintptr_t)node;
}

/* Setting a value fails only when memory is out. */
static void
must(NEOERR *error)
{
	CHECK(error == STATUS_OK);
}

static void
tree_release(void *arg)
{
	HDF *tree = arg;

	hdf_destroy(&tree);
}

struct page_node *
page_new(struct arena *arena)
{
	HDF *tree = NULL;

	must(hdf_init(&tree));
	arena_on_release(arena, tree_release, tree);
	/* Whatever ClearSilver may still parse while it renders reads the mode from here. */
	must(hdf_set_value(tree, ESCAPE_MODE, "html"));
	return (struct page_node *)tree;
}

void
page_set(struct page_node *node, const char *name, const char *value)
{
	if (value != NULL)
		must(hdf_set_value(hdf_of(node), name, value));
}

void
page_set_u64(struct page_node *node, const char *name, uint64_t value)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
	must(hdf_set_value(hdf_of(node), name, digits));
}

void
page_set_bool(struct page_node *node, const char *name, bool value)
{
	if (value)
		must(hdf_set_value(hdf_of(node), name, "1"));
}

void
page_setf(struct page_node *node, const char *name, const char *format, ...)
{
	va_list args, again;
	char *value;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	CHECK(len >= 0);
	value = malloc((size_t)len + 1);
	CHECK(value != NULL);
	vsnprintf(value, (size_t)len + 1, format, again);
	va_end(again);
	va_end(args);
	must(hdf_set_buf(hdf_of(node), name, value));       /* the tree frees it */
}

struct page_node *
page_child(struct page_node *node, const char *name)
{
	HDF *child = NULL;

	must(hdf_get_node(hdf_of(node), name, &child));
	return (struct page_node *)child;
}

struct page_node *
page_add(struct page_node *node, const char *name)
{
	HDF *list = NULL, *child = NULL;
	uint64_t last = 0;
	char number[24];

	must(hdf_get_node(hdf_of(node), name, &list));
	if (list->child != NULL && list->last_child != NULL && text_to_u64(list->last_child->name, &last))
		last++;
	snprintf(number, sizeof number, "%llu", (unsigned long long)last);
	must(hdf_get_node(list, number, &child));
	return (struct page_node *)child;
}

static void
visit_leaves(HDF *node, const char *path, page_visit *visit, void *arg)
{
	struct arena *arena = arena_new();

	for (HDF *child = hdf_obj_child(node); child != NULL; child = hdf_obj_next(child)) {
		const char *name = hdf_obj_name(child), *value = hdf_obj_value(child), *other;
		const char *full = *path == '\0' ? name : arena_printf(arena, "%s.%s", path, name);

		if (strcmp(full, "Config") == 0)
			continue;
		if (value != NULL) {
			other = visit(arg, full, value);
			if (other != value)
				must(hdf_set_value(child, NULL, other));
		}
		visit_leaves(child, full, visit, arg);
	}
	arena_free(arena);
}

void
page_each_leaf(struct page_node *node, page_visit *visit, void *arg)
{
	visit_leaves(hdf_of(node), "", visit, arg);
}

/* --- templates */

/* Names of ours only: no absolute path, no way up, nothing hidden. */
static bool
name_is_confined(const char *name)
{
	return name[0] != '/' && name[0] != '.' && strstr(name, "/.") == NULL && strstr(name, "//") == NULL
		&& strlen(name) < 200 && text_ends_with(name, ".cs")
		&& strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-./") == strlen(name);
}

static int
folder_of(struct page_store *store)
{
	if (store->folder < 0)
		store->folder = open(store->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return store->folder;
}

static void
file_remember(struct page_template *template, const char *name, const struct stat *status)
{
	struct page_file *file = ARENA_NEW(template->arena, struct page_file);

	file->name = arena_text(template->arena, name);
	file->changed = status->st_mtim;
	file->size = status->st_size;
	file->inode = status->st_ino;
	file->next = template->files;
	template->files = file;
}

/* The whole file, NUL-terminated, in memory that ClearSilver frees; NULL when it cannot be read or holds a NUL. */
static char *
file_read(int descriptor, off_t size)
{
	size_t len = (size_t)size, done = 0;
	char *text = malloc(len + 1);
	ssize_t got = 1;

	CHECK(text != NULL);
	while (done < len && got > 0) {
		got = read(descriptor, text + done, len - done);
		if (got > 0)
			done += (size_t)got;
	}
	text[done] = '\0';
	if (done == len && strlen(text) == len)
		return text;
	free(text);
	return NULL;
}

/* ClearSilver's door to the file system: everything that a template includes comes through here. */
static NEOERR *
template_load(void *context, HDF *hdf, const char *name, char **contents)
{
	struct page_template *template = context;
	struct stat status;
	int descriptor;

	(void)hdf;
	if (template->parse != NULL)
		return nerr_raise(NERR_ASSERT, "%s: linclude is not allowed", name);
	if (!name_is_confined(name))
		return nerr_raise(NERR_ASSERT, "%s is not a name below the templates folder", name);
	descriptor = openat(folder_of(template->store), name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (descriptor < 0)
		return nerr_raise_errno(NERR_NOT_FOUND, "%s", name);
	*contents = NULL;
	if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= TEMPLATE_MAX)
		*contents = file_read(descriptor, status.st_size);
	close(descriptor);
	if (*contents == NULL)
		return nerr_raise(NERR_IO, "%s is no plain text file of at most 1 MiB", name);
	file_remember(template, name, &status);
	return STATUS_OK;
}

static bool
template_is_fresh(struct page_template *template)
{
	struct page_file *file;
	struct stat status;

	for (file = template->files; file != NULL; file = file->next)
		if (fstatat(template->store->folder, file->name, &status, AT_SYMLINK_NOFOLLOW) != 0
			|| status.st_mtim.tv_sec != file->changed.tv_sec || status.st_mtim.tv_nsec != file->changed.tv_nsec
			|| status.st_size != file->size || status.st_ino != file->inode)
			return false;
	return true;
}

static void
template_forget(struct page_template *template)
{
	if (template->parse != NULL) {
		template->parse->hdf = template->config;
		cs_destroy(&template->parse);
	}
	if (template->config != NULL)
		hdf_destroy(&template->config);
	arena_free(template->arena);
	template->arena = NULL;
	template->parse = NULL;
	template->config = NULL;
	template->files = NULL;
}

/* `_`: the text in the language in use; the caller of ClearSilver frees the copy. */
static NEOERR *
translate_text(const char *text, char **result)
{
	const char *translated = text != NULL && translate_now != NULL ? translate_now(text) : text;

	*result = strdup(translated != NULL ? translated : "");
	CHECK(*result != NULL);
	return STATUS_OK;
}

static NEOERR *
encode_url(const char *text, char **result)
{
	return cgi_url_escape(text != NULL ? text : "", result);
}

/* ClearSilver brings a `_` of its own that asks gettext for the default domain; it becomes ours. */
static void
replace_underscore(CSPARSE *parse)
{
	CS_FUNCTION *ours = NULL, *at;

	for (at = parse->functions; at != NULL; at = at->next)
		if (at->str_func == translate_text)
			ours = at;
	CHECK(ours != NULL);
	for (at = parse->functions; at != NULL; at = at->next)
		if (strcmp(at->name, "_") == 0) {
			at->function = ours->function;
			at->str_func = ours->str_func;
			at->n_args = ours->n_args;
			at->escape = ours->escape;
		}
}

static NEOERR *
register_functions(CSPARSE *parse)
{
	NEOERR *error = cgi_register_strfuncs(parse);

	if (error == STATUS_OK)
		error = cs_register_esc_strfunc(parse, (char *)(uintptr_t)"url_encode", encode_url);
	if (error == STATUS_OK)
		error = cs_register_strfunc(parse, (char *)(uintptr_t)"text_translate", translate_text);
	if (error == STATUS_OK)
		replace_underscore(parse);
	return error;
}

/* Escaping is decided by the tree that cs_init() sees; set later, it would silently do nothing. */
static NEOERR *
template_parse(struct page_template *template, CSPARSE **parse)
{
	char file[220];
	NEOERR *error;

	template->arena = arena_new();
	must(hdf_init(&template->config));
	must(hdf_set_value(template->config, ESCAPE_MODE, "html"));
	error = cs_init(parse, template->config);
	if (error != STATUS_OK)
		return nerr_pass(error);
	cs_register_fileload(*parse, template, template_load);
	error = register_functions(*parse);
	if (error != STATUS_OK)
		return nerr_pass(error);
	if (snprintf(file, sizeof file, "%s.cs", template->name) >= (int)sizeof file)
		return nerr_raise(NERR_ASSERT, "the name of the template is too long");
	return cs_parse_file(*parse, file);
}

static void
log_neoerr(const char *name, NEOERR *error)
{
	STRING text;

	string_init(&text);
	nerr_error_traceback(error, &text);
	log_error("template", "%s: %s", name, text.buf != NULL ? text.buf : "unknown");
	string_clear(&text);
	nerr_ignore(&error);
}

/* ClearSilver opens a faulty file a second time, by its name alone, to say the line: so it parses within the folder. */
static NEOERR *
template_parse_inside(struct page_template *template, CSPARSE **parse)
{
	int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	NEOERR *error;

	if (here >= 0 && fchdir(template->store->folder) != 0)
		log_warning("template", "cannot enter %s: %m", template->store->dir);
	error = template_parse(template, parse);
	if (here >= 0) {
		CHECK(fchdir(here) == 0);
		close(here);
	}
	return error;
}

static bool
template_open(struct page_template *template)
{
	CSPARSE *parse = NULL;
	NEOERR *error;

	if (template->parse != NULL && template_is_fresh(template))
		return true;
	template_forget(template);
	if (folder_of(template->store) < 0) {
		log_error("template", "the folder %s cannot be opened: %m", template->store->dir);
		return false;
	}
	error = template_parse_inside(template, &parse);
	template->parse = parse;
	if (error == STATUS_OK)
		return true;
	log_neoerr(template->name, error);
	template_forget(template);
	return false;
}

static struct page_template *
template_named(struct page_store *store, const char *name)
{
	struct page_template *template;

	for (template = store->templates; template != NULL; template = template->next)
		if (strcmp(template->name, name) == 0)
			return template;
	template = ARENA_NEW(store->arena, struct page_template);
	template->name = arena_text(store->arena, name);
	template->store = store;
	template->next = store->templates;
	store->templates = template;
	return template;
}

static void
store_release(void *arg)
{
	struct page_store *store = arg;
	struct page_template *template;

	for (template = store->templates; template != NULL; template = template->next)
		template_forget(template);
	if (store->folder >= 0)
		close(store->folder);
}

struct page_store *
page_store_new(struct arena *arena, const char *templates_dir)
{
	struct page_store *store = ARENA_NEW(arena, struct page_store);

	must(nerr_init());
	store->arena = arena;
	store->dir = arena_text(arena, templates_dir);
	store->folder = -1;
	arena_on_release(arena, store_release, store);
	return store;
}

void
page_store_translate(struct page_store *store, page_translate *translate)
{
	store->translate = translate;
}

static NEOERR *
render_piece(void *context, char *piece)
{
	str_add(context, piece);
	return STATUS_OK;
}

bool
page_render(struct page_store *store, struct page_node *page, const char *name, struct str *out)
{
	struct page_template *template = template_named(store, name);
	size_t before = out->len;
	NEOERR *error;

	if (!template_open(template))
		return false;
	translate_now = store->translate;
	template->parse->hdf = hdf_of(page);
	error = cs_render(template->parse, out, render_piece);
	template->parse->hdf = template->config;
	if (error == STATUS_OK)
		return true;
	log_neoerr(name, error);
	/* Where it broke, ClearSilver may still point at variables of loops that are gone. */
	template_forget(template);
	out->len = before;
	out->data[before] = '\0';
	return false;
}
