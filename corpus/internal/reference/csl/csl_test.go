package csl

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"an article of a newspaper",
			`[{"id":"okoye2026","type":"article-newspaper","title":"Ferries sail again","container-title":"The Vessem Post","source":"Some Catalogue","abstract":"They sail.","author":[{"family":"Okoye","given":"Ada"},{"family":"Berg","given":"Jan","non-dropping-particle":"van"},{"literal":"News Desk"}],"issued":{"date-parts":[[2026,1,5]]},"accessed":{"date-parts":[[2026,2,1]]},"language":"en","URL":"https://example.org/1","keyword":"ferries, tolls"}]`,
			"place: okoye2026\ntitle: Ferries sail again\nsummary: They sail.\nauthors: Ada Okoye | Jan van Berg | News Desk\nsource: The Vessem Post\npublished: 2026-01-05\nlanguage: en\ntopics: ferries, tolls\nurl: https://example.org/1\n",
		},
		{
			"years as texts, ranges, a season, raw and literal dates, no date",
			`{"items":[{"id":1,"type":"webpage","title":"A","issued":{"date-parts":[["2004","6"],["2005"]]}},{"id":2,"type":"webpage","title":"B","issued":{"date-parts":[["2004"]],"season":"2"}},{"id":3,"type":"book","title":"C","issued":{"raw":"5 March 2026"}},{"id":4,"type":"book","title":"D","issued":{"literal":"Spring 2016"}},{"id":5,"type":"book","title":"E","issued":{"date-parts":[[]]}},{"id":6,"type":"book","title":"F","issued":"2026-01-05"},{"id":7,"type":"book","title":"G","issued":{"date-parts":[[null]]}}]}`,
			"place: 1\ntitle: A\npublished: 2004-06\n\nplace: 2\ntitle: B\npublished: 2004\n\nplace: 3\ntitle: C\npublished: 5 March 2026\n\nplace: 4\ntitle: D\npublished: 2016\n\nplace: 5\ntitle: E\n\nplace: 6\ntitle: F\npublished: 2026-01-05\n\nplace: 7\ntitle: G\n",
		},
		{
			"dates as older versions of pandoc have them",
			`[{"id":"a","type":"book","title":"A","container-title":"B","issued":[{"year":"2004","month":"6","day":"1"},{"year":"2005"}]},{"id":"b","type":"book","title":"B","issued":[{"year":2004,"season":"1"}]}]`,
			"place: a\ntitle: A\nsource: B\npublished: 2004-06-01\n\nplace: b\ntitle: B\npublished: 2004\n",
		},
		{
			"items under their ids",
			`{"b":{"id":"b","type":"book","title":"B","issued":{"date-parts":[[2026]]}},"a":{"id":"a","type":"book","title":"A"}}`,
			"place: b\ntitle: B\npublished: 2026\n\nplace: a\ntitle: A\n",
		},
		{
			"one item, editors, a publisher and a DOI",
			`{"id":"x","type":"book","title":"A","editor":[{"family":"Li","given":"Na"}],"publisher":"Quay Press","DOI":"10.1000/1","issued":{"date-parts":[[2026]]}}`,
			"place: x\ntitle: A\nauthors: Na Li\nsource: Quay Press\npublished: 2026\nurl: https://doi.org/10.1000/1\n",
		},
		{
			"what Crossref answers",
			`{"status":"ok","message-type":"work-list","message":{"total-results":1,"items":[{"DOI":"10.1000/1","type":"journal-article","title":["A"],"container-title":["Ports"],"abstract":"<jats:p>They sail.</jats:p>","author":[{"given":"Ada","family":"Okoye","sequence":"first","affiliation":[]}],"issued":{"date-parts":[[2026,1]]},"subject":["Ships"]}]}}`,
			"place: 10.1000/1\ntitle: A\nsummary: <p>They sail.</p>\nauthors: Ada Okoye\nsource: Ports\npublished: 2026-01\ntopics: Ships\nurl: https://doi.org/10.1000/1\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, Read, "a.json", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
			if !Recognize(readertest.Head("a.json", tt.in)) {
				t.Error("it is not recognized")
			}
		})
	}
}

// What is cut short gives the items that are there, and is told.
func TestCut(t *testing.T) {
	recs, faults := readertest.Read(t, Read, "a.json", `[{"id":"a","type":"book","title":"A"},{"id":"b","ti`)
	if readertest.Show(recs) != "place: a\ntitle: A\n" || len(faults) != 1 {
		t.Errorf("got %s, %v", readertest.Show(recs), faults)
	}
}

func TestRecognize(t *testing.T) {
	for _, s := range []string{
		`[{"title":"A","text":"B","type":"article"}]`,
		`{"type":"FeatureCollection","title":"A","date-parts":1}`,
		`[{"type":"news","title":"A","author":{"family":"Okoye"}}]`,
	} {
		if Recognize(readertest.Head("a.json", s)) {
			t.Errorf("%s is taken for CSL", s)
		}
	}
}

func TestDeep(t *testing.T) {
	for _, s := range []string{`{"message":`, `{"items":[`, `[`} {
		readertest.Read(t, Read, "a.json", strings.Repeat(s, 200_000))
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.json", `[{"id":"a","type":"book","title":"A","author":[{"family":"B","given":"C"}],"issued":{"date-parts":[["2004",1]]}}]`, `{"items":[{"title":["A"],"type":1,"author":"x","issued":[]}]}`, `{"message":{"items":[1,null,{}]}}`)
}
