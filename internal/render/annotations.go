package render

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// AnnotatedJSON writes what a person wrote about an article.
func AnnotatedJSON(w io.Writer, a *index.Annotated) error { return wire.Write(w, wire.NewAnnotated(a)) }

// AnnotatedJSONL writes what a person wrote about articles, a line for each, as they come.
// It returns how many there were, and the first error among them.
func AnnotatedJSONL(w io.Writer, list iter.Seq2[index.Annotated, error]) (n int, err error) {
	for a, err := range list {
		if err == nil {
			err = AnnotatedJSON(w, &a)
		}
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// TagReportJSON writes what tagging did, or would do.
func TagReportJSON(w io.Writer, r *index.TagReport, dryRun bool) error {
	return wire.Write(w, wire.NewTagReport(r, dryRun))
}

// TagsJSON writes tags with their counts.
func TagsJSON(w io.Writer, tags []index.TagCount, orphaned int) error {
	return wire.Write(w, wire.NewTags(tags, orphaned))
}

// TagsImportJSON writes what importing tags and notes did.
func TagsImportJSON(w io.Writer, r index.AnnotationsImport) error {
	return wire.Write(w, wire.NewTagsImport(r))
}

// Annotated writes what a person wrote about an article: its title, its tags and its notes.
func Annotated(w io.Writer, a *index.Annotated, opt Options) error {
	opt.Width = min(opt.width(), maxTextWidth)
	p := newPage(w, opt)
	title := Clean(a.Title)
	if title == "" {
		title = Clean(a.ID)
	}
	p.writeWrapped("", 0, text{s: title, base: p.title, match: p.titleMatch})
	facts := []item{{s: Clean(a.ID), style: p.id}}
	if a.Orphaned {
		facts = append(facts, item{separator: " · ", s: "not in the index", style: p.faint})
	}
	p.writeItems("", 0, facts)
	p.writeAnnotations(&a.Annotations, true)
	return p.err
}

// writeAnnotations writes a line of tags, and for each note who wrote it when, and its text;
// with ids if notes may be named next.
func (p *page) writeAnnotations(a *corpus.Annotations, ids bool) {
	p.writeList("my tags", tagPaths(a))
	for i := range a.Notes {
		n := &a.Notes[i]
		head := "note"
		for _, s := range p.noteFacts(n, ids) {
			head += " · " + s
		}
		p.writeLine()
		p.writeLine(styled(p.faint, head))
		p.writeParagraphs(n.Text, nil, p.plain)
	}
}

// noteFacts returns who wrote a note and when.
func (p *page) noteFacts(n *corpus.Note, id bool) (facts []string) {
	if id {
		facts = append(facts, Clean(n.ID))
	}
	if !n.Added.IsZero() {
		facts = append(facts, Moment(n.Added, p.opt.Location))
	}
	if n.By != "" {
		facts = append(facts, Clean(n.By))
	}
	if !n.Edited.IsZero() {
		facts = append(facts, "edited "+Moment(n.Edited, p.opt.Location))
	}
	return facts
}

func tagPaths(a *corpus.Annotations) []string {
	paths := make([]string, len(a.Tags))
	for i, t := range a.Tags {
		paths[i] = t.Path
	}
	return paths
}

// maxHitNotes is how many notes a hit shows: the last ones.
const maxHitNotes = 2

// writeOwn writes what a person wrote about a hit: tags, and the beginnings of notes.
func (p *page) writeOwn(h *index.Hit, indent int) {
	a := h.Article.Annotations
	if a == nil {
		return
	}
	lead := strings.Repeat(" ", indent)
	var tags []item
	for _, path := range tagPaths(a) {
		tags = append(tags, item{separator: " ", s: "+" + Clean(path), style: p.heading})
	}
	if len(tags) > 0 {
		p.writeItems(lead, indent, tags)
	}
	for _, n := range a.Notes[max(0, len(a.Notes)-maxHitNotes):] {
		s := strings.Join(strings.Fields(n.Text), " ")
		p.writeItems(lead, indent, []item{{s: truncate("note: "+Clean(s), p.opt.width()-indent), style: p.plain}})
	}
	if more := len(a.Notes) - maxHitNotes; more > 0 {
		p.writeItems(lead, indent, []item{{s: "and " + Count(more, "older note", "older notes"), style: p.faint}})
	}
}

// Tags writes tags with the number of articles that have each, and of those that aren't in
// the index.
func Tags(w io.Writer, tags []index.TagCount, opt Options) error {
	p := newPage(w, opt)
	names, counts := 0, 0
	for _, t := range tags {
		names = max(names, columnsOf(Clean(t.Tag)))
		counts = max(counts, len(humanize.Comma(int64(t.Articles))))
	}
	names = min(names, max(20, p.opt.width()-counts-2))
	for _, t := range tags {
		n := humanize.Comma(int64(t.Articles))
		line := []string{pad(truncate(Clean(t.Tag), names), names), "  ", strings.Repeat(" ", counts-len(n)), styled(p.faint, n)}
		if t.Orphaned > 0 {
			line = append(line, styled(p.faint, "  and "+humanize.Comma(int64(t.Orphaned))+" not in the index"))
		}
		p.writeLine(line...)
	}
	return p.err
}

// maxAnnotatedLine bounds a line that is imported. The notes that an article may have take a
// megabyte, twice that with escapes; the text of an exported article may be much longer.
const maxAnnotatedLine = 64 << 20

// annotatedLine is a line that is imported: annotations, or an exported article with them.
type annotatedLine struct {
	wire.Annotated
	Type string              `json:"type"`
	Of   *corpus.Annotations `json:"annotations"` // where the type is that of an article
}

// readAnnotatedLine reads a line; nil for an article without annotations.
func readAnnotatedLine(line []byte) (*index.Annotated, error) {
	var form annotatedLine
	err := json.Unmarshal(line, &form)
	switch {
	case err != nil:
		return nil, err
	case form.ID == "":
		return nil, errors.New("no id of an article")
	case form.Type == wire.RecordType && form.Of == nil:
		return nil, nil
	case form.Type == wire.RecordType:
		form.Tags, form.Notes = form.Of.Tags, form.Of.Notes
	}
	a := form.Annotations()
	return &a, nil
}

// ReadAnnotated reads what AnnotatedJSONL wrote, or an export of articles as JSON Lines, of a
// file that is named where. An error names the line.
func ReadAnnotated(r io.Reader, where string) iter.Seq2[index.Annotated, error] {
	return func(yield func(index.Annotated, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxAnnotatedLine)
		n := 1
		for ; lines.Scan(); n++ {
			if strings.TrimSpace(lines.Text()) == "" {
				continue
			}
			a, err := readAnnotatedLine(lines.Bytes())
			if err != nil {
				yield(index.Annotated{}, fmt.Errorf("%s, line %d: %w; write lines as  newsq tags export  does", where, n, err))
				return
			}
			if a != nil && !yield(*a, nil) {
				return
			}
		}
		err := lines.Err()
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("it is longer than %d MB", maxAnnotatedLine>>20)
		}
		if err != nil {
			yield(index.Annotated{}, fmt.Errorf("%s, line %d: %w", where, n, err))
		}
	}
}
