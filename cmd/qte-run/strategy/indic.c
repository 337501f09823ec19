/* SPDX-License-Identifier: MIT */
/* The functions of the language: a table of code and a table of formulas. */
#include "strategy/indic.h"

#include <string.h>

#include "strategy/steps.h"

static const struct indic indicators[] = {
    {"sma", "sw", INDIC_GIVES_MEAN, 1, steps_sma,
	"(x,n) mean of the last n values"},
    {"ema", "sw", INDIC_GIVES_DOUBLE, 0, steps_ema,
	"(x,n) exponential mean: e + 2/(n+1) * (x - e), from the mean of "
	"the first n"},
    {"rma", "sw", INDIC_GIVES_DOUBLE, 0, steps_rma,
	"(x,n) Wilder's mean: r + (x - r)/n, from the mean of the first n"},
    {"wma", "sw", INDIC_GIVES_DOUBLE, 1, steps_wma,
	"(x,n) mean weighted 1 for the oldest to n for the newest"},
    {"kama", "sw", INDIC_GIVES_DOUBLE, 2, steps_kama,
	"(x,n) Kaufman's adaptive mean"},
    {"stddev", "sw", INDIC_GIVES_DOUBLE, 1, steps_stddev,
	"(x,n) deviation of the last n values, population"},
    {"meandev", "sw", INDIC_GIVES_DOUBLE, 1, steps_meandev,
	"(x,n) mean distance of the last n values to their mean"},
    {"highest", "sw", INDIC_GIVES_FIRST, 1, steps_highest,
	"(x,n) greatest of the last n values"},
    {"lowest", "sw", INDIC_GIVES_FIRST, 1, steps_lowest,
	"(x,n) least of the last n values"},
    {"highestbars", "sw", INDIC_GIVES_COUNT, 1, steps_highestbars,
	"(x,n) bars since the greatest of the last n values"},
    {"lowestbars", "sw", INDIC_GIVES_COUNT, 1, steps_lowestbars,
	"(x,n) bars since the least of the last n values"},
    {"mom", "sw", INDIC_GIVES_FIRST, 2, steps_mom, "(x,n) x - x[n]"},
    {"cum", "s", INDIC_GIVES_DOUBLE, 0, steps_cum,
	"(x) sum of all values so far"},
    {"barssince", "b", INDIC_GIVES_COUNT, 0, steps_barssince,
	"(c) bars since c was true"},
    {"valuewhen", "ba", INDIC_GIVES_LAST, 0, steps_valuewhen,
	"(c,x) x when c was last true"},
    {"highestsince", "bs", INDIC_GIVES_LAST, 0, steps_highestsince,
	"(c,x) greatest x since c was true, this bar included"},
    {"lowestsince", "bs", INDIC_GIVES_LAST, 0, steps_lowestsince,
	"(c,x) least x since c was true, this bar included"},
    {"ratchet", "sss", INDIC_GIVES_DOUBLE, 0, steps_ratchet,
	"(x,upper,lower) the band that x has not crossed yet"},
    {"abs", "s", INDIC_GIVES_DOUBLE, 0, steps_abs, "(x) x without its sign"},
    {"sign", "s", INDIC_GIVES_DOUBLE, 0, steps_sign, "(x) -1, 0 or 1"},
    {"log", "s", INDIC_GIVES_DOUBLE, 0, steps_log, "(x) natural logarithm"},
    {"sqrt", "s", INDIC_GIVES_DOUBLE, 0, steps_sqrt, "(x) square root"},
    {"max", "ss", INDIC_GIVES_DOUBLE, 0, steps_max, "(a,b) the greater"},
    {"min", "ss", INDIC_GIVES_DOUBLE, 0, steps_min, "(a,b) the lesser"},
    {"nz", "aa", INDIC_GIVES_BOTH, 0, steps_nz,
	"(x,y) x, or y where x is absent"},
};

