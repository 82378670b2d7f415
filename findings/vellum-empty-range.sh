#!/bin/sh
# Guess: FST.Iterator of vellum goes over the keys "between the provided
# startKeyInclusive and endKeyExclusive", as its comment says. Where the end is
# not after the start, there are none.
#
# What happens: it returns one key then, if there is one to return. From b to b
# that is b. From c to a it is a: before the start, and the end that is
# excluded. So who makes ranges of bounds that users give has to ask first
# whether the range is empty.
#
# vellum v1.2.1, 29 November 2026.
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
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/blevesearch/vellum"
)

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/blevesearch/vellum" {
			fmt.Println(m.Path, m.Version)
		}
	}
	var file bytes.Buffer
	builder, err := vellum.New(&file, nil)
	check(err)
	for i, key := range []string{"a", "b", "c"} {
		check(builder.Insert([]byte(key), uint64(i)))
	}
	check(builder.Close())
	fst, err := vellum.Load(file.Bytes())
	check(err)
	fmt.Println("keys: a b c")

	changed := false
	for _, r := range []struct{ start, end, want string }{
		{"a", "c", "a b"},
		{"b", "b", "b"},
		{"bb", "bb", ""}, // no key
		{"b", "a", "a"},
		{"c", "a", "a"},
	} {
		var keys []string
		it, err := fst.Iterator([]byte(r.start), []byte(r.end))
		for ; err == nil; err = it.Next() {
			key, _ := it.Current()
			keys = append(keys, string(key))
		}
		if !errors.Is(err, vellum.ErrIteratorDone) {
			check(err)
		}
		got := strings.Join(keys, " ")
		fmt.Printf("from %-2s up to, without, %-2s: %v\n", r.start, r.end, keys)
		changed = changed || got != r.want
	}
	if changed {
		fmt.Println("CHANGED: the keys are not what they were")
		os.Exit(1)
	}
	fmt.Println("as found: an empty range has a key")
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
GO
go mod init finding >log 2>&1 && go get github.com/blevesearch/vellum@v1.2.1 >>log 2>&1 || { cat log; exit 1; }
go run -mod=mod .
