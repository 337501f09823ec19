# Completions of qte-clean for fish, made by qte-clean --completion=fish.

# __qte_clean_list WORD...: the list so far with one more of the words.
function __qte_clean_list
	set -l given (commandline -ct | string replace -r '^--[^=]*=' '' |
		string replace -r '[^,]*$' '')
	for word in $argv
		contains -- $word (string split , -- $given)
		or echo $given$word
	end
end

# __qte_clean_files ENDING: files that end so, and directories.
function __qte_clean_files
	set -l given (commandline -ct | string replace -r '^--[^=]*=' '')
	for each in $given*/ $given*$argv[1]
		echo $each
	end
end

complete -c qte-clean -f
complete -c qte-clean -s f -l format -r -f -k -a 'json text' -d 'records or text; without it text on a terminal'
complete -c qte-clean -s o -l output -r -F -d 'write FILE, whole or not at all'
complete -c qte-clean -s q -l quiet -d 'print errors only'
complete -c qte-clean -s v -l verbose -d 'say what is being done'
complete -c qte-clean -l color -r -f -k -a 'auto always never' -d 'colour: auto, always or never'
complete -c qte-clean -s c -l config -r -F -d 'read this configuration'
complete -c qte-clean -l print-config -d 'print each value and its source, and end'
complete -c qte-clean -l completion -r -f -k -a 'bash zsh fish' -d 'print the completions for a shell, and end'
complete -c qte-clean -s V -l version -d 'print the version, and end'
complete -c qte-clean -s h -l help -f -k -a 'all' -d 'print this help, or all of it, and end'
complete -c qte-clean -l delete -d 'act; without it only the plan is written'
complete -c qte-clean -l plan -r -F -d 'take the items of this plan, and no others'
complete -c qte-clean -l undo -r -f -d 'bring back what that run put into the trash'
complete -c qte-clean -l rule -r -f -d 'this rule alone; may be given again'
complete -c qte-clean -l force -d 'act where --max-delete or the clock would refuse'
complete -c qte-clean -l max-delete -r -f -d 'most that may go of a directory of 100 files or more'
complete -c qte-clean -l wait -r -f -d 'wait so long for a run that holds the lock'
complete -c qte-clean -l log-dir -r -F -d 'where rule logs works'
complete -c qte-clean -l data-dir -r -F -d 'where rule temp works'
complete -c qte-clean -l audit -r -F -d 'the chained log that each deletion is written to'
complete -c qte-clean -l reproducible -d 'leave out what differs between equal runs'
