/* SPDX-License-Identifier: MIT */
/* Memory that does not fail. */
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void
give_up(void)
{
	static const char message[] = "qte: out of memory\n";

	/* There is nothing left to do when even this cannot be said. */
	ssize_t n = write(STDERR_FILENO, message, sizeof(message) - 1);
	(void)n;
	_exit(EX_OSERR);
}

/* No object is larger than a difference of pointers, and none is empty here. */
static size_t
byte_count(size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX)
		give_up();
	return bytes > 0 ? bytes : 1;
}

void *
mem_alloc(size_t n, size_t size)
{
	void *p = calloc(byte_count(n, size), 1);

	if (p == NULL)
		give_up();
	return p;
}

void *
mem_resize(void *p, size_t n, size_t size)
{
	p = realloc(p, byte_count(n, size));
	if (p == NULL)
		give_up();
	return p;
}

char *
mem_text(const char *text, size_t len)
{
	size_t bytes;

	if (__builtin_add_overflow(len, 1, &bytes))
		give_up();
	char *p = mem_resize(NULL, bytes, 1);

	if (len > 0)
		memcpy(p, text, len);
	p[len] = '\0';
	return p;
}
