// Package bm25f has what scores are made of in every engine: the weights of fields, the
// parameters of BM25, and the statistics that scores depend on beside the articles.
//
// A score is BM25F, in which the weighted frequency of all fields is saturated at once
// (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, 3.6):
//
//	idf * tf / (tf + k1*(1 - b + b*length/mean)),  idf = ln(1 + (N - df + 0.5)/(df + 0.5))
//
// Frequencies and lengths are doubled, as [WeightUnit] says, and so is the norm.
package bm25f

import (
	"encoding/binary"
	"math"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
)

// The parameters k1 and b of BM25, with the values that the literature and other
// engines use.
const (
	K1 = 1.2
	B  = 0.75
)

// The weights of fields, doubled to be whole numbers: title 2.5, headings 1.5, body 1.
const (
	WeightTitle   = 5
	WeightHeading = 3
	WeightBody    = 2
	WeightUnit    = 2

	// VariantDiscount is what a variant of a word counts less than the word.
	VariantDiscount = 1
)

// Weight returns the doubled weight of f; 0 for a field that does not rank.
func Weight(f match.Field) int {
	switch f {
	case match.Title:
		return WeightTitle
	case match.Heading:
		return WeightHeading
	case match.Body:
		return WeightBody
	}
	return 0
}

// Length returns the doubled length of an article: the number of tokens that have a
// stem, each times the weight of its field.
func Length(d *match.Encoded) (n int) {
	for _, f := range [...]match.Field{match.Title, match.Heading, match.Body} {
		runs, start := d.Field(f)
		if len(runs) == 0 {
			continue
		}
		for _, id := range d.TokenIDs[start:runs[len(runs)-1].End] {
			if d.Vocabulary.StemOf[id] != 0 {
				n += Weight(f)
			}
		}
	}
	return n
}

// NormParts returns the two parts of what a frequency is set against: the norm of an
// article is base + perLength*length.
func NormParts(meanLength float64) (base, perLength float64) {
	return WeightUnit * K1 * (1 - B), WeightUnit * K1 * B / meanLength
}

// IDF is how much it tells that something occurs in an article, if it does in df of so
// many articles.
func IDF(articles, df int) float64 {
	n, f := float64(articles), float64(df)
	return math.Log(1 + (n-f+0.5)/(f+0.5))
}

// UnseenArticles are so many articles without a stem that each of several languages is
// taken to have beside those that there are. Else the words of a language with few articles
// would all be frequent, and these would come behind those of other languages.
const UnseenArticles = 30

// StemIDF is IDF of a leaf of a plan: a stem is as rare as it is among the articles in
// its language, of which languages says how many there are; see engine.Request.
func StemIDF(articles int, languages map[string]int, leaf match.Plan, df int) float64 {
	if s, ok := leaf.(match.Stem); ok && languages != nil {
		articles = max(languages[s.Tag()], df) + UnseenArticles
	}
	return IDF(articles, df)
}

// MeanLength is the mean length of so many articles of a total length.
func MeanLength(total uint64, articles int) float64 {
	if total == 0 {
		return 1 // only stop words anywhere: all lengths are 0
	}
	return float64(total) / float64(articles)
}

// Statistics are all that scores depend on beside the articles themselves and the
// plan. With those of an earlier generation, an article that is still there has the
// very score that it had then: frequencies and lengths are its own. So a list can be
// read on, from page to page, while the index is written.
type Statistics struct {
	Articles int
	Length   uint64 // of all articles, doubled
	DocFreqs []int  // by leaf
}

// Encode returns the statistics as engine.Response has them: uvarints.
func (s *Statistics) Encode() string {
	b := make([]byte, 0, 64)
	b = binary.AppendUvarint(b, uint64(s.Articles))
	b = binary.AppendUvarint(b, s.Length)
	for _, n := range s.DocFreqs {
		b = binary.AppendUvarint(b, uint64(n))
	}
	return string(b)
}

// maxArticles bounds the numbers of statistics, which anybody may have written: an
// index holds some millions of articles, and each less than 4 GB of words.
const maxArticles = 1 << 31

// Decode reads what Encode wrote, for the leaves that s has DocFreqs for. The error is
// engine.ErrStatistics.
func (s *Statistics) Decode(from string) error {
	b := []byte(from)
	next := func(most uint64) (n uint64, ok bool) {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > most {
			return 0, false
		}
		b = b[size:]
		return n, true
	}
	articles, ok := next(maxArticles)
	length, lengthOK := next(articles << 32)
	if !ok || !lengthOK || articles == 0 {
		return engine.ErrStatistics
	}
	s.Articles, s.Length = int(articles), length
	for i := range s.DocFreqs {
		n, ok := next(articles)
		if !ok {
			return engine.ErrStatistics
		}
		s.DocFreqs[i] = int(n)
	}
	if len(b) > 0 {
		return engine.ErrStatistics
	}
	return nil
}
