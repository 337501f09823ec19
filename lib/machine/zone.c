/* SPDX-License-Identifier: MIT */
/* The clock of a place: its offsets from UTC. */
#include "machine/zone.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/when.h"
#include "machine/fd.h"

#define DATABASE "/usr/share/zoneinfo"

#define NAME_MAX_LEN 64
#define DEPTH_MAX 3 /* as America/Argentina/Salta */

/*
 * Two times this far apart with one offset have it in between as well: the
 * database has no two changes of a zone within three days.  No two offsets are
 * this far apart either.
 */
#define STEP (2 * INT64_C(86400))
#define STEPS_BACK 4
#define STEPS_FORTH 128

/* Nothing is looked for beyond, in seconds. */
#define BEGIN (WHEN_BEGIN / WHEN_SECOND - 2 * STEP)
#define END (WHEN_END / WHEN_SECOND + 2 * STEP)

/* Bytes of a zone's rules that are read at once, and at most; most have 3000.
 */
#define RULES_PART 4096
#define RULES_MAX 65536

struct names {
	VEC(char *);
};

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/*
 * Every zone is called so.  What begins otherwise in the database is no zone,
 * stands for what the machine is set to, or counts leap seconds.
 */
static bool
is_name(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789+-_/";
	size_t len = strlen(name);

	return len <= NAME_MAX_LEN && is_upper(name[0]) &&
	    strspn(name, letters) == len;
}

static const char *
database(void)
{
	const char *dir = getenv("TZDIR");

	return dir != NULL && dir[0] != '\0' ? dir : DATABASE;
}

static bool
is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Add the zones below ${root}/${under}, which is "" or ends in a slash. */
static void
collect(struct names *names, const char *root, const char *under, int depth)
{
	struct buf path = {0}, name = {0};
	const struct dirent *entry;
	DIR *dir;

	buf_fmt(&path, "%s/%s", root, under);
	dir = opendir(buf_text(&path));
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (!is_upper(entry->d_name[0]))
			continue;
		buf_reset(&path);
		buf_reset(&name);
		buf_fmt(&name, "%s%s", under, entry->d_name);
		buf_fmt(&path, "%s/%s", root, buf_text(&name));
		if (!is_dir(buf_text(&path))) {
			*VEC_PUSH(names) = mem_text(buf_text(&name), name.len);
		} else if (depth < DEPTH_MAX) {
			buf_char(&name, '/');
			collect(names, root, buf_text(&name), depth + 1);
		}
	}
	if (dir != NULL)
		(void)closedir(dir);
	buf_release(&path);
	buf_release(&name);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The zone that is called ${word} without what stands before its last slash. */
static const char *
of_place(const struct names *names, const char *word)
{
	for (size_t i = 0; i < names->n; i++) {
		const char *slash = strrchr(names->at[i], '/');

		if (slash != NULL && strcasecmp(slash + 1, word) == 0)
			return names->at[i];
	}
	return NULL;
}

static int
unknown(const char *name, struct err *e)
{
	struct names names = {0};
	const char *near;

	collect(&names, database(), "", 1);
	if (names.n == 0) {
		err_set(e, EX_UNAVAILABLE,
		    "no time zones in %s; Debian's package tzdata has them",
		    database());
	} else {
		/* A directory has an order of its own on each machine. */
		qsort(names.at, names.n, sizeof(*names.at), by_name);
		err_set(e, EX_USAGE, "unknown time zone '%s'", name);
		near = of_place(&names, name);
		if (near != NULL)
			err_suggest(e, near, &near, 1, sizeof(near));
		else
			err_suggest(e, name, (const char *const *)names.at,
			    names.n, sizeof(*names.at));
	}
	for (size_t i = 0; i < names.n; i++)
		free(names.at[i]);
	VEC_RELEASE(&names);
	return e->status;
}

/*
 * The C library takes a file that it cannot read for UTC.  One that is whole
 * has a mark at its start and, from its second version on, which is the first
 * with the years before 1901, a line at its end.
 */
static bool
is_whole(int fd, const struct stat *st)
{
	char start[5], last;

	return pread(fd, start, sizeof(start), 0) == sizeof(start) &&
	    memcmp(start, "TZif", 4) == 0 && start[4] >= '2' &&
	    pread(fd, &last, 1, st->st_size - 1) == 1 && last == '\n';
}

static int
damaged(const char *path, struct err *e)
{
	return err_set(e, EX_UNAVAILABLE,
	    "%s is damaged; Debian's package tzdata has it", path);
}

static int
check_file(const char *path, const char *name, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	int rc = 0;

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return unknown(name, e);
	if (fd < 0)
		return err_sys(e, EX_UNAVAILABLE, errno, "%s", path);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		rc = unknown(name, e);
	else if (!is_whole(fd, &st))
		rc = damaged(path, e);
	(void)close(fd);
	return rc;
}

/* In seconds. */
static int64_t
offset_at(int64_t utc)
{
	time_t t = (time_t)utc;
	struct tm tm;

	return localtime_r(&t, &tm) != NULL ? tm.tm_gmtoff : 0;
}

/* A database may count leap seconds; its minutes do not begin when others do.
 */
static bool
counts_leap_seconds(void)
{
	time_t t = 1577836800; /* 2020-01-01T00:00:00Z */
	struct tm tm;

	return localtime_r(&t, &tm) == NULL ||
	    tm.tm_sec != (int)((t + tm.tm_gmtoff) % 60);
}

