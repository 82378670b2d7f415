package segment

import (
	"math"

	index "github.com/blevesearch/bleve_index_api"
)

// droppedOrdinal is the new ordinal of a term that no document has any more.
const droppedOrdinal = math.MaxUint32

// newOrdinalMaps returns for each input a map from the old ordinals of a field
// to new ones, all of them droppedOrdinal yet. It returns nil if the field has
// no doc values.
func (m *merger) newOrdinalMaps(info *fieldInfo) [][]uint32 {
	if !info.options.IncludeDocValues() {
		return nil
	}
	maps := make([][]uint32, len(m.inputs))
	for k := range m.inputs {
		f := m.inputs[k].fieldNamed(info.name)
		if f == nil {
			continue
		}
		maps[k] = make([]uint32, f.terms)
		for i := range maps[k] {
			maps[k][i] = droppedOrdinal
		}
	}
	return maps
}

// mergeOrdinals writes the ordinals of a field. Terms are merged in order, so
// that the new ordinals of a document ascend as the old ones do.
func (m *merger) mergeOrdinals(w *writer, number int, info *fieldInfo, ordinals [][]uint32) {
	var c ordinalsWriter
	var ords []uint32
	for k := range m.inputs {
		v, ok, _ := m.inputs[k].Ordinals(info.name) // all was verified; see write
		further := 0
		for doc, n := range m.newDocs[k] {
			ords = ords[:0]
			if ok {
				ords, further = v.appendNext(ords, uint32(doc), further)
			}
			if n == dropped {
				continue
			}
			kept := ords[:0]
			for _, ord := range ords {
				if to := ordinals[k][ord]; to != droppedOrdinal {
					kept = append(kept, to)
				}
			}
			c.addDoc(kept)
		}
	}
	c.write(w, number, info.terms)
}

// mergeNumeric writes the numeric values of a field, if an input has any.
func (m *merger) mergeNumeric(w *writer, number int, name string, options index.FieldIndexingOptions) {
	var values []int64
	for k := range m.inputs {
		f := m.inputs[k].fieldNamed(name)
		if f == nil || f.numeric == nil {
			continue
		}
		if values == nil {
			values = make([]int64, m.docs)
			for i := range values {
				values[i] = MissingValue
			}
		}
		inputValues := int64s(f.numeric[:8*int(m.inputs[k].docs)])
		for doc, n := range m.newDocs[k] {
			if n != dropped {
				values[n] = inputValues[doc]
			}
		}
	}
	if values != nil {
		writeNumeric(w, number, values, options)
	}
}
