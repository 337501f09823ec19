/* SPDX-License-Identifier: MIT */
/* Files that stay whatever a rule or a plan says. */
#include "rules/guard.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "machine/path.h"

/* Behind the log's name, in that of a rotation of it. */
#define ROTATION ".-_~"

void
guard_init(struct guard *g, const char *audit)
{
	char *dir = path_dir(audit), *real = realpath(dir, NULL);
	struct stat st;

	*g = (struct guard){0};
	if (real != NULL)
		buf_fmt(&g->audit, "%s/%s", real, path_base(audit));
	if (stat(audit, &st) == 0 && S_ISREG(st.st_mode)) {
		g->dev = st.st_dev;
		g->ino = st.st_ino;
	}
	free(real);
	free(dir);
}

void
guard_release(struct guard *g)
{
	buf_release(&g->audit);
	buf_release(&g->path);
}

/* The directories of rules have no links on their way either. */
static bool
is_audit(const struct guard *g, const struct item *item)
{
	size_t n = g->audit.len;

	if (g->ino != 0 && g->ino == item->id.ino && g->dev == item->id.dev)
		return true;
	return n > 0 && g->path.len >= n &&
	    memcmp(g->path.data, g->audit.data, n) == 0 &&
	    strchr(ROTATION, g->path.data[n]) != NULL;
}

bool
guard_has(struct guard *g, const struct item *item)
{
	const struct glob_list *protect = &item->rule->protect;

	buf_reset(&g->path);
	item_path(item, &g->path);
	for (size_t i = 0; i < protect->n; i++) {
		struct glob_list one = {.at = &protect->at[i], .n = 1};
		bool whole = strchr(protect->at[i], '/') != NULL;

		if (glob_matches(&one, whole ? g->path.data : item->name))
			return true;
	}
	return is_audit(g, item);
}
