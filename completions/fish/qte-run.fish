# Completions of qte-run for fish, made by qte-run --completion=fish.

# __qte_run_list WORD...: the list so far with one more of the words.
function __qte_run_list
	set -l given (commandline -ct | string replace -r '^--[^=]*=' '' |
		string replace -r '[^,]*$' '')
	for word in $argv
		contains -- $word (string split , -- $given)
		or echo $given$word
	end
end

# __qte_run_names OPTION: the text so far with its last word completed to the
# names that the tool's option prints, one a line, with a bracket when one
# follows.
function __qte_run_names
	set -l given (commandline -ct | string replace -r '^--[^=]*=' '' |
		string replace -r '^["\']?(.*?)\w*$' '$1')
	set -l tool (commandline -opc)[1]
	type -q $tool; or return
	for line in ($tool $argv)
		set -l name (string match -r '^\w+\(?' -- $line)
		set -l about (string replace -r '^\S+\s*' '' -- $line)
		printf '%s\t%s\n' $given$name $about
	end
end

# __qte_run_params PRINT LONG SHORT: the names that the tool's option PRINT has
# for what the option LONG was given, which may be called SHORT.
function __qte_run_params
	set -l words (commandline -opc)
	set -l of
	set -l next no
	type -q $words[1]; or return
	for word in $words[2..-1]
		if test $next = yes
			set of $argv[2] $word
			set next no
		else if contains -- $word $argv[2..-1]
			set next yes
		else if string match -q -- "$argv[2]=*" $word
			set of $word
		end
	end
	for line in ($words[1] $of $argv[1] 2>/dev/null)
		string replace = =\t -- $line
	end
end

# __qte_run_files ENDING: files that end so, and directories.
function __qte_run_files
	set -l given (commandline -ct | string replace -r '^--[^=]*=' '')
	for each in $given*/ $given*$argv[1]
		echo $each
	end
end

# __qte_run_zones: the time zones of the machine.
function __qte_run_zones
	set -l dir /usr/share/zoneinfo
	test -n "$TZDIR"; and set dir $TZDIR
	set -l all $dir/**
	for each in (string replace $dir/ '' $all | string match -r '^[A-Z].*')
		test -f $dir/$each; and echo $each
	end
end

complete -c qte-run -s f -l format -r -f -k -a 'json text' -d 'records or text; without it text on a terminal'
complete -c qte-run -s o -l output -r -F -d 'write FILE, whole or not at all'
complete -c qte-run -s q -l quiet -d 'print errors only'
complete -c qte-run -s v -l verbose -d 'say what is being done'
complete -c qte-run -l color -r -f -k -a 'auto always never' -d 'colour: auto, always or never'
complete -c qte-run -s c -l config -r -F -d 'read this configuration'
complete -c qte-run -l print-config -d 'print each value and its source, and end'
complete -c qte-run -l completion -r -f -k -a 'bash zsh fish' -d 'print the completions for a shell, and end'
complete -c qte-run -s V -l version -d 'print the version, and end'
complete -c qte-run -s h -l help -f -k -a 'all' -d 'print this help, or all of it, and end'
complete -c qte-run -s s -l strategy -r -f -k -a 'buy_hold sma_cross ema_cross macd rsi bollinger momentum mean_reversion breakout_atr turtle donchian (__qte_run_files .qts)' -d 'strategy to run: a built-in one, or FILE.qts'
complete -c qte-run -s p -l param -r -f -k -a '(__qte_run_params --list-params --strategy -s)' -d 'set a parameter; several values: sweep over them'
complete -c qte-run -l entry -r -f -k -a '(__qte_run_names --list-functions)' -d 'go in when this is true'
complete -c qte-run -l exit -r -f -k -a '(__qte_run_names --list-functions)' -d 'go out when this is true'
complete -c qte-run -l short-entry -r -f -k -a '(__qte_run_names --list-functions)' -d 'go short when this is true, instead of --exit'
complete -c qte-run -l short-exit -r -f -k -a '(__qte_run_names --list-functions)' -d 'cover when this is true, instead of --entry'
complete -c qte-run -l direction -r -f -k -a 'long short long-short' -d 'long, short or long-short'
complete -c qte-run -l print -r -f -k -a '(__qte_run_names --list-functions)' -d 'write values of the language at each bar'
complete -c qte-run -l show -d 'print the rules of the strategy, and end'
complete -c qte-run -l list-strategies -d 'print the built-in strategies, and end'
complete -c qte-run -l list-params -d 'print the parameters of the strategy, and end'
complete -c qte-run -l list-functions -d 'print the names of the language, and end'
complete -c qte-run -l cash -r -f -d 'money at the start'
complete -c qte-run -l size -r -f -d 'all, N shares, or P% of the equity'
complete -c qte-run -l fractional -d 'trade parts of a share'
complete -c qte-run -l commission -r -f -d 'share of each fill\'s value, as 0.001, 0.1% or 10bp'
complete -c qte-run -l slippage -r -f -d 'share of the price that each fill loses'
complete -c qte-run -l fill -r -f -k -a 'open close' -d 'next bar\'s price that fills an order'
complete -c qte-run -l symbol -r -f -d 'read this symbol only'
complete -c qte-run -l delimiter -r -f -d 'what parts the fields: a character, or tab'
complete -c qte-run -l columns -r -f -d 'what the columns are; the file has no header'
complete -c qte-run -l on-bad -r -f -k -a 'fail skip' -d 'a bad row: fail, or skip and count'
complete -c qte-run -l tz -r -f -k -a '(__qte_run_zones)' -d 'time zone of the data, as Europe/London'
complete -c qte-run -l parser -r -f -k -a 'fast general' -d 'what reads the rows, for tests'
complete -c qte-run -l from -r -f -d 'trade no bar before this time'
complete -c qte-run -l to -r -f -d 'trade no bar at or after this time'
complete -c qte-run -l warmup -r -f -d 'bars before --from that indicators see'
complete -c qte-run -l periods -r -f -d 'bars a year, instead of what the data says'
complete -c qte-run -l rf -r -f -d 'annual rate without risk, for the ratios'
complete -c qte-run -l emit -r -f -k -a '(__qte_run_list trades summary orders fills equity signals positions refusals)' -d 'kinds of records to write'
complete -c qte-run -l reproducible -d 'leave out what differs between equal runs'
complete -c qte-run -l heartbeat -r -f -d 'write signs of life so often, as 60s'
complete -c qte-run -l where -r -f -d 'of a sweep: try only such parameters'
complete -c qte-run -l rank -r -f -k -a 'none sharpe sortino total_return annual_return final_equity max_drawdown win_rate profit_factor gross_profit trades_closed volatility fees max_drawdown_bars exposure_ratio' -d 'of a sweep: best first by this figure'
complete -c qte-run -l top -r -f -d 'of a sweep: show the best N; 0 shows all'
complete -c qte-run -l jobs -r -f -d 'of a sweep: threads that work on it'
complete -c qte-run -l engine -r -f -k -a 'v1 v2' -d 'v2, or v1: the reference, with equal output'
complete -c qte-run -l batch -r -f -d 'bars that are worked on at once'
complete -c qte-run -l memory-limit -r -f -d 'refuse a run that could need more; 0: any'
complete -c qte-run -l cache -d 'keep what was read, to read it faster'
complete -c qte-run -l no-cache -d 'neither use the cache nor make it'
complete -c qte-run -l build-cache -d 'only read FILE into the cache, and end'
complete -c qte-run -l cache-dir -r -F -d 'where it is; else in the user\'s own place'
complete -c qte-run -l cache-full -r -f -d 'share of the disk in use above which old ones go'
