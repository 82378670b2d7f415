#!/bin/sh
# Guess: an id on a heading or a section, made of the words of the heading as
# publishing systems make them, has no say in what the text of an article is.
#
# What happens: go-readability takes ids for names of roles, a part of a word
# being enough. A section of some 700 letters on "Social security" goes from the
# article, with all its text, since its id holds "social"; and of a heading that
# has the id itself the heading goes, and its text stays below the one before.
# So with community-banks, extra-dues, sidebar-deals, comments-of-pilots. The
# same section under the id wages is kept. Who wants whole articles takes such
# ids away before.
#
# go-readability v2.1.3, 29 November 2026.
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
	"net/url"
	"os"
	"runtime/debug"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
)

const module = "codeberg.org/readeck/go-readability/v2"

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == module {
			fmt.Println(m.Path, m.Version)
		}
	}
	changed := false
	for _, id := range []string{"wages", "social-security", "community-banks", "extra-dues", "comments-of-pilots", "sidebar-deals"} {
		heading, text := kept(`<section id="` + id + `"><h2>A heading</h2>` + chapter + `</section>`)
		alone, below := kept(`<h2 id="` + id + `">A heading</h2>` + chapter)
		fmt.Printf("%-20s on a section: heading %-5v text %-5v  on the heading: heading %-5v text %v\n", id, heading, text, alone, below)
		whole := id == "wages"
		changed = changed || heading != whole || text != whole || alone != whole || !below
	}
	if changed {
		fmt.Println("CHANGED: what is kept is not what it was")
		os.Exit(1)
	}
	fmt.Println("as found: an id made of a heading's words decides")
}

var (
	prose   = strings.Repeat("The pilots of the harbour and the office of the port spent the day over the dues, and neither side gave way. ", 6)
	chapter = "<p>Zebras stay. " + prose + "</p>"
)

// kept reports whether a chapter of an article stands in its text.
func kept(chapter string) (heading, text bool) {
	page := "<html><head><title>Dues of ships</title></head><body><article><h1>Dues of ships</h1><p>" + prose + "</p><p>" + prose +
		"</p>" + chapter + "<p>" + prose + "</p></article></body></html>"
	address, err := url.Parse("https://example.org/dues")
	check(err)
	article, err := readability.FromReader(strings.NewReader(page), address)
	check(err)
	var b bytes.Buffer
	check(article.RenderText(&b))
	return strings.Contains(b.String(), "A heading"), strings.Contains(b.String(), "Zebras")
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
GO
go mod init finding >log 2>&1 && go get codeberg.org/readeck/go-readability/v2@v2.1.3 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
