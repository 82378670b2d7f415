#!/bin/sh
# Guess: Snowball's English stemmer joins forms of a word. Where it joins others,
# these are long and learned, like organ and organization.
#
# What happens: in its second generation, which Go's libraries have, "added" and
# "adding" are ad, the stem of ads: the double consonant of an ending that went is
# undone, of two letters too. A search for ads finds every article that "added"
# something, one of the commonest words of news. Likewise erred is er, ebbed eb,
# offing of. Plurals in -u part from their singular instead: hindus, menus. The
# third generation (2025) has rules for the first kind.
#
# snowballstem v0.9.0, 29 November 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
export GOWORK=off

cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/blevesearch/snowballstem" {
			fmt.Println(m.Path, m.Version)
		}
	}
	changed := false
	for _, c := range []struct{ word, want string }{
		{"added", "ad"}, {"adding", "ad"}, {"ads", "ad"}, {"adds", "add"},
		{"erred", "er"}, {"ebbed", "eb"}, {"offing", "of"},
		{"hindu", "hindu"}, {"hindus", "hindus"}, {"menu", "menu"}, {"menus", "menus"},
	} {
		env := snowballstem.NewEnv(c.word)
		english.Stem(env)
		fmt.Printf("%-8s %s\n", c.word, env.Current())
		changed = changed || env.Current() != c.want
	}
	if changed {
		fmt.Println("CHANGED: the stems are not what they were")
		os.Exit(1)
	}
	fmt.Println("as found: added is a form of ad, and adds is none")
}
GO
go mod init finding >log 2>&1 && go get github.com/blevesearch/snowballstem@v0.9.0 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
