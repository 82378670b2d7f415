package factiva

import (
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

// value is a code and its value, of several paragraphs.
type value struct {
	code  string
	paras []string
}

// indexed are two articles with indexing.
var indexed = [][]value{{
	{"SE", []string{"Foreign Desk; 1"}},
	{"HD", []string{"Ferries return", "to the strait "}},
	{"BY", []string{"By ANN ROE"}},
	{"CR", []string{"Special to The Example Herald"}},
	{"WC", []string{"41 words"}},
	{"PD", []string{"7 April 2000"}},
	{"ET", []string{"06:04 GMT"}},
	{"SN", []string{"Example Herald"}},
	{"SC", []string{"EXHE"}},
	{"ED", []string{"Late Edition - Final"}},
	{"PG", []string{"10"}},
	{"LA", []string{"Englisch"}},
	{"CY", []string{"(c) 2000 Example Company"}},
	{"LP", []string{" The ferries are back. ", "LP is what sailors call the long pier, and it has been closed for all of these years, they say."}},
	{"TD", []string{"Nobody is sad.", "(c) 2000 Example Company. "}},
	{"CO", []string{"exline : Example Lines Co"}},
	{"IN", []string{"i7402 : Ferries | itsp : Transportation"}},
	{"NS", []string{"gtour : Travel | ncat : Content Types | nfact : Factiva Filters | nfcpin : FC&E Industry News Filter | lam : "}},
	{"RE", []string{"uk : United Kingdom | eurz : Europe"}},
	{"IPC", []string{"FA | FB"}},
	{"PUB", []string{"Example Company"}},
	{"AN", []string{"Document exhe000020010810dw47004yg"}},
}, {
	{"HD", []string{"Fähren fahren"}},
	{"WC", []string{"4 Wörter"}},
	{"PD", []string{"9 Januar 1993"}},
	{"SN", []string{"Beispielzeitung"}},
	{"SC", []string{"BSPZ"}},
	{"LA", []string{"Deutsch"}},
	{"LP", []string{"Die Fähren fahren wieder."}},
	{"AN", []string{"Dokument bspz000020010810dw47004yh"}},
}}

var indexedWant = []string{`
id: exhe000020010810dw47004yg
title: Ferries return to the strait
authors: By ANN ROE
source: Example Herald
published: 7 April 2000 06:04 GMT
language: en
topics: Ferries
topics: Transportation
topics: Travel
places: United Kingdom
places: Europe
organizations: Example Lines Co
rights: (c) 2000 Example Company
- The ferries are back.
- LP is what sailors call the long pier, and it has been closed for all of these years, they say.
- Nobody is sad.
`, `
id: bspz000020010810dw47004yh
title: Fähren fahren
source: Beispielzeitung
published: 9 Januar 1993
language: de
- Die Fähren fahren wieder.
`}

// text returns articles with indexing as plain text. Codes are indented as it
// comes, and blank lines part paragraphs.
func text(articles [][]value) string {
	var b strings.Builder
	for _, a := range articles {
		b.WriteString(" \n\n")
		for i, v := range a {
			fmt.Fprintf(&b, "%s%s\n", strings.Repeat(" ", 3*(i%2)), v.code)
			for k, p := range v.paras {
				if k > 0 && v.code != "HD" {
					b.WriteString("\n")
				}
				b.WriteString(p + "\n")
			}
		}
		b.WriteString("  \f\n")
	}
	return b.String()
}

// page returns articles with indexing as a page.
func page(articles [][]value) string {
	var b strings.Builder
	b.WriteString(`<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>`)
	for _, a := range articles {
		b.WriteString(`<div class="article enArticle"><table>`)
		for _, v := range a {
			fmt.Fprintf(&b, `<tr><td class="index"><p><b>%s</b>&nbsp;</p></td><td>`, v.code)
			for _, p := range v.paras {
				fmt.Fprintf(&b, `<p class="articleParagraph enarticleParagraph">%s</p>`+"\n", p)
			}
			b.WriteString("</td></tr>\n")
		}
		b.WriteString(`</table><br/></div><br/><span></span>`)
	}
	b.WriteString(`<div id="pageFooter"><table><tr><td>&copy; 2011 Factiva, Inc.</td></tr></table></div></body></html>`)
	return b.String()
}

// rtf returns articles with indexing as RTF: a table for each. Some programs that
// save it again part a line into several runs.
func rtf(articles [][]value) string {
	var b strings.Builder
	b.WriteString(`{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Factiva RTF Display Format}{\author Factiva, from Dow Jones.}}` + "\n")
	for _, a := range articles {
		for _, v := range a {
			fmt.Fprintf(&b, `\trowd\cellx1000\cellx8000\pard\intbl\b %s\b0\cell `, v.code)
			b.WriteString(strings.NewReplacer("ä", `\'e4`, "ö", `\'f6`, "Document ", `{\f0 Document }{\cf2 `, "yg", "yg}").Replace(strings.Join(v.paras, `\par `)))
			b.WriteString(`\cell\row` + "\n")
		}
		b.WriteString(`\pard\par \page` + "\n")
	}
	b.WriteString(`\trowd\cellx1000\cellx8000\pard\intbl Text\cell ferr*\cell\row\trowd\cellx1000\cellx8000\pard\intbl Results Found\cell 2\cell\row}`)
	return b.String()
}

func TestIndexed(t *testing.T) {
	check(t, ReadText, text(indexed), indexedWant...)
	check(t, ReadText, "\xef\xbb\xbf"+strings.ReplaceAll(text(indexed), "\n", "\r\n"), indexedWant...)
	check(t, ReadHTML, page(indexed), indexedWant...)
	check(t, ReadRTF, rtf(indexed), indexedWant...)
}

// Some programs write code and value on one line.
func TestIndexedLines(t *testing.T) {
	var b strings.Builder
	for _, a := range indexed {
		for _, v := range a {
			for i, p := range v.paras {
				if i == 0 {
					b.WriteString(v.code + "\t" + p + "\n\n")
				} else {
					b.WriteString("\t" + p + "\n\n")
				}
			}
		}
	}
	if !IsText(reader.NewHead("x.txt", []byte(b.String()), true)) {
		t.Error("not recognized")
	}
	check(t, ReadText, b.String(), indexedWant...)
}

// pageHead is the beginning of a saved page, and pageFoot its end.
const (
	pageHead = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>Factiva</title><style>.x{}</style></head>
<body><div id="navcontainer"><table><tr><td class="factivalogo"><h1>Dow Jones Factiva</h1></td></tr></table></div>
<form><div id="contentWrapper"><div id="contentLeft"><span></span>`
	pageFoot = `<table class="searchPreview"><tr><td>Zusammenfassung der Suche</td></tr><tr><td>Datum</td><td>01/03/1993 bis 01/09/1993</td></tr></table>
</div></div><div id="pageFooter"><span class="copyright">(c) 2020 Factiva, Inc.</span></div></form></body></html>`
)

func TestHTML(t *testing.T) {
	check(t, ReadHTML, pageHead+`
<div id="article-EXHE000020050408dp1900j9s" class="article"><div class="article enArticle"><p>
</p><div>Foreign Desk; 1</div>
<div id="hd"><span class="enHeadline">1) Fer<b>ries</b> return  </span>
</div><div class="author">By ANN ROE  </div><div>Special to The Example Herald</div>
<div>20 W`+"\u00f6"+`rter</div><div>9 Januar 1993</div><div>The Example Herald</div><div>EXHE</div><div>Late Edition - Final</div><div>1</div><div>Englisch</div><div>Copyright 1993 The Example Company.  All Rights Reserved.  </div>
<p></p>
<p class="articleParagraph enarticleParagraph">NORTHPORT, Jan. 8 -- The ferries
are back.  </p>
<p class="articleParagraph enarticleParagraph">Those who <span class="enHlt">wait</span>ed are glad.</p>
<p>Photo: a ferry (Example Agency)</p>
<p>Example Digital (Full Text)</p><p>Dokument EXHE000020050408dp1900j9s</p></div></div><br><span></span>
<div id="article-BSPZ000020170401ed410000b" class="article"><div class="article deArticle"><p>
</p><div id="hd"><span class="deHeadline counted">Fähren fahren</span></div>
<div>3 Wörter</div><div>1 April 2017</div><div>11:21</div><div>beispiel.example</div><div>BSPZ</div><div>BIDE</div><div>00:00:37</div><div>0</div><div>Deutsch</div>
<p class="articleParagraph dearticleParagraph">Sie fahren wieder.</p>
<p>Dokument BSPZ000020170401ed410000b</p></div></div><br>
<div class="lastarticle"><div id="lastArticle" class="article zhcnArticle">
<div id="hd"><span class="zhcnHeadline">轮渡恢复</span></div><div class="author">张三</div>
<div>7 字</div><div>2018 年 10 月 7 日 17:04</div><div>示例日报</div><div>SLRB</div><div>简体中文</div><div>版权所有 2018</div>
<p class="articleParagraph">海峡轮渡已恢复。</p>
<p>文件 SLRB000020181007ea7000001</p></div></div>`+pageFoot, `
id: EXHE000020050408dp1900j9s
title: 1) Ferries return
authors: By ANN ROE
source: The Example Herald
published: 9 Januar 1993
language: en
rights: Copyright 1993 The Example Company. All Rights Reserved.
- NORTHPORT, Jan. 8 -- The ferries are back.
- Those who waited are glad.
`, `
id: BSPZ000020170401ed410000b
title: Fähren fahren
source: beispiel.example
published: 1 April 2017 11:21
language: de
- Sie fahren wieder.
`, `
id: SLRB000020181007ea7000001
title: 轮渡恢复
authors: 张三
source: 示例日报
published: 2018 年 10 月 7 日 17:04
language: zh-CN
rights: 版权所有 2018
- 海峡轮渡已恢复。
`)
}

// A page that says it is UTF-8 and is Latin-1.
func TestCharset(t *testing.T) {
	latin := strings.NewReplacer("ö", "\xf6", "ä", "\xe4").Replace(page(indexed))
	check(t, ReadHTML, latin, indexedWant...)
}

// Without indexing the order tells, and the number of words, in any language.
func TestBare(t *testing.T) {
	for _, tt := range []struct{ words, date, language, document string }{
		{"6 words", "9 January 1993", "English", "Document"},
		{"6 Wörter", "9 Januar 1993", "Englisch", "Dokument"},
		{"6 mots", "9 janvier 1993", "Anglais", "Document"},
		{"6 palabras", "9 enero 1993", "Inglés", "Documento"},
		{"6 parole", "9 gennaio 1993", "Inglese", "Documento"},
		{"6 слов", "9 января 1993", "Английский", "Документ"},
		{"6 字", "1993 年 1 月 9 日", "英文", "文件"},
		{"6 文字", "1993年 1月 9日", "英語", "文書"},
		{"6 ord", "9 januari 1993", "Engelska", "Dokument"},
		{"6 qwertys", "9 January 1993", "English", "Document"},
	} {
		t.Run(tt.words, func(t *testing.T) {
			content := "Foreign Desk; 1\nFerries return to the long strait\nBy ANN ROE\n" + tt.words + "\n" + tt.date +
				"\nThe Example Herald\nEXHE\nLate Edition - Final\n1\n" + tt.language +
				"\nCopyright 1993 The Example Company. All Rights Reserved.\n\nThe ferries are back.\n\nNobody is sad.\n\nThe Example Company\n\n" +
				tt.document + " EXHE000020050408dp1900j9s\n\n"
			if !IsText(reader.NewHead("x.txt", []byte(content), true)) && tt.words != "6 qwertys" {
				t.Error("not recognized")
			}
			want := `
