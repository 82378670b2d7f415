package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/index/eval"
)

var update = flag.Bool("update", false, "write the golden files anew")

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func sampleArticle() *corpus.Article {
	return &corpus.Article{
		ID: "3f9a0c2b71de", Title: "Deterrence by detail", Source: "Harbour Review", Authors: []string{"Ada Okoye"},
		Published: day("2026-01-12"), Language: "en", Body: "Nobody announced the train.",
		Sections: []corpus.Section{{Heading: "Signals", End: 27}},
		Topics:   []corpus.Topic{{Path: "security/nuclear", Origin: corpus.Stated}, {Path: "asia", Origin: corpus.ByRule, Reason: "train"}},
		URL:      "https://harbour.example/a?b=1&c=2", Path: "harbour.jsonl",
	}
}

func sampleResults() *index.Results {
	return &index.Results{
		Total: 143, Exact: true, Relaxed: true, Took: 3104 * time.Microsecond, Cursor: "MTA", DidYouMean: "determent",
		Hits: []index.Hit{
			{
				Rank: 1, Score: 7.3125, ID: sampleArticle().ID, Article: sampleArticle(), TitleMatches: []index.Span{{End: 10}},
				Snippets:    []index.Snippet{{Field: "body", Section: "Signals", Text: "Nobody announced the train.", Matches: []index.Span{{Start: 21, End: 26}}}},
				Explanation: []index.ScorePart{{Label: "deterr", Frequency: 6.5, DocFreq: 143, Boost: 1, Score: 5.25, Title: 1, Body: 4}},
			},
			{Rank: 2, ID: "bare", Article: &corpus.Article{ID: "bare"}, Snippets: []index.Snippet{{Field: "summary", Text: "x"}}},
		},
		Facets: []index.FacetCounts{
			{Name: "topic", More: 12, Values: []index.FacetValue{{Value: "asia", Count: 40, Selected: true}, {Value: "economy", Count: 3}}},
			{Name: "source"},
		},
		Aliases:  []index.AliasUse{{From: "north korea", To: "DPRK", Articles: 40}},
		Warnings: []string{"the query was cut at 4 KB"},
	}
}

func sampleAnalysis() *index.Analysis {
	return &index.Analysis{
		Query: "the zebra date:30d (oil OR gas)", Expanded: "the zebra date:30d (oil OR gas OR petroleum)",
		Articles: 0, Among: 28279, WithSome: 143, DidYouMean: "the zero", Warnings: []string{"a warning"},
		Aliases: []index.AliasUse{{From: "oil", To: "petroleum"}},
		Clauses: []index.Clause{
			{Text: "the", End: 3, Articles: 28279, Ignored: true},
			{Text: "zebra", Start: 4, End: 9, Without: 12, Words: []index.WordCount{{Word: "zebra", Count: 1}}, MoreWords: 2},
			{Text: "date:30d", Start: 10, End: 18, Articles: 901, Without: 3, From: day("2026-02-01"), To: day("2026-03-04")},
			{Text: "(oil OR gas)", Start: 19, End: 31, Clauses: []index.Clause{{Text: "oil", Start: 20, End: 23, Articles: 4, Without: -1}}},
		},
	}
}

func sampleChanges() *index.SyncReport {
	return &index.SyncReport{
		Added: 28000, Updated: 3, Unchanged: 279, Removed: 1, Vanished: 2, Skipped: 7, Bytes: 181_000_000, Took: 21400 * time.Millisecond,
		Unreadable: []*corpus.ReadError{{Path: "a.jsonl", Line: 12, Err: errors.New("unexpected end of input"), Hint: "fetch the file again"}},
		Partial:    []*corpus.ReadError{{Path: "b.txt", Err: errors.New("a field was cut")}},
		Warnings:   []string{"a warning"},
		Learned:    &index.LearnReport{Model: "f00d", Trained: 50, Terms: 400, Articles: 60, Bytes: 9000, Took: time.Second},
		Topics:     sampleTraining(),
		Saved: []index.SavedCount{
			{Search: index.SavedSearch{Name: "rates"}, New: 5, Added: 3},
			{Search: index.SavedSearch{Name: "wide"}, Err: errors.New("the query is too broad")},
		},
	}
}

func sampleTree() *index.TopicTree {
	return &index.TopicTree{Articles: 12, Topics: []index.TopicNode{
		{Topic: "economy", Articles: 9, Stated: 4, Rule: 6, Learned: 1}, {Topic: "economy/trade", Own: 7, Articles: 7, Rule: 7},
	}}
}

func sampleExplanation() *index.TopicExplanation {
	return &index.TopicExplanation{
		ID: "a", Title: "Rates", Model: "beef",
		Topics: []index.ExplainedTopic{
			{Topic: corpus.Topic{Path: "prices", Origin: corpus.Stated}},
			{Topic: corpus.Topic{Path: "economy", Origin: corpus.Learned, Reason: "rates, bank", Probability: .75}, Scored: true, Score: .5, Threshold: .25},
		},
		Near: []index.ExplainedTopic{{Topic: corpus.Topic{Path: "trade", Origin: corpus.Learned, Reason: "tariff", Probability: .125}, Scored: true, Score: -.5}},
	}
}

