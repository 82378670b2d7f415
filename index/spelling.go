package index

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/editdist"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

const (
	// maxHitsToMend is the number of articles that a query finds at most for
	// another spelling to be looked for.
	maxHitsToMend = 3
	// minFrequencyRatio is how many times more frequent another spelling must be
	// than a word that occurs: a rare name is not a mistake. A word in more than
	// maxRareDocFreq articles is never one.
	minFrequencyRatio = 50
	maxRareDocFreq    = 10
	// maxRareWords is how many rare words a misspelt query may have. One with more
	// is in another language, or no text.
	maxRareWords = 8
	// maxSpellings is the number of candidates looked at for a word.
	maxSpellings = 24
	// maxMendSearches bounds the searches that are made to choose among candidates.
	maxMendSearches = 120
	// minPart is the length of the shortest part that a word is split into.
	minPart = 2
	// shortLength is the length of words that are mended only where another spelling is
	// in shortShare of the articles that the rest of the query finds. By itself each
	// of them has many neighbours.
	shortLength = 4
	shortShare  = 0.1
	// maxSplit is the length of the longest word that is split, in letters.
	maxSplit = 32
)

// didYouMean returns the query with what is misspelt mended, if that finds more than
// the strict query did; else "". Of the candidates for a word that one is taken which
// finds most together with the rest of the query.
func didYouMean(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery, req *engine.Request, found int) (string, error) {
	if found > maxHitsToMend || q.Text == "" {
		return "", nil
	}
	m := mender{ctx: ctx, snap: snap, q: q, r: r, req: req, found: found}
	if err := m.findFlaws(); err != nil || len(m.flaws) == 0 {
		return "", err
	}
	if err := m.choose(); err != nil {
		return "", err
	}
	return m.result()
}

// mender mends a query.
type mender struct {
	ctx   context.Context
	snap  engine.Snapshot
	q     *Query
	r     *parsedQuery
	req   *engine.Request
	found int

	flaws    []flaw
	searches int
}

// flaw is a place in the query's text that may be wrong, with what may have been
// meant.
type flaw struct {
	text.Span
	options []option
	join    bool    // two words that may be one; neither need be wrong
	short   bool    // a word that the rest of the query must speak for, see shortShare
	chosen  *option // nil if none is better
}

// option is what may stand in the place of a flaw.
type option struct {
	words   []string // folded words of articles; empty with value
	quoted  bool     // they need quotation marks
	value   string   // a value of a field, as a query has it
	penalty float64  // how unlikely the mistake is, as the logarithm of a factor
	found   int      // articles that the query finds with it
}

// The penalties of mistakes.
var (
	secondEdit  = math.Log(20)
	firstLetter = math.Log(10)
	splitWord   = math.Log(2)
)

func (o *option) score() float64 { return math.Log1p(float64(o.found)) - o.penalty }

// text is the option with its words folded, or as written says they are written.
func (o *option) text(written func(string) string) string {
	if o.value != "" {
		return o.value
	}
	words := make([]string, len(o.words))
	for i, w := range o.words {
		words[i] = written(w)
	}
	s := strings.Join(words, " ")
	if o.quoted {
		s = `"` + s + `"`
	}
	return s
}

// findFlaws fills in flaws, in the order of their places.
func (m *mender) findFlaws() error {
	words := queryWords(m.r.written, m.q.Text)
	rare, err := m.rareWords(words)
	if err != nil {
		return err
	}
	if len(rare) <= maxRareWords {
		for _, w := range rare {
			if err := m.addWord(w); err != nil {
				return err
			}
		}
	}
	if err := m.addFields(); err != nil {
		return err
	}
	if len(words) <= 2*maxRareWords {
		if err := m.addJoins(words); err != nil {
			return err
		}
	}
	slices.SortStableFunc(m.flaws, func(a, b flaw) int { return cmp.Compare(a.Start, b.Start) })
	return nil
}

