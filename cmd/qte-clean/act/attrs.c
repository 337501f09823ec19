/* SPDX-License-Identifier: MIT */
/* Access control lists, and attributes of users. */
#include "act/attrs.h"

#include <errno.h>
#include <string.h>
#include <sys/xattr.h>

#include "base/buf.h"

/* The kernel lists no more bytes of names, and holds no longer value. */
#define ROOM ((size_t)64 * 1024)

/* The list comes last: it may forbid us to write attributes. */
static const char *const kinds[] = {"user.", "system.posix_acl_"};

/* What is done with the attribute ${name} of ${fd}, and ${other}: an errno. */
typedef int attr_call(int fd, int other, const char *name);

/* Over the attributes of that kind; a file system without has none. */
static int
each(int fd, int other, const char *kind, attr_call *call)
{
	struct buf names = {0};
	ssize_t n = flistxattr(fd, buf_reserve(&names, ROOM), ROOM);
	int rc = n >= 0 || errno == ENOTSUP ? 0 : errno;

	for (ssize_t at = 0; at < n && rc == 0;) {
		const char *name = names.data + at;

		if (strncmp(name, kind, strlen(kind)) == 0)
			rc = call(fd, other, name);
		at += (ssize_t)strlen(name) + 1;
	}
	buf_release(&names);
	return rc;
}

static int
get(int fd, const char *name, struct buf *to)
{
	ssize_t n = fgetxattr(fd, name, buf_reserve(to, ROOM), ROOM);

	if (n < 0)
		return errno;
	to->len = (size_t)n;
	return 0;
}

static int
copy(int from, int to, const char *name)
{
	struct buf value = {0};
	int rc = get(from, name, &value);

	if (rc == 0 && fsetxattr(to, name, value.data, value.len, 0) != 0)
		rc = errno;
	buf_release(&value);
	return rc;
}

/* A new file may have a list that its directory gives to all. */
static int
drop(int to, int from, const char *name)
{
	if (fgetxattr(from, name, NULL, 0) >= 0)
		return 0;
	if (errno != ENODATA && errno != ENOTSUP)
		return errno;
	return fremovexattr(to, name) == 0 ? 0 : errno;
}

static int
compare(int a, int b, const char *name)
{
	struct buf one = {0}, two = {0};
	int rc = get(a, name, &one);

	if (rc == 0)
		rc = get(b, name, &two);
	if (rc == 0 &&
	    (one.len != two.len || memcmp(one.data, two.data, one.len) != 0))
		rc = EEXIST;
	/* Only one of them has it. */
	if (rc == ENODATA)
		rc = EEXIST;
	buf_release(&one);
	buf_release(&two);
	return rc;
}

/* Kind by kind, over the attributes of ${a}, and then over those of ${b}. */
static int
over_both(int a, int b, attr_call *of_a, attr_call *of_b)
{
	int rc = 0;

	for (size_t i = 0; i < QTE_COUNT(kinds) && rc == 0; i++) {
		rc = each(a, b, kinds[i], of_a);
		if (rc == 0)
			rc = each(b, a, kinds[i], of_b);
	}
	return rc;
}

int
attrs_copy(int from, int to)
{
	return over_both(to, from, drop, copy);
}

int
attrs_same(int a, int b)
{
	return over_both(a, b, compare, compare);
}
