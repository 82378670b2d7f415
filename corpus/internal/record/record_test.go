package record

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLookup(t *testing.T) {
	for name, want := range map[string]Name{
		"title": {Field: Title}, "Head-Line": {Field: Title, Rank: 1}, "pub_date": {Field: Published, Rank: 7},
		"content:html": {Field: Body, Rank: 15, HTML: true}, "titlé": {}, "": {}, "_": {}, strings.Repeat("_", MaxName) + "title": {},
	} {
		if got := Lookup(Fold(nil, []byte(name))); got != want {
			t.Errorf("%q: %+v, want %+v", name, got, want)
		}
	}
}

// The best name of a field counts, whatever comes first; some fields gather
// the values of all names.
func TestSet(t *testing.T) {
	var r Record
	for _, set := range []struct {
		f     Field
		rank  int
		texts []string
	}{
		{Title, 3, []string{"c"}},
		{Title, 1, []string{" ", "a "}},
		{Title, 2, []string{"b"}},
		{Title, 0, []string{""}},
		{Topics, 2, []string{"x"}},
		{Topics, 5, []string{"y", "z"}},
		{Source, 0, []string{"not mapped"}},
		{Source, Mapped, []string{"mapped"}},
		{Source, 0, []string{"not mapped"}},
	} {
		if r.Wants(set.f, set.rank) {
			r.Set(set.f, set.rank, valuesOf(set.texts...))
		}
	}
	if got := r.First(Title); got != "a" {
		t.Errorf("title %q", got)
	}
	if got := r.First(Source); got != "mapped" {
		t.Errorf("source %q", got)
	}
	if diff := cmp.Diff(valuesOf("x", "y", "z"), r.Values(Topics)); diff != "" {
		t.Error(diff)
	}
	if r.Has(Body) || r.First(Body) != "" || r.Text() != "" || r.IsFinal(Title) || len(r.Problems) > 0 {
		t.Errorf("%+v", r)
	}
	r.Set(Body, 0, valuesOf("p", "q"))
	if got := r.Text(); got != "p\n\nq" {
		t.Errorf("text %q", got)
	}
	r.SetFinal(Title, valuesOf("", "final")...)
	r.Drop(Body)
	if r.Has(Body) || !r.IsFinal(Title) || r.First(Title) != "final" || r.Wants(Title, 0) {
		t.Errorf("%+v", r)
	}
	if r.Reset(); r.Has(Title) || r.Has(Topics) || r.IsFinal(Title) {
		t.Errorf("%+v", r)
	}
}

// What is cut is told once for each field, with its place and its beginning.
func TestProblems(t *testing.T) {
	var r Record
	long := strings.Repeat("ü", MaxStated)
	r.Set(Title, 0, []Value{{Text: long, From: "headline"}})
	for range 2 {
		r.Set(Topics, 0, []Value{{Text: strings.Repeat("a,", MaxValues), From: "tags"}})
	}
	r.Set(Places, 0, make([]Value, MaxValues+1)) // all are empty
	r.Set(People, 0, append(valuesOf(strings.Split(strings.Repeat("a ", MaxValues), " ")[:MaxValues]...), Value{Text: "last", From: "people"}))
	want := []Problem{
		{Field: Title, From: "headline", Excerpt: strings.Repeat("ü", maxExcerpt/2)},
		{Field: Topics, From: "tags", Excerpt: strings.Repeat("a,", maxExcerpt/2)},
		{Field: People, From: "people", Excerpt: "last"},
	}
	for i := range r.Problems {
		if r.Problems[i].Err != ErrCut {
			t.Errorf("problem %+v", r.Problems[i])
		}
		r.Problems[i].Err = nil
	}
	if diff := cmp.Diff(want, r.Problems); diff != "" {
		t.Error(diff)
	}
}

func TestMapping(t *testing.T) {
	m, err := ParseMapping(map[string]string{"Kicker": "tags", "meta.Desk": "source", "x": "-"})
	if err != nil {
		t.Fatal(err)
	}
	if f := m.At([]byte("kicker")).Field(); f != Topics {
		t.Errorf("kicker is mapped to %v", f)
	}
	if f := m.At([]byte("META")).At([]byte("desk")).Field(); f != Source || !m.At([]byte("meta")).HasBelow() {
		t.Errorf("meta.desk is mapped to %v", f)
	}
	if f := m.At([]byte("meta.desk")).Field(); f != Source {
		t.Errorf("a name with a dot is mapped to %v", f)
	}
	if f := m.At([]byte("x")).Field(); f != LeftOut {
		t.Errorf("x is mapped to %v", f)
	}
	var none *Mapping
	if none.At([]byte("x")).Field() != NoField || none.HasBelow() {
		t.Error("nothing is mapped to something")
	}
}

func valuesOf(texts ...string) []Value {
	var list []Value
	for _, s := range texts {
		list = append(list, Value{Text: s})
	}
	return list
}
