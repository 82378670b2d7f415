package match

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Match reports whether p matches d. It is slow and plain on purpose: engines
// are held to it.
func Match(p Plan, d *Doc) bool {
	switch p := p.(type) {
	case All:
		return true
	case And:
		return !slices.ContainsFunc(p.Operands, func(q Plan) bool { return !Match(q, d) })
	case Or:
		return slices.ContainsFunc(p.Operands, func(q Plan) bool { return Match(q, d) })
	case Not:
		return !Match(p.Operand, d)
	case Boost:
		return Match(p.Operand, d)
	case Should:
		return Match(p.Operand, d)
	case Stem, Phrase, Near, Spans:
		return len(occurrences(p, d, looksAt(p))) > 0
	case Length:
		return p.contains(d)
	case Value:
		return slices.ContainsFunc(d.Values[p.Field], p.matches)
	case Dates:
		if p.Added {
			return p.Contains(d.Added)
		}
		return p.Contains(d.Published)
	default: // None
		return false
	}
}

// Occurrences returns how often p, a Stem, Phrase, Near or Spans, occurs in the
// title, the headings and the body of d, as far as p looks there. A phrase
// occurs at every token from which it can be read, a Near at every occurrence
// of its first operand that takes part in a match. For all other plans, and
// in all other fields, the counts are 0: they don't score.
func Occurrences(p Plan, d *Doc) (title, heading, body int) {
	in := func(f Field) int {
		if at := looksAt(p); at != f && at != Text {
			return 0
		}
		return len(occurrences(p, d, f))
	}
	return in(Title), in(Heading), in(Body)
}

// VariantOccurrences returns how many of the occurrences of a Stem in title,
// headings and body are variants of the words that stand there; 0 for other
// plans.
func VariantOccurrences(p Plan, d *Doc) (title, heading, body int) {
	s, ok := p.(Stem)
	if !ok {
		return 0, 0, 0
	}
	in := func(f Field) (n int) {
		if s.Field != f && s.Field != Text {
			return 0
		}
		for _, run := range d.Texts[f] {
			for i := range run {
				if run[i].Stem != s.Stem && run[i].IsOf(s.Stem) {
					n++
				}
			}
		}
		return n
	}
	return in(Title), in(Heading), in(Body)
}

// looksAt returns the field of a Stem, Phrase, Near or Spans.
func looksAt(p Plan) Field {
	switch p := p.(type) {
	case Stem:
		return p.Field
	case Phrase:
		return p.Field
	case Near:
		return p.Field
	case Spans:
		return p.Field
	}
	return ID // holds no tokens
}

// runs returns the runs of a field; those of Text are the title's, the
// headings' and the body's.
func (d *Doc) runs(f Field) []Run {
	if f == Text {
		return slices.Concat(d.Texts[Title], d.Texts[Heading], d.Texts[Body])
	}
	return d.Texts[f]
}

// occurrence is where something stands in a run: its first and last token.
type occurrence struct{ first, last int }

// occurrences returns those of a Stem, Phrase, Near or Spans in field f of d.
// Of positions it tells no more than their number, as they are those of
// several runs.
func occurrences(p Plan, d *Doc, f Field) []occurrence {
	if p, ok := p.(Spans); ok {
		return p.occurrences(d, f)
	}
	runs := d.runs(f)
	if len(runs) == 0 {
		return nil
	}
	var found []occurrence
	in := finder(p)
	n, ok := p.(Near)
	for _, run := range runs {
		if ok && n.Marks != "" {
			// A stretch of tokens with the marks is like a run of its own.
			for _, part := range run.partsWith(n.Marks) {
				found = append(found, in(part)...)
			}
			continue
		}
		found = append(found, in(run)...)
	}
	return found
}

// finder returns the function that finds the occurrences of a Stem, Phrase or
// Near in a run, ordered by first token.
func finder(p Plan) func(Run) []occurrence {
	switch p := p.(type) {
	case Stem:
		return func(run Run) []occurrence { return findStem(run, p.Stem) }
	case Phrase:
		accepts := make([]func(Token) bool, len(p.Terms))
		for i, s := range p.Terms {
			accepts[i] = s.tokenMatcher()
		}
		return func(run Run) []occurrence { return findPhrase(run, accepts, p.Slop) }
	case Near:
		operands := make([]func(Run) []occurrence, len(p.Operands))
		for i, phrases := range p.Operands {
			operands[i] = anyFinder(phrases)
		}
		return func(run Run) []occurrence { return p.find(run, operands) }
	}
	return func(Run) []occurrence { return nil }
}

func findStem(run Run, stem string) []occurrence {
	var found []occurrence
	for i, t := range run {
		if t.IsOf(stem) {
			found = append(found, occurrence{i, i})
		}
	}
	return found
}

// findPhrase returns where the words that accepts describes can be read in
// run with at most slop others between them, one occurrence for each first token.
func findPhrase(run Run, accepts []func(Token) bool, slop int) []occurrence {
	if len(accepts) == 0 {
		return nil
	}
	var found []occurrence
	for first := range run {
		last, ok := readFrom(run, first, accepts)
		// Between first and last stand the phrase's own tokens and others.
		if others := last - first - (len(accepts) - 1); ok && others <= slop {
			found = append(found, occurrence{first, last})
		}
	}
	return found
}

