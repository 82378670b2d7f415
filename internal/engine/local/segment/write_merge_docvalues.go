package segment

import (
	"math"

	index "github.com/blevesearch/bleve_index_api"
)

// noOrdinal is the new ordinal of a term that no document is left with.
const noOrdinal = math.MaxUint32

// newOrdinals makes room for the new ordinals of each input's terms, if the
// field has a column of them.
func (m *merger) newOrdinals(info *fieldInfo) [][]uint32 {
	if !info.options.IncludeDocValues() {
		return nil
	}
	all := make([][]uint32, len(m.inputs))
	for k := range m.inputs {
		f := m.inputs[k].named(info.name)
		if f == nil {
			continue
		}
		all[k] = make([]uint32, f.terms)
		for i := range all[k] {
			all[k][i] = noOrdinal
		}
	}
	return all
}

// values writes the column of a field's terms. As terms are merged in order,
// the new ordinals of a document ascend as the old ones do.
func (m *merger) values(w *writer, number int, info *fieldInfo, ordinals [][]uint32) {
	var c valuesWriter
	var ords []uint32
	for k := range m.inputs {
		v, ok, _ := m.inputs[k].Values(info.name) // all was checked; see write
		for doc, n := range m.numbers[k] {
			if n == dropped {
				continue
			}
			ords = ords[:0]
			if ok {
				ords = v.Append(ords, uint32(doc))
			}
			kept := ords[:0]
			for _, ord := range ords {
				if to := ordinals[k][ord]; to != noOrdinal {
					kept = append(kept, to)
				}
			}
			c.document(kept)
		}
	}
	c.write(w, number, info.terms)
}

// numbersOf writes the column of a field's numbers, if an input has one.
func (m *merger) numbersOf(w *writer, number int, name string, options index.FieldIndexingOptions) {
	var of []int64
	for k := range m.inputs {
		f := m.inputs[k].named(name)
		if f == nil || f.numbers == nil {
			continue
		}
		if of == nil {
			of = make([]int64, m.docs)
			for i := range of {
				of[i] = NoNumber
			}
		}
		from := int64s(f.numbers[:8*int(m.inputs[k].docs)])
		for doc, n := range m.numbers[k] {
			if n != dropped {
				of[n] = from[doc]
			}
		}
	}
	if of != nil {
		writeNumbers(w, number, of, options)
	}
}
