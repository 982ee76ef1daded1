# SPDX-License-Identifier: BSD-2-Clause
# literals.awk - the SQL statements of C sources, adjacent string literals joined: FILE <tab> LINE <tab> STATEMENT.
# usage: awk -f literals.awk FILES...

function flush() {
	if (literal != "") {
		gsub(/[ \t]+/, " ", literal)
		sub(/^ /, "", literal)
		if (literal ~ /^(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|CREATE|ALTER|DROP|TRUNCATE|LOCK|SHOW|SET|CALL) /)
			print last_file "\t" first_line "\t" literal
	}
	literal = ""
}

FNR == 1 { flush(); in_comment = 0; last_file = FILENAME }
/^[ \t]*#/ { flush(); next }
{
	rest = $0
	while (rest != "") {
		if (in_comment) {
			at = index(rest, "*/")
			if (!at) break
			in_comment = 0
			rest = substr(rest, at + 2)
			continue
		}
		if (match(rest, /^[ \t]+/)) { rest = substr(rest, RLENGTH + 1); continue }
		if (substr(rest, 1, 2) == "/*") { in_comment = 1; rest = substr(rest, 3); continue }
		if (substr(rest, 1, 2) == "//") break
		if (substr(rest, 1, 1) == "\"") {
			if (literal == "") first_line = FNR
			match(rest, /^"([^"\\]|\\.)*"?/)
			piece = substr(rest, 2, RLENGTH - 2)
			gsub(/\\n|\\t/, " ", piece)
			literal = literal piece
			rest = substr(rest, RLENGTH + 1)
			continue
		}
		if (substr(rest, 1, 1) == "'") {
			match(rest, /^'([^'\\]|\\.)*'?/)
			flush()
			rest = substr(rest, RLENGTH + 1)
			continue
		}
		flush()
		if (match(rest, /^[A-Za-z0-9_]+/)) rest = substr(rest, RLENGTH + 1)
		else rest = substr(rest, 2)
	}
}
END { flush() }
