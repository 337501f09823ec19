# SPDX-License-Identifier: MIT
# Read `nm -A -f sysv` of objects below ${o}: nothing that can be written to
# lives as long as the program, but the signal flags.

/^nm: / {
	file = $0
	gsub(/^nm: .?|.?: No such file.*/, "", file)
	sub(/\.o$/, ".c", file)
	print substr(file, length(o) + 1) ":1: is not built in " o
	next
}

NF >= 7 && $4 !~ /SECTION/ && $7 ~ /^(\.data|\.bss|\*COM\*|\.tdata|\.tbss)/ &&
$7 !~ /^\.data\.rel\.ro/ {
	file = substr($1, length(o) + 1)
	name = file
	sub(/\.o:.*/, ".c", file)
	sub(/^[^:]*:/, "", name)
	sub(/ *$/, "", name)
	if (file != "lib/base/sig.c")
		print file ":1: " name " is a variable of the whole program"
}
