#!/bin/sh
# Guess: a title that is written into front matter without quotation marks is read
# as it stands, or an error says that it can't be.
#
# What happens: of a title that begins with ! or & the first word is gone, and of
# one that begins with # all of it, without an error. To YAML they are a tag, an
# anchor and a comment; a tag that nobody declared and an anchor that nobody
# uses are no mistakes. An * alone, which needs its anchor, is an error. So who
# takes what people wrote by hand has to look at the lines themselves: that YAML
# read them is not enough.
#
# go.yaml.in/yaml/v3 v3.0.6, 29 November 2026.
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

	"go.yaml.in/yaml/v3"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "go.yaml.in/yaml/v3" {
			fmt.Println(m.Path, m.Version)
		}
	}
	changed := false
	for _, c := range []struct {
		line string
		want any
		fail bool
	}{
		{"title: !Late again", "again", false},
		{"title: &Sons profits", "profits", false},
		{"title: #1 in rents", nil, false},
		{"title: *Star rises", nil, true},
		{"title: +1 in rents", "+1 in rents", false},
	} {
		var matter map[string]any
		err := yaml.Unmarshal([]byte(c.line), &matter)
		fmt.Printf("%-22s title %#v, error: %v\n", c.line, matter["title"], err)
		changed = changed || matter["title"] != c.want || (err != nil) != c.fail
	}
	if changed {
		fmt.Println("CHANGED: the titles are not what they were")
		os.Exit(1)
	}
	fmt.Println("as found: words go without an error")
}
GO
go mod init finding >log 2>&1 && go get go.yaml.in/yaml/v3@v3.0.6 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
