package index_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// A part of an article in another language is found and marked by its own forms of words.
func TestForeignPart(t *testing.T) {
	english := "The harbour board published its statement in two languages. The board said that ferries would run again on Monday and that tickets keep their value."
	german := "Die Hafenbehörde teilte am Freitag mit, dass die Fähren ab Montag wieder verkehren werden. Bereits gekaufte Fahrkarten behalten ihre Gültigkeit, und die Häuser am Kai bleiben bis dahin geschlossen, wie der Vorstand nach der Sitzung erklärte."
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix,
		corpus.Article{ID: "mixed", Title: "Harbour statement", Body: english + "\n\n" + german, Language: "en"},
		corpus.Article{ID: "german", Title: "Ein Haus am Kai", Body: strings.Repeat("Das Haus am Kai ist alt. ", 4), Language: "de"},
		corpus.Article{ID: "english", Title: "Fares", Body: english, Language: "en"},
	)
	res := search(t, ix, index.Query{Text: "haus", NoAliases: true})
	if len(res.Hits) != 2 {
		t.Fatalf("%d hits, want 2", len(res.Hits))
	}
	for _, h := range res.Hits {
		if h.ID != "mixed" {
			continue
		}
		if len(h.Snippets) == 0 || len(h.Snippets[0].Matches) == 0 {
			t.Fatalf("nothing is marked: %+v", h.Snippets)
		}
		s := h.Snippets[0]
		if word := s.Text[s.Matches[0].Start:s.Matches[0].End]; word != "Häuser" {
			t.Errorf("%q is marked", word)
		}
	}
	if res := search(t, ix, index.Query{Text: "fahrkarte häuser kai", NoAliases: true, Match: index.MatchStrict}); len(res.Hits) != 1 || res.Hits[0].ID != "mixed" {
		t.Errorf("three words of the part: %+v", res.Hits)
	}
}

// A stop word of one language is a word in another, and is left out of articles in the
// first alone.
func TestStopWordsByLanguage(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix,
		corpus.Article{ID: "war", Title: "The war", Body: "Crisis and war in the north.", Language: "en"},
		corpus.Article{ID: "peace", Title: "The crisis", Body: "A crisis without more.", Language: "en"},
		corpus.Article{ID: "krise", Title: "Die Krise", Body: "Crisis ist das Wort dafür.", Language: "de"},
	)
	for query, want := range map[string]string{
		"war crisis":         "krise war",
		"=war crisis":        "war",
		"war":                "war",
		"war OR crisis":      "krise peace war",
		"lang:en war crisis": "war",
		"crisis die krise":   "krise",
		"crisis -war":        "krise peace",
	} {
		res := search(t, ix, index.Query{Text: query, NoAliases: true, Match: index.MatchStrict})
		if got := strings.Join(sorted(ids(res.Hits)), " "); got != want {
			t.Errorf("%s finds %s, want %s", query, got, want)
		}
	}
	res := search(t, ix, index.Query{Text: "war crisis", NoAliases: true})
	for _, h := range res.Near {
		if h.ID == "krise" || h.ID == "war" {
			t.Errorf("%s has all words, and lacks %v", h.ID, h.Missing)
		}
	}
}

// A Persian word that some write joined and others as two words is found in both ways.
func TestJoinedParts(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix,
		corpus.Article{ID: "joined", Title: "پیش\u200cفروش بلیت کشتی آغاز شد", Language: "fa"},
		corpus.Article{ID: "parted", Title: "پیش فروش بلیت کشتی به پایان رسید", Language: "fa"},
		corpus.Article{ID: "other", Title: "بلیت کشتی گران شد", Language: "fa"},
	)
	for _, query := range []string{"پیش\u200cفروش", "پیش فروش"} {
		res := search(t, ix, index.Query{Text: query, NoAliases: true, Match: index.MatchStrict})
		if got := sorted(ids(res.Hits)); strings.Join(got, " ") != "joined parted" {
			t.Errorf("%q finds %v", query, got)
		}
	}
}

// Where any word will do, the stop words of the query's language are no words of others.
func TestStopWordsOfQuery(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix,
		corpus.Article{ID: "gl", Title: "Ler a pantalla de Lugo", Body: "As festas de agosto de Lugo.", Language: "gl"},
		corpus.Article{ID: "fr1", Title: "Les chevaux du port", Body: "Un cheval tire la barque de la mairie.", Language: "fr"},
		corpus.Article{ID: "fr2", Title: "La course", Body: "La course des barques a eu lieu au port.", Language: "fr"},
	)
	q := index.Query{Text: "cheval de courses", NoAliases: true, Limit: 1}
	var got []string
	for {
		res := search(t, ix, q)
		if !res.Relaxed {
			t.Fatal("not relaxed")
		}
		for _, h := range res.Hits {
			got = append(got, h.ID)
			for _, w := range h.Missing {
				if w == "de" {
					t.Errorf("%s lacks a stop word", h.ID)
				}
			}
		}
		if q.Cursor = res.Cursor; q.Cursor == "" {
			break
		}
	}
	if got := strings.Join(sorted(got), " "); got != "fr1 fr2" {
		t.Errorf("found %s", got)
	}
}

// A passage with all words of a question has nearly all of its weight, though the stop words of
// one language are words in others.
func TestScoreOfPassage(t *testing.T) {
	ix := open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix,
		corpus.Article{ID: "en", Title: "Ferries", Body: "The ferry to Lima is late as the harbour is full.", Language: "en"},
		corpus.Article{ID: "es", Title: "La crisis", Body: "El puerto de Lima.", Language: "es"},
		corpus.Article{ID: "de", Title: "Die Krise", Body: "Der Hafen ist voll.", Language: "de"},
	)
	res := search(t, ix, index.Query{Text: "why does the ferry to lima wait in a full harbour", NoAliases: true, Match: index.MatchAny})
	if len(res.Hits) == 0 || res.Hits[0].ID != "en" || len(res.Hits[0].Snippets) == 0 {
		t.Fatalf("%+v", res.Hits)
	}
	res = search(t, ix, index.Query{Text: "why does the ferry to lima", NoAliases: true})
	if s := res.Hits[0].Snippets; len(s) == 0 || s[0].Score < .9 {
		t.Errorf("%+v", s)
	}
}

// A word that is of the stems of several languages is told once.
func TestAnalyzeWordsOfLanguages(t *testing.T) {
	ix := open(t, t.TempDir(), nil)
	add(
		t, ix,
		corpus.Article{ID: "english", Title: "Sanctions", Body: strings.Repeat("The sanctions near the moon are what they were. ", 4), Language: "en"},
		corpus.Article{ID: "german", Title: "Ein Haus am Kai", Body: strings.Repeat("Das Haus am Kai ist alt. ", 4), Language: "de"},
	)
	for _, q := range []string{"sanctions NEAR/s moon", "sanctions NEAR/5 moon", "atleast/2 sanctions"} {
		a, err := ix.Analyze(t.Context(), index.Query{Text: q})
		if err != nil {
			t.Fatal(q, err)
		}
		var words []string
		for _, c := range a.Clauses {
			for _, w := range c.Words {
				words = append(words, w.Word)
			}
		}
		sorted := slices.Sorted(slices.Values(words))
		if len(words) == 0 || len(slices.Compact(sorted)) != len(words) {
			t.Errorf("%s: %v", q, words)
		}
	}
}
