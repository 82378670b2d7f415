#!/bin/sh
# Guess: a Go package of an index costs a program that imports it next to nothing until
# an index is opened.
#
# What happens: bleve's scorch builds the tables of two Levenshtein automata, for one and
# for two edits, when the program starts, whether or not anything is searched with edits:
# more than 20,000 allocations and a megabyte, before main. All other packages that it
# brings allocate less than that together. In a command that answers one search, that is
# a good part of all it does.
#
# bleve v2.6.3, Go 1.26, 1 December 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
export GOWORK=off
cat >main.go <<'GO'
package main

import _ "github.com/blevesearch/bleve/v2/index/scorch"

func main() {}
GO
{ go mod init example.com/starts && go get github.com/blevesearch/bleve/v2@v2.6.3 && go build -o starts .; } >log 2>&1 || { cat log; exit 1; }
GODEBUG=inittrace=1 ./starts 2>trace
awk '
	$1 != "init" { next }
	{ for (i = 2; i <= NF; i++) if ($i ~ /^allocs/) n = $(i - 1) }
	$2 == "github.com/blevesearch/bleve/v2/index/scorch" { scorch = n; print; next }
	{ others += n }
	END {
		print "all other packages: " others " allocations"
		if (scorch > 20000 && others < scorch) { print "as found"; exit 0 }
		print "changed"; exit 1
	}' trace
