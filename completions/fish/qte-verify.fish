# Completions of qte-verify for fish, made by qte-verify --completion=fish.

# __qte_verify_list WORD...: the list so far with one more of the words.
function __qte_verify_list
	set -l given (commandline -ct | string replace -r '^--[^=]*=' '' |
		string replace -r '[^,]*$' '')
	for word in $argv
		contains -- $word (string split , -- $given)
		or echo $given$word
	end
end

# __qte_verify_files ENDING: files that end so, and directories.
function __qte_verify_files
	set -l given (commandline -ct | string replace -r '^--[^=]*=' '')
	for each in $given*/ $given*$argv[1]
		echo $each
	end
end

# __qte_verify_zones: the time zones of the machine.
function __qte_verify_zones
	set -l dir /usr/share/zoneinfo
	test -n "$TZDIR"; and set dir $TZDIR
	set -l all $dir/**
	for each in (string replace $dir/ '' $all | string match -r '^[A-Z].*')
		test -f $dir/$each; and echo $each
	end
end

complete -c qte-verify -s f -l format -r -f -k -a 'json text sha256sum' -d 'records or text; without it text on a terminal'
complete -c qte-verify -s o -l output -r -F -d 'write FILE, whole or not at all'
complete -c qte-verify -s q -l quiet -d 'print errors only'
complete -c qte-verify -s v -l verbose -d 'say what is being done'
complete -c qte-verify -l color -r -f -k -a 'auto always never' -d 'colour: auto, always or never'
complete -c qte-verify -s c -l config -r -F -d 'read this configuration'
complete -c qte-verify -l print-config -d 'print each value and its source, and end'
complete -c qte-verify -l completion -r -f -k -a 'bash zsh fish' -d 'print the completions for a shell, and end'
complete -c qte-verify -s V -l version -d 'print the version, and end'
complete -c qte-verify -s h -l help -f -k -a 'all' -d 'print this help, or all of it, and end'
complete -c qte-verify -s p -l profile -r -f -k -a 'auto bars ticks trades portfolio csv book manifest audit' -d 'what the data are; auto: by the header'
complete -c qte-verify -s 0 -l null -d 'read paths from standard input, a NUL after each'
complete -c qte-verify -l data -r -F -d 'where the files are that are read without a PATH'
complete -c qte-verify -l delimiter -r -f -d 'what parts the fields: a character, or tab'
complete -c qte-verify -l tz -r -f -k -a '(__qte_verify_zones)' -d 'time zone of the data, as Europe/London'
complete -c qte-verify -l now -r -f -d 'the time to judge by, instead of the clock\'s'
complete -c qte-verify -l only -r -f -d 'apply these rules and no others'
complete -c qte-verify -l disable -r -f -d 'apply all rules but these'
complete -c qte-verify -l severity -r -f -d 'weigh a rule as info, warning or error'
complete -c qte-verify -l fail-on -r -f -k -a 'warning error' -d 'status 1 from this severity on'
complete -c qte-verify -l interval -r -f -d 'time from bar to bar, as 1m'
complete -c qte-verify -l calendar -r -F -d 'when the market trades'
complete -c qte-verify -l session -r -f -d 'hours of each trading day, as 09:30-11:30,13:00-15:00'
complete -c qte-verify -l max-age -r -f -d 'the last bar is no older, as 3d'
complete -c qte-verify -l max-move -r -f -d 'a price moves no further at once'
complete -c qte-verify -l initial-cash -r -f -d 'of a book: what it began with'
complete -c qte-verify -l manifest -r -F -d 'what the files must be'
complete -c qte-verify -l create -d 'write a manifest of DIR, and end'
complete -c qte-verify -l anchor -r -F -d 'heads of the audit log, kept elsewhere'
complete -c qte-verify -l max-per-rule -r -f -d 'findings of a rule that are written for a file; 0: all'
complete -c qte-verify -l split-bad -r -F -d 'copy the rows with an error to FILE'
complete -c qte-verify -l reproducible -d 'leave out what differs between equal runs'
complete -c qte-verify -l parser -r -f -k -a 'fast general' -d 'what reads the rows, for tests'
complete -c qte-verify -s j -l jobs -r -f -d 'files that are read at a time'
