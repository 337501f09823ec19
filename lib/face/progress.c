/* SPDX-License-Identifier: MIT */
/* How far long work is, in one line on the terminal. */
#include "face/progress.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"
#include "base/utf8.h"
#include "base/when.h"
#include "machine/tty.h"

#define FIRST_NS (WHEN_SECOND / 2)
#define EACH_NS (WHEN_SECOND / 5)

/* The rate is that of the last one to two of these. */
#define RATE_NS (5 * WHEN_SECOND)

#define NEVER INT64_MAX

/* A longer time is a guess that helps nobody. */
#define LEFT_MAX_S (100 * 3600)

/*
 * Erases from the start of the line, where the cursor waits, to the end of the
 * screen: a line that a narrower window has broken takes more than one row.
 */
#define ERASE "\r\033[J"

/* Whoever reads a pipe may write to our terminal, or cover it as a pager. */
static bool
into_pipe(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 &&
	    (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
}

void
progress_init(struct progress *p, const struct progress_opts *opts)
{
	int64_t now = when_ticks();

	*p = (struct progress){.opts = *opts, .due_ns = now + FIRST_NS};
	p->marks[0].ns = p->marks[1].ns = now;
	if (opts->quiet || !tty_escapes(STDERR_FILENO) ||
	    into_pipe(opts->out_fd))
		p->next = NEVER;
}

bool
progress_look(struct progress *p, int64_t done)
{
	if (p->next == NEVER)
		return false;
	p->next = done + p->opts.every;
	return when_ticks() >= p->due_ns;
}

/* A terminal that does not take it is not worth an error. */
static void
put(const void *bytes, size_t n)
{
	ssize_t written = write(STDERR_FILENO, bytes, n);

	(void)written;
}

static void
move_marks(struct progress *p, const struct progress_mark *now)
{
	if (now->ns - p->marks[1].ns < RATE_NS)
		return;
	p->marks[0] = p->marks[1];
	p->marks[1] = *now;
}

static struct progress_figures
figures(const struct progress *p, const struct progress_mark *now)
{
	const struct progress_mark *from = &p->marks[0];
	const struct progress_state *s = &now->state;
	double seconds = (double)(now->ns - from->ns) / 1e9;
	double gone = (double)(s->at - from->state.at);
	struct progress_figures f = {.label = p->opts.label,
	    .unit = p->opts.unit,
	    .done = s->done,
	    .rate = (double)(s->done - from->state.done) / seconds,
	    .share = NAN,
	    .left_s = NAN};

	if (s->size <= 0)
		return f;
	/* What grows meanwhile may have been read beyond its size. */
	f.share = s->at < s->size ? (double)s->at / (double)s->size : 1;
	if (gone > 0)
		f.left_s = (1 - f.share) * (double)s->size / gone * seconds;
	return f;
}

void
progress_show(struct progress *p, const struct progress_state *state)
{
	struct progress_mark now = {*state, when_ticks()};
	struct buf text = {0};

	p->due_ns = now.ns + EACH_NS;
	/* In the background the terminal is another's, and may stop us. */
	if (!tty_foreground(STDERR_FILENO)) {
		p->shown = false;
		return;
	}

	struct progress_figures f = figures(p, &now);

	move_marks(p, &now);
	buf_str(&text, ERASE);
	/* A full line would take the cursor to the next one. */
	progress_put(&f, tty_width(STDERR_FILENO) - 1, &text);
	buf_char(&text, '\r');
	put(text.data, text.len);
	buf_release(&text);
	p->shown = true;
}

void
progress_hide(struct progress *p)
{
	if (p->shown && tty_foreground(STDERR_FILENO))
		put(ERASE, strlen(ERASE));
	p->shown = false;
}

void
progress_end(struct progress *p)
{
	progress_hide(p);
	p->next = NEVER;
}

/* What there is to say of each; nothing of what is not known. */
static void
say_share(const struct progress_figures *f, struct buf *b)
{
	if (isfinite(f->share))
		buf_fmt(b, "%d %%", (int)(100 * f->share));
}

static void
say_left(const struct progress_figures *f, struct buf *b)
{
	if (!(f->left_s < LEFT_MAX_S))
		return;

	int s = (int)ceil(f->left_s);

	if (s < 3600)
		buf_fmt(b, "%d:%02d left", s / 60, s % 60);
	else
		buf_fmt(b, "%d:%02d:%02d left", s / 3600, s / 60 % 60, s % 60);
}

static void
say_done(const struct progress_figures *f, struct buf *b)
{
	char number[NUM_TEXT_SIZE];

	num_put_human(number, (double)f->done, 0);
	buf_fmt(b, "%s %s", number, f->unit);
}

static void
say_rate(const struct progress_figures *f, struct buf *b)
{
	char number[NUM_TEXT_SIZE];

	if (!isfinite(f->rate))
		return;
	num_put_human(number, f->rate, f->rate < 10 ? 1 : 0);
	buf_fmt(b, "%s %s/s", number, f->unit);
}

void
progress_put(const struct progress_figures *f, size_t width, struct buf *text)
{
	static void (*const says[])(const struct progress_figures *,
	    struct buf *) = {say_share, say_left, say_done, say_rate};
	struct buf line = {0}, part = {0};
	const char *before = ": ";

	buf_str(&line, f->label);
	for (size_t i = 0; i < QTE_COUNT(says); i++) {
		buf_reset(&part);
		says[i](f, &part);
		if (part.len == 0)
			continue;
		if (utf8_width(buf_text(&line), line.len) + strlen(before) +
			utf8_width(part.data, part.len) >
		    width)
			break;
		buf_str(&line, before);
		buf_add(&line, part.data, part.len);
		before = ", ";
	}
	/* The label alone says nothing. */
	if (before[0] == ',')
		buf_add(text, line.data, line.len);
	buf_release(&line);
	buf_release(&part);
}
