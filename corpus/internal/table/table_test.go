package table

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// output keeps what a reader finds.
type output struct {
	rows   []row
	faults []*reader.Fault
}

// row is what a test looks at of a record.
type row struct {
	title, body, source, url, date, authors, topics string
	isLink                                          bool
	line                                            int
	problems                                        []record.Problem
}

func (o *output) Emit(rec *record.Record) bool {
	o.rows = append(o.rows, row{
		title: rec.First(record.Title), body: rec.Text(), source: rec.First(record.Source), url: rec.First(record.URL),
		date: rec.First(record.Published), authors: all(rec, record.Authors), topics: all(rec, record.Topics),
		isLink: rec.IsLink, line: rec.Line, problems: rec.Problems,
	})
	return true
}

func all(rec *record.Record, f record.Field) string {
	var texts []string
	for _, v := range rec.Values(f) {
		texts = append(texts, v.Text)
	}
	return strings.Join(texts, " | ")
}

func (o *output) Fail(f *reader.Fault) bool   { o.faults = append(o.faults, f); return true }
func (o *output) Enter(m *reader.Member) bool { return true }

func (o *output) Batches(s reader.Splitter) bool {
	p := s.NewParser()
	for more := true; more; {
		var b reader.Batch
		more = s.Fill(&b)
		for _, piece := range b.Pieces {
			if piece.Fault != nil {
				o.faults = append(o.faults, piece.Fault)
			} else if err := p.Parse(b.Text[piece.Start:piece.End], piece.Number, o); err != nil {
				var f *reader.Fault
				if !errors.As(err, &f) {
					f = &reader.Fault{Err: err}
				}
				o.faults = append(o.faults, f)
			}
		}
	}
	return true
}

// input returns content as a reader gets it.
func input(content []byte, m *record.Mapping) *reader.Input {
	return &reader.Input{
		Context: context.Background(), Stream: bufio.NewReaderSize(bytes.NewReader(content), 64<<10+1), Mapping: m,
		Limits: reader.Limits{MaxFile: 1 << 20, MaxLine: 1 << 15},
	}
}

func read(t *testing.T, content string) *output {
	t.Helper()
	out := &output{}
	if err := Read(input([]byte(content), nil), out); err != nil && !errors.Is(err, record.ErrPartial) {
		t.Fatal(err)
	}
	return out
}

const long = "The harbour council met on Monday and agreed that the new ferry will sail twice a day, the mayor said."

