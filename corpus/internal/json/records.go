package json

import (
	"bytes"
	"errors"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// Parser finds records in JSON text. It keeps scratch space, so it serves one
// goroutine at a time.
type Parser struct {
	scan    scanner
	mapping *record.Mapping
	rec     *record.Record // that is filled
	own     record.Record  // that Records fills
	folded  []byte
	from    map[string]string // the names of fields that were met, clean
	folds   map[string]string // and as record.Fold has them
	object  int               // where the object at hand starts
	list    int               // where a list of articles starts within it; -1 when none was seen
	nesting int               // of lists within lists
	blocks  int               // where a tree of blocks may start within it; -1 when none was seen
	unnamed record.Value      // an author of whom no name was found
	listed  bool              // the record at hand is one of a list
	// language is that of the document around a list, and so of its articles
	// that state none.
	language []record.Value
	// order is that of day and month, as the dates of the file show it.
	order extract.FileOrder
}

// NewParser returns a parser; m may be nil.
func NewParser(m *record.Mapping) *Parser {
	p := &Parser{mapping: m, from: map[string]string{}, folds: map[string]string{}}
	p.own.Names = p.names
	return p
}

// Records calls emit for each record in b: of the one object, of the list it
// wraps, of an array, or of several such values one after the other. The
// record is good until emit returns. A value in place of a record that isn't
// an object is told by rec == nil. When emit returns false the work ends,
// without an error.
func (p *Parser) Records(b []byte, emit func(rec *record.Record) bool) error {
	p.scan.reset(b)
	p.rec = &p.own
	p.listed, p.language = false, nil
	for p.scan.next() != 0 || p.scan.i < len(b) {
		if err := p.value(emit); err != nil {
			if errors.Is(err, errStop) {
				return nil
			}
			return err
		}
	}
	return nil
}

// Fields reads the one object in b into rec.
func (p *Parser) Fields(b []byte, rec *record.Record) error {
	p.scan.reset(b)
	p.rec = rec
	p.unnamed = record.Value{}
	if p.scan.next() != '{' {
		return p.scan.skip()
	}
	err := p.members(p.mapping, true, 0)
	p.tellUnnamed()
	return err
}

// alone reports, while a record is handed on, whether the text holds no other.
func (p *Parser) alone() bool {
	return !p.listed && p.scan.next() == 0 && p.scan.i == len(p.scan.b)
}

// line returns the line at which the scan stands.
func (p *Parser) line() int {
	return 1 + bytes.Count(p.scan.b[:min(p.scan.i, len(p.scan.b))], []byte("\n"))
}

// errStop ends a scan whose caller wants no more. It never leaves the package.
var errStop = errors.New("stopped")

// value reads the records of one value.
func (p *Parser) value(emit func(*record.Record) bool) error {
	switch p.scan.next() {
	case '[':
		p.listed = true
		return p.scan.array(func() error { return p.value(emit) })
	case '{':
		return p.record(emit)
	}
	if err := p.scan.skip(); err != nil {
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
func (p *Parser) record(emit func(*record.Record) bool) error {
	p.rec.Reset()
	p.unnamed = record.Value{}
	p.object, p.list, p.blocks = p.scan.i, -1, -1
	if err := p.members(p.mapping, true, 0); err != nil {
		return err
	}
	if len(p.language) > 0 && !p.rec.Has(record.Language) {
		p.rec.Set(record.Language, record.Wrapped, p.language)
	}
	if !p.rec.Has(record.Body) {
		p.listedBlocks()
	}
	if p.list < 0 || p.rec.Has(record.Body) || p.nesting >= maxNesting {
		p.tellUnread(p.object)
		return proceed(emit(p.rec))
	}
	end, depth := p.scan.i, p.scan.depth
	p.scan.i = p.list
	p.nesting++
	outer := p.language
	if stated := p.rec.Values(record.Language); len(stated) > 0 {
		p.language = stated
	}
	err := p.value(emit)
	p.language = outer
	p.nesting--
	p.scan.i, p.scan.depth = end, depth
	return err
}

// members reads the members of an object into the record. Names count by the
// table of field names only when known is set, by the mapping always.
func (p *Parser) members(m *record.Mapping, known bool, depth int) error {
	return p.scan.object(func(member []byte) error {
		below := m.At(member)
		var name record.Name
		if known {
			p.folded = record.Fold(p.folded[:0], member)
			name = record.Lookup(p.folded)
			name.Rank += record.Wrapped * depth
		}
		mapped := below.Field()
		from := ""
		if name.Field != record.NoField || mapped != record.NoField {
			from = p.fromOf(member) // which does not outlive the next scan
		}
		if c := p.scan.next(); c == '{' || c == '[' {
			wrapped, err := p.nested(below, known, member, depth)
			if err != nil {
				return err
			}
			if wrapped {
				name.Field = record.NoField
			}
		}
		if mapped != record.NoField {
			name = record.Name{Field: mapped, Rank: record.Mapped}
		}
		return p.field(name, from)
	})
}

// field reads the value at hand into a field, if the record wants it.
func (p *Parser) field(name record.Name, from string) error {
	f := name.Field
	if f == record.NoField || f == record.LeftOut || !p.rec.Wants(f, name.Rank) {
		return p.scan.skip()
	}
	switch c := p.scan.next(); {
	case f == record.Body:
		return p.body(name, from)
	case c != '{' && c != '[':
	case f.IsDate():
		return p.date(name, from)
	case f == record.Authors:
		return p.authors(name, from)
	case f.Gathers():
		return p.labels(name, from)
	}
	start, level := p.scan.i, p.scan.depth
	values, err := p.texts(nil, f, from, 0)
	if err != nil {
		return err
	}
	if len(values) == 0 && f.IsText() && (p.scan.b[start] == '{' || p.scan.b[start] == '[') {
		p.scan.i, p.scan.depth = start, level
		tree, _, err := p.tree()
		if err != nil {
			return err
		}
		values = append(values, record.Value{Text: richText(&tree).all(" "), From: from})
	}
	if f.IsDate() {
		for i := range values {
			values[i].Text = p.order.Resolve(values[i].Text)
		}
	}
	p.rec.Set(f, name.Rank, values)
	return nil
}

// maxFrom is how many names of fields are remembered. Files that make up
// names have no use of it.
const maxFrom = 1000

// fromOf returns the name of a member as records keep it.
func (p *Parser) fromOf(member []byte) string {
	if s, ok := p.from[string(member)]; ok {
		return s
	}
	s := extract.Clean(string(member))
	if len(p.from) < maxFrom {
		p.from[string(member)] = s
	}
	return s
}

// maxWrappers bounds how deep fields are looked for in wrappers.
const maxWrappers = 4

// nested looks at an object or array for what it may hold besides a field's
// own value: fields that are mapped by a dotted path, the fields of a wrapped
// record, a list of records. It leaves the scan where the value starts, and
// reports whether the value was a wrapper.
func (p *Parser) nested(below *record.Mapping, known bool, member []byte, depth int) (wrapped bool, err error) {
	start, level := p.scan.i, p.scan.depth
	isObject := p.scan.b[start] == '{'
	folded := string(p.folded)
	if string(member) == elasticSource {
		folded = elasticSource
	}
	wrapped = isObject && known && depth < maxWrappers && wrapperNames()[folded]
	mappedBelow := below.HasBelow()
	switch {
	case isObject && (wrapped || mappedBelow):
		err = p.members(below, wrapped, depth+1)
	case !isObject && mappedBelow:
		err = p.scan.array(func() error {
			if p.scan.next() == '{' {
				return p.members(below, false, depth+1)
			}
			return p.scan.skip()
		})
	}
	p.scan.i, p.scan.depth = start, level
	if known && p.blocks < 0 && treeNames()[folded] {
		p.blocks = start
	}
	if !isObject && known && p.list < 0 && listNames()[folded] && p.holdsObjects() {
		p.list = start
	}
	return wrapped, err
}

// holdsObjects reports whether the array at hand is empty or starts with an
// object.
func (p *Parser) holdsObjects() bool {
	rest := bytes.TrimLeft(p.scan.b[p.scan.i+1:], " \n\r\t")
	return len(rest) > 0 && (rest[0] == '{' || rest[0] == ']')
}

// maxTextDepth bounds how deep the text of a value is looked for.
const maxTextDepth = 4

// texts appends the texts that the value at hand stands for: a string is its
// own, a list has those of its elements, an object that of the member that
// says what it is. Numbers count where a number may mean something.
func (p *Parser) texts(dst []record.Value, f record.Field, from string, depth int) ([]record.Value, error) {
	switch c := p.scan.next(); {
	case c == '"':
		text, err := p.scan.str()
		if err != nil {
			return nil, err
		}
		if len(dst) > record.MaxParts {
			return dst, nil
		}
		return append(dst, record.Value{Text: extract.Clean(string(text)), From: from}), nil
	case c == '[' && depth < maxTextDepth:
		err := p.scan.array(func() (err error) {
			dst, err = p.texts(dst, f, from, depth+1)
			return err
		})
		return dst, err
	case c == '{' && depth < maxTextDepth:
		return p.objectText(dst, f, from, depth)
	case c == '{' || c == '[':
		return dst, p.scan.skip()
	}
	token, err := p.scan.scalar()
	if err != nil {
		return nil, err
	}
	if f.TakesNumbers() && (token[0] == '-' || token[0] >= '0' && token[0] <= '9') {
		dst = append(dst, record.Value{Text: string(token), From: from})
	}
	return dst, nil
}

// objectText appends the text of the best of an object's members.
func (p *Parser) objectText(dst []record.Value, f record.Field, from string, depth int) ([]record.Value, error) {
	best, keep := len(textNames)+1, len(dst)
	err := p.scan.object(func(member []byte) error {
		rank := textRank(member)
		if rank == len(textNames) && !(f.IsText() && isLocale(member)) || rank >= best {
			return p.scan.skip()
		}
		values, err := p.texts(nil, f, from, depth+1)
		if err != nil {
			return err
		}
		if len(values) > 0 && values[0].Text != "" {
			best = rank
			dst = append(dst[:keep], values...)
		}
		return nil
	})
	return dst, err
}

// isLocale reports whether a member is named by a language, as texts in several
// have it: "en", "pt_BR", "zh-Hans".
func isLocale(member []byte) bool {
	lang, region, found := bytes.Cut(bytes.ReplaceAll(member, []byte("_"), []byte("-")), []byte("-"))
	for _, c := range lang {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return len(lang) == 2 && (!found || len(region) >= 2 && len(region) <= 4)
}

// textRank returns the place of a name in textNames, or their number.
func textRank(member []byte) int {
	var buf [record.MaxName]byte
	folded := record.Fold(buf[:0], member)
	for i, n := range textNames {
		if string(folded) == n {
			return i
		}
	}
	return len(textNames)
}

// names returns the names of the members of the object at hand, for an error
// to name what was found in place of a text.
func (p *Parser) names() []string {
	const most = 12
	var names []string
	s := scanner{b: p.scan.b, i: p.object}
	// The object was read before, so that nothing can be wrong with it.
	_ = s.object(func(member []byte) error {
		if len(names) < most && len(member) <= record.MaxName {
			names = append(names, extract.Clean(string(member)))
		}
		return s.skip()
	})
	return names
}
