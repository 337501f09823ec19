# SPDX-License-Identifier: MIT
# How tests/bench/run prints: a table, or lines of JSON.  It lends ${format},
# ${rows}, ${rounds}, ${rate}, ${full}, ${python} and ${dir}, and reads ${different}.
# shellcheck shell=bash disable=SC2034,SC2154

different=0

# calc EXPRESSION: of numbers.
calc()
{
	awk "BEGIN { printf \"%.6g\", ($1) }"
}

# short N: as 5 M, 100 k or 250.
short()
{
	if [ $(($1 % 1000000)) = 0 ]; then
		echo "$(($1 / 1000000)) M"
	elif [ $(($1 % 1000)) = 0 ]; then
		echo "$(($1 / 1000)) k"
	else
		echo "$1"
	fi
}

versions()
{
	wc --version | sed -n '1s/ (.*)//p'
	jq --version
	"$python" -c '
import importlib, sys
print("python", sys.version.split()[0])
for name in ["pandas", "numba"]:
    try:
        print(name, importlib.import_module(name).__version__)
    except ImportError:
        pass
' 2>/dev/null || :
}

head_line()
{
	local machine

	machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
	if [ "$format" = json ]; then
		versions | jq -cR --slurp --arg machine "$machine" \
			--argjson cores "$(nproc)" --argjson rows "$rows" \
			--argjson rounds "$rounds" --arg commission "$rate" \
			'{machine: $machine, cores: $cores, rows: $rows,
			rounds: $rounds, commission: $commission,
			versions: split("\n")[:-1]}'
		return
	fi
	echo "$machine, $(nproc) cores; commission $rate; medians of" \
		"$rounds rounds"
	versions | paste -s -d , | sed 's/,/, /g'
	printf '%-34s %9s %9s %-6s %7s %7s %s\n' '' qte peer '' ratio goal met
}

# note WORD...
note()
{
	if [ "$format" = json ]; then
		jq -nc --arg note "$*" '{note: $note}'
	else
		echo "  $*"
	fi
}

# say WHAT UNIT OURS PEER NAME RATIO GOAL: a row.  Without a RATIO, an
# expression, the GOAL is that of OURS.
say()
{
	local met ratio

	ratio=${6:+$(calc "$6")}
	met=$([ "$(calc "${ratio:-$3} $7")" = 1 ] && echo yes || echo no)
	[ "$rows" -ge "$full" ] || met=-
	if [ "$format" = json ]; then
		jq -nc '$ARGS.positional as [$what, $unit, $ours, $peer, $name,
			$ratio, $goal, $met] | {what: $what, unit: $unit,
			qte: ($ours | tonumber),
			peer: ($peer | tonumber? // null), peer_name: $name,
			ratio: ($ratio | tonumber? // null),
			goal: $goal, met: $met}' --args "${@:1:5}" "$ratio" "$7" "$met"
		return
	fi
	printf '%-34s %9s %9s %-6s %7s %7s %s\n' "$1" \
		"$(printf '%.3f %s' "$3" "$2")" \
		"${4:+$(printf '%.3f %s' "$4" "$2")}" "$5" \
		"${ratio:+$(printf '%.2f' "$ratio")}" "$7" "$met"
}

# figures SIDE: of each of its results, Sharpe's ratio for a bar.  The summary of
# a sweep repeats one of them.
figures()
{
	grep '^{' "$dir/$1.out" | jq -c 'select(.trades_closed and
		.trials == null) |
		[.trades_closed, .final_equity, .max_drawdown,
		.sharpe / (.periods_per_year // 525600 | sqrt)]'
}

# alike SIDE PEER: did they read the same rows?
alike()
{
	local word=yes

	diff <(cut -d ' ' -f 1,5 "$dir/$1.out") \
		<(cut -d ' ' -f 1,5 "$dir/$2.out") >/dev/null ||
		word=no different=1
	note "the same rows in columns: $word"
}

# agree SIDE PEER: do they come to the same?
agree()
{
	local word=yes

	jq -en --slurpfile a <(figures "$1") --slurpfile b <(figures "$2") '
		def near($e): (.[0] - .[1] | fabs) <= $e * (.[1] | fabs);
		($a | length) > 0 and ($a | length) == ($b | length) and
		all([$a, $b] | transpose[] | transpose;
			(.[:3] | all(near(1e-9))) and (.[3] | near(1e-6)))' \
		>/dev/null || word=no different=1
	note "the same trades, equity and figures: $word"
}
