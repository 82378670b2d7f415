#!/bin/sh
# Guess: a light stemmer of Arabic takes the article and the letter for "and" off a
# word, so that "minister" and "the minister" have one stem, and with them a search
# for either finds both.
#
# What happens: one beginning goes, the first that fits, and a word that begins with
# the letter waw for itself loses it where no article stands before it. In bleve's
# light stemmer, after light10, "wazir" (minister) is zir, and "al-wazir" (the
# minister) is wazir: they never meet, nor do a ministry, an agency, a state, unity or
# a document and the same with the article; a state is the word for no. Lebanon has
# the stem of milk. A list of beginnings of words with their own waw mends the first.
#
# bleve v2.6.3, 1 December 2026.
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

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/blevesearch/bleve/v2" {
			fmt.Println(m.Path, m.Version)
		}
	}
	normalize, stem := ar.NewArabicNormalizeFilter(), ar.NewArabicStemmerFilter()
	of := func(word string) string {
		return string(stem.Filter(normalize.Filter(analysis.TokenStream{{Term: []byte(word)}}))[0].Term)
	}
	changed := false
	for _, c := range []struct{ a, b, what string }{
		{"وزير", "الوزير", "minister, the minister"},
		{"وزارة", "الوزارة", "ministry, the ministry"},
		{"وكالة", "الوكالة", "agency, the agency"},
		{"ولاية", "الولاية", "state, the state"},
		{"وحدة", "الوحدة", "unity, the unity"},
		{"وثيقة", "الوثيقة", "document, the document"},
	} {
		a, b := of(c.a), of(c.b)
		fmt.Printf("%s: %s %s\n", c.what, a, b)
		changed = changed || a == b
	}
	lebanon, milk := of("لبنان"), of("لبن")
	fmt.Printf("Lebanon, milk: %s %s\n", lebanon, milk)
	changed = changed || lebanon != milk
	if changed {
		fmt.Println("CHANGED: the stems are not what they were")
		os.Exit(1)
	}
	fmt.Println("as found: the minister is no minister, and Lebanon is milk")
}
GO
go mod init finding >log 2>&1 && go get github.com/blevesearch/bleve/v2@v2.6.3 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
