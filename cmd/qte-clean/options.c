/* SPDX-License-Identifier: MIT */
/* The options of qte-clean: one table. */
#include "options.h"

#include <string.h>

#include "base/num.h"
#include "base/when.h"

/* Sixteen hexadecimal digits name a run. */
#define RUN_DIGITS 16

bool
options_acts(const struct options *o)
{
	return o->delete || o->undo != NULL;
}

bool
options_is_run(const char *text)
{
	return strlen(text) == RUN_DIGITS &&
	    strspn(text, "0123456789abcdef") == RUN_DIGITS;
}

int
options_check(const struct options *o, struct err *e)
{
	if (o->undo != NULL && (o->delete || o->plan != NULL))
		return err_set(e, EX_USAGE,
		    "--undo goes with neither --delete nor --plan");
	if (o->undo != NULL && !options_is_run(o->undo))
		return err_set(e, EX_USAGE,
		    "--undo: '%s' is not a run_id: 16 digits of 0-9 and a-f",
		    o->undo);
	return 0;
}

static int
read_share(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int64_t units = 0;

	(void)opt;
	if (num_read_rate(text, strlen(text), &units) != NUM_OK || units < 0 ||
	    units > NUM_PRICE_ONE)
		return err_set(e, EX_USAGE,
		    "'%s' is not a share from 0%% to 100%%", text);
	*(int64_t *)field = units;
	return 0;
}

/* Seconds, or a duration. */
static int
read_wait(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int64_t seconds;
	size_t n = strlen(text);

	(void)opt;
	if (num_read_int(text, n, &seconds) == NUM_OK && seconds >= 0 &&
	    seconds <= INT64_MAX / WHEN_SECOND) {
		*(int64_t *)field = seconds * WHEN_SECOND;
		return 0;
	}
	if (num_read_duration(text, n, field) != NUM_OK)
		return err_set(e, EX_USAGE,
		    "'%s' is not a time such as 30 or 5m", text);
	return 0;
}

#define FIELD(member) .offset = offsetof(struct options, member)

static const struct cli_opt table[] = {
    {"delete", 0, NULL, NULL, "act; without it only the plan is written",
	cli_flag, FIELD(delete), .flags = CLI_FLAG_ONLY, .group = "Work"},
    {"plan", 0, "FILE", NULL, "take the items of this plan, and no others",
	cli_text, FIELD(plan), .flags = CLI_FLAG_ONLY | CLI_FILES},
    {"undo", 0, "RUN", NULL, "bring back what that run put into the trash",
	cli_text, FIELD(undo), .flags = CLI_FLAG_ONLY},
    {"rule", 0, "NAME", NULL, "this rule alone; may be given again", cli_repeat,
	FIELD(rules.only), .flags = CLI_FLAG_ONLY | CLI_REPEAT},
    {"force", 0, NULL, NULL, "act where --max-delete or the clock would refuse",
	cli_flag, FIELD(force), .flags = CLI_FLAG_ONLY},
    {"max-delete", 0, "SHARE", "50%",
	"most that may go of a directory of 100 files or more", read_share,
	FIELD(max_delete)},
    {"wait", 0, "SEC", "0", "wait so long for a run that holds the lock",
	read_wait, FIELD(wait_ns)},
    {"log-dir", 0, "DIR", "/var/log/qte", "where rule logs works", cli_path,
	FIELD(rules.log_dir), .flags = CLI_FILES, .also = "paths.log",
	.group = "Places"},
    {"data-dir", 0, "DIR", "/var/lib/qte/data", "where rule temp works",
	cli_path, FIELD(rules.data_dir), .flags = CLI_FILES,
	.also = "paths.data"},
    {"audit", 0, "FILE", "/var/log/qte/audit.jsonl",
	"the chained log that each deletion is written to", cli_text,
	FIELD(audit), .flags = CLI_FILES, .also = "paths.audit"},
    {"reproducible", 0, NULL, NULL, "leave out what differs between equal runs",
	cli_flag, FIELD(reproducible), .group = "Output"},
};

const struct cli_tool options_tool = {
    .name = "qte-clean",
    .section = "clean",
    .summary = "remove what has expired, and prove it",
    .synopsis = "[OPTION]...\n"
		"--delete [--plan=FILE] [OPTION]...\n"
		"--undo=RUN [OPTION]...\n",
    .examples = "qte-clean --log-dir=/srv/qte/log\n"
		"qte-clean | jq -c 'select(.size_bytes > 1e6)' | "
		"qte-clean --delete --plan=-\n",
    .opts = table,
    .nopts = QTE_COUNT(table),
    .min_args = 0,
    .max_args = 0,
    .named = &rule_keys,
};
