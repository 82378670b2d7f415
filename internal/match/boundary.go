package match

import (
	"strings"

	"github.com/newsq/newsq/internal/text"
)

// Start says what starts with a token.
type Start uint8

// What starts. The first token of a run starts both, and says neither.
const (
	StartsSentence  Start = 1 << iota
	StartsParagraph       // and a sentence: no sentence goes on behind a blank line
)

// blankLine is what lies between paragraphs.
const blankLine = "\n\n"

// hasSentences reports whether the runs of a field are cut into sentences. Those of
// others are one sentence each.
func (f Field) hasSentences() bool { return f == Body || f == Summary }

// boundaries are where the sentences and paragraphs of an article start, as its tokens are
// found one text after the other.
type boundaries struct{ sentences, paragraphs []uint32 }

// add adds the boundaries within a run, whose text and the starts of whose tokens in it are
// given, and whose sentences. Its first token has a number in the article.
func (b *boundaries) add(spans []text.Span, s string, starts []uint32, first int) {
	if len(spans) < 2 || len(starts) == 0 {
		return
	}
	next := 1 // the sentence that may start
	// What stands before the first token holds none, such as a stop that was left alone.
	for next < len(spans) && spans[next].Start <= int(starts[0]) {
		next++
	}
	for i := 1; i < len(starts); i++ {
		at := int(starts[i])
		if next == len(spans) || at < spans[next].Start {
			continue
		}
		for next < len(spans) && spans[next].Start <= at {
			next++
		}
		b.sentences = append(b.sentences, uint32(first+i))
		if strings.Contains(s[starts[i-1]:at], blankLine) {
			b.paragraphs = append(b.paragraphs, uint32(first+i))
		}
	}
}
