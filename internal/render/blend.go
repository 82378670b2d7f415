package render

import (
	"math"
	"strings"

	"github.com/newsq/newsq/index"
)

// maxListedTerms is the most words that are listed with what they add to a cosine.
const maxListedTerms = 5

// writeBlend writes how a score was made of the one by words, which is explained below.
func (p *page) writeBlend(h *index.Hit, indent int) {
	b := h.Blend
	sum := formatScore(h.Score)
	before := sum + " = "
	line := func(number string, said ...string) {
		first := strings.Repeat(" ", indent) + before + number
		var items []item
		for i, s := range said {
			separator := ", "
			if i < 2 {
				separator = "  "
			}
			items = append(items, item{separator: separator, s: Clean(s), style: p.faint})
		}
		p.writeItems(styled(p.faint, first)+"  ", columnsOf(first)+2, items)
		before = strings.Repeat(" ", len(sum)) + " + "
	}
	words := (1 - b.Weight) * b.Words
	meaning := b.Weight * b.Meaning
	line(formatScore(words), "words", part(1-b.Weight)+formatScore(b.Words)+", of "+formatScore(b.WordsMin)+" to "+formatScore(b.WordsMax)+
		" among "+Count(b.Candidates, "candidate", "candidates"))
	if b.Weight > 0 {
		line(formatScore(meaning), append([]string{"meaning", part(b.Weight) + formatScore(b.Meaning) + ", by cosine " + formatCosine(b.Cosine) + " of " +
			formatCosine(b.CosineMin) + " to " + formatCosine(b.CosineMax)}, cosineParts(b)...)...)
	}
	if b.Decay != 1 {
		before = strings.Repeat(" ", len(sum)) + " − "
		line(formatScore(words+meaning-h.Score), "age", "what is above the last candidate × "+formatNumber(b.Decay))
	}
}

// part writes a weight as a factor; nothing for the whole.
func part(weight float64) string {
	if weight == 1 {
		return ""
	}
	return formatNumber(weight) + " × "
}

// cosineParts says what a cosine is made of. By the model of an endpoint a query has one vector
// as a whole, and nothing is known of parts.
func cosineParts(b *index.Blend) []string {
	if len(b.Terms) == 0 && b.Feedback == 0 {
		return nil
	}
	var said []string
	for i, t := range b.Terms {
		if i == maxListedTerms {
			said = append(said, Count(len(b.Terms)-i, "more word", "more words"))
			break
		}
		said = append(said, t.Stem+" "+formatCosine(t.Cosine))
	}
	if b.Feedback == 0 { // there was none, as with similar articles
		return said
	}
	return append(said, "best hits "+formatCosine(b.Feedback))
}

// formatCosine writes a cosine, or a part of one, with two digits.
func formatCosine(f float64) string {
	if s := formatFixed(math.Abs(f), 2); f < 0 && s != "0.00" {
		return "−" + s
	}
	return formatFixed(math.Abs(f), 2)
}
