/* SPDX-License-Identifier: MIT */
/* What a run has to say beside its answer. */
#include "notes.h"

#include "keep.h"

void
notes_warn(const struct log *log, const struct summary *s)
{
	const struct run *run = s->run;
	int64_t skipped = 0;

	for (int f = 0; f < BARS_FAULTS; f++)
		skipped += run->bars->skipped[f];
	if (skipped > 0)
		log_warn(log,
		    "%lld of %lld rows are bad and were "
		    "skipped; the summary counts them by kind",
		    (long long)skipped, (long long)run->bars->rows);
	if (run->book.refused > 0)
		log_warn(log, "orders refused for want of cash: %lld",
		    (long long)run->book.refused);
	if (run->book.unaffordable > 0)
		log_warn(log,
		    "orders dropped, since the cash buys nothing: %lld",
		    (long long)run->book.unaffordable);
	if (!run->bars->exact)
		log_warn(log,
		    "prices beyond 9 decimals or 9.2e9 are taken as "
		    "floating-point numbers");
	keep_warn(run->bars, log);
}
