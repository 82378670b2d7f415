package eval

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWriteRun(t *testing.T) {
	run := Run{
		"2": {{"ferry", 0.1}, {"tram", 12.5}},
		"1": {{"a", 1}, {"b", 1}, {"c", 3.25}},
		"3": nil,
	}
	want := strings.TrimPrefix(`
1 Q0 c 1 3.25 base
1 Q0 b 2 1 base
1 Q0 a 3 1 base
2 Q0 tram 1 12.5 base
2 Q0 ferry 2 0.1 base
`, "\n")
	var out strings.Builder
	if err := WriteRun(&out, run, "base"); err != nil {
		t.Fatal(err)
	}
	if out.String() != want {
		t.Errorf("got:\n%swant:\n%s", out.String(), want)
	}
}

func TestWriteRunErrors(t *testing.T) {
	for _, tt := range []struct {
		run       Run
		tag, want string
	}{
		{nil, "", `the tag "" is not one word`},
		{nil, "two words", `the tag "two words" is not one word`},
		{Run{"a b": nil}, "base", `the query id "a b" is not one word`},
		{Run{"1": {{"a\tb", 1}}}, "base", `the article id "a\tb" is not one word`},
	} {
		err := WriteRun(&strings.Builder{}, tt.run, tt.tag)
		if err == nil || err.Error() != "write run: "+tt.want {
			t.Errorf("error = %v, want %s", err, tt.want)
		}
	}
	if err := WriteRun(full{}, Run{"1": {{"a", 1}}}, "base"); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}

// What is written is read as it was, and ranks say nothing.
func TestLoadRun(t *testing.T) {
	got, err := LoadRun(file(t, "7 Q0 harbour 9 2.5 x\n\n7\tQ0\tquay\t1\t-1e-3\tx\n12 0 harbour 1 inf y\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Run{"7": {{"harbour", 2.5}, {"quay", -1e-3}}, "12": {{"harbour", math.Inf(1)}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
	var out strings.Builder
	if err := WriteRun(&out, got, "x"); err != nil {
		t.Fatal(err)
	}
	again, err := LoadRun(file(t, out.String()))
	if diff := cmp.Diff(want, again); diff != "" || err != nil {
		t.Errorf("read again (-want +got):\n%s%v", diff, err)
	}
}

func TestLoadRunErrors(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"judgments", "1 0 a 1", `:1: want 6 columns, got 4`},
		{"a score in words", "\n1 Q0 a 1 high x", `:2: the score "high" is not a number`},
		{"a score that is none", "1 Q0 a 1 NaN x", `:1: the score "NaN" is not a number`},
		{"ranked twice", "1 Q0 a 1 2 x\n2 Q0 a 1 2 x\n1 Q0 a 2 1 x", `: article "a" stands twice in the ranking of query "1"`},
	} {
		path := file(t, tt.text)
		if _, err := LoadRun(path); err == nil || err.Error() != path+tt.want {
			t.Errorf("%s: error = %v, want %s", tt.name, err, path+tt.want)
		}
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
