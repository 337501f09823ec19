/* SPDX-License-Identifier: MIT */
/* The strategies that come with the tool. */
#include "strategy/builtin.h"

#include <string.h>

/* Name, entry rule, exit rule. */
#define BUILTINS(ROW)                                                          \
	ROW("buy_hold", "bar == 0", "false")                                   \
	ROW("sma_cross",                                                       \
	    "cross_above(sma(close, $fast=10), sma(close, $slow=30))",         \
	    "cross_below(sma(close, $fast), sma(close, $slow))")               \
	ROW("ema_cross",                                                       \
	    "cross_above(ema(close, $fast=12), ema(close, $slow=26))",         \
	    "cross_below(ema(close, $fast), ema(close, $slow))")               \
	ROW("macd",                                                            \
	    "cross_above(macd($fast=12, $slow=26, $signal=9).macd, "           \
	    "macd($fast, $slow, $signal).signal)",                             \
	    "cross_below(macd($fast, $slow, $signal).macd, "                   \
	    "macd($fast, $slow, $signal).signal)")                             \
	ROW("rsi", "rsi(close, $n=14) < $low=30", "rsi(close, $n) > $high=70") \
	ROW("bollinger", "close < bbands(close, $n=20, $k=2).lower",           \
	    "close > bbands(close, $n, $k).mid")                               \
	ROW("momentum", "cross_above(roc(close, $n=63), 0)",                   \
	    "cross_below(roc(close, $n), 0)")                                  \
	ROW("mean_reversion", "zscore(close, $n=20) < -$z=2",                  \
	    "zscore(close, $n) > 0")                                           \
	ROW("breakout_atr", "close > close[1] + $k=1.5 * atr($n=14)[1]",       \
	    "close < highest(close, $n) - $stop=3 * atr($n)")                  \
	ROW("turtle", "close > highest(high, $in=20)[1]",                      \
	    "close < lowest(low, $out=10)[1]")                                 \
	ROW("donchian", "close > highest(high, $n=20)[1]",                     \
	    "close < lowest(low, $n)[1]")

#define AS_NAME(name, entry, exit) name,
#define AS_BUILTIN(name, entry, exit) {name, entry, exit},

const char *const builtin_names[] = {BUILTINS(AS_NAME) NULL};

static const struct builtin builtins[] = {BUILTINS(AS_BUILTIN)};

const struct builtin *
builtin_find(const char *name, struct err *e)
{
	for (size_t i = 0; i < QTE_COUNT(builtins); i++)
		if (strcmp(builtins[i].name, name) == 0)
			return &builtins[i];
	err_set(e, EX_USAGE, "unknown strategy '%s'", name);
	if (!err_suggest(e, name, builtin_names, QTE_COUNT(builtins),
		sizeof(builtin_names[0])))
		err_add(e, "; --list-strategies shows the names");
	return NULL;
}

void
builtin_list(struct buf *list)
{
	for (size_t i = 0; i < QTE_COUNT(builtins); i++)
		buf_fmt(list, "%s\n    entry %s\n    exit  %s\n",
		    builtins[i].name, builtins[i].entry, builtins[i].exit);
}
