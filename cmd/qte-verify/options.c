/* SPDX-License-Identifier: MIT */
/* The options of qte-verify: one table. */
#include "options.h"

#include <string.h>
#include <unistd.h>

#include "base/when.h"
#include "machine/tty.h"

static const char *const profiles[] = {"auto", "bars", "ticks", "trades",
    "portfolio", "csv", "book", "manifest", "audit", NULL};
static const char *const formats[] = {"sha256sum", NULL};
static const char *const parsers[] = {"fast", "general", NULL};
static const char *const fail_ons[] = {"warning", "error", NULL};

/*
 * The id at the start of a list, up to a comma; what follows it, or NULL. RULES
 * is no rule.
 */
static const char *
next_rule(const char *list, enum rule *rule, struct err *e)
{
	const char *comma = strchr(list, ',');
	size_t n = comma != NULL ? (size_t)(comma - list) : strlen(list);
	char id[64];

	*rule = RULES;
	if (n == 0) {
		err_set(e, EX_USAGE, "the name of a rule is missing");
		return NULL;
	}
	if (n >= sizeof(id))
		n = sizeof(id) - 1;
	memcpy(id, list, n);
	id[n] = '\0';
	if (rule_find(id, rule, e) != 0 || comma == NULL)
		return NULL;
	return comma + 1;
}

static int
read_rules(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	enum rule rule;

	e->status = 0;
	for (const char *p = text; p != NULL; p = next_rule(p, &rule, e))
		continue;
	return e->status != 0 ? e->status : cli_repeat(field, text, opt, e);
}

/*
 * RULE=SEVERITY at the start of a list, up to a comma; what follows it, or
 * NULL.
 */
static const char *
next_severity(const char *list, enum rule *rule, enum severity *severity,
    struct err *e)
{
	size_t n = strcspn(list, ","), name = strcspn(list, "=,");
	char id[64] = "", weight[64] = "";

	if (name == n || name >= sizeof(id) || n - name > sizeof(weight)) {
		err_set(e, EX_USAGE, "'%.*s' is not RULE=SEVERITY", (int)n,
		    list);
		return NULL;
	}
	memcpy(id, list, name);
	memcpy(weight, list + name + 1, n - name - 1);
	if (rule_find(id, rule, e) != 0 ||
	    rule_severity_find(weight, severity, e) != 0 || list[n] == '\0')
		return NULL;
	return list + n + 1;
}

static int
read_severity(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	enum rule rule;
	enum severity severity;

	e->status = 0;
	for (const char *p = text; p != NULL;)
		p = next_severity(p, &rule, &severity, e);
	return e->status != 0 ? e->status : cli_repeat(field, text, opt, e);
}

static int
read_now(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	struct options_time *now = field;
	enum when_form form;
	enum when_result result =
	    when_read(text, strlen(text), &now->ns, &form);

	(void)opt;
	if (result != WHEN_OK)
		return err_set(e, EX_USAGE, "'%s' %s", text, when_why(result));
	now->given = true;
	return 0;
}

static int
read_span(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	struct options_span *span = field;

	(void)opt;
	if (num_read_duration(text, strlen(text), &span->ns) != NUM_OK ||
	    span->ns <= 0)
		return err_set(e, EX_USAGE,
		    "'%s' is not a time above 0, such as 1m or 1h30m", text);
	span->given = true;
	return 0;
}

static int
read_move(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int64_t units;

	(void)opt;
	if (num_read_rate(text, strlen(text), &units) != NUM_OK || units <= 0)
		return err_set(e, EX_USAGE,
		    "'%s' is not a share above 0, such as 0.2 or 20%%", text);
	*(int64_t *)field = units;
	return 0;
}

static int
read_cash(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	struct options_money *money = field;

	money->given = true;
	return cli_money(&money->units, text, opt, e);
}

#define FIELD(member) .offset = offsetof(struct options, member)

