/* SPDX-License-Identifier: BSD-2-Clause */
/* form.h - reading a form or JSON body into a struct by its field table, with the complaints beside the fields. */
#ifndef HARK_WEB_FORM_H
#define HARK_WEB_FORM_H

#include "core/field.h"
#include "web/req.h"

#define FORM_PROBLEMS_MAX 40

/* What is wrong with a form: by field, for people, translated. */
struct form {
	const struct field *fields;
	/* NULL, or: may the actor choose this word of a WORDS field? Others are shown, but cannot be switched. */
	bool (*may_word)(struct req *r, const char *word);
	struct {
		const char *field;       /* "" for the whole form */
		const char *message;
		const char *limit;       /* or NULL */
	} problems[FORM_PROBLEMS_MAX];
	size_t problem_count;
	bool is_forbidden;           /* what it is about is out of the actor's reach: 403, whatever was typed */
	const char *was;             /* form_mark() of what its page was made from, which comes back as `was`; NULL without a page */
};

void form_init(struct form *form, const struct field *fields);

/* Reads the FORM fields of the request into `row`. With `only_given` an absent one keeps its value (API changes); without, an
 * absent one is empty (an unticked box). A parameter that no field has is a problem for JSON bodies. True: no problem. */
bool form_read(struct req *r, struct form *form, void *row, bool only_given);

/* Checks the FORM fields of a row that came another way, by the same rules, but those that have a problem already; trims them. */
void form_check(struct req *r, struct form *form, const struct field *fields, void *row);

/* Adds a problem; `message` is a message id with at most one %s for `limit`. */
void form_problem(struct req *r, struct form *form, const char *field, const char *message, const char *limit);

/* Adds one whose text is ready: nothing in it is translated or filled in. */
void form_problem_text(struct form *form, const char *field, const char *message);

/* What field_read() has found. */
void form_problem_of_field(struct req *r, struct form *form, const char *field, const struct field_problem *problem);

bool form_is_good(const struct form *form);
/* Has the field a problem already? Then there is no need to look at it once more. */
bool form_is_wrong(const struct form *form, const char *field);

/* A problem as a sentence of its own, as pages show it, with the name of its field: "Name is required", "Nombre: campo obligatorio". */
const char *form_sentence(struct req *r, const struct form *form, size_t problem);

/* What a form shows of a row, and when that was changed last, as one word: another word, another row. */
const char *form_mark(struct req *r, const struct form *form, const void *row);

/* A form came back. Was `row` changed after its page was made? Then there is a problem, and the page that says so has the new mark:
 * saving once more replaces the change. Afterwards form->was is set, and whoever stores takes care that the row is still as it is here. */
void form_check_mark(struct req *r, struct form *form, const void *row);

/* The values and problems as page nodes below "Form", each field under its name (Form.Fields.email.Value): what
 * templates/shell/form.cs draws. Choices of references and sets come from form_choice(). */
void form_show(struct req *r, const struct form *form, const void *row);

/* Adds a choice to the list of a REFERENCE or SET field. Call before or after form_show(). */
void form_choice(struct req *r, const char *field, uint64_t id, const char *label);

/* {"error":"invalid","fields":{"name":{"message","limit"}}} */
struct json *form_json(struct req *r, const struct form *form);

#endif
