# SPDX-License-Identifier: MIT
# The headers of a package stand in the one module that wraps it.

BEGIN {
	wrapper["jansson.h"] = "lib/format/jin"
	wrapper["csv.h"] = "lib/format/csvin"
	wrapper["archive.h"] = "lib/machine/stream|lib/machine/pack|cmd/qte-backup/tarball"
	wrapper["archive_entry.h"] = wrapper["archive.h"]
	wrapper["zlib.h"] = "lib/machine/stream"
	wrapper["argp.h"] = "lib/face/cli"
	wrapper["sqlite3.h"] = "cmd/qte-report/store"
	wrapper["nettle/"] = "lib/format/crypt|cmd/qte-backup/age"
	wrapper["xxhash.h"] = "lib/format/digest(_avx2)?"
}

/^#[ \t]*include[ \t]*[<"]/ {
	split($0, quoted, /[<">]/)
	header = quoted[2]
	package = header
	if (header ~ /^nettle\//)
		package = "nettle/"
	if (package in wrapper &&
	    FILENAME !~ "^(" wrapper[package] ")\\.[ch]$")
		print FILENAME ":" FNR ": <" header "> stands only in " \
		    wrapper[package]
}
