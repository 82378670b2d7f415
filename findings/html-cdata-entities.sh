#!/bin/sh
# Guess: what stands in a CDATA section is text as it is. So "&amp;" there is five
# characters: XML says so, and the HTML standard does for foreign content.
#
# What happens: with AllowCDATA the tokenizer of golang.org/x/net/html decodes
# character references in CDATA sections, and so does its parser in SVG. Text that
# was "&lt;b&gt;" in a feed becomes a tag, and a title "AT&amp;amp;T" loses a level.
# Raw() still has the section as it was written.
#
# golang.org/x/net v0.62.0, 29 November 2026.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
cd "$dir"
export GOWORK=off

cat >main.go <<'GO'
package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/net/html"
)

const section = "<a><![CDATA[Smith &amp; Sons, 5 &lt; 6]]></a>"

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		fmt.Println(m.Path, m.Version)
	}
	var want string
	if err := xml.Unmarshal([]byte(section), &want); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Printf("encoding/xml:            %q\n", want)

	z := html.NewTokenizer(strings.NewReader(section))
	z.AllowCDATA(true)
	var got string
	for z.Next() != html.ErrorToken {
		if t := z.Token(); t.Type == html.TextToken {
			got += t.Data
		}
	}
	fmt.Printf("html, tokenizer:         %q\n", got)

	doc, err := html.Parse(strings.NewReader("<svg><desc>" + strings.TrimSuffix(strings.TrimPrefix(section, "<a>"), "</a>") + "</desc></svg>"))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	parsed := text(doc)
	fmt.Printf("html, parser within svg: %q\n", parsed)
	if got != "Smith & Sons, 5 < 6" {
		fmt.Println("CHANGED: the tokenizer gives something else")
		os.Exit(1)
	}
	fmt.Println("as found: references in CDATA sections are decoded")
}

func text(n *html.Node) (s string) {
	if n.Type == html.TextNode {
		s = n.Data
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s += text(c)
	}
	return s
}
GO
go mod init finding >log 2>&1 && go get golang.org/x/net@v0.62.0 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
