package eval

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoadQueries(t *testing.T) {
	got, err := LoadQueries(file(t, "7\tceasefire talks \n\n3\trice prices: why now?\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Query{{ID: "7", Text: "ceasefire talks"}, {ID: "3", Text: "rice prices: why now?"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("queries (-want +got):\n%s", diff)
	}
}

func TestLoadQrels(t *testing.T) {
	got, err := LoadQrels(file(t, "7\t0\tharbour\t2\n7 Q0 lighthouse -1\r\n\n3\t0\tharbour\t0\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Qrels{"7": {"harbour": 2, "lighthouse": -1}, "3": {"harbour": 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("judgments (-want +got):\n%s", diff)
	}
}

func TestSaveQueries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "queries.tsv")
	want := []Query{{"2", "oil\tsanctions"}, {"1", "talks"}}
	if err := SaveQueries(path, want); err != nil {
		t.Fatal(err)
	}
	got, err := LoadQueries(path)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("read again (-want +got):\n%s%v", diff, err)
	}
	for _, q := range []Query{{"", "x"}, {"1", ""}, {"a\tb", "x"}, {"1", "x\ny"}} {
		if err := SaveQueries(path, []Query{q}); err == nil {
			t.Errorf("%q was written", q)
		}
	}
}

func TestWriteQrels(t *testing.T) {
	qrels := Qrels{"10": {"b": 1, "a": 0}, "9": {"12": 2, "7": -1}, "x": {"a": 3}, "empty": nil}
	want := "9\t0\t7\t-1\n9\t0\t12\t2\n10\t0\ta\t0\n10\t0\tb\t1\nx\t0\ta\t3\n"
	var out strings.Builder
	if err := WriteQrels(&out, qrels); err != nil || out.String() != want {
		t.Errorf("got:\n%s%v\nwant:\n%s", out.String(), err, want)
	}
	got, err := LoadQrels(file(t, out.String()))
	delete(qrels, "empty")
	if diff := cmp.Diff(qrels, got); diff != "" || err != nil {
		t.Errorf("read again (-want +got):\n%s%v", diff, err)
	}
	err = WriteQrels(&out, Qrels{"1": {"two words": 1}})
	if err == nil || err.Error() != `write judgments: the id "two words" is not one word` {
		t.Errorf("error = %v", err)
	}
	if err := WriteQrels(full{}, qrels); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}

func TestLoadErrors(t *testing.T) {
	queries := func(path string) error { _, err := LoadQueries(path); return err }
	qrels := func(path string) error { _, err := LoadQrels(path); return err }
	for _, tt := range []struct {
		name string
		load func(string) error
		text string
		want string // after the file's path
	}{
		{"a query without a tab", queries, "1\tports\n2 ports", `:2: want an id, a tab and a text`},
		{"a query without a text", queries, "1\t \n", `:1: want an id, a tab and a text`},
		{"two queries of one id", queries, "1\tports\n1\tships", `:2: a second query "1"`},
		{"a line without end", queries, "1\t" + strings.Repeat("x", maxLine), `:1: a line of more than 1048576 bytes`},
		{"too few columns", qrels, "\n1 a 1", `:2: want 4 columns, got 3`},
		{"too many columns", qrels, "1 0 a b 1", `:1: want 4 columns, got 5`},
		{"a grade in words", qrels, "1 0 a high", `:1: the grade "high" is not a whole number`},
		{"judged twice", qrels, "1 0 a 1\n2 0 a 1\n1 0 a 0", `:3: a second judgment of "a" for query "1"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := file(t, tt.text)
			err := tt.load(path)
			if err == nil || err.Error() != path+tt.want {
				t.Errorf("error = %v\nwant    %s", err, path+tt.want)
			}
		})
	}

	if _, err := LoadQrels(filepath.Join(t.TempDir(), "absent")); !os.IsNotExist(err) {
		t.Errorf("an absent file: %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("1\t0\ta\t1\n")
	f.Add("1 Q0 a 1 0.5 x\n")
	f.Add("1\tceasefire talks\n2\tports")
	f.Add("\x00\t\xff\r\n\n1 0 a 99999999999999999999")
	f.Fuzz(func(t *testing.T, text string) {
		path := file(t, text)
		if queries, err := LoadQueries(path); err == nil {
			for _, q := range queries {
				if q.ID == "" || q.Text == "" {
					t.Errorf("empty parts: %+v", q)
				}
			}
		}
		if qrels, err := LoadQrels(path); err == nil {
			for q, grades := range qrels {
				if q == "" || len(grades) == 0 {
					t.Errorf("query %q: %v", q, grades)
				}
			}
		}
		if run, err := LoadRun(path); err == nil {
			for q, entries := range run {
				if q == "" || len(entries) == 0 {
					t.Errorf("query %q: %v", q, entries)
				}
			}
		}
	})
}

// file makes a file of text and returns its path.
func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
