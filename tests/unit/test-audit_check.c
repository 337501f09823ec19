/* SPDX-License-Identifier: MIT */
/* Tests of face/audit_check and face/audit_link. */
#include "chain.h"
#include "face/audit_check.h"
#include "scratch.h"
#include "unit.h"

#define LINES 6

static char line[LINES][512];

/* A log of LINES lines, each with its newline in line[]. */
static void
make(void)
{
	char *text = NULL;
	size_t size;
	FILE *f;

	scratch_put("a", "", 0);
	CHECK_INT(setenv("QTE_NOW", "2024-01-02T00:00:00Z", 1), 0);
	CHECK_INT(chain_add("a", LINES, false), 0);
	CHECK_INT(unsetenv("QTE_NOW"), 0);
	f = fopen("a", "r");
	for (size_t i = 0; i < LINES; i++) {
		text = line[i];
		size = sizeof(line[i]);
		CHECK(fgets(text, (int)size, f) != NULL);
	}
	(void)fclose(f);
}

/* What is found in the ${n} texts, one behind the other. */
static const char *
found(const char *const *texts, size_t n)
{
	struct buf b = {0};

	for (size_t i = 0; i < n; i++)
		buf_str(&b, texts[i]);
	scratch_put("t", buf_text(&b), b.len);
	buf_release(&b);
	return chain_of("t")->found;
}

#define FOUND(...)                           \
	found((const char *[]){__VA_ARGS__}, \
	    QTE_COUNT(((const char *[]){__VA_ARGS__})))

/* ${from} with its first ${what} made ${by}, of the same length; borrowed. */
static const char *
edited(const char *from, const char *what, const char *by)
{
	static char text[512];
	char *at;

	(void)snprintf(text, sizeof(text), "%s", from);
	at = strstr(text, what);
	if (CHECK(at != NULL))
		memcpy(at, by, strlen(by));
	return text;
}

UNIT_TEST("audit_check: what was written is whole")
{
	make();
	CHECK_STR(FOUND(line[0], line[1], line[2], line[3], line[4], line[5]),
	    "");
	CHECK_STR(FOUND(""), "");
	CHECK_STR(FOUND(line[0]), "");
}

UNIT_TEST("audit_check: an edit is found at its line, and there alone")
{
	make();
	CHECK_STR(FOUND(line[0], line[1], edited(line[2], "log.3", "log.4"),
		      line[3], line[4]),
	    "chain-break:3 ");
	CHECK_STR(FOUND(edited(line[0], "\"ann\"", "\"bob\""), line[1]),
	    "chain-break:1 ");
	CHECK_STR(FOUND(line[0], edited(line[1], "ok", "no")),
	    "chain-break:2 ");
}

/* Whether anything is found in ${n} bytes that are in memory already. */
static bool
finds(char *text, size_t n)
{
	struct in in = {.fd = -1,
	    .name = "t",
	    .data = text,
	    .len = n,
	    .cap = n,
	    .looked = true,
	    .eof = true};
	struct chain ch = {.records = 0};
	struct audit_check c;
	struct err e = {0};

	audit_check_init(&c,
	    &(struct audit_watch){.found = chain_note, .arg = &ch}, NULL, 0);
	CHECK_INT(audit_check_log(&c, &in, &e), 0);
	audit_check_release(&c);
	return ch.found[0] != '\0';
}

UNIT_TEST("audit_check: no byte can be another one")
{
	static const char others[] = "x\n\"0";
	char text[4096];
	size_t n;

	make();
	(void)snprintf(text, sizeof(text), "%s", place_read("a"));
	n = strlen(text);
	CHECK(!finds(text, n));
	for (size_t i = 0; i < n; i++) {
		const char was = text[i];

		for (size_t k = 0; k < sizeof(others); k++) {
			text[i] = others[k] != was ? others[k] : '1';
			if (!CHECK(finds(text, n)))
				printf("# byte %zu as %c\n", i, text[i]);
		}
		text[i] = was;
	}
}

UNIT_TEST("audit_check: no byte can be missing, or stand there twice")
{
	char text[4096], other[4097];
	size_t n;

	make();
	(void)snprintf(text, sizeof(text), "%s", place_read("a"));
	n = strlen(text);
	for (size_t i = 0; i < n; i++) {
		memcpy(other, text, i);
		memcpy(other + i, text + i + 1, n - i - 1);
		CHECK(finds(other, n - 1));
		memcpy(other + i, text + i, 1);
		memcpy(other + i + 1, text + i, n - i);
		CHECK(finds(other, n + 1));
	}
}

