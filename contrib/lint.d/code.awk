# SPDX-License-Identifier: MIT
# Leaves in ${code} what a line says to the compiler: no comments, and strings
# and characters without their content.

FNR == 1 {
	comment = 0
}

{
	code = ""
	text = $0
	while (text != "") {
		if (comment) {
			if (!match(text, /\*\//))
				break
			comment = 0
		} else if (match(text, /\/\*|\/\/|"([^"\\]|\\.)*"|'([^'\\]|\\.)*'/)) {
			code = code substr(text, 1, RSTART - 1)
			token = substr(text, RSTART, 2)
			if (token == "//")
				break
			if (token == "/*")
				comment = 1
			else
				code = code "\"\""
		} else {
			code = code text
			break
		}
		text = substr(text, RSTART + RLENGTH)
	}
}
