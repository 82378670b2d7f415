package record

import (
	"fmt"
	"strings"
)

// LeftOut is what a field is mapped to that shall not be read.
const LeftOut = NumFields + 1

// Mapping says which fields of a source go to which of an article, where the
// name alone does not tell. It is a tree of the names in dotted paths, in
// lower case. A nil Mapping maps nothing.
type Mapping struct {
	field Field // NoField for a name that is only on the way to others
	below map[string]*Mapping
}

// Field returns what the field at hand is mapped to: NoField when nothing is
// said of it, LeftOut when it shall not be read.
func (m *Mapping) Field() Field {
	if m == nil {
		return NoField
	}
	return m.field
}

// HasBelow reports whether fields within the field at hand are mapped.
func (m *Mapping) HasBelow() bool { return m != nil && len(m.below) > 0 }

// ParseMapping reads a mapping: the keys of m are names or dotted paths in a
// source, its values names of fields of an article, or "-" for LeftOut. Case
// does not matter.
func ParseMapping(m map[string]string) (*Mapping, error) {
	root := &Mapping{}
	for from, to := range m {
		f := LeftOut
		if to != "-" {
			name := Lookup(Fold(nil, []byte(to)))
			if name.Field == NoField {
				return nil, fmt.Errorf("field %q is mapped to %q, which is no field of an article: use one of %s, or - to leave it out",
					from, to, strings.Join(FieldNames(), ", "))
			}
			f = name.Field
		}
		path := strings.ToLower(strings.TrimSpace(from))
		if path == "" || strings.Contains("."+path+".", "..") {
			return nil, fmt.Errorf("%q is no name of a field to map", from)
		}
		root.add([]string{path}, f) // a name may contain dots itself
		if strings.Contains(path, ".") {
			root.add(strings.Split(path, "."), f)
		}
	}
	return root, nil
}

// add maps the field at the end of a path.
func (m *Mapping) add(path []string, f Field) {
	for _, name := range path {
		if m.below == nil {
			m.below = map[string]*Mapping{}
		}
		next := m.below[name]
		if next == nil {
			next = &Mapping{}
			m.below[name] = next
		}
		m = next
	}
	m.field = f
}

// At returns what is mapped at or below a name; nil when nothing is.
func (m *Mapping) At(name []byte) *Mapping {
	if !m.HasBelow() {
		return nil
	}
	return m.below[strings.ToLower(string(name))]
}

// FieldNames returns the names by which a mapping calls the fields of an
// article: the best of each.
func FieldNames() []string {
	var all []string
	for f := NoField + 1; f < Lead; f++ {
		all = append(all, f.String())
	}
	return all
}
