/* SPDX-License-Identifier: MIT */
/* Compressed bytes in. */
#include "machine/stream.h"

#include <archive.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"

#define LIBRARY "libarchive.so.13"
#define PACKAGE "libarchive13"

/* inflate: the largest window, and a gzip header and trailer around it. */
#define GZIP_WINDOW (15 + 16)

#define SYMBOLS 13

/* What is called of the library, and of the zlib that it brings along. */
struct calls {
	__typeof__(archive_read_new) *open;
	__typeof__(archive_read_free) *close;
	__typeof__(archive_read_support_filter_xz) *xz;
	__typeof__(archive_read_support_filter_zstd) *zstd;
	__typeof__(archive_read_support_format_raw) *raw;
	__typeof__(archive_read_open) *attach;
	__typeof__(archive_read_next_header) *header;
	__typeof__(archive_read_data) *read;
	__typeof__(archive_error_string) *why;
	__typeof__(inflateInit2_) *inflate_init;
	__typeof__(inflate) *inflate;
	__typeof__(inflateReset) *inflate_reset;
	__typeof__(inflateEnd) *inflate_end;
};

struct stream {
	enum stream_kind kind;
	struct stream_source source;
	void *library;
	struct calls call;
	struct archive *archive; /* zstd, xz */
	z_stream zlib;		 /* gzip */
	bool inflating;		 /* zlib is to be given back */
	bool inside;		 /* a member of the gzip file */
	bool ended;		 /* the source */
	int rc;			 /* of reading the source, with its error: */
	struct err err;
};

static const struct {
	const char *name, *suffix, *magic;
	size_t n;
} kinds[] = {
    [STREAM_PLAIN] = {"", "", "", 0},
    [STREAM_GZIP] = {"gzip", ".gz", "\x1f\x8b\x08", 3},
    [STREAM_ZSTD] = {"zstd", ".zst", "\x28\xb5\x2f\xfd", 4},
    [STREAM_XZ] = {"xz", ".xz", "\xfd\x37zXZ\0", 6},
};

static bool
ends_with(const char *path, const char *suffix)
{
	size_t n = strlen(path), m = strlen(suffix);

	return n >= m && strcmp(path + n - m, suffix) == 0;
}

bool
stream_undecided(const char *head, size_t n)
{
	for (enum stream_kind k = STREAM_GZIP; k <= STREAM_XZ; k++)
		if (n < kinds[k].n && memcmp(head, kinds[k].magic, n) == 0)
			return true;
	return false;
}

int
stream_kind(const char *path, const char *head, size_t n,
    enum stream_kind *kind, struct err *e)
{
	enum stream_kind k;

	*kind = STREAM_PLAIN;
	for (k = STREAM_GZIP; k <= STREAM_XZ; k++)
		if (n >= kinds[k].n &&
		    memcmp(head, kinds[k].magic, kinds[k].n) == 0)
			*kind = k;
	if (*kind != STREAM_PLAIN)
		return 0;
	for (k = STREAM_GZIP; k <= STREAM_XZ; k++)
		if (ends_with(path, kinds[k].suffix))
			return err_set(e, EX_DATAERR,
			    "%s: ends in %s, but does not begin as %s data do",
			    path, kinds[k].suffix, kinds[k].name);
	return 0;
}

static int
load(struct stream *s, struct err *e)
{
	static const char *const names[SYMBOLS] = {"archive_read_new",
	    "archive_read_free", "archive_read_support_filter_xz",
	    "archive_read_support_filter_zstd",
	    "archive_read_support_format_raw", "archive_read_open",
	    "archive_read_next_header", "archive_read_data",
	    "archive_error_string", "inflateInit2_", "inflate", "inflateReset",
	    "inflateEnd"};
	void *symbols[SYMBOLS];

	_Static_assert(sizeof(symbols) == sizeof(s->call), "a name for each");
	/* Libraries that it brings along do not like to be unloaded. */
	s->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	for (size_t i = 0; s->library != NULL && i < SYMBOLS; i++) {
		symbols[i] = dlsym(s->library, names[i]);
		if (symbols[i] == NULL) {
			(void)dlclose(s->library);
			s->library = NULL;
		}
	}
	if (s->library == NULL)
		return err_set(e, EX_UNAVAILABLE,
		    "%s: %s data need " LIBRARY
		    ": install the package " PACKAGE,
		    s->source.name, kinds[s->kind].name);
	/* POSIX has a void pointer hold a function's address. */
	memcpy(&s->call, symbols, sizeof(s->call));
	return 0;
}

/* The next bytes of the source; ended when there are none. */
static int
refill(struct stream *s)
{
	int rc = fd_read(s->source.fd, s->source.wait, s->source.data,
	    s->source.cap, &s->source.len);

	s->rc = 0;
	if (rc == FD_SIGNAL)
		s->rc = STREAM_SIGNAL;
	else if (rc != 0)
		s->rc = err_sys(&s->err, EX_IOERR, rc, "%s: cannot read",
		    s->source.name);
	else
		s->ended = s->source.len == 0;
	if (s->rc == 0)
		fd_tap_take(&s->source.tap, s->source.data, s->source.len);
	return s->rc;
}

