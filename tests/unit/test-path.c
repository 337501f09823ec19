/* SPDX-License-Identifier: MIT */
/* Tests of machine/path. */
#include <stdlib.h>

#include "machine/path.h"
#include "unit.h"

UNIT_TEST("path: base, stem and directory of a name")
{
	static const struct {
		const char *path, *base, *stem, *dir;
	} cases[] = {
	    {"/data/AAPL.csv.gz", "AAPL.csv.gz", "AAPL", "/data"},
	    {"AAPL.csv", "AAPL.csv", "AAPL", "."},
	    {"-", "-", "-", "."},
	    {"", "", "", "."},
	    {"/", "", "", "/"},
	    {"/a", "a", "a", "/"},
	    {"//a", "a", "a", "/"},
	    {"a//b", "b", "b", "a"},
	    {"a/b/", "", "", "a/b"},
	    {".hidden", ".hidden", ".hidden", "."},
	    {"x/.hidden.csv", ".hidden.csv", ".hidden", "x"},
	    {"..", "..", ".", "."},
	    {"a.b/c", "c", "c", "a.b"},
	    {"./BRK.B.csv", "BRK.B.csv", "BRK", "."},
	    {"a.", "a.", "a", "."},
	};

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		char *stem = path_stem(cases[i].path);
		char *dir = path_dir(cases[i].path);

		CHECK_STR(path_base(cases[i].path), cases[i].base);
		CHECK_STR(stem, cases[i].stem);
		CHECK_STR(dir, cases[i].dir);
		free(stem);
		free(dir);
	}
}
