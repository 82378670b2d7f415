#!/bin/sh
# Guess: with ScoringModel "bm25", bleve ranks by BM25. Its docs/scoring.md has
# the formula: a term's frequency, and the mean length of the field "across all
# the documents". So the same articles give the same scores.
#
# What happens: the order of two hits depends on how articles were batched. In
# the place of the mean length stands the number of different terms, counted
# once for each segment, divided by the number of documents and rounded up. So
# merging changes scores too. And the square root is taken of the frequency: 16
# times counts as 4.
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
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// Each article has a name, how often it says "tariff", and its length in tokens.
var articles = []struct {
	name  string
	tf    int
	other string
}{
	{"short", 1, strings.Repeat(" note", 5)},
	{"long", 16, filler},
	{"a", 0, filler}, {"b", 0, filler}, {"c", 0, filler}, {"d", 0, filler},
	{"e", 0, filler}, {"f", 0, filler}, {"g", 0, filler}, {"h", 0, filler},
}

const filler = " one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"

func text(i int) string {
	return strings.Repeat("tariff ", articles[i].tf) + articles[i].other
}

// search indexes the articles, size in a batch, and asks for "tariff". In
// memory nothing is merged, so each batch stays a segment.
func search(size int) (order string, scores map[string]float64) {
	mapping := bleve.NewIndexMapping()
	mapping.ScoringModel = "bm25"
	index, err := bleve.NewUsing("", mapping, scorch.Name, scorch.Name, nil)
	check(err)
	defer index.Close()
	batch := index.NewBatch()
	for i, a := range articles {
		check(batch.Index(a.name, map[string]string{"body": text(i)}))
		if batch.Size() == size {
			check(index.Batch(batch))
			batch.Reset()
		}
	}
	query := bleve.NewTermQuery("tariff")
	query.SetField("body")
	res, err := index.Search(bleve.NewSearchRequest(query))
	check(err)
	scores = make(map[string]float64)
	for _, hit := range res.Hits {
		order += hit.ID + " "
		scores[hit.ID] = hit.Score
	}
	return strings.TrimSpace(order), scores
}

// bm25 is the formula, with a frequency of f(tf) and a mean length.
func bm25(f func(float64) float64, mean float64, i int) float64 {
	const k1, b, n, df = 1.2, 0.75, 10, 2
	tf, length := f(float64(articles[i].tf)), float64(len(strings.Fields(text(i))))
	idf := math.Log(1 + (n-df+0.5)/(df+0.5))
	return idf * tf * (k1 + 1) / (tf + k1*(1-b+b*length/mean))
}

func main() {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "github.com/blevesearch/bleve/v2" {
			fmt.Println(m.Path, m.Version)
		}
	}
	var tokens float64
	for i := range articles {
		tokens += float64(len(strings.Fields(text(i))))
	}
	mean := tokens / float64(len(articles))
	same := func(x float64) float64 { return x }
	fmt.Printf("BM25:                 short %.3f, long %.3f (mean length %.1f)\n", bm25(same, mean, 0), bm25(same, mean, 1), mean)

	one, a := search(len(articles))
	fmt.Printf("bleve, one batch:     short %.3f, long %.3f: first is %s\n", a["short"], a["long"], strings.Fields(one)[0])
	ten, b := search(1)
	fmt.Printf("bleve, ten batches:   short %.3f, long %.3f: first is %s\n", b["short"], b["long"], strings.Fields(ten)[0])

	// 18 different terms; in ten segments 17 of long, 2 of short, 16 of each other.
	ratio := func(mean float64) float64 { return bm25(math.Sqrt, mean, 0) / bm25(math.Sqrt, mean, 1) }
	meanOne, meanTen := math.Ceil(18.0/10), math.Ceil((17+2+8*16)/10.0)
	fmt.Printf("short over long:      one batch %.4f, ten %.4f\n", a["short"]/a["long"], b["short"]/b["long"])
	fmt.Printf("with sqrt(tf):        mean %.0f: %.4f, mean %.0f: %.4f\n", meanOne, ratio(meanOne), meanTen, ratio(meanTen))

	near := func(x, y float64) bool { return math.Abs(x-y) < 1e-3 }
	if one != "short long" || ten != "long short" ||
		!near(a["short"]/a["long"], ratio(meanOne)) || !near(b["short"]/b["long"], ratio(meanTen)) {
		fmt.Println("CHANGED: the order, or the two means, are not what they were")
		os.Exit(1)
	}
	fmt.Println("as found: the first hit depends on the batches")
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
