package json

import (
	"bytes"
	stdjson "encoding/json"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// maxDateValue bounds the array or object that is read as a date, in bytes.
const maxDateValue = 4 << 10

// date reads the array or object at hand into the field of a date. One that
// says none is kept as it is written, to be told of.
func (p *Parser) date(name record.Name, from string) error {
	start := p.scan.i
	if err := p.scan.skip(); err != nil {
		return err
	}
	raw := p.scan.b[start:p.scan.i]
	var values []record.Value
	for _, s := range dateTexts(raw, name.Field) {
		values = append(values, record.Value{Text: extract.Clean(s), From: from})
	}
	if len(values) == 0 {
		s := extract.Clean(string(raw[:min(len(raw), record.MaxLabel)]))
		values = []record.Value{{Text: s, From: from}}
	}
	p.rec.Set(name.Field, name.Rank, values)
	return nil
}

// dateTexts returns what an array or object may say a date with. Of an object
// that has several dates under their names, such as {"published": ...,
// "modified": ...}, it is those of the field.
func dateTexts(raw []byte, f record.Field) []string {
	if len(raw) > maxDateValue {
		return nil
	}
	d := stdjson.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil { // what only the scanner takes, such as NaN
		return nil
	}
	members, _ := v.(map[string]any)
	date := record.Lookup([]byte("date"))
	best, named := date.Rank, any(nil)
	if f != date.Field {
		best = record.Wrapped
	}
	for member, value := range members {
		n := record.Lookup(record.Fold(nil, []byte(member)))
		if n.Field == f && n.Rank < best && len(extract.DateTexts(value)) > 0 {
			best, named = n.Rank, value
		}
	}
	if named != nil {
		return extract.DateTexts(named)
	}
	return extract.DateTexts(v)
}