static la_ssize_t
on_read(struct archive *a, void *data, const void **bytes)
{
	struct stream *s = data;

	(void)a;
	/* The first bytes were read before. */
	if (s->source.len == 0 && refill(s) != 0)
		return ARCHIVE_FATAL;
	*bytes = s->source.data;

	size_t n = s->source.len;

	s->source.len = 0;
	return (la_ssize_t)n;
}

static int
damaged(const struct stream *s, const char *why, struct err *e)
{
	if (s->rc != 0) {
		*e = s->err;
		return s->rc;
	}
	if (s->ended)
		return err_set(e, EX_DATAERR,
		    "%s: the %s data are cut off or damaged at the end",
		    s->source.name, kinds[s->kind].name);
	return err_set(e, EX_DATAERR, "%s: damaged %s data: %s", s->source.name,
	    kinds[s->kind].name, why != NULL ? why : "no more is known");
}

static int
start_archive(struct stream *s, struct err *e)
{
	struct archive_entry *entry;
	struct archive *a = s->archive = s->call.open();

	/* A library built without them would start another program. */
	if (a == NULL || s->call.raw(a) != ARCHIVE_OK ||
	    (s->kind == STREAM_XZ ? s->call.xz(a) : s->call.zstd(a)) !=
		ARCHIVE_OK)
		return err_set(e, EX_UNAVAILABLE,
		    "%s: this " LIBRARY " does not read %s data",
		    s->source.name, kinds[s->kind].name);
	if (s->call.attach(a, s, NULL, on_read, NULL) != ARCHIVE_OK ||
	    s->call.header(a, &entry) != ARCHIVE_OK)
		return damaged(s, s->call.why(a), e);
	return 0;
}

static int
start_gzip(struct stream *s, struct err *e)
{
	if (s->call.inflate_init(&s->zlib, GZIP_WINDOW, ZLIB_VERSION,
		(int)sizeof(s->zlib)) != Z_OK)
		return err_set(e, EX_OSERR, "%s: cannot start to decompress",
		    s->source.name);
	s->inflating = s->inside = true;
	s->zlib.next_in = (unsigned char *)s->source.data;
	s->zlib.avail_in = (unsigned int)s->source.len;
	return 0;
}

/* Before a member, at the end of the file, or inside one: have input. */
static int
feed(struct stream *s)
{
	if (s->zlib.avail_in > 0 || s->ended)
		return 0;

	int rc = refill(s);

	s->zlib.next_in = (unsigned char *)s->source.data;
	s->zlib.avail_in = (unsigned int)s->source.len;
	return rc;
}

/*
 * Members follow one another, as cat makes them.  zlib holds each against its
 * checksum; libarchive's own reader of gzip would not.
 */
static int
read_gzip(struct stream *s, char *to, size_t n, struct err *e)
{
	s->zlib.next_out = (unsigned char *)to;
	s->zlib.avail_out = (unsigned int)n;
	while (s->zlib.avail_out == n) {
		if (feed(s) != 0)
			return damaged(s, NULL, e);
		if (s->ended && !s->inside)
			return 0;
		if (!s->inside)
			(void)s->call.inflate_reset(&s->zlib);
		s->inside = true;

		int rc = s->call.inflate(&s->zlib, Z_NO_FLUSH);

		if (rc == Z_STREAM_END)
			s->inside = false;
		else if (rc != Z_OK)
			return damaged(s, s->zlib.msg, e);
	}
	return 0;
}

int
stream_open(struct stream **stream, enum stream_kind kind,
    const struct stream_source *source, struct err *e)
{
	struct stream *s = mem_alloc(1, sizeof(*s));
	int rc;

	*stream = NULL;
	s->kind = kind;
	s->source = *source;
	rc = load(s, e);
	if (rc == 0)
		rc = kind == STREAM_GZIP ? start_gzip(s, e)
					 : start_archive(s, e);
	if (rc != 0)
		stream_close(s);
	else
		*stream = s;
	return rc;
}

int
stream_read(struct stream *s, char *to, size_t n, size_t *got, struct err *e)
{
	*got = 0;
	if (s->kind == STREAM_GZIP) {
		int rc = read_gzip(s, to, n, e);

		*got = n - s->zlib.avail_out;
		return rc;
	}

	la_ssize_t read = s->call.read(s->archive, to, n);

	if (read < 0)
		return damaged(s, s->call.why(s->archive), e);
	*got = (size_t)read;
	return 0;
}

void
stream_close(struct stream *s)
{
	if (s == NULL)
		return;
	if (s->archive != NULL)
		(void)s->call.close(s->archive);
	if (s->inflating)
		(void)s->call.inflate_end(&s->zlib);
	if (s->library != NULL)
		(void)dlclose(s->library);
	free(s->source.data);
	free(s);
}