func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, content string
		want          []row
	}{
		{"commas, quotes, line breaks", "title,text,date,author\n\"Ferries, again\",\"One \"\"new\"\" ferry.\n\nAnd more.\",2026-01-05,Ann Bell\nB,Two.,,\n", []row{
			{title: "Ferries, again", body: "One \"new\" ferry.\n\nAnd more.", date: "2026-01-05", authors: "Ann Bell", line: 2},
			{title: "B", body: "Two.", line: 5},
		}},
		{"semicolons", "Titel;Text;Datum;Quelle\r\nFähre;\"Am Hafen, heute; früh\";05.01.2026;Hafenblatt\r\n", []row{
			{title: "Fähre", body: "Am Hafen, heute; früh", date: "05.01.2026", source: "Hafenblatt", line: 2},
		}},
		{"tabs", "headline\tbody\turl\nFerry, new\tIt sails.\thttp://example.org/a\n", []row{
			{title: "Ferry, new", body: "It sails.", url: "http://example.org/a", line: 2},
		}},
		{"bars", "headline|body|source\nFerry|It sails, it does.|Example News\n", []row{
			{title: "Ferry", body: "It sails, it does.", source: "Example News", line: 2},
		}},
		{"the separator stated", "sep=;\ntitle;text\nA, b;c\n", []row{{title: "A, b", body: "c", line: 3}}},
		{"escaped quotes", "title,text,source\nA,\"He said \\\"no, never\\\", twice.\",X\nB,\"c, \\\"d\\\"\",Y\n", []row{
			{title: "A", body: "He said \"no, never\", twice.", source: "X", line: 2}, {title: "B", body: "c, \"d\"", source: "Y", line: 3},
		}},
		{"quotes that nobody doubled", "title,text,source\nA,\"He said \"no\" twice.\",X\n", []row{
			{title: "A", body: "He said \"no\" twice.", source: "X", line: 2},
		}},
		{"a row number without name", ",title,text\n0,A,b\n1,C,d\n", []row{{title: "A", body: "b", line: 2}, {title: "C", body: "d", line: 3}}},
		{"rows above the head", "Export of 5 January 2026\nSearch: ferry\n\nTitle,Outlet,Date,Text\nA,Example News,5 Jan 2026,b\n", []row{
			{title: "A", source: "Example News", date: "5 Jan 2026", body: "b", line: 5},
		}},
		{"the head once more", "title,text\nA,b\ntitle,text\nC,d\n", []row{{title: "A", body: "b", line: 2}, {title: "C", body: "d", line: 4}}},
		{"nothing in words", "title,text,source,author\nA,b,null,NaN\n", []row{{title: "A", body: "b", line: 2}}},
		{"day first by another row", "title,text,date\nA,b,03/04/2026\nC,d,25/04/2026 10:30\n", []row{
			{title: "A", body: "b", date: "2026-04-03", line: 2}, {title: "C", body: "d", date: "2026-04-25 10:30", line: 3},
		}},
		{"month first by another row", "title,text,date\nA,b,03/04/2026\nC,d,04/25/2026\n", []row{
			{title: "A", body: "b", date: "2026-03-04", line: 2}, {title: "C", body: "d", date: "2026-04-25", line: 3},
		}},
		{"day and time apart", "Title,Date,Time,Text\nA,2026-01-05,10:30,b\n", []row{{title: "A", body: "b", date: "2026-01-05 10:30", line: 2}}},
		{"lists and objects", "title,text,source,authors,tags\nA,b,\"{'id': None, 'name': 'Example News'}\",\"[{'name': 'Ann Bell'}]\",\"['sea', 'port']\"\n", []row{
			{title: "A", body: "b", source: "Example News", authors: "Ann Bell", topics: "['sea', 'port']", line: 2},
		}},
		{"links", "url,title,tags,time_added\nhttp://example.org/a,A,sea,1767600000\n", []row{
			{title: "A", url: "http://example.org/a", topics: "sea", isLink: true, line: 2},
		}},
		{"no head: trafilatura", "http://example.org/a\tnull\t3654e1bfc3d99f41\texample.org\tA ferry\tnull\t2026-01-05\t\"It sails.\nAgain.\"\tGood news at last from the port\tnull\tarticle\n", []row{
			{title: "A ferry", body: "It sails.\nAgain.", source: "example.org", url: "http://example.org/a", date: "2026-01-05", line: 1},
		}},
		{"no head: trafilatura, with little found", "null\tnull\t3654e1bfc3d99f41\tnull\tnull\tnull\tnull\t\"It sails.\nAgain.\"\tGood news at last from the port\tnull\tnull\n", []row{
			{body: "It sails.\nAgain.", line: 1},
		}},
		{"no head: class, title, description", "\"3\",\"Ferry sails for the port\",\"" + long + "\"\n\"4\",\"Another ferry is late\",\"" + long + "\"\n", []row{
			{title: "Ferry sails for the port", body: long, line: 1}, {title: "Another ferry is late", body: long, line: 2},
		}},
		{"no head: an extract of a page", "http://example.org/a\tnull\t3fc098252fa08ef5\texample.org\tFerry sails for the port\thttp://example.org/a.jpg\t2026-01-05\t\"" +
			long + "\n" + long + "\"\tnull\tnull\tarticle\r\n", []row{
			{title: "Ferry sails for the port", body: long + "\n" + long, url: "http://example.org/a", source: "example.org", date: "2026-01-05", line: 1},
		}},
		{"a head in words of its own", "nr,what,story so far\n1,Ferry sails for the port," + long[:80] + "\n2,Another ferry is late," + long[:80] + "\n", []row{
			{title: "Ferry sails for the port", body: long[:80], line: 2}, {title: "Another ferry is late", body: long[:80], line: 3},
		}},
		{"the text repeats title and date", "Источник;Дата;Заголовок;Анонс\nГазета;05.01.26;Паром идёт;\"Паром идёт\n\n05.01.2026\n\nОн идёт в порт.\"\n", []row{
			{title: "Паром идёт", source: "Газета", date: "05.01.26", body: "Он идёт в порт.", line: 2},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			out := read(t, test.content)
			if len(out.rows) != len(test.want) {
				t.Fatalf("got %d rows %+v, faults %v; want %d", len(out.rows), out.rows, out.faults, len(test.want))
			}
			for i, got := range out.rows {
				if len(got.problems) > 0 {
					t.Errorf("row %d: problems %v", i, got.problems)
				}
				got.problems = nil
				if want := test.want[i]; got.title != want.title || got.body != want.body || got.source != want.source || got.url != want.url ||
					got.date != want.date || got.authors != want.authors || got.topics != want.topics || got.isLink != want.isLink || got.line != want.line {
					t.Errorf("row %d:\n got %+v\nwant %+v", i, got, want)
				}
			}
		})
	}
}

