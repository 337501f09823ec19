# SPDX-License-Identifier: MIT
# What tests/bench/run measures of qte-verify.  It lends all that it has.
# shellcheck shell=bash disable=SC2154

# log: the path of an audit log with a fifth as many records as bars.
log()
{
	local file=$dir/audit-$((rows / 5)).jsonl

	if [ ! -s "$file" ]; then
		rm -f "$file.new"
		"$O/tests/bench/audit" "$file.new" $((rows / 5)) 1000 2>/dev/null
		mv "$file.new" "$file"
	fi
	echo "$file"
}

run_audit() { quietly "$O/qte-verify" "$(log)"; }
run_sha256sum() { quietly sha256sum "$(log)"; }

# What is checked: 100 MB when "1 M" is.
checked()
{
	bars $((2 * rows))
}

run_verify() { cost "$O/qte-verify" -q -f json --fail-on=error "$(checked)"; }
run_lines() { cost wc -l "$(checked)"; }
run_hashed() { cost sha256sum "$(checked)"; }
run_read_csv() { cost "$python" -c 'import pandas, sys
pandas.read_csv(sys.argv[1])' "$(checked)"; }
run_csvclean() { cost csvclean -n "$(checked)"; }
# shellcheck disable=SC2016  # they expand it
run_mawk()
{
	cost mawk -F , 'NR == 1 { next }
	NF != 6 { print NR ": fields" }
	$3 < $4 { print NR ": high" }
	$2 < $4 || $2 > $3 { print NR ": open" }
	$5 < $4 || $5 > $3 { print NR ": close" }
	$2 <= 0 || $6 < 0 { print NR ": sign" }
	$1 <= last { print NR ": time" }
	{ last = $1 }' "$(checked)"
}
# shellcheck disable=SC2016
run_mlr()
{
	cost mlr --icsv --ojson filter '$high < $low || $open < $low ||
		$open > $high || $close < $low || $close > $high ||
		$volume < 0' "$(checked)"
}

# All rows are bad: each has a volume below 0.
run_bad()
{
	local file=$dir/bad.csv

	[ "$file" -nt "$(checked)" ] ||
		sed '2,$s/,\([^,]*\)$/,-\1/' "$(checked)" >"$file"
	cost "$O/qte-verify" -q -f json --fail-on=error \
		--severity=negative-volume=info "$file"
}

# tree: a directory of eight files, 100 MB together, with its lists.
tree()
{
	local i

	if [ ! "$dir/tree.sums" -nt "$(checked)" ]; then
		mkdir -p "$dir/tree"
		for i in 1 2 3 4 5 6 7 8; do
			awk -v i="$i" -v n=$((2 * rows)) 'NR == 1 ||
				int((NR - 2) * 8 / n) == i - 1' \
				"$(checked)" >"$dir/tree/$i.csv"
		done
		"$O/qte-verify" --create "$dir/tree" -o "$dir/tree.jsonl"
		(cd "$dir/tree" && sha256sum -- *.csv) >"$dir/tree.sums"
	fi
	echo "$dir/tree"
}

run_manifest()
{
	cost "$O/qte-verify" -q -f json --profile=manifest \
		--manifest="$dir/tree.jsonl" "$(tree)"
}
run_sums() { (cd "$(tree)" && cost sha256sum --quiet -c ../tree.sums); }
run_dgst() { (cd "$(tree)" && cost openssl dgst -sha256 [1-8].csv); }
run_one() { files -j1; }
run_two() { files -j2; }

# files OPTION: all of them are checked.
files()
{
	cost "$O/qte-verify" -q -f json --fail-on=error "$@" "$(tree)"
}

# book: the directory of a book of as many trades as "2 M" is, in 50 symbols, of
# which all are sold again: cash is what they cost.
book()
{
	local n=$((2 * rows))

	if [ ! -s "$dir/book-$n/portfolio.csv" ]; then
		mkdir -p "$dir/book-$n"
		awk -v n="$n" -v dir="$dir/book-$n" -f "$here/book.awk"
	fi
	echo "$dir/book-$n"
}

run_book()
{
	cost "$O/qte-verify" -q -f json --profile=book \
		--initial-cash=1000000 "$(book)"
}
run_groupby() { cost "$python" "$here/pandas_book.py" "$(book)"; }

# The bars of 50 symbols, 1 GB when "1 M" is.
many()
{
	local file=$dir/many-$((rows / 3)).csv

	[ "$file" -nt "$O/tests/tools/genbars" ] || {
		"$O/tests/tools/genbars" $((rows / 3)) 1 50 >"$file.new"
		mv "$file.new" "$file"
	}
	echo "$file"
}
run_large() { cost "$O/qte-verify" -q -f json --fail-on=error "$(many)"; }
run_largelines() { cost wc -l "$(many)"; }
run_largehash() { cost sha256sum "$(many)"; }

# against SIDE NAME GOAL: qte-verify beside a peer, if that is installed.
against()
{
	local what

	what="$(short $((2 * rows))) bars checked"
	say "$what" s "$(median verify CPU)" "$(median "$1" CPU)" "$2" \
		"$(median verify CPU) / $(median "$1" CPU)" "<= $3"
}

row_verify()
{
	local peers=(lines hashed) p

	! has pandas || peers+=(read_csv)
	for p in csvclean mawk mlr; do
		if [ -n "$(command -v $p)" ]; then
			peers+=("$p")
		else
			note "$p: skipped, it is not installed"
		fi
	done
	in_turns verify bad "${peers[@]}"
	for p in "${peers[@]}"; do
		case $p in
		lines) against lines 'wc -l' 6.5 ;;
		hashed) against "$p" sha256sum 0.85 ;;
		read_csv) against "$p" pandas 0.18 ;;
		csvclean) against "$p" "$p" 0.17 ;;
		mawk) against "$p" "$p" 0.13 ;;
		mlr) against "$p" "$p" 0.07 ;;
		esac
	done
	say 'the same, all rows bad' s "$(median bad CPU)" \
		"$(median verify CPU)" none \
		"$(median bad CPU) / $(median verify CPU)" '<= 2'
	say 'memory of it' MiB "$(median verify PEAK)" '' '' '' '<= 4'
}

