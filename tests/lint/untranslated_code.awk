# SPDX-License-Identifier: BSD-2-Clause
# untranslated_code.awk - words for people in C and in scripts that go past the catalogues.
# usage: awk -f untranslated_code.awk FILES...
# C: a literal where a message, label or title is expected, without N_() or locale_text(). Scripts: a literal as an element's text or in an
# attribute that people read, without t(), tn() or words(); and what these are given, when no strings.txt lists it. A remark "untranslated: WHY" on the line lets it pass.

function blame(what, words) {
	printf "%s:%d: untranslated %s: %s\n", FILENAME, FNR, what, substr(words, 1, 60)
	bad = 1
}

# Two letters beside each other are a word; the product's name is the same everywhere.
function has_words(part) {
	gsub(/\\./, " ", part)
	gsub(/(^|[^A-Za-z])(Hark|KB|MB)($|[^A-Za-z])/, " ", part)
	return part ~ /[A-Za-z][a-z]/
}

function literal(text) {
	return match(text, /"([^"\\]|\\.)*"/) ? substr(text, RSTART + 1, RLENGTH - 2) : ""
}

# The argument number `n` (from 0) of the call that begins at the end of `head`; what stands in brackets belongs to its argument.
function argument(rest, n,   at, depth, c, out, quoted) {
	for (at = 1; at <= length(rest); at++) {
		c = substr(rest, at, 1)
		if (quoted) {
			if (c == "\\") { if (!n) out = out substr(rest, at, 2); at++; continue }
			if (c == "\"") quoted = 0
		} else if (c == "\"") quoted = 1
		else if (c ~ /[({[]/) depth++
		else if (c ~ /[)}\]]/) { if (!depth) break; depth-- }
		else if (c == "," && !depth) { if (!n) break; n--; continue }
		if (!n) out = out c
	}
	return out
}

function look_at_call(name, n,   rest, words) {
	rest = line
	while (match(rest, "(^|[^a-z_])" name "\\(")) {
		rest = substr(rest, RSTART + RLENGTH)
		words = argument(rest, n)
		sub(/^[ \t]+/, "", words)
		if (words ~ /^"/ && has_words(literal(words))) blame("text of " name "()", words)
	}
}

# Each key of a script must stand in the strings.txt of its folder, or it is never translated.
function look_at_keys(text,   rest, words, mark) {
	rest = text
	while (match(rest, /(^|[^A-Za-z_.])(t|tn|words)\(('([^'\\]|\\.)*'|"([^"\\]|\\.)*")/)) {
		words = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		sub(/^[^'"]*/, "", words)
		mark = substr(words, 1, 1)
		words = substr(words, 2, length(words) - 2)
		gsub("\\\\" mark, mark, words)
		if (!((folder, words) in listed)) blame("key that is not in " folder "/strings.txt", words)
	}
}

FILENAME ~ /strings\.txt$/ { folder = FILENAME; sub(/\/[^\/]*$/, "", folder); listed[folder, $0] = 1; next }
FNR == 1 { folder = FILENAME; sub(/\/[^\/]*$/, "", folder) }
FNR == 1 { is_script = FILENAME ~ /\.js$/; in_comment = 0; line = "" }
/untranslated: / { next }

!is_script {
	part = $0
	sub(/^[ \t]+/, " ", part)
	line = line part
	# A call may go on over several lines.
	if (gsub(/\(/, "(", line) > gsub(/\)/, ")", line) && length(line) < 2000) next
	if (match(line, /\.(label|help|title|title_one|placeholder|sentence) = "[^"]*"/)) {
		words = substr(line, RSTART, RLENGTH)
		if (has_words(literal(words))) blame("field", words)
	}
	look_at_call("form_problem", 3)
	look_at_call("reply_error", 3)
	look_at_call("reply_field_error", 3)
	look_at_call("reply_notice", 1)
	look_at_call("locale_fill", 1)
	if (match(line, /page_set\([^,]*, "[A-Za-z.]*(Title|Label|Message|Help|Intro|Text)", "/)) {
		words = substr(line, RSTART + RLENGTH - 1)
		if (has_words(literal(words))) blame("value of page_set()", words)
	}
	line = ""
}

is_script {
	text = $0
	if (in_comment) { if (!sub(/^.*\*\//, "", text)) next; in_comment = 0 }
	gsub(/\/\*[^*]*\*\//, "", text)
	if (text ~ /^[ \t]*\/\*/) { in_comment = 1; next }
	sub(/(^|[ \t])\/\/ .*$/, "", text)
	look_at_keys(text)
	rest = text
	while (match(rest, /['"]?(title|placeholder|aria-label|alt|aria-description)['"]?: ?(`[^`]*`|'[^']*'|"[^"]*")/)) {
		words = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		sub(/^['"]?[a-z-]+['"]?: ?/, "", words)
		gsub(/\$\{[^}]*\}/, "", words)
		if (words ~ /[A-Za-z][a-z]/ && words !~ /^.Hark.$/) blame("attribute", words)
	}
	gsub(/h\('kbd', \{[^}]*\}, '[^']*'\)/, "", text)   # what is printed on keys
	rest = text
	# h('p', {…}, 'Words'), el("p", {}, "Words"): a capital letter or several words, so that keys and classes are not meant.
	while (match(rest, /\}, ?('[A-Z][a-z]+( [^']*)?'|"[A-Z][a-z]+( [^"]*)?"|'[a-z]+ [a-z]+[^']*'|"[a-z]+ [a-z]+[^"]*")[,)]/)) {
		words = substr(rest, RSTART + 2, RLENGTH - 2)
		rest = substr(rest, RSTART + RLENGTH)
		if (words !~ /Hark/) blame("text of an element", words)
	}
	rest = text
	while (match(rest, /(textContent|innerText|title|placeholder) = ('[^']*[A-Za-z][a-z][^']*'|"[^"]*[A-Za-z][a-z][^"]*")/)) {
		blame("text of an element", substr(rest, RSTART, RLENGTH))
		rest = substr(rest, RSTART + RLENGTH)
	}
}
END { exit bad }
