/* SPDX-License-Identifier: MIT */
/* How far a run is. */
#include "watch.h"

#include "machine/tty.h"

/* Rows between two looks at the clock. */
#define EVERY 256

/* A read may wait, or follow on many rows that were passed over. */
static void
on_read(void *arg)
{
	struct watch *w = arg;

	pulse_look(&w->pulse);
	if (progress_look(&w->progress, w->bars->rows))
		watch_show(w);
}

/* Records on the same terminal show by themselves that something happens. */
static void
on_write(void *arg)
{
	struct watch *w = arg;

	progress_end(&w->progress);
}

void
watch_begin(struct watch *w, const struct options *o, struct bars *bars,
    struct out *out)
{
	*w = (struct watch){.bars = bars, .out = out};
	progress_init(&w->progress,
	    &(struct progress_opts){.label = options_tool.name,
		.unit = "rows",
		.every = EVERY,
		.out_fd = out->fd,
		.quiet = o->common.quiet});
	pulse_begin(&w->pulse, o, bars, out);
	bars_on_read(bars, (struct hook){on_read, w});
	if (tty_is(out->fd))
		out->on_write = (struct hook){on_write, w};
}

void
watch_show(struct watch *w)
{
	struct progress_state state = {.done = w->bars->rows};

	(void)bars_position(w->bars, &state.at, &state.size);
	progress_show(&w->progress, &state);
}

void
watch_end(struct watch *w)
{
	progress_end(&w->progress);
	pulse_end(&w->pulse);
	bars_on_read(w->bars, (struct hook){NULL, NULL});
	w->out->on_write = (struct hook){NULL, NULL};
}
