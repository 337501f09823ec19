/* SPDX-License-Identifier: MIT */
/* Tests of face/audit and face/audit_record. */
#include <signal.h>
#include <sys/resource.h>

#include "chain.h"
#include "face/audit.h"
#include "scratch.h"
#include "unit.h"

/* Remove ${path} and begin there anew. */
static void
start(const char *path)
{
	scratch_put(path, "", 0);
	(void)unlink(path);
}

/* Add ${text} to the file as it is. */
static void
tear(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

	CHECK(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	CHECK_INT(close(fd), 0);
}

/* The line that one event makes, behind nothing; borrowed. */
static const char *
line_of(const struct audit_who *who, const struct audit_event *event)
{
	static char text[AUDIT_LINE_MAX + 1];
	struct crypt_sha256 *s = crypt_sha256_new();
	struct rec r;

	rec_init(&r, NULL);
	(void)audit_record_make(&r, who, event,
	    &(struct audit_place){.seq = 1, .before = audit_link_none()}, s);
	CHECK(r.line.len <= AUDIT_LINE_MAX);
	memcpy(text, r.line.data, r.line.len + 1);
	rec_release(&r);
	crypt_sha256_free(s);
	return text;
}

UNIT_TEST("audit: a chain of another implementation is taken, and goes on")
{
	static const char text[] =
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T03:04:05Z\",\"seq\":1,"
	    "\"user\":\"ann\",\"role\":\"trader\",\"action\":\"run\","
	    "\"resource\":\"a\\\"b\",\"result\":\"ok\",\"reason\":\"why\","
	    "\"ip\":\"10.0.0.1\",\"argv\":[\"qte-run\",\"-s\",\"macd\"],"
	    "\"h\":\"da7a8fb651dc65d362201e6eb3274cc14ae58ae1017d2650b04115ff23"
	    "0d3c16\"}\n"
	    "{\"type\":\"audit\",\"ts\":\"2024-01-02T03:04:05Z\",\"seq\":2,"
	    "\"user\":\"ann\",\"role\":\"trader\",\"action\":\"run.end\","
	    "\"result\":\"failed\",\"ip\":\"10.0.0.1\","
	    "\"h\":\"e0447154eae60a89f87e396be5bb3b3ddd7df6706a3a39b70eac6b8afe"
	    "42263b\"}\n";
	struct audit_head head;
	struct err e = {0};

	scratch_put("a", text, sizeof(text) - 1);
	CHECK_STR(chain_of("a")->found, "");
	CHECK_INT(chain_of("a")->records, 2);
	CHECK_INT(audit_read_head("a", &head, &e), 0);
	CHECK_INT(head.seq, 2);
	CHECK_INT(head.ts_ns, INT64_C(1704164645) * WHEN_SECOND);
	CHECK(memcmp(head.h.hex, "e0447154", 8) == 0);
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_STR(chain_of("a")->found, "");
	CHECK_INT(chain_of("a")->seq, 3);
}

UNIT_TEST("audit: the line is that of another implementation, byte for byte")
{
	char *argv[] = {(char[]){"qte-run"}, (char[]){"-s"}, (char[]){"macd"}};
	const char *line = line_of(&(struct audit_who){.user = "ann",
				       .role = "trader",
				       .ip = "10.0.0.1",
				       .pid = 7,
				       .boot = "b"},
	    &(struct audit_event){.action = "run",
		.resource = "/d",
		.result = "ok",
		.reason = "why",
		.argv = argv,
		.nargs = 3});

	CHECK_STR(line,
	    "{\"type\":\"audit\",\"ts\":\"1970-01-01T00:00:00Z\",\"seq\":1,"
	    "\"user\":\"ann\",\"role\":\"trader\",\"action\":\"run\","
	    "\"resource\":\"/d\",\"result\":\"ok\",\"reason\":\"why\","
	    "\"ip\":\"10.0.0.1\",\"argv\":[\"qte-run\",\"-s\",\"macd\"],"
	    "\"pid\":7,\"boot\":\"b\",\"h\":\""
	    "60027b8850179f7fd77dd8ac98d6e6d2f9c8b9478e413b758470d753180daf11"
	    "\"}\n");
}

UNIT_TEST("audit: who acts is who runs it, unless another is named")
{
	struct audit a;
	struct err e = {0};
	char want[64];

	start("a");
	CHECK_INT(audit_open(&a, "a", &(struct audit_as){.user = NULL}, &e), 0);
	CHECK_INT(audit_append(&a,
		      &(struct audit_event){.action = "x", .result = "ok"}, 1,
		      &e),
	    0);
	(void)snprintf(want, sizeof(want), "\"user\":\"%s\",\"action\"",
	    a.user);
	CHECK(strstr(place_read("a"), want) != NULL);
	audit_close(&a);
}

UNIT_TEST("audit: a path that is too long is cut, with its hash")
{
	static char path[4097];
	const char *line;

	memset(path, 'p', sizeof(path) - 1);
	line = line_of(&(struct audit_who){.user = "ann"},
	    &(struct audit_event){.resource = path});
	CHECK(strstr(line,
		  "pppp...\",\"resource_sha256\":\"4a12b1810a137200"
		  "5540c84ba00e0fbb8c3199892b475fb89594a6cceb8ec422"
		  "\"") != NULL);
	path[3000] = '\0';
	line = line_of(&(struct audit_who){.user = "ann"},
	    &(struct audit_event){.resource = path});
	CHECK(strstr(line, path) != NULL && strstr(line, "sha256") == NULL);
}

UNIT_TEST("audit: bytes that are not UTF-8 are written in hexadecimal")
{
	char *argv[] = {(char[]){"a"}, (char[]){"\xff\\"}};

	CHECK(
	    strstr(line_of(&(struct audit_who){.user = "ann"},
		       &(struct audit_event){.resource = "x\xff\xc3\xa9\n\"",
			   .argv = argv,
			   .nargs = 2}),
		"\"resource\":\"x\\\\xFF\xc3\xa9\\n\\\"\",\"argv\":[\"a\","
		"\"\\\\xFF\\\\\"],\"argv_sha256\":\"2f19065ea2df257a10a9a1312c"
		"b1f2462d8a018b1e7d15acb463ab4f987989be\","
		"\"resource_sha256\":\"6c75ed1e9aff71d2798c1694764f9fa0d48459"
		"6ca50fa342896a7f3bcb335e62\",\"h\"") != NULL);
}

UNIT_TEST("audit: arguments are cut at what a line holds, with their hash")
{
	static char long_one[5000], short_one[] = "--x";
	char *argv[3000];
	const char *line;

	for (size_t i = 0; i < QTE_COUNT(argv); i++)
		argv[i] = short_one;
	line = line_of(&(struct audit_who){.user = "ann"},
	    &(struct audit_event){.argv = argv, .nargs = QTE_COUNT(argv)});
	CHECK(strstr(line, "\"--x\",\"...\"],\"argv_sha256\":") != NULL);
	CHECK(strlen(line) > 3000);
	memset(long_one, '\x01', sizeof(long_one) - 1);
	argv[1] = long_one;
	line = line_of(&(struct audit_who){.user = "ann"},
	    &(struct audit_event){.argv = argv, .nargs = 3});
	CHECK(strstr(line, "\\u0001...\",\"...\"],\"argv_sha256\":") != NULL);
	argv[0] = (char[]){"abc"};
	argv[1] = (char[]){"\xff"};
	line = line_of(&(struct audit_who){.user = "ann"},
	    &(struct audit_event){.argv = argv, .nargs = 1});
	CHECK(strstr(line, "argv_sha256") == NULL);
}

UNIT_TEST("audit: no text makes a line too long, or one that is not read")
{
	static const char *const runes[] = {"\n", "\"", "\xe2\x80\xae", "\xff",
	    "\xc2\x85", "\xf0\x9f\x98\x80", "a", "\x01\x7f"};
	static char text[9000];
	char *argv[] = {text, text};
	const struct audit_hash head = audit_link_none();
	struct audit_link link;
	struct err e = {0};
	size_t column;

	for (size_t i = 0; i < QTE_COUNT(runes); i++) {
		size_t n = strlen(runes[i]);

		for (size_t k = 0; k + n < sizeof(text); k += n)
			memcpy(text + k, runes[i], n + 1);

		const char *line = line_of(&(struct audit_who){.user = text,
					       .role = text,
					       .ip = text,
					       .boot = text,
					       .pid = INT64_MAX},
		    &(struct audit_event){.action = text,
			.resource = text,
			.result = text,
			.reason = text,
			.argv = argv,
			.nargs = 2,
			.head = &head});

		CHECK(strchr(line, '\n') == line + strlen(line) - 1);
		CHECK_INT(
		    audit_link_read(line, strlen(line) - 1, &link, &column, &e),
		    0);
	}
}

UNIT_TEST("audit: many records in one call, and in calls of their own")
{
	start("a");
	CHECK_INT(chain_add("a", 64, true), 0);
	CHECK_INT(chain_add("a", 3, false), 0);
	CHECK_INT(chain_add("a", 0, true), 0);
	CHECK_STR(chain_of("a")->found, "");
	CHECK_INT(chain_of("a")->seq, 67);
}

static int
child_adds(void)
{
	return chain_add("a", 200, false);
}

UNIT_TEST("audit: processes that append at once make one chain")
{
	pid_t pids[4];
	int status;

	start("a");
	(void)fflush(stdout);
	for (size_t i = 0; i < QTE_COUNT(pids); i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			_exit(child_adds());
	}
	for (size_t i = 0; i < QTE_COUNT(pids); i++)
		CHECK(waitpid(pids[i], &status, 0) == pids[i] && status == 0);
	CHECK_STR(chain_of("a")->found, "");
	CHECK_INT(chain_of("a")->seq, 800);
}

UNIT_TEST(
    "audit: a writer that is killed leaves what the next one goes on from")
{
	start("a");
	for (long i = 0; i < 20; i++) {
		(void)fflush(stdout);
		pid_t pid = fork();

		if (pid == 0)
			_exit(chain_add("a", 100000, false));
		place_pause(1 + i % 5);
		CHECK_INT(kill(pid, SIGKILL), 0);
		CHECK_INT(waitpid(pid, NULL, 0), pid);
		CHECK_INT(chain_add("a", 1, false), 0);
	}
	CHECK_STR(chain_of("a")->found, "");
	CHECK(chain_of("a")->records >= 20);
}

UNIT_TEST("audit: a torn line is ended, noted, and no part of the chain")
{
	const char *repair;

	start("a");
	CHECK_INT(chain_add("a", 2, false), 0);
	tear("a", "{\"type\":\"audit\",\"ts\":\"20");
	CHECK_STR(chain_of("a")->found, "audit-truncated:3 ");
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_STR(chain_of("a")->found, "");
	CHECK_INT(chain_of("a")->seq, 4);
	repair = strstr(place_read("a"), "\"seq\":3,");
	CHECK(repair != NULL &&
	    strstr(repair,
		"\"seq\":3,\"user\":\"ann\",\"action\":\"repair\","
		"\"resource\":\"a\",\"result\":\"ok\","
		"\"reason\":\"24 bytes before this are no record\"") == repair);
}

UNIT_TEST("audit: a repair that was torn itself is repaired")
{
	start("a");
	CHECK_INT(chain_add("a", 1, false), 0);
	tear("a", "{\"type\":\"au\n{\"type\":\"audit\",\"ts\"");
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_STR(chain_of("a")->found, "");
	tear("a", "{\"type\":\"audit\",\"ts\"\n");
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_STR(chain_of("a")->found, "");
	CHECK_INT(chain_of("a")->seq, 5);
}

UNIT_TEST("audit: a line that lacks no more than its newline is torn too")
{
	static char text[4096];

	start("a");
	CHECK_INT(chain_add("a", 2, false), 0);
	(void)snprintf(text, sizeof(text), "%s", place_read("a"));
	scratch_put("a", text, strlen(text) - 1);
	CHECK_STR(chain_of("a")->found, "audit-truncated:2 ");
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_STR(chain_of("a")->found, "");
	CHECK_INT(chain_of("a")->seq, 3);
}

UNIT_TEST("audit: the first line can be torn")
{
	start("a");
	tear("a", "{\"type\":\"aud");
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_STR(chain_of("a")->found, "");
	CHECK_INT(chain_of("a")->seq, 2);
}

UNIT_TEST("audit: no log is made before there is a record")
{
	start("a");
	CHECK_INT(chain_add("a", 0, true), 0);
	CHECK_INT(access("a", F_OK), -1);
	CHECK_INT(chain_add("a", 1, true), 0);
	CHECK_INT(access("a", F_OK), 0);
}

UNIT_TEST("audit: what is no audit log is left alone")
{
	struct audit a;
	struct err e = {0};

	scratch_put("a", "root:x:0:0:\n", 12);
	CHECK_INT(audit_open(&a, "a", &(struct audit_as){.user = "ann"}, &e),
	    EX_DATAERR);
	CHECK_STR(e.msg, "a: is not an audit log");
	audit_close(&a);
	CHECK_STR(place_read("a"), "root:x:0:0:\n");
	CHECK_INT(
	    audit_open(&a, "none/a", &(struct audit_as){.user = "ann"}, &e),
	    EX_CANTCREAT);
	audit_close(&a);
}

/* The file may grow by 100 bytes, as on a disk that is nearly full. */
static int
full_disk(void)
{
	struct stat st;
	struct err e = {0};
	struct audit a;
	const struct audit_event events[3] = {{.action = "x"}, {.action = "y"},
	    {.action = "z"}};

	CHECK_INT(stat("a", &st), 0);
	CHECK(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	CHECK_INT(setrlimit(RLIMIT_FSIZE,
		      &(struct rlimit){(rlim_t)st.st_size + 100,
			  (rlim_t)st.st_size + 100}),
	    0);
	CHECK_INT(audit_open(&a, "a", &(struct audit_as){.user = "ann"}, &e),
	    0);
	CHECK_INT(audit_append(&a, events, 3, &e), EX_IOERR);
	CHECK_STR(e.msg, "a: cannot write: File too large");
	audit_close(&a);
	return 0;
}

UNIT_TEST("audit: a full disk is status 74, and nothing is half-written")
{
	static char before[4096];

	start("a");
	CHECK_INT(chain_add("a", 2, false), 0);
	(void)snprintf(before, sizeof(before), "%s", place_read("a"));
	CHECK_INT(place_child(full_disk), 0);
	CHECK_STR(place_read("a"), before);
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_STR(chain_of("a")->found, "");
}

static int
rotate(const char *path)
{
	struct audit a;
	struct err e = {0};
	int rc = audit_open(&a, path, &(struct audit_as){.user = "ann"}, &e);

	if (rc == 0)
		rc = audit_rotate(&a, &e);
	audit_close(&a);
	return rc;
}

UNIT_TEST("audit: a rotation takes the chain along")
{
	const char *const both[] = {"a.3", "a", NULL};

	start("a");
	start("a.3");
	CHECK_INT(chain_add("a", 3, false), 0);
	CHECK_INT(rotate("a"), 0);
	CHECK(strstr(place_read("a"),
		  "\"seq\":4,\"user\":\"ann\",\"action\":\"rotate\","
		  "\"resource\":\"a.3\",") != NULL);
	CHECK_INT(chain_add("a", 2, false), 0);
	CHECK_INT(chain_of("a.3")->records, 3);
	CHECK_STR(chain_of("a.3")->found, "");
	CHECK_STR(chain_of("a")->found, "");
	CHECK_STR(chain_check(both, NULL, 0)->found, "");
	CHECK_INT(chain_check(both, NULL, 0)->seq, 6);
}

UNIT_TEST("audit: rotating nothing does nothing, rotating what is torn repairs")
{
	const char *const both[] = {"a.2", "a", NULL};

	start("a");
	start("a.2");
	scratch_put("a", "", 0);
	CHECK_INT(rotate("a"), 0);
	CHECK_STR(place_read("a"), "");
	CHECK_INT(chain_add("a", 1, false), 0);
	tear("a", "{");
	CHECK_INT(rotate("a"), 0);
	CHECK_STR(chain_check(both, NULL, 0)->found, "");
	CHECK_INT(chain_check(both, NULL, 0)->seq, 3);
}

UNIT_TEST("audit: a rotation that was cut short is done again; no file is lost")
{
	start("a");
	start("a.1");
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_INT(link("a", "a.1"), 0);
	CHECK_INT(rotate("a"), 0);
	CHECK_STR(chain_of("a.1")->found, "");
	CHECK_INT(chain_of("a")->seq, 2);
	start("a");
	CHECK_INT(chain_add("a", 1, false), 0);
	CHECK_INT(rotate("a"), EX_CANTCREAT);
	CHECK_INT(chain_of("a")->seq, 1);
	CHECK_INT(chain_of("a.1")->seq, 1);
}

/* Appends go on while the log is rotated under them. */
static int
child_rotates(void)
{
	for (int i = 0; i < 5; i++) {
		int rc = rotate("r");

		if (rc != 0)
			return rc;
		place_pause(2);
	}
	return 0;
}

UNIT_TEST("audit: who waits while the log is rotated writes to the new one")
{
	int status;
	struct audit_head head;
	struct err e = {0};

	start("r");
	CHECK_INT(chain_add("r", 1, false), 0);
	(void)fflush(stdout);
	pid_t pid = fork();

	if (pid == 0)
		_exit(child_rotates());
	CHECK_INT(chain_add("r", 300, false), 0);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	CHECK_INT(audit_read_head("r", &head, &e), 0);
	CHECK_INT(head.seq, 306);
	CHECK_STR(chain_of("r")->found, "");
}

UNIT_TEST("audit: a log that is not there has no head")
{
	struct audit_head head;
	struct err e = {0};

	CHECK_INT(audit_read_head("nothing", &head, &e), EX_NOINPUT);
	CHECK_STR(e.msg, "nothing: cannot open: No such file or directory");
}