static const struct cli_opt table[] = {
    {"profile", 'p', "KIND", "auto", "what the data are; auto: by the header",
	cli_choice, FIELD(profile), .choices = profiles, .group = "Data"},
    {"null", '0', NULL, NULL,
	"read paths from standard input, a NUL after each", cli_flag,
	FIELD(null), .flags = CLI_FLAG_ONLY},
    {"data", 0, "DIR", "/var/lib/qte/data",
	"where the files are that are read without a PATH", cli_text,
	FIELD(data), .flags = CLI_MORE | CLI_FILES, .also = "paths.data"},
    {"delimiter", 0, "CHAR", ",", "what parts the fields: a character, or tab",
	cli_delimiter, FIELD(delimiter), .flags = CLI_MORE},
    {"tz", 0, "ZONE", "UTC", "time zone of the data, as Europe/London",
	cli_zone, FIELD(zone), .flags = CLI_MORE | CLI_ZONES},
    {"now", 0, "TIME", NULL, "the time to judge by, instead of the clock's",
	read_now, FIELD(now), .flags = CLI_MORE | CLI_FLAG_ONLY},
    {"only", 0, "RULES", NULL, "apply these rules and no others", read_rules,
	FIELD(only), .flags = CLI_REPEAT | CLI_PLAIN, .group = "Rules"},
    {"disable", 0, "RULES", NULL, "apply all rules but these", read_rules,
	FIELD(disable), .flags = CLI_REPEAT | CLI_PLAIN},
    {"severity", 0, "RULE=SEVERITY", NULL,
	"weigh a rule as info, warning or error", read_severity,
	FIELD(severity), .flags = CLI_REPEAT | CLI_PLAIN | CLI_NAMED},
    {"fail-on", 0, "SEVERITY", "warning", "status 1 from this severity on",
	cli_choice, FIELD(fail_on), .choices = fail_ons},
    {"interval", 0, "TIME", NULL, "time from bar to bar, as 1m", read_span,
	FIELD(interval), .group = "Series"},
    {"calendar", 0, "FILE", NULL, "when the market trades", cli_text,
	FIELD(calendar), .flags = CLI_FILES},
    {"session", 0, "TIMES", NULL,
	"hours of each trading day, as 09:30-11:30,13:00-15:00", cli_text,
	FIELD(session)},
    {"max-age", 0, "TIME", NULL, "the last bar is no older, as 3d", read_span,
	FIELD(max_age), .flags = CLI_MORE},
    {"max-move", 0, "SHARE", "0.2", "a price moves no further at once",
	read_move, FIELD(max_move), .flags = CLI_MORE},
    {"initial-cash", 0, "MONEY", NULL, "of a book: what it began with",
	read_cash, FIELD(cash), .group = "Books and manifests"},
    {"manifest", 0, "FILE", NULL, "what the files must be", cli_text,
	FIELD(manifest), .flags = CLI_FILES | CLI_FLAG_ONLY},
    {"create", 0, NULL, NULL, "write a manifest of DIR, and end", cli_flag,
	FIELD(create), .flags = CLI_FLAG_ONLY},
    {"anchor", 0, "FILE", NULL, "heads of the audit log, kept elsewhere",
	cli_text, FIELD(anchor), .flags = CLI_FILES | CLI_MORE},
    {"max-per-rule", 0, "N", "100",
	"findings of a rule that are written for a file; 0: all", cli_count,
	FIELD(max_per_rule), .flags = CLI_MORE, .group = "Output"},
    {"split-bad", 0, "FILE", NULL, "copy the rows with an error to FILE",
	cli_text, FIELD(split_bad),
	.flags = CLI_FILES | CLI_MORE | CLI_FLAG_ONLY},
    {"reproducible", 0, NULL, NULL, "leave out what differs between equal runs",
	cli_flag, FIELD(reproducible), .flags = CLI_MORE},
    {"parser", 0, "WHICH", "fast", "what reads the rows, for tests", cli_choice,
	FIELD(parser), .choices = parsers, .flags = CLI_MORE},
    {"jobs", 'j', "N", "1", "files that are read at a time", cli_jobs,
	FIELD(jobs), .flags = CLI_MORE, .also = "threading.max_workers"},
};

