package render

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func sampleArticle() *corpus.Article {
	body := []string{
		"Two signals left the capital on the same morning. One was a speech.\n\nThe other was a train of nine wagons, which nobody announced and everybody photographed.",
		"Deterrence is a conversation in which only one side may admit to be talking:\n- the guarantor counts its promises\n- the rival counts the wagons",
		"What would change the picture is not a tenth wagon but a second morning like it.",
	}
	a := &corpus.Article{
		ID: "3f9a0c2b71de", Title: "Nine wagons, and what deterrence costs when nobody is looking at the timetable of the railway",
		Summary: "A quiet delivery said more than the speech that went with it.",
		Authors: []string{"Ada Okoye", "Jun Lin"}, Source: "Harbour Review",
		Published: day(2026, 1, 12), Updated: day(2026, 1, 14), Language: "en",
		Topics: []corpus.Topic{
			{Path: "security/deterrence", Origin: corpus.Stated},
			{Path: "logistics", Origin: corpus.ByRule, Reason: "wagons OR railway"},
		},
		Places: []string{"Korea", "Japan"}, URL: "https://harbour.example/nine-wagons", Path: "/archive/nine-wagons.html",
	}
	for i, heading := range []string{"", "The conversation", "Conclusion"} {
		start := len(a.Body)
		a.Body += body[i]
		if i < len(body)-1 {
			a.Body += "\n\n"
		}
		a.Sections = append(a.Sections, corpus.Section{Heading: heading, Level: 1, Start: start, End: len(a.Body)})
	}
	return a
}