id: EXHE000020050408dp1900j9s
title: Ferries return to the long strait
authors: By ANN ROE
source: The Example Herald
published: ` + tt.date + `
language: en
rights: Copyright 1993 The Example Company. All Rights Reserved.
- The ferries are back.
- Nobody is sad.
`
			second := strings.Replace(content, "9s\n", "9t\n", 1)
			check(t, ReadText, content+second+"Search Summary\nText\nferr*\nResults Found\n2\n", want, strings.Replace(want, "9s\n", "9t\n", 1))
		})
	}
}

// The same as RTF, with the title in bold letters.
func TestBareRTF(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{\rtf1\ansi{\info{\title Factiva RTF Display Format}}`)
	for _, line := range []string{
		"Foreign Desk; 1", `\b\fs28 Ferries return\b0\fs20 `, "Ann Roe", "6 words", "9 January 1993", "10:15", "The Example Herald", "EXHE", "1", "English",
		"(c) 1993 The Example Company", "", "The ferries are back.", "Nobody is sad.", "The Example Company", "Document EXHE000020050408dp1900j9s", "",
	} {
		b.WriteString(`\pard\fs20 ` + line + "\\par\n")
	}
	check(t, ReadRTF, b.String()+"}", `
id: EXHE000020050408dp1900j9s
title: Ferries return
authors: Ann Roe
source: The Example Herald
published: 9 January 1993 10:15
language: en
rights: (c) 1993 The Example Company
- The ferries are back.
- Nobody is sad.
`)
}

