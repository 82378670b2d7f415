package mcp

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/config"
)

// The bounds of arguments, beside those of their own.
const (
	maxText   = 4096     // bytes; more is no query
	maxLong   = 64 << 10 // cursors, and texts of which similar ones are looked for
	maxValues = 50       // of a list
	maxValue  = 512
	maxClip   = 60 // bytes of what an error repeats
)

// argumentError is an argument that can't be used.
type argumentError struct {
	name string // empty for the arguments as a whole
	msg  string
}

func (e *argumentError) Error() string {
	if e.name == "" {
		return e.msg
	}
	return "argument " + e.name + ": " + e.msg
}

func badArgument(name, format string, args ...any) error {
	return &argumentError{name, fmt.Sprintf(format, args...)}
}

// decode reads arguments into the struct to which into points. Its fields have JSON names
// and are texts, whole numbers and lists of texts; null is as if an argument weren't there.
func decode(raw json.RawMessage, into any) error {
	var given map[string]json.RawMessage
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &given); err != nil {
			return badArgument("", "the arguments are not a JSON object")
		}
	}
	v := reflect.ValueOf(into).Elem()
	fields := make(map[string]reflect.Value)
	var names []string
	for f, field := range v.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[name] = field
		names = append(names, name)
	}
	// In the order of the names, so that the same error comes first each time.
	for _, name := range sortedKeys(given) {
		field, known := fields[name]
		if !known {
			return unknownArgument(name, names)
		}
		if err := decodeField(name, given[name], field); err != nil {
			return err
		}
	}
	return nil
}

func sortedKeys(m map[string]json.RawMessage) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func unknownArgument(name string, names []string) error {
	hint := "there are " + strings.Join(names, ", ")
	if near := config.Nearest(config.Clip(name, maxClip), names); near != "" {
		hint = "did you mean " + near + "?"
	}
	return badArgument("", "there is no argument %q; %s", config.Clip(name, maxClip), hint)
}

func decodeField(name string, raw json.RawMessage, field reflect.Value) error {
	if string(raw) == "null" {
		return nil
	}
	if err := json.Unmarshal(raw, field.Addr().Interface()); err != nil {
		return badArgument(name, "must be %s, not %s", kindName(field), config.Clip(string(raw), maxClip))
	}
	switch value := field.Interface().(type) {
	case string:
		most := maxText
		if name == "cursor" || name == "text" {
			most = maxLong
		}
		return checkText(name, value, most)
	case []string:
		if len(value) > maxValues {
			return badArgument(name, "has %d values, more than %d", len(value), maxValues)
		}
		for _, s := range value {
			if s == "" {
				return badArgument(name, "has an empty value; leave it out")
			}
			if err := checkText(name, s, maxValue); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkText(name, s string, most int) error {
	if len(s) > most {
		return badArgument(name, "is %d bytes long, more than %d", len(s), most)
	}
	return nil
}

func kindName(field reflect.Value) string {
	switch field.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Slice:
		return `a list of texts, such as ["a", "b"]`
	case reflect.Pointer, reflect.Int:
		return "a whole number"
	}
	return field.Kind().String()
}

// inRange refuses a number that is not between two others, both allowed; 0 is taken for
// the default.
func inRange(name string, n *int, byDefault, least, most int) error {
	switch {
	case *n == 0:
		*n = byDefault
	case *n < least || *n > most:
		return badArgument(name, "is %d, not between %d and %d", *n, least, most)
	}
	return nil
}

// oneOf returns the place of a value among those that an argument may have; the empty one
// is the first.
func oneOf(name, value string, values ...string) (int, error) {
	if value == "" {
		return 0, nil
	}
	if i := slices.Index(values, value); i >= 0 {
		return i, nil
	}
	hint := "there are " + strings.Join(values, ", ")
	if near := config.Nearest(config.Clip(value, maxClip), values); near != "" {
		hint = "did you mean " + near + "?"
	}
	return 0, badArgument(name, "%q is unknown; %s", config.Clip(value, maxClip), hint)
}
