/* SPDX-License-Identifier: BSD-2-Clause */
/* resource_openapi.c - the API's description (OpenAPI 3.1), made from the same tables that serve it. */
#include "web/resource.h"

#include <string.h>

#include "core/text.h"
#include "edge/json.h"
#include "web/resource_doors.h"

/* The document being made. */
struct document {
	struct arena *arena;
	struct json *paths;
	struct json *schemas;
};

static struct json *
node(const struct document *document)
{
	return json_new_object(document->arena);
}

static struct json *
node_ref(const struct document *document, const char *format, const char *name)
{
	struct json *ref = node(document);

	json_set_text(ref, "$ref", arena_printf(document->arena, "#/components/%s/%s", format, name));
	return ref;
}

static struct json *
content(const struct document *document, struct json *schema)
{
	struct json *outer = node(document), *inner = node(document);

	json_set(inner, "schema", schema);
	json_set(outer, "application/json", inner);
	return outer;
}

/* "string", or ["string", "null"] where the answer may be null. */
static void
set_type(const struct document *document, struct json *schema, const char *type, bool nullable)
{
	struct json *types;

	if (!nullable) {
		json_set_text(schema, "type", type);
		return;
	}
	types = json_new_array(document->arena);
	json_add_text(types, type);
	json_add_text(types, "null");
	json_set(schema, "type", types);
}

static void
set_text_rules(const struct document *document, struct json *schema, const struct field *field)
{
	const struct field_choice *choice;
	struct json *values;
	uint64_t most = field->max;

	if (field->type == FIELD_TYPE_EMAIL)
		json_set_text(schema, "format", "email");
	if (field->type == FIELD_TYPE_URL)
		json_set_text(schema, "format", "uri");
	if (field->type == FIELD_TYPE_COLOUR)
		json_set_text(schema, "pattern", "^#[0-9a-fA-F]{6}$");
	if (field->type == FIELD_TYPE_CHOICE) {
		values = json_new_array(document->arena);
		for (choice = field->choices; choice != NULL && choice->value != NULL; choice++)
			json_add_text(values, choice->value);
		json_set(schema, "enum", values);
		return;
	}
	if (most == 0 && (field->type == FIELD_TYPE_TEXT || field->type == FIELD_TYPE_LONG_TEXT))
		most = field->type == FIELD_TYPE_TEXT ? FIELD_TEXT_MAX : FIELD_LONG_TEXT_MAX;
	if (most != 0)
		json_set_u64(schema, "maxLength", most);
	if (field->min != 0)
		json_set_u64(schema, "minLength", field->min);
}

/* Some of the words, or "*" alone for all. */
static void
set_words(const struct document *document, struct json *schema, const struct field *field)
{
	struct json *items = node(document), *values = json_new_array(document->arena);
	struct field_word word;
	size_t i;

	set_type(document, schema, "array", false);
	for (i = 0; field->words(i, &word); i++)
		json_add_text(values, word.word);
	json_add_text(values, "*");
	json_set_text(items, "type", "string");
	json_set(items, "enum", values);
	json_set(schema, "items", items);
	json_set_bool(schema, "uniqueItems", true);
}

static void
set_number_rules(struct json *schema, const struct field *field)
{
	if (field->type == FIELD_TYPE_U64 || field->min != 0)
		json_set_u64(schema, "minimum", field->min);
	if (field->max != 0)
		json_set_u64(schema, "maximum", field->max);
}

static void
set_shape(const struct document *document, struct json *schema, const struct field *field)
{
	bool nullable = (field->flags & FIELD_NULLABLE) != 0;
	struct json *items;

	switch (field->type) {
	case FIELD_TYPE_U64:
	case FIELD_TYPE_I64:
		set_type(document, schema, "integer", nullable);
		set_number_rules(schema, field);
		break;
	case FIELD_TYPE_REFERENCE:
		set_type(document, schema, "integer", (field->flags & FIELD_REQUIRED) == 0);
		break;
	case FIELD_TYPE_BOOL:
		set_type(document, schema, "boolean", false);
		break;
	case FIELD_TYPE_TIME:
		set_type(document, schema, "string", true);
		json_set_text(schema, "format", "date-time");
		break;
	case FIELD_TYPE_SET:
		set_type(document, schema, "array", false);
		items = node(document);
		json_set_text(items, "type", "integer");
		json_set(schema, "items", items);
		json_set_u64(schema, "maxItems", FIELD_SET_MAX);
		json_set_bool(schema, "uniqueItems", true);
		break;
	case FIELD_TYPE_WORDS:
		set_words(document, schema, field);
		break;
	default:
		set_type(document, schema, "string", nullable);
		set_text_rules(document, schema, field);
		break;
	}
}

