#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# selftest.sh - proves that a lint fails on its fixture, and complains of exactly what fixtures/NAME/expected lists.
# usage: tests/lint/selftest.sh NAME...
set -u
here=$(cd "$(dirname "$0")" && pwd)
failed=0
for name; do
	tree=$here/fixtures/$name
	test -f "$tree/expected" || { echo "$name has no fixture"; failed=1; continue; }
	output=$("$here/lint.sh" "$name" "$tree" 2>&1) && { echo "$name passes on its fixture"; failed=1; }
	echo "$output" | diff -u "$tree/expected" - || failed=1
done
exit $failed
