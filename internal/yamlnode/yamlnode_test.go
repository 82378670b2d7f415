package yamlnode_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/newsq/newsq/internal/yamlnode"
)

func document(t *testing.T, file string) *yaml.Node {
	t.Helper()
	n, err := yamlnode.Document([]byte(file))
	if err != nil || n == nil {
		t.Fatalf("%q: %v, %v", file, n, err)
	}
	return n
}

func TestDocument(t *testing.T) {
	for _, file := range []string{"", "# a comment\n"} {
		if n, err := yamlnode.Document([]byte(file)); n != nil || err != nil {
			t.Errorf("%q: %v, %v; want nothing", file, n, err)
		}
	}
	if n := document(t, "a: 1\n"); n.Kind != yaml.MappingNode || n.Line != 1 {
		t.Errorf("kind %d in line %d", n.Kind, n.Line)
	}
	for file, want := range map[string]string{
		"a: [":              "not YAML: line 1:",
		"a: 1\n---\nb: 2\n": "there is more than one YAML document; remove the lines ---",
	} {
		if _, err := yamlnode.Document([]byte(file)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}

func TestKeys(t *testing.T) {
	root := document(t, "name: &n x\n\nsize: *n\n")
	keys, err := yamlnode.Keys(root, "name: x", "name", "size", "colour")
	if err != nil {
		t.Fatal(err)
	}
	if len(keys) != 2 || keys["name"].Value != "x" || keys["size"].Value != "x" || keys["colour"] != nil {
		t.Errorf("keys %v", keys)
	}
}

func TestKeysErrors(t *testing.T) {
	for file, want := range map[string]string{
		"- a\n":                    `f.yaml:1: expected keys with values here, such as "name: x"`,
		"\nname\n":                 `f.yaml:2: expected keys with values here, such as "name: x"`,
		"name: x\nnome: x\n":       `f.yaml:2: there is no key "nome"; there are name, size`,
		"name: x\n\nname: y\n":     "f.yaml:3: name is given twice; join the two",
		"name: x\n[name]: y\n":     "f.yaml:2: expected a plain key here",
		"name: x\n? {a: b}\n: y\n": "f.yaml:2: expected a plain key here",
	} {
		_, err := yamlnode.Keys(document(t, file), "name: x", "name", "size")
		if err == nil {
			t.Errorf("%q: no error", file)
		} else if got := yamlnode.InFile("f.yaml", err).Error(); got != want {
			t.Errorf("%q: %s, want %s", file, got, want)
		}
	}
}

func TestEachKeyKeepsTheOrder(t *testing.T) {
	var got strings.Builder
	err := yamlnode.EachKey(document(t, "b: 1\na: 2\n[c]: 3\nb: 4\n"), "a: 1", func(key, value *yaml.Node) error {
		fmt.Fprintf(&got, "%d %s%s ", key.Line, key.Value, value.Value)
		return nil
	})
	if want := "1 b1 2 a2 3 3 4 b4 "; err != nil || got.String() != want {
		t.Errorf("%q, %v; want %q", got.String(), err, want)
	}
	stop, calls := errors.New("stop"), 0
	err = yamlnode.EachKey(document(t, "a: 1\nb: 2\n"), "a: 1", func(_, _ *yaml.Node) error {
		calls++
		return stop
	})
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func TestInFile(t *testing.T) {
	cause := errors.New("too long")
	for _, tt := range []struct {
		err  error
		want string
	}{
		{cause, "f.yaml: too long"},
		{&yamlnode.Error{Line: 7, Err: fmt.Errorf("name: %w", cause)}, "f.yaml:7: name: too long"},
	} {
		if got := yamlnode.InFile("f.yaml", tt.err); got.Error() != tt.want || !errors.Is(got, cause) {
			t.Errorf("%v, want %s", got, tt.want)
		}
	}
}
