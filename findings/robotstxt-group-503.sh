#!/bin/sh
# Guess: github.com/temoto/robotstxt has two ways to ask the same thing, of the data
# (TestAgent), or of the group for an agent (FindGroup, then Test). They agree.
#
# What happens: they agree on what a file says. Where the server failed to send one
# (503), the data disallows everything, as RFC 9309 wants it, and the group that it
# gives allows everything. Who keeps the group, as for its crawl delay, fetches what
# must not be fetched.
#
# github.com/temoto/robotstxt v1.1.2, 29 November 2026.
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

	"github.com/temoto/robotstxt"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		fmt.Println(m.Path, m.Version)
	}
	as := true
	for _, c := range []struct {
		status      int
		body        string
		data, group bool // as found: whether the page may be fetched
	}{
		{200, "User-agent: *\nDisallow: /closed\n", false, false},
		{404, "", true, true},
		{503, "", false, true},
	} {
		robots, err := robotstxt.FromStatusAndBytes(c.status, []byte(c.body))
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		data, group := robots.TestAgent("/closed", "reader"), robots.FindGroup("reader").Test("/closed")
		fmt.Printf("%d: TestAgent %v, FindGroup().Test %v\n", c.status, data, group)
		as = as && data == c.data && group == c.group
	}
	if !as {
		fmt.Println("CHANGED: the answers are not what they were")
		os.Exit(1)
	}
	fmt.Println("as found: after a 503 the two answers differ")
}
GO
go mod init finding >log 2>&1 && go get github.com/temoto/robotstxt@v1.1.2 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
