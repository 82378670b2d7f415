package corpus

import (
	"bytes"
	"errors"

	"github.com/newsq/newsq/internal/extract"
)

// jsonReader reads records out of JSON text. It keeps scratch space, so it
// serves one goroutine at a time.
type jsonReader struct {
	scan    jsonScan
	mapping *mapping
	rec     record
	folded  []byte
	object  int  // where the object at hand starts
	list    int  // where a list of articles starts within it; -1 when none was seen
	nesting int  // of lists within lists
	listed  bool // the record at hand is one of a list
}

// records calls emit for each record in b: of the one object, of the list it
// wraps, of an array, or of several such values one after the other. The
// record is good until emit returns. A value in place of a record that isn't
// an object is told by rec == nil. When emit returns false the work ends.
func (r *jsonReader) records(b []byte, emit func(rec *record) bool) error {
	r.scan.reset(b)
	r.listed = false
	for r.scan.next() != 0 || r.scan.i < len(b) {
		if err := r.value(emit); err != nil {
			if errors.Is(err, errStop) {
				return nil
			}
			return err
		}
	}
	return nil
}

// fields reads the one object in b as a record, which is good until the next
// call.
func (r *jsonReader) fields(b []byte) (*record, error) {
	r.scan.reset(b)
	r.rec.reset()
	if r.scan.next() != '{' {
		return &r.rec, r.scan.skip()
	}
	return &r.rec, r.members(r.mapping, true, 0)
}

// errStop ends a scan whose caller wants no more. It never leaves the package.
var errStop = errors.New("stopped")

// value reads the records of one value.
func (r *jsonReader) value(emit func(*record) bool) error {
	switch r.scan.next() {
	case '[':
		r.listed = true
		return r.scan.array(func() error { return r.value(emit) })
	case '{':
		return r.record(emit)
	}
	if err := r.scan.skip(); err != nil {
		return err
	}
	return proceed(emit(nil))
}

func proceed(ok bool) error {
	if !ok {
		return errStop
	}
	return nil
}

// maxNesting bounds how deep a list of articles is looked for. Each level is
// read twice, first for fields of its own.
const maxNesting = 4

// record reads an object as a record; when it has no body but a list of
// objects, it is a document around that list.
func (r *jsonReader) record(emit func(*record) bool) error {
	r.rec.reset()
	r.object, r.list = r.scan.i, -1
	if err := r.members(r.mapping, true, 0); err != nil {
		return err
	}
	if r.list < 0 || r.rec.has(fieldBody) || r.nesting >= maxNesting {
		return proceed(emit(&r.rec))
	}
	end, depth := r.scan.i, r.scan.depth
	r.scan.i = r.list
	r.nesting++
	err := r.value(emit)
	r.nesting--
	r.scan.i, r.scan.depth = end, depth
	return err
}

// members reads the members of an object into the record. Names count by the
// table of field names only when known is set, by the mapping always.
func (r *jsonReader) members(m *mapping, known bool, depth int) error {
	return r.scan.object(func(name []byte) error {
		below := m.at(name)
		var k knownName
		if known {
			r.folded = foldName(r.folded[:0], name)
			k = knownNames[string(r.folded)]
			k.rank += deeper * depth
		}
		if c := r.scan.next(); c == '{' || c == '[' {
			wrapped, err := r.nested(below, known, name, depth)
			if err != nil {
				return err
			}
			if wrapped {
				k.field = noField
			}
		}
		if below != nil && below.field != noField {
			k = knownName{field: below.field, rank: mapped}
		}
		if k.field == noField || k.field == leftOut || !r.rec.wants(k.field, k.rank) {
			return r.scan.skip()
		}
		values, err := r.texts(nil, k.field, 0)
		if err != nil {
			return err
		}
		r.rec.set(k.field, k.rank, k.html, values)
		return nil
	})
}

// maxWrappers bounds how deep fields are looked for in wrappers.
const maxWrappers = 4

