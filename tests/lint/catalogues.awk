# SPDX-License-Identifier: BSD-2-Clause
# catalogues.awk - texts of a catalogue (as msgmerge prints it) that have no translation, one with other placeholders, or, in French, one whose
# line may break before a sign: "Vide :" has a no-break space.
# usage: awk -v catalogue=po/fr.po -f catalogues.awk FILE

function complain(what) {
	printf "%s: %s: \"%s\"\n", catalogue, what, substr(text["msgid"], 1, 60)
	bad = 1
}

# What a text leaves to be filled in: %s and its like in their order, then {name}s and {{name}}s in that of the alphabet.
function holes(part,   rest, found, names, count, i, j, name) {
	for (rest = part; match(rest, /%[-+#0]*[0-9]*([.][0-9]+)?(hh|h|ll|l|z|j|t)?[diouxXeEfgGcsp%]/); rest = substr(rest, RSTART + RLENGTH))
		found = found " " substr(rest, RSTART, RLENGTH)
	for (rest = part; match(rest, /[{][{][A-Za-z_.]+[}][}]|[{][A-Za-z_]+[}]/); rest = substr(rest, RSTART + RLENGTH)) {
		name = substr(rest, RSTART, RLENGTH)
		for (i = ++count; i > 1 && names[i - 1] > name; i--) names[i] = names[i - 1]
		names[i] = name
	}
	for (j = 1; j <= count; j++) found = found " " names[j]
	return found
}

function same_edges(one, other) {
	return (one ~ /^ /) == (other ~ /^ /) && (one ~ / $/) == (other ~ / $/)
}

# Before : ; ? ! and », and behind «, stands a no-break space (bytes, because not every awk reads UTF-8).
function may_break(part) {
	return catalogue ~ /fr[.]po$/ && part ~ /(^|[^ ])( [:;?!]| »|« |[a-z)][;?!]|[a-z)]:( |$))/
}

function look(   form, model) {
	if (!in_entry || text["msgid"] == "") return
	for (form in text) {
		if (form !~ /^msgstr/) continue
		if (text[form] == "") { complain("not translated"); return }
		model = form ~ /[[][1-9]/ ? text["msgid_plural"] : text["msgid"]
		if (holes(text[form]) != holes(model)) { complain("the translation fills in other things"); return }
		if (!same_edges(text[form], model)) { complain("the translation begins or ends with other blanks"); return }
		if (may_break(text[form])) { complain("the line may break before a sign: write a no-break space"); return }
	}
	if (is_fuzzy) complain("not translated, only guessed")
}

function leave() {
	look()
	split("", text)
	in_entry = is_fuzzy = 0
}

function quoted(line) {
	sub(/^[^"]*"/, "", line)
	sub(/"$/, "", line)
	return line
}

/^#~/ { next }
/^$/ { leave(); next }
/^#,.*fuzzy/ { is_fuzzy = 1 }
/^#/ { next }
/^msg/ { field = $1; in_entry = 1; text[field] = quoted($0); next }
/^"/ { text[field] = text[field] quoted($0) }
END { leave(); exit bad }
