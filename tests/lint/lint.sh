#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# lint.sh - one lint over one tree: prints what is wrong and fails, or prints remarks that begin with "#".
# usage: tests/lint/lint.sh NAME [ROOT]      names: see LINTS below
set -u
LINTS="layers banned tenant sql_place actions phrases templates untranslated directions sizes heads spelling listed catalogues"

name=${1:?usage: lint.sh NAME [ROOT], NAME is one of $LINTS}
here=$(cd "$(dirname "$0")" && pwd)
cd "${2:-$here/../..}" || exit 1
AWK=${AWK:-awk}
LC_ALL=C
export LC_ALL

# files FOLDER PATTERN... - those that exist, sorted; fixtures of the lints and foreign modules are no sources
files() {
	folder=$1
	shift
	test -d "$folder" || return 0
	for pattern; do
		find "$folder" -name "$pattern" ! -path '*/node_modules/*' ! -path '*/lint/fixtures/*' -type f
	done | sort
}

# over PROGRAM FILES... - awk over the files; nothing to do without files
over() {
	program=$1
	shift
	test $# -gt 0 || return 0
	$AWK -f "$here/$program" "$@"
}

c_sources() { files cgi-bin '*.c' '*.h'; }

# refuse PATTERN ADVICE < TEXT - fails when a line has it
refuse() {
	if grep -E "$1"; then
		echo "$2"
		return 1
	fi
}

lint_layers() { over layers.awk cgi-bin/LAYERS $(c_sources); }

lint_banned() {
	text=$(mktemp)
	over plain.awk $(c_sources; files tests/unit '*.c' '*.h'; files tests/fuzz '*.c' '*.h'; files bench '*.c' '*.h') > "$text"
	failed=0
	refuse '(^|[^A-Za-z0-9_])(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|strtok_r|atoi|atol|atoll|gets|system|popen|alloca|rand|srand|localtime|gmtime|asctime|ctime|tmpnam|tempnam|mktemp|setbuf|vfork) *\(' \
		'these functions are banned' < "$text" || failed=1
	# The live room is a daemon without requests: it keeps tables of its own.
	grep -E '^cgi-bin/rooms/' "$text" | grep -vE '^cgi-bin/rooms/live/' | refuse '(^|[^A-Za-z0-9_])(malloc|calloc|realloc|free|strdup|strndup|asprintf|vasprintf|getline) *\(' \
		'rooms take memory from the arena of the request' || failed=1
	refuse '(^|[^A-Za-z0-9_])(pthread_[a-z_]+|thrd_create) *\(' 'there are no threads' < "$text" || failed=1
	rm -f "$text"
	return $failed
}

# statements - every SQL statement of the C sources: file, line, text
statements() { over literals.awk $(files cgi-bin '*.c'); }

lint_tenant() {
	test -f tests/lint/tenant_allow.txt && allow=tests/lint/tenant_allow.txt || allow=
	statements | $AWK -f "$here/tenant.awk" $(files schema '*.sql') $allow -
}

lint_phrases() { over phrases.awk $(files cgi-bin '*.c'); }

lint_actions() { over actions.awk cgi-bin/rooms/audit/audit_words.c $(files cgi-bin '*.c'); }

# SQL stands only in the places that tests/lint/sql_places.txt lists, one shell pattern a line.
lint_sql_place() {
	statements | {
		failed=0
		while IFS='	' read -r file line statement; do
			allowed=0
			while read -r place; do
				case $place in '' | '#'*) continue ;; esac
				case $file in $place) allowed=1 ;; esac
			done < tests/lint/sql_places.txt
			test $allowed = 1 || { echo "$file:$line: SQL outside of a store: $statement"; failed=1; }
		done
		exit $failed
	}
}

lint_templates() {
	{ grep -v '^#' tests/lint/raw.txt; over raw.awk $(files templates '*.cs') | sort -u | sed 's/^/> /'; } |
		$AWK '/^> / { if (!(substr($0, 3) in allowed)) { print substr($0, 3); bad = 1 } used[substr($0, 3)] = 1; next }
			{ allowed[$0] = 1 }
			END { for (line in allowed) if (!(line in used)) { print "in tests/lint/raw.txt, but in no template: " line; bad = 1 } exit bad }' && return 0
	echo "(tests/lint/raw.txt lists the few places where this is right)"
	return 1
}

# Templates, and what C and scripts say past the catalogues; demonstration data is a company's own words.
lint_untranslated() {
	over untranslated.awk $(files templates '*.cs') || failed=1
	over untranslated_code.awk $(files static strings.txt; files cgi-bin '*.c' | grep -v '^cgi-bin/programs/demo_'; files static '*.js') || failed=1
	test "${failed:-0}" = 0
}

