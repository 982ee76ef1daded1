# SPDX-License-Identifier: BSD-2-Clause
# untranslated.awk - words in templates that do not go through <?cs var:_("…") ?>, in text and in attributes that people read.
# usage: awk -f untranslated.awk FILES...

function count_lines(part,   n) { n = gsub(/\n/, "\n", part); return n }

function blame(line, words) {
	gsub(/[ \t\n\001]+/, " ", words)
	sub(/^ /, "", words)
	sub(/ $/, "", words)
	printf "%s:%d: untranslated: %s\n", file, line, substr(words, 1, 60)
	bad = 1
}

# Blanks all that stands between two marks, and keeps the lines.
function blank(text, opening, closing,   out, at, end, part) {
	while ((at = index(text, opening)) > 0) {
		out = out substr(text, 1, at - 1)
		text = substr(text, at)
		end = index(text, closing)
		if (!end) return out
		part = substr(text, 1, end + length(closing) - 1)
		gsub(/[^\n]/, "", part)
		out = out "\001" part
		text = substr(text, end + length(closing))
	}
	return out text
}

function look_at_attributes(tag, line,   value) {
	while (match(tag, /[ \n\t](title|placeholder|aria-label|aria-description|alt|label)="[^"]*"/)) {
		value = substr(tag, RSTART + 1, RLENGTH - 1)
		tag = substr(tag, RSTART + RLENGTH)
		gsub(/^[^"]*"|"$/, "", value)
		if (has_words(value)) blame(line, value)
	}
	if (tag ~ /^<input/ && tag ~ /type="(submit|button)"/ && match(tag, / value="[^"]*"/)) {
		value = substr(tag, RSTART + 8, RLENGTH - 9)
		if (has_words(value)) blame(line, value)
	}
}

# The product's name is the same in every language; a single letter is no word.
function has_words(part) {
	gsub(/&#?[a-zA-Z0-9]+;/, "", part)
	gsub(/\/[A-Za-z0-9\/._-]*/, "", part)   # a path
	if (gsub(/[a-z-]+="[^"]*"/, "", part))   # a macro that prints attributes
		gsub(/(^|[^a-z])(autofocus|required|disabled|checked|selected|multiple|hidden|readonly|id=)/, "", part)
	gsub(/(^|[^A-Za-z])Hark($|[^A-Za-z])/, " ", part)
	return part ~ /[A-Za-z][A-Za-z]/
}

function look(text,   line, at, part, end) {
	text = blank(text, "<?cs", "?>")
	text = blank(text, "<!--", "-->")
	text = blank(text, "<script", "</script>")
	text = blank(text, "<style", "</style>")
	text = blank(text, "<svg", "</svg>")
	text = blank(text, "<code", "</code>")
	text = blank(text, "<kbd", "</kbd>")
	text = blank(text, "<textarea", "</textarea>")
	line = 1
	while (text != "") {
		at = index(text, "<")
		part = at ? substr(text, 1, at - 1) : text
		if (has_words(part)) { match(part, /[A-Za-z]/); blame(line + count_lines(substr(part, 1, RSTART)), part) }
		line += count_lines(part)
		if (!at) break
		text = substr(text, at)
		end = index(text, ">")
		if (!end) break
		part = substr(text, 1, end)
		if (part !~ /^<!/) look_at_attributes(part, line)
		line += count_lines(part)
		text = substr(text, end + 1)
	}
}

FNR == 1 { if (text != "") look(text); text = ""; file = FILENAME }
{ text = text $0 "\n" }
END { if (text != "") look(text); exit bad }
