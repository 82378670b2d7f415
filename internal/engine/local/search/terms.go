package search

import (
	"context"
	"fmt"
	"regexp/syntax"
	"sync"

	api "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum/levenshtein"

	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/match"
)

// compiledPattern is a term pattern made ready to be looked up in any term
// dictionary.
type compiledPattern struct {
	accepts   func(word string) bool
	automaton api.Automaton // leads to all words that are accepted, and to some others; nil leads to all
	from, to  []byte        // the range in which these words lie; nil is open
	cost      int           // steps for each word tried
}

func compilePattern(ctx context.Context, res *resources, pattern match.TermPattern) (*compiledPattern, error) {
	p := &compiledPattern{cost: stepsPerWord}
	var err error
	switch pattern.Kind {
	case match.SameStem:
		p.cost = stepsPerWord + stepsPerStem
	case match.Regex:
		if p.cost, err = regexCost(pattern.Text); err != nil {
			return nil, err
		}
	}
	if p.accepts, err = pattern.Matcher(res.analyzer); err != nil {
		return nil, err
	}
	if prefix := literalPrefix(pattern, res.analyzer); prefix != "" {
		p.from, p.to = []byte(prefix), reader.PrefixEnd([]byte(prefix))
	}
	if p.automaton = fuzzyAutomaton(pattern); p.automaton != nil {
		err = res.spend(ctx, stepsPerAutomaton)
	}
	return p, err
}

// regexCost returns the steps that it takes to try a word: it is led through
// the instructions of a program.
func regexCost(pattern string) (int, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0, err
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return 0, err
	}
	return stepsPerWord + stepsPerRegex + len(prog.Inst), nil
}

// maxCompiledPatterns is how many patterns a query keeps: an automaton takes some
// hundred kilobytes.
const maxCompiledPatterns = 32

// pattern returns the compiled form of a pattern. It is kept, as each is looked up
// in several fields and segments.
func (res *resources) pattern(ctx context.Context, pattern match.TermPattern) (*compiledPattern, error) {
	if p := res.patterns[pattern]; p != nil {
		return p, nil
	}
	p, err := compilePattern(ctx, res, pattern)
	if err == nil {
		if res.patterns == nil || len(res.patterns) == maxCompiledPatterns {
			res.patterns = map[match.TermPattern]*compiledPattern{}
		}
		res.patterns[pattern] = p
	}
	return p, err
}

// expand calls f for the postings of each word that a pattern stands for in a field,
// in the order of the words. All of a tagged stem is among its variants.
func expand(ctx context.Context, s *reader.Segment, res *resources, field string, pattern match.TermPattern, f func(word []byte, list segment.PostingList) error) error {
	if isTaggedStem(pattern) {
		return nil
	}
	return eachWord(ctx, s, res, field, pattern, f)
}

// eachWord calls f for the postings of each word that a pattern stands for by itself, in
// whatever language.
func eachWord(ctx context.Context, s *reader.Segment, res *resources, field string, pattern match.TermPattern, f func(word []byte, list segment.PostingList) error) error {
	if pattern.Kind == match.Exact {
		list, ok, err := s.Postings(field, pattern.Text)
		if err != nil || !ok {
			return err
		}
		if err := res.spend(ctx, stepsPerTerm); err != nil {
			return err
		}
		return f([]byte(pattern.Text), list)
	}
	p, err := res.pattern(ctx, pattern)
	if err != nil {
		return err
	}
	return s.EachTerm(field, p.automaton, p.from, p.to, func(t *segment.Term) error {
		if err := res.spend(ctx, p.cost); err != nil || !p.accepts(string(t.Bytes)) {
			return err
		}
		list, err := t.Postings()
		if err != nil {
			return fmt.Errorf("postings of %s:%q: %w", field, t.Bytes, err)
		}
		if err := res.spend(ctx, stepsPerTerm); err != nil {
			return err
		}
		return f(t.Bytes, list)
	})
}

// isTaggedStem reports whether a pattern is a stem of a language other than English. All
// that has such a stem is in the field of variants, with positions: its words alone don't
// tell which language they are in.
func isTaggedStem(pattern match.TermPattern) bool {
	return pattern.Kind == match.SameStem && analysis.StemTag(pattern.Text) != ""
}

