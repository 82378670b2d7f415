package index

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/query"
	"github.com/newsq/newsq/internal/text"
)

// CompleteValue returns the values of a facet that a filter may have whose value is
// being typed, most frequent first: each begins with what was typed, letter by
// letter, as a shell wants it, and goes on as the value does. Where no value begins
// so, they are the rest of names from the word on that does, for a filter by words:
// "oko" becomes "okoye".
func (ix *Index) CompleteValue(ctx context.Context, facet, typed string) ([]string, error) {
	f, err := facetNamed(facet)
	if err != nil {
		return nil, err
	}
	found, err := ix.valuesFrom(ctx, f, typed, func(value string) string { return value })
	if err != nil {
		return nil, err
	}
	var out []string
	for _, v := range found {
		out = append(out, v.Value)
	}
	return out, nil
}

// completeValue returns what a query may become whose last part is a value of a
// field that is being typed.
func (ix *Index) completeValue(ctx context.Context, typed string, part query.Typing) ([]Suggestion, error) {
	if part.Field == "is" && part.Close == "" {
		return completeKind(typed, part), nil
	}
	facet := engine.Facet(facetOfField(part.Field))
	f, ok := facet.Type()
	if !ok {
		return nil, nil // such as words of the title
	}
	write := oneWord
	switch {
	case part.Close != "":
		write = quotable
	case f.Separator != "":
		write = func(value string) string { return value }
	}
	found, err := ix.valuesFrom(ctx, f, typed[part.Value:], write)
	if err != nil {
		return nil, err
	}
	var out []Suggestion
	for _, v := range found {
		out = append(out, Suggestion{Text: typed[:part.Value] + v.Value + part.Close, Articles: v.Count})
	}
	return out, nil
}

// completeKind returns what a query may become whose last part is a kind of sentence that
// is being typed.
func completeKind(typed string, part query.Typing) []Suggestion {
	var out []Suggestion
	for _, kind := range query.Kinds() {
		if goesOn, ok := continued(typed[part.Value:], kind); ok {
			out = append(out, Suggestion{Text: typed[:part.Value] + goesOn})
		}
	}
	return out
}

// valuesFrom returns the values of a facet, as write writes them, that go on from
// what was typed.
func (ix *Index) valuesFrom(ctx context.Context, f engine.FacetType, typed string, write func(string) string) (_ []engine.Count, err error) {
	snap, err := ix.snapshot(ctx, time.Now(), false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, snap.Close(ctx)) }()
	known, err := valuesOf(ctx, snap, f.Name, nil)
	if err != nil {
		return nil, err
	}
	var whole, parts []engine.Count
	for _, v := range known {
		written := write(v.Value)
		if goesOn, ok := continued(typed, written); ok && written != "" {
			whole = append(whole, engine.Count{Value: goesOn, Count: v.Count})
		} else if f.Separator == "" && !f.IsPeriod() {
			parts = append(parts, fromLaterWords(typed, written, v.Count)...)
		}
	}
	if len(whole) > 0 {
		return alike(whole), nil
	}
	return alike(parts), nil
}

// fromLaterWords returns the rest of a name from each of its words on but the first
// that goes on from what was typed.
func fromLaterWords(typed, name string, count int) []engine.Count {
	var found []engine.Count
	between := false
	for i, r := range name {
		if between && !isBetweenWords(r) {
			if goesOn, ok := continued(typed, name[i:]); ok {
				found = append(found, engine.Count{Value: goesOn, Count: count})
			}
		}
		between = isBetweenWords(r)
	}
	return found
}

func isBetweenWords(r rune) bool { return unicode.IsSpace(r) || r == '-' }

// alike makes one of values that are written alike, such as the surname of two
// people. Its count is that of the most frequent, and so the least that it finds.
func alike(values []engine.Count) []engine.Count {
	seen := make(map[string]bool, len(values))
	return slices.DeleteFunc(values, func(v engine.Count) bool {
		was := seen[v.Value]
		seen[v.Value] = true
		return was
	})
}

// continued returns typed with the rest of value behind it, where value begins so but
// for case and accents.
func continued(typed, value string) (string, bool) {
	want := text.Fold(typed)
	if want == "" {
		return typed + value, true
	}
	if !strings.HasPrefix(text.Fold(value), want) {
		return "", false
	}
	for i, r := range value {
		end := i + utf8.RuneLen(r)
		if next, _ := utf8.DecodeRuneInString(value[min(end, len(value)):]); r == utf8.RuneError || unicode.IsMark(next) {
			continue // a letter is not parted from its accent
		}
		if text.Fold(value[:end]) == want {
			return typed + value[end:], true
		}
	}
	return "", false
}

// oneWord writes a name as one word of a query, which means the same words
// side by side: Harbour-Review. So it needs no quotation marks, which a shell
// would take for its own.
func oneWord(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".'’", r)
	})
	return strings.Join(words, "-")
}

// quotable writes a name as it can stand in quotation marks, which take words and
// leave out what is between them.
func quotable(name string) string {
	marks := func(r rune) bool { return r == '\\' || query.IsQuotationMark(r) }
	return strings.Join(strings.Fields(strings.Join(strings.FieldsFunc(name, marks), " ")), " ")
}
