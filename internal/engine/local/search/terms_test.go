package search

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// The automaton may lead to words that are not near, and must miss none.
func TestFuzzyAutomatonMissesNothing(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abcé")), 1, 7, -1)
	rapid.Check(t, func(t *rapid.T) {
		slot := match.Slot{Kind: match.Fuzzy, Text: word.Draw(t, "want"), Distance: rapid.IntRange(1, 2).Draw(t, "distance")}
		accepts, err := slot.Matcher()
		if err != nil {
			t.Fatal(err)
		}
		a := fuzzyAutomaton(slot)
		if a == nil {
			t.Fatal("no automaton")
		}
		for range 50 {
			w := word.Draw(t, "word")
			state := a.Start()
			for i := range len(w) {
				state = a.Accept(state, w[i])
			}
			if accepts(w) && !a.IsMatch(state) {
				t.Fatalf("%q is within %d of %q, and the automaton does not accept it", w, slot.Distance, slot.Text)
			}
		}
	})
}

// Whatever the stemmer does to a word, stemPrefix leads to it.
func TestStemPrefix(t *testing.T) {
	words := strings.Fields("us uses ties studies study dying skies idly gently early only singly news hopping hoped relational " +
		"happiness generously communed arsenals universities nationally abilities exceeded proceeding succeeds cried tied")
	for _, w := range words {
		if stem := text.Stem(w); !strings.HasPrefix(w, stemPrefix(stem)) {
			t.Errorf("%s has stem %s, and does not start with %s", w, stem, stemPrefix(stem))
		}
	}
}

// The same over all words of a large collection.
func TestRealDataStemPrefix(t *testing.T) {
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		t.Skip("skipped: NEWSQ_DATA does not name a folder with real corpora")
	}
	src, err := corpus.Open(filepath.Join(data, "reuters"), filepath.Join(data, "multilingual"))
	if err != nil {
		t.Fatal(err)
	}
	var a text.Analyzer
	var tokens []text.Token
	for e := range src.Entries(t.Context()) {
		if e.Articles == nil {
			continue
		}
		for article := range e.Articles(t.Context()) {
			tokens = a.Tokens(tokens[:0], article.Body)
			for _, tok := range tokens {
				if !strings.HasPrefix(tok.Word, stemPrefix(tok.Stem)) {
					t.Errorf("%s has stem %s", tok.Word, tok.Stem)
				}
			}
		}
	}
}
