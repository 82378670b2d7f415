package scraper

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/json"
	"github.com/newsq/newsq/corpus/internal/plaintext"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"

	page "github.com/newsq/newsq/corpus/internal/html"
)

// Some programs write an article in two files: what is known of it, and its text.
// Either of them is read with the other beside it, and gives the same article. So it
// has the same global id from both, and is one article of an index, whichever of them
// is read.

// pairID returns an id that both files of an article have.
func pairID(form, known string) record.Value {
	sum := sha256.Sum256([]byte(form + "\n" + known))
	const digits = 6 // bytes of which an id is made
	return record.Value{Text: hex.EncodeToString(sum[:digits]), From: "file beside it"}
}

// beside returns the file of the same name with another extension; "" for a file
// that has not the extension from.
func beside(in *reader.Input, from, to string) string {
	name := in.Name[strings.LastIndexAny(in.Name, `/\`)+1:]
	if stem, ok := strings.CutSuffix(name, from); ok && stem != "" {
		return stem + to
	}
	return ""
}

// siblingBytes is [reader.Input.SiblingBytes] with nil for a file that is not there.
func siblingBytes(in *reader.Input, name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	b, err := in.SiblingBytes(name)
	if errors.Is(err, reader.ErrNoSibling) {
		return nil, nil
	}
	return b, err
}

// RecognizeNewspaper reports whether a file is an article as newspaper4k, or
// newspaper3k, writes it. Files with many, one a line, are JSON as any other.
func RecognizeNewspaper(h *reader.Head) bool {
	return strings.HasSuffix(h.Name, ".json") && isNewspaper(h.Text)
}

func isNewspaper(b []byte) bool {
	for _, mark := range [...]string{`"meta_img"`, `"top_image"`, `"movies"`, `"title"`} {
		if !bytes.Contains(b, []byte(mark)) {
			return false
		}
	}
	return true
}

// ReadNewspaper reads an article of newspaper4k, whose text may lie beside it once
// more, in a file of the same name. Its keywords are those words that occur most, and
// no topics.
func ReadNewspaper(in *reader.Input, out reader.Output) error {
	b, err := siblingBytes(in, beside(in, ".json", ".txt"))
	return errors.Join(err, json.Read(in, &paired{Output: out, text: letters(b)}))
}

// ReadPlain reads a plain text. One that newspaper4k has written beside an article is
// that article.
func ReadPlain(in *reader.Input, out reader.Output) error {
	name := beside(in, ".txt", ".json")
	f, err := in.Sibling(name)
	if name == "" || err != nil {
		return plaintext.Read(in, out) // whoever reads the other file tells of it
	}
	const headBytes = 64 << 10
	head := make([]byte, headBytes)
	n, _ := f.Read(head)
	_ = f.Close() // nothing was written
	if !isNewspaper(head[:n]) {
		return plaintext.Read(in, out)
	}
	article, err := siblingBytes(in, name)
	if err != nil {
		return plaintext.Read(in, out)
	}
	text, err := in.Bytes()
	if err != nil {
		return err
	}
	p := &paired{Output: out, text: letters(text), only: true}
	if err := json.Read(in.With(article), p); err == nil && p.found {
		return nil
	}
	return plaintext.Read(in.With(text), out)
}

// paired hands on articles, of which those with a text get the id of a pair. With only
// set it hands on nothing else.
type paired struct {
	reader.Output
	text  string // letters of the text in the other file
	only  bool
	found bool
}

// Emit implements [reader.Sink].
func (p *paired) Emit(rec *record.Record) bool {
	topics := slices.DeleteFunc(slices.Clone(rec.Values(record.Topics)), func(v record.Value) bool { return v.From == "keywords" })
	rec.Drop(record.Topics)
	rec.Set(record.Topics, record.Mapped, topics)
	is := p.text != "" && letters([]byte(rec.Text())) == p.text
	if is {
		known := rec.First(record.URL)
		if known == "" {
			known = rec.First(record.Title) + "\n" + p.text
		}
		rec.SetFinal(record.ID, pairID("newspaper", known))
		rec.GlobalID, p.found = true, true
	}
	return !is && p.only || p.Output.Emit(rec)
}

// Fail implements [reader.Sink].
func (p *paired) Fail(f *reader.Fault) bool { return p.only || p.Output.Fail(f) }

// Batches implements [reader.Output], one piece after the other: there is one.
func (p *paired) Batches(s reader.Splitter) bool {
	parser := s.NewParser()
	var b reader.Batch
	for more := true; more; {
		b.Text, b.Pieces = b.Text[:0], b.Pieces[:0]
		more = s.Fill(&b)
		for _, piece := range b.Pieces {
			err := error(piece.Fault)
			if piece.Fault == nil {
				err = parser.Parse(b.Text[piece.Start:piece.End], piece.Number, p)
			}
			if err != nil && !p.Fail(faultOf(err, piece.Number)) {
				return false
			}
		}
	}
	return true
}

// faultOf returns an error of a line as a fault.
func faultOf(err error, line int) *reader.Fault {
	if f, ok := errors.AsType[*reader.Fault](err); ok {
		return f
	}
	return &reader.Fault{Line: line, Err: err}
}

// letters returns the letters and digits of a text, which two files have alike.
func letters(b []byte) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, string(b))
}

// RecognizeReadabilityText reports whether a file may be the text that Readability
// extracted: it has its name, and is a piece of a page.
func RecognizeReadabilityText(h *reader.Head) bool {
	return metadataOf(h.Name) != "" && h.Contains(`id="readability-page-`) && !h.HasPrefix("<!doctype") && !h.HasPrefix("<html")
}

// metadataOf returns the name of the file of metadata to a text; "" for none.
func metadataOf(text string) string {
	for metadata, name := range texts {
		if name == text {
			return metadata
		}
	}
	return ""
}

// ReadReadabilityText reads a text of Readability, with the metadata beside it. Without
// these it is a piece of HTML as any other.
func ReadReadabilityText(in *reader.Input, out reader.Output) error {
	name := strings.ToLower(in.Name[strings.LastIndexAny(in.Name, `/\`)+1:])
	metadata, err := siblingBytes(in, metadataOf(name))
	if err != nil {
		return err
	}
	if !RecognizeReadability(reader.NewHead(metadataOf(name), metadata, true)) {
		return page.Read(in, out)
	}
	text, err := in.Bytes()
	if err != nil {
		return err
	}
	return readReadability(in.With(metadata), out, text)
}
