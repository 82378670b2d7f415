package match

import (
	"slices"
	"time"
)

// Doc is an analysed article to evaluate plans over.
type Doc struct {
	// Texts holds, for each text field but Text, its runs of tokens. A
	// phrase never crosses from one run into the next: a run is the title,
	// one heading, the text of one section, one author's name.
	Texts map[Field][]Run
	// Values holds the whole values of Topic, Lang, ID and Rights: topics in the
	// form of query.TopicPath, languages in that of [LangTag].
	Values    map[Field][]string
	StemTag   string // of the stems of its language, see text.Language
	Published time.Time
	Added     time.Time // to the index
}

// Run is a stretch of tokens.
type Run []Token

// Token is one word of a run.
type Token struct {
	Word     string   // as written and folded
	Stem     string   // empty for a stop word
	Variants []string // stems of the variants that stand here, see text.Variant, in order
	Marks    []string // see MarkPerson and the others, in order
	Starts   Start
}

// IsOf reports whether the token, or a variant of it, has a stem.
func (t *Token) IsOf(stem string) bool {
	return stem != "" && (t.Stem == stem || slices.Contains(t.Variants, stem))
}
