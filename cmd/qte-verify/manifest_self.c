/* SPDX-License-Identifier: MIT */
/* The files that this run itself reads its list from or writes to. */
#include "manifest_self.h"

static void
add(struct manifest_self *s, const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return;
	s->files[s->n].dev = st->st_dev;
	s->files[s->n++].ino = st->st_ino;
}

void
manifest_self_fd(struct manifest_self *s, int fd)
{
	struct stat st;

	if (fstat(fd, &st) == 0)
		add(s, &st);
}

void
manifest_self_out(struct manifest_self *s, const struct out *out)
{
	struct stat st;

	manifest_self_fd(s, out->fd);
	if (out->target != NULL && stat(out->target, &st) == 0)
		add(s, &st);
}

bool
manifest_self_has(const struct manifest_self *s, const struct stat *st)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->files[i].dev == st->st_dev &&
		    s->files[i].ino == st->st_ino)
			return true;
	return false;
}