func sampleTraining() *index.TrainTopicsReport {
	return &index.TrainTopicsReport{
		Model: "beef", Labelled: 90, Trained: 80, Terms: 700, Bytes: 8000, Articles: 120, Changed: 25, Took: 2 * time.Second,
		Topics: []index.TrainedTopic{{Topic: "economy", Articles: 40, F1: .75, Precision: .875, Recall: .625, Kept: true}, {Topic: "misc", Articles: 30}},
	}
}

func sampleStats() *index.Stats {
	return &index.Stats{
		Schema: 2, Articles: 8, Tokens: 1200, Written: day("2026-01-12").In(time.FixedZone("", 3600)),
		Segments: []index.SegmentStats{{Name: "000000000001.zap", Documents: 9, Deleted: 1, Bytes: 4096}},
		Sections: map[string]int64{"postings": 10, "stored": 20}, Files: map[string]int64{"segments": 4096},
		Generations: []index.GenerationStats{{Number: 3, Current: true, Articles: 8}, {Number: 2, Articles: 7, Held: true, By: []string{"newsq 17"}}},
		WithTime:    1, WithDay: 6, Undated: 1, OutOfRange: 2,
		Learned: &index.Learned{Model: "f00d", Time: day("2026-01-11"), Trained: 7, Terms: 400, Since: 1, Bytes: 9000, Damage: errors.New("a damage")},
		Oldest:  day("2019-06-18"), Newest: day("2026-05-12"),
		Outlets: index.FacetCounts{Name: "source", More: 3, Values: []index.FacetValue{{Value: "Harbour Review", Count: 4}}},
	}
}

// The forms are a promise: a change of a golden file breaks those who read it.
func TestForms(t *testing.T) {
	damaged := &index.CheckReport{
		Files: 12, Bytes: 4096, Took: 1500 * time.Microsecond, Notes: []string{"a note"},
		Damage: []index.Damage{{Path: "ix/CURRENT", Err: errors.New("it is empty")}},
	}
	repaired := &index.RebuildReport{
		Articles: 7, Unsure: true, Kept: "ix.damaged-1", Took: time.Second,
		Lost: []index.Damage{{Path: "a.zap", ID: "x", Err: errors.New("sum differs")}, {Path: "b.zap"}},
	}
	trial := &index.TopicTrial{Articles: 40, Rules: []index.RuleTrial{
		{Topic: "security", Articles: 3, Examples: []corpus.Article{*sampleArticle()}}, {Topic: "sport"},
	}}
	ranked := eval.Evaluate(eval.Qrels{"1": {"a": 1}}, eval.Run{"1": {{ID: "a", Score: 1}}})
	against, err := ranked.Against(eval.Evaluate(eval.Qrels{"1": {"a": 1}}, eval.Run{"1": {{ID: "b", Score: 2}, {ID: "a", Score: 1}}}))
	if err != nil {
		t.Fatal(err)
	}
	labels, err := index.ParseTopics(strings.NewReader("topics:\n  economy/trade: {query: tariff, label: Trade and tariffs, iptc: 20000373}\n"), "rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, form := range map[string]any{
		"results":       NewResults("deterrence", sampleResults()),
		"results-empty": NewResults(`"a & b" <x>`, &index.Results{}),
		"results-near": NewResults("ferry strike impact", &index.Results{
			Total: 1, Exact: true, Optional: []string{"impact"}, Hits: []index.Hit{{Rank: 1, ID: "a", Article: &corpus.Article{ID: "a"}}},
			Near: []index.Hit{{Rank: 2, ID: "b", Article: &corpus.Article{ID: "b"}, Missing: []string{"ferry"}}},
		}),
		"hit-blend": NewHit(&index.Hit{Rank: 1, Score: 4.5, ID: "a", Article: &corpus.Article{ID: "a"}, Blend: &index.Blend{
			Words: 4, Meaning: 5, Weight: .5, Decay: 1, Candidates: 1000, WordsMin: 2, WordsMax: 6, Cosine: .5, CosineMin: -.25, CosineMax: .75,
			Terms: []index.BlendTerm{{Stem: "deterr", Cosine: .25}}, Feedback: .25, Model: "0a",
		}}),
		"results-blend":   NewResults("ferry", &index.Results{RankedBy: index.RankBlend}),
		"hit":             NewHit(&sampleResults().Hits[0]),
		"count":           NewCount("deterrence", sampleResults()),
		"article":         NewArticle(sampleArticle()),
		"analysis":        NewAnalysis("the zebra date:30d (oil or gas)", sampleAnalysis()),
		"analysis-empty":  NewAnalysis("", &index.Analysis{Query: "*", Expanded: "*"}),
		"suggestions":     NewSuggestions("north k", []index.Suggestion{{Text: "north korea", Articles: 290}}),
		"suggestions-not": NewSuggestions("zepp", nil),
		"topics":          NewTopics("", []index.FacetValue{{Value: "economy", Count: 7}}, sampleTree(), nil),
		"topics-labels":   NewTopics("", []index.FacetValue{{Value: "economy/trade", Count: 7}}, sampleTree(), labels),
		"topics-none":     NewTopics("zeppelin", nil, &index.TopicTree{}, nil),
		"topic-trial":     NewTopicTrial(trial),
		"entities": NewEntities("ferry", 12, []index.FacetCounts{
			{Name: index.FacetPerson, Values: []index.FacetValue{{Value: "Ada Okoye", Count: 3}}}, {Name: index.FacetPlace, Values: []index.FacetValue{{Value: "Norway", Count: 2}}},
		}),
		"entities-none": NewEntities("zeppelin", 0, nil),
		"topics-report": NewTopicsReport(&index.ApplyTopicsReport{
			Articles: 12, Changed: 3, Topics: []index.TopicChange{{Topic: "economy", Gained: 2, Lost: 1}}, Took: time.Millisecond,
		}, true),
		"topics-report-nothing": NewTopicsReport(&index.ApplyTopicsReport{Articles: 12}, false),
		"sync":                  NewSyncReport(sampleChanges(), true),
		"topics-train":          NewTrainTopicsReport(sampleTraining()),
		"topics-explain":        NewTopicExplanation(sampleExplanation(), nil),
		"topics-explain-none":   NewTopicExplanation(&index.TopicExplanation{ID: "a"}, nil),
		"sync-nothing":          NewSyncReport(&index.SyncReport{}, false),
		"check":                 NewCheckReport(damaged, repaired),
		"check-whole":           NewCheckReport(&index.CheckReport{Articles: 8}, nil),
		"learn":                 NewLearnReport(&index.LearnReport{Model: "f00d", Trained: 50, Terms: 400, Articles: 60, Bytes: 9000, Took: time.Millisecond}),
		"compact":               NewCompactReport(&index.CompactReport{Before: 100, After: 50, Took: time.Millisecond}),
		"backup":                NewBackupReport(&index.BackupReport{Articles: 8, Bytes: 4096, Took: time.Millisecond}),
		"restore":               NewBackupReport(&index.BackupReport{Articles: 8, Bytes: 4096, Kept: "ix.before-1"}),
		"stats":                 NewStats(sampleStats()),
		"evaluation":            NewEvaluation(&ranked, nil, false, nil),
		"evaluation-baseline":   NewEvaluation(&ranked, against, true, []string{"a warning"}),
		"stats-empty":           NewStats(&index.Stats{}),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name+".json", written(t, form)) })
	}
}

