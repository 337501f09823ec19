/* SPDX-License-Identifier: MIT */
/* A book: trades, positions and bars. */
#include "book.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "book/account.h"
#include "book/balance.h"
#include "book/intake.h"
#include "book/judge.h"
#include "file.h"
#include "machine/path.h"

/* One of the three files. */
struct part {
	const char *name;
	enum profile profile;
	struct report *report; /* borrowed */
	struct buf path;
	struct report_totals totals;
};

/* Read it.  Its report is open until shut: more may be found. */
static int
read_part(struct account *a, struct part *part, const char *dir, struct err *e)
{
	struct options options = *a->check->options;
	struct check check = *a->check;

	options.profile = (int)part->profile;
	check.options = &options;
	check.report = a->report = part->report;
	check.book = a;
	path_join(&part->path, dir, part->name);
	return file_read(&check, buf_text(&part->path), &part->totals, e);
}

static void
shut(struct part *part)
{
	report_end(part->report, &part->totals);
	buf_release(&part->path);
}

/* The trades, and the bars that they must be in. */
static int
check_trades(struct account *a, const char *dir, struct err *e)
{
	struct report *late = report_new(a->check->report_opts);
	struct part trades = {"trades.csv", PROFILE_TRADES, .report = late};
	struct part bars = {"market_data.csv", PROFILE_BARS,
	    .report = a->check->report};
	int rc = read_part(a, &trades, dir, e);

	if (rc == 0) {
		intake_end(a);
		rc = read_part(a, &bars, dir, e);
		judge_bars(a);
		shut(&bars);
	}
	a->report = late;
	if (rc == 0)
		judge_end(a);
	shut(&trades);
	report_take(a->check->report, late);
	report_free(late);
	return rc;
}

/* What was not held against the trades, and why; or NULL. */
static const char *
untraded(const struct account *a)
{
	if (!a->traded)
		return "positions, cash and equity were not judged by the "
		       "trades: not all of them were read";
	if (a->lost)
		return "positions, cash and equity were not judged by the "
		       "trades: a row of trades.csv cannot be read";
	if (a->inexact)
		return "cash, equity and a position were not judged by the "
		       "trades: a trade of it cannot be counted";
	return NULL;
}

/* Sums that nothing was held against would pass for right ones. */
static void
warn_unjudged(const struct account *a, const char *dir)
{
	const struct log *log = a->check->log;
	const char *why = untraded(a);

	if (why != NULL)
		log_warn(log, "%s: %s", dir, why);
	else if (!a->check->options->cash.given)
		log_info(log,
		    "%s: cash and equity were not judged by the trades: there "
		    "is no --initial-cash",
		    dir);
	why = balance_unknown(a);
	if (why != NULL && balance_wants_equity(a))
		log_warn(log, "%s: equity%s not judged: %s", dir,
		    a->unread ? " and what has no row were" : " was", why);
}

static bool
is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

int
book_check(const struct check *check, const char *dir, struct err *e)
{
	struct account a;
	struct part portfolio = {"portfolio.csv", PROFILE_PORTFOLIO,
	    .report = check->report};
	int rc;

	if (is_file(dir))
		return err_set(e, EX_USAGE,
		    "%s: is not a directory: --profile=book needs the one that "
		    "its three files are in",
		    dir);
	account_init(&a, check);
	rc = check_trades(&a, dir, e);
	if (rc == 0) {
		a.unread = true;
		rc = read_part(&a, &portfolio, dir, e);
		/* Nothing can be missing from a file that is not there. */
		if (rc == 0 && access(buf_text(&portfolio.path), R_OK) == 0)
			balance_end(&a);
		if (rc == 0)
			warn_unjudged(&a, dir);
		shut(&portfolio);
	}
	account_release(&a);
	return rc;
}
