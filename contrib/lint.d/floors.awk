# SPDX-License-Identifier: MIT
# Read lib/FLOORS, then sources: each includes only modules that stand below it.
# A file NAME_PART.c that is not in FLOORS belongs to the module NAME.

function say(what)
{
	print FILENAME ":" FNR ": " what
}

function exists(file,	line, found)
{
	found = (getline line < file) >= 0
	close(file)
	return found
}

# below(a, b): does room a stand, directly or not, on room b?
function below(a, b)
{
	for (a = base[a]; a != ""; a = base[a])
		if (a == b)
			return 1
	return 0
}

# allowed(from, to): may the module ROOM/NAME include the other?
function allowed(from, to,	a, b)
{
	split(from, a, "/")
	split(to, b, "/")
	if (a[1] == b[1])
		return place[to] < place[from]
	return below(a[1], b[1])
}

FILENAME ~ /FLOORS$/ {
	if (/^#/ || NF == 0)
		next
	split($0, half, ":")
	n = split(half[1], word, " ")
	room = word[1]
	base[room] = n == 3 && word[2] == "on" ? word[3] : ""
	if (n == 3 ? !(word[3] in rooms) : n != 1)
		say("neither 'ROOM: MODULE...' nor 'ROOM on ROOM: MODULE...'")
	rooms[room] = 1
	n = split(half[2], word, " ")
	for (i = 1; i <= n; i++)
		place[room "/" word[i]] = ++places
	next
}

FNR == 1 {
	split(FILENAME, part, "/")
	where = part[1]
	self = FILENAME
	sub(/^lib\//, "", self)
	sub(/\.[ch]$/, "", self)
	if (where == "lib" && !(self in place)) {
		whole = self
		sub(/_[^\/]*$/, "", self)
		if (!(self in place))
			say("the module " whole " does not stand in lib/FLOORS")
	}
}

/^#include "/ {
	split($0, quoted, "\"")
	header = quoted[2]
	module = header
	sub(/\.h$/, "", module)
	if (header ~ /\.\./ || header ~ /^(cmd|lib|tests)\//)
		say(header " leaves the tree's order")
	else if (where == "lib" && !(module in place))
		say(header " is not a module of lib/FLOORS")
	else if (where == "lib" && module != self && !allowed(self, module))
		say(self " may not include " header ", which does not stand below it")
	else if (where == "cmd" && !(module in place) &&
	    !exists(part[1] "/" part[2] "/" header))
		say(header " is neither a module of lib/ nor of " part[1] "/" part[2])
}
