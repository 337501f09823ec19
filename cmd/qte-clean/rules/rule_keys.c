/* SPDX-License-Identifier: MIT */
/* The keys of a rule. */
#include <string.h>

#include "base/num.h"
#include "rules/daymark.h"
#include "rules/rule.h"

static const char *const bys[] = {"mtime", "ctime", "atime", "btime", "max",
    NULL};
static const char *const actions[] = {"delete", "compress:gzip",
    "compress:zstd", "trash", NULL};
static const char *const in_uses[] = {"skip", "ignore", NULL};

const char *
rule_action_name(const struct rule *rule)
{
	return actions[rule->action];
}

/* Trees whose files belong to the system, and homes that are not its own. */
static const char *const systems[] = {"/etc", "/usr", "/boot", "/proc", "/sys",
    "/dev"};

/* Whether ${path} is ${tree} or below it. */
static bool
is_within(const char *path, const char *tree)
{
	size_t n = strlen(tree);

	return strncmp(path, tree, n) == 0 &&
	    (path[n] == '/' || path[n] == '\0');
}

int
rule_dir_check(const char *path, struct err *e)
{
	size_t names = 0, n;

	if (path[0] != '/')
		return err_set(e, EX_USAGE, "'%s' is not an absolute path",
		    path);
	for (const char *p = path + 1; *p != '\0'; p += n + (p[n] == '/')) {
		n = strcspn(p, "/");
		if (n == 0 || (n == 1 && p[0] == '.') ||
		    (n == 2 && p[0] == '.' && p[1] == '.'))
			return err_set(e, EX_USAGE,
			    "'%s' has '.', '..' or '//' in it", path);
		names++;
	}
	if (names < 2)
		return err_set(e, EX_USAGE,
		    "'%s' is too near to the root to be cleaned", path);
	for (size_t i = 0; i < QTE_COUNT(systems); i++)
		if (is_within(path, systems[i]) && !is_within(path, "/dev/shm"))
			return err_set(e, EX_USAGE,
			    "'%s' is the system's: nothing in %s is cleaned",
			    path, systems[i]);
	return 0;
}

static int
read_dir(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int rc = rule_dir_check(text, e);

	return rc != 0 ? rc : cli_text(field, text, opt, e);
}

static int
read_names(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	(void)opt;
	if (strchr(text, '/') != NULL)
		return err_set(e, EX_USAGE,
		    "'%s': patterns are of names, without '/'", text);
	glob_read(field, text);
	return 0;
}

/* Nothing must not come to mean everything. */
static int
read_match(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	const struct glob_list *match = field;
	int rc = read_names(field, text, opt, e);

	if (rc == 0 && match->n == 0)
		return err_set(e, EX_USAGE, "is empty: '*' is every name");
	return rc;
}

static int
read_protect(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	(void)opt;
	(void)e;
	glob_read(field, text);
	return 0;
}

static int
read_size(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	(void)opt;
	if (num_read_size(text, strlen(text), field) != NUM_OK)
		return err_set(e, EX_USAGE,
		    "'%s' is not a size such as 500M or 20G", text);
	return 0;
}

/* A number alone, but 0, would be so many bytes, and hardly ever means that. */
static bool
lacks_unit(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && strcmp(text, "0") != 0 && text[n - 1] >= '0' &&
	    text[n - 1] <= '9';
}

static int
read_quota(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int rc = read_size(field, text, opt, e);

	if (rc == 0 && lacks_unit(text))
		return err_set(e, EX_USAGE,
		    "'%s' has no unit: write %sB for bytes, or as 500M or 20G",
		    text, text);
	return rc;
}

/* A size, or a share of the file system as 15%. */
static int
read_free(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	struct rule_free *free = field;
	size_t n = strlen(text);

	*free = (struct rule_free){RULE_NONE, RULE_NONE};
	if (n == 0 || text[n - 1] != '%') {
		int rc = read_size(&free->bytes, text, opt, e);

		if (rc == 0 && lacks_unit(text))
			return err_set(e, EX_USAGE,
			    "'%s' has no unit: a share is as 15%%, a size as "
			    "20G",
			    text);
		return rc;
	}
	if (num_read_rate(text, n, &free->share) != NUM_OK || free->share < 0 ||
	    free->share >= NUM_PRICE_ONE)
		return err_set(e, EX_USAGE,
		    "'%s' is not a share from 0%% to below 100%%", text);
	return 0;
}

/* name:FORMAT, of which the format may stand in quotes. */
static int
read_by(void *field, const char *text, const struct cli_opt *opt, struct err *e)
{
	static const char name[] = "name:";
	struct rule_by_field *by = field;

	if (strncmp(text, name, strlen(name)) != 0)
		return cli_choice(&by->what, text, opt, e);
	text += strlen(name);

	size_t n = strlen(text);

	if (n > 2 && text[0] == '"' && text[n - 1] == '"') {
		text++;
		n -= 2;
	}
	if (n >= sizeof(by->format))
		return err_set(e, EX_USAGE, "'%s' is longer than %zu bytes",
		    text, sizeof(by->format) - 1);
	by->what = RULE_NAME;
	memcpy(by->format, text, n);
	by->format[n] = '\0';
	return daymark_check(by->format, e);
}

#define FIELD(member) .offset = offsetof(struct rule, member)

static const struct cli_opt table[] = {
    {.name = "dir", .parse = read_dir, FIELD(dir)},
    {.name = "match", .parse = read_match, FIELD(match)},
    {.name = "exclude", .parse = read_names, FIELD(exclude)},
    {.name = "recursive", .parse = cli_flag, FIELD(recursive)},
    {.name = "max-depth", .parse = cli_count, FIELD(max_depth)},
    {.name = "older", .parse = cli_duration, FIELD(older_ns)},
    {.name = "by", .parse = read_by, FIELD(by), .choices = bys},
    {.name = "min-size", .parse = read_size, FIELD(min_size)},
    {.name = "keep-last", .parse = cli_count, FIELD(keep_last)},
    {.name = "quota", .parse = read_quota, FIELD(quota)},
    {.name = "min-free", .parse = read_free, FIELD(min_free)},
    {.name = "action", .parse = cli_choice, FIELD(action), .choices = actions},
    {.name = "in-use", .parse = cli_choice, FIELD(in_use), .choices = in_uses},
    {.name = "rmdir-empty", .parse = cli_flag, FIELD(rmdir_empty)},
    {.name = "protect", .parse = read_protect, FIELD(protect)},
    {.name = "optional", .parse = cli_flag, FIELD(optional)},
    {.name = "require-mount", .parse = cli_flag, FIELD(require_mount)},
    {.name = "trash-ttl", .parse = cli_duration, FIELD(trash_ttl_ns)},
};

const struct cli_named rule_keys = {table, QTE_COUNT(table)};