static const struct indic_formula formulas[] = {
    {"cross_above", NULL, "ss", {"a", "b"}, "a[1] <= b[1] and a > b",
	"(a,b) a comes from at or below b to above it"},
    {"cross_below", NULL, "ss", {"a", "b"}, "a[1] >= b[1] and a < b",
	"(a,b) a comes from at or above b to below it"},
    {"crossed", NULL, "ss", {"a", "b"}, "cross_above(a,b) or cross_below(a,b)",
	"(a,b) either of these"},
    {"rsi", NULL, "sw", {"x", "n"},
	"up = rma(max(mom(x,1), 0), n); down = rma(max(-mom(x,1), 0), n); "
	"up + down == 0 ? 50 : 100 * up / (up + down)",
	"(x,n) Wilder's relative strength, 0 to 100"},
    {"bbands", "upper", "swk", {"x", "n", "k"}, "sma(x,n) + k*stddev(x,n)",
	"(x,n,k) Bollinger's band above"},
    {"bbands", "mid", "swk", {"x", "n", "k"}, "sma(x,n)",
	"(x,n,k) the mean between"},
    {"bbands", "lower", "swk", {"x", "n", "k"}, "sma(x,n) - k*stddev(x,n)",
	"(x,n,k) Bollinger's band below"},
    {"macd", "macd", "www", {"fast", "slow", "n"},
	"ema(close,fast) - ema(close,slow)", "(fast,slow,n) Appel's line"},
    {"macd", "signal", "www", {"fast", "slow", "n"},
	"ema(macd(fast,slow,n).macd, n)", "(fast,slow,n) its mean"},
    {"macd", "hist", "www", {"fast", "slow", "n"},
	"macd(fast,slow,n).macd - macd(fast,slow,n).signal",
	"(fast,slow,n) their distance"},
    {"roc", NULL, "sw", {"x", "n"}, "100 * mom(x,n) / x[n]",
	"(x,n) change over n bars, in percent"},
    {"tr", NULL, "", {NULL},
	"max(high - low, nz(max(abs(high - close[1]), "
	"abs(low - close[1])), 0))",
	"() true range"},
    {"atr", NULL, "w", {"n"},
	"rma(max(high - low, max(abs(high - close[1]), "
	"abs(low - close[1]))), n)",
	"(n) Wilder's mean of the true range from the second bar on"},
    {"stoch", "k", "www", {"k", "smooth", "d"},
	"top = highest(high,k); bottom = lowest(low,k); "
	"sma(top == bottom ? 0 : "
	"100 * (close - bottom) / (top - bottom), smooth)",
	"(k,smooth,d) place of the close in the range, 0 to 100"},
    {"stoch", "d", "www", {"k", "smooth", "d"}, "sma(stoch(k,smooth,d).k, d)",
	"(k,smooth,d) its mean"},
    {"willr", NULL, "w", {"n"},
	"top = highest(high,n); bottom = lowest(low,n); "
	"top == bottom ? 0 : -100 * (top - close) / (top - bottom)",
	"(n) Williams' place in the range, -100 to 0"},
    {"cci", NULL, "w", {"n"},
	"d = meandev(hlc3,n); "
	"d == 0 ? 0 : (hlc3 - sma(hlc3,n)) / (0.015 * d)",
	"(n) Lambert's commodity channel"},
    {"obv", NULL, "", {NULL}, "cum(nz(sign(mom(close,1)), 1) * volume)",
	"() Granville's volume on balance"},
    {"vwap", NULL, "w", {"n"}, "sma(hlc3 * volume, n) / sma(volume, n)",
	"(n) mean price weighted by volume"},
    {"vwma", NULL, "sw", {"x", "n"}, "sma(x * volume, n) / sma(volume, n)",
	"(x,n) mean weighted by volume"},
    {"plus_di", NULL, "w", {"n"},
	"up = mom(high,1); down = -mom(low,1); "
	"100 * rma(up > down and up > 0 ? up : 0, n) / atr(n)",
	"(n) Wilder's direction up"},
    {"minus_di", NULL, "w", {"n"},
	"up = mom(high,1); down = -mom(low,1); "
	"100 * rma(down > up and down > 0 ? down : 0, n) / atr(n)",
	"(n) Wilder's direction down"},
    {"adx", NULL, "w", {"n"},
	"p = plus_di(n); m = minus_di(n); "
	"rma(p + m == 0 ? 0 : 100 * abs(p - m) / (p + m), n)",
	"(n) Wilder's strength of direction, 0 to 100"},
    {"slope", NULL, "sw", {"x", "n"}, "6 * (wma(x,n) - sma(x,n)) / (n - 1)",
	"(x,n) rise a bar of the line of least squares"},
    {"linreg", NULL, "sw", {"x", "n"}, "3 * wma(x,n) - 2 * sma(x,n)",
	"(x,n) end of the line of least squares"},
    {"zscore", NULL, "sw", {"x", "n"}, "(x - sma(x,n)) / stddev(x,n)",
	"(x,n) deviations from the mean"},
    {"mfi", NULL, "w", {"n"},
	"flow = hlc3 * volume; "
	"up = sma(mom(hlc3,1) > 0 ? flow : 0, n); "
	"down = sma(mom(hlc3,1) < 0 ? flow : 0, n); "
	"up + down == 0 ? 50 : 100 * up / (up + down)",
	"(n) money flow, 0 to 100"},
    {"aroon", "up", "w", {"n"}, "100 * (n - highestbars(high, n + 1)) / n",
	"(n) how new the highest high is, 0 to 100"},
    {"aroon", "down", "w", {"n"}, "100 * (n - lowestbars(low, n + 1)) / n",
	"(n) how new the lowest low is, 0 to 100"},
    {"aroon", "osc", "w", {"n"}, "aroon(n).up - aroon(n).down",
	"(n) their distance"},
    {"trix", NULL, "sw", {"x", "n"}, "roc(ema(ema(ema(x,n),n),n), 1)",
	"(x,n) change of a triple exponential mean, in percent"},
    {"keltner", "upper", "wk", {"n", "k"}, "ema(close,n) + k*atr(n)",
	"(n,k) Keltner's band above"},
    {"keltner", "mid", "wk", {"n", "k"}, "ema(close,n)",
	"(n,k) the mean between"},
    {"keltner", "lower", "wk", {"n", "k"}, "ema(close,n) - k*atr(n)",
	"(n,k) Keltner's band below"},
    {"supertrend", NULL, "wk", {"n", "k"},
	"ratchet(close, hl2 + k*atr(n), hl2 - k*atr(n))",
	"(n,k) the band of k true ranges that the close has not crossed"},
};

