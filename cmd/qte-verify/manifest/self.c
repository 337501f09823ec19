/* SPDX-License-Identifier: MIT */
/* The files that this run itself reads its list from or writes to. */
#include "manifest/self.h"

static void
add(struct self *s, const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return;
	s->files[s->n].dev = st->st_dev;
	s->files[s->n++].ino = st->st_ino;
}

void
self_fd(struct self *s, int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0)
		add(s, &st);
}

void
self_out(struct self *s, const struct out *out)
{
	struct stat st;

	self_fd(s, out->fd);
	if (out->target != NULL && stat(out->target, &st) == 0)
		add(s, &st);
}

bool
self_has(const struct self *s, const struct stat *st)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->files[i].dev == st->st_dev &&
		    s->files[i].ino == st->st_ino)
			return true;
	return false;
}
