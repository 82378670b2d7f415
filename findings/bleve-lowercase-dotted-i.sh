#!/bin/sh
# Guess: bleve's to_lower, which is part of the standard analyzer and of those
# of most languages, makes "i" of the Turkish capital "İ", as unicode.ToLower
# does. "toLowerDeferredCopy will function exactly like bytes.ToLower()", its
# comment says.
#
# What happens: "İ" has two bytes and "i" has one. The bytes behind it are not
# moved up unless they change as well, so a byte that is no UTF-8 stays in the
# term, and the term's last byte is cut off. İran and İrak become the same term:
# who asks for one finds the other, and who asks for "iran" finds neither. No
# error is returned.
#
# bleve v2.6.3, 29 November 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
export GOWORK=off

cat >main.go <<'GO'
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/blevesearch/bleve/v2" {
			fmt.Println(m.Path, m.Version)
		}
	}
	changed := false
	mapping := bleve.NewIndexMapping()
	for _, word := range []string{"İRAN", "İran", "İrak", "İmamoğlu"} {
		tokens, err := mapping.AnalyzeText("standard", []byte(word))
		check(err)
		term := tokens[0].Term
		want := bytes.ToLower([]byte(word))
		fmt.Printf("%-9s term %-14q valid UTF-8: %-5v bytes.ToLower: %q\n", word, term, utf8.Valid(term), want)
		// In capitals all bytes change, and the term is right.
		if broken := !bytes.Equal(term, want); broken != (word != "İRAN") || utf8.Valid(term) == broken {
			changed = true
		}
	}

	index, err := bleve.NewUsing("", mapping, scorch.Name, scorch.Name, nil)
	check(err)
	defer index.Close()
	check(index.Index("on-iran", map[string]string{"title": "İran nükleer programı"}))
	check(index.Index("on-iraq", map[string]string{"title": "İrak seçimleri"}))
	for _, q := range []struct{ text, found string }{
		{"İran", "on-iran on-iraq"},
		{"iran", ""},
		{"programı", "on-iran"},
	} {
		query := bleve.NewMatchQuery(q.text)
		query.SetField("title")
		req := bleve.NewSearchRequest(query)
		req.SortBy([]string{"_id"})
		res, err := index.Search(req)
		check(err)
		var ids []string
		for _, hit := range res.Hits {
			ids = append(ids, hit.ID)
		}
		fmt.Printf("search %-10s finds %v\n", q.text, ids)
		changed = changed || strings.Join(ids, " ") != q.found
	}
	if changed {
		fmt.Println("CHANGED: terms or answers are not what they were")
		os.Exit(1)
	}
	fmt.Println("as found: İran and İrak are one term, which is no UTF-8")
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
GO
go mod init finding >log 2>&1 && go get github.com/blevesearch/bleve/v2@v2.6.3 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
