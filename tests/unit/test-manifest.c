/* SPDX-License-Identifier: MIT */
/* Manifests: written and read. */
#include "format/manifest.h"
#include "scratch.h"

#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/* What is read of a file of ${text}: the paths, and what is wrong. */
static const char *
read_all(const char *text, size_t n)
{
	static struct buf all;
	struct manifest m;
	struct manifest_entry entry = {0};
	struct err e = {0};
	int rc;

	scratch_put("manifest", text, n);
	buf_reset(&all);
	if (!CHECK_INT(manifest_open(&m, "manifest", &e), 0))
		return "";
	while ((rc = manifest_next(&m, &entry, &e)) != IN_END) {
		if (rc == 0)
			buf_fmt(&all, "%lld=%s;", (long long)m.line,
			    buf_text(&entry.path));
		else
			buf_fmt(&all, "%lld!%s;", (long long)m.line, e.msg);
	}
	manifest_entry_release(&entry);
	manifest_close(&m);
	return buf_text(&all);
}

#define READ(text) read_all(text, sizeof(text) - 1)

#define NOT_PLAIN "not a SHA-256 of 64 digits, two blanks and a name;"

UNIT_TEST("manifest: the lines of sha256sum, in all its ways to write them")
{
	CHECK_STR(READ(HASH "  a\n" HASH " *b\n  " HASH "  c d\r\n"
			    "# a comment\n\nSHA256 (e (f)) = " HASH "\n" HASH
			    "   lead"),
	    "1=a;2=b;3=c d;6=e (f);7= lead;");
	CHECK_STR(READ("\\" HASH "  a\\nb\\\\c\\rd\n"
		       "\\SHA256 (x\\ny) = " HASH "\n" HASH "  a\\nb\n"),
	    "1=a\nb\\c\rd;2=x\ny;3=a\\nb;");
	CHECK_STR(READ(HASH "  ./a/.//b/./c\n" HASH "  /./a\n" HASH "  ./\n"),
	    "1=a/b/c;2=/./a;3=;");
}

UNIT_TEST("manifest: a line that is none hides no other")
{
	CHECK_STR(READ(HASH " a\n" HASH "  b\n" HASH "  \n" HASH "\n"
			    "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934C"
			    "A495991B7852B855  c\n"),
	    "1!" NOT_PLAIN "2=b;3!" NOT_PLAIN "4!" NOT_PLAIN "5=c;");
	CHECK_STR(READ("\\" HASH "  a\\tb\n\\" HASH "  a\\\n" HASH
		       "  a\0b\ng" HASH "  a\n" HASH "  ok\n"),
	    "1!an escape in the name is none of \\\\, \\n and \\r;"
	    "2!an escape in the name is none of \\\\, \\n and \\r;"
	    "3!" NOT_PLAIN "4!" NOT_PLAIN "5=ok;");
	CHECK_STR(READ(""), "");
}

UNIT_TEST("manifest: what leads out of a tree is told from what does not")
{
	static const char *const fine[] = {"a", "..a", "a..", "...", "a/...b",
	    ".a/..b"};
	static const char *const out[] = {"..", "../a", "a/..", "a/../b",
	    "a/b/.."};

	for (size_t i = 0; i < QTE_COUNT(fine); i++)
		CHECK(manifest_path_fault(fine[i]) == NULL);
	for (size_t i = 0; i < QTE_COUNT(out); i++)
		CHECK_STR(manifest_path_fault(out[i]), "leads out by '..'");
	CHECK_STR(manifest_path_fault("/a"), "is absolute");
	CHECK_STR(manifest_path_fault(""), "names no file");
}

/* Entries of all kinds, as JSON lines. */
static struct buf
write_all(void)
{
	struct manifest_writer w;
	struct manifest_entry entry = {.type = MANIFEST_DIR,
	    .has = MANIFEST_MODE | MANIFEST_OWNER,
	    .mode = 040755,
	    .uid = 7};
	struct buf text = {0};
	struct out out;
	struct err e = {0};

	CHECK_INT(out_open(&out, "written", &e), 0);
	manifest_begin(&w, &out, MANIFEST_JSON);
	buf_str(&entry.path, "a");
	manifest_put(&w, &entry);
	entry.type = MANIFEST_FILE;
	entry.has |= MANIFEST_HASH | MANIFEST_SIZE | MANIFEST_MTIME;
	entry.size = 5;
	entry.mtime_ns = 1500000000;
	memcpy(entry.sha256, HASH, sizeof(HASH));
	buf_str(&entry.path, "/n\n\xff");
	manifest_put(&w, &entry);
	entry.type = MANIFEST_LINK;
	entry.has = MANIFEST_TARGET;
	buf_str(&entry.target, "../x");
	buf_str(&entry.path, "\xc3\xa4");
	manifest_put(&w, &entry);
	manifest_end(&w);
	CHECK_INT(out_close(&out, &e), 0);
	manifest_entry_release(&entry);
	buf_str(&text, place_read("written"));
	return text;
}

