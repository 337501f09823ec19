/* SPDX-License-Identifier: MIT */
/* The tool with subcommands that the unit tests of cli have, as a program. */
#include <stdio.h>

#include "../unit/face_tool.h"

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct cli c;
	struct err e = {0};
	int rc = cli_parse(&c, &face_with_cmds, argv, &o, &e);

	(void)argc;
	if (rc != 0) {
		fprintf(stderr, "%s: %s\n", face_with_cmds.name, e.msg);
		return rc;
	}
	fputs(buf_text(&c.text), stdout);
	cli_release(&c);
	return fflush(stdout) != 0 ? EX_IOERR : 0;
}
