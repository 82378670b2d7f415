package harness

import (
	"reflect"
	"testing"
)

func TestParseQuery(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Query
	}{
		{"nuclear talks", Query{Words: []string{"nuclear", "talks"}}},
		{"+nuclear +talks", Query{Mode: All, Words: []string{"nuclear", "talks"}}},
		{`"nuclear talks"`, Query{Mode: Phrase, Words: []string{"nuclear", "talks"}}},
		{"nucle*", Query{Mode: Prefix, Words: []string{"nucle"}}},
		{"@count +a +b", Query{Mode: All, Words: []string{"a", "b"}, Count: true}},
		{"@facet a", Query{Words: []string{"a"}, Facet: true}},
		{"@topic=white_house a", Query{Words: []string{"a"}, Topic: "white_house"}},
		{`@count @topic=x @newest "a b"`, Query{Mode: Phrase, Words: []string{"a", "b"}, Count: true, Topic: "x", Newest: true}},
	} {
		got, err := ParseQuery(tt.text)
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("ParseQuery(%q) = %+v, %v", tt.text, got, err)
		}
		if s := got.String(); s != tt.text {
			t.Errorf("%q is written as %q", tt.text, s)
		}
	}
}

func TestParseQueryErrors(t *testing.T) {
	for _, text := range []string{"", "@count", "@best a", "@topic= a", "+a b", "a +b", "a* b", "Oil", "a-b", `"`, `""`, "*", "+"} {
		if q, err := ParseQuery(text); err == nil {
			t.Errorf("ParseQuery(%q) = %+v", text, q)
		}
	}
}

func TestParseLine(t *testing.T) {
	q, err := ParseLine("and\tand2-01\t+oil +gas")
	if err != nil || q.Class != "and" || q.ID != "and2-01" || q.Mode != All {
		t.Errorf("got %+v, %v", q, err)
	}
	for _, line := range []string{"", "and", "and\tx", "\tx\toil", "and\t\toil"} {
		if _, err := ParseLine(line); err == nil {
			t.Errorf("%q was read", line)
		}
	}
}

func TestUnix(t *testing.T) {
	for text, want := range map[string]int64{"2020-01-02": 1577923200, "2020-01-02T00:00:05Z": 1577923205, "": 0, "then": 0} {
		a := Article{Date: text}
		if got, ok := a.Unix(); got != want || ok != (want != 0) {
			t.Errorf("%q is %d, %v", text, got, ok)
		}
	}
}