UNIT_TEST("manifest: what is written is read again, and closed")
{
	struct buf text = write_all();
	struct manifest m;
	struct manifest_entry entry = {0};
	struct err e = {0};

	CHECK(strstr(buf_text(&text),
		  "{\"type\":\"manifest_entry\",\"path\":\"a\",\"kind\":"
		  "\"dir\",\"mode\":\"0755\",\"uid\":7,\"gid\":0}\n") ==
	    text.data);
	CHECK(strstr(buf_text(&text), "\"entries\":3,\"files\":1,\"bytes\":5"));
	CHECK_INT(manifest_open(&m, "written", &e), 0);
	CHECK_INT(manifest_next(&m, &entry, &e), 0);
	CHECK_INT(entry.type, MANIFEST_DIR);
	CHECK_INT(entry.mode, 0755);
	CHECK_INT(entry.has, MANIFEST_MODE | MANIFEST_OWNER);
	CHECK_INT(manifest_next(&m, &entry, &e), 0);
	CHECK_STR(buf_text(&entry.path), "a/n\n\xff");
	CHECK_INT(entry.mtime_ns, 1500000000);
	CHECK_INT(entry.size, 5);
	CHECK_STR(entry.sha256, HASH);
	CHECK_INT(manifest_next(&m, &entry, &e), 0);
	CHECK_INT(entry.type, MANIFEST_LINK);
	CHECK_STR(buf_text(&entry.target), "../x");
	CHECK_INT(manifest_next(&m, &entry, &e), IN_END);
	CHECK(m.closed);
	manifest_entry_release(&entry);
	manifest_close(&m);
	buf_release(&text);
}

UNIT_TEST("manifest: a list that was cut, changed or made longer is not closed")
{
	struct buf text = write_all();
	char *closing = strstr(text.data, "{\"type\":\"manifest\"");
	char *third = strstr(text.data,
	    "{\"type\":\"manifest_entry\","
	    "\"path_b64\"");

	CHECK(strstr(read_all(text.data, (size_t)(closing - text.data)),
	    "3!the closing line is missing: the manifest was cut off"));
	CHECK(strstr(read_all(third, strlen(third)),
	    "3!closes 3 entries, and there are 2"));
	buf_str(&text, HASH "  more\n");
	CHECK(strstr(read_all(text.data, text.len),
	    "5!stands behind the closing line"));
	strstr(text.data, "\"uid\":7")[6] = '8';
	CHECK(strstr(read_all(text.data, text.len),
	    "4!closes lines whose SHA-256 is "));
	buf_release(&text);
}

UNIT_TEST("manifest: members are checked, each with its key in the message")
{
#define ENTRY "{\"type\":\"manifest_entry\",\"path\":\"a\""
#define CLOSING "the closing line is missing: the manifest was cut off;"
	CHECK_STR(READ(ENTRY "}\n"), "1!kind: the key is missing;1!" CLOSING);
	CHECK_STR(READ(ENTRY ",\"kind\":\"disk\"}\n"),
	    "1!kind: 'disk' is not a type of file;1!" CLOSING);
	CHECK_STR(READ(ENTRY ",\"kind\":\"file\",\"mode\":\"0888\"}\n"),
	    "1!mode: '0888' is not a mode such as 0644;1!" CLOSING);
	CHECK_STR(READ(ENTRY ",\"kind\":\"file\",\"size\":-1}\n"),
	    "1!size: is less than 0;1!" CLOSING);
	CHECK_STR(READ(ENTRY ",\"kind\":\"file\",\"uid\":1}\n"),
	    "1!gid: the key is missing;1!" CLOSING);
	CHECK_STR(READ(ENTRY ",\"kind\":\"file\",\"sha256\":\"12\"}\n"),
	    "1!sha256: '12' is not a SHA-256 of 64 digits;1!" CLOSING);
	CHECK_STR(READ("{\"type\":\"manifest_entry\",\"path_b64\":\"YQA=\","
		       "\"kind\":\"file\"}\n{\"type\":\"other\"}\n"),
	    "1!path_b64: 'YQA=' is not a name in base64;2!" CLOSING);
}
