package jsonvalue

import (
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

// texts lists what Each hands on.
func texts(t *testing.T, content string) (list []string, faults []error) {
	t.Helper()
	o := readertest.Run(t, func(in *reader.Input, out reader.Output) error {
		return Each(in, out, func(o Object, at Place) bool {
			list = append(list, fmt.Sprintf("%s %d %v", o.Text("a"), at.Line, at.Alone))
			return o.Text("a") != "stop"
		})
	}, "a.json", content, nil)
	return list, o.Faults
}

func TestEach(t *testing.T) {
	for _, tt := range []struct {
		name, content, want string
		faults              int
	}{
		{"one", `{"a": "x"}`, "x 0 true", 0},
		{"one on a line", "{\"a\": \"x\"}\n", "x 0 true", 0},
		{"a list", `[{"a": "x"}, 1, {"a": "y"}]`, "x 0 false|y 0 false", 0},
		{"lines", "{\"a\": \"x\"}\n\n{\"a\": \"y\"}\n", "x 1 false|y 3 false", 0},
		{"a bad line", "{\"a\": \"x\"}\n{\n{\"a\": \"y\"}", "x 1 false|y 3 false", 1},
		{"several, written over lines", "{\n\"a\": \"x\"}\n{\n\"a\": \"y\"}", "x 0 false|y 0 false", 0},
		{"it stops", `[{"a": "stop"}, {"a": "y"}]`, "stop 0 false", 0},
		{"cut", `[{"a": "x"}, {"a": `, "x 0 false", 1},
		{"no object", `"x"`, "", 1},
		{"a mark", "\ufeff{\"a\": \"x\"}", "x 0 true", 0},
		{"nothing", " \n", "", 0},
	} {
		got, faults := texts(t, tt.content)
		if s := strings.Join(got, "|"); s != tt.want || len(faults) != tt.faults {
			t.Errorf("%s: %q, want %q; %v", tt.name, s, tt.want, faults)
		}
	}
}

func TestObject(t *testing.T) {
	o := Object{"Name": "x", "n": nil, "list": []any{"a", map[string]any{"name": "b"}, 1.5}, "o": map[string]any{"k": "v"}}
	if o.Text("name") != "x" || o.Text("n", "Name") != "x" || o.Object("o").Text("k") != "v" || o.Object("missing").Text("k") != "" {
		t.Error("members are not found")
	}
	if got := strings.Join(o.Texts("list", "name"), "|"); got != "a|b" {
		t.Errorf("texts %q", got)
	}
	if len(o.List("o")) != 1 || len(o.List("list")) != 1 || o.List("name") != nil {
		t.Error("lists are wrong")
	}
}

func FuzzEach(f *testing.F) {
	f.Add("{\"a\": 1}\n[")
	f.Add("[{}")
	f.Fuzz(func(t *testing.T, content string) { texts(t, content) })
}
