/* SPDX-License-Identifier: MIT */
/* Tests of format/digest: the same hashes whatever instructions make them. */
#include "format/digest.h"
#include "unit.h"

static unsigned char bytes[5000];

static void
fill(void)
{
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * i % 251);
}

UNIT_TEST("digest: XXH3 of 64 bits, as its scalar code gives it")
{
	static const struct {
		size_t n;
		uint64_t plain, seeded;
	} sums[] = {
	    {1023, 0xfa573b14666f118d, 0x7c736a1c7662427d},
	    {1024, 0xa3115476086f73f1, 0xb68fcf42bc88976c},
	    {1025, 0x66b070bd27327c00, 0x41a1f76a99fafa02},
	    {4096, 0x96637d627c3bc740, 0xc4a540e369f2c955},
	    {5000, 0x924c0d5e41418245, 0xa79c29a06ec5695d},
	};

	fill();
	for (size_t i = 0; i < QTE_COUNT(sums); i++) {
		CHECK(digest_sum(bytes, sums[i].n, 0) == sums[i].plain);
		CHECK(digest_sum(bytes, sums[i].n, 77) == sums[i].seeded);
	}
}

UNIT_TEST("digest: parts of any size come to the digest of the whole")
{
	fill();
	for (size_t part = 1; part < sizeof(bytes); part = part * 2 + 1) {
		struct digest_run *run = digest_new();
		struct digest want = digest_make(bytes, sizeof(bytes)), got;

		for (size_t at = 0; at < sizeof(bytes); at += part)
			digest_add(run, bytes + at,
			    at + part < sizeof(bytes) ? part
						      : sizeof(bytes) - at);
		got = digest_so_far(run);
		CHECK(got.high == want.high && got.low == want.low);
		digest_free(run);
	}
}