// Rows without texts are links, unless a column says what was published.
func TestLinks(t *testing.T) {
	for head, want := range map[string]bool{
		"url,title":                              true,
		"title,url,date_added,tags":              true,
		"title,url,Created At":                   true,
		"url,date":                               true,
		"date,title,url":                         false,
		"url,title,seendate,domain":              false,
		"id,media_name,publish_date,title,url":   false,
		"title,url,author":                       false,
		"title,url,saved date,publication date":  false,
		"title,url,description,date_added,state": false,
	} {
		n := strings.Count(head, ",") + 1
		row := strings.Repeat("x,", n-1) + "x"
		if rows := read(t, head+"\n"+row+"\n").rows; len(rows) != 1 || rows[0].isLink != want {
			t.Errorf("%s: %d rows; want links: %v", head, len(rows), want)
		}
	}
}

// Quotes of texts don't begin cells where a table has no others.
func TestUnquoted(t *testing.T) {
	head := "title\ttext\tsource\n"
	rows := "\"No way,\" says mayor\tb\tX\nMayor says \"no\"\tc\tY\n\"Yes\"\td\tZ\n"
	quoted := strings.Repeat("A\tb\tC\n", 20_000)
	for name, content := range map[string]string{
		"from the beginning": head + rows, "later": head + quoted + rows, "the last cell": head + quoted + "A\tb\t\"C\nD\te\tF\n",
	} {
		out := read(t, content)
		titles := map[string]bool{}
		for _, r := range out.rows {
			titles[r.title] = true
		}
		if len(out.rows) != strings.Count(content, "\n")-1 || len(titles) < 2 || name != "the last cell" && (!titles["\"No way,\" says mayor"] || !titles["Mayor says \"no\""]) {
			t.Errorf("%s: got %d rows, faults %v", name, len(out.rows), out.faults)
		}
	}
	content := head + quoted + "A\t\"b\n\nc\"\t\"D\nE\"\n"
	if out := read(t, content); len(out.rows) != 20_001 || out.rows[20_000].body != "b\n\nc" || out.rows[20_000].source != "D\nE" {
		t.Errorf("got %d rows, faults %v", len(out.rows), out.faults)
	}
}

func TestCharacterSets(t *testing.T) {
	text := "Заголовок;Текст;Источник\nПаром;Паром идёт в порт каждый день, сказал мэр города в понедельник.;Газета\n"
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	cp1251, err := charmap.Windows1251.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"UTF-16": utf16, "windows-1251": cp1251, "UTF-8 with a mark": "\ufeff" + text} {
		out := read(t, content)
		if len(out.rows) != 1 || out.rows[0].title != "Паром" || !strings.HasPrefix(out.rows[0].body, "Паром идёт") {
			t.Errorf("%s: got %+v, faults %v", name, out.rows, out.faults)
		}
	}
}

