#!/usr/bin/env -S zsh -f
# SPDX-License-Identifier: MIT
# What zsh offers at the tab key behind LINE: the line with each of the answers,
# from the completions in DIRECTORY.  A shell of its own, on a terminal of its
# own, takes one answer after the other.
# usage: offers.zsh DIRECTORY LINE
zmodload zsh/zpty || exit

export ZDOTDIR=$(mktemp -d) || exit
export TERM=dumb DIRECTORY=$1 OFFERS=$ZDOTDIR/offers
trap 'rm -rf "$ZDOTDIR"' EXIT

cat >$ZDOTDIR/.zshrc <<'END'
PS1='ready'
fpath=($DIRECTORY $fpath)
autoload -Uz compinit
compinit -u -D
: >$OFFERS

# The answer of that ${number}; how many there are.
take()
{
	_main_complete
	answers=$compstate[nmatches]
	compstate[insert]=$number
	compstate[list]=
}

offer()
{
	local answers=1 number text=$BUFFER

	for ((number = 1; number <= answers; number++)); do
		BUFFER=$text CURSOR=$#text
		zle take
		((answers == 0)) || print -r -- $BUFFER >>$OFFERS
	done
	exit
}

zle -C take complete-word take
zle -N offer
bindkey '^G' offer
END

zpty shell exec zsh -d -i
zpty -r shell seen '*ready*'
zpty -w -n shell $2$'\a'
while zpty -r shell seen; do
	:
done
cat $OFFERS
