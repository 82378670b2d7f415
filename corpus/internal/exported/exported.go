// Package exported reads what newsq export writes as JSON Lines.
//
// Each line is an object that begins with "format", 1, and "type", "newsq article".
// The other fields are those of an article as package corpus writes it, see
// record.Exact. Its place in another index ("key", "path", "form") is not read, nor
// are topics that a rule or a classifier of that index gave it.
package exported

import (
	"encoding/json"
	"fmt"

	corpusjson "github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Version is raised whenever the same bytes would be read differently.
const Version = 1

// The form that is read, and the type that an object of it states.
const (
	form       = 1
	recordType = "newsq article"
)

// Recognize reports whether JSON begins with an article of an export.
func Recognize(h *reader.Head) bool {
	return h.HasPrefix(`{"format":`) && h.Contains(`"type":"`+recordType+`"`) && h.Contains(`"id":"`)
}

// Read reads an export.
func Read(in *reader.Input, out reader.Output) error { return corpusjson.ReadRecords(in, out, fill) }

func fill(line []byte, rec *record.Record) (bool, error) {
	var o struct {
		Format int    `json:"format"`
		Type   string `json:"type"`
		record.Exact
	}
	if err := json.Unmarshal(line, &o); err != nil {
		var head struct {
			Type string `json:"type"`
		}
		if json.Unmarshal(line, &head) != nil || head.Type != recordType {
			return false, nil // that it is no JSON, or what else it is, others tell
		}
		return false, fmt.Errorf("an exported article is damaged: %w", err)
	}
	switch {
	case o.Type != recordType:
		return false, nil
	case o.Format != form:
		return false, fmt.Errorf("it was exported in form %d by a newer newsq, and this one reads form %d", o.Format, form)
	}
	rec.Exact = &o.Exact
	return true, nil
}
