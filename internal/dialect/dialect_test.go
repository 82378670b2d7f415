package dialect

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/query"
)

var update = flag.Bool("update", false, "write the tables of translations anew")

// The tables have a query a block: the query, behind = what it is in newsq's language or
// behind ! what is wrong with it, and behind - each note with the words that it is about.
func TestTranslateTables(t *testing.T) {
	for _, d := range Dialects() {
		t.Run(string(d), func(t *testing.T) {
			file := filepath.Join("testdata", string(d)+".txt")
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			queries := 0
			for block := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n\n") {
				if strings.HasPrefix(block, "#") {
					out.WriteString(block + "\n\n")
					continue
				}
				text, _, _ := strings.Cut(block, "\n")
				got := shown(d, text)
				if got != block && !*update {
					t.Errorf("got\n%s\nwant\n%s", got, block)
				}
				out.WriteString(got + "\n\n")
				queries++
			}
			if queries < 40 {
				t.Errorf("%d queries", queries)
			}
			if *update {
				if err := os.WriteFile(file, []byte(strings.TrimSpace(out.String())+"\n"), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// shown returns the block of a query in the tables.
func shown(d Dialect, text string) string {
	tr, err := Translate(d, text)
	if err != nil {
		return text + "\n! " + err.Error()
	}
	out := text + "\n= " + tr.Text
	for _, n := range tr.Notes {
		out += fmt.Sprintf("\n- %s: %s", text[n.Start:n.End], n.Text)
	}
	return out
}

// check fails the test unless what Translate makes of a text holds what is said of it: a
// translation is read back by newsq as the tree that it has, and a mistake has a place.
func check(t interface {
	Helper()
	Fatalf(string, ...any)
}, d Dialect, text string,
) {
	t.Helper()
	tr, err := Translate(d, text)
	if err != nil {
		var syntax *query.SyntaxError
		if !errors.As(err, &syntax) || syntax.Text != text || syntax.Offset < 0 || syntax.Offset > len(text) || syntax.Hint == "" {
			t.Fatalf("%s %q: error %#v", d, text, err)
		}
		_ = syntax.Caret()
		return
	}
	for _, n := range tr.Notes {
		if n.Start < 0 || n.End > len(text) || n.Start > n.End || n.Text == "" {
			t.Fatalf("%s %q: note %+v", d, text, n)
		}
	}
	got, err := query.Parse(tr.Text)
	if err != nil {
		t.Fatalf("%s %q is %s: %v", d, text, tr.Text, err)
	}
	if a, b := withoutPlaces(tr.Node), withoutPlaces(got); !reflect.DeepEqual(a, b) {
		t.Fatalf("%s %q is %s:\n%#v\nread as\n%#v", d, text, tr.Text, a, b)
	}
}

// withoutPlaces returns a tree without the places of its nodes.
func withoutPlaces(n query.Node) query.Node {
	if n == nil {
		return nil
	}
	return bare(reflect.ValueOf(n)).Interface().(query.Node)
}

func bare(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		return bare(v.Elem())
	case reflect.Slice:
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(bare(v.Index(i)))
		}
		return out
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			if v.Type().Field(i).Type != reflect.TypeFor[query.At]() {
				out.Field(i).Set(bare(v.Field(i)))
			}
		}
		return out
	}
	return v
}

func TestNamed(t *testing.T) {
	for _, d := range Dialects() {
		if got, err := Named(" " + strings.ToUpper(string(d))); got != d || err != nil {
			t.Errorf("%s: %s, %v", d, got, err)
		}
	}
	if _, err := Named("westlaw"); err == nil || !strings.Contains(err.Error(), "factiva") {
		t.Errorf("westlaw: %v", err)
	}
}

func TestBounds(t *testing.T) {
	for _, d := range Dialects() {
		for name, text := range map[string]string{
			"long":        strings.Repeat("ab ", maxText),
			"deep":        strings.Repeat("(", 4000) + "a",
			"deep closed": strings.Repeat("(", 500) + "a" + strings.Repeat(")", 500),
			"not UTF-8":   "a\xffb",
			"empty":       "  ",
			"long word":   strings.Repeat("a", 3000),
			"many words":  strings.Repeat("a OR ", 1500) + "a",
		} {
			start := time.Now()
			if _, err := Translate(d, text); err == nil {
				t.Errorf("%s: %s is read", d, name)
			}
			t.Logf("%s %s: %v", d, name, time.Since(start))
		}
	}
	// Groups beside each other are multiplied.
	wide := "(" + strings.Repeat("a AND ", 60) + "a)"
	if _, err := Translate(Nexis, wide+" w/5 "+wide); err == nil {
		t.Error("60 by 60 words are measured")
	}
}

// What is within several fields, again and again, doubles each time.
func TestNestedFieldsAreBounded(t *testing.T) {
	for d, open := range map[Dialect]string{Nexis: "hlead(", Factiva: "hlp=(", ProQuest: "noft("} {
		if _, err := Translate(d, strings.Repeat(open, 50)+"a"+strings.Repeat(")", 50)); err == nil {
			t.Errorf("%s: 50 fields within each other are read", d)
		}
	}
}
