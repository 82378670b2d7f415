package render

import (
	"io"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// Quotations writes quotations for a person: each with its speaker and its article, and
// a line with how many there are.
func Quotations(w io.Writer, res *index.QuotationResults, opt Options) error {
	p := newPage(w, opt)
	hits := make([]index.Hit, len(res.Quotations))
	for i := range res.Quotations {
		hits[i].ID = res.Quotations[i].Article.ID
	}
	for i, id := range shortIDs(hits) {
		p.writeFound(&res.Quotations[i], id)
		p.writeLine()
	}
	p.writeAliasesFound(res.Aliases)
	said := Count(len(res.Quotations), "quotation", "quotations")
	if res.More > 0 {
		said += " of " + strconv.Itoa(len(res.Quotations)+res.More)
	}
	if said += " in " + Count(res.Read, "article", "articles"); res.Read < res.Articles {
		said += ", the best of " + Count(res.Articles, "article", "articles")
		if !res.Exact {
			said += " or more"
		}
	}
	if opt.Timing {
		said += " in " + Duration(res.Took)
	}
	p.writeLine(styled(p.faint, said))
	return p.err
}

// writeFound writes one quotation: what was said, who said it, and where it stands.
func (p *page) writeFound(f *index.FoundQuotation, id string) {
	rank := strconv.Itoa(f.Rank) + ". "
	indent := max(len(rank), len("10. "))
	blank := strings.Repeat(" ", indent)
	p.writeQuoted(styled(p.faint, pad(rank, indent)), indent, &f.Quotation, f.Matches)
	if f.Quotation.Speaker != "" {
		p.writeWrapped(blank, indent, text{s: f.Quotation.Speaker, base: p.title})
	}
	a := &f.Article
	p.writeWrapped(blank, indent, text{s: titleOf(a), base: p.plain, link: linkTarget(a.URL, a.Path)})
	facts := []item{{s: truncate(id, p.opt.width()-indent), style: p.id}}
	if a.Source != "" {
		facts = append(facts, item{separator: " · ", s: Clean(a.Source), style: p.faint})
	}
	if !a.Published.IsZero() {
		facts = append(facts, item{separator: " · ", s: p.published(a), style: p.faint})
	}
	if n := len(f.AlsoIn); n > 0 {
		facts = append(facts, item{separator: " · ", s: "also in " + Count(n, "other article", "other articles"), style: p.faint})
	}
	if p.opt.Score {
		facts = append(facts, item{separator: " · ", s: "score " + formatScore(f.Score), style: p.faint})
	}
	p.writeItems(blank, indent, facts)
}

// writeQuoted writes a quotation with printed marks, whatever marks the article has.
func (p *page) writeQuoted(first string, indent int, q *corpus.Quotation, matches []index.Span) {
	marks := make([]index.Span, len(matches))
	for i, m := range matches {
		marks[i] = index.Span{Start: m.Start + len("“"), End: m.End + len("“")}
	}
	p.writeWrapped(first, indent, text{s: "“" + q.Text + "”", marks: marks, base: p.plain, match: p.match})
}

// QuotationsJSON writes quotations as one JSON object.
func QuotationsJSON(w io.Writer, query string, by []string, res *index.QuotationResults) error {
	return wire.Write(w, wire.NewQuotations(query, by, res))
}

// ArticleQuotations writes what an article quotes, in its order: below its title, each
// quotation with who said it.
func ArticleQuotations(w io.Writer, a *corpus.Article, marks func(text string) []index.Span, opt Options) error {
	opt.Width = min(opt.width(), maxTextWidth)
	p := newPage(w, opt)
	if marks == nil {
		marks = func(string) []index.Span { return nil }
	}
	p.writeWrapped("", 0, text{s: titleOf(a), marks: marks(a.Title), base: p.title, match: p.titleMatch, link: linkTarget(a.URL, a.Path)})
	p.writeLine()
	const indent = 2
	for i := range a.Quotations {
		q := &a.Quotations[i]
		if i == 0 || q.Speaker != a.Quotations[i-1].Speaker {
			if i > 0 {
				p.writeLine()
			}
			speaker := q.Speaker
			if speaker == "" {
				speaker = "(not known who)"
			}
			p.writeWrapped("", 0, text{s: speaker, base: p.section})
		}
		p.writeQuoted(strings.Repeat(" ", indent), indent, q, marks(q.Text))
	}
	if len(a.Quotations) == 0 {
		p.writeLine(styled(p.faint, "no quotations"))
	}
	return p.err
}
