#!/bin/sh
# Guess: full-width digits, as the Japanese press prints them, are cut into words like
# those of ASCII, and folding their width is a filter behind the tokenizer, as it is
# for case: a year is one word, then its digits are made narrow.
#
# What happens: kagome with the dictionary of IPA cuts "2026年" into 2026 and 年, but
# "２０２６年" into each of its digits and 年, as wide digits are words of that dictionary.
# What is folded behind it are four words of one digit: a search for the year 2026
# finds no article that prints it wide, and as a phrase these four are found within
# longer numbers too. The width has to be folded before words are cut, with the places
# of words taken back to the text as it is.
#
# kagome v2.10.3 with kagome-dict/ipa v1.2.6, 1 December 2026.
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
	"strings"

	"github.com/ikawaha/kagome-dict/ipa"
	"github.com/ikawaha/kagome/v2/tokenizer"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		fmt.Println(m.Path, m.Version)
	}
	t, err := tokenizer.New(ipa.Dict(), tokenizer.OmitBosEos())
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	changed := false
	for _, c := range []struct{ text, want string }{
		{"2026年", "2026|年"},
		{"２０２６年", "２|０|２|６|年"},
		{"支持率45％", "支持|率|45|％"},
		{"支持率４５％", "支持|率|４|５|％"},
	} {
		for _, mode := range []tokenizer.TokenizeMode{tokenizer.Normal, tokenizer.Search} {
			var words []string
			for _, k := range t.Analyze(c.text, mode) {
				words = append(words, k.Surface)
			}
			got := strings.Join(words, "|")
			fmt.Printf("%s, mode %v: %s\n", c.text, mode, got)
			changed = changed || got != c.want
		}
	}
	if changed {
		fmt.Println("the behaviour has changed")
		os.Exit(1)
	}
}
GO
go mod init finding >log 2>&1
go get github.com/ikawaha/kagome/v2@v2.10.3 github.com/ikawaha/kagome-dict/ipa@v1.2.6 >>log 2>&1 || { cat log; exit 1; }
go run .
