/* SPDX-License-Identifier: MIT */
/* Compressed bytes out. */
#include "machine/pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define LIBRARY "libarchive.so.13"
#define PACKAGE "libarchive13"

#define SYMBOLS 16

/* What is called of the library. */
struct calls {
	__typeof__(archive_write_new) *open;
	__typeof__(archive_write_free) *free;
	__typeof__(archive_write_fail) *fail;
	__typeof__(archive_write_close) *close;
	__typeof__(archive_write_add_filter_gzip) *gzip;
	__typeof__(archive_write_add_filter_zstd) *zstd;
	__typeof__(archive_write_set_format_raw) *raw;
	__typeof__(archive_write_set_filter_option) *option;
	__typeof__(archive_write_set_bytes_in_last_block) *last_block;
	__typeof__(archive_write_open_fd) *attach;
	__typeof__(archive_write_header) *header;
	__typeof__(archive_write_data) *write;
	__typeof__(archive_error_string) *why;
	__typeof__(archive_entry_new) *entry_new;
	__typeof__(archive_entry_free) *entry_free;
	__typeof__(archive_entry_set_filetype) *entry_type;
};

struct pack {
	const char *name;
	void *library;
	struct calls call;
	struct archive *archive;
};

static int
load(struct pack *p, struct err *e)
{
	static const char *const names[SYMBOLS] = {"archive_write_new",
	    "archive_write_free", "archive_write_fail", "archive_write_close",
	    "archive_write_add_filter_gzip", "archive_write_add_filter_zstd",
	    "archive_write_set_format_raw", "archive_write_set_filter_option",
	    "archive_write_set_bytes_in_last_block", "archive_write_open_fd",
	    "archive_write_header", "archive_write_data",
	    "archive_error_string", "archive_entry_new", "archive_entry_free",
	    "archive_entry_set_filetype"};
	void *symbols[SYMBOLS];

	_Static_assert(sizeof(symbols) == sizeof(p->call), "a name for each");
	/* Libraries that it brings along do not like to be unloaded. */
	p->library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	for (size_t i = 0; p->library != NULL && i < SYMBOLS; i++) {
		symbols[i] = dlsym(p->library, names[i]);
		if (symbols[i] == NULL) {
			(void)dlclose(p->library);
			p->library = NULL;
		}
	}
	if (p->library == NULL)
		return err_set(e, EX_UNAVAILABLE,
		    "%s: to compress needs " LIBRARY
		    ": install the package " PACKAGE,
		    p->name);
	/* POSIX has a void pointer hold a function's address. */
	memcpy(&p->call, symbols, sizeof(p->call));
	return 0;
}

static int
failed(const struct pack *p, struct err *e)
{
	const char *why = p->call.why(p->archive);

	return err_set(e, EX_IOERR, "%s: cannot compress: %s", p->name,
	    why != NULL ? why : "no more is known");
}

/* The one file that the raw format holds. */
static int
begin_file(struct pack *p, struct err *e)
{
	struct archive_entry *entry = p->call.entry_new();
	int rc = ARCHIVE_FATAL;

	if (entry != NULL) {
		p->call.entry_type(entry, AE_IFREG);
		rc = p->call.header(p->archive, entry);
		p->call.entry_free(entry);
	}
	return rc == ARCHIVE_OK ? 0 : failed(p, e);
}

static int
start(struct pack *p, enum stream_kind kind, int fd, struct err *e)
{
	struct archive *a = p->archive = p->call.open();

	/* A library built without them would start another program. */
	if (a == NULL ||
	    (kind == STREAM_GZIP ? p->call.gzip(a) : p->call.zstd(a)) !=
		ARCHIVE_OK ||
	    p->call.raw(a) != ARCHIVE_OK)
		return err_set(e, EX_UNAVAILABLE,
		    "%s: this " LIBRARY " does not compress so", p->name);
	/* Without the time; an older library has no such option. */
	if (kind == STREAM_GZIP)
		(void)p->call.option(a, "gzip", "timestamp", NULL);
	if (p->call.last_block(a, 1) != ARCHIVE_OK ||
	    p->call.attach(a, fd) != ARCHIVE_OK)
		return failed(p, e);
	return begin_file(p, e);
}

int
pack_open(struct pack **pack, enum stream_kind kind, int fd, const char *name,
    struct err *e)
{
	struct pack *p = mem_alloc(1, sizeof(*p));
	int rc;

	*pack = NULL;
	p->name = name;
	rc = load(p, e);
	if (rc == 0)
		rc = start(p, kind, fd, e);
	if (rc != 0)
		pack_abort(p);
	else
		*pack = p;
	return rc;
}

int
pack_write(struct pack *p, const void *bytes, size_t n, struct err *e)
{
	const char *from = bytes;

	while (n > 0) {
		la_ssize_t done = p->call.write(p->archive, from, n);

		if (done <= 0)
			return failed(p, e);
		from += done;
		n -= (size_t)done;
	}
	return 0;
}

int
pack_close(struct pack *p, struct err *e)
{
	int rc = p->call.close(p->archive) == ARCHIVE_OK ? 0 : failed(p, e);

	pack_abort(p);
	return rc;
}

void
pack_abort(struct pack *p)
{
	if (p->archive != NULL) {
		/* So that nothing more is written. */
		(void)p->call.fail(p->archive);
		(void)p->call.free(p->archive);
	}
	if (p->library != NULL)
		(void)dlclose(p->library);
	free(p);
}
