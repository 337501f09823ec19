/* SPDX-License-Identifier: MIT */
/* The directory of a rule. */
#include "walk/site.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/when.h"
#include "machine/lock.h"
#include "walk/look.h"

/* What is in the way is named as it is to be written. */
static void
put_why(struct buf *to, const struct rule *rule, int errnum)
{
	char *real = realpath(rule->dir, NULL);

	if (errnum != ELOOP && errnum != ENOTDIR)
		buf_fmt(to, "cannot open %s: %s", rule->dir, strerror(errnum));
	else if (real != NULL && strcmp(real, rule->dir) != 0)
		buf_fmt(to,
		    "%s leads through a symbolic link: name what it leads to, "
		    "%s",
		    rule->dir, real);
	else
		buf_fmt(to, "%s is not a directory", rule->dir);
	free(real);
}

static bool
is_mount(int fd)
{
	struct look here, above;

	if (look_at(&here, fd, "", false) != 0)
		return false;
	if (here.mount_known)
		return here.mount;
	return look_at(&above, fd, "..", false) == 0 && here.dev != above.dev;
}

/* Whether it is known how much is free; where nobody asks, it needs not be. */
static bool
measure(struct site *s, const struct log *log)
{
	const struct rule *rule = s->rule;
	struct statvfs fs;

	if (!rule_min_free(rule))
		return true;
	if (fstatvfs(s->root.fd, &fs) != 0 || fs.f_blocks == 0) {
		log_fault(log,
		    "rule %s: the file system of %s does not tell what is "
		    "free: nothing is done",
		    rule->name, rule->dir);
		return false;
	}
	s->free = (int64_t)(fs.f_bavail * fs.f_frsize);
	s->size = (int64_t)(fs.f_blocks * fs.f_frsize);
	return true;
}

/* Whether the directory, which does not open, needs not be worked on. */
static bool
is_dispensable(const struct rule *rule, int errnum, const struct log *log)
{
	bool spared = rule->spare &&
	    (errnum == EACCES || errnum == ELOOP || errnum == ENOTDIR);
	struct buf why = {0};

	if (errnum == ENOENT && rule->optional)
		return true;
	put_why(&why, rule, errnum);
	if (spared)
		log_warn(log, "rule %s: %s: it is left out", rule->name,
		    why.data);
	else
		log_fault(log, "rule %s: %s", rule->name, why.data);
	buf_release(&why);
	return spared;
}

/* Whether the directory can be worked on, or needs not be. */
static bool
open_one(struct site *s, const struct log *log)
{
	const struct rule *rule = s->rule;

	if (beneath_open(&s->root, rule->dir) < 0)
		return is_dispensable(rule, errno, log);
	if (rule->require_mount && !is_mount(s->root.fd)) {
		log_fault(log,
		    "rule %s: nothing is mounted on %s: nothing is done",
		    rule->name, rule->dir);
		beneath_close(&s->root);
		return false;
	}
	if (!measure(s, log)) {
		beneath_close(&s->root);
		return false;
	}
	return true;
}

void
site_open(struct site_list *list, const struct rule_list *rules,
    const struct log *log)
{
	*list = (struct site_list){0};
	for (size_t i = 0; i < rules->n; i++) {
		struct site *s = VEC_PUSH(list);

		*s = (struct site){.rule = &rules->at[i], .root.fd = -1};
		if (!open_one(s, log))
			list->failed++;
	}
}

/* Two rules of this run may share a directory: the first has locked it. */
static bool
is_ours(const struct site_list *list, const struct site *s)
{
	for (const struct site *other = list->at; other < s; other++)
		if (other->root.fd >= 0 &&
		    strcmp(other->rule->dir, s->rule->dir) == 0)
			return true;
	return false;
}

static int
lock_one(struct site *s, int64_t until_ns, const struct log *log, struct err *e)
{
	int rc = lock_wait(s->root.fd, until_ns - when_ticks());

	if (rc == EWOULDBLOCK && s->rule->spare) {
		log_warn(log,
		    "rule %s: another run is at work in %s: it is left out",
		    s->rule->name, s->rule->dir);
		beneath_close(&s->root);
		return 0;
	}
	if (rc == EWOULDBLOCK)
		return err_set(e, EX_TEMPFAIL,
		    "%s: another run is at work here", s->rule->dir);
	if (rc <= 0)
		return rc;
	/* Each file is looked at again before it goes: two runs waste time,
	 * and harm nothing. */
	log_warn(log, "%s cannot be locked: %s", s->rule->dir, strerror(rc));
	return 0;
}

int
site_lock(struct site_list *list, int64_t wait_ns, const struct log *log,
    struct err *e)
{
	int64_t until_ns;

	if (__builtin_add_overflow(when_ticks(), wait_ns, &until_ns))
		until_ns = INT64_MAX;
	for (size_t i = 0; i < list->n; i++) {
		struct site *s = &list->at[i];
		int rc;

		if (s->root.fd < 0 || is_ours(list, s))
			continue;
		rc = lock_one(s, until_ns, log, e);
		if (rc != 0)
			return rc;
	}
	return 0;
}

/* Whether ${path} is ${dir} or below it. */
static bool
is_within(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(path, dir, n) == 0 &&
	    (path[n] == '/' || path[n] == '\0');
}

bool
site_overlap(const struct site_list *list)
{
	for (const struct site *a = list->at; a < list->at + list->n; a++)
		for (const struct site *b = list->at; b < list->at + list->n;
		     b++)
			if (a != b && a->root.fd >= 0 && b->root.fd >= 0 &&
			    is_within(a->rule->dir, b->rule->dir))
				return true;
	return false;
}

int64_t
site_lacks(const struct site *s)
{
	const struct rule_free *wanted = &s->rule->min_free;
	num_i128 share;

	if (wanted->bytes != RULE_NONE)
		return wanted->bytes - s->free - s->freed;
	if (wanted->share != RULE_NONE &&
	    num_mul_div(s->size, wanted->share, NUM_PRICE_ONE, &share))
		return (int64_t)share - s->free - s->freed;
	return 0;
}

void
site_freed(struct site_list *list, const struct site *s, int64_t bytes)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].root.fd >= 0 &&
		    list->at[i].root.dev == s->root.dev)
			list->at[i].freed += bytes;
}

void
site_forget(struct site_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		list->at[i].freed = 0;
}

void
site_release(struct site_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		beneath_close(&list->at[i].root);
	VEC_RELEASE(list);
}
