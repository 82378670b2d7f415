package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// aTimeline is one of four weeks, with a burst.
func aTimeline() *index.Timeline {
	t := &index.Timeline{Per: index.PerWeek, BurstPer: index.PerWeek, Total: 33, All: 345, Undated: 1}
	monday := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, n := range []int{0, 2, 30, 0} {
		from := monday.AddDate(0, 0, 7*i)
		all := []int{100, 100, 140, 5}[i]
		t.Buckets = append(t.Buckets, index.Bucket{
			Label: index.PerWeek.Label(from), From: from, To: from.AddDate(0, 0, 7), Count: n, All: all, Few: all < index.FewArticles, Burst: i == 2,
		})
	}
	t.Series = []index.Series{{Value: "<Quay>", Counts: []int{0, 2, 10, 0}, All: []int{40, 40, 50, 2}, Total: 13}}
	t.Others = &index.Series{Counts: []int{0, 0, 20, 0}, All: []int{60, 60, 90, 3}, Total: 20}
	b := t.Buckets[2]
	t.Bursts = []index.Burst{{
		From: b.From, To: b.To, Weight: 12.3, Count: 30, All: 140, Peak: b, Words: []string{"locusts"}, Read: 30,
		Best: &index.Hit{ID: "a", Article: &corpus.Article{ID: "a", Title: "Locusts \x1b[31m& barns", Source: "Quay", Published: b.From}},
	}}
	return t
}

func TestTimeline(t *testing.T) {
	for _, tt := range []struct {
		name  string
		o     TimelineOptions
		wants []string
	}{
		{"plain", TimelineOptions{By: "source"}, []string{
			"2024-W01   1 Jan  ", " 2      20.0\n", " 30     214.3   ◆ 1\n", " 0      (0.0)\n", "<Quay>   ▂█   13  most 2024-W03: 10\n",
			"1.  15–21 Jan 2024 · 30 articles of 140 · weight 12 · locusts\n", "a · Quay · 15 Jan 2024\n",
			"33 articles of 345 per week; 1 has no date; 1 burst by the week", "( ) of fewer than 20 articles",
		}},
		{"relative", TimelineOptions{Relative: true}, []string{"most 2024-W03: 200.0 per 1,000"}},
		{"ASCII", TimelineOptions{ASCII: true}, []string{"####", "* 1\n", " :@ "}},
	} {
		var b bytes.Buffer
		if err := Timeline(&b, aTimeline(), tt.o, Options{Location: time.UTC}); err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: there is no %q in\n%s", tt.name, want, b.String())
			}
		}
		if strings.Contains(b.String(), "\x1b") {
			t.Errorf("%s: an escape sequence of a title", tt.name)
		}
		if drawn, _, _ := strings.Cut(b.String(), "1. "); tt.o.ASCII && strings.ContainsAny(drawn, "█▏▁◆") {
			t.Errorf("%s: other characters in\n%s", tt.name, b.String())
		}
		for line := range strings.Lines(b.String()) {
			if n := columnsOf(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%s: %d columns: %s", tt.name, n, line)
			}
		}
	}
}

// Where nothing has a date there are no bars, and where nothing has the property that a
// timeline is split by, that is said.
func TestTimelineWithout(t *testing.T) {
	var b bytes.Buffer
	if err := Timeline(&b, &index.Timeline{Per: index.PerDay, Total: 2, All: 9, Undated: 2}, TimelineOptions{By: "org"}, Options{}); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "2 articles of 9; 2 have no date; none has an org\n"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

// A drawing is well-formed, whatever titles and names have in them, and of a timeline without
// anything, too.
func TestTimelineSVG(t *testing.T) {
	bars := aTimeline()
	bars.Series = nil
	for name, line := range map[string]*index.Timeline{"lines": aTimeline(), "bars": bars, "nothing": {Per: index.PerDay}} {
		for _, relative := range []bool{false, true} {
			var b bytes.Buffer
			if err := TimelineSVG(&b, line, "a<b & \x00\x1bc", TimelineOptions{Relative: relative, By: "source"}, Options{Location: time.UTC}); err != nil {
				t.Fatal(err)
			}
			var said string
			d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v in %s", name, err, b.String())
				}
				if text, ok := token.(xml.CharData); ok {
					said += string(text)
				}
			}
			if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
				t.Errorf("%s: no number in %s", name, b.String())
			}
			if !strings.Contains(said, "a<b & ") || name != "nothing" && !strings.Contains(said, "Burst 1, 15–21 Jan 2024: locusts.") {
				t.Errorf("%s: says %s", name, said)
			}
			if name == "lines" && !strings.Contains(said, "<Quay>") {
				t.Errorf("%s: says %s", name, said)
			}
		}
	}
}

func TestNiceAxis(t *testing.T) {
	for _, tt := range []struct{ most, top, step float64 }{
		{0, 1, 1}, {1, 1, .2}, {7, 8, 2}, {30, 30, 10}, {232, 250, 50}, {101, 150, 50}, {.4, .4, .1},
	} {
		top, step := niceAxis(tt.most)
		if top-tt.top > 1e-9 || tt.top-top > 1e-9 || step-tt.step > 1e-9 || tt.step-step > 1e-9 {
			t.Errorf("up to %g: %g by %g, want %g by %g", tt.most, top, step, tt.top, tt.step)
		}
	}
}