// readFrom returns the least last token of a reading that begins at first,
// with any number of other tokens in between. Taking each term's word as
// early as it comes never makes the end later, so this finds the reading with
// the fewest others.
func readFrom(run Run, first int, accepts []func(Token) bool) (last int, ok bool) {
	if !accepts[0](run[first]) {
		return 0, false
	}
	last = first
	for _, accept := range accepts[1:] {
		next := slices.IndexFunc(run[last+1:], accept)
		if next < 0 {
			return 0, false
		}
		last += 1 + next
	}
	return last, true
}

// anyFinder returns the finder of any of the phrases. Those that are found in
// one place count once.
func anyFinder(phrases []Phrase) func(Run) []occurrence {
	finders := make([]func(Run) []occurrence, len(phrases))
	for i, ph := range phrases {
		finders[i] = finder(ph)
	}
	return func(run Run) []occurrence {
		var found []occurrence
		for _, in := range finders {
			found = append(found, in(run)...)
		}
		slices.SortFunc(found, func(a, b occurrence) int {
			return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last))
		})
		return slices.Compact(found)
	}
}

// find returns the occurrences of p's first operand in run from which a chain
// leads over all operands, each within Distance of the next. Only neighbours
// in the list of operands are compared: in "a NEAR b NEAR a" one a may serve
// twice.
func (p Near) find(run Run, operands []func(Run) []occurrence) []occurrence {
	if len(operands) == 0 {
		return nil
	}
	// From the last operand to the first: those occurrences that lead on.
	good := operands[len(operands)-1](run)
	for i := len(operands) - 2; i >= 0 && len(good) > 0; i-- {
		good = p.withinReach(operands[i](run), good)
	}
	return good
}

// withinReach returns those of from that stand within p's distance of one of
// to. Both are ordered by first token, and so is the result.
func (p Near) withinReach(from, to []occurrence) []occurrence {
	longest := 0
	for _, t := range to {
		longest = max(longest, t.last-t.first+1)
	}
	var good []occurrence
	for _, f := range from {
		// What is near f begins in a window around it.
		low := f.first - p.Distance - longest
		i, _ := slices.BinarySearchFunc(to, low, func(t occurrence, low int) int { return cmp.Compare(t.first, low) })
		for ; i < len(to) && to[i].first <= f.last+p.Distance; i++ {
			if p.joins(f, to[i]) {
				good = append(good, f)
				break
			}
		}
	}
	return good
}

// joins reports whether b is within p's distance of a, and after it if p is
// ordered.
func (p Near) joins(a, b occurrence) bool {
	switch {
	case a.last < b.first:
		return b.first-a.last <= p.Distance
	case b.last < a.first:
		return !p.Ordered && a.first-b.last <= p.Distance
	default: // they overlap
		return p.Marks != "" && !p.Ordered
	}
}

// partsWith returns the longest parts of a run in which each token has marks.
func (run Run) partsWith(marks string) []Run {
	var parts []Run
	for i := 0; i < len(run); i++ {
		first := i
		for i < len(run) && run[i].HasMarks(marks) {
			i++
		}
		if i > first {
			parts = append(parts, run[first:i])
		}
	}
	return parts
}

// matches reports whether an article's value v is what p asks for.
func (p Value) matches(v string) bool {
	switch {
	case v == p.Value:
		return true
	case p.Prefix:
		return strings.HasPrefix(v, p.Value)
	case p.Field == Topic || p.Field == MyTag:
		return strings.HasPrefix(v, p.Value+"/")
	case p.Field == Lang:
		return strings.HasPrefix(v, p.Value+"-")
	}
	return false
}

// Contains reports whether an article of the time t lies within the dates.
func (p Dates) Contains(t time.Time) bool {
	if t.IsZero() {
		return false
	}
	from, to := p.From, p.To
	if IsDayAlone(t) {
		from, to = WallClock(from), WallClock(to)
	}
	return (from.IsZero() || !t.Before(from)) && (to.IsZero() || t.Before(to))
}

// IsDayAlone reports whether t is a day whose time isn't known: midnight UTC sharp.
// It is that day in every zone.
func IsDayAlone(t time.Time) bool {
	return t.Equal(t.UTC().Truncate(24 * time.Hour))
}

// InLocation returns t as calendar and clock show it in a location: a day alone stays
// that day.
func InLocation(t time.Time, loc *time.Location) time.Time {
	if t.IsZero() || loc == nil || IsDayAlone(t) {
		return t.UTC()
	}
	return t.In(loc)
}

// WallClock returns the time in UTC at which calendar and clock show what they show
// at t in t's location. Zero stays zero.
func WallClock(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// LangTag returns a language tag in the form in which tags are compared:
// lower case, with "-" between its parts. "pt_BR" is "pt-br".
func LangTag(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "_", "-")
}
