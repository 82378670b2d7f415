package nexis

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

// checkText reads a text that must be recognized and holds its articles to what is
// wanted.
func checkText(t *testing.T, content string, want ...string) {
	t.Helper()
	if !IsText(reader.NewHead("x.txt", []byte(content), true)) {
		t.Error("it is not recognized")
	}
	check(t, ReadText, content, want...)
}

// One article was saved alone: nothing counts it, and its head stands in the middle.
func TestAlone(t *testing.T) {
	checkText(t, `
                              The Northshore Herald

                              June 3, 2016 Friday
                                 London Edition


What the ferry means to
the islanders

BYLINE: By ANN ROE

SECTION: NEWS; Pg. 7

LENGTH: 8 words


The ferry is back, and all are glad.

LOAD-DATE: June 3, 2016

LANGUAGE: ENGLISH


                           Copyright 2016 Northshore Ltd
                              All Rights Reserved
`, `
title: What the ferry means to the islanders
authors: By ANN ROE
source: The Northshore Herald
published: June 3, 2016 Friday
language: en
rights: Copyright 2016 Northshore Ltd All Rights Reserved
- The ferry is back, and all are glad.
`)
}

// A download for Word that was saved as text has a paragraph a line.
func TestNewAsText(t *testing.T) {
	one := `Ferry is back again
The Northshore Herald
June 3, 2021 Thursday

Copyright 2021 Northshore Ltd All Rights Reserved
Section: NEWS; Pg. 7
Length: 10 words
Byline: Ann Roe
Body

The ferry is back.
All are glad, and say it.

Classification

Language: ENGLISH
Subject: FERRIES (90%)
Kind of Thing: Newspaper
Load-Date: June 3, 2021

End of Document
`
	want := `
title: Ferry is back again
authors: Ann Roe
source: The Northshore Herald
published: June 3, 2021 Thursday
language: en
topics: FERRIES
rights: Copyright 2021 Northshore Ltd All Rights Reserved
- The ferry is back.
- All are glad, and say it.
`
	checkText(t, one+"\n"+one, want, want)
}

// Where no blank line parts the outlet from the date, the lines do.
func TestTight(t *testing.T) {
	checkText(t, `                               3 of 9 DOCUMENTS
                              The Northshore Herald
                               May 3, 2012 Thursday
LENGTH: 4 words
HEADLINE: Row: islanders speak
BODY:
   The ferry is back.
LOAD-DATE: May 3, 2012
`, `
title: Row: islanders speak
source: The Northshore Herald
published: May 3, 2012 Thursday
- The ferry is back.
`)
}

// Older downloads in German are in windows-1252.
func TestIsTextLatin(t *testing.T) {
	content := "\n   1 von 2 DOKUMENTEN\n\n   Nordufer-Zeitung\n\n   12. März 2014 Mittwoch\n\nLÄNGE: 4 Wörter\n\nFähre\n\nDie Fähre fährt wieder.\n\nUPDATE: 13. März 2014\n"
	b, err := charmap.Windows1252.NewEncoder().String(content)
	if err != nil {
		t.Fatal(err)
	}
	if !IsText(reader.NewHead("x.txt", []byte(b), true)) {
		t.Error("it is not recognized")
	}
}

// What only looks like a download is none.
func TestIsNotText(t *testing.T) {
	for _, content := range []string{
		"3 of 10 documents\n\nThe court has published 3 of 10 documents so far.\n",
		"Film\n\nLENGTH: 90 minutes\nLANGUAGE: French\nLOAD-DATE: unknown\n",
		"How to read a download\n\nLENGTH: 355 words\n\nLOAD-DATE: July 1, 2015\n\nLANGUAGE: ENGLISH\n\nThese are its labels.\n",
		"Length: 12 words\n\nA note about the length of texts.\n",
		"How to read a download: it has a line LENGTH: 12 words, then LOAD-DATE: and LANGUAGE:.\n",
	} {
		if IsText(reader.NewHead("x.txt", []byte(content), true)) {
			t.Errorf("%.40q is taken for a download", content)
		}
	}
}

// Where the end of an article is in a language that nobody listed, the marks of
// the next one tell.
func TestWordUnknownEnd(t *testing.T) {
	all := slices.Clone(document)
	for i := range all {
		all[i].text = strings.ReplaceAll(all[i].text, "End of Document", "Dokumentuaren amaiera")
	}
	records, faults := readertest.Read(t, ReadWord, "x.docx", word(t, all, true))
	if len(records) != len(documentWant) || len(faults) > 0 {
		t.Fatalf("%d articles, %v", len(records), faults)
	}
	if got, want := shown(&records[0]), strings.TrimLeft(documentWant[0], "\n"); got != want {
		t.Errorf("got\n%s", got)
	}
}

// One article in German, without marks.
func TestIsWordGerman(t *testing.T) {
	content := word(t, []line{
		{text: "Die Fähre fährt"},
		{text: "Nordufer-Zeitung"},
		{text: "3. Juni 2021"},
		{text: "Länge:\u00a03 Wörter"},
		{text: "Textkörper"},
		{text: "Sie fährt wieder."},
		{text: "Ladedatum:\u00a03. Juni 2021"},
		{text: "\nEnde des Dokuments"},
	}, false)
	if !IsWord(reader.NewHead("x.docx", []byte(content), true)) {
		t.Error("it is not recognized")
	}
	check(t, ReadWord, content, `
title: Die Fähre fährt
source: Nordufer-Zeitung
published: 3. Juni 2021
- Sie fährt wieder.
`)
}
