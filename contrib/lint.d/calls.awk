# SPDX-License-Identifier: MIT
# What may be called where.  Runs after code.awk.

BEGIN {
	# Nowhere: they write past an end, take no errors, or bring in a locale.
	n = split("strcpy strcat sprintf vsprintf strtok atoi atol atof gets" \
	    " scanf sscanf fscanf system popen setlocale alloca strncpy" \
	    " strncat", word, " ")
	for (i = 1; i <= n; i++)
		only[word[i]] = "^$"

	# Printing and ending are main's; mem and log have their one line.
	n = split("printf vprintf fprintf vfprintf puts putchar fputs fputc" \
	    " putc fwrite perror exit _exit abort quick_exit stdout stderr", \
	    word, " ")
	for (i = 1; i <= n; i++)
		only[word[i]] = "^(cmd/[^/]*/main|lib/machine/log|tests/.*)\\.[ch]$"
	only["_exit"] = "^(lib/base/(mem|sig)\\.c|tests/.*\\.[ch])$"

	# One clock, one reader of options.
	n = split("clock_gettime gettimeofday time timespec_get", word, " ")
	for (i = 1; i <= n; i++)
		only[word[i]] = "^lib/base/when\\.c$"
	only["getenv"] = \
	    "^(lib/base/when|lib/machine/(tty|zone)|lib/face/[a-z]*|tests/.*)\\.[ch]$"
	only["secure_getenv"] = only["getenv"]
}

{
	rest = code
	while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
		name = substr(rest, RSTART, RLENGTH)
		before = substr(rest, 1, RSTART - 1)
		rest = substr(rest, RSTART + RLENGTH)
		if (!(name in only) || FILENAME ~ only[name])
			continue
		if (before ~ /(\.|->|struct |enum )$/)
			continue
		if (rest ~ /^\(/ || name ~ /^std/)
			print FILENAME ":" FNR ": " name " is not for this file"
	}
}
