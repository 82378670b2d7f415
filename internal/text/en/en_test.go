package en

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/texttest"
)

func TestStem(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"negotiations", "negoti"},
		{"sanctions", "sanction"},
		{"elected", "elect"},
		{"dying", "die"},
		{"o'brien", "o'brien"},
		{"f16", "f16"},
		{"f16s", "f16"},
		{"covid19s", "covid19"},
		{"747s", "747"},
		{"c130js", "c130j"},
		{"500ms", "500ms"}, // a unit
		{"a1bs", "a1bs"},
		{"16s", "16"},
		{"1990s", "1990s"}, // a decade is none of its years
		{"90s", "90s"},
		{"5s", "5s"},
		{"c++", "c++"},
		{"выборы", "выборы"},
		{"us", "us"},
	} {
		if got := (Language{}).Stem(tt.in); got != tt.want {
			t.Errorf("Stem(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestIsStop(t *testing.T) {
	for _, w := range []string{"the", "of", "it", "isn't", "because"} {
		if !(Language{}).IsStop(w) {
			t.Errorf("%q is no stop word", w)
		}
	}
	for _, w := range []string{"us", "who", "may", "will", "can", "march", "against", "might", ""} {
		if (Language{}).IsStop(w) {
			t.Errorf("%q is a stop word", w)
		}
	}
}

// Whatever the stemmer does to a word, StemPrefix leads to it.
func TestStemPrefix(t *testing.T) {
	words := strings.Fields("us uses ties studies study dying skies idly gently early only singly news hopping hoped relational " +
		"happiness generously communed arsenals universities nationally abilities exceeded proceeding succeeds cried tied выборы o'brien f16s")
	for _, w := range words {
		if stem := (Language{}).Stem(w); !strings.HasPrefix(w, (Language{}).StemPrefix(stem)) {
			t.Errorf("%s has stem %s, and does not start with %s", w, stem, (Language{}).StemPrefix(stem))
		}
	}
}

// A word begins as StemPrefix says of its stem.
func TestStemPrefixHolds(t *testing.T) {
	check := func(t rapid.TB, word string) {
		if word[0] == '\'' {
			return // no word begins so
		}
		stem := (Language{}).Stem(word)
		if prefix := (Language{}).StemPrefix(stem); !strings.HasPrefix(word, prefix) {
			t.Fatalf("words of the stem %q are looked for at %q, and %q is left out", stem, prefix, word)
		}
	}
	letters := "abcdefghijklmnopqrstuvwxyz'"
	var all func(word string, more int)
	all = func(word string, more int) {
		if word != "" {
			check(t, word)
		}
		for i := 0; more > 0 && i < len(letters); i++ {
			all(word+letters[i:i+1], more-1)
		}
	}
	all("", 3)
	endings := strings.Fields("s es ies ied ed ing edly ingly y ly li er al ence able ization ational fulness ousness iveness biliti logi ogi ion eed eedly e l 's ' s'")
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z][a-z']{0,5}`).Draw(t, "word")
		for _, ending := range rapid.SliceOfN(rapid.SampledFrom(endings), 0, 3).Draw(t, "endings") {
			word += ending
		}
		check(t, word)
	})
}

// The same over all words of real articles.
func TestRealDataStemPrefix(t *testing.T) {
	for _, name := range []string{"reuters", "multilingual"} {
		t.Run(name, func(t *testing.T) {
			tokenizer := text.NewTokenizer(Language{})
			var tokens []text.Token
			for _, r := range texttest.Collection(t, name, 32<<20) {
				tokens = tokenizer.Tokens(tokens[:0], r.Text)
				for _, tok := range tokens {
					if tok.Stem != "" && !strings.HasPrefix(tok.Word, (Language{}).StemPrefix(tok.Stem)) {
						t.Errorf("%s has stem %s", tok.Word, tok.Stem)
					}
				}
			}
		})
	}
}

// A stem is never empty, starts as its word does, and is what a tokenizer says
// of every word but stop words.
func TestStemHolds(t *testing.T) {
	letters := rapid.StringMatching(`[a-zé']{1,12}(ing|ed|s|ly|ies|ness)?`)
	rapid.Check(t, func(t *rapid.T) {
		for _, tok := range text.NewTokenizer(Language{}).Tokens(nil, letters.Draw(t, "s")) {
			stem := (Language{}).Stem(tok.Word)
			if stem == "" || stem[0] != tok.Word[0] || tok.Stem != stem && !(Language{}).IsStop(tok.Word) {
				t.Fatalf("stem of %q is %q, and %q to a tokenizer", tok.Word, stem, tok.Stem)
			}
		}
	})
}

// TestRealDataLexicon: of real articles a lexicon says what a tokenizer does.
func TestRealDataLexicon(t *testing.T) {
	for _, name := range []string{"allsides", "multilingual"} {
		t.Run(name, func(t *testing.T) {
			l, tokenizer := text.NewLexicon(Language{}), text.NewTokenizer(Language{})
			for _, r := range texttest.Collection(t, name, 32<<20) {
				got, want := lexiconTokens(l, r.Text), tokenizer.Tokens(nil, r.Text)
				if !slices.EqualFunc(got, want, func(x, y text.Token) bool { return x.Word == y.Word && x.Stem == y.Stem }) {
					t.Fatalf("of %q: tokens are %v, want %v", r.Text, got, want)
				}
				if l.Full() {
					l = text.NewLexicon(Language{})
				}
			}
		})
	}
}

// lexiconTokens is what a lexicon says of s, without places.
func lexiconTokens(l *text.Lexicon, s string) []text.Token {
	numbers, _ := l.Append(nil, nil, s)
	v := l.Vocabulary()
	tokens := make([]text.Token, len(numbers))
	for i, n := range numbers {
		tokens[i].Word = v.Words[n]
		if stem := v.StemOf[n]; stem > 0 {
			tokens[i].Stem = v.Stems[stem-1]
		}
	}
	return tokens
}

// A prefilter for the prefix of a stem accepts all words of the stem.
func TestPrefilterByStem(t *testing.T) {
	words := strings.Fields("The the U.S. us dying Die lying tie a A I x 1,000.5 Kraków Été été 北京 AT&T C++ don't Korea's Talks talking l'État ﬁne skies sky tying")
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(words), rapid.String()), 1, 30).Draw(t, "words"), " ")
		tokenizer := text.NewTokenizer(Language{})
		all := tokenizer.Tokens(nil, s)
		if len(all) == 0 {
			return
		}
		stem := rapid.SampledFrom(all).Draw(t, "of").Stem
		if stem == "" {
			return
		}
		var p text.Prefilter
		p.AddPrefix((Language{}).StemPrefix(stem))
		accepted, _ := tokenizer.Filter(nil, nil, s, &p)
		for i, tok := range all {
			if tok.Stem == stem && !slices.ContainsFunc(accepted, func(p text.PositionedToken) bool { return p.Position == i }) {
				t.Fatalf("%q: token %d, %q, is left out", s, i, tok.Word)
			}
		}
	})
}