UNIT_TEST("audit_check: an edit of the hash is found at its line")
{
	char *h;

	make();
	h = strstr(line[1], "\"h\":\"") + 5;
	*h = *h == '0' ? '1' : '0';
	CHECK_STR(FOUND(line[0], line[1], line[2], line[3]), "chain-break:2 ");
}

UNIT_TEST("audit_check: an edit with a new hash of its own breaks the next")
{
	static char text[512];
	struct crypt_sha256 *s = crypt_sha256_new();
	struct audit_link first, link;
	struct audit_hash h;
	struct err e = {0};
	size_t column;

	make();
	CHECK_INT(
	    audit_link_read(line[0], strlen(line[0]) - 1, &first, &column, &e),
	    0);
	(void)snprintf(text, sizeof(text), "%s",
	    edited(line[1], "log.3", "log.4"));
	CHECK_INT(audit_link_read(text, strlen(text) - 1, &link, &column, &e),
	    0);
	h = audit_link_hash(s, &first.h, text, link.body);
	memcpy(text + link.body + 6, h.hex, sizeof(h.hex));
	CHECK_STR(FOUND(line[0], text, line[2], line[3]), "chain-break:3 ");
	crypt_sha256_free(s);
}

UNIT_TEST("audit_check: lines that were taken out, swapped, put in or doubled")
{
	make();
	CHECK_STR(FOUND(line[0], line[1], line[3], line[4]),
	    "chain-break:3 sequence-gap:3 ");
	CHECK_STR(FOUND(line[1], line[2]), "chain-break:1 sequence-gap:1 ");
	CHECK_STR(FOUND(line[0], line[2], line[1], line[3]),
	    "chain-break:2 sequence-gap:2 chain-break:3 sequence-gap:3 "
	    "chain-break:4 sequence-gap:4 ");
	CHECK_STR(FOUND(line[0], line[1], line[1], line[2]),
	    "chain-break:3 sequence-gap:3 ");
}

UNIT_TEST("audit_check: what is no record is told, and the rest is followed")
{
	make();
	CHECK_STR(FOUND(line[0], "what\n", line[1]), "bad-json:2 ");
	CHECK_STR(FOUND(line[0], "what\n", line[2]), "bad-json:2 ");
	CHECK_STR(FOUND(line[0], "\n", line[3]),
	    "bad-json:2 chain-break:3 sequence-gap:3 ");
	CHECK_STR(FOUND(line[0], "{}\n"), "bad-json:2 ");
	CHECK_STR(FOUND("[]\n"), "bad-json:1 ");
	CHECK_STR(FOUND(edited(line[0], "audit", "audio"), line[1]),
	    "bad-json:1 ");
	CHECK_STR(FOUND("1\n", "2\n", "3\n", "4\n", "5\n", "6\n", "7\n", "8\n",
		      "9\n", "10\n"),
	    "bad-json:1 bad-json:2 bad-json:3 bad-json:4 bad-json:5 "
	    "bad-json:6 bad-json:7 bad-json:8 bad-json:9 bad-json:10 ");
}

UNIT_TEST("audit_check: a last line without its newline is truncated")
{
	make();
	CHECK_STR(FOUND(line[0], "{\"type\":"), "audit-truncated:2 ");
	CHECK_STR(FOUND("x"), "audit-truncated:1 ");
	CHECK_STR(FOUND(line[0], "no\n", "{"), "bad-json:2 audit-truncated:3 ");
}

UNIT_TEST("audit_check: a line longer than any is passed over, or ends it")
{
	static char text[700000];

	make();
	memset(text, 'x', sizeof(text) - 1);
	CHECK_STR(FOUND(line[0], text, "\n", line[1], line[2]), "bad-json:2 ");
	CHECK_STR(FOUND(line[0], text), "bad-json:2 ");
	CHECK_STR(FOUND(line[0], text, text, text, "\n", "{}\n"),
	    "bad-json:2 ");
}

UNIT_TEST("audit_check: time that goes back is told, time that stands is not")
{
	make();
	(void)unlink("b");
	CHECK_INT(setenv("QTE_NOW", "2024-01-02T00:00:00Z", 1), 0);
	CHECK_INT(chain_add("b", 2, false), 0);
	CHECK_STR(chain_of("b")->found, "");
	CHECK_INT(setenv("QTE_NOW", "2024-01-01T00:00:00Z", 1), 0);
	CHECK_INT(chain_add("b", 2, false), 0);
	CHECK_INT(unsetenv("QTE_NOW"), 0);
	CHECK_STR(chain_of("b")->found, "time-backwards:3 ");
}

