package nexis

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// shown returns what a record holds, a line for each field.
func shown(rec *record.Record) string {
	var b strings.Builder
	for f := record.ID; f < record.NumFields; f++ {
		for _, v := range rec.Values(f) {
			fmt.Fprintf(&b, "%s: %s\n", f, v.Text)
		}
	}
	if h := rec.Handling; h != nil && h.Notice != "" {
		fmt.Fprintf(&b, "notice: %s\n", h.Notice)
	}
	if h := rec.Handling; h != nil && h.Rights != "" {
		fmt.Fprintf(&b, "rights: %s\n", h.Rights)
	}
	for _, block := range rec.Blocks {
		fmt.Fprintf(&b, "- %s\n", strings.ReplaceAll(block.Text, "\n", " / "))
	}
	for _, p := range rec.Problems {
		fmt.Fprintf(&b, "problem: %v\n", p.Err)
	}
	return b.String()
}

// check reads a file and holds its articles to what is wanted of each.
func check(t *testing.T, fn reader.Func, content string, want ...string) {
	t.Helper()
	records, faults := readertest.Read(t, fn, "download", content)
	for _, err := range faults {
		t.Errorf("told: %v", err)
	}
	if len(records) != len(want) {
		t.Fatalf("%d articles, want %d", len(records), len(want))
	}
	for i := range records {
		if got, want := shown(&records[i]), strings.TrimLeft(want[i], "\n"); got != want {
			t.Errorf("article %d:\n%s\nwant\n%s", i+1, got, want)
		}
	}
}

// cover is what stands before the first article of a plain text.
const cover = `


Download Request: All Documents: 1-2
Time Of Request: Saturday, July 11, 2015  22:32:52 EST
Send To:

SOMEBODY
UNIVERSITY LIBRARY

Terms: (ferry OR ferries) and LENGTH: long


Source: Newspaper Stories, Combined Papers
Project ID:

`

// classic is an article of 2015, whose title and text have labels.
const classic = `

                               1 of 161 DOCUMENTS


     Copyright 2015 Northshore Example Interactive Company, LLC d/b/a
                            Northshore Digital
                              All Rights Reserved

                              The Northshore Herald

                             July 1, 2015 Wednesday
                                 Met 2 Edition

SECTION: A-SECTION; Pg. A01

LENGTH: 32 words

HEADLINE: Ferries return to the strait;
Operators say that the crossing will be open all through
the winter

BYLINE: Ann Roe;and reported by Jo Doe;Mary
Major

BODY:

The ferries are back, and those who waited for them on both shores of the long
strait were glad.

"SUBJECT: none," the captain wrote. A list:

North pier
South pier

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

SUBJECT: FERRIES (90%); HARBORS & PORTS (78%); TRAVEL
(60%)

PUB-SUBJECT: #strait, winter crossing

COMPANY: EXAMPLE LINES CO (57%)

ORGANIZATION: PORT AUTHORITY (56%)

TICKER: EXA (NYSE) (57%)

INDUSTRY: NAICS483112 DEEP SEA PASSENGER TRANSPORTATION (57%); SIC4481 PASSENGERS (55%)

PERSON: JANE ROE (79%)

GEOGRAPHIC: NORTHPORT, NY, USA (73%) NEW YORK, USA (92%); MAINE, USA
(90%) UNITED STATES (92%)

LOAD-DATE: July 3, 2015

`

const classicWant = `
title: Ferries return to the strait; Operators say that the crossing will be open all through the winter
authors: Ann Roe; Jo Doe; Mary Major
source: The Northshore Herald
published: July 1, 2015 Wednesday
language: en
topics: FERRIES
topics: HARBORS & PORTS
topics: TRAVEL
topics: #strait
topics: winter crossing
places: NORTHPORT, NY, USA
places: NEW YORK, USA
places: MAINE, USA
places: UNITED STATES
people: JANE ROE
organizations: EXAMPLE LINES CO
organizations: PORT AUTHORITY
rights: Copyright 2015 Northshore Example Interactive Company, LLC d/b/a Northshore Digital All Rights Reserved
- The ferries are back, and those who waited for them on both shores of the long strait were glad.
- "SUBJECT: none," the captain wrote. A list:
- North pier / South pier
`

