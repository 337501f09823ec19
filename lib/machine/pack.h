/* SPDX-License-Identifier: MIT */
/*
 * Compressed bytes out: gzip and zstd, by libarchive, which is loaded when the
 * first such output is made and not before.  Equal input gives equal bytes:
 * neither name nor time is written.  What is written reads back by stream.h.
 */
#ifndef QTE_PACK_H
#define QTE_PACK_H

#include "base/base.h"
#include "base/err.h"
#include "machine/stream.h"

struct pack;

/*
 * pack_open(p, kind, fd, name, e):
 * Write what STREAM_GZIP or STREAM_ZSTD reads to ${fd}, which is borrowed, as
 * is the ${name} for messages.  EX_UNAVAILABLE when libarchive is missing or
 * cannot write it.  After a failure there is nothing to close.
 */
int pack_open(struct pack **, enum stream_kind, int, const char *,
    struct err *) QTE_MUST_CHECK;

/* pack_write(p, bytes, n, e): EX_IOERR. */
int pack_write(struct pack *, const void *, size_t,
    struct err *) QTE_MUST_CHECK;

/* pack_close(p, e): write the end.  EX_IOERR; ${p} is given back anyway. */
int pack_close(struct pack *, struct err *) QTE_MUST_CHECK;

/* pack_abort(p): give it back; what was written is of no use. */
void pack_abort(struct pack *);

#endif
