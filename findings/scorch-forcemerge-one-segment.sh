#!/bin/sh
# Guess: after ForceMerge without options, which merges a scorch index of bleve
# down to a single segment, no deleted documents are left.
#
# What happens: an index that is one segment already is left as it is, however
# many of its documents are deleted. ForceMerge returns nil. When one more
# document makes a second segment, the same call removes all that was deleted.
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
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

type state struct{ segments, live, deleted int }

func stateOf(s *scorch.Scorch) (st state) {
	r, err := s.Reader()
	check(err)
	defer r.Close()
	for _, seg := range r.(*scorch.IndexSnapshot).Segments() {
		st.segments++
		if d := seg.Deleted(); d != nil {
			st.deleted += int(d.GetCardinality())
		}
	}
	n, err := r.DocCount()
	check(err)
	st.live = int(n)
	return st
}

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/blevesearch/bleve/v2" {
			fmt.Println(m.Path, m.Version)
		}
	}
	index, err := bleve.New("index", bleve.NewIndexMapping())
	check(err)
	defer index.Close()
	advanced, err := index.Advanced()
	check(err)
	s := advanced.(*scorch.Scorch)

	add, remove := index.NewBatch(), index.NewBatch()
	for i := range 1000 {
		check(add.Index(strconv.Itoa(i), map[string]string{"title": "an article"}))
		if i < 900 {
			remove.Delete(strconv.Itoa(i))
		}
	}
	check(index.Batch(add))
	check(index.Batch(remove))

	changed := false
	step := func(what string, want state) {
		got := stateOf(s)
		fmt.Printf("%-40s segments %d, live %d, deleted %d\n", what, got.segments, got.live, got.deleted)
		changed = changed || got != want
	}
	step("900 of 1000 deleted:", state{1, 100, 900})
	check(s.ForceMerge(context.Background(), nil))
	step("ForceMerge returned nil:", state{1, 100, 900})
	check(index.Index("one more", map[string]string{"title": "an article"}))
	check(s.ForceMerge(context.Background(), nil))
	step("one more document, ForceMerge again:", state{1, 101, 0})
	if changed {
		fmt.Println("CHANGED: deletions or segments are not what they were")
		os.Exit(1)
	}
	fmt.Println("as found: a single segment keeps what was deleted")
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
