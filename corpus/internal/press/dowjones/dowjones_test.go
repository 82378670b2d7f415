package dowjones

import (
	"fmt"
	"strings"
	"testing"

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
	for _, block := range rec.Blocks {
		fmt.Fprintf(&b, "- %s\n", block.Text)
	}
	for _, p := range rec.Problems {
		fmt.Fprintf(&b, "problem: %v\n", p.Err)
	}
	return b.String()
}

func check(t *testing.T, content string, want ...string) {
	t.Helper()
	if !Recognize(readertest.Head("x.json", content)) {
		t.Error("not recognized")
	}
	records, faults := readertest.Read(t, Read, "x.json", content)
	if len(faults) > 0 || len(records) != len(want) {
		t.Fatalf("%d articles, want %d; %v", len(records), len(want), faults)
	}
	for i := range records {
		if got, want := shown(&records[i]), strings.TrimLeft(want[i], "\n"); got != want {
			t.Errorf("article %d:\n%s\nwant\n%s", i+1, got, want)
		}
	}
}

const answer = `{"type":"Content","id":"EXHE000020190920ef9k000jh",
"meta":{"language":{"code":"en"},"metrics":{"word_count":%d},"code_sets":[
 {"type":"Organization","id":"co","codes":[{"code":"x","descriptor":"Example Lines Co"}]},
 {"type":"NewsSubject","id":"ns","codes":[{"code":"gtour","descriptor":"Travel"},{"code":"nfact","descriptor":"Factiva Filters"}]},
 {"type":"People","id":"pe","codes":[{"code":"1","descriptor":"Jane Roe"}]},
 {"type":"Region","id":"re","codes":[{"code":"uk","descriptor":"United Kingdom"}]},
 {"type":"InformationProviderDescriptors","id":"ipd","codes":[{"descriptor":"Wires"}]}]},
"attributes":{
 "authors":[{"full_name":"Ann Roe","id":"1"},{"full_name":"Jo Doe"}],
 "byline":{"content":[{"type":"TextItem","content":{"text":"By Ann Roe and Jo Doe "}}]},
 "body":[{"content":[
  {"type":"Paragraph","field_id":"lp","content":[{"type":"TextItem","content":{"text":"The ferries of "}},
   {"type":"EntityItem","content":{"type":"Organization","code":"x","content":[{"type":"TextItem","content":{"text":"Example Lines"}}]}},
   {"type":"TextItem","content":{"text":" are back, says "}},
   {"type":"LinkItem","content":{"type":"Webpage","uri":"http://example.org","content":[{"type":"TextItem","content":{"text":"the port"}}]}},
   {"type":"TextItem","content":{"text":"."}}],"display":"Plain"},
  {"type":"Paragraph","field_id":"td","content":[{"type":"TextItem","content":{"text":"Nobody is sad."}}]}]}],
 "headline":{"main":{"content":[{"type":"Paragraph","content":[{"type":"TextItem","content":{"text":"Ferries return"}}]}]}},
 "load_date":"2019-09-22","modification_time":"2024-08-27T18:12:54Z",
 "publication_date":"2019-09-20","publication_time":"2019-09-20T21:13:00.000Z",
 "publisher":{"name":"Example Company, Inc."},"sources":[{"code":"EXHE","name":"Example Herald Online"}]}}`

const answerWant = `
id: EXHE000020190920ef9k000jh
title: Ferries return
authors: Ann Roe
authors: Jo Doe
source: Example Herald Online
published: 2019-09-20T21:13:00.000Z
language: en
topics: Travel
places: United Kingdom
people: Jane Roe
organizations: Example Lines Co
- The ferries of Example Lines are back, says the port.
- Nobody is sad.
`

func TestArticle(t *testing.T) {
	links := `{"links":{"self":"https://api.dowjones.com/content/refs/drn:archive.newsarticle.EXHE000020190920ef9k000jh"},"data":`
	one := fmt.Sprintf(answer, 13)
	check(t, links+one+"}", answerWant)
	check(t, links+"["+one+","+one+"]}", answerWant, answerWant)
	check(t, links+fmt.Sprintf(answer, 716)+"}", answerWant+"problem: read in part: the source states 716 words, 13 were found\n")
	byline := strings.Replace(one, `"authors":[{"full_name":"Ann Roe","id":"1"},{"full_name":"Jo Doe"}],`, "", 1)
	check(t, links+byline+"}", strings.Replace(answerWant, "authors: Ann Roe\nauthors: Jo Doe\n", "authors: By Ann Roe and Jo Doe\n", 1))
}