# Pages can be turned from right to left: no left and right where start and end are meant.
lint_directions() {
	! grep -nE '(margin|padding|border|scroll-margin|scroll-padding)-(left|right) *:|(^|[;{ ])(left|right) *:|(text-align|float|clear) *: *(left|right)' \
		$(files static '*.css') /dev/null
}

lint_sizes() { over sizes.awk $(files cgi-bin '*.c'); }

# A licence line, then one sentence that says what the file is.
lint_heads() {
	for file in $(c_sources; files tests/unit '*.c' '*.h'; files tests/fuzz '*.c'; files bench '*.c' '*.h' '*.mjs'; \
		files static '*.js' '*.css'; files tests/web '*.mjs'; files tests/browser '*.mjs'; files tests/fault '*.mjs'; \
		files tests/harness '*.mjs'; files tests/lint '*.awk' '*.sh'); do
		$AWK -v file="$file" '
			BEGIN { name = file; sub(/^.*\//, "", name) }
			NR == 1 && /^#!/ { skip = 1; next }
			NR == 1 + skip && !/SPDX-License-Identifier: BSD-2-Clause/ { print file ": the first line must be the SPDX line"; bad = 1 }
			NR == 2 + skip && index($0, name " - ") == 0 { print file ": the second line must say: " name " - what it is"; bad = 1 }
			NR == 3 { exit }
			END { exit bad }' "$file" || failed=1
	done
	test "${failed:-0}" = 0
}

# One spelling: British. Names of foreign things (SPDX, LICENSE, CSS) are theirs.
lint_spelling() {
	! grep -nHE '\b([Ll]icenses?|[Bb]ehaviors?|[Ff]avorites?|[Cc]anceled|[Cc]olors?|[Cc]enters?|[Dd]ialog window)\b' \
		$(c_sources; files docs '*.md'; files man '*'; files templates '*.cs'; ls README.md 2>/dev/null) /dev/null \
		| grep -vE 'SPDX-License-Identifier|theme-color|color-scheme|type="color"|BSD 2-Clause License|align.*center|LICENSE'
}

# What is not listed is not built.
lint_listed() {
	failed=0
	for file in $(c_sources; files tests/unit '*.h'); do
		grep -qF "	$file" Makefile.am || { echo "$file is not in Makefile.am"; failed=1; }
	done
	for file in $(files tests/unit 'test_*.c'; files tests/fuzz 'fuzz_*.c'); do
		grep -qE "^	${file%.c}( |$)" Makefile.am || { echo "${file%.c} is not in Makefile.am"; failed=1; }
	done
	for file in $(grep -oE '^	(cgi-bin|tests/unit)/[a-z0-9_/]+\.[ch]' Makefile.am); do
		test -f "$file" || { echo "Makefile.am lists $file, which is not there"; failed=1; }
	done
	for file in $(files docs '*.md' '*.json'); do
		grep -qE "^	$file( |$)" Makefile.am || { echo "$file is not in Makefile.am"; failed=1; }
	done
	# What is built as data must go with `make clean`: `make distcheck`, which takes a minute, would fail.
	cleaned=$(sed -n 's/^CLEANFILES *=//p' Makefile.am 2> /dev/null)
	for list in $(sed -n 's/^\([a-z]*_DATA\) *=.*/\1/p' Makefile.am 2> /dev/null); do
		case " $cleaned " in *" \$($list) "*) continue ;; esac
		for built in $(sed -n "s/^$list *=//p" Makefile.am); do
			case " $cleaned " in
			*" $built "*) ;;
			*) echo "$built ($list) is not in CLEANFILES of Makefile.am"; failed=1 ;;
			esac
		done
	done
	return $failed
}

# Every text of the sources stands in every catalogue, translated, with the same placeholders.
lint_catalogues() {
	work=$(mktemp -d)
	failed=0
	"$here/../../po/extract" . > "$work/texts.pot" || failed=1
	for catalogue in $(files po '*.po'); do
		msgfmt --check -o /dev/null "$catalogue" > "$work/said" 2>&1 || {
			sed 's/^/# /' "$work/said"
			echo "$catalogue: msgfmt --check refuses it"
			failed=1
		}
		msgmerge --quiet --no-fuzzy-matching --output-file="$work/merged.po" "$catalogue" "$work/texts.pot" || failed=1
		$AWK -v catalogue="$catalogue" -f "$here/catalogues.awk" "$work/merged.po" || failed=1
	done
	test $failed = 0 || echo "(po/update brings the catalogues up to date; then translate what is new)"
	rm -rf "$work"
	return $failed
}

case " $LINTS " in
*" $name "*) "lint_$name" ;;
*) echo "no such lint: $name (there are: $LINTS)" >&2; exit 2 ;;
esac