// bare is an article of 2018: neither title nor text has a label.
const bare = `
                               8 of 383 DOCUMENTS


                              The Southshore Post

                            January 11, 2010 Monday
                                  First Edition

The harbour that nobody wanted to have
and everybody uses

BYLINE: BY JO DOE

SECTION: NEWS; Pg. 14

LENGTH: 14 words

The harbour was built against all advice. It is now the busiest of them.

LANGUAGE: French. So said the list of the museum.

That is all.

GRAPHIC: The harbour in winter

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                     Copyright 2010 Southshore Example Ltd
                              All Rights Reserved
`

const bareWant = `
title: The harbour that nobody wanted to have and everybody uses
authors: BY JO DOE
source: The Southshore Post
published: January 11, 2010 Monday
language: en
rights: Copyright 2010 Southshore Example Ltd All Rights Reserved
- The harbour was built against all advice. It is now the busiest of them.
- LANGUAGE: French. So said the list of the museum.
- That is all.
`

func TestText(t *testing.T) {
	check(t, ReadText, cover+classic+"\f"+bare, classicWant, bareWant)
}

func TestTextEncodings(t *testing.T) {
	check(t, ReadText, "\xef\xbb\xbf"+strings.ReplaceAll(bare, "\n", "\r\n"), bareWant)
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, r := range bare {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	check(t, ReadText, b.String(), bareWant)
	latin := strings.NewReplacer("harbour", "h\xe4fen", "winter", "fr\xfchjahr").Replace(bare)
	check(t, ReadText, latin, strings.NewReplacer("harbour", "häfen", "winter", "frühjahr").Replace(bareWant))
}

// The outlet may stand right below the copyright, and who delivered it between it
// and the date.
func TestOutlets(t *testing.T) {
	for _, tt := range []struct{ head, want string }{
		{"                     Copyright 2015 The Example Times\n                       Example Times (Westport)\n", "Example Times (Westport)"},
		{"                     Copyright 2015 The Example Times\n                       All Rights Reserved\n                       Example Times (Westport)\n", "Example Times (Westport)"},
		{"                     Copyright 2015 Example TV\n                  Provided by Example Media Inc.\n                       All Rights Reserved\n\n                       Example TV\n", "Example TV"},
		{"                     Copyright 2015 Example Daily\n                   Example Daily (Eastport)\n\n                  Distributed by Example Content Agency\n", "Example Daily (Eastport)"},
		{"                     Example Magazine\n", "Example Magazine"},
	} {
		records, _ := readertest.Read(t, ReadText, "x.txt", "   1 of 2 DOCUMENTS\n\n\n"+tt.head+"\n                   May 2, 2015 Saturday\n\nLENGTH: 3 words\n\nHEADLINE: X\n\nBODY:\n\nOne two three.\n")
		if len(records) != 1 || records[0].First(record.Source) != tt.want {
			t.Errorf("%s\noutlet %v, want %s", tt.head, records, tt.want)
		}
	}
}

func TestDateOf(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"July 1, 2015 Wednesday", "July 1, 2015 Wednesday"},
		{"July 1, 2019 Monday 9:20 AM GMT", "July 1, 2019 Monday 9:20 AM GMT"},
		{"May 2, 2002, Thursday,, FINAL EDITION", "May 2, 2002, Thursday,, FINAL EDITION"},
		{"December 31, 2018 Monday City Final Edition for the Northern Counties", "December 31, 2018 Monday"},
		{"27. Februar 2012 Montag", "27. Februar 2012 Montag"},
		{"14 mars 2013 jeudi", "14 mars 2013 jeudi"},
		{"12 de marzo de 2012 lunes", "12 de marzo de 2012 lunes"},
		{"October 2004", "October 2004"},
		{"The Example Herald", ""},
		{"Agenda 2030 Weekly", ""},
		{"Copyright 2015 Example", ""},
		{"LOAD-DATE: July 1, 2015", ""},
	} {
		if got := dateOf(tt.line); !strings.HasPrefix(got, tt.want) || got == "" != (tt.want == "") {
			t.Errorf("dateOf(%q) = %q, want %q", tt.line, got, tt.want)
		}
	}
}