// chunk returns a part of an article.
func chunk(doc string, index int, text string) string {
	return fmt.Sprintf(`{"id":"drn:chunk.%[1]s.%[2]d","type":"Chunk","meta":{"original_doc_id":"drn:archive.newsarticle.%[1]s","chunk_index":%[2]d,"source":{"name":"Example Herald"},"language":{"code":"en"}},
"attributes":{"headline":{"main":{"text":"Ferries return"}},"publication_date":"2019-09-20","content":[{"text":%[3]q}],"snippet":{"content":[{"text":"x"}]}}}`, doc, index, text)
}

// Chunks of one document are one article, in its order.
func TestChunks(t *testing.T) {
	want := `
id: A000020190920ef9k000jh
title: Ferries return
source: Example Herald
published: 2019-09-20
language: en
- The ferries are back.
- Nobody is sad.
`
	list := "[" + chunk("A000020190920ef9k000jh", 2, "Ferries return\nNobody is sad.") + "," + chunk("B000020190920ef9k000jh", 1, "Other.") + "," +
		chunk("A000020190920ef9k000jh", 1, "Ferries return\nThe ferries are back.") + "," + chunk("A000020190920ef9k000jh", 1, "Ferries return\nThe ferries are back.") + "]"
	other := strings.NewReplacer("id: A", "id: B", "- The ferries are back.\n- Nobody is sad.", "- Other.").Replace(want)
	check(t, list, want, other)
	check(t, `{"data":`+list+`}`, want, other)
}

// Answers follow each other, one a line. What stands before a fault is kept.
func TestLines(t *testing.T) {
	lines := `{"links":{"self":"https://api.dowjones.com/content/x"},"data":` + strings.ReplaceAll(fmt.Sprintf(answer, 13), "\n", "") + "}\n"
	check(t, lines+lines, answerWant, answerWant)
	records, faults := readertest.Read(t, Read, "x.jsonl", lines+lines[:len(lines)/2])
	if len(records) != 1 || len(faults) != 1 {
		t.Errorf("%d articles, %v", len(records), faults)
	}
}

func TestFaults(t *testing.T) {
	for _, s := range []string{`{"data":[{"attributes":{`, `{"data":[]}`, `[[[[1]]]]`, `{"data":{"data":{"data":null}}}`} {
		records, faults := readertest.Read(t, Read, "x.json", s)
		if len(records) != 0 || len(faults) != 1 {
			t.Errorf("%s: %d articles, %v", s, len(records), faults)
		}
	}
}

func TestRecognize(t *testing.T) {
	for _, s := range []string{
		`{"title":"The API of Dow Jones","attributes":"api"}`,
		`{"data":{"type":"articles","id":"1","attributes":{"headline":"x"}}}`,
	} {
		if Recognize(readertest.Head("x.json", s)) {
			t.Errorf("recognized: %s", s)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(fmt.Sprintf(answer, 13))
	f.Add(`{"data":[` + fmt.Sprintf(answer, 1) + `]}`)
	f.Add("[" + chunk("A000020190920ef9k000jh", 2, "x") + "]")
	f.Add(`{"data":{"attributes":{"headline":{"main":{"main":{}}},"body":[[[{"text":1}]]]},"meta":{"original_doc_id":"."}}}`)
	f.Fuzz(func(t *testing.T, content string) {
		Recognize(readertest.Head("x.json", content))
		readertest.Read(t, Read, "x.json", content)
	})
}

// Things are taken one at a time, however the answer wraps them, and those that are
// nested without end are told.
func TestNested(t *testing.T) {
	one := fmt.Sprintf(answer, 13)
	check(t, `{"links":{"self":"https://api.dowjones.com/content/x"},"data":{"data":[`+one+`]},"meta":{"count":1}}`, answerWant)
	records, faults := readertest.Read(t, Read, "x.json", strings.Repeat("[", 1000)+one)
	if len(records) != 0 || len(faults) != 1 {
		t.Errorf("%d articles, %v", len(records), faults)
	}
}
