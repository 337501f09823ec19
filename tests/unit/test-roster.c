/* SPDX-License-Identifier: MIT */
/* Tests of market/roster. */
#include "base/buf.h"
#include "market/roster.h"
#include "unit.h"

static uint32_t
take(struct roster *r, const char *name)
{
	return roster_take(r, name, strlen(name));
}

UNIT_TEST("roster: symbols have numbers in the order in which they come")
{
	struct roster r = {0};
	size_t n;

	CHECK_INT(take(&r, "B"), 0);
	CHECK_INT(take(&r, "A"), 1);
	CHECK_INT(take(&r, "B"), 0);
	CHECK_INT(take(&r, ""), 2);
	CHECK_INT(roster_count(&r), 3);
	CHECK_INT(memcmp(roster_name(&r, 1, &n), "A", 1), 0);
	CHECK_INT(n, 1);
	(void)roster_name(&r, 2, &n);
	CHECK_INT(n, 0);
	roster_release(&r);
}

UNIT_TEST("roster: long symbols are told apart by all of their bytes")
{
	struct roster r = {0};

	CHECK_INT(take(&r, "123456789012345"), 0);
	CHECK_INT(take(&r, "1234567890123456"), 1);
	CHECK_INT(take(&r, "1234567890123457"), 2);
	CHECK_INT(take(&r, "12345678901234567"), 3);
	CHECK_INT(take(&r, "1234567890123457"), 2);
	CHECK_INT(take(&r, "123456789012345"), 0);
	roster_release(&r);
}

UNIT_TEST("roster: a short symbol is found by its key, whatever came before")
{
	struct roster r = {0};
	struct buf name = {0};
	uint32_t id;

	for (unsigned i = 0; i < 5000; i++) {
		buf_reset(&name);
		buf_fmt(&name, "S%u", i);
		CHECK_INT(take(&r, buf_text(&name)), i);
	}
	for (unsigned i = 0; i < 5000; i++) {
		unsigned k = i * 7 % 5000;

		if (!CHECK(roster_known(&r, &r.keys.at[k], &id) && id == k))
			break;
	}
	CHECK(!roster_known(&r, &(struct roster_key){1, 2}, &id));
	buf_release(&name);
	roster_release(&r);
}
