/* SPDX-License-Identifier: MIT */
/* What a run writes. */
#include "emit.h"

#include <string.h>

#include "base/base64.h"
#include "base/sig.h"
#include "base/utf8.h"
#include "base/when.h"

void
emit_init(struct emit *m, const struct options *o, struct out *out,
    int64_t now_ns)
{
	*m = (struct emit){.options = o,
	    .out = out,
	    .json = o->common.format == CLI_FORMAT_JSON,
	    .now_ns = now_ns};
	rec_init(&m->rec, out);
	rec_run_id(m->run_id);
}

void
emit_release(struct emit *m)
{
	rec_release(&m->rec);
	buf_release(&m->text);
}

void
emit_head(struct emit *m, char *const *args, int nargs)
{
	if (!m->json)
		return;
	rec_head(&m->rec,
	    &(struct rec_head){.tool = options_tool.name,
		.args = args,
		.nargs = nargs,
		.now_ns = m->now_ns,
		.run_id = m->run_id,
		.reproducible = m->options->reproducible});
}

/* A whole number that may pass 2^53 travels as text. */
static void
put_large(struct rec *r, const char *key, uint64_t value)
{
	char text[NUM_TEXT_SIZE];
	size_t n = num_put_scaled(text, (num_i128)value, 0);

	rec_bytes(r, key, text, n);
}

static void
put_path(struct rec *r, const struct buf *path)
{
	struct buf coded = {0};

	rec_bytes(r, "path", path->data, path->len);
	if (utf8_valid(path->data, path->len) == path->len)
		return;
	base64_put(&coded, path->data, path->len);
	rec_bytes(r, "path_b64", coded.data, coded.len);
	buf_release(&coded);
}

static void
put_known(struct rec *r, const struct item *item)
{
	put_large(r, "dev", item->id.dev);
	put_large(r, "ino", item->id.ino);
	rec_int(r, "size_bytes", item->id.size);
	rec_int(r, "freed_bytes", item->freed);
	rec_time(r, "mtime", item->id.mtime_ns);
	if (item->aged)
		rec_scaled(r, "age_s", item->age_ns, 9);
	rec_int(r, "links", item->links);
}

static void
put_record(struct emit *m, const struct item *item)
{
	struct rec *r = &m->rec;

	rec_begin(r, "cleaned");
	if (!m->options->reproducible) {
		rec_time(r, "ts", m->now_ns);
		rec_text(r, "run_id", m->run_id);
	}
	rec_text(r, "rule", item->rule->name);
	rec_text(r, "action", item_action_name(item->action));
	put_path(r, &m->text);
	if (item->known)
		put_known(r, item);
	rec_text(r, "result", item_result_name(item->result));
	if (item_why(item) != NULL)
		rec_text(r, "reason", item_why(item));
	rec_end(r);
}

/* How a size is written for people, the number in ${width} columns. */
static void
put_size(struct buf *to, int64_t bytes, int width)
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
	char text[NUM_TEXT_SIZE];
	double size = (double)bytes;
	size_t u = 0;

	for (; size >= 1024 && u + 1 < QTE_COUNT(units); u++)
		size /= 1024;
	(void)num_put_human(text, size, u > 0);
	buf_fmt(to, "%*s %-*s", width, text, width / 2, units[u]);
}

static void
put_line(struct emit *m, const struct item *item)
{
	struct buf line = {0};
	char age[NUM_TEXT_SIZE] = "";

	buf_fmt(&line, "%-17s %-13s ", item_result_name(item->result),
	    item_action_name(item->action));
	if (item->known) {
		put_size(&line, item->id.size, 6);
		if (item->aged)
			(void)num_put_human(age,
			    (double)item->age_ns / (double)WHEN_DAY, 0);
		buf_fmt(&line, " %6s %c  ", age, item->aged ? 'd' : ' ');
	}
	buf_shown(&line, m->text.data);
	if (item_why(item) != NULL) {
		buf_str(&line, ": ");
		buf_str(&line, item_why(item));
	}
	buf_char(&line, '\n');
	out_write(m->out, line.data, line.len);
	buf_release(&line);
}

void
emit_item(struct emit *m, const struct item *item)
{
	buf_reset(&m->text);
	item_path(item, &m->text);
	if (m->json)
		put_record(m, item);
	else
		put_line(m, item);
}

static void
put_skipped(struct rec *r, const struct tally *t)
{
	static const struct {
		const char *key;
		enum item_result result;
	} keys[] = {{"in_use", ITEM_IN_USE}, {"protected", ITEM_PROTECTED},
	    {"changed", ITEM_CHANGED}, {"mount", ITEM_MOUNT},
	    {"future", ITEM_FUTURE}};

	rec_open(r, "skipped", '{');
	for (size_t i = 0; i < QTE_COUNT(keys); i++)
		rec_int(r, keys[i].key, t->results[keys[i].result]);
	rec_shut(r, '}');
}

static void
put_counts(struct rec *r, const struct tally *t)
{
	rec_int(r, "scanned", t->scanned);
	rec_int(r, "matched", t->matched);
	rec_int(r, "planned", t->results[ITEM_PLANNED]);
	rec_int(r, "deleted", t->done[ITEM_DELETE] + t->done[ITEM_PURGE]);
	rec_int(r, "compressed", t->done[ITEM_GZIP] + t->done[ITEM_ZSTD]);
	rec_int(r, "trashed", t->done[ITEM_TRASH]);
	rec_int(r, "restored", t->done[ITEM_RESTORE]);
	rec_int(r, "directories", t->done[ITEM_RMDIR]);
	put_skipped(r, t);
	rec_int(r, "failed", t->results[ITEM_FAILED]);
	rec_int(r, "rules_failed", t->rules_failed);
	rec_bool(r, "refused", t->refused);
	rec_int(r, "freed_bytes", t->freed);
}

static void
put_summary(struct emit *m, const struct emit_end *end)
{
	struct rec *r = &m->rec;

	rec_begin(r, "summary");
	if (!m->options->reproducible)
		rec_time(r, "ts", end->ended_ns);
	rec_bool(r, "complete", end->signo == 0);
	if (end->signo != 0)
		rec_text(r, "reason", sig_name(end->signo));
	put_counts(r, end->tally);
	if (!m->options->reproducible)
		rec_double(r, "elapsed_s", end->elapsed_s);
	rec_end(r);
}

static int64_t
skipped(const struct tally *t)
{
	int64_t n = 0;

	for (enum item_result r = ITEM_IN_USE; r < ITEM_RESULTS; r++)
		n += t->results[r];
	return n;
}

static void
put_text(struct emit *m, const struct tally *t)
{
	bool acts = options_acts(m->options);
	int64_t n = t->results[acts ? ITEM_OK : ITEM_PLANNED];
	struct buf line = {0};

	if (acts && t->refused) {
		out_str(m->out, "Refused: nothing was done.\n");
		return;
	}
	buf_fmt(&line, "%lld of %lld looked at: %s, ", (long long)n,
	    (long long)t->scanned, acts ? "done" : "planned");
	put_size(&line, t->freed, 0);
	buf_fmt(&line, " %sfreed; %lld skipped, %lld failed\n",
	    acts ? "" : "to be ", (long long)skipped(t),
	    (long long)t->results[ITEM_FAILED]);
	if (!acts && n > 0)
		buf_str(&line, "Nothing was changed: --delete acts.\n");
	out_write(m->out, line.data, line.len);
	buf_release(&line);
}

void
emit_summary(struct emit *m, const struct emit_end *end)
{
	if (m->json)
		put_summary(m, end);
	else
		put_text(m, end->tally);
}
