package segment

import (
	"encoding/binary"
	"fmt"

	api "github.com/blevesearch/scorch_segment_api/v2"
)

// sameFields reports whether the stored values of an input can stay as they
// are: its stored fields keep their numbers.
func (m *merger) sameFields(in *input, infos []fieldInfo) bool {
	for i := range in.fields {
		if in.fields[i].options.IsStored() && (in.fieldMap[i] != i || !infos[i].options.IsStored()) {
			return false
		}
	}
	return true
}

// minCopiedBlock is the least content of a block that is copied. Smaller ones
// would stay so through all merges; they are filled up with what follows.
const minCopiedBlock = storedBlockSize / 2

// mergeStoredBlocks writes the stored values of an input. If its blocks are
// copyable, those of which no document is dropped stay compressed.
func (m *merger) mergeStoredBlocks(out *storedWriter, in *input, newDocs []uint64, infos []fieldInfo, copyable bool) error {
	const closeEvery = 1 << 6 // blocks between looks at the channel
	reader := in.newStoredReader()
	droppedUpTo, offset := 0, 0 // in in.stored
	for i := range len(in.storedIndex) / storedEntrySize {
		if i%closeEvery == 0 && m.closed() {
			return api.ErrClosed
		}
		b, first, end, err := in.storedBlock(i)
		if err != nil {
			return err
		}
		docs := newDocs[first:end]
		switch length := binary.LittleEndian.Uint32(b); {
		case copyable && keepsAll(docs) && length >= minCopiedBlock && (out.pending() == 0 || out.pending() >= minCopiedBlock):
			if checksum(b[:4], b[storedHeaderSize:]) != binary.LittleEndian.Uint32(b[4:]) {
				return fmt.Errorf("%w: stored values", ErrDamaged)
			}
			err = out.copyBlock(length, b[storedHeaderSize:], end-first)
		default:
			err = m.copyDocuments(out, in, reader, first, docs, infos)
		}
		if err != nil {
			return err
		}
		if offset += len(b); offset-droppedUpTo >= dropPagesEvery {
			in.dropPages(in.stored[droppedUpTo:offset])
			droppedUpTo = offset
		}
	}
	return nil
}

// keepsAll reports whether none of the documents is dropped.
func keepsAll(newDocs []uint64) bool {
	for _, newDoc := range newDocs {
		if newDoc == dropped {
			return false
		}
	}
	return true
}

// copyDocuments writes the stored values of some documents of an input, one by
// one. first is the document that newDocs starts with.
func (m *merger) copyDocuments(out *storedWriter, in *input, reader *storedReader, first uint32, newDocs []uint64, infos []fieldInfo) error {
	for i, newDoc := range newDocs {
		if newDoc == dropped {
			continue
		}
		raw, err := reader.document(first + uint32(i))
		if err != nil {
			return err
		}
		err = in.visitValues(raw, func(name string, typ byte, value []byte, array []uint64) bool {
			if to := in.fieldMap[in.byName[name]]; infos[to].options.IsStored() {
				out.addValue(uint64(to), typ, array, value)
			}
			return true
		})
		if err != nil {
			return err
		}
		if err := out.endDoc(); err != nil {
			return err
		}
	}
	return nil
}
