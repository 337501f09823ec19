/* SPDX-License-Identifier: MIT */
/* Whether an output would replace what is read. */
#include "outputs.h"

#include <string.h>
#include <unistd.h>

#include "chain_logs.h"
#include "machine/path.h"

static bool
is_one(const char *out, const char *path)
{
	return strcmp(path, "-") == 0 ? path_is_open(out, STDIN_FILENO)
				      : path_same(out, path);
}

static bool
is_of_book(const char *out, const char *dir)
{
	struct paths files = {0};
	bool found = false;

	paths_installation(&files, dir);
	for (size_t i = 0; i < files.n && !found; i++)
		found = path_same(out, files.at[i]);
	paths_release(&files);
	return found;
}

static bool
is_log(const char *out, const char *dir)
{
	struct chain_logs logs = {0};
	bool found = false;

	chain_logs_gather(&logs, dir);
	for (size_t i = 0; i < logs.n && !found; i++)
		found = path_same(out, logs.at[i].path);
	chain_logs_release(&logs);
	return found;
}

static bool
is_operand(const struct options *o, const char *out, const char *path)
{
	if (o->profile == PROFILE_BOOK)
		return is_of_book(out, path);
	return is_one(out, path) ||
	    ((o->profile == PROFILE_AUDIT || o->profile == PROFILE_AUTO) &&
		is_log(out, path));
}

static bool
is_named(const struct options *o, const char *out)
{
	const char *const files[] = {o->manifest, o->anchor, o->calendar};

	for (size_t i = 0; i < QTE_COUNT(files); i++)
		if (files[i] != NULL && is_one(out, files[i]))
			return true;
	return o->null && is_one(out, "-");
}

/* Of the output ${out} of --${option}, or NULL: there is none. */
static int
check(const struct options *o, const struct paths *paths, const char *option,
    const char *out, struct err *e)
{
	bool found = out != NULL && is_named(o, out);

	for (size_t i = 0; out != NULL && i < paths->n && !found; i++)
		found = is_operand(o, out, paths->at[i]);
	return found ? err_set(e, EX_USAGE, "--%s: '%s' is one of the inputs",
			   option, out)
		     : 0;
}

int
outputs_check(const struct options *o, const struct paths *paths, struct err *e)
{
	const char *out = o->common.output, *split = o->split_bad;
	int rc = check(o, paths, "output", out, e);

	if (rc == 0)
		rc = check(o, paths, "split-bad", split, e);
	if (rc == 0 && out != NULL && split != NULL &&
	    (strcmp(out, split) == 0 || path_same(out, split)))
		rc = err_set(e, EX_USAGE, "--split-bad: '%s' is the output",
		    split);
	return rc;
}
