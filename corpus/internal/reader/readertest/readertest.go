// Package readertest runs readers of single formats in tests.
package readertest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// Output keeps what a reader hands on.
type Output struct {
	Records []record.Record
	Faults  []error
	Members []string // names of the files within it, with their content
}

// Emit implements [reader.Sink].
func (o *Output) Emit(rec *record.Record) bool {
	o.Records = append(o.Records, *rec)
	return true
}

// Fail implements [reader.Sink].
func (o *Output) Fail(f *reader.Fault) bool {
	o.Faults = append(o.Faults, f)
	return true
}

// Batches implements [reader.Output], one piece after the other.
func (o *Output) Batches(s reader.Splitter) bool {
	p := s.NewParser()
	for more := true; more; {
		var b reader.Batch
		more = s.Fill(&b)
		for _, piece := range b.Pieces {
			if piece.Fault != nil {
				o.Fail(piece.Fault)
			} else if err := p.Parse(b.Text[piece.Start:piece.End], piece.Number, o); err != nil {
				o.Faults = append(o.Faults, err)
			}
		}
	}
	return true
}

// Enter implements [reader.Output]: it keeps name and content.
func (o *Output) Enter(m *reader.Member) bool {
	b, err := io.ReadAll(m.Content)
	if err != nil {
		o.Faults = append(o.Faults, err)
	}
	o.Members = append(o.Members, m.Name+": "+string(b))
	return true
}

// maxFile bounds files in tests, in bytes.
const maxFile = 4 << 20

// Read reads content as a file of a name.
func Read(t testing.TB, fn reader.Func, name, content string) ([]record.Record, []error) {
	t.Helper()
	o := Run(t, fn, name, content, nil)
	return o.Records, o.Faults
}

// Run is Read with files that lie beside, by their names.
func Run(t testing.TB, fn reader.Func, name, content string, beside map[string]string) *Output {
	t.Helper()
	in := &reader.Input{Context: context.Background(), Name: name, Limits: reader.Limits{MaxFile: maxFile, MaxLine: maxFile}}
	in.Beside = func(name string) (io.ReadCloser, error) {
		s, ok := beside[name]
		if !ok {
			return nil, reader.ErrNoSibling
		}
		return io.NopCloser(bytes.NewReader([]byte(s))), nil
	}
	closing, err := in.Open(bytes.NewReader([]byte(content)), int64(len(content)))
	defer closing()
	o := &Output{}
	if err == nil {
		if in.Stream == nil {
			in.Stream = bufio.NewReader(bytes.NewReader(nil))
		}
		err = fn(in, o)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		o.Faults = append(o.Faults, err)
	}
	return o
}

// First returns the first value of a field of a record.
func First(recs []record.Record, f record.Field) string {
	if len(recs) == 0 {
		return ""
	}
	return recs[0].First(f)
}

// Texts returns the values of a field of a record.
func Texts(rec *record.Record, f record.Field) []string {
	var texts []string
	for _, v := range rec.Values(f) {
		texts = append(texts, v.Text)
	}
	return texts
}

// Show writes what records hold, a line for each field that has values, for
// tests to compare. Values are parted by " | ", records by a blank line.
func Show(recs []record.Record) string {
	var b strings.Builder
	for i := range recs {
		if i > 0 {
			b.WriteByte('\n')
		}
		show(&b, &recs[i])
	}
	return b.String()
}

func show(b *strings.Builder, rec *record.Record) {
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s: %s\n", name, strings.ReplaceAll(value, "\n", `\n`))
		}
	}
	line("place", rec.Place)
	for f := record.NoField + 1; f < record.NumFields; f++ {
		var texts []string
		for _, v := range rec.Values(f) {
			texts = append(texts, v.Text)
		}
		name := f.String()
		if f == record.Lead {
			name = "lead"
		}
		line(name, strings.Join(texts, " | "))
	}
	var blocks []string
	for _, block := range rec.Blocks {
		if block.Heading {
			blocks = append(blocks, "# "+block.Text)
		} else {
			blocks = append(blocks, block.Text)
		}
	}
	line("blocks", strings.Join(blocks, " | "))
	if rec.IsLink {
		line("link", "yes")
	}
	for _, p := range rec.Problems {
		line("problem", p.Err.Error())
	}
}

// Fuzz holds a reader to ending without a panic, whatever it is given, and to
// records that can be told apart.
func Fuzz(f *testing.F, fn reader.Func, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		places := map[string]bool{}
		for _, rec := range Run(t, fn, name, string(content), nil).Records {
			if places[rec.Place] {
				t.Fatalf("two records at %q in %q", rec.Place, content)
			}
			places[rec.Place] = true
		}
	})
}

// Head returns the head of a file.
func Head(name, content string) *reader.Head {
	return reader.NewHead(name, []byte(content), true)
}
