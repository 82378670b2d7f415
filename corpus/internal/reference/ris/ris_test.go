package ris

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"an article of a newspaper, from Zotero",
			"TY  - NEWS\nTI  - Ferries sail again\nAU  - Okoye, Ada\nAU  - Li, Na\nT2  - The Vessem Post\nAB  - The ferries sail.\nThey are full.\nDA  - 2026/01/05/\nPY  - 2026\nLA  - en\nUR  - https://example.org/1\nN1  - <p>The first ferry left at noon.</p>\nKW  - ferries\nKW  - Vessem, harbour of\nY2  - 2026/02/01/10:00:00\nER  - \n",
			"place: https://example.org/1\ntitle: Ferries sail again\nsummary: The ferries sail.\\nThey are full.\nbody: <p>The first ferry left at noon.</p>\nauthors: Ada Okoye | Na Li\nsource: The Vessem Post\npublished: 2026-01-05 | 2026\nlanguage: en\ntopics: ferries | Vessem, harbour of\nurl: https://example.org/1\n",
		},
		{
			"year only",
			"TY  - JOUR\nTI  - A\nDA  - 2026///\nER  - \n",
			"place: 1\ntitle: A\npublished: 2026\n",
		},
		{
			"ProQuest: T1, JF, and notes that are not of the article",
			"TY  - NEWS\nT1  - Tolls rise\nAN  - 123456; 789\nJF  - The Vessem Post\nAU  - Okoye, Ada\nPY  - 2026/01/05/\nY1  - 2026/01/05/\nN1  - Last updated - 2026-02-02\nN1  - Name - Port of Vessem; Ferry Office; Harbour Council; Toll House of the North and of the South, with a long list of all of the names that anybody ever gave to them.\nUR  - https://search.example.org/docview/123456\nER  -\n",
			"place: 123456; 789\ntitle: Tolls rise\nauthors: Ada Okoye\nsource: The Vessem Post\npublished: 2026-01-05 | 2026-01-05\nurl: https://search.example.org/docview/123456\n",
		},
		{
			"a day without its year",
			"TY  - NEWS\nTI  - A\nPY  - 2026\nDA  - Mar 5\nER  - \n",
			"place: 1\ntitle: A\npublished: Mar 5 2026 | 2026\n",
		},
		{
			"no ER, tags with indent and fewer blanks, CRLF, a mark, a head line",
			"\ufeffProvider: Somebody\r\n\r\n  TY - NEWS\r\n  TI - A\r\n\r\n  TY  -  NEWS \r\n  T1  -B\r\n  AU  - Li, N.\r\n",
			"place: 1\ntitle: A\n\nplace: 2\ntitle: B\nauthors: N. Li\n",
		},
		{
			"what looks like a tag within a text",
			"TY  - NEWS\nTI  - A\nAB  - Talks of the\nUS - China kind\nEU-wide rules.\nER  - \n",
			"place: 1\ntitle: A\nsummary: Talks of the\\nUS - China kind\\nEU-wide rules.\n",
		},
		{
			"keywords in one line, several lines, and one value",
			"TY  - NEWS\nTI  - A\nKW  - tolls, ferries, harbour\ndues; fees\nER  - \n",
			"place: 1\ntitle: A\ntopics: tolls, ferries, harbour | dues; fees\n",
		},
		{
			"editors where nobody wrote, publisher where there is no journal, DOI for an address",
			"TY  - BOOK\nTI  - A\nA2  - Li, Na\nPB  - Quay Press\nDO  - 10.1000/1\nER  - \n",
			"place: 10.1000/1\ntitle: A\nauthors: Na Li\nsource: Quay Press\nurl: https://doi.org/10.1000/1\n",
		},
		{
			"an entry with nothing but a label is named by it",
			"TY  - BLOG\nN1  - Reference Type: Blog\nER  -\n",
			"place: 1\ntitle: Reference Type: Blog\n",
		},
		{
			"two entries of one number",
			"TY  - NEWS\nTI  - A\nID  - 7\nER  - \nTY  - NEWS\nTI  - B\nID  - 7\nER  - \n",
			"place: 7\ntitle: A\n\nplace: 2\ntitle: B\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, Read, "a.ris", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
			if strings.Contains(tt.in, "TY  -") && !Recognize(readertest.Head("a.txt", tt.in)) {
				t.Error("it is not recognized")
			}
		})
	}
}

// An entry whose beginning is lost is told, once, and those after it are read.
func TestCorrupted(t *testing.T) {
	recs, faults := readertest.Read(t, Read, "a.ris", "JF  - The Post\nT1  - A\nER  - \n\nTY  - NEWS\nTI  - B\nER  - \nAU  - Li, Na\nTI  - C\nER  - \n")
	if readertest.Show(recs) != "place: 1\ntitle: B\n" || len(faults) != 2 || !strings.HasPrefix(faults[0].Error(), "line 1: ") || !strings.HasPrefix(faults[1].Error(), "line 8: ") {
		t.Errorf("got %s, %v", readertest.Show(recs), faults)
	}
}

func TestRecognize(t *testing.T) {
	for _, s := range []string{
		"A text about RIS, whose lines begin with TY  - and end with ER  - .",
		"TY  - is how an entry begins.",
		"Dear all,\nTY  - thanks.",
	} {
		if Recognize(readertest.Head("a.txt", s)) {
			t.Errorf("%q is taken for RIS", s)
		}
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.ris", "TY  - NEWS\nTI  - A\nAU  - B, C\nDA  - 2026/01/05/\nER  - \n", "TY  - X\nAB  - a\n\nb\nKW  - a; b\n", "ER  - \nTY  -\nTY  -", "\ufeffTI - x\n")
}

// A value of very many lines is read in a time that grows no faster than its size.
func TestManyLines(t *testing.T) {
	start := time.Now()
	if recs, faults := readertest.Read(t, Read, "a", "TY  - NEWS\nTI  - A\nAB  - x\n"+strings.Repeat("y\n", 1<<20)); len(recs) != 1 || len(faults) > 0 {
		t.Errorf("%d records, %v", len(recs), faults)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
