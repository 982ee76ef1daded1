# SPDX-License-Identifier: BSD-2-Clause
# extract.awk - keeps of a template only its _("…") calls, of a strings.txt its lines, in a form that xgettext reads as C.

function call(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "_(\"" text "\"); "
}

# One text a line, as the web server reads them: empty lines and '#' lines are none.
FILENAME ~ /strings\.txt$/ {
	print ($0 == "" || /^#/) ? "" : call($0)
	next
}

{
	out = ""
	rest = $0
	while (match(rest, /(^|[^A-Za-z0-9_])_\( *("[^"]*"|'[^']*') *\)/)) {
		text = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		sub(/^[^_]?_\( */, "", text)
		sub(/ *\)$/, "", text)
		out = out call(substr(text, 2, length(text) - 2))
	}
	print out
}
