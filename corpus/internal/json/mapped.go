package json

import (
	"slices"

	"github.com/newsq/newsq/corpus/internal/record"
)

// Overlay sets in a record, which another reader has filled, the fields that a
// mapping takes from the object in b, or leaves out of it: those in which the
// mapping makes a difference. With a nil mapping it does nothing.
func Overlay(m *record.Mapping, b []byte, rec *record.Record) error {
	if m == nil {
		return nil
	}
	var with, without record.Record
	if err := NewParser(m).Fields(b, &with); err != nil {
		return err
	}
	if err := NewParser(nil).Fields(b, &without); err != nil {
		return err
	}
	for f := record.NoField + 1; f < record.NumFields; f++ {
		if slices.Equal(with.Values(f), without.Values(f)) && (f != record.Body || len(with.Blocks) == len(without.Blocks)) {
			continue
		}
		rec.Drop(f)
		if f == record.Body {
			rec.Form, rec.Blocks = with.Form, with.Blocks
		}
		rec.Set(f, record.Mapped, with.Values(f))
	}
	return nil
}