// rareWords returns those of words that may be misspelt.
func (m *mender) rareWords(words []queryWord) ([]queryWord, error) {
	a := m.r.context.Analyzer
	var list []queryWord
	var stems []string
	for _, w := range words {
		if m.edits(w) == 0 && !m.isShort(w) && utf8.RuneCountInString(w.folded) < 2*minPart+1 || a.IsStop(w.folded) || strings.ContainsAny(w.folded, "0123456789") {
			continue
		}
		list = append(list, w)
		for _, a := range m.r.context.Languages() {
			stems = append(stems, a.Stem(w.folded))
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	freqs, err := m.snap.DocFreq(m.ctx, stems...)
	if err != nil {
		return nil, err
	}
	var rare []queryWord
	languages := len(freqs) / len(list)
	for i, w := range list {
		w.articles = 0
		for _, n := range freqs[i*languages:][:languages] {
			w.articles += n
		}
		if w.articles <= maxRareDocFreq {
			rare = append(rare, w)
		}
	}
	return rare, nil
}

// edits is how many edits another spelling of a word may be away.
func (m *mender) edits(w queryWord) int {
	typed := m.q.Text[w.Start:w.End]
	if m.q.Text == strings.ToUpper(m.q.Text) {
		typed = strings.ToLower(typed) // capitals say nothing here
	}
	return allowedEdits(typed)
}

// allowedEdits is how many edits may lie between a word as typed and what was meant.
// Nearly every word of four letters is one edit from another, and every short name
// in capitals is.
func allowedEdits(typed string) int {
	n := utf8.RuneCountInString(typed)
	_, first := utf8.DecodeRuneInString(typed)
	inner := strings.ContainsFunc(typed[first:], unicode.IsUpper) // NATO, alQaeda
	switch {
	case n < 5, inner && n < 6:
		return 0
	case n == 5, inner:
		return 1
	}
	return 2
}

// isShort reports whether a word is mended only where the rest speaks for it.
func (m *mender) isShort(w queryWord) bool {
	typed := m.q.Text[w.Start:w.End]
	return utf8.RuneCountInString(typed) == shortLength && typed != strings.ToUpper(typed)
}

// addWord adds the flaw of a rare word, with other spellings, and with the words that
// it may be made of.
func (m *mender) addWord(w queryWord) error {
	f := flaw{Span: w.Span, short: m.isShort(w)}
	if edits := m.edits(w); edits > 0 || f.short {
		if w.articles > 0 || f.short {
			edits = 1
		}
		near, _, err := m.snap.Terms(m.ctx, match.Text, match.TermPattern{Kind: match.Fuzzy, Text: w.folded, Distance: edits}, maxSpellings)
		if err != nil {
			return err
		}
		for _, c := range near {
			if c.Value == w.folded || c.Count <= minFrequencyRatio*w.articles {
				continue
			}
			if penalty, ok := slip(w.folded, c.Value); ok {
				f.options = append(f.options, option{words: []string{c.Value}, penalty: penalty})
			}
		}
	}
	split, err := m.splits(w)
	if err != nil {
		return err
	}
	if f.options = append(f.options, split...); len(f.options) > 0 {
		m.flaws = append(m.flaws, f)
	}
	return nil
}

// slip returns how unlikely it is that a word was written for another one; whether it
// is likely enough. Two slips in which the first letter is wrong as well are another
// word.
func slip(word, meant string) (penalty float64, ok bool) {
	switch editdist.Distance([]rune(word), []rune(meant), 2) {
	case 1:
		if sameFirst(word, meant) {
			return 0, true
		}
		return firstLetter, true
	case 2:
		return secondEdit, sameFirst(word, meant)
	}
	return 0, false
}

func sameFirst(a, b string) bool {
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return x == y
}

// splits returns the pairs of words that a rare word is without the space between
// them, and that stand side by side in articles.
func (m *mender) splits(w queryWord) ([]option, error) {
	letters := []rune(w.folded)
	if len(letters) < 2*minPart+1 || len(letters) > maxSplit || w.hyphened {
		return nil, nil
	}
	var parts [][]string
	var plans []match.Plan
	for i := minPart; i <= len(letters)-minPart; i++ {
		first, second := string(letters[:i]), string(letters[i:])
		parts = append(parts, []string{first, second})
		plans = append(plans, match.Phrase{Terms: []match.TermPattern{{Kind: match.Exact, Text: first}, {Kind: match.Exact, Text: second}}})
	}
	counts, err := m.totals(plans)
	if err != nil {
		return nil, err
	}
	var found []option
	for i, n := range counts {
		if n > minFrequencyRatio*w.articles {
			found = append(found, option{words: parts[i], quoted: !w.phrase && w.beside < 0, penalty: splitWord})
		}
	}
	return found, nil
}

// addJoins adds flaws for words side by side that are one word in articles.
func (m *mender) addJoins(words []queryWord) error {
	for i := 1; i < len(words); i++ {
		a, b := words[i-1], words[i]
		if a.beside < 0 || a.beside != b.beside || strings.TrimSpace(m.q.Text[a.End:b.Start]) != "" {
			continue
		}
		joined := a.folded + b.folded
		is, _, err := m.snap.Terms(m.ctx, match.Text, match.TermPattern{Kind: match.Exact, Text: joined}, 1)
		if err != nil {
			return err
		}
		if len(is) > 0 {
			m.flaws = append(m.flaws, flaw{Span: text.Span{Start: a.Start, End: b.End}, join: true, options: []option{{words: []string{joined}}}})
		}
	}
	return nil
}

// choose chooses for each flaw what finds most together with the rest of the query.
// Flaws behind it, for which nothing has been chosen yet, are left out meanwhile.
func (m *mender) choose() error {
	total := m.found
	for _, joins := range []bool{false, true} {
		for i := range m.flaws {
			f := &m.flaws[i]
			if f.join != joins {
				continue
			}
			best, err := m.bestOption(i)
			if err == nil && best != nil && f.short {
				best, err = m.spokenFor(i, best)
			}
			if err != nil || best == nil {
				if err != nil {
					return err
				}
				continue
			}
			if joins && best.found <= minFrequencyRatio*total {
				continue // as two words they find as much
			}
			f.chosen = best
			if joins {
				m.dropAround(i)
			}
			total = max(total, best.found)
		}
	}
	return nil
}

// dropAround takes back what was chosen for parts of flaw i.
func (m *mender) dropAround(i int) {
	for j := range m.flaws {
		if j != i && m.flaws[j].Start < m.flaws[i].End && m.flaws[i].Start < m.flaws[j].End {
			m.flaws[j].chosen = nil
		}
	}
}

// spokenFor returns the best option of flaw i, a short word, if it is in enough of the
// articles that the rest of the query finds; else nil.
func (m *mender) spokenFor(i int, best *option) (*option, error) {
	rest := *m.q
	rest.Text, rest.Lenient = m.with(i, &option{value: " "}), true
	if len(text.Words(rest.Text)) == 0 {
		return nil, nil
	}
	r, err := rest.parse(nil)
	if err != nil {
		return nil, nil
	}
	n, err := m.total(r.plan)
	if err != nil || float64(best.found) < shortShare*float64(n) {
		return nil, err
	}
	return best, nil
}

// bestOption returns the best option of flaw i, nil if none finds anything.
func (m *mender) bestOption(i int) (*option, error) {
	f := &m.flaws[i]
	var tried []*option
	var plans []match.Plan
	for j := range f.options {
		o := &f.options[j]
		other := *m.q
		other.Text, other.Lenient = m.with(i, o), true
		r, err := other.parse(nil)
		if err != nil {
			continue // mending broke the syntax
		}
		tried, plans = append(tried, o), append(plans, r.plan)
	}
	counts, err := m.totals(plans)
	if err != nil {
		return nil, err
	}
	var best *option
	for j, o := range tried {
		o.found = counts[j]
		if o.found > 0 && (best == nil || o.score() > best.score()) {
			best = o
		}
	}
	return best, nil
}

// with returns the query's text with an option for flaw i and what was chosen for
// others, and without those that wait.
func (m *mender) with(i int, o *option) string {
	var b strings.Builder
	end := 0
	for j := range m.flaws {
		f := &m.flaws[j]
		if f.Start < end || j != i && f.Start < m.flaws[i].End && m.flaws[i].Start < f.End {
			continue
		}
		replacement := " "
		switch same := func(w string) string { return w }; {
		case j == i:
			replacement = o.text(same)
		case f.chosen != nil:
			replacement = f.chosen.text(same)
		case f.join || j < i:
			continue
		}
		b.WriteString(m.q.Text[end:f.Start] + replacement)
		end = f.End
	}
	return b.String() + m.q.Text[end:]
}

// totals returns the numbers of articles that plans find within the query's filters; 0
// where that would take too long to find out.
func (m *mender) totals(plans []match.Plan) ([]int, error) {
	counts := make([]int, len(plans))
	asked := plans[:min(len(plans), max(0, maxMendSearches-m.searches))]
	m.searches += len(plans)
	if len(asked) == 0 {
		return counts, nil
	}
	found, err := totals(m.ctx, m.snap, m.req, asked)
	if errors.Is(err, engine.ErrTooBroad) && len(asked) > 1 { // any of them
		for i, p := range asked {
			n, err := m.total(p)
			if err != nil {
				return nil, err
			}
			counts[i] = n
		}
		return counts, nil
	}
	if err != nil && !errors.Is(err, engine.ErrTooBroad) {
		return nil, err
	}
	copy(counts, found)
	return counts, nil
}

// total is totals of one plan, of which nobody keeps count.
func (m *mender) total(p match.Plan) (int, error) {
	found, err := totals(m.ctx, m.snap, m.req, []match.Plan{p})
	if errors.Is(err, engine.ErrTooBroad) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return found[0], nil
}

// result returns the mended query, with words as articles write them, if it finds
// more than the query does.
func (m *mender) result() (string, error) {
	var b strings.Builder
	end := 0
	for i := range m.flaws {
		f := &m.flaws[i]
		if f.chosen == nil || f.Start < end {
			continue
		}
		typed := m.q.Text[f.Start:f.End]
		var err error
		written := func(w string) string {
			form, e := writtenForm(m.ctx, m.snap, w)
			err = errors.Join(err, e)
			return asMended(form, typed)
		}
		b.WriteString(m.q.Text[end:f.Start] + f.chosen.text(written))
		if end = f.End; err != nil {
			return "", err
		}
	}
	if end == 0 {
		return "", nil
	}
	other := *m.q
	other.Text = b.String() + m.q.Text[end:]
	r, err := other.parse(nil)
	if err != nil {
		return "", nil // mending broke the syntax: no proposal then
	}
	if n, err := m.total(r.plan); err != nil || n <= m.found {
		return "", err
	}
	return other.Text, nil
}

// asMended returns a form in the case of what it stands for, where that is plain.
func asMended(form, typed string) string {
	switch {
	case !strings.ContainsFunc(typed, unicode.IsUpper):
		return lowerForm(form)
	case utf8.RuneCountInString(typed) > 1 && typed == strings.ToUpper(typed):
		return strings.ToUpper(form)
	}
	first, size := utf8.DecodeRuneInString(form)
	return string(unicode.ToUpper(first)) + form[size:]
}
