package render

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s", file, d)
	}
}

// spans returns where each of words stands in text, in order.
func spans(text string, words ...string) []index.Span {
	var out []index.Span
	at := 0
	for _, w := range words {
		i := strings.Index(text[at:], w)
		out = append(out, index.Span{Start: at + i, End: at + i + len(w)})
		at += i + len(w)
	}
	return out
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// sampleResults is a page of results. Its hits differ in what is known about
// them.
func sampleResults() *index.Results {
	long := "Deterrence rests on what the other side believes, and belief is made in peacetime: by patrols that keep " +
		"their schedule, by ammunition that is where the plan says it is, and by ministers who say the same thing twice."
	second := "The exercise was announced eleven weeks ahead. That, rather than the number of ships, is what deterrence looks like."
	cjk := "威慑的关键在于可信度，而可信度取决于平时的一致行动。演习提前十一周宣布，舰艇数量并不重要，重要的是每一次都按计划进行。"
	return &index.Results{
		Total: 143, Exact: true, Took: 3104 * time.Microsecond, Cursor: "MTAuNzMxMjpiMmRl",
		Hits: []index.Hit{
			{
				Rank: 1, Score: 7.3125,
				ID: "3f9a0c2b71de", Article: &corpus.Article{
					ID: "3f9a0c2b71de", Title: "Deterrence by detail: what the autumn exercises were really for",
					Source: "Harbour Review", Published: day(2026, 1, 12), Authors: []string{"Ada Okoye", "Jun Lin"},
					Topics: []corpus.Topic{{Path: "security/nuclear", Origin: corpus.Stated}, {Path: "asia", Origin: corpus.ByRule}},
					URL:    "https://harbour.example/2026/deterrence-by-detail",
				},
				TitleMatches: spans("Deterrence by detail", "Deterrence"),
				Snippets: []index.Snippet{
					{Field: "body", Section: "Military Signaling and Deterrence", Text: long, Matches: spans(long, "Deterrence")},
					{Field: "body", Section: "Conclusion", Text: second, Matches: spans(second, "deterrence")},
				},
				Explanation: []index.ScorePart{
					{Label: "deterr", Frequency: 6.5, DocFreq: 143, Boost: 1, Score: 5.25, Title: 1, Body: 4},
					{Label: `"autumn exercises"`, Frequency: 1, DocFreq: 3, Boost: 2, Score: 2.0625},
				},
			},
			{
				Rank: 2, Score: 4.5,
				ID: "zh-2025-11-03", Article: &corpus.Article{
					ID: "zh-2025-11-03", Title: "威慑与可信度：东北亚安全的两个关键词 🛰️", Source: "海港评论", Language: "zh",
					Published: day(2025, 11, 3), Authors: []string{"王明", "李华", "陈静", "赵强", "周敏"},
				},
				Snippets: []index.Snippet{{Field: "body", Text: cjk, Matches: spans(cjk, "威慑", "一致行动")}},
			},
			{
				Rank: 3, Score: 1.25,
				ID: "3f9a0c2c0042", Article: &corpus.Article{ID: "3f9a0c2c0042", Path: "/archive/plain notes/untitled.txt"},
				Snippets: []index.Snippet{{
					Field: "body", Text: "A note without a title, and with https://example.org/a/very/long/address/that-has-no-place-to-break/at_all.html in it.",
				}},
			},
		},
		Facets: []index.FacetCounts{
			{Name: "topic", More: 12, Values: []index.FacetValue{
				{Value: "security/nuclear", Count: 91, Selected: true},
				{Value: "asia", Count: 40},
				{Value: "north_korea", Count: 9},
				{Value: "economy/central_banks", Count: 3},
				{Value: "elections", Count: 1},
			}},
			{Name: "year", Values: []index.FacetValue{{Value: "2026", Count: 1201}, {Value: "2025", Count: 88}}},
			{Name: "source"},
		},
		Aliases: []index.AliasUse{
			{From: "nuclear umbrella", To: "extended deterrence", Articles: 12},
			{From: "nuclear umbrella", To: "security guarantee", Articles: 0},
			{From: "north korea", To: "DPRK", Articles: 40},
		},
	}
}

// sampleAnalysis has parts of every kind.
func sampleAnalysis() *AnalyzedQuery {
	trees := index.Clause{
		Text: `title:(naval OR "air force")`, Start: 8, End: 36, Articles: 381, Without: 14,
		Clauses: []index.Clause{
			{Text: "naval", Start: 15, End: 20, Articles: 354, Without: -1, Words: []index.WordCount{{Word: "naval", Count: 354}}},
			{Text: `"air force"`, Start: 24, End: 35, Articles: 29, Without: -1, Words: []index.WordCount{{Word: "air", Count: 288}, {Word: "force", Count: 1204}}},
		},
	}
	presidents := index.Clause{
		Text: "presid*", Start: 50, End: 57, Articles: 22044, Without: 0, MoreWords: 18,
		Words: []index.WordCount{
			{Word: "president", Count: 21313},
			{Word: "presidential", Count: 8968},
			{Word: "presidency", Count: 3107},
			{Word: "presidents", Count: 1750},
			{Word: "presided", Count: 170},
			{Word: "presiding", Count: 135},
		},
	}
	berlin := time.FixedZone("Europe/Berlin", 3600)
	return &AnalyzedQuery{
		Analysis: &index.Analysis{
			Query:    `the zebra title:(naval OR "air force") date:30d presid* -trains`,
			Expanded: `the zebra title:(naval OR "air force" OR airforce) date:30d presid* -trains`,
			Among:    28279, WithSome: 143, DidYouMean: "the zero",
			Aliases: []index.AliasUse{{From: "air force", To: "airforce", Articles: 4}, {From: "air force", To: "AF"}, {From: "trains", To: "railways", Articles: 31}},
			Clauses: []index.Clause{
				{Text: "the", End: 3, Articles: 28279, Without: 0, Ignored: true, Words: []index.WordCount{{Word: "the", Count: 36918}}},
				{Text: "zebra", Start: 4, End: 9, Articles: 0, Without: 12},
				trees,
				{
					Text: "date:30d", Start: 37, End: 45, Articles: 901, Without: 3,
					From: time.Date(2026, 2, 1, 0, 0, 0, 0, berlin), To: time.Date(2026, 3, 4, 0, 0, 0, 0, berlin),
				},
				presidents,
				{Text: "-trains", Start: 58, End: 65, Articles: 27000, Without: 0, Clauses: []index.Clause{
					{Text: "trains", Start: 59, End: 65, Articles: 1279, Without: -1, Words: []index.WordCount{{Word: "train", Count: 1100}, {Word: "trains", Count: 300}}},
				}},
			},
		},
		Filters: []string{"--source 'Harbour Review'", "--since 2020"}, Location: berlin,
	}
}
