package eval

import (
	"errors"
	"strings"
	"testing"
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

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
