package render

import (
	"io"
	"iter"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// maxListedCopies is the most copies that are named.
const maxListedCopies = 3

// Similar writes articles that are similar to one, for a person: which one, the hits with
// their passages, and a line about what they were found by.
func Similar(w io.Writer, res *index.SimilarResults, opt Options) error {
	p := newPage(w, opt)
	const first = "similar to  "
	p.writeWrapped(styled(p.faint, first), len(first), text{s: titleOf(&res.Article), base: p.faint})
	p.writeLine()
	short := shortIDs(res.Hits)
	for i := range res.Hits {
		p.writeHit(&res.Hits[i], short[i])
		p.writeLine()
	}
	said := Count(len(res.Hits), "article", "articles") + " by " + Count(len(res.Terms), "word", "words")
	if res.RankedBy == index.RankBlend {
		said += " and meaning"
	}
	if opt.Timing {
		said += " in " + Duration(res.Took)
	}
	p.writeLine(styled(p.faint, said))
	p.writeCopies(res.Copies)
	return p.err
}

// writeCopies writes what was left out.
func (p *page) writeCopies(copies []index.SimilarCopy) {
	if len(copies) == 0 {
		return
	}
	first := Count(len(copies), "copy", "copies") + " left out: "
	var ids []item
	for i, c := range copies {
		if i == maxListedCopies {
			ids = append(ids, item{separator: ", ", s: Count(len(copies)-i, "more", "more"), style: p.faint})
			break
		}
		ids = append(ids, item{separator: ", ", s: Clean(c.ID), style: p.faint})
	}
	p.writeItems(styled(p.faint, first), len(first), ids)
}

// SimilarHits returns the hits of similar articles.
func SimilarHits(res *index.SimilarResults) iter.Seq2[index.Hit, error] {
	return HitsOf(&index.Results{Hits: res.Hits})
}

// SimilarJSON writes articles that are similar to one.
func SimilarJSON(w io.Writer, res *index.SimilarResults) error {
	return wire.Write(w, wire.NewSimilar(res))
}