// A magazine has a season for a date.
func TestSeason(t *testing.T) {
	check(t, ReadText, `
                               1 of 2 DOCUMENTS

                              Example Quarterly

                                 Spring 2004

LENGTH: 3 words

HEADLINE: X

BODY:

One two three.
`, `
title: X
source: Example Quarterly
published: Spring 2004
- One two three.
`)
}

// Labels are in the language of the interface.
func TestLanguages(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"German", `
                             Dokument 1 von 50

                               Beispielzeitung

                         27. Februar 2012 Montag

Die Fähren sind zurück

AUTOR: Anna Muster

RUBRIK: POLITIK; S. 3

LÄNGE: 3 Wörter

Eins zwei drei.

UPDATE: 28. Februar 2012

SPRACHE: GERMAN; Deutsch

PUBLICATION-TYPE: Zeitung

                    Copyright 2012 Beispiel GmbH
                     Alle Rechte vorbehalten
`},
		{"French", `
                             Document 1 de 50

                               Beispielzeitung

                         27 février 2012 lundi

Die Fähren sind zurück

AUTEUR: Anna Muster

RUBRIQUE: POLITIQUE; Pg. 3

LONGUEUR: 3 mots

Eins zwei drei.

DATE-CHARGEMENT: 28 février 2012

LANGUE: ALLEMAND

TYPE-PUBLICATION: Journal

                    Copyright 2012 Beispiel GmbH
                     Tous droits réservés
`},
		{"Spanish", `
                             Documento 1 de 50

                               Beispielzeitung

                      27 de febrero de 2012 lunes

Die Fähren sind zurück

AUTOR: Anna Muster

SECCIÓN: Pág. 3

LONGITUD: 3 palabras

Eins zwei drei.

FECHA-CARGA: 28 de febrero de 2012

IDIOMA: ALEMÁN

                    Copyright 2012 Beispiel GmbH
                     Derechos Reservados
`},
		{"Dutch", `
                             Document 1 van 50

                               Beispielzeitung

                         27 februari 2012 maandag

Die Fähren sind zurück

BYLINE: Anna Muster

SECTIE: blz. 3

LENGTE: 3 woorden

Eins zwei drei.

LAAD-DATUM: 28 februari 2012

TAAL: DUITS

                    Copyright 2012 Beispiel GmbH
`},
		{"Italian", `
                             Documento 1 di 50

                               Beispielzeitung

                         27 febbraio 2012 lunedì

Die Fähren sind zurück

AUTORE: Anna Muster

SEZIONE: pag. 3

LUNGHEZZA: 3 parole

Eins zwei drei.

DATA-CARICAMENTO: 28 febbraio 2012

LINGUA: TEDESCO

                    Copyright 2012 Beispiel GmbH
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			records, _ := readertest.Read(t, ReadText, "x.txt", tt.text)
			if len(records) != 1 {
				t.Fatalf("%d articles", len(records))
			}
			got := shown(&records[0])
			for _, want := range []string{
				"title: Die Fähren sind zurück\n", "authors: Anna Muster\n", "source: Beispielzeitung\n", "language: de\n", "2012", "\n- Eins zwei drei.\n",
			} {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			if strings.Contains(got, "28") || strings.Contains(got, "problem") || len(records[0].Blocks) != 1 {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

// An article without any label but those behind it, and one without any at all.
func TestNoLabels(t *testing.T) {
	check(t, ReadText, `
                               1 of 2 DOCUMENTS

                              Example Herald

                            May 2, 2015 Saturday

Ferries return

The ferries are back.

Nobody is sad.

LOAD-DATE: May 3, 2015

                               2 of 2 DOCUMENTS

                              Example Herald

                            May 4, 2015 Monday

Ferries leave

The ferries left.
`, `
title: Ferries return
source: Example Herald
published: May 2, 2015 Saturday
- The ferries are back.
- Nobody is sad.
`, `
title: Ferries leave
source: Example Herald
published: May 4, 2015 Monday
- The ferries left.
`)
}

// Labels that nobody knows are none of the text where they stand among others.
func TestUnknownLabels(t *testing.T) {
	check(t, ReadText, `
                               1 of 2 DOCUMENTS

                              Example Herald

                            May 2, 2015 Saturday

SECTION: NEWS

PRODUCT-LINE: A 12

LENGTH: 9 words

HEADLINE: Ferries return

BODY:

The ferries are back.

CONTACT: the port

LANGUAGE: ENGLISH

FOLIO-CODE: 17; 18

SUBJECT: FERRIES (90%)

LOAD-DATE: May 3, 2015
`, `
title: Ferries return
source: Example Herald
published: May 2, 2015 Saturday
language: en
topics: FERRIES
- The ferries are back.
- CONTACT: the port
`)
}

// What is said of the length tells whether all of a text was found.
func TestLength(t *testing.T) {
	text := strings.Repeat("ferry ", 100)
	for _, tt := range []struct {
		length string
		told   bool
	}{
		{"100 words", false}, {"90 words", false}, {"125 words", false}, {"140 words", true}, {"1,400 words", true}, {"many", false}, {"20 words", true},
	} {
		records, _ := readertest.Read(t, ReadText, "x.txt", "1 of 1 DOCUMENTS\n\n   Example Herald\n\n   May 2, 2015\n\nLENGTH: "+tt.length+"\n\nHEADLINE: X\n\nBODY:\n\n"+text+"\n")
		if len(records) != 1 || len(records[0].Problems) > 0 != tt.told {
			t.Errorf("%s: %v", tt.length, records)
			continue
		}
		if tt.told && !errors.Is(records[0].Problems[0].Err, record.ErrPartial) {
			t.Errorf("%s: %v", tt.length, records[0].Problems)
		}
	}
}

func TestIsText(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{cover + classic, true},
		{bare, true},
		{"Title\nExample Herald\nMay 2, 2015\n\nLength: 3 words\n\nBody\n\nOne.\n\nLoad-Date: May 3, 2015\n\nEnd of Document\n", true},
		{"The court asked for 1 of 161 DOCUMENTS, no more.\n", false},
		{"1 of 161 DOCUMENTS\n\nwere lost.\n", false},
		{"LENGTH: 3 words\n\nThis is how they say it.\n", false},
	} {
		if got := IsText(reader.NewHead("x.txt", []byte(tt.text), true)); got != tt.want {
			t.Errorf("IsText(%.60q) = %v", tt.text, got)
		}
	}
}

func TestIsCounter(t *testing.T) {
	for s, want := range map[string]bool{
		"1 of 161 DOCUMENTS": true, "2001 of 2,146 DOCUMENTS": true, "Dokument 1 von 50": true, "1 von 50 DOKUMENTEN": true,
		"Document 12 de 50": true, "12 de 50 DOCUMENTS": true, "Documento 1 di 5": true, "of of of DOCUMENTS": false,
		"1 of 161 ARTICLES": false, "He read 1 of 161 DOCUMENTS": false, "Document 1": false,
	} {
		if got := isCounter(s); got != want {
			t.Errorf("isCounter(%q) = %v", s, got)
		}
	}
}
