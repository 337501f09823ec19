# SPDX-License-Identifier: MIT
# Read `nm -A -g` of objects below ${o}: what foo.c exports starts with foo_, and
# main.c exports main.  foo_part.c without a header of its own belongs to foo.

function exists(file,	line, found)
{
	found = (getline line < file) >= 0
	close(file)
	return found
}

/^nm: / {
	file = $0
	gsub(/^nm: .?|.?: No such file.*/, "", file)
	sub(/\.o$/, ".c", file)
	print substr(file, length(o) + 1) ":1: is not built in " o
	next
}

{
	file = substr($1, length(o) + 1)
	sub(/\.o:.*/, ".c", file)
	module = file
	gsub(/.*\/|\.c$/, "", module)
	header = file
	sub(/c$/, "h", header)
	if (!exists(header))
		sub(/_.*/, "", module)
	if (module == "main" && $NF != "main")
		print file ":1: exports " $NF
	else if (module != "main" && $NF !~ "^" module "(_|$)")
		print file ":1: exports " $NF ", which does not start with " \
		    module "_"
}
