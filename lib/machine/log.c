/* SPDX-License-Identifier: MIT */
/* What a tool says on standard error. */
#include "machine/log.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

/* One write a message, so that those of several tools do not mix. */
static void
emit(struct buf *b)
{
	size_t done = 0;

	while (done < b->len) {
		ssize_t n = write(STDERR_FILENO, b->data + done, b->len - done);

		if (n > 0)
			done += (size_t)n;
		else if (n < 0 && errno != EINTR)
			break; /* There is nowhere left to say it. */
	}
	buf_release(b);
}

/* The excerpt, a little to the right of the messages. */
static void
add_excerpt(struct buf *b, const char *text)
{
	while (text[0] != '\0') {
		size_t n = strcspn(text, "\n");

		buf_str(b, "  ");
		buf_add(b, text, n);
		buf_char(b, '\n');
		text += n + (text[n] == '\n');
	}
}

static void
add_line(struct buf *b, const struct log *l, const char *word, const char *msg)
{
	buf_fmt(b, "%s: ", l->tool);
	if (word != NULL)
		buf_fmt(b, "%s%s:%s ", l->color ? YELLOW : "", word,
		    l->color ? PLAIN : "");
	buf_fmt(b, "%s\n", msg);
}

void
log_err(const struct log *l, const struct err *e)
{
	struct buf b = {0};

	add_line(&b, l, NULL, e->msg);
	add_excerpt(&b, e->excerpt);
	emit(&b);
}

static void say(const struct log *, const char *, const char *, va_list)
    QTE_PRINTF(3, 0);

/* What is said goes through an error, which keeps it on one line. */
static void
say(const struct log *l, const char *word, const char *fmt, va_list ap)
{
	struct buf b = {0};
	struct err e;

	(void)err_vset(&e, 0, fmt, ap);
	add_line(&b, l, word, e.msg);
	emit(&b);
}

void
log_fault(const struct log *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(l, NULL, fmt, ap);
	va_end(ap);
}

void
log_warn(const struct log *l, const char *fmt, ...)
{
	va_list ap;

	if (l->level < LOG_NORMAL)
		return;
	va_start(ap, fmt);
	say(l, "warning", fmt, ap);
	va_end(ap);
}

void
log_info(const struct log *l, const char *fmt, ...)
{
	va_list ap;

	if (l->level < LOG_VERBOSE)
		return;
	va_start(ap, fmt);
	say(l, NULL, fmt, ap);
	va_end(ap);
}

void
log_hint(const char *fmt, ...)
{
	struct buf b = {0};
	struct err e;
	va_list ap;

	va_start(ap, fmt);
	(void)err_vset(&e, 0, fmt, ap);
	va_end(ap);
	buf_fmt(&b, "%s\n", e.msg);
	emit(&b);
}
