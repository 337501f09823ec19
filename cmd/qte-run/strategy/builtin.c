/* SPDX-License-Identifier: MIT */
/* The strategies that come with the tool. */
#include "strategy/builtin.h"

#include <string.h>

static const struct builtin builtins[] = {
    {"buy_hold", "bar == 0", "false"},
    {"sma_cross", "cross_above(sma(close, $fast=10), sma(close, $slow=30))",
	"cross_below(sma(close, $fast), sma(close, $slow))"},
    {"ema_cross", "cross_above(ema(close, $fast=12), ema(close, $slow=26))",
	"cross_below(ema(close, $fast), ema(close, $slow))"},
    {"macd",
	"cross_above(macd($fast=12, $slow=26, $signal=9).macd, "
	"macd($fast, $slow, $signal).signal)",
	"cross_below(macd($fast, $slow, $signal).macd, "
	"macd($fast, $slow, $signal).signal)"},
    {"rsi", "rsi(close, $n=14) < $low=30", "rsi(close, $n) > $high=70"},
    {"bollinger", "close < bbands(close, $n=20, $k=2).lower",
	"close > bbands(close, $n, $k).mid"},
    {"donchian", "close > highest(high, $n=20)[1]",
	"close < lowest(low, $n)[1]"},
};

const struct builtin *
builtin_find(const char *name, struct err *e)
{
	for (size_t i = 0; i < QTE_COUNT(builtins); i++)
		if (strcmp(builtins[i].name, name) == 0)
			return &builtins[i];
	err_set(e, EX_USAGE, "--strategy: unknown strategy '%s'", name);
	err_suggest(e, name, &builtins[0].name, QTE_COUNT(builtins),
	    sizeof(builtins[0]));
	return NULL;
}