/* Make it the zone of the C library. */
static int
load(const char *path, struct err *e)
{
	struct buf value = {0};
	char *whole = realpath(path, NULL);
	int rc = 0;

	if (whole == NULL)
		return err_sys(e, EX_UNAVAILABLE, errno, "%s", path);
	/* After a colon stands the name of a file, and no rule. */
	buf_fmt(&value, ":%s", whole);
	free(whole);
	if (setenv("TZ", buf_text(&value), 1) != 0)
		rc = err_sys(e, EX_OSERR, errno, "TZ");
	buf_release(&value);
	if (rc != 0)
		return rc;
	tzset();
	if (counts_leap_seconds())
		return err_set(e, EX_UNAVAILABLE,
		    "%s counts leap seconds, unlike UTC", path);
	return 0;
}

int
zone_open(struct zone *z, const char *name, struct err *e)
{
	struct buf path = {0};
	int rc;

	*z = (struct zone){0};
	if (strcmp(name, "UTC") == 0)
		return 0;
	if (!is_name(name))
		return unknown(name, e);
	buf_fmt(&path, "%s/%s", database(), name);
	rc = check_file(buf_text(&path), name, e);
	if (rc == 0)
		rc = load(buf_text(&path), e);
	buf_release(&path);
	if (rc == 0)
		z->name = name;
	return rc;
}

void
zone_rules(const struct zone *z, struct buf *to)
{
	struct buf path = {0};
	size_t got = 0;
	int fd;

	if (z->name == NULL)
		return;
	buf_fmt(&path, "%s/%s", database(), z->name);
	fd = open(buf_text(&path), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	buf_release(&path);
	if (fd < 0)
		return;
	do {
		char *at = buf_reserve(to, RULES_PART);

		if (fd_read(fd, NULL, at, RULES_PART, &got) != 0)
			got = 0;
		to->len += got;
	} while (got > 0 && to->len < RULES_MAX);
	(void)close(fd);
}

/* The first time after ${before} of the offset that there is at ${after}. */
static int64_t
change(int64_t before, int64_t after)
{
	int64_t offset = offset_at(after);

	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;

		if (offset_at(middle) == offset)
			after = middle;
		else
			before = middle;
	}
	return after;
}

/* Where the offset of ${at} ends, at most ${steps} from there. */
static int64_t
end_after(int64_t at, int64_t offset, int steps)
{
	for (; steps > 0 && at < END; steps--) {
		int64_t next = at + STEP < END ? at + STEP : END;

		if (offset_at(next) != offset)
			return change(at, next);
		at = next;
	}
	return at;
}

/* Where it begins. */
static int64_t
start_before(int64_t at, int64_t offset, int steps)
{
	for (; steps > 0 && at > BEGIN; steps--) {
		int64_t next = at - STEP > BEGIN ? at - STEP : BEGIN;

		if (offset_at(next) != offset)
			return change(next, at);
		at = next;
	}
	return at;
}

/*
 * The span of ${utc}.  What its clock shows near an end is shown in the span
 * beside it as well, when the clock is put back there.
 */
static struct zone_span
find_span(int64_t utc)
{
	int64_t at = utc / WHEN_SECOND - (utc % WHEN_SECOND < 0);
	int64_t offset = offset_at(at);
	int64_t from = start_before(at, offset, STEPS_BACK);
	int64_t until = end_after(at, offset, STEPS_FORTH);
	int64_t before = offset_at(from - 1), after = offset_at(until);

	/* With one more change nearby, stay away from both. */
	if (offset_at(from - STEP) != before)
		before = offset + STEP;
	if (offset_at(until + STEP) != after)
		after = offset - STEP;
	return (struct zone_span){
	    .from_ns = from * WHEN_SECOND,
	    .until_ns = until * WHEN_SECOND,
	    .offset_ns = offset * WHEN_SECOND,
	    .local_from_ns =
		(from + (before > offset ? before : offset)) * WHEN_SECOND,
	    .local_until_ns =
		(until + (after < offset ? after : offset)) * WHEN_SECOND,
	};
}

static bool
holds(const struct zone_span *s, int64_t utc)
{
	return utc >= s->from_ns && utc < s->until_ns;
}

static const struct zone_span *
span_at(struct zone *z, int64_t utc)
{
	if (holds(&z->span[z->now], utc))
		return &z->span[z->now];
	z->now ^= 1;
	if (!holds(&z->span[z->now], utc))
		z->span[z->now] = find_span(utc);
	return &z->span[z->now];
}

int64_t
zone_offset(struct zone *z, int64_t utc)
{
	return z->name != NULL ? span_at(z, utc)->offset_ns : 0;
}

/* Look at all spans in which the clock could show it. */
static enum zone_result
search(struct zone *z, int64_t local, int64_t utc[2])
{
	const int64_t reach = STEP * WHEN_SECOND;
	const struct zone_span *s;
	bool found = false;

	for (int64_t at = local - reach; at < local + reach; at = s->until_ns) {
		s = span_at(z, at);
		if (!holds(s, local - s->offset_ns))
			continue;
		utc[1] = local - s->offset_ns;
		if (!found)
			utc[0] = utc[1];
		found = true;
	}
	return found ? ZONE_OK : ZONE_GAP;
}

enum zone_result
zone_to_utc(struct zone *z, int64_t local, int64_t utc[2])
{
	const struct zone_span *s = &z->span[z->now];
	enum zone_result result = ZONE_OK;

	if (local < WHEN_BEGIN || local >= WHEN_END)
		return ZONE_RANGE;
	if (z->name == NULL)
		utc[0] = utc[1] = local;
	else if (local >= s->local_from_ns && local < s->local_until_ns)
		utc[0] = utc[1] = local - s->offset_ns;
	else
		result = search(z, local, utc);
	if (result == ZONE_OK && (utc[0] < WHEN_BEGIN || utc[1] >= WHEN_END))
		return ZONE_RANGE;
	return result;
}
