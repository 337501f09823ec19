# SPDX-License-Identifier: MIT
# A C file opens with its licence and what it is; its lines have 80 columns.  A
# script's second line is its licence.

function say(what)
{
	print FILENAME ":" FNR ": " what
}

function width(line,	i, n)
{
	n = 0
	for (i = 1; i <= length(line); i++)
		n = substr(line, i, 1) == "\t" ? n + 8 - n % 8 : n + 1
	return n
}

FNR == 1 {
	c = FILENAME ~ /\.[ch]$/
}

c && FNR == 1 && $0 != "/* SPDX-License-Identifier: MIT */" {
	say("the first line is not the SPDX line")
}

c && FNR == 2 && !/^\/\*( |$)/ {
	say("the second line does not begin to say what the file is")
}

!c && FNR == (FILENAME ~ /\.bash$/ ? 1 : 2) &&
$0 != "# SPDX-License-Identifier: MIT" {
	say("there is no SPDX line here")
}

c && length($0) > 40 && width($0) > 80 {
	say("the line has more than 80 columns")
}

/[ \t]$/ {
	say("blanks at the end of the line")
}
