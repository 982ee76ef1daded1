# SPDX-License-Identifier: BSD-2-Clause
# tenant.awk - every statement on a table of tenants names the tenant, once for each such table.
# usage: awk -f tenant.awk schema/*.sql ALLOW-LIST STATEMENTS     (STATEMENTS as literals.awk prints them)
#
# The allow-list has lines `FILE | part of the statement | reason` for the few that go across the installation;
# an entry that fits no statement is an error too. The lint sees names, not truth: keep statements short.

function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

function count(text, pattern,   n) {
	while (match(text, pattern)) { n++; text = substr(text, RSTART + RLENGTH) }
	return n + 0
}

# How many tables of tenants the statement touches; a table that comes from a resource is one.
function tenant_tables(statement,   rest, word, n) {
	rest = statement
	gsub(/[(),]/, " & ", rest)
	while (match(rest, /(^| )(FROM|JOIN|INTO|UPDATE|TABLE) +(IGNORE +)?[`%a-z_]+/)) {
		word = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		sub(/^.* /, "", word)
		gsub(/`/, "", word)
		if (word in of_tenants || word ~ /^%/) n++
		while (match(rest, /^( +(AS +)?[a-z_]+)? +, +[a-z_]+/)) {
			word = substr(rest, RSTART, RLENGTH)
			rest = substr(rest, RSTART + RLENGTH)
			sub(/^.* /, "", word)
			if (word in of_tenants) n++
		}
	}
	return n + 0
}

function names_tenant(statement, tables) {
	if (count(statement, "tenant_id") < tables) return 0
	if (statement ~ /^(INSERT|REPLACE)/) return 1
	return statement ~ /tenant_id *(=|<=>|IN)|= *[a-z_.]*tenant_id|USING *\([^)]*tenant_id|\( *[a-z_.]*tenant_id *,/
}

function is_allowed(file, statement,   i) {
	for (i = 1; i <= allowed; i++)
		if (index(file, allow_file[i]) && index(statement, allow_part[i])) { allow_used[i] = 1; return 1 }
	return 0
}

FILENAME ~ /\.sql$/ {
	if (match($0, /CREATE TABLE (IF NOT EXISTS )?[a-z_]+/)) {
		table = substr($0, RSTART, RLENGTH)
		sub(/^.* /, "", table)
	} else if (match($0, /ALTER TABLE [a-z_]+/)) {
		table = substr($0, RSTART + 12, RLENGTH - 12)
	} else if (match($0, /RENAME TABLE (IF EXISTS )?[a-z_]+ TO [a-z_]+/)) {
		words = split(substr($0, RSTART, RLENGTH), renamed, " ")
		if (renamed[words - 2] in of_tenants) of_tenants[renamed[words]] = 1
	}
	if ($0 ~ /^ *(ADD COLUMN (IF NOT EXISTS )?)?tenant_id /) of_tenants[table] = 1
	next
}

FILENAME ~ /allow\.txt$/ {
	if ($0 ~ /^(#|$)/) next
	if (split($0, part, "|") != 3 || trim(part[3]) == "") {
		printf "%s:%d: an entry is `file | part of the statement | reason`\n", FILENAME, FNR
		bad = 1
		next
	}
	allow_file[++allowed] = trim(part[1])
	allow_part[allowed] = trim(part[2])
	allow_line[allowed] = FILENAME ":" FNR
	next
}

{
	split($0, cell, "\t")
	statement = cell[3]
	if (statement !~ /^(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH) /) next
	tables = tenant_tables(statement)
	if (tables == 0 || names_tenant(statement, tables)) next
	if (is_allowed(cell[1], statement)) next
	printf "%s:%d: names no tenant: %s\n", cell[1], cell[2], substr(statement, 1, 100)
	bad = 1
}

END {
	for (i = 1; i <= allowed; i++)
		if (!(i in allow_used)) { print allow_line[i] ": fits no statement any more"; bad = 1 }
	exit bad
}
