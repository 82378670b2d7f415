package index_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func tagged(t *testing.T, ix *index.Index, c index.TagChange, ids ...string) index.TagReport {
	t.Helper()
	r, err := ix.Tag(context.Background(), c, ids...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func noted(t *testing.T, ix *index.Index, id, text string) corpus.Note {
	t.Helper()
	n, err := ix.AddNote(context.Background(), id, text, "ada")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// findsJust checks what a query finds.
func findsJust(t *testing.T, ix *index.Index, query string, want ...string) {
	t.Helper()
	got := ids(search(t, ix, index.Query{Text: query, Match: index.MatchStrict, NoAliases: true, Limit: 100}).Hits)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s finds %q, want %q", query, got, want)
	}
}

// written returns all that was written by hand, in short.
func written(t *testing.T, ix *index.Index) (list []string) {
	t.Helper()
	for a, err := range ix.AllAnnotations(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		s := a.ID + ":"
		for _, tag := range a.Tags {
			s += " +" + tag.Path
		}
		for _, n := range a.Notes {
			s += " " + n.Text
		}
		if a.Orphaned {
			s += " (orphaned)"
		}
		list = append(list, s)
	}
	return list
}

func TestTagsAndNotes(t *testing.T) { tagsAndNotes(t, folders{}) }

func tagsAndNotes(t *testing.T, at places) {
	ctx := context.Background()
	ix := open(t, at.location(t), &index.Options{Topics: noRules(t)})
	add(t, ix, corpus.Article{ID: "a", Title: "Oil", Body: "Tankers wait off the coast."}, corpus.Article{ID: "b", Title: "Gas", Body: "Pipes."}, corpus.Article{ID: "c", Title: "Oil again"})
	if r := tagged(t, ix, index.TagChange{Add: []string{"Trip/Lima", "Draft"}, By: "ada"}, "a", "b"); r.Articles != 2 || r.Changed != 2 {
		t.Errorf("tagged: %+v", r)
	}
	findsJust(t, ix, "mytag:trip", "a", "b")
	findsJust(t, ix, `mytag:"TRIP/lima" oil`, "a")
	findsJust(t, ix, "mytag:lima")
	findsJust(t, ix, "oil NOT mytag:*", "c")
	if r := tagged(t, ix, index.TagChange{Add: []string{"draft"}, Remove: []string{"trip/lima"}}, "a", "b", "c"); r.Changed != 3 {
		t.Errorf("tagged again: %+v", r)
	}
	findsJust(t, ix, "mytag:trip")
	findsJust(t, ix, "mytag:draft", "a", "b", "c")
	if r := tagged(t, ix, index.TagChange{Add: []string{"draft"}}, "a"); r.Changed != 0 {
		t.Errorf("a tag that is there changes %d articles", r.Changed)
	}
	if r := tagged(t, ix, index.TagChange{Add: []string{"drafts"}}, "a"); !slices.Equal(r.Similar, []index.SimilarTag{{Tag: "drafts", Like: "draft"}}) {
		t.Errorf("a slip of the pen: %+v", r.Similar)
	}
	n := noted(t, ix, "a", "Check the fares with Okoye.")
	findsJust(t, ix, "note:fare", "a")
	findsJust(t, ix, `note:"check the fares"`, "a")
	findsJust(t, ix, "fares")
	res := search(t, ix, index.Query{Text: "mytag:drafts", Facets: []string{index.FacetMyTag}})
	if a := res.Hits[0].Article.Annotations; a == nil || len(a.Tags) != 2 || a.Tags[0].By != "ada" || len(a.Notes) != 1 || a.Notes[0] != n {
		t.Errorf("a hit has %+v", a)
	}
	if want := []index.FacetValue{{Value: "draft", Count: 1}, {Value: "drafts", Count: 1}}; !slices.Equal(res.Facets[0].Values, want) {
		t.Errorf("counts of tags: %v", res.Facets[0].Values)
	}
	if n, err := ix.EditNote(ctx, "a", n.ID[:3], "Check the prices."); err != nil || n.Edited.IsZero() {
		t.Fatal(n, err)
	}
	findsJust(t, ix, "note:fare")
	findsJust(t, ix, "note:price", "a")
	if _, err := ix.RemoveNote(ctx, "a", n.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := ix.RemoveNote(ctx, "a", n.ID); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("a note that is gone: %v", err)
	}
	findsJust(t, ix, "note:*")
	r, err := ix.TagMatching(ctx, index.TagChange{Remove: []string{"draft", "drafts"}}, index.Query{Text: "mytag:*"})
	if err != nil || r.Articles != 3 || r.Changed != 3 {
		t.Fatalf("tagged by a query: %+v, %v", r, err)
	}
	if got := written(t, ix); len(got) > 0 {
		t.Errorf("all was taken back, and there is %q", got)
	}
}

func TestAnnotationsThatAreRefused(t *testing.T) {
	ctx := context.Background()
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix, corpus.Article{ID: "a", Title: "Oil"})
	for _, c := range []struct {
		change index.TagChange
		ids    []string
		want   string
	}{
		{index.TagChange{}, []string{"a"}, "no tag was named"},
		{index.TagChange{Add: []string{" / "}}, []string{"a"}, "has no letters"},
		{index.TagChange{Add: []string{strings.Repeat("x", 201)}}, []string{"a"}, "at most 200"},
		{index.TagChange{Add: []string{"a,b"}}, []string{"a"}, "mean something in queries"},
		{index.TagChange{Add: []string{"x"}, Remove: []string{"X"}}, []string{"a"}, "given and taken at once"},
		{index.TagChange{Add: []string{"x"}, By: strings.Repeat("x", 101)}, []string{"a"}, "longer than 100"},
		{index.TagChange{Add: []string{"x"}}, []string{"a", "b"}, `article "b": not found`},
	} {
		if _, err := ix.Tag(ctx, c.change, c.ids...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %s", c.change, err, c.want)
		}
	}
	for text, want := range map[string]string{" \n": "is empty", strings.Repeat("x", 10_001): "at most 10000", "a\x00b": "control characters", "\xff": "not valid"} {
		if _, err := ix.AddNote(ctx, "a", text, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("a note of %.10q: %v, want %s", text, err, want)
		}
	}
	findsJust(t, ix, "mytag:x")
	many := index.TagChange{}
	for i := range 201 {
		many.Add = append(many.Add, "t"+strings.Repeat("i", i%100)+strings.Repeat("j", i/100))
	}
	if _, err := ix.Tag(ctx, many, "a"); err == nil || !strings.Contains(err.Error(), "at most 200") {
		t.Errorf("201 tags: %v", err)
	}
	// Letters and accents are composed.
	tagged(t, ix, index.TagChange{Add: []string{"Zu\u0308rich"}}, "a")
	findsJust(t, ix, "mytag:zürich", "a")
}

// What a person wrote stays with the article, whatever becomes of it and its file.
func TestAnnotationsStay(t *testing.T) { annotationsStay(t, folders{}) }

func annotationsStay(t *testing.T, at places) {
	ctx := context.Background()
	f := files{t, t.TempDir()}
	where := at.location(t)
	ix := open(t, where, &index.Options{Topics: noRules(t)})
	f.write("in/oil.txt", "Oil prices rise\n\nTankers wait off the coast for days.\n")
	f.write("in/gas.jsonl", `{"id":"g1","title":"Gas","body":"Pipes."}`+"\n"+`{"id":"g2","title":"More gas","body":"More pipes."}`+"\n")
	f.sync(ix, nil, "in")
	oil := search(t, ix, index.Query{Text: "tankers"}).Hits[0].ID
	tagged(t, ix, index.TagChange{Add: []string{"keep"}}, oil, "g1", "g2")
	noted(t, ix, oil, "Ask about insurance.")
	want := []string{oil + ": +keep Ask about insurance.", "g1: +keep", "g2: +keep"}
	slices.Sort(want)
	check := func(what string) {
		t.Helper()
		if diff := cmp.Diff(want, written(t, ix)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
		found := []string{}
		for _, line := range want {
			if !strings.Contains(line, "orphaned") {
				found = append(found, line[:strings.Index(line, ":")])
			}
		}
		findsJust(t, ix, "mytag:keep", found...)
		if slices.Contains(found, oil) {
			findsJust(t, ix, "note:insurance", oil)
		}
	}
	check("tagged")
	f.write("in/oil.txt", "Oil prices rise again\n\nTankers wait off the coast for weeks.\n")
	f.sync(ix, nil, "in")
	findsJust(t, ix, "weeks", oil)
	check("updated")
	f.move("in/oil.txt", "in/2026/oil.txt")
	if r := f.sync(ix, nil, "in"); r.Moved != 1 {
		t.Errorf("moved: %+v", r)
	}
	check("moved")
	add(t, ix, corpus.Article{ID: "g1", Title: "Gas", Body: "Other pipes."})
	check("replaced by a program")
	f.write("in/gas.jsonl", `{"id":"g1","title":"Gas","body":"Pipes of steel."}`+"\n")
	f.sync(ix, &index.SyncOptions{Prune: true}, "in")
	gone := slices.Index(want, "g2: +keep")
	want[gone] += " (orphaned)"
	check("removed")
	a, err := ix.Annotations(ctx, "g2")
	if err != nil || !a.Orphaned || a.Title != "More gas" {
		t.Errorf("an orphan: %+v, %v", a, err)
	}
	if tags, orphaned, err := ix.TagCounts(ctx); err != nil || orphaned != 1 || !slices.Equal(tags, []index.TagCount{{Tag: "keep", Articles: 2, Orphaned: 1}}) {
		t.Errorf("counts: %v, %d, %v", tags, orphaned, err)
	}
	f.write("in/gas.jsonl", `{"id":"g1","title":"Gas","body":"Pipes of steel."}`+"\n"+`{"id":"g2","title":"Gas is back","body":"Pipes."}`+"\n")
	f.sync(ix, nil, "in")
	want[gone] = "g2: +keep"
	check("come back")
	if err := ix.Delete(ctx, "g1"); err != nil {
		t.Fatal(err)
	}
	gone = slices.Index(want, "g1: +keep")
	want[gone] += " (orphaned)"
	check("deleted")
	f.sync(ix, &index.SyncOptions{BringBack: true}, "in")
	f.write("in/gas.jsonl", `{"id":"g1","title":"Gas","body":"Pipes of lead."}`+"\n"+`{"id":"g2","title":"Gas is back","body":"Pipes."}`+"\n")
	f.sync(ix, &index.SyncOptions{BringBack: true}, "in")
	want[gone] = "g1: +keep"
	check("brought back")
	if _, err := ix.ApplyTopics(ctx, rulesOf(t, "tankers", "pipes"), nil); err != nil {
		t.Fatal(err)
	}
	check("with other topics")

	again := func(what, to string, f func(to string) error) {
		t.Helper()
		if err := f(to); err != nil {
			t.Fatal(what, err)
		}
		other := open(t, to, nil)
		if diff := cmp.Diff(want, written(t, other)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
		findsJust(t, other, "mytag:keep note:insurance", oil)
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
	}
	copied, forced := at.location(t), &index.CopyOptions{Force: true}
	again("copied", copied, func(to string) error { _, err := index.Copy(ctx, where, to, nil); return err })
	tagged(t, ix, index.TagChange{Add: []string{"later"}}, "g2")
	noted(t, ix, "g1", "When are they laid?")
	want[slices.Index(want, "g2: +keep")] = "g2: +keep +later"
	want[slices.Index(want, "g1: +keep")] = "g1: +keep When are they laid?"
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	again("copied again", copied, func(to string) error { _, err := index.Copy(ctx, where, to, forced); return err })
	local := folders{}.location(t) // of the other engine, or of the same, and back
	again("copied to a folder", local, func(to string) error { _, err := index.Copy(ctx, where, to, nil); return err })
	again("copied back", at.location(t), func(to string) error { _, err := index.Copy(ctx, local, to, nil); return err })
	backup := at.backup(t)
	if _, err := index.WriteBackup(ctx, where, backup); err != nil {
		t.Fatal(err)
	}
	again("restored", at.location(t), func(to string) error { _, err := index.RestoreBackup(ctx, backup, to, nil); return err })
	if _, err := index.Rebuild(ctx, where, nil); err != nil {
		t.Fatal(err)
	}
	again("made again", where, func(string) error { return nil })
	ix = open(t, where, nil)
	if _, err := ix.Compact(ctx); err != nil {
		t.Fatal(err)
	}
	check("compacted")
	findsJust(t, ix, "mytag:later", "g2")
	findsJust(t, ix, "note:laid", "g1")
}

func annotatedOf(list []index.Annotated) iter.Seq2[index.Annotated, error] {
	return func(yield func(index.Annotated, error) bool) {
		for _, a := range list {
			if !yield(a, nil) {
				return
			}
		}
	}
}

// exported collects all that was written.
func exported(t *testing.T, ix *index.Index) (list []index.Annotated) {
	t.Helper()
	for a, err := range ix.AllAnnotations(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	return list
}

// Two indexes that are given what the other has agree, in whatever order, and once more
// changes nothing.
func TestImportAnnotations(t *testing.T) {
	ctx := context.Background()
	var ixs [2]*index.Index
	for i := range ixs {
		ixs[i] = open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
		add(t, ixs[i], corpus.Article{ID: "a", Title: "Oil"}, corpus.Article{ID: "b", Title: "Gas"})
	}
	tagged(t, ixs[0], index.TagChange{Add: []string{"x", "y"}, By: "ada"}, "a", "b")
	tagged(t, ixs[1], index.TagChange{Add: []string{"y", "z"}, By: "ben"}, "a")
	n := noted(t, ixs[0], "a", "One.")
	if _, err := ixs[1].ImportAnnotations(ctx, annotatedOf([]index.Annotated{{ID: "a", Annotations: corpus.Annotations{Notes: []corpus.Note{n}}}})); err != nil {
		t.Fatal(err)
	}
	n.Text, n.Edited = "One, edited.", n.Added.Add(1e9)
	other := index.Annotated{ID: "gone", Title: "Not here", Annotations: corpus.Annotations{Notes: []corpus.Note{{Text: "For later."}}}}
	if r, err := ixs[1].ImportAnnotations(ctx, annotatedOf([]index.Annotated{{ID: "a", Annotations: corpus.Annotations{Notes: []corpus.Note{n}}}, other, other})); err != nil || r != (index.AnnotationsImport{Articles: 2, Changed: 2, Orphaned: 1}) {
		t.Fatal(r, err)
	}
	one, two := exported(t, ixs[0]), exported(t, ixs[1])
	for i, list := range [][]index.Annotated{two, one} {
		for round := range 2 {
			r, err := ixs[i].ImportAnnotations(ctx, annotatedOf(list))
			if err != nil || round == 1 && r.Changed != 0 {
				t.Errorf("imported for the %dth time: %+v, %v", round+1, r, err)
			}
		}
	}
	if diff := cmp.Diff(exported(t, ixs[0]), exported(t, ixs[1])); diff != "" {
		t.Errorf("they differ:\n%s", diff)
	}
	if want := []string{"a: +x +y +z One, edited.", "b: +x +y", "gone: For later. (orphaned)"}; !slices.Equal(written(t, ixs[0]), want) {
		t.Errorf("merged: %q, want %q", written(t, ixs[0]), want)
	}
	findsJust(t, ixs[1], "mytag:x", "a", "b")
	findsJust(t, ixs[0], "note:edited", "a")
	add(t, ixs[0], corpus.Article{ID: "gone", Title: "Here at last"})
	findsJust(t, ixs[0], "note:later", "gone")
	bad := annotatedOf([]index.Annotated{{ID: "b", Annotations: corpus.Annotations{Tags: []corpus.Tag{{Path: "fine"}}}}, {ID: "b", Annotations: corpus.Annotations{Tags: []corpus.Tag{{Path: "*"}}}}})
	if _, err := ixs[0].ImportAnnotations(ctx, bad); err == nil {
		t.Error("a tag that is none was imported")
	}
	findsJust(t, ixs[0], "mytag:fine")
}
