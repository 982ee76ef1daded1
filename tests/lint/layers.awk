# SPDX-License-Identifier: BSD-2-Clause
# layers.awk - every include points down or left, names its floor, and foreign headers come in by one door.
# usage: awk -f layers.awk cgi-bin/LAYERS FILES...

# "rooms/help/help_store.c" -> "rooms/help"
function room(path,   n, part) {
	n = split(path, part, "/")
	return part[1] == "rooms" ? part[1] "/" part[2] : part[1]
}

function starts(text, head) { return substr(text, 1, length(head)) == head }

function blame(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; bad = 1 }

# Headers of the compiler, the C library and the system, which every floor may use.
function is_plain(header) {
	return header ~ /^(assert|complex|ctype|dirent|errno|fcntl|fenv|float|fnmatch|getopt|glob|grp|inttypes|limits|locale|math|netdb|poll|pwd|regex|sched|setjmp|signal|spawn|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|syslog|termios|time|unistd|wchar|wctype|wordexp|malloc)\.h$/ || header ~ /^(sys|net|netinet|arpa|linux|sanitizer)\/[a-z0-9_]+\.h$/
}

FNR == 1 { here = FILENAME; sub(/^.*cgi-bin\//, "", here) }

FILENAME ~ /LAYERS$/ {
	sub(/#.*/, "")
	if ($1 == "door") door[$2] = $3
	else if (NF) rank[$1] = ++ranks
	next
}

FNR == 1 && !(room(here) in rank) { blame(room(here) " is not in cgi-bin/LAYERS") }

/^[ \t]*#[ \t]*include/ {
	if (!match($0, /[<"][^>"]*[>"]/)) { blame("an include must name its file"); next }
	header = substr($0, RSTART + 1, RLENGTH - 2)
	if (substr($0, RSTART, 1) == "<") {
		known = is_plain(header)
		for (name in door)
			if (starts(header, name)) {
				known = 1
				if (!starts(here, door[name])) blame("<" header "> may be included by " door[name] " only")
			}
		if (!known) blame("<" header "> has no door in cgi-bin/LAYERS")
		next
	}
	from = room(here); to = room(header)
	if (!(to in rank)) blame("\"" header "\": spell the floor out")
	else if (rank[to] > rank[from]) blame(from " may not look up into " to)
	else if (to != from && to ~ /^rooms\// && header != to "/" substr(to, 7) ".h") blame("another room's private header: " header)
}

END { exit bad }
