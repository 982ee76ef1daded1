# SPDX-License-Identifier: BSD-2-Clause
# sizes.awk - how long functions and files are; a function over 80 lines fails.
# usage: awk -f sizes.awk FILES...     A function's lines are those from its `{` to its `}`, which stand alone at the margin.

function sort(array, n,   i, j, held) {
	for (i = 2; i <= n; i++) {
		held = array[i]
		for (j = i - 1; j >= 1 && array[j] > held; j--) array[j + 1] = array[j]
		array[j + 1] = held
	}
}

function rank(part,   at) { at = int(count * part + 0.999999); return length_of[at < 1 ? 1 : at] }

FNR == 1 { files++ }
{ lines[FILENAME] = FNR; total++ }
/^[a-z_].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
/^\{$/ { start = FNR }
/^\}$/ && start {
	size = FNR - start + 1
	length_of[++count] = size
	if (size > most) { most = size; longest = name " in " FILENAME }
	if (size > 80) { printf "%s:%d: %s() has %d lines, 80 are allowed\n", FILENAME, start, name, size; bad = 1 }
	start = 0
}
END {
	if (count) {
		sort(length_of, count)
		printf "# %d files, %d lines, %d functions: median %d lines, 95 %% up to %d, the longest %d (%s)\n", \
			files, total, count, rank(0.5), rank(0.95), most, longest
	}
	for (file in lines)
		if (lines[file] > 500) printf "# over 500 lines: %s (%d)\n", file, lines[file]
	exit bad
}
