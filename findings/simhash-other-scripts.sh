#!/bin/sh
# Guess: the fingerprints of two articles that have nothing in common differ in about
# half of their 64 bits, in whatever script they are written; who calls them duplicates
# up to 3 bits, as the paper on it does, keeps them apart.
#
# What happens: the words of NewWordFeatureSet, which the page of
# github.com/mfonda/simhash shows, are words of ASCII, since \w is ASCII in Go. A text in
# Cyrillic, Arabic or Chinese has no features, and the fingerprint of none has all bits
# set. So all Russian articles are duplicates of each other and of all Chinese ones, at a
# distance of 0; where a year stands in two of them, it alone is compared. Of French words
# only what is between accents counts. NewUnicodeWordFeatureSet, which the page doesn't
# name, keeps them apart.
#
# github.com/mfonda/simhash v0.0.0-20151007195837-79f94a1100d6, 1 December 2026.
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

	"github.com/mfonda/simhash"
	"golang.org/x/text/unicode/norm"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/mfonda/simhash" {
			fmt.Println(m.Path, m.Version)
		}
	}
	changed := false
	for _, c := range []struct {
		what, one, other string
		alike            bool
	}{
		{"English", "The president signed the budget", "A ferry left for Denmark", false},
		{"Russian", "Президент подписал бюджет", "Паром ушёл в Данию после шторма", true},
		{"Russian and Chinese", "Президент подписал бюджет", "渡轮在风暴后启航", true},
		{"Arabic", "وقع الرئيس الميزانية", "غادرت العبارة بعد العاصفة", true},
		{"Russian, of one year", "В 2024 году президент подписал бюджет", "Паром 2024 года ушёл в Данию", true},
		{"French", "à côté", "Élysée été", true},
	} {
		one, other := []byte(c.one), []byte(c.other)
		words := simhash.Compare(simhash.Simhash(simhash.NewWordFeatureSet(one)), simhash.Simhash(simhash.NewWordFeatureSet(other)))
		unicode := simhash.Compare(simhash.Simhash(simhash.NewUnicodeWordFeatureSet(one, norm.NFC)), simhash.Simhash(simhash.NewUnicodeWordFeatureSet(other, norm.NFC)))
		fmt.Printf("%s: %q and %q differ in %d bits, by words of Unicode in %d\n", c.what, c.one, c.other, words, unicode)
		changed = changed || (words <= 3) != c.alike || unicode <= 3
	}
	if changed {
		fmt.Println("CHANGED: other texts are alike")
		os.Exit(1)
	}
	fmt.Println("as found: all Russian texts are alike")
}
GO
{ go mod init finding && go get github.com/mfonda/simhash@v0.0.0-20151007195837-79f94a1100d6 && go mod tidy; } >log 2>&1 || { cat log; exit 1; }
go run .