// variants returns the postings of the variants that a pattern stands for in a
// field, beside its words; ok is false where there are none.
func variants(ctx context.Context, s *reader.Segment, res *resources, field string, pattern match.TermPattern) (list segment.PostingList, ok bool, err error) {
	if pattern.Kind != match.SameStem {
		return list, false, nil
	}
	if list, ok, err = s.Postings(schema.VariantField(field), pattern.Text); ok && err == nil {
		err = res.spend(ctx, stepsPerTerm)
	}
	return list, ok, err
}

// maxAutomaton bounds the word that an automaton is built for, in bytes: its
// states grow with it, and longer words are rare enough to be walked to.
const maxAutomaton = 64

// builders hold the tables that automata are made of, by distance. They depend on
// nothing else, and take some milliseconds to compute.
var builders = [...]func() (*levenshtein.LevenshteinAutomatonBuilder, error){
	1: sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(1, true)
	}),
	2: sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
		return levenshtein.NewLevenshteinAutomatonBuilder(2, true)
	}),
}

// fuzzyAutomaton returns an automaton that leads to the words near that of a fuzzy
// pattern, or nil, which leads to all. Its own predicate decides in either case.
func fuzzyAutomaton(pattern match.TermPattern) api.Automaton {
	if pattern.Kind != match.Fuzzy || pattern.Distance < 1 || pattern.Distance >= len(builders) || len(pattern.Text) > maxAutomaton {
		return nil
	}
	b, err := builders[pattern.Distance]()
	if err != nil {
		return nil
	}
	dfa, err := b.BuildDfa(pattern.Text, uint8(pattern.Distance))
	if err != nil {
		return nil
	}
	return dfa
}

// Terms returns the words that a term pattern stands for in a view, as
// engine.Snapshot has it, without variants. a gives their stems.
func Terms(ctx context.Context, v *reader.View, a analysis.Analyzer, f match.Field, pattern match.TermPattern, limit int) (list []engine.Count, more int, err error) {
	if pattern.Kind == match.Exact {
		return exactTerm(ctx, v, f, pattern.Text, limit)
	}
	counts := map[string]int{}
	res := newResources(v.Articles, a)
	for _, seg := range v.Segments {
		for _, f := range fieldParts(f) {
			err := eachWord(ctx, seg, res, schema.WordField(f), pattern, func(word []byte, list segment.PostingList) error {
				n, err := seg.LiveCount(list)
				if n > 0 {
					counts[string(word)] += n
				}
				return err
			})
			if err != nil {
				return nil, 0, err
			}
		}
	}
	list = engine.SortCounts(counts)
	if len(list) > limit {
		list, more = list[:limit:limit], len(list)-limit
	}
	return list, more, nil
}

// exactTerm is Terms for a word as written. Most searches of one word ask for it.
func exactTerm(ctx context.Context, v *reader.View, f match.Field, word string, limit int) (list []engine.Count, more int, err error) {
	n := 0
	for _, seg := range v.Segments {
		for _, f := range fieldParts(f) {
			list, ok, err := seg.Postings(schema.WordField(f), word)
			if err == nil && ok {
				var live int
				live, err = seg.LiveCount(list)
				n += live
			}
			if err != nil {
				return nil, 0, err
			}
		}
	}
	switch {
	case n == 0 || ctx.Err() != nil:
		return nil, 0, ctx.Err()
	case limit < 1:
		return nil, 1, nil
	}
	return []engine.Count{{Value: word, Count: n}}, 0, nil
}

// literalPrefix is what every word that a pattern stands for starts with.
func literalPrefix(pattern match.TermPattern, a analysis.Analyzer) string {
	switch pattern.Kind {
	case match.Prefix:
		return pattern.Text
	case match.Wildcard:
		for i, r := range pattern.Text {
			if r == '*' || r == '?' {
				return pattern.Text[:i]
			}
		}
	case match.SameStem:
		if isTaggedStem(pattern) {
			a = analysis.OfStem(pattern.Text)
		}
		return a.StemPrefix(pattern.Text)
	}
	return ""
}
