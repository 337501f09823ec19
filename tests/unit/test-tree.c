/* SPDX-License-Identifier: MIT */
/* What lies below a directory. */
#include <errno.h>

#include "machine/tree.h"
#include "scratch.h"

/* All that the tree says, as one text. */
static const char *
walk(const char *root)
{
	static struct buf all;
	struct below b;
	struct tree t;
	struct err e = {0};
	enum tree_what what;

	buf_reset(&all);
	if (!CHECK_INT(below_open(&b, root, &e), 0))
		return "";
	tree_begin(&t, &b);
	while ((what = tree_next(&t)) != TREE_END)
		buf_fmt(&all, "%s%s ", buf_text(&t.path),
		    what == TREE_FAIL	  ? "!"
			: S_ISDIR(t.type) ? "/"
			: S_ISREG(t.type) ? ""
					  : "@");
	tree_end(&t);
	below_close(&b);
	return buf_text(&all);
}

UNIT_TEST("tree: names in the order of their bytes, a directory before its own")
{
	scratch_put("here", "", 0);
	CHECK_INT(mkdir("tree", 0755), 0);
	CHECK_INT(mkdir("tree/a", 0755), 0);
	CHECK_INT(mkdir("tree/a/deep", 0755), 0);
	scratch_put("tree/a/deep/x", "", 0);
	scratch_put("tree/a.b", "", 0);
	scratch_put("tree/Z", "", 0);
	CHECK_INT(symlink("a", "tree/link"), 0);
	CHECK_INT(mkdir("tree/void", 0755), 0);
	CHECK_STR(walk("tree"), "Z a/ a/deep/ a/deep/x a.b link@ void/ ");
	CHECK_STR(walk("tree/void"), "");
	CHECK_STR(walk("tree/link"), "deep/ deep/x ");
}

UNIT_TEST("tree: a directory that went away is told of, and the rest too")
{
	struct below b;
	struct tree t;
	struct err e = {0};

	CHECK_INT(below_open(&b, "tree", &e), 0);
	tree_begin(&t, &b);
	while (tree_next(&t) != TREE_END) {
		if (strcmp(buf_text(&t.path), "void") == 0 && t.errnum == 0)
			CHECK_INT(rmdir("tree/void"), 0);
	}
	CHECK_INT(t.errnum, ENOENT);
	tree_end(&t);
	below_close(&b);
	CHECK_STR(walk("tree"), "Z a/ a/deep/ a/deep/x a.b link@ ");
}

UNIT_TEST("below: no link is followed, in the middle nor at the end")
{
	struct below b;
	struct err e = {0};
	const char *name;

	CHECK_INT(below_open(&b, "tree", &e), 0);
	CHECK(below_parent(&b, "a/deep/x", &name) >= 0);
	CHECK_STR(name, "x");
	CHECK_STR(buf_text(&b.path), "a/deep");
	CHECK(below_parent(&b, "a/y", &name) >= 0);
	CHECK_STR(buf_text(&b.path), "a");
	CHECK_INT(below_parent(&b, "link/deep/x", &name), -1);
	CHECK(errno == ENOTDIR || errno == ELOOP);
	CHECK_INT(below_parent(&b, "a/deep/x/y", &name), -1);
	CHECK_INT(errno, ENOTDIR);
	CHECK_INT(below_parent(&b, "a/none/y", &name), -1);
	CHECK_INT(errno, ENOENT);
	CHECK_INT(below_parent(&b, "Z", &name), b.root);
	CHECK(below_dir(&b, "a.b", 1) >= 0);
	CHECK_STR(buf_text(&b.path), "a");
	below_close(&b);
	CHECK_INT(below_open(&b, "none", &e), EX_NOINPUT);
	CHECK_STR(e.msg, "none: No such file or directory");
}

UNIT_TEST("below: a path may be longer than the system takes at once")
{
	char name[201];
	struct buf path = {0};
	struct below b;
	struct err e = {0};

	memset(name, 'd', 200);
	name[200] = '\0';
	CHECK_INT(below_open(&b, "tree", &e), 0);
	for (int i = 0; i < 30; i++) {
		int at = below_dir(&b, buf_text(&path), path.len);

		CHECK(at >= 0);
		CHECK_INT(mkdirat(at, name, 0755), 0);
		buf_fmt(&path, "%s%s", i > 0 ? "/" : "", name);
	}
	CHECK(path.len > 4096 && below_dir(&b, path.data, path.len) >= 0);
	CHECK(strstr(walk("tree"), buf_text(&path)) != NULL);
	for (int i = 30; i-- > 0;) {
		size_t up = (size_t)i * 201;

		CHECK_INT(
		    unlinkat(below_dir(&b, path.data, up > 0 ? up - 1 : 0),
			name, AT_REMOVEDIR),
		    0);
	}
	below_close(&b);
	buf_release(&path);
	CHECK_INT(unlink("tree/a/deep/x") | rmdir("tree/a/deep") |
		rmdir("tree/a") | unlink("tree/a.b") | unlink("tree/Z") |
		unlink("tree/link"),
	    0);
}
