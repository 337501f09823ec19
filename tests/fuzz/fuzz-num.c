/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a number: what is one is decided by a plain reading of the
 * grammar, every reader agrees with strtod and with the others, and what was
 * read is written so that it reads back.
 */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Step over digits; false when there is none. */
static bool
digits(const char **p)
{
	size_t n = strspn(*p, "0123456789");

	*p += n;
	return n > 0;
}

static bool
is_number(const char *p, size_t n)
{
	const char *end = p + n;

	p += *p == '-';
	if (!digits(&p))
		return false;
	if (*p == '.') {
		p++;
		if (!digits(&p))
			return false;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '-' || *p == '+';
		if (!digits(&p))
			return false;
	}
	return p == end;
}

static void
check_writers(double value)
{
	char text[NUM_TEXT_SIZE];
	num_i128 units;
	double back = 1;
	size_t n = num_put_double(text, value);

	assert(n == strlen(text) && n < sizeof(text) && is_number(text, n));
	assert(num_read_double(text, n, &back) == NUM_OK && back == value);
	assert(strcmp(text, "-0") != 0);
	for (int decimals = 0; decimals <= 9; decimals++) {
		n = num_put_human(text, value, decimals);
		assert(n == strlen(text) && n < sizeof(text));
		assert(text[0] != '-' || strpbrk(text, "123456789") != NULL);
	}
	if (num_money_of(value, &units) && fabs(value) >= 1)
		assert(num_money(units) == value);
}

static void
check_double(const char *text, size_t n)
{
	double value = 1, want;
	enum num_result r = num_read_double(text, n, &value);

	assert((r != NUM_BAD) == is_number(text, n) && r != NUM_WIDE);
	if (r == NUM_BAD)
		return;
	want = strtod(text, NULL);
	assert((r == NUM_HUGE) == !!isinf(want));
	if (r == NUM_OK) {
		assert(value == want && (value != 0 || !signbit(value)));
		check_writers(value);
	}
}

/* A price is money too, and both are the double that the text reads as. */
static void
check_scaled(const char *text, size_t n)
{
	char again[NUM_TEXT_SIZE];
	int64_t price = 1, back = 1;
	num_i128 money = 1, money_back = 1;
	double value = 1;
	enum num_result p = num_read_price(text, n, &price);
	enum num_result m = num_read_money(text, n, &money);

	assert((p != NUM_BAD) == is_number(text, n) && p != NUM_HUGE);
	assert((m != NUM_BAD) == is_number(text, n) && m != NUM_HUGE);
	if (m != NUM_OK) {
		assert(p != NUM_OK);
		return;
	}
	assert(num_read_double(text, n, &value) == NUM_OK);
	assert(num_money(money) == value);
	n = num_put_scaled(again, money, NUM_MONEY_SCALE);
	assert(num_read_money(again, n, &money_back) == NUM_OK);
	assert(money_back == money);
	assert((p == NUM_OK) ==
	    (money % 1000000000 == 0 && money / 1000000000 <= INT64_MAX &&
		money / 1000000000 >= INT64_MIN));
	if (p != NUM_OK)
		return;
	assert(money == (num_i128)price * 1000000000);
	assert(num_price(price) == value);
	n = num_put_scaled(again, price, NUM_PRICE_SCALE);
	assert(num_read_price(again, n, &back) == NUM_OK && back == price);
}

static void
check_whole(const char *text, size_t n)
{
	char again[NUM_TEXT_SIZE];
	int64_t value = 1, size = 1, rate = 1, price = 1;
	enum num_result r = num_read_int(text, n, &value);
	enum num_result s = num_read_size(text, n, &size);

	if (r == NUM_OK) {
		size_t len = num_put_int(again, value);

		assert(num_read_int(again, len, &size) == NUM_OK);
		assert(size == value);
		assert(s == (text[0] == '-' ? NUM_BAD : NUM_OK));
	} else {
		assert(r ==
		    (strspn(text + (text[0] == '-'), "0123456789") ==
				    n - (text[0] == '-') &&
				is_number(text, n)
			    ? NUM_WIDE
			    : NUM_BAD));
	}
	if (num_read_price(text, n, &price) == NUM_OK) {
		assert(num_read_rate(text, n, &rate) == NUM_OK);
		assert(rate == price);
	}
}

/* With a unit behind, a number is that many times as much. */
static void
check_units(const char *text, size_t n)
{
	char again[NUM_TEXT_SIZE];
	int64_t ns = -1, back = -1, size = -1;

	if (num_read_size(text, n, &size) == NUM_OK)
		assert(size >= 0);
	if (num_read_duration(text, n, &ns) != NUM_OK)
		return;
	assert(ns >= 0);
	size_t len = num_put_int(again, ns);

	again[len++] = 'n';
	again[len++] = 's';
	assert(num_read_duration(again, len, &back) == NUM_OK && back == ns);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	/* With a NUL for the plain readers, and a copy without for ours. */
	char *text = malloc(n + 1), *bare = malloc(n > 0 ? n : 1);
	double value;

	assert(text != NULL && bare != NULL);
	for (size_t i = 0; i < n; i++)
		text[i] = bare[i] = (char)data[i];
	text[n] = '\0';
	if (n >= sizeof(value)) {
		memcpy(&value, data, sizeof(value));
		if (isfinite(value))
			check_writers(value);
	}
	if (strlen(text) == n) {
		check_double(text, n);
		check_scaled(text, n);
		check_whole(text, n);
	}
	check_units(bare, n);
	assert((num_read_double(bare, n, &value) != NUM_BAD) ==
	    (strlen(text) == n && is_number(text, n)));
	free(bare);
	free(text);
	return 0;
}