// Lines that a program broke are joined.
func TestWrapped(t *testing.T) {
	check(t, ReadText, `HD
Ferries return
WC
41 words
PD
7 April 2000
SN
Example Herald
LP
The ferries are back, and those who waited for them on both of the shores of
the strait were glad to see that none of the boats had been painted over in
these years.

Nobody is sad.

AN
Document exhe000020010810dw47004yg
`, `
id: exhe000020010810dw47004yg
title: Ferries return
source: Example Herald
published: 7 April 2000
- The ferries are back, and those who waited for them on both of the shores of the strait were glad to see that none of the boats had been painted over in these years.
- Nobody is sad.
`)
}

// The same article twice is told apart by its number, and one that is cut short is
// read.
func TestPlaces(t *testing.T) {
	twice := text(indexed[:1]) + text(indexed[:1]) + "HD\nCut\nWC\n300 words\nPD\n7 April 2000\nSN\nExample Herald\nLP\nThe ferr\n"
	records, _ := readertest.Read(t, ReadText, "x.txt", twice)
	if len(records) != 3 {
		t.Fatalf("%d articles", len(records))
	}
	for i, want := range []string{"exhe000020010810dw47004yg", "2", "3"} {
		if records[i].Place != want {
			t.Errorf("place %q, want %q", records[i].Place, want)
		}
	}
	if len(records[2].Problems) != 1 {
		t.Errorf("nothing is told of an article that is cut short: %v", records[2].Problems)
	}
}

