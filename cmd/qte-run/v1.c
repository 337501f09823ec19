/* SPDX-License-Identifier: MIT */
/* The reference engine. */
#include "v1.h"

static strategy_signals
step(void *strategy, const struct expr_moment *moment)
{
	return strategy_step(strategy, moment);
}

int
v1_run(struct run *run, struct err *e)
{
	struct run_asked asked = {step, run->strategy};
	int rc;

	run_prepare(run);
	do {
		rc = bars_next(run->bars, &run->bar, e);
		if (rc != 0)
			break;
		watch_taken(run->watch);
		rc = run_bar(run, run->bars->before, &asked, e);
		if (rc != 0)
			return bars_wrap(run->bars, e);
		watch_bar(run->watch);
	} while (run_goes_on(run));
	if (rc != 0 && rc != BARS_END && rc != BARS_SIGNAL)
		return rc;
	rc = run_end(run, rc != BARS_END, e);
	return rc != 0 ? bars_wrap(run->bars, e) : 0;
}