func TestMapping(t *testing.T) {
	m, err := record.ParseMapping(map[string]string{"story so far": "body", "what": "title", "text": "-"})
	if err != nil {
		t.Fatal(err)
	}
	out := &output{}
	if err := Read(input([]byte("what,story so far,text\nA,b,c\n"), m), out); err != nil {
		t.Fatal(err)
	}
	if len(out.rows) != 1 || out.rows[0].title != "A" || out.rows[0].body != "b" {
		t.Errorf("got %+v", out.rows)
	}
}

// What cannot be read is told with its line, and the next row is read.
func TestFaults(t *testing.T) {
	out := read(t, "title,text,source\nA,\"b,c\nD,e,f\nstray\nG,h,i,j\n")
	if len(out.rows) != 3 {
		t.Fatalf("got %+v, faults %v", out.rows, out.faults)
	}
	if out.rows[1].title != "D" || out.rows[2].title != "G" || len(out.rows[2].problems) != 1 {
		t.Errorf("got %+v", out.rows)
	}
	if len(out.faults) != 2 || out.faults[0].Line != 2 || !errors.Is(out.faults[0], errOpen) || out.faults[1].Line != 4 || !errors.Is(out.faults[1], errShort) {
		t.Errorf("faults %v", out.faults)
	}
}

func TestHostile(t *testing.T) {
	for name, content := range map[string]string{
		"a row too long":    "title,text\nA," + strings.Repeat("x", 1<<16) + "\nB,c\n",
		"a quote too long":  "title,text\nA,\"" + strings.Repeat("x\n", 1<<15) + "\nB,c\n",
		"open quotes":       "title,text\n" + strings.Repeat("\"A,b\n", 1<<13) + "B,c\n",
		"many cells":        "title,text\nA,b" + strings.Repeat(",", 1<<14) + "\nB,c\n",
		"quotes":            "title,text\n" + strings.Repeat("\"", 1<<14) + "\nB,c\n",
		"backslashes":       "title,text\n\"" + strings.Repeat("\\\"", 1<<13) + "\nB,c\n",
		"zeros and control": "title,text\nA,\x01b\nB,c\n",
	} {
		out := &output{}
		if err := Read(input([]byte(content), nil), out); err != nil {
			t.Logf("%s: %v", name, err)
		}
		if n := len(out.rows); n == 0 || out.rows[n-1].title != "B" {
			t.Errorf("%s: the last row was not read: %d rows, faults %d", name, n, len(out.faults))
		}
	}
}

func TestRecognize(t *testing.T) {
	for content, want := range map[string]bool{
		"title,text,date\nA,b,2026-01-05\n":               true,
		"id\ttitle\turl\tseendate\n1\tA\thttp://x.org\t2": true,
		"Title, author and date of a text\nby Ann Bell\n": false,
		"title: A\nauthor: B\ndate: 2026\n\ntext":         false,
		long + "\n" + long:                                false,
		"A, B, C\nD, E, F\n":                              false,
	} {
		if got := Recognize(reader.NewHead("x.txt", []byte(content), true)); got != want {
			t.Errorf("%q: got %v", content, got)
		}
	}
}