// written returns the line that Write makes of a form.
func written(t *testing.T, form any) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, form); err != nil {
		t.Fatal(err)
	}
	line, rest, ended := strings.Cut(b.String(), "\n")
	if !ended || rest != "" {
		t.Errorf("not one line: %q", b.String())
	}
	return line
}

// golden compares a line of JSON with a file of testdata, in which it is
// indented for people.
func golden(t *testing.T, name, line string) {
	t.Helper()
	var indented bytes.Buffer
	if err := json.Indent(&indented, []byte(line), "", "  "); err != nil {
		t.Fatal(err)
	}
	indented.WriteByte('\n')
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, indented.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), indented.String()); d != "" {
		t.Errorf("%s (-want +got):\n%s", file, d)
	}
}

// A form that was read is the form that was written, but for lists that are
// left out where they are empty.
func TestResultsRoundTrip(t *testing.T) {
	var got Results
	line := written(t, NewResults("deterrence", sampleResults()))
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(line, written(t, got)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// What would steer a terminal is escaped, and nothing else.
func TestWriteEscapes(t *testing.T) {
	for in, want := range map[string]string{
		"a & b <c> é 威 🛰":         `"a & b <c> é 威 🛰"`,
		"x\x1b[31m\n":             `"x\u001b[31m\n"`,
		"\u007f\u009b2J":          `"\u007f\u009b2J"`,
		"\u2028\u202etxt\u2066":   `"\u2028\u202etxt\u2066"`,
		"so\u00adft \ufeffmark":   `"so\u00adft \ufeffmark"`,
		"not UTF-8: \xff, \u00a0": `"not UTF-8: \ufffd, ` + "\u00a0" + `"`,
	} {
		if got := written(t, in); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

func TestRemovedAndGone(t *testing.T) {
	if got, want := written(t, NewRemoveReport(2, nil, false)), `{"format":1,"removed":2,"ids":[]}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := written(t, NewRemoveReport(1, []string{"x"}, true)), `{"format":1,"removed":1,"dry_run":true,"ids":["x"]}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	gone := []index.SourcePath{{Path: "/a", Files: 2, Articles: 3}, {Path: "/b", Files: 1, Articles: 1}}
	want := `{"format":1,"dry_run":true,"articles":4,"gone":[{"path":"/a","files":2,"articles":3},{"path":"/b","files":1,"articles":1}]}`
	if got := written(t, NewGoneReport(gone)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := written(t, NewGoneReport(nil)), `{"format":1,"dry_run":true,"articles":0,"gone":[]}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