static struct audit_anchor
anchor_of(const char *text)
{
	struct audit_link link;
	struct err e = {0};
	size_t column;

	CHECK_INT(audit_link_read(text, strlen(text) - 1, &link, &column, &e),
	    0);
	return (struct audit_anchor){.seq = link.seq, .h = link.h};
}

UNIT_TEST("audit_check: anchors find what was cut off or written anew")
{
	const char *const path[] = {"t", NULL};
	struct audit_anchor anchors[3];

	make();
	anchors[0] = anchor_of(line[4]);
	anchors[1] = anchor_of(line[1]);
	anchors[2] = anchor_of(line[2]);
	CHECK_STR(FOUND(line[0], line[1], line[2], line[3], line[4]), "");
	CHECK_STR(chain_check(path, anchors, 3)->found, "");
	anchors[0].met = anchors[1].met = anchors[2].met = false;
	CHECK_STR(FOUND(line[0], line[1], line[2]), "");
	CHECK_STR(chain_check(path, anchors, 3)->found, "head-mismatch:3 ");
	anchors[0].met = anchors[1].met = anchors[2].met = false;
	(void)unlink("t");
	CHECK_INT(chain_add("t", LINES, false), 0);
	CHECK_STR(chain_check(path, anchors, 3)->found,
	    "head-mismatch:2 head-mismatch:3 head-mismatch:5 ");
	make();
	anchors[0] = anchor_of(line[1]);
	anchors[0].seq = 0;
	CHECK_STR(FOUND(line[0], line[1]), "");
	CHECK_STR(chain_check(path, anchors, 1)->found, "");
	CHECK_STR(FOUND(line[0]), "");
	anchors[0].met = false;
	CHECK_STR(chain_check(path, anchors, 1)->found, "head-mismatch:1 ");
	scratch_put("t", "", 0);
	anchors[0].met = anchors[1].met = anchors[2].met = false;
	CHECK_STR(chain_check(path, anchors, 1)->found, "head-mismatch:0 ");
}

/* Each body is a log of its own, with the right hash; ${want} is found in it.
 */
static void
check_bodies(const char *const *bodies, size_t n, const char *want)
{
	struct audit_hash none = audit_link_none(), h;
	struct crypt_sha256 *s = crypt_sha256_new();
	char text[512];

	for (size_t i = 0; i < n; i++) {
		h = audit_link_hash(s, &none, bodies[i], strlen(bodies[i]));
		(void)snprintf(text, sizeof(text), "%s,\"h\":\"%.64s\"}\n",
		    bodies[i], h.hex);
		CHECK_STR(FOUND(text), want);
	}
	crypt_sha256_free(s);
}

UNIT_TEST("audit_check: a line that is written otherwise is read all the same")
{
	static const char *const bodies[] = {
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"
	    "\"more\":{\"a\":[1,2.5,null,true]}",
	    "{\"seq\":1,\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00+01:"
	    "00\"",
	    "{ \"type\" : \"audit\", \"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"
	    "\"user\":\"\\u00e9\\u202e\",\"role\":\"\",\"argv\":[]"};

	check_bodies(bodies, QTE_COUNT(bodies), "");
}

UNIT_TEST("audit_check: bad JSON is bad whatever its hash")
{
	static const char *const bodies[] = {
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":01",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":0",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02\",\"seq\":1",
	    "{\"type\":\"audit\",\"ts\":\"2024-02-30T00:00:00Z\",\"seq\":1",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"
	    "\"user\":\"a\tb\"",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"
	    "\"user\":\"a\",\"user\":\"b\"",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"
	    "\"user\":\"\xff\"",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"
	    "\"argv\":[\"a\",]",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"
	    "\"user\":\"a\\x\"",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"
	    "\"pid\":",
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\",\"seq\":1,"};

	check_bodies(bodies, QTE_COUNT(bodies), "bad-json:1 ");
}

UNIT_TEST("audit_check: a seq that none can follow is none")
{
	struct audit_link link;
	struct err e = {0};
	char text[256];
	size_t column;
	static const char *const seqs[] = {"999999999999999999",
	    "1000000000000000000", "9223372036854775807"};

	for (size_t i = 0; i < QTE_COUNT(seqs); i++) {
		int n = snprintf(text, sizeof(text),
		    "{\"type\":\"audit\",\"ts\":\"2024-01-02T00:00:00Z\","
		    "\"seq\":%s,\"h\":\"%064d\"}",
		    seqs[i], 0);

		CHECK_INT(audit_link_read(text, (size_t)n, &link, &column, &e),
		    i == 0 ? 0 : EX_DATAERR);
	}
}