// nested looks at an object or array for what it may hold besides a field's
// own value: fields that are mapped by a dotted path, the fields of a wrapped
// record, a list of records. It leaves the scan where the value starts, and
// reports whether the value was a wrapper.
func (r *jsonReader) nested(below *mapping, known bool, name []byte, depth int) (wrapped bool, err error) {
	start, level := r.scan.i, r.scan.depth
	isObject := r.scan.b[start] == '{'
	folded := string(r.folded)
	if string(name) == elasticSource {
		folded = elasticSource
	}
	wrapped = isObject && known && depth < maxWrappers && wrapperNames[folded]
	mappedBelow := below != nil && len(below.below) > 0
	switch {
	case isObject && (wrapped || mappedBelow):
		err = r.members(below, wrapped, depth+1)
	case !isObject && mappedBelow:
		err = r.scan.array(func() error {
			if r.scan.next() == '{' {
				return r.members(below, false, depth+1)
			}
			return r.scan.skip()
		})
	}
	r.scan.i, r.scan.depth = start, level
	if !isObject && known && r.list < 0 && listNames[folded] && r.holdsObjects() {
		r.list = start
	}
	return wrapped, err
}

// holdsObjects reports whether the array at hand is empty or starts with an
// object.
func (r *jsonReader) holdsObjects() bool {
	rest := bytes.TrimLeft(r.scan.b[r.scan.i+1:], " \n\r\t")
	return len(rest) > 0 && (rest[0] == '{' || rest[0] == ']')
}

// maxTextDepth bounds how deep the text of a value is looked for.
const maxTextDepth = 4

// texts appends the texts that the value at hand stands for: a string is its
// own, a list has those of its elements, an object that of the member that
// says what it is. Numbers count where a number may mean something.
func (r *jsonReader) texts(dst []string, f field, depth int) ([]string, error) {
	switch c := r.scan.next(); {
	case c == '"':
		text, err := r.scan.str()
		if err != nil {
			return nil, err
		}
		if len(dst) > maxParts {
			return dst, nil
		}
		return append(dst, extract.Clean(string(text))), nil
	case c == '[' && depth < maxTextDepth:
		err := r.scan.array(func() (err error) {
			dst, err = r.texts(dst, f, depth+1)
			return err
		})
		return dst, err
	case c == '{' && depth < maxTextDepth:
		return r.objectText(dst, f, depth)
	case c == '{' || c == '[':
		return dst, r.scan.skip()
	}
	token, err := r.scan.scalar()
	if err != nil {
		return nil, err
	}
	if f.takesNumbers() && (token[0] == '-' || token[0] >= '0' && token[0] <= '9') {
		dst = append(dst, string(token))
	}
	return dst, nil
}

// takesNumbers reports whether a number can be a value of f. A number among
// topics or authors is the key of a row in somebody's database.
func (f field) takesNumbers() bool {
	switch f {
	case fieldID, fieldPublished, fieldUpdated, fieldTitle:
		return true
	}
	return false
}

// objectText appends the text of the best of an object's members.
func (r *jsonReader) objectText(dst []string, f field, depth int) ([]string, error) {
	best, keep := len(textNames), len(dst)
	err := r.scan.object(func(name []byte) error {
		rank := textRank(name)
		if rank >= best {
			return r.scan.skip()
		}
		values, err := r.texts(nil, f, depth+1)
		if err != nil {
			return err
		}
		if len(values) > 0 && values[0] != "" {
			best = rank
			dst = append(dst[:keep], values...)
		}
		return nil
	})
	return dst, err
}

// textRank returns the place of a name in textNames, or their number.
func textRank(name []byte) int {
	var buf [maxFieldName]byte
	folded := foldName(buf[:0], name)
	for i, n := range textNames {
		if string(folded) == n {
			return i
		}
	}
	return len(textNames)
}

// strangeNames returns the names of the members of the object at hand, for
// an error to name what was found in place of a text.
func (r *jsonReader) strangeNames() []string {
	const most = 12
	var names []string
	s := jsonScan{b: r.scan.b, i: r.object}
	// The object was read before, so that nothing can be wrong with it.
	_ = s.object(func(name []byte) error {
		if len(names) < most && len(name) <= maxFieldName {
			names = append(names, extract.Clean(string(name)))
		}
		return s.skip()
	})
	return names
}