static bool
same(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && memcmp(name, text, len) == 0;
}

const struct indic *
indic_find(const char *name, size_t len)
{
	for (size_t i = 0; i < QTE_COUNT(indicators); i++)
		if (same(indicators[i].name, name, len))
			return &indicators[i];
	return NULL;
}

const struct indic_formula *
indic_formula_find(const char *name, size_t len, const char *member,
    size_t member_len)
{
	for (size_t i = 0; i < QTE_COUNT(formulas); i++) {
		const struct indic_formula *f = &formulas[i];

		if (same(f->name, name, len) &&
		    (member == NULL ||
			(f->member != NULL &&
			    same(f->member, member, member_len))))
			return f;
	}
	return NULL;
}

bool
indic_suggest(struct err *e, const char *name)
{
	const char *names[QTE_COUNT(indicators) + QTE_COUNT(formulas)];
	size_t n = 0;

	for (size_t i = 0; i < QTE_COUNT(indicators); i++)
		names[n++] = indicators[i].name;
	for (size_t i = 0; i < QTE_COUNT(formulas); i++)
		names[n++] = formulas[i].name;
	return err_suggest(e, name, names, n, sizeof(names[0]));
}

void
indic_members(const char *name, struct buf *list)
{
	for (size_t i = 0; i < QTE_COUNT(formulas); i++)
		if (strcmp(formulas[i].name, name) == 0 &&
		    formulas[i].member != NULL)
			buf_fmt(list, " .%s", formulas[i].member);
}

/* A line of the list: "name(x,n).member  what it is". */
static void
list_line(const char *name, const char *member, const char *about,
    struct buf *list)
{
	const char *text = strchr(about, ')') + 1;
	struct buf call = {0};

	buf_fmt(&call, "%s%.*s%s%s", name, (int)(text - about), about,
	    member != NULL ? "." : "", member != NULL ? member : "");
	buf_fmt(list, "%-26s%s\n", buf_text(&call), text);
	buf_release(&call);
}

void
indic_list(struct buf *list)
{
	for (size_t i = 0; i < QTE_COUNT(indicators); i++)
		list_line(indicators[i].name, NULL, indicators[i].about, list);
	for (size_t i = 0; i < QTE_COUNT(formulas); i++)
		list_line(formulas[i].name, formulas[i].member,
		    formulas[i].about, list);
}