static const char *
describe(const struct document *document, const struct field *field)
{
	const char *label = field->label != NULL ? field->label : field->name;
	const char *of = field->of != NULL ? arena_printf(document->arena, " (id of %s)", field->of) : "";

	return field->help != NULL ? arena_printf(document->arena, "%s%s. %s", label, of, field->help)
		: arena_printf(document->arena, "%s%s", label, of);
}

/* What a request sends (`writes`) or what an answer holds. */
static struct json *
schema_of(const struct document *document, const struct resource *resource, bool writes)
{
	struct json *schema = node(document), *properties = node(document), *required = json_new_array(document->arena);
	const struct field *field;

	for (field = resource->fields; field->name != NULL; field++) {
		bool is_form = (field->flags & FIELD_FORM) != 0 && (field->flags & (FIELD_READONLY | FIELD_KEY)) == 0;
		struct json *property;

		if (writes ? !is_form : !resource_is_public(field))
			continue;
		property = node(document);
		set_shape(document, property, field);
		json_set_text(property, "description", describe(document, field));
		if (field->preset != NULL && writes && field_is_text(field))
			json_set_text(property, "default", field->preset);
		if ((field->flags & FIELD_SECRET) != 0)
			json_set_bool(property, "writeOnly", true);
		json_set(properties, field->name, property);
		if (writes ? (field->flags & FIELD_REQUIRED) != 0 && field->preset == NULL : true)
			json_add_text(required, field->name);
	}
	json_set_text(schema, "type", "object");
	json_set(schema, "properties", properties);
	if (json_count(required) > 0)
		json_set(schema, "required", required);
	if (writes)
		json_set_bool(schema, "additionalProperties", false);
	return schema;
}

/* One answer of an operation. */
static void
answer(const struct document *document, struct json *responses, const char *status, const char *text, struct json *schema)
{
	struct json *response = node(document);

	json_set_text(response, "description", text);
	if (schema != NULL)
		json_set(response, "content", content(document, schema));
	json_set(responses, status, response);
}

static void
parameter(const struct document *document, struct json *list, const char *name, const char *place, const char *text)
{
	struct json *one = node(document), *schema = node(document);
	bool is_number = strcmp(name, "id") == 0 || strcmp(name, "page") == 0 || strcmp(name, "per_page") == 0;

	json_set_text(schema, "type", is_number ? "integer" : "string");
	if (is_number)
		json_set_u64(schema, "minimum", 1);
	if (strcmp(name, "per_page") == 0)
		json_set_u64(schema, "maximum", RESOURCE_PER_PAGE_MAX);
	json_set_text(one, "name", name);
	json_set_text(one, "in", place);
	json_set_bool(one, "required", strcmp(place, "path") == 0);
	json_set_text(one, "description", text);
	json_set(one, "schema", schema);
	json_add(list, one);
}

static struct json *
list_parameters(const struct document *document, const struct resource *resource)
{
	struct json *list = json_new_array(document->arena);
	const struct field *field;
	struct str sorts;

	str_init(&sorts, document->arena);
	for (field = resource->fields; field->name != NULL; field++)
		if (resource_may_sort(field))
			str_add_item(&sorts, field->name);
	parameter(document, list, "q", "query", "Words that are all found in the row's text.");
	parameter(document, list, "sort", "query", arena_printf(document->arena,
		"One of %s; with - in front for the other direction.", sorts.data));
	parameter(document, list, "page", "query", "Page from 1.");
	parameter(document, list, "per_page", "query", "Rows of a page.");
	parameter(document, list, "status", "query", "deleted: the deleted rows instead of the live ones.");
	for (field = resource->fields; field->name != NULL; field++)
		if (resource_may_filter(field) && strcmp(field->name, "status") != 0)
			parameter(document, list, field->name, "query", arena_printf(document->arena, "Only rows with this %s.",
				field->type == FIELD_TYPE_BOOL ? "value, 1 or 0" : field->name));
	return list;
}

/* An operation with what all of them may answer. */
static struct json *
operation(const struct document *document, const struct resource *resource, const char *verb, struct json *responses)
{
	struct json *one = node(document), *tags = json_new_array(document->arena);

	json_add_text(tags, resource->title);
	json_set(one, "tags", tags);
	json_set_text(one, "operationId", arena_printf(document->arena, "%s_%s", resource->noun, verb));
	json_set_text(one, "summary", arena_printf(document->arena, "%s: %s", resource->title, verb));
	answer(document, responses, "401", "The key is missing or unknown.", node_ref(document, "schemas", "error"));
	answer(document, responses, "403", "The key's owner does not have the right.", node_ref(document, "schemas", "error"));
	answer(document, responses, "503", "The service is restarting; Retry-After says when to come again.",
		node_ref(document, "schemas", "error"));
	json_set(one, "responses", responses);
	return one;
}

