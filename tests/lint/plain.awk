# SPDX-License-Identifier: BSD-2-Clause
# plain.awk - C source without comments, and with the insides of strings blanked, as FILE:LINE:TEXT.
# usage: awk -f plain.awk FILES...

FNR == 1 { in_comment = 0 }
{
	rest = $0
	out = ""
	while (rest != "") {
		if (in_comment) {
			at = index(rest, "*/")
			if (!at) { rest = ""; break }
			in_comment = 0
			rest = substr(rest, at + 2)
			out = out " "
		} else if (match(rest, /"|'|\/\*|\/\//)) {
			mark = substr(rest, RSTART, RLENGTH)
			out = out substr(rest, 1, RSTART - 1)
			rest = substr(rest, RSTART + RLENGTH)
			if (mark == "/*") in_comment = 1
			else if (mark == "//") rest = ""
			else {
				out = out mark
				while (rest != "" && substr(rest, 1, 1) != mark)
					rest = substr(rest, substr(rest, 1, 1) == "\\" ? 3 : 2)
				out = out mark
				rest = substr(rest, 2)
			}
		} else {
			out = out rest
			rest = ""
		}
	}
	print FILENAME ":" FNR ":" out
}
