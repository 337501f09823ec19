/* SPDX-License-Identifier: MIT */
/* Signs of life. */
#include "pulse.h"

#include "base/when.h"
#include "face/cli.h"

static int64_t
errors(const struct bars *bars)
{
	int64_t n = 0;

	for (int f = 0; f < BARS_FAULTS; f++)
		n += bars->skipped[f];
	return n;
}

/* The class of a latency: its highest bit and the four behind that. */
static size_t
class_of(int64_t ns)
{
	uint64_t n = ns > 0 ? (uint64_t)ns : 1;
	unsigned top = 63 - (unsigned)__builtin_clzll(n);

	return top * 16 + (top < 4 ? n << (4 - top) & 15 : n >> (top - 4) & 15);
}

/* The upper end of a class, in seconds. */
static double
class_end(size_t class)
{
	double start = (double)(UINT64_C(1) << class / 16);

	return start * (1 + (double)(class % 16 + 1) / 16) / 1e9;
}

/* The latency that ${share} of the works did not exceed. */
static double
percentile(const struct pulse *p, double share)
{
	double wanted = share * (double)p->works, longest;
	int64_t seen = 0;

	longest = (double)p->longest_ns / 1e9;
	for (size_t class = 0; class < PULSE_CLASSES; class ++) {
		seen += p->counts[class];
		if ((double)seen >= wanted)
			return class_end(class) < longest ? class_end(class)
							  : longest;
	}
	return longest;
}

static void
put_heartbeat(struct pulse *p, int64_t now_ns, int64_t ticks)
{
	struct rec *r = &p->rec;

	rec_begin(r, "heartbeat");
	rec_time(r, "ts", now_ns);
	rec_int(r, "rows", p->bars->rows);
	rec_double(r, "seconds", (double)(ticks - p->begun) / 1e9);
	rec_end(r);
}

static void
put_throughput(struct pulse *p, int64_t now_ns, int64_t ticks)
{
	double seconds = (double)(ticks - p->since) / 1e9;
	int64_t rows = p->bars->rows - p->rows;
	struct rec *r = &p->rec;

	rec_begin(r, "throughput");
	rec_time(r, "ts", now_ns);
	rec_int(r, "rows", rows);
	rec_double(r, "seconds", seconds);
	rec_double(r, "rows_per_s", seconds > 0 ? (double)rows / seconds : 0);
	if (p->works > 0) {
		rec_double(r, "latency_p50_s", percentile(p, 0.5));
		rec_double(r, "latency_p95_s", percentile(p, 0.95));
		rec_double(r, "latency_p99_s", percentile(p, 0.99));
		rec_double(r, "latency_max_s", (double)p->longest_ns / 1e9);
	}
	rec_int(r, "errors", errors(p->bars) - p->errors);
	rec_end(r);
}

static void
start_anew(struct pulse *p, int64_t ticks)
{
	p->since = ticks;
	p->rows = p->bars->rows;
	p->errors = errors(p->bars);
	p->works = p->longest_ns = 0;
	for (size_t i = 0; i < PULSE_CLASSES; i++)
		p->counts[i] = 0;
}

static void
beat(struct pulse *p, bool alive)
{
	struct err ignored = {0};
	int64_t now_ns, ticks = when_ticks();

	if (when_now(&now_ns, &ignored) != 0)
		return;
	if (alive)
		put_heartbeat(p, now_ns, ticks);
	put_throughput(p, now_ns, ticks);
	start_anew(p, ticks);
	/* Who watches wants it now; what fails is seen at the end. */
	(void)!out_flush(p->rec.out, &ignored);
}

/* A period may be longer than the clock has time for: no sum is made of it. */
static void
look(struct pulse *p, int64_t ticks)
{
	if (ticks - p->since >= p->period_ns)
		beat(p, true);
}

static int64_t
on_wait(void *arg)
{
	struct pulse *p = arg;

	pulse_look(p);
	return p->period_ns - (when_ticks() - p->since);
}

void
pulse_begin(struct pulse *p, const struct options *o, struct bars *bars,
    struct out *out)
{
	*p = (struct pulse){.bars = bars, .period_ns = o->heartbeat};
	p->on = o->heartbeat > 0 && !o->reproducible &&
	    o->common.format == CLI_FORMAT_JSON;
	if (!p->on)
		return;
	rec_init(&p->rec, out);
	p->begun = when_ticks();
	start_anew(p, p->begun);
	bars_on_wait(bars, (struct fd_wait){on_wait, p});
}

void
pulse_look(struct pulse *p)
{
	if (p->on)
		look(p, when_ticks());
}

void
pulse_taken(struct pulse *p)
{
	if (p->on)
		p->taken = when_ticks();
}

void
pulse_worked(struct pulse *p)
{
	int64_t now, ns;

	if (!p->on)
		return;
	now = when_ticks();
	ns = now - p->taken;
	p->counts[class_of(ns)]++;
	p->works++;
	p->longest_ns = ns > p->longest_ns ? ns : p->longest_ns;
	look(p, now);
}

void
pulse_end(struct pulse *p)
{
	if (!p->on)
		return;
	beat(p, false);
	rec_release(&p->rec);
	bars_on_wait(p->bars, (struct fd_wait){NULL, NULL});
}
