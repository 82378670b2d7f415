package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"go.yaml.in/yaml/v3"
)

// maxFile is the most bytes of a configuration file. Every setting with a
// comment takes a tenth of it.
const maxFile = 64 << 10

// readFile sets what the file at path says.
func (c *Config) readFile(path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	if len(b) > maxFile {
		return fmt.Errorf("read configuration: %s is larger than %d KB", path, maxFile>>10)
	}
	return c.parse(b, path)
}

// parse sets what a file says: a YAML mapping of keys to single values or
// lists of them.
func (c *Config) parse(b []byte, path string) error {
	dec := yaml.NewDecoder(bytes.NewReader(b))
	var doc yaml.Node
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) {
		return nil // nothing but comments
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: holds more than one document", path)
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		return fmt.Errorf(`%s:%d: must hold lines such as "limit: 20"`, path, root.Line)
	}
	seen := make(map[string]int)
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		name := Canonical(key.Value)
		if first, ok := seen[name]; ok {
			return fmt.Errorf("%s:%d: %s is set in line %d already", path, key.Line, key.Value, first)
		}
		seen[name] = key.Line
		if err := c.setNode(key.Value, value); err != nil {
			return fmt.Errorf("%s:%d: %w", path, key.Line, err)
		}
	}
	return nil
}

// setNode sets one key. A key without a value sets nothing.
func (c *Config) setNode(key string, value *yaml.Node) error {
	field := c.field(key)
	if field == nil {
		return unknownKey(key)
	}
	_, isList := field.(*[]string)
	switch {
	case value.Kind == yaml.ScalarNode && value.Tag == "!!null":
		return nil
	case value.Kind == yaml.ScalarNode:
		return c.set(key, value.Value, []string{value.Value})
	case value.Kind != yaml.SequenceNode || !isList:
		return fmt.Errorf("%s must be a single value", key)
	}
	list := make([]string, len(value.Content))
	for i, item := range value.Content {
		if item.Kind != yaml.ScalarNode {
			return fmt.Errorf("%s must be a list of single values", key)
		}
		list[i] = item.Value
	}
	return c.set(key, "", list)
}
