# SPDX-License-Identifier: BSD-2-Clause
# raw.awk - places in templates where a value could reach the page unescaped, and what the page's policy forbids: FILE: WHAT.
# usage: awk -f raw.awk FILES...     The list must equal tests/lint/raw.txt.

function tell(what) { gsub(/[ \t\n]+/, " ", what); print file ": " what }

# One `<?cs … ?>`.
function look_at_tag(tag,   body) {
	body = tag
	sub(/^<\?cs[ \t\n]*/, "", body)
	if (body ~ /^(uvar|evar|lvar|name|linclude|escape)[!]?[: ]/) tell(tag)
	else if (body ~ /^alt[: ]/ && body !~ /^alt[: ]*html_escape\(/) tell(tag)
	else if (body ~ /^var[:! ]/ && body ~ /_escape *\(/ && body ~ /\+/) tell(tag)
	else if (body ~ /^include:/ && body !~ /^include:("[^".][^"]*"|[A-Z][A-Za-z.]*)[ \t]*\?>$/) tell(tag)
}

# An address that begins with a value must go through url_validate(); handlers, styles and scripts inside the page are refused.
function look_at_markup(text,   found) {
	while (match(text, /[ \t\n"'](href|src|srcset|action|formaction|poster|data|cite|background)=("|')?<\?cs[^?]*\?>/)) {
		found = substr(text, RSTART + 1, RLENGTH - 1)
		text = substr(text, RSTART + RLENGTH)
		if (found !~ /<\?cs *var: *url_validate\(/) tell("address: " found)
	}
}

function look_at_policy(text,   found) {
	while (match(text, /[ \t\n](on[a-z]+|style|srcdoc)=["'<]/)) {
		tell("policy: " substr(text, RSTART + 1, RLENGTH - 2))
		text = substr(text, RSTART + RLENGTH)
	}
}

function look_at_scripts(text,   found) {
	while (match(text, /<script[^>]*>/)) {
		found = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (found !~ / src=/ && found !~ /application\/json/) tell("policy: " found)
	}
}

function look_at_file(text,   rest, at) {
	rest = text
	while ((at = index(rest, "<?cs")) > 0) {
		rest = substr(rest, at)
		at = index(rest, "?>")
		if (!at) { tell("unclosed: " substr(rest, 1, 40)); break }
		look_at_tag(substr(rest, 1, at + 1))
		rest = substr(rest, at + 2)
	}
	look_at_markup(text)
	rest = text
	while (match(rest, /[ \t\n][a-z-]+=<\?cs *u?var/)) {
		tell("unquoted: " substr(rest, RSTART + 1, RLENGTH - 1))
		rest = substr(rest, RSTART + RLENGTH)
	}
	look_at_policy(text)
	look_at_scripts(text)
}

function finish() { if (text != "") look_at_file(text); text = "" }

FNR == 1 { finish(); file = FILENAME }
{ text = text $0 "\n" }
END { finish() }
