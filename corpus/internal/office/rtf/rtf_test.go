package rtf

import (
	"errors"
	"io"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const prose = "The port of Vessem was closed on Monday after a storm, and ships waited outside for two days."

func TestRead(t *testing.T) {
	const content = `{\rtf1\ansi{\stylesheet{\s15 Title;}{\s1\outlinelevel0 heading 1;}}{\info{\title Document1}{\author Ada Okoye}{\creatim\yr2026\mo1\dy2}}` +
		`\pard\s15 Ports in winter\par\pard\plain ` + prose + `\par\pard\s1 Ice\par\pard\plain ` + prose + `{\footnote A note.}\par}`
	if !Recognize(reader.NewHead("old.doc", []byte(content), true)) {
		t.Error("it is not recognized by its content")
	}
	recs, faults := readertest.Read(t, Read, "a.rtf", content)
	if len(recs) != 1 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	r := &recs[0]
	if !r.IsFile || r.First(record.Title) != "Ports in winter" || r.First(record.Authors) != "Ada Okoye" || r.Published.Time.Format("2006-01-02") != "2026-01-02" ||
		len(r.Blocks) != 4 || !r.Blocks[1].Heading || r.Blocks[3].Text != "A note." || len(r.Problems) > 0 {
		t.Errorf("%+v", r)
	}
}

func TestCut(t *testing.T) {
	recs, _ := readertest.Read(t, Read, "a.rtf", `{\rtf1 Ports in winter\par `+prose+`\par {\b and`)
	if len(recs) != 1 || len(recs[0].Problems) != 1 || !errors.Is(recs[0].Problems[0].Err, io.ErrUnexpectedEOF) || !errors.Is(recs[0].Problems[0].Err, record.ErrPartial) {
		t.Errorf("%+v", recs)
	}
	if _, faults := readertest.Read(t, Read, "a.rtf", `{\rtf1}`); len(faults) != 1 || !errors.Is(faults[0], record.ErrNoText) {
		t.Errorf("without a text: %v", faults)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi{\info{\title T}}\pard ` + prose + `\par By Ada Okoye\par\trowd\intbl a\cell b\cell\row}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		readertest.Read(t, Read, "a.rtf", string(content))
	})
}

// Plain text under the name of RTF is read as such.
func TestPlain(t *testing.T) {
	recs, faults := readertest.Read(t, Read, "a.rtf", "Ports in winter\n\nThe port of Vessem was closed on Monday.\n")
	if len(recs) != 1 || len(faults) > 0 || len(recs[0].Blocks) == 0 && recs[0].First(record.Body) == "" {
		t.Errorf("%+v, %v", recs, faults)
	}
}