const struct cli_tool options_tool = {
    .name = "qte-verify",
    .section = "verify",
    .summary = "find what is wrong with data",
    .synopsis = "[OPTION]... [PATH]...\n"
		"-p manifest --manifest=FILE [OPTION]... DIR\n"
		"--create [OPTION]... DIR\n",
    .examples = "qte-verify bars.csv\n"
		"qte-verify --profile=book --initial-cash=100000 /data/book\n",
    .opts = table,
    .nopts = QTE_COUNT(table),
    .min_args = 0,
    .max_args = -1,
    .operands = "PATH",
    .formats = formats,
};

static bool
has_rules(const struct options *o)
{
	struct report_opts r;

	options_report(o, 0, &r);
	for (enum rule rule = 0; rule < RULES; rule++)
		if (!r.off[rule])
			return true;
	return false;
}

static int
check(const struct options *o, const struct cli *cli, struct err *e)
{
	if (!has_rules(o))
		return err_set(e, EX_USAGE,
		    "--only: each of these rules is disabled");
	if (o->profile == PROFILE_MANIFEST && o->manifest == NULL)
		return err_set(e, EX_USAGE,
		    "--profile: manifest needs --manifest=FILE");
	if (o->profile != PROFILE_MANIFEST && o->manifest != NULL)
		return err_set(e, EX_USAGE,
		    "--manifest: needs --profile=manifest");
	if (o->profile == PROFILE_AUDIT && cli->nargs == 0 && !o->null)
		return err_set(e, EX_USAGE,
		    "--profile: audit needs FILE or DIR");
	if (o->create && cli->nargs != 1)
		return err_set(e, EX_USAGE, "--create: needs one DIR");
	if (!o->create && o->common.format == CLI_FORMAT_OWN)
		return err_set(e, EX_USAGE,
		    "--format: sha256sum is for --create");
	return 0;
}

int
options_check(const struct options *o, const struct cli *cli, struct err *e)
{
	int rc = check(o, cli, e);

	return rc != 0 ? cli_blame(cli, e) : 0;
}

int
options_now(const struct options *o, int64_t *now, struct err *e)
{
	*now = o->now.ns;
	return o->now.given ? 0 : when_now(now, e);
}

static void
set_rules(const struct cli_list *lists, bool off, struct report_opts *r)
{
	struct err ignored = {0};
	enum rule rule;

	for (size_t i = 0; i < lists->n; i++)
		for (const char *p = lists->at[i]; p != NULL;) {
			p = next_rule(p, &rule, &ignored);
			if (rule != RULES)
				r->off[rule] = off;
		}
}

void
options_report(const struct options *o, int64_t now, struct report_opts *r)
{
	struct err ignored = {0};
	enum rule rule;
	enum severity severity;

	*r = (struct report_opts){.text = o->common.format == CLI_FORMAT_TEXT,
	    .color = o->common.output == NULL &&
		tty_colored(STDOUT_FILENO, (enum tty_color)o->common.color),
	    .reproducible = o->reproducible,
	    .now_ns = now,
	    .fail_on = SEVERITY_WARNING + (enum severity)o->fail_on,
	    .max_per_rule = o->max_per_rule};
	for (rule = 0; rule < RULES; rule++) {
		r->severity[rule] = rule_severity(rule);
		r->off[rule] = o->only.n > 0;
	}
	set_rules(&o->only, false, r);
	set_rules(&o->disable, true, r);
	for (size_t i = 0; i < o->severity.n; i++)
		for (const char *p = o->severity.at[i]; p != NULL;) {
			p = next_severity(p, &rule, &severity, &ignored);
			if (ignored.status == 0)
				r->severity[rule] = severity;
		}
}