static void
takes(const struct document *document, struct json *one, struct json *schema)
{
	struct json *body = node(document);

	json_set_bool(body, "required", true);
	json_set(body, "content", content(document, schema));
	json_set(one, "requestBody", body);
}

static struct json *
list_schema(const struct document *document, const struct resource *resource)
{
	static const char *const numbers[] = { "page", "per_page", "pages", "total" };
	struct json *schema = node(document), *properties = node(document), *items = node(document);
	size_t i;

	json_set_text(items, "type", "array");
	json_set(items, "items", node_ref(document, "schemas", resource->noun));
	json_set(properties, "items", items);
	for (i = 0; i < COUNT_OF(numbers); i++) {
		struct json *number = node(document);

		json_set_text(number, "type", "integer");
		json_set(properties, numbers[i], number);
	}
	json_set_text(schema, "type", "object");
	json_set(schema, "properties", properties);
	return schema;
}

static void
add_collection(const struct document *document, const struct resource *resource)
{
	struct json *path = node(document), *responses = node(document), *one;
	const char *changes = arena_printf(document->arena, "%s_new", resource->noun);

	answer(document, responses, "200", "The rows of the page.", list_schema(document, resource));
	answer(document, responses, "422", "A parameter is wrong or unknown.", node_ref(document, "schemas", "error"));
	one = operation(document, resource, "list", responses);
	json_set(one, "parameters", list_parameters(document, resource));
	json_set(path, "get", one);

	responses = node(document);
	if (resource->known != NULL)
		answer(document, responses, "200", "It was there already, and is as it was.", node_ref(document, "schemas", resource->noun));
	answer(document, responses, "201", "Created; Location names it.", node_ref(document, "schemas", resource->noun));
	answer(document, responses, "422", "Fields are wrong: each with a message.", node_ref(document, "schemas", "error"));
	one = operation(document, resource, "create", responses);
	takes(document, one, node_ref(document, "schemas", changes));
	json_set(path, "post", one);
	json_set(document->paths, arena_printf(document->arena, "/api/v1/%s", resource->plural), path);
}

/* One row: show, change, delete. */
static void
add_row(const struct document *document, const struct resource *resource)
{
	struct json *path = node(document), *list = json_new_array(document->arena), *responses = node(document), *one;
	struct json *row = node_ref(document, "schemas", resource->noun), *error = node_ref(document, "schemas", "error");

	parameter(document, list, "id", "path", "The id of the row.");
	json_set(path, "parameters", list);
	answer(document, responses, "200", "The row.", row);
	answer(document, responses, "404", "There is no such row.", error);
	json_set(path, "get", operation(document, resource, "show", responses));

	responses = node(document);
	answer(document, responses, "200", "The changed row. Fields that were not sent are as before.", row);
	answer(document, responses, "404", "There is no such row.", error);
	answer(document, responses, "422", "Fields are wrong: each with a message.", error);
	one = operation(document, resource, "update", responses);
	takes(document, one, node_ref(document, "schemas", arena_printf(document->arena, "%s_change", resource->noun)));
	json_set(path, "patch", one);

	responses = node(document);
	answer(document, responses, "204", "Deleted; it can be restored.", NULL);
	answer(document, responses, "404", "There is no such row.", error);
	answer(document, responses, "409", "It is still used.", error);
	json_set(path, "delete", operation(document, resource, "delete", responses));
	json_set(document->paths, arena_printf(document->arena, "/api/v1/%s/{id}", resource->plural), path);
}

static void
add_restore(const struct document *document, const struct resource *resource)
{
	struct json *path = node(document), *list = json_new_array(document->arena), *responses = node(document);

	parameter(document, list, "id", "path", "The id of the deleted row.");
	json_set(path, "parameters", list);
	answer(document, responses, "200", "The row, live again.", node_ref(document, "schemas", resource->noun));
	answer(document, responses, "404", "There is no such deleted row.", node_ref(document, "schemas", "error"));
	answer(document, responses, "409", "Its name is used by another row by now.", node_ref(document, "schemas", "error"));
	json_set(path, "post", operation(document, resource, "restore", responses));
	json_set(document->paths, arena_printf(document->arena, "/api/v1/%s/{id}/restore", resource->plural), path);
}

