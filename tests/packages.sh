#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# packages.sh - installs what is missing of tests/packages.txt, and nothing when nothing is.
# usage: tests/packages.sh demo|check [--only-say] [MORE-PACKAGES...]
set -eu
PATH=$PATH:/usr/sbin:/sbin
list=$(dirname "$0")/packages.txt
who=$1
shift
only_say=
test "${1:-}" != --only-say || { only_say=1; shift; }

# has PACKAGE COMMAND
has() {
	{ test -n "$2" && command -v "$2" > /dev/null; } ||
		dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null | grep -qx installed
}

missing=
while read -r package for_whom command; do
	case $package in '' | '#'*) continue ;; esac
	test "$who" = check || test "$for_whom" = demo || continue
	has "$package" "$command" || missing="$missing $package"
done < "$list"
for package; do
	has "${package%:*}" "${package#*:}" || missing="$missing ${package%:*}"
done
test -n "$missing" || exit 0

if test -n "$only_say" || test "$(id -u)" != 0 || ! command -v apt-get > /dev/null; then
	echo "Missing packages. Install them as root, then start again:" >&2
	echo "  apt-get install$missing" >&2
	exit 1
fi

echo "Installing$missing"
# The servers are for our own use: the packages' services must not start and take ports.
policy=/usr/sbin/policy-rc.d
mark='# of tests/packages.sh, while it installs'
if ! test -e $policy || grep -qxF "$mark" $policy; then
	trap 'rm -f $policy' EXIT
	# A shell that is ended by a signal runs no EXIT trap, unless it takes the signal.
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	printf '#!/bin/sh\n%s\nexit 101\n' "$mark" > $policy
	chmod +x $policy
fi
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
install() { apt-get install -y --no-install-recommends $missing > "$log" 2>&1; }
install || { apt-get update >> "$log" 2>&1 && install; } || {
	tail -n 20 "$log" >&2
	echo "apt-get could not install:$missing" >&2
	exit 1
}
rm -f "$log"