const xmlHead = `<?xml version="1.0" encoding="utf-8"?><PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="3">`

func TestXML(t *testing.T) {
	content := xmlHead + `<ppsarticle><article>
<accessionNo>EXHE0000020120109e51700030</accessionNo><baseLanguage>EN</baseLanguage><copyright>(c) 2012 Company   </copyright>
<byline>By ANN ROE</byline>
<headline><paragraph lang="EN"><hlt>Ferries</hlt> return</paragraph></headline>
<leadParagraph><paragraph>The fer<hlt>ries</hlt> are back.</paragraph></leadParagraph>
<publicationDate><dateTime>2012-01-09T01:35:58Z</dateTime></publicationDate><modificationDate><dateTime>2012-02-09T01:35:58Z</dateTime></modificationDate>
<sourceName>Example Herald</sourceName>
<region code="usa"><name>United States</name></region>
<newsSubject code="gtour"><name>Travel</name></newsSubject><newsSubject code="nfact"><name>Factiva Filters</name></newsSubject>
<company code="x"><name>Example Lines Co</name></company>
<descField code="ipd">A description</descField>
<tailParagraphs><paragraph>Nobody is sad.</paragraph></tailParagraphs><wordCount>142</wordCount></article></ppsarticle>
<ppsarticle><article><accessionNo>EXHE0000020120109e51700031</accessionNo><headline><paragraph>Short</paragraph></headline>
<publicationDate><date>2012-01-06</date><time>10:00</time></publicationDate><sourceName><name>Example Times</name></sourceName></article></ppsarticle>
</ppsarticleResultSet></ppsArticleResponse></PPSResponse>`
	check(t, ReadXML, content, `
id: EXHE0000020120109e51700030
title: Ferries return
authors: By ANN ROE
source: Example Herald
published: 2012-01-09T01:35:58Z
language: en
topics: Travel
places: United States
organizations: Example Lines Co
rights: (c) 2012 Company
- The ferries are back.
- Nobody is sad.
problem: read in part: the source states 142 words, 7 were found
`, `
id: EXHE0000020120109e51700031
title: Short
source: Example Times
published: 2012-01-06 10:00
`)
}

