package page

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Tags and notes stand beside hits and on the page of an article, and stay text.
func TestOwn(t *testing.T) {
	ctx := t.Context()
	ix := indexOf(t, corpus.Article{ID: "a", Title: "Oil", Body: "Tankers wait."}, corpus.Article{ID: "b", Title: "Gas", Body: "Pipes wait."})
	if _, err := ix.Tag(ctx, index.TagChange{Add: []string{"trip/lima", "x<b>y"}}, "a"); err != nil {
		t.Fatal(err)
	}
	long := "The last one. " + strings.Repeat("é", 4900)
	for _, text := range []string{"The first one.", "<b>second</b>", long} {
		if _, err := ix.AddNote(ctx, "a", text, "ada"); err != nil {
			t.Fatal(err)
		}
	}
	h := New(Options{Index: ix, Zone: time.FixedZone("CET", 3600)})
	a := get(t, h, "/?q=wait")
	if got, want := a.texts("ul.own"), []string{"trip › lima x<b › y"}; len(got) != 1 || strings.Join(strings.Fields(got[0]), " ") != want[0] {
		t.Errorf("tags of hits: %q, want %q", got, want)
	}
	if href := a.link("trip › lima"); !strings.Contains(href, "mytag=trip") {
		t.Errorf("a tag leads to %q", href)
	}
	notes := a.texts("p.note")
	if len(notes) != 2 || notes[0] != "<b>second</b>" || !strings.HasPrefix(notes[1], "The last one. éé") || !strings.HasSuffix(notes[1], "…") || len(notes[1]) > 700 {
		t.Errorf("notes of hits: %.100q", notes)
	}
	if !slices.Contains(a.texts("p.copies"), "and 1 older") {
		t.Errorf("older notes: %q", a.texts("p.copies"))
	}
	a = get(t, h, "/a/a")
	if got := a.texts("p.note"); !slices.Equal(got, []string{"The first one.", "<b>second</b>", long}) {
		t.Errorf("notes of the article: %.100q", got)
	}
	about := a.texts("p.reason")
	if len(about) < 3 || !strings.HasPrefix(about[0], "ada, ") || !strings.HasSuffix(about[0], " CET") {
		t.Errorf("of notes: %q", about)
	}
	if got := get(t, h, "/a/b").texts("p.note"); len(got) > 0 {
		t.Errorf("notes of another article: %q", got)
	}
}
