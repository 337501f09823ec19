# SPDX-License-Identifier: MIT
# How long files and functions may be, how many parameters a function may take
# and how deep it may nest.  The layout of .clang-format is taken for granted: a
# function's name starts a line, and so do its braces.

function say(at, what)
{
	print file ":" at ": " what
}

function check_file(	most)
{
	most = file ~ /\.h$/ ? 150 : file ~ /^cmd\/[^\/]*\/main\.c$/ ? 300 : 500
	if (lines > most)
		say(most + 1, lines " lines; at most " most)
}

function count(text,	i, c, depth, n)
{
	n = 1
	depth = 0
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		depth += (c == "(") - (c == ")")
		n += c == "," && depth == 1
	}
	return n
}

FNR == 1 {
	if (file != "")
		check_file()
	file = FILENAME
	head = ""
	inside = 0
}

{
	lines = FNR
}

/^[A-Za-z_][A-Za-z0-9_]*\(/ && !inside {
	name = substr($0, 1, index($0, "(") - 1)
	start = FNR
	head = ""
}

name != "" && !inside {
	head = head $0
}

/^[#;]/ || /;$/ && !inside {
	name = ""
}

/^\{$/ && name != "" {
	inside = FNR
	if (count(head) > 5)
		say(start, name " takes " count(head) " parameters; at most 5")
}

inside && /^\t+(\} )?(else )?(if|for|while|switch|do)[ (]/ {
	match($0, /^\t+/)
	if (RLENGTH > 4)
		say(FNR, name " nests " RLENGTH " deep; at most 4")
}

inside && /^\}/ {
	if (FNR - inside - 1 > 60)
		say(start, name " has " FNR - inside - 1 " lines; at most 60")
	inside = 0
	name = ""
}

END {
	if (file != "")
		check_file()
}
