/* SPDX-License-Identifier: MIT */
/* Which files of a tree a rule takes. */
#include "rules/pick.h"

#include <errno.h>
#include <string.h>

#include "rules/daymark.h"

void
pick_init(struct pick *p, const struct rule *rule, const struct pick_opts *opts)
{
	*p = (struct pick){.rule = rule, .opts = *opts};
	p->wanted[PICK_KEEP_LAST] = rule->keep_last != RULE_NONE;
	p->wanted[PICK_QUOTA] = rule->quota != RULE_NONE;
	p->wanted[PICK_MIN_FREE] = opts->need > 0;
	cut_init(&p->cuts[PICK_KEEP_LAST], rule->keep_last);
	cut_init(&p->cuts[PICK_QUOTA], rule->quota);
	/* What is to stay is known once the weight of all is. */
	cut_init(&p->cuts[PICK_MIN_FREE], -opts->need);
	for (enum pick_cut i = 0; i < PICK_CUTS; i++)
		p->learning |= p->wanted[i];
}

bool
pick_learns(const struct pick *p)
{
	return p->learning;
}

void
pick_learned(struct pick *p)
{
	struct cut *free = &p->cuts[PICK_MIN_FREE];

	if (free->phase == CUT_MEASURE)
		free->limit += free->total;
	p->learning = false;
	for (enum pick_cut i = 0; i < PICK_CUTS; i++)
		if (p->wanted[i] && cut_again(&p->cuts[i]))
			p->learning = true;
}

void
pick_release(struct pick *p)
{
	for (enum pick_cut i = 0; i < PICK_CUTS; i++)
		cut_release(&p->cuts[i]);
	buf_release(&p->path);
}

bool
pick_goes_into(const struct pick *p, const struct walk *w)
{
	return !glob_matches(&p->rule->exclude, w->name);
}

/* The path of the file below the rule's directory. */
static const char *
set_path(struct pick *p, const struct walk *w)
{
	buf_reset(&p->path);
	if (w->path.len > 0) {
		buf_str(&p->path, w->path.data);
		buf_char(&p->path, '/');
	}
	buf_str(&p->path, w->name);
	return p->path.data;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The time that the age counts from; false when the file system has none. */
static bool
time_of(const struct rule *rule, const struct look *l, int64_t *ns)
{
	switch ((enum rule_by)rule->by.what) {
	case RULE_MTIME:
		*ns = l->mtime_ns;
		return true;
	case RULE_CTIME:
		*ns = l->ctime_ns;
		return true;
	case RULE_ATIME:
		*ns = l->atime_ns;
		return true;
	case RULE_BTIME:
		*ns = l->btime_ns;
		return l->born;
	case RULE_MAX:
		*ns = later(l->mtime_ns, later(l->ctime_ns, l->atime_ns));
		if (l->born)
			*ns = later(*ns, l->btime_ns);
		return true;
	case RULE_NAME:
		return true;
	}
	return false;
}

bool
pick_is_old(const struct pick *p, int64_t time)
{
	int64_t age;

	return p->rule->older_ns != RULE_NONE &&
	    !__builtin_sub_overflow(p->opts.now_ns, time, &age) &&
	    age > p->rule->older_ns;
}

/* What is compressed already is not compressed again. */
static bool
is_compressed(const char *name)
{
	static const char *const ends[] = {".gz", ".zst", ".xz", ".bz2"};
	size_t n = strlen(name);

	for (size_t i = 0; i < QTE_COUNT(ends); i++) {
		size_t k = strlen(ends[i]);

		if (n > k && strcmp(name + n - k, ends[i]) == 0)
			return true;
	}
	return false;
}

bool
pick_names(const struct rule *rule, const char *name)
{
	return glob_matches(&rule->match, name) &&
	    !glob_matches(&rule->exclude, name) &&
	    ((rule->action != RULE_GZIP && rule->action != RULE_ZSTD) ||
		!is_compressed(name));
}

static void
learn(struct pick *p, const struct walk *w, const struct item *item,
    int64_t time)
{
	/* What is from the future stays, and in no other's place. */
	int64_t one = time <= p->opts.now_ns ? 1 : 0;
	const int64_t weights[PICK_CUTS] = {[PICK_KEEP_LAST] = one,
	    [PICK_QUOTA] = item->id.size,
	    [PICK_MIN_FREE] = item->freed};
	const char *path = set_path(p, w);

	for (enum pick_cut i = 0; i < PICK_CUTS; i++)
		if (p->wanted[i])
			cut_add(&p->cuts[i], time, weights[i], path);
}

/* Whether the rule asks for a file of that time. */
static bool
goes(struct pick *p, const struct walk *w, int64_t time)
{
	const struct cut *cuts = p->cuts;
	const char *path;

	if (!rule_ordered(p->rule))
		return pick_is_old(p, time);
	path = set_path(p, w);
	if (p->wanted[PICK_KEEP_LAST] &&
	    !cut_beyond(&cuts[PICK_KEEP_LAST], time, path))
		return false;
	return pick_is_old(p, time) ||
	    cut_beyond(&cuts[PICK_QUOTA], time, path) ||
	    cut_beyond(&cuts[PICK_MIN_FREE], time, path);
}

static enum pick_verdict
skip(struct item *item, enum item_result why)
{
	item->result = why;
	return PICK_SKIP;
}

/* The verdict on a file whose name is one of the rule's. */
static enum pick_verdict
judge(struct pick *p, struct walk *w, struct item *item, int64_t time)
{
	bool times =
	    p->rule->by.what != RULE_MTIME && p->rule->by.what != RULE_NAME;
	struct look look;
	int64_t age;

	if (look_at(&look, w->fd, w->name, times) != 0) {
		item->errnum = errno;
		return errno == ENOENT ? PICK_NONE : PICK_FAILED;
	}
	item_look(item, &look);
	if (!look.regular || !time_of(p->rule, &look, &time) ||
	    item->id.size < p->rule->min_size)
		return PICK_NONE;
	item->aged = !__builtin_sub_overflow(p->opts.now_ns, time, &age);
	item->age_ns = age;
	if (guard_has(p->opts.guard, item))
		return !p->learning && pick_is_old(p, time)
		    ? skip(item, ITEM_PROTECTED)
		    : PICK_NONE;
	if (claim_has(p->opts.claim, item))
		return PICK_NONE;
	if (p->learning) {
		learn(p, w, item, time);
		return PICK_NONE;
	}
	if (time > p->opts.now_ns)
		return skip(item, ITEM_FUTURE);
	if (!goes(p, w, time))
		return PICK_NONE;
	if (look.mount || item->id.dev != w->root->dev)
		return skip(item, ITEM_MOUNT);
	return PICK_TAKE;
}

enum pick_verdict
pick_file(struct pick *p, struct walk *w, struct item *item)
{
	const struct rule *rule = p->rule;
	int64_t time = 0;

	if (!pick_names(rule, w->name))
		return PICK_NONE;
	if (rule->by.what == RULE_NAME) {
		if (!daymark_find(rule->by.format, w->name, &time))
			return PICK_NONE;
		/* No more has to be known of it. */
		if (!rule_ordered(rule) && time <= p->opts.now_ns &&
		    !pick_is_old(p, time))
			return PICK_NONE;
	}
	*item = (struct item){.rule = rule,
	    .dir = buf_text(&w->path),
	    .name = w->name,
	    .action = (enum item_action)rule->action};
	return judge(p, w, item, time);
}
