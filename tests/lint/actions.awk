# SPDX-License-Identifier: BSD-2-Clause
# actions.awk - every action that the code writes into the audit log has words for people.
# usage: awk -f actions.awk cgi-bin/rooms/audit/audit_words.c C-SOURCES
#
# An action is a literal of a line with `.action =` (the first one; more of them when they hold a dot), with `.verb =` or `change.verb =`
# (web/resource.c), or that calls a function whose name holds "audit". It, or what stands behind its dot, is in the list `actions`.

function literals(text, n) {
	n = 0
	while (match(text, /"[a-z0-9_.]+"/)) {
		found[++n] = substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, RSTART + RLENGTH)
	}
	return n
}

function check(action, verb) {
	verb = action
	sub(/^.*\./, "", verb)
	if (action in words || verb in words) return
	printf "%s:%d: the action %s has no words in audit_words.c\n", FILENAME, FNR, action
	failed = 1
}

FNR == NR {
	if (/ actions\[\] = /) inside = 1
	else if (/^};/) inside = 0
	if (inside) {
		n = split($0, parts, /\{ "/)
		for (i = 2; i <= n; i++) {
			sub(/".*/, "", parts[i])
			words[parts[i]] = 1
		}
	}
	next
}

/\.action = / {
	rest = $0
	sub(/^.*\.action = /, "", rest)
	sub(/, \.[a-z_]+ = .*/, "", rest)
	n = literals(rest)
	for (i = 1; i <= n; i++) check(found[i])
	next
}

/\.verb = / || (/[a-z_]*audit[a-z_]*\(/ && !/^#include/) {
	rest = $0
	sub(/^.*(\.verb = |audit[a-z_]*\()/, "", rest)
	gsub(/strcmp\([^)]*\)|[=!]= "[^"]*"/, "", rest)
	n = literals(rest)
	for (i = 1; i <= n; i++) check(found[i])
}

END { exit failed }
