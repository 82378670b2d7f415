package quotation

import (
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// slowLists returns the classes of all words, and the genders of given names.
var slowLists = sync.OnceValues(func() (classes, genders map[string]class) {
	classes, genders = map[string]class{}, map[string]class{}
	for _, l := range lists {
		for w := range strings.FieldsSeq(l.words) {
			classes[w] |= l.class
		}
	}
	for _, l := range givenNames {
		for w := range strings.FieldsSeq(l.words) {
			genders[w] |= l.class
		}
	}
	return classes, genders
})

// slowWords reads the words of a body one character after the other, and looks them up in
// maps: what page.read means.
func slowWords(body string) (words []word) {
	classes, genders := slowLists()
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRuneInString(body[i:])
		if !wordy(r) {
			if n := tagEnd(body[i:]); r == '<' && n > 0 {
				size = n
			}
			i += size
			continue
		}
		end := wordEnd(body, i)
		n := possessive(body[i:end])
		w := word{start: int32(i), end: int32(end - n), possessive: n > 0}
		text := body[i:w.end]
		lower := strings.Map(unicode.ToLower, strings.ReplaceAll(text, "’", "'"))
		w.class = classes[lower]
		w.capital, w.upper = slowCapitals(text)
		if w.capital {
			w.gender = genders[lower]
		}
		words = append(words, w)
		i = end
	}
	return words
}

func slowCapitals(text string) (capital, upper bool) {
	first, _ := utf8.DecodeRuneInString(text)
	if first >= 'a' && first <= 'z' {
		return false, false
	}
	letters := 0
	upper = true
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			upper = upper && unicode.IsUpper(r)
		}
	}
	return unicode.IsUpper(first), upper && letters > 1
}

// checkPage holds the page and the cast of a body equal to what they mean.
func checkPage(t interface{ Fatalf(string, ...any) }, body string) {
	var c cast
	p := &page{}
	p.read(body, quoted(nil, body))
	c.read(p, nil)
	want := slowWords(body)
	if len(want) != len(p.words) {
		t.Fatalf("%q: %d words, want %d", body, len(p.words), len(want))
	}
	for i, w := range p.words {
		got := word{start: w.start, end: w.end, class: w.class, gender: w.gender, capital: w.capital, upper: w.upper, possessive: w.possessive}
		if got != want[i] {
			t.Fatalf("%q: word %d is %+v, want %+v", body, i, got, want[i])
		}
	}
	for i := range c.mentions {
		m := &c.mentions[i]
		if got, want := c.nearestVerb(m), slowNearestVerb(&c, m); got != want {
			t.Fatalf("%q: the verb nearest to %q is %d, want %d", body, c.text(m.first, m.last), got, want)
		}
		full, family := c.text(m.first, m.last), c.family(m)
		for n := range c.chains {
			if c.sameName(&c.chains[n], full, family, m) && !c.keys[n].may(nameKey(full), nameKey(family)) {
				t.Fatalf("%q: the key of %q leaves out %q", body, c.chains[n].name, full)
			}
		}
	}
}

// slowNearestVerb is nearestVerb, by looking at each word.
func slowNearestVerb(c *cast, m *mention) int32 {
	const near = 20
	sentence := c.words[m.first].sentence
	for i := m.last + 1; int(i) < len(c.words) && i <= m.last+near && c.words[i].sentence == sentence; i++ {
		if c.isVerb(i) {
			return i
		}
	}
	for i := m.first - 1; i >= 0 && i >= m.first-near && c.words[i].sentence == sentence; i-- {
		if c.isVerb(i) {
			return i
		}
	}
	return -1
}

// TestPageExhaustive reads all short texts of a few characters.
func TestPageExhaustive(t *testing.T) {
	characters := []string{"a", "S", "1", ".", "'", "’", "é", " ", "<", "\xe2"}
	var each func(s string, left int)
	each = func(s string, left int) {
		checkPage(t, s)
		for _, c := range characters {
			if left > 0 {
				each(s+c, left-1)
			}
		}
	}
	each("", 4)
}

// TestPageRandom reads texts of words that mean something here.
func TestPageRandom(t *testing.T) {
	parts := []string{
		"Kim", "KIM", "Kim Lee", "Lee", "Ana de la Cruz", "Ms. Cruz", "he", "She", "said", "told", "called", "Told", "who", "the", "U.S.", "a.m.",
		"spokeswoman", "statement", "don't", "Lee’s", "LEE'S", "antidisestablishmentarianism", "undersecretary", "ÉCOLE", "1,000", "co-founder", "\u212aim",
		" ", " ", " ", ", ", ". ", "? ", "\n\n", "\n", "“", "”", "\"", "‘", "’", "'", "(", ")", "<b>", "<", "\xff",
	}
	rapid.Check(t, func(t *rapid.T) {
		checkPage(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 60).Draw(t, "parts"), ""))
	})
}

// TestMayMark holds that no mark is passed over by its first byte.
func TestMayMark(t *testing.T) {
	for r := range unicode.MaxRune + 1 {
		if s := string(r); (closers(r) != "" || r == '<') && !mayMark[s[0]] {
			t.Errorf("%q isn't looked at", s)
		}
		for _, closing := range closers(r) {
			if s := string(closing); !mayMark[s[0]] {
				t.Errorf("%q, which closes %q, isn't looked at", s, string(r))
			}
		}
	}
}

// TestMayQuoteSingly holds it equal to a search for each way in which a word may begin.
func TestMayQuoteSingly(t *testing.T) {
	slow := func(body string) bool {
		for _, mark := range [...]string{" '", " ‘", "\n'", "\n‘", "‹"} {
			if strings.Contains(body, mark) {
				return !strings.Contains(body, "''")
			}
		}
		return strings.HasPrefix(body, "'") || strings.HasPrefix(body, "‘")
	}
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", " ", "\n", "'", "‘", "’", "‹"}), 0, 8).Draw(t, "parts"), "")
		if got, want := mayQuoteSingly(body), slow(body); got != want {
			t.Fatalf("%q: %v, want %v", body, got, want)
		}
	})
}