func TestEach(t *testing.T) {
	var got []string
	err := Each(input([]byte("Post ID,Title,Published?\n1.a,\"A, b\",true\n2.c,D,\n"), nil), nil, func(row *Row) bool {
		got = append(got, row.Get("post_id")+" "+row.Get("name", "title")+" "+row.Get("published"))
		return true
	})
	if err != nil || strings.Join(got, ";") != "1.a A, b true;2.c D " {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestReadColumns(t *testing.T) {
	for name, content := range map[string]string{
		"columns": `{"title": {"0": "A", "1": "C"}, "text": {"0": "b", "1": null}, "date": {"0": 1767571200000, "1": "2026-01-06"}, "tags": {"1": ["sea", "port"]}}`,
		"split":   `{"columns":["title","text","date","tags"],"index":[0,1],"data":[["A","b",1767571200000,null],["C",null,"2026-01-06",["sea", "port"]]]}`,
		"rows":    `{"index": [0, 1], "columns": ["title", "text", "date", "tags"], "rows": [["A", "b", 1767571200000, null], ["C", null, "2026-01-06", ["sea", "port"]]]}`,
	} {
		if !RecognizeColumns(reader.NewHead("a.json", []byte(content), true)) {
			t.Errorf("%s: not recognized", name)
		}
		out := &output{}
		if err := ReadColumns(input([]byte(content), nil), out); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(out.rows) != 2 || out.rows[0].title != "A" || out.rows[0].body != "b" || out.rows[0].date != "1767571200000" ||
			out.rows[1].title != "C" || out.rows[1].body != "" || out.rows[1].topics != `["sea", "port"]` {
			t.Errorf("%s: got %+v", name, out.rows)
		}
	}
	for _, content := range []string{
		`{"title": "A", "text": "b"}`, `{"0": {"title": "A"}}`, `{"articles": [{"title": "A"}]}`, `{"title": {"rendered": "A"}}`, `[{"columns": 1}]`,
		`{"titles": {"0": {"title": "A"}}}`,
	} {
		if RecognizeColumns(reader.NewHead("a.json", []byte(content), true)) {
			t.Errorf("%s is recognized", content)
		}
	}
	for _, content := range []string{`{"title": {"0": "A"`, `{"columns": 1}`, `{"columns": ["title"], "data": [1]}`, `{"title": {"0": "A"}, "text": 1}`} {
		if err := ReadColumns(input([]byte(content), nil), &output{}); err == nil {
			t.Errorf("%s: no error", content)
		}
	}
}

func FuzzReadColumns(f *testing.F) {
	f.Add([]byte(`{"title": {"0": "A"}, "text": {"0": [{"a": "b"}]}}`))
	f.Add([]byte(`{"columns":["title"],"data":[["A"],[]]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = ReadColumns(input(content, nil), &output{}) // it may fail, not panic
	})
}

// What a writer of tables writes, whatever is in the cells, is read as it was.
func TestWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "ferry", " ", ",", ";", "\t", "|", "\"", "\"\"", "\n", "\n\n", "\\", "é", "「", "'", "\",", ",\"", "0"}
	for range 500 {
		comma := rune(separators[r.IntN(len(separators))])
		names := []string{"title", "body", "source", "note"}[:2+r.IntN(3)]
		want := [][]string{names}
		for range 3 + r.IntN(4) {
			row := make([]string, len(names))
			row[0] = "A" // so that no row is blank
			for i := range row {
				for range r.IntN(6) {
					// A text over lines of which each looks like a row is none that
					// anybody has.
					if s := pieces[r.IntN(len(pieces))]; comma == ',' || comma == ';' || s != string(comma) {
						row[i] += s
					}
				}
			}
			want = append(want, row)
		}
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Comma, w.UseCRLF = comma, r.IntN(2) == 0
		if err := w.WriteAll(want); err != nil {
			t.Fatal(err)
		}
		got := [][]string{names}
		err := Each(input([]byte(b.String()), nil), func(f *reader.Fault) bool { t.Error(f); return true }, func(row *Row) bool {
			got = append(got, row.cells)
			return true
		})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("comma %q: got %q, %v\nwant %q\nfrom %q", comma, got, err, want, b.String())
		}
	}
}

func TestCleaning(t *testing.T) {
	c := cleaning{backslash: breaks, hash: true}
	if got, want := c.clean(`A second\team won #36;10, it #39;s said`), "A second team won $10, it's said"; strings.ReplaceAll(got, " $", " $") != want {
		t.Errorf("got %q, want %q", got, want)
	}
	c = cleaning{backslash: escapes}
	if got := c.clean(`a\nb \"c\"`); got != "a\nb \"c\"" {
		t.Errorf("got %q", got)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"title,text\nA,\"b\nc\"\n", "sep=;\ntitle;text\nA;b\n", "\"3\",\"Ferry sails\",\"" + long + "\"\n", "title\ttext\n\"\"\"A\"\t\\\"\n",
		"a,b\n\"", "title,authors,source,text\nA,\"[{'name': \"x\"}]\",\"{'a': None}\",b\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		_ = Read(input(content, nil), &output{}) // it may fail, not panic
	})
}
