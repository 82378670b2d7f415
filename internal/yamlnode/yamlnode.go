// Package yamlnode reads YAML files that people write: it checks which keys a
// mapping has, and tells the line of what is wrong.
package yamlnode

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Error is what is wrong in a line of a file. It unwraps to nothing, as a place
// that Err names may be one within a value, and not in the file.
type Error struct {
	Line int
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }

// Errorf returns an Error in the line of n.
func Errorf(n *yaml.Node, format string, args ...any) error {
	return &Error{Line: n.Line, Err: fmt.Errorf(format, args...)}
}

// InFile puts the name of a file before err, and the line if err has one. It
// unwraps to what was wrong there.
func InFile(name string, err error) error {
	var at *Error
	if errors.As(err, &at) {
		return fmt.Errorf("%s:%d: %w", name, at.Line, at.Err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// Document returns the root of the one document that data holds, or nil when
// it holds none. More than one is an error.
func Document(data []byte) (*yaml.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more than one YAML document; remove the lines ---")
	}
	return doc.Content[0], nil
}

// Keys returns the values of a mapping by their keys, each of which is one of
// allowed and is given once. The example is for EachKey.
func Keys(n *yaml.Node, example string, allowed ...string) (map[string]*yaml.Node, error) {
	values := make(map[string]*yaml.Node)
	err := EachKey(n, example, func(key, value *yaml.Node) error {
		switch {
		case key.Kind != yaml.ScalarNode:
			return NoPlainKey(key)
		case !slices.Contains(allowed, key.Value):
			return Errorf(key, "there is no key %q; there are %s", key.Value, strings.Join(allowed, ", "))
		case values[key.Value] != nil:
			return Errorf(key, "%s is given twice; join the two", key.Value)
		}
		values[key.Value] = value
		return nil
	})
	return values, err
}

// EachKey calls f for every key of a mapping, in their order, and stops at the
// first error. A key may be any node. What is no mapping is an error, which
// shows the example of a key.
func EachKey(n *yaml.Node, example string, f func(key, value *yaml.Node) error) error {
	if n = Resolve(n); n.Kind != yaml.MappingNode {
		return Errorf(n, `expected keys with values here, such as "%s"`, example)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if err := f(Resolve(n.Content[i]), Resolve(n.Content[i+1])); err != nil {
			return err
		}
	}
	return nil
}

// NoPlainKey is the error of a key that is a list or a mapping.
func NoPlainKey(key *yaml.Node) error { return Errorf(key, "expected a plain key here") }

// Resolve returns the node that a YAML alias (*name) stands for, and any other
// node as it is.
func Resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}
