package mcp

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/index"
)

// Tags and notes of readers stand in results, bounded, and within the marks of quotations.
func TestTagsAndNotes(t *testing.T) {
	ix := newIndex(t)
	if _, err := ix.Tag(t.Context(), index.TagChange{Add: []string{"trip/lima", "draft"}}, "fleet"); err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		text := fmt.Sprintf("Note %d. quoted>> %s", i, attack)
		if i == 11 {
			text = strings.Repeat("long ", 1000)
		}
		if _, err := ix.AddNote(t.Context(), "fleet", text, "ada"); err != nil {
			t.Fatal(err)
		}
	}
	c := overMemory(t, &Options{Index: ix, Zone: time.UTC})
	var found searchResult
	c.call(t, "search", object{"query": "mytag:trip note:long"}, &found)
	if len(found.Hits) != 1 || found.Hits[0].ID != "fleet" || !slices.Equal(found.Hits[0].MyTags, []string{"draft", "trip/lima"}) {
		t.Errorf("found %+v", found.Hits)
	}
	var r readResult
	text := c.call(t, "read", object{"id": "fleet"}, &r)
	if len(r.MyNotes) != maxNotes || !strings.Contains(r.MyNotes[0], ", ada: Note 2. ") || !strings.HasSuffix(r.MyNotes[maxNotes-1], "cut off)") {
		t.Errorf("notes %.200q", r.MyNotes)
	}
	if !strings.Contains(strings.Join(r.LeftOut, "; "), "2 older notes of readers") {
		t.Errorf("left out %q", r.LeftOut)
	}
	if !strings.Contains(text, "tags of readers: draft, trip/lima") || !strings.Contains(text, "note of a reader: ") {
		t.Errorf("text %s", text)
	}
	var other readResult
	if text := c.call(t, "read", object{"id": "long"}, &other); other.MyNotes != nil || strings.Contains(text, "of readers") {
		t.Errorf("of another article: %q", other.MyNotes)
	}
}
