package agency

import (
	"fmt"

	"github.com/newsq/newsq/corpus/internal/record"
)

var errCutShort = fmt.Errorf("%w: the file ends within the article; fetch or write it again", record.ErrPartial)

// TellCut tells that the file of an article ends within an element of it.
func TellCut(rec *record.Record, element string) {
	rec.Tell(record.Body, record.Value{From: element}, errCutShort)
}
