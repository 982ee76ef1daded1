# SPDX-License-Identifier: BSD-2-Clause
# tap.awk - reads a test group's TAP: shows what failed, and writes "PASSED FAILED SKIPPED" into the file `counts`.
# usage: COMMAND | awk -v counts=FILE -f tap.awk
#
# node's test runner nests its tests and sums them up at the end of each run (`# pass 12`): then its sums count, else the lines do.

# What is told of a failed test is held until its end: a suite that only says that a test in it has failed is left out.

function show(line) { print "    " line; fflush() }
function tell(line) { telling = 60; held = 1; told[held] = line }
function tell_end(    i) {
	for (i = 1; i <= held; i++)
		show(told[i])
	held = telling = 0
}

/^ *(not )?ok / { tell_end() }
/^(not )?ok / { lines++ }
/^ok .*# *[Ss][Kk][Ii][Pp]/ { skipped++; show($0); next }
/^ +ok .*# *[Ss][Kk][Ii][Pp]/ { sub(/^ +/, ""); show($0); next }
/^ok / { passed++; next }
/^not ok .*# *TODO/ { passed++; next }
/^not ok / { failed++; tell($0); next }
/^ +not ok / { tell($0); next }
/^1\.\.0 *# *[Ss][Kk][Ii][Pp]/ { skipped++; lines++; show($0); next }
/^# (tests|suites|pass|fail|cancelled|skipped|todo) [0-9]+$/ { sum[$2] += $3; next }
/^Bail out!/ { failed++; show($0); next }
/^# Subtest|^# duration_ms|^ *(duration_ms|type|---)/ { next }
held && /^ +failureType: 'subtestsFailed'/ { held = telling = 0; next }
held && /^ +\.\.\.$/ { tell_end(); next }
/^ +(failureType: 'testCodeFailure'|code: 'ERR_|process\.processTicks|async (Test|Suite|Promise)\.|Test\.run |Suite\.process)/ { next }
telling { telling--; told[++held] = $0; next }
/^# over |^# [0-9]+ files|^# kept/ { show($0) }

END {
	tell_end()
	if ("pass" in sum) {
		passed = sum["pass"] + sum["todo"]
		failed = sum["fail"] + sum["cancelled"]
		skipped = sum["skipped"]
	} else if (!lines) {
		failed++
		show("no test has spoken")
	}
	print passed + 0, failed + 0, skipped + 0 > counts
}