func TestArticle(t *testing.T) {
	marks := func(s string) []index.Span {
		var out []index.Span
		for at := 0; ; {
			i := strings.Index(strings.ToLower(s[at:]), "deterrence")
			if i < 0 {
				return out
			}
			at += i + len("deterrence")
			out = append(out, index.Span{Start: at - len("deterrence"), End: at})
		}
	}
	for _, width := range []int{40, 80, 120} {
		var plain, color strings.Builder
		if err := Article(&plain, sampleArticle(), marks, Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		if err := Article(&color, sampleArticle(), marks, Options{Width: width, Color: true, Links: true}); err != nil {
			t.Fatal(err)
		}
		golden(t, fmt.Sprintf("article-%d-plain.golden", width), plain.String())
		golden(t, fmt.Sprintf("article-%d-color.golden", width), color.String())
		if d := cmp.Diff(plain.String(), ansi.Strip(color.String())); d != "" {
			t.Errorf("width %d (-plain +color without escapes):\n%s", width, d)
		}
	}
}

func TestArticleOfWhichLittleIsKnown(t *testing.T) {
	var b strings.Builder
	if err := Article(&b, &corpus.Article{ID: "a1", Body: "\n\nOne line.\n"}, nil, Options{}); err != nil {
		t.Fatal(err)
	}
	const want = "(no title)\n\nid             a1\n\nOne line.\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestCandidates(t *testing.T) {
	var b strings.Builder
	err := Candidates(&b, []corpus.Article{{ID: "3f9a0c2b71de", Title: "Nine wagons"}, {ID: "3f9a0c", Title: "A second morning"}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	const want = "  3f9a0c2b71de  Nine wagons\n  3f9a0c        A second morning\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestTopics(t *testing.T) {
	values := []index.FacetValue{
		{Value: "economy", Count: 12034},
		{Value: "economy/central_banks", Count: 3001},
		{Value: "security/nuclear", Count: 2850},
		{Value: "elections", Count: 400},
		{Value: "economy/trade", Count: 12},
	}
	for name, want := range map[string]string{
		"list": `
economy                12,034
economy/central_banks   3,001
security/nuclear        2,850
elections                 400
economy/trade              12
`,
		"tree": `
economy          12,034  ━━━━━━━━━━━━━━━━━━━━━━━━
  central_banks   3,001  ━━━━━
  trade              12  ━
security          2,850  ━━━━━
  nuclear         2,850  ━━━━━
elections           400  ━
`,
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			err := Topics(&b, values, Options{})
			if name == "tree" {
				b.Reset()
				err = TopicTree(&b, nodesOf(values), Options{})
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.TrimPrefix(want, "\n"), b.String()); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// nodesOf returns the nodes of topics of which each article has one.
func nodesOf(values []index.FacetValue) (nodes []index.TopicNode) {
	at := map[string]int{}
	for _, v := range values {
		for i, c := range v.Value + "/" {
			if c != '/' {
				continue
			}
			path := v.Value[:i]
			if _, ok := at[path]; !ok {
				at[path] = len(nodes)
				nodes = append(nodes, index.TopicNode{Topic: path})
			}
			n := &nodes[at[path]]
			n.Articles = max(n.Articles, v.Count)
		}
	}
	return nodes
}

func TestTopicsReport(t *testing.T) {
	report := &index.ApplyTopicsReport{Articles: 4000, Changed: 1203, Took: 2 * time.Second, Topics: []index.TopicChange{
		{Topic: "security/deterrence", Gained: 1200}, {Topic: "sport", Lost: 3},
	}, Rules: []string{"a", "b", "c", "d", "e", "f/g", "h", "i"}}
	var b strings.Builder
	if err := TopicsReport(&b, report, Options{}); err != nil {
		t.Fatal(err)
	}
	const want = `security/deterrence  +1,200  -0
sport                +0      -3
applied the rules to 4,000 articles: 1,203 changed, in 2.0 s
in use now: 8 rules, for a, b, c, d, e, f/g and 2 more
`
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("report (-want +got):\n%s", d)
	}
}

func TestTopicTrial(t *testing.T) {
	trial := &index.TopicTrial{Articles: 40, Rules: []index.RuleTrial{
		{Topic: "security/deterrence", Articles: 3, Examples: []corpus.Article{{Title: "Nine wagons"}, {Title: ""}}},
		{Topic: "sport", Articles: 0},
	}}
	var b strings.Builder
	if err := TopicTrial(&b, trial, Options{}); err != nil {
		t.Fatal(err)
	}
	const want = `security/deterrence  3 articles (7.5 %)
  - Nine wagons
  - (no title)
sport  0 articles (0.0 %)

tried on 40 articles
a rule without articles is too strict, or its words are spelled otherwise here
`
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestChanges(t *testing.T) {
	tests := []struct {
		name string
		c    index.SyncReport
		want string
	}{
		{
			"a first run",
			index.SyncReport{Added: 28000, Unchanged: 279, Bytes: 181_900_000, Took: 21400 * time.Millisecond, Unreadable: unreadableFiles("a", "b", "c")},
			"indexed 28,279 articles: 28,000 added, 279 unchanged in 21.4 s, 8.5 MB/s; 3 files could not be read",
		},
		{
			"nothing new",
			index.SyncReport{Unchanged: 1, Took: 900 * time.Microsecond},
			"indexed 1 article: 1 unchanged in 0.9 ms",
		},
		{
			"of every kind",
			index.SyncReport{Added: 1, Updated: 2, Removed: 3, Took: 2 * time.Minute, Unreadable: append(unreadableFiles("a"), &corpus.ReadError{Line: 3})},
			"indexed 3 articles: 1 added, 2 updated, 3 removed in 2 min 0 s; 1 file and 1 record could not be read",
		},
		{
			"not all of it",
			index.SyncReport{Added: 5, Partial: []*corpus.ReadError{{Line: 3}, {Line: 4}}, Skipped: 3},
			"indexed 5 articles: 5 added in 0.0 ms; 2 records were read in part; 3 files in other forms were skipped",
		},
		{
			"but for one",
			index.SyncReport{Added: 5, Partial: []*corpus.ReadError{{Path: "a"}}, Skipped: 1, Unreadable: unreadableFiles("b")},
			"indexed 5 articles: 5 added in 0.0 ms; 1 file could not be read; 1 file was read in part; 1 file in another form was skipped",
		},
		{
			"links",
			index.SyncReport{Added: 1, Links: 1204, Skipped: 1},
			"indexed 1 article: 1 added in 0.0 ms; 1,204 links without text (--links indexes their titles); 1 file in another form was skipped",
		},
		{"nothing at all", index.SyncReport{}, "indexed 0 articles in 0.0 ms"},
		{
			"moved, withheld, and folders of indexes",
			index.SyncReport{Updated: 3, Moved: 2, Withheld: 1, IndexFolders: []string{"a.idx"}},
			"indexed 3 articles: 3 updated in 0.0 ms; 1 folder of a newsq index was skipped; 2 articles were moved and keep their ids; 1 article that was removed stays out",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := SyncReport(&tt.c); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func unreadableFiles(paths ...string) (out []*corpus.ReadError) {
	for _, p := range paths {
		out = append(out, &corpus.ReadError{Path: p, Err: errors.New("no such file")})
	}
	return out
}

func TestCopyProgress(t *testing.T) {
	for _, tt := range []struct {
		done    int
		elapsed time.Duration
		want    string
	}{
		{0, time.Millisecond, "copying 0 articles"},
		{7308, 12 * time.Second, "━━━─────────────────  17 %  3,654 articles · 304 a second · 0:59 left"},
		{43_100, 24 * time.Second, "━━━━━━━━━━━━━━━━━━━─ 100 %  21,550 articles · 897 a second"},
	} {
		if got := CopyProgress(tt.done, 43_154, tt.elapsed, 80, false); got != tt.want {
			t.Errorf("got  %s\nwant %s", got, tt.want)
		}
	}
}

func TestProgress(t *testing.T) {
	at := index.Progress{
		Report: index.SyncReport{Added: 17000, Unchanged: 530}, BytesDone: 62_000_000, BytesTotal: 100_000_000,
		Path: "/home/ada/analyses/2019/03/harbour.jsonl.gz",
	}
	tests := []struct {
		name    string
		at      index.Progress
		elapsed time.Duration
		width   int
		want    string
	}{
		{"wide", at, 10 * time.Second, 120, "━━━━━━━━━━━━────────  62 %  17,530 articles · 6.2 MB/s · 0:06 left  /home/ada/analyses/2019/03/harbour.jsonl.gz"},
		{"the path is cut at its start", at, 10 * time.Second, 90, "━━━━━━━━━━━━────────  62 %  17,530 articles · 6.2 MB/s · 0:06 left  …9/03/harbour.jsonl.gz"},
		{"or left out", at, 10 * time.Second, 70, "━━━━━━━━━━━━────────  62 %  17,530 articles · 6.2 MB/s · 0:06 left"},
		{"narrow", at, 10 * time.Second, 50, "━━━━━━━━━━━━────────  62 %  17,530 articles · 6.2…"},
		{"too early to tell", at, time.Millisecond, 70, "━━━━━━━━━━━━────────  62 %  17,530 articles · 62 GB/s  …rbour.jsonl.gz"},
		{"of unknown size", index.Progress{Report: index.SyncReport{Added: 1}, BytesDone: 5_000_000}, time.Second, 80, "indexing 1 article · 5.0 MB/s"},
		{"in the first file", index.Progress{Report: index.SyncReport{Added: 5329}, BytesTotal: 68_000_000, Path: "wire.jsonl.gz"}, 10 * time.Second, 80, "indexing 5,329 articles · 532 a second  wire.jsonl.gz"},
		{"more than was announced", index.Progress{BytesDone: 300, BytesTotal: 200}, time.Second, 60, "━━━━━━━━━━━━━━━━━━━━ 100 %  0 articles · 300 B/s"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Progress("indexing", tt.at, tt.elapsed, tt.width, false)
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if n := columnsOf(got); n > tt.width {
				t.Errorf("%d columns in %d", n, tt.width)
			}
		})
	}
}

func TestSyntaxError(t *testing.T) {
	tests := []struct {
		name string
		err  index.SyntaxError
		want string
	}{
		{"at the start", index.SyntaxError{Text: `"war`, Msg: "unclosed quotation"}, "\n  \"war\n  ^\n"},
		{"below wide characters", index.SyntaxError{Text: `威慑 (`, Offset: 7, Msg: "m"}, "\n  威慑 (\n       ^\n"},
		{"at the end", index.SyntaxError{Text: "war AND", Offset: 7, Msg: "m"}, "\n  war AND\n         ^\n"},
		{"beyond it", index.SyntaxError{Text: "war", Offset: 99, Msg: "m"}, "\n  war\n     ^\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b strings.Builder
			if err := SyntaxError(&b, &tt.err, Options{}); err != nil {
				t.Fatal(err)
			}
			if want := "error: " + tt.err.Error() + "\n" + tt.want; b.String() != want {
				t.Errorf("got  %q\nwant %q", b.String(), want)
			}
		})
	}
	t.Run("in a long query", func(t *testing.T) {
		long := strings.Repeat("word ", 200)
		var b strings.Builder
		if err := SyntaxError(&b, &index.SyntaxError{Text: long + "(", Offset: len(long), Msg: "m"}, Options{Width: 80}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if columnsOf(line) > 81 {
				t.Errorf("a line of %d columns: %s", columnsOf(line), line)
			}
		}
	})
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                               "0.0 ms",
		1800 * time.Microsecond:         "1.8 ms",
		99_960 * time.Microsecond:       "100 ms",
		312 * time.Millisecond:          "312 ms",
		999_700 * time.Microsecond:      "1.0 s",
		21400 * time.Millisecond:        "21.4 s",
		59_970 * time.Millisecond:       "1 min 0 s",
		185 * time.Second:               "3 min 5 s",
		2*time.Hour + 5*time.Minute:     "2 h 5 min",
		59*time.Minute + 59*time.Second: "59 min 59 s",
	} {
		if got := Duration(d); got != want {
			t.Errorf("Duration(%d) = %q, want %q", d, got, want)
		}
	}
}

// A summary that is how the text begins is not shown twice.
func TestSummaryOfBeginning(t *testing.T) {
	for summary, want := range map[string]int{
		"Two signals  left the capital on the same morning. One was a speech.": 1,
		"Two signals left the capital…":                                        1,
		"Two signals left the harbour.":                                        2,
	} {
		a := sampleArticle()
		a.Summary = summary
		var b strings.Builder
		if err := Article(&b, a, nil, Options{Width: 80}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(b.String(), "Two signals"); n != want {
			t.Errorf("%q: shown %d times", summary, n)
		}
	}
}

// What a sender took back is told by a watch.
func TestWatchedWithdrawal(t *testing.T) {
	if got := Watched(&index.SyncReport{Unchanged: 4, Withdrawn: 1, Took: time.Second}); !strings.HasPrefix(got, "1 taken back by the sender in ") {
		t.Error(got)
	}
}
