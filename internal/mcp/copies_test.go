package mcp

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
)

// A dispatch that several outlets print is one hit and one report, whose copies are listed
// without what is withheld.
func TestCopies(t *testing.T) {
	dispatch := "The harbour of Vessem was closed to all ships on Tuesday after a storm tore the outer wall apart. " +
		"Engineers from the port authority said that repairs would need at least two months, and that grain would be sent by rail until then. " +
		"Traders in the capital expect higher prices for bread, as they saw after the storm of the year before. " +
		"A spokeswoman for the ministry of transport declined to name a date. "
	added := "Our reader Ben Okoye saw the wall fall from his kitchen window."
	day := func(d int) time.Time { return time.Date(2026, 4, d, 0, 0, 0, 0, time.UTC) }
	ix := newIndex(t)
	err := ix.Add(
		t.Context(),
		corpus.Article{ID: "agency", Title: "Vessem harbour closed", Source: "Agency", Body: dispatch, Published: day(1), Language: "en"},
		corpus.Article{ID: "ledger", Title: "Storm shuts port of Vessem", Source: "Northern Ledger", Body: dispatch + added, Published: day(2), Language: "en"},
		corpus.Article{ID: "secret", Title: "Port shut", Source: "Meridian", Body: dispatch + "Only we know of the zirconium.", Published: day(3), Language: "en", Handling: &corpus.Handling{NoAI: true}},
		corpus.Article{ID: "later", Title: "Port shut", Source: "Meridian", Body: dispatch + "Embargoed sources tell more.", Published: day(3), Language: "en", Handling: &corpus.Handling{Embargoed: true}},
	)
	if err != nil {
		t.Fatal(err)
	}
	c := overMemory(t, &Options{Index: ix, Zone: time.UTC})

	var hits searchResult
	text := c.call(t, "search", object{"query": "Vessem harbour"}, &hits)
	if hits.Total != 2 || hits.Stories != 1 || len(hits.Hits) != 1 || hits.Hits[0].Copies != 1 || len(hits.Hits[0].Outlets) != 1 || hits.Withheld != 1 {
		t.Errorf("search: %+v", hits)
	}
	if !strings.Contains(text, "1 further article has the same text") {
		t.Errorf("search:\n%s", text)
	}
	var found passagesResult
	c.call(t, "passages", object{"question": "Why was the harbour of Vessem closed?"}, &found)
	if best := found.Passages[0]; best.Copies != 1 || len(best.Outlets) != 1 {
		t.Errorf("passage: %+v", best)
	}

	for id, other := range map[string]string{"agency": "ledger", "ledger": "agency"} {
		var r copiesResult
		text := c.call(t, "copies", object{"id": id}, &r)
		if r.Total != 1 || len(r.Copies) != 1 || r.Copies[0].ID != other || r.Withheld != 1 || r.Copies[0].Containment < .9 {
			t.Fatalf("copies of %s: %+v", id, r)
		}
		more := r.Copies[0].Added
		if id == "ledger" {
			more = r.Copies[0].Cut
		}
		if strings.Join(more, " ") != added {
			t.Errorf("%s: added %q, cut %q", id, r.Copies[0].Added, r.Copies[0].Cut)
		}
		if strings.Contains(text, "zirconium") || strings.Contains(text, "mbargoed") {
			t.Errorf("copies of %s tell what is withheld:\n%s", id, text)
		}
	}
	var none copiesResult
	c.call(t, "copies", object{"id": "agency", "skip": 5}, &none)
	if len(none.Copies) != 0 || none.Total != 1 {
		t.Errorf("behind the end: %+v", none)
	}
}
