package corpus

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Pages of a print begin where their first paragraph does.
func TestPages(t *testing.T) {
	rec := &record.Record{}
	rec.SetFinal(record.Title, record.Value{Text: "Ships"})
	rec.SetBlocks(record.Mapped, []extract.Block{
		{Text: "They sail.", Page: "1"},
		{Text: "Ports", Heading: true, Level: 1, Page: "2"},
		{Text: "They <b>wait</b>, and <i>sink</i>.", Page: "2-3"},
		{Text: "They rust.", Page: "3"},
		{Text: "They end.", Page: "3"},
	})
	var b builder
	a, err := b.article(rec, "")
	if err != nil {
		t.Fatal(err)
	}
	want := []Page{{"1", 0}, {"2-3", 12}, {"3", 34}}
	if diff := cmp.Diff(want, a.Pages); diff != "" {
		t.Error(diff)
	}
	for at, want := range map[int]string{0: "1", 11: "1", 12: "2-3", 33: "2-3", 34: "3", 1000: "3"} {
		if got := a.PageAt(at); got != want {
			t.Errorf("byte %d is on page %s, want %s", at, got, want)
		}
	}
	if got := new(Article).PageAt(7); got != "" {
		t.Errorf("an article without pages has page %s", got)
	}
}
