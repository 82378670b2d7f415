package table

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
)

func TestVariants(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		want          row // the first
		n             int
	}{
		{"line ends of old programs", "title;date;text\rA;2026-01-05;" + long + "\rB;2026-01-06;" + long + "\r", row{title: "A", date: "2026-01-05", body: long}, 2},
		{"one column", "text\nOne, two, three; four.\nFive, six.\n", row{body: "One, two, three; four."}, 2},
		{"one column in quotes", "\"text\"\n\"One, \"\"two\"\".\"\n", row{body: `One, "two".`}, 1},
		{"data are dates", "Data;Titolo;Testo;Testata\n05/01/2026;A;" + long + ";B\n16/01/2026;C;" + long + ";B\n", row{title: "A", date: "2026-01-05", source: "B", body: long}, 2},
		{"data are no dates", "title;data\nA;" + long + "\n", row{title: "A", body: long}, 1},
		{"a section beside a title", "Rubrik;Titel;Text\nPolitik;A;" + long + "\n", row{title: "A", topics: "Politik", body: long}, 1},
		{"a title in Swedish", "Rubrik;Text\nA;" + long + "\n", row{title: "A", body: long}, 1},
		{"Chinese names", "新闻标题,时间,报纸,新闻内容\nA,2026-01-05,B,正文。\n", row{title: "A", date: "2026-01-05", source: "B", body: "正文。"}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := read(t, tt.content)
			if len(o.rows) != tt.n || len(o.faults) > 0 {
				t.Fatalf("%d rows, %v", len(o.rows), o.faults)
			}
			got := o.rows[0]
			got.line = 0
			if got.title != tt.want.title || got.date != tt.want.date || got.source != tt.want.source || got.topics != tt.want.topics || got.body != tt.want.body || len(got.problems) > 0 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// A table of people, or of figures, is told once and has no articles.
func TestOtherTables(t *testing.T) {
	for _, content := range []string{
		"name,email,phone\nAnn Roe,ann@example.org,1\nChris Doe,chris@example.org,2\n",
		"id,price,qty\n1,2.5,3\n2,3.5,4\n",
	} {
		o := &output{}
		err := Read(input([]byte(content), nil), o)
		if len(o.rows) > 0 || len(o.faults) > 0 || err == nil || !strings.Contains(err.Error(), "no text") {
			t.Errorf("%.20q: %d rows, %v, %v", content, len(o.rows), o.faults, err)
		}
	}
}

// A table that is cut short within quotes says so.
func TestCutShort(t *testing.T) {
	o := &output{}
	if err := Read(input([]byte("title,text\nA,b\nC,\"d e"), nil), o); err != nil {
		t.Fatal(err)
	}
	if len(o.rows) != 2 || len(o.faults) != 1 || o.faults[0].Line != 3 {
		t.Errorf("%d rows, %v", len(o.rows), o.faults)
	}
}

func TestLists(t *testing.T) {
	content := `{"id": [1, 2], "title": ["A", "B"], "text": ["a", null]}`
	if !RecognizeColumns(reader.NewHead("x.json", []byte(content), true)) {
		t.Error("not recognized")
	}
	o := &output{}
	if err := ReadColumns(input([]byte(content), nil), o); err != nil {
		t.Fatal(err)
	}
	if len(o.rows) != 2 || o.rows[0].title != "A" || o.rows[0].body != "a" || o.rows[1].title != "B" {
		t.Errorf("got %+v", o.rows)
	}
	for _, content := range []string{
		`{"title": ["A"], "text": ["a", "b"]}`, `{"tags": ["a", "b"], "title": "A", "text": "b"}`, `{"tags": [{"a": 1}], "title": ["A", "B"]}`, `{"items": [`, `{}`,
	} {
		if RecognizeColumns(reader.NewHead("x.json", []byte(content), true)) {
			t.Errorf("%s is taken for a table", content)
		}
	}
}

func TestRows(t *testing.T) {
	for _, content := range []string{
		`{"0": {"title": "A", "text": "a"}, "1": {"title": "B", "text": "b"}}`,
		`{"https://example.org/1": {"title": "A", "text": "a"}, "https://example.org/2": {"title": "B", "text": "b"}, "count": 2}`,
		`{"a1b2c3d4e5": {"date": "2026-01-05", "title": "A", "text": "a"}, "a1b2c3d4e6": {"title": "B", "text": "b"}}`,
	} {
		if !RecognizeRows(reader.NewHead("x.json", []byte(content), true)) {
			t.Errorf("%.30s is not recognized", content)
		}
		o := &output{}
		if err := ReadRows(input([]byte(content), nil), o); err != nil {
			t.Fatal(err)
		}
		if len(o.rows) != 2 || o.rows[0].title != "A" || o.rows[0].body != "a" || o.rows[1].title != "B" {
			t.Errorf("%.30s: got %+v", content, o.rows)
		}
		if strings.HasPrefix(content, `{"http`) && o.rows[1].url != "https://example.org/2" {
			t.Errorf("url %q", o.rows[1].url)
		}
		if err := ReadRows(input([]byte(content[:len(content)-1]), nil), o); err == nil {
			t.Errorf("%.30s: nothing is told of a missing end", content)
		}
	}
	for _, content := range []string{
		`{"article": {"title": "A", "text": "a"}, "related": {"title": "B", "text": "b"}}`, `{"v1": {"title": "A", "text": "a"}}`, `{"0": {"label": "A"}}`, `{"2026": "a"}`, `{`,
	} {
		if RecognizeRows(reader.NewHead("x.json", []byte(content), true)) {
			t.Errorf("%s is taken for rows", content)
		}
	}
}

func FuzzReadRows(f *testing.F) {
	f.Add([]byte(`{"0": {"title": "A", "text": "a"}, "1": [`))
	f.Add([]byte(`{"title": ["A", "B"], "text": [{}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		h := reader.NewHead("x.json", content, true)
		RecognizeRows(h)
		RecognizeColumns(h)
		_ = ReadRows(input(content, nil), &output{}) // it may fail, not panic
	})
}