/* What there is once: show and change. */
static void
add_single(const struct document *document, const struct resource *resource)
{
	struct json *path = node(document), *responses = node(document), *one;
	struct json *row = node_ref(document, "schemas", resource->noun);

	answer(document, responses, "200", "The settings.", row);
	json_set(path, "get", operation(document, resource, "show", responses));

	responses = node(document);
	answer(document, responses, "200", "The changed settings. Fields that were not sent are as before.", row);
	answer(document, responses, "422", "Fields are wrong: each with a message.", node_ref(document, "schemas", "error"));
	one = operation(document, resource, "update", responses);
	takes(document, one, node_ref(document, "schemas", arena_printf(document->arena, "%s_change", resource->noun)));
	json_set(path, "patch", one);
	json_set(document->paths, arena_printf(document->arena, "/api/v1/%s", resource->plural), path);
}

static void
add_resource(const struct document *document, const struct resource *resource)
{
	const char *name = resource->noun;
	struct json *change = schema_of(document, resource, true), *any = node(document);

	json_set(document->schemas, name, schema_of(document, resource, false));
	if (!resource->is_single)
		json_set(document->schemas, arena_printf(document->arena, "%s_new", name), change);
	json_set_text(any, "type", "object");
	json_set_bool(any, "additionalProperties", false);
	json_set_text(any, "description", "Only the fields that change.");
	json_set(any, "properties", json_get(schema_of(document, resource, true), "properties"));
	json_set(document->schemas, arena_printf(document->arena, "%s_change", name), any);
	if (resource->is_single) {
		add_single(document, resource);
		return;
	}
	add_collection(document, resource);
	add_row(document, resource);
	add_restore(document, resource);
}

/* {"error":"invalid","message":"…","fields":{"name":{"message":"…","limit":"80"}},"request":"…"} */
static struct json *
error_schema(const struct document *document)
{
	static const char *const texts[] = { "error", "message", "request" };
	struct json *schema = node(document), *properties = node(document), *fields = node(document), *one;
	struct json *inner = node(document);
	size_t i;

	for (i = 0; i < COUNT_OF(texts); i++) {
		one = node(document);
		json_set_text(one, "type", "string");
		json_set(properties, texts[i], one);
	}
	for (i = 0; i < 2; i++) {
		one = node(document);
		json_set_text(one, "type", "string");
		json_set(inner, i == 0 ? "message" : "limit", one);
	}
	one = node(document);
	json_set_text(one, "type", "object");
	json_set(one, "properties", inner);
	json_set_text(fields, "type", "object");
	json_set_text(fields, "description", "What is wrong, by field.");
	json_set(fields, "additionalProperties", one);
	json_set(properties, "fields", fields);
	json_set_text(schema, "type", "object");
	json_set(schema, "properties", properties);
	return schema;
}

/* The two ways to send a key; many web servers drop Authorization, so there is a header of our own. */
static struct json *
security_schemes(const struct document *document)
{
	struct json *schemes = node(document), *key = node(document), *bearer = node(document);

	json_set_text(key, "type", "apiKey");
	json_set_text(key, "in", "header");
	json_set_text(key, "name", "X-Api-Key");
	json_set(schemes, "key", key);
	json_set_text(bearer, "type", "http");
	json_set_text(bearer, "scheme", "bearer");
	json_set(schemes, "bearer", bearer);
	return schemes;
}

static struct json *
security_list(const struct document *document)
{
	static const char *const names[] = { "key", "bearer" };
	struct json *list = json_new_array(document->arena);
	size_t i;

	for (i = 0; i < COUNT_OF(names); i++) {
		struct json *one = node(document);

		json_set(one, names[i], json_new_array(document->arena));
		json_add(list, one);
	}
	return list;
}

const char *
resource_openapi(struct arena *arena, const struct site *site)
{
	struct document document = { arena, json_new_object(arena), json_new_object(arena) };
	struct json *whole = json_new_object(arena), *info = json_new_object(arena), *components = json_new_object(arena);
	const struct resource *const *resource;

	json_set_text(info, "title", "Hark");
	json_set_text(info, "version", "1");
	json_set_text(info, "description", "Settings of a company. Rows that were deleted can be restored.");
	for (resource = site->resources; resource != NULL && *resource != NULL; resource++)
		add_resource(&document, *resource);
	json_set(document.schemas, "error", error_schema(&document));
	json_set(components, "schemas", document.schemas);
	json_set(components, "securitySchemes", security_schemes(&document));
	json_set_text(whole, "openapi", "3.1.0");
	json_set(whole, "info", info);
	json_set(whole, "security", security_list(&document));
	json_set(whole, "paths", document.paths);
	json_set(whole, "components", components);
	return json_text(arena, whole);
}
