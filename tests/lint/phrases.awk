# SPDX-License-Identifier: BSD-2-Clause
# phrases.awk - what is wrong with a field follows the field's name ("Name is required"), so it begins with no capital and no value.
# usage: awk -f phrases.awk C-SOURCES
#
# Looks at calls of form_problem() with the name of a field: `form_problem(r, form, "name", N_("…"`, over several lines too.

FNR == 1 { call = "" }

{
	if (call == "") {
		if (!/form_problem\(/) next
		line = FNR
	}
	call = call $0
	if (!/;/) next
	if (call ~ /form_problem\([^"]*"[a-z_0-9]+",[^"]*N_\("[A-Z%]/) {
		match(call, /N_\("[A-Z%][^"]*"/)
		printf "%s:%d: follows the name of a field, so it begins like the rest of a sentence: %s\n", FILENAME, line, substr(call, RSTART + 3, RLENGTH - 3)
		failed = 1
	}
	call = ""
}

END { exit failed }