func TestRecognize(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		is            func(*reader.Head) bool
		want          bool
	}{
		{"text", text(indexed), IsText, true},
		{"an article", "Do not say HD\nHD\nWC\nand PD\nto me\n", IsText, false},
		{"a page", page(indexed), IsHTML, true},
		{"another page", `<html><head><title>On Factiva</title></head><body><div class="article main"><p>x</p></div></body></html>`, IsHTML, false},
		{"a page with other classes", `<div class="article mainArticle"><p class="articleParagraph">x</p></div>`, IsHTML, false},
		{"a page without its title", `<div class="other"></div><div class="article zhcnArticle"><p class="articleParagraph">x</p></div>`, IsHTML, true},
		{"RTF on the database", `{\rtf1 Factiva belongs to Dow Jones.\par}`, IsRTF, false},
		{"RTF on documents", `{\rtf1 Factiva of Dow Jones has it in Document 3, 900 words.\par}`, IsRTF, false},
		{"RTF that lost its title", strings.NewReplacer("Factiva RTF Display Format", "", "Factiva, from Dow Jones.", "Factiva, Dow Jones").Replace(rtf(indexed)), IsRTF, true},
		{"RTF", rtf(indexed), IsRTF, true},
		{"other RTF", `{\rtf1 He works at Factiva.\par}`, IsRTF, false},
		{"XML", xmlHead + "<ppsarticle><article></article></ppsarticle>", IsXML, true},
		{"other XML", `<rss><item><title>article</title></item></rss>`, IsXML, false},
	} {
		if got := tt.is(reader.NewHead("x", []byte(tt.content), true)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestAccessionIn(t *testing.T) {
	for s, want := range map[string]string{
		"Document EXHE000020050408dp1900j9s": "EXHE000020050408dp1900j9s", "文件 SLRB000020181007ea7000001": "SLRB000020181007ea7000001",
		"Document of the European Commission": "", "Document EXHE": "", "Document aaaaaaaaaaaaaaaaaaaaaaaa": "", "Document 12345678901234567890": "", "": "",
	} {
		if got := accessionIn(s); got != want {
			t.Errorf("accessionIn(%q) = %q", s, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(byte(0), text(indexed))
	f.Add(byte(0), "Title\n6 words\n9 January 1993\nHerald\nText\nDocument EXHE000020050408dp1900j9s\n")
	f.Add(byte(1), page(indexed))
	f.Add(byte(1), pageHead+`<div class="article enArticle"><div id="hd">T</div><div>6 words</div><p class="articleParagraph">x</p>`)
	f.Add(byte(2), rtf(indexed))
	f.Add(byte(3), xmlHead+"<ppsarticle><article><headline><paragraph>x</paragraph></headline></article></ppsarticle>")
	readers := []reader.Func{ReadText, ReadHTML, ReadRTF, ReadXML, ReadWord}
	heads := []func(*reader.Head) bool{IsText, IsHTML, IsRTF, IsXML, IsWord}
	f.Fuzz(func(t *testing.T, kind byte, content string) {
		n := int(kind) % len(readers)
		heads[n](reader.NewHead("x", []byte(content), true))
		readertest.Read(t, readers[n], "x", content)
	})
}