row_audit()
{
	local ours theirs

	in_turns audit sha256sum
	ours=$(median audit CPU) theirs=$(median sha256sum CPU)
	say "audit log of $(short $((rows / 5))) records" s "$ours" "$theirs" \
		sha256sum "$ours / $theirs" '<= 2'
}

row_manifest()
{
	local peers=(sums) p

	[ -z "$(command -v openssl)" ] || peers+=(dgst)
	tree >/dev/null
	in_turns manifest "${peers[@]}" one two
	for p in "${peers[@]}"; do
		say "manifest of 8 files, $(short $((2 * rows))) rows" s \
			"$(median manifest CPU)" "$(median "$p" CPU)" \
			"$([ "$p" = sums ] && echo sha256sum || echo openssl)" \
			"$(median manifest CPU) / $(median "$p" CPU)" \
			"$([ "$p" = sums ] && echo '<= 0.30' || echo '<= 1.10')"
	done
	say 'they checked by the clock, -j2' s "$(median two WALL)" \
		"$(median one WALL)" -j1 \
		"$(median two WALL) / $(median one WALL)" '<= 0.60'
}

row_book()
{
	has pandas || return 0
	book >/dev/null
	in_turns book groupby
	say "book of $(short $((2 * rows))) trades" s "$(median book CPU)" \
		"$(median groupby CPU)" pandas \
		"$(median book CPU) / $(median groupby CPU)" '<= 0.20'
}

# A gigabyte takes its time: only when it is asked for.
row_large()
{
	in_turns large largelines largehash
	say "$(short $((50 * rows / 3))) bars, 50 symbols" s \
		"$(median large CPU)" "$(median largelines CPU)" 'wc -l' \
		"$(median large CPU) / $(median largelines CPU)" '<= 6.5'
	say 'the same' s "$(median large CPU)" "$(median largehash CPU)" \
		sha256sum "$(median large CPU) / $(median largehash CPU)" \
		'<= 0.85'
	say 'memory of it' MiB "$(median large PEAK)" '' '' '' '<= 4'
}
