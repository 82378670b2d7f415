package index

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

// An index compares words folded: without case and accents, a Greek or Arabic
// letter as its plain one. Nobody writes them so, and folded many are no words. How
// they are written is known by the articles, of which some are looked at.

const (
	// articlesOfWord is how many articles with a word are looked at first. Where they
	// don't agree, moreOfWord are.
	articlesOfWord = 8
	moreOfWord     = 40
	// maxLookedAt is how many bytes of an article are looked at.
	maxLookedAt = 128 << 10
)

// writtenForm returns a folded word as articles have it most often, in its title,
// headings or body; the word itself where no article has it there.
func writtenForm(ctx context.Context, snap engine.Snapshot, word string) (string, error) {
	plan := match.Phrase{Field: match.Text, Terms: []match.TermPattern{{Kind: match.Exact, Text: word}}}
	found, err := snap.Search(ctx, &engine.Request{Plan: plan, Limit: moreOfWord})
	if err != nil {
		return "", err
	}
	forms := writtenForms{word: word, spellings: make(map[string]*spelling)}
	for i := range found.Hits {
		if i == articlesOfWord && len(forms.spellings) == 1 {
			break
		}
		a, err := snap.Load(ctx, &found.Hits[i])
		if err != nil {
			return "", err
		}
		forms.add(&a)
	}
	return forms.best(), nil
}

// writtenForms counts the ways in which articles write a word.
type writtenForms struct {
	word      string
	spellings map[string]*spelling // without regard to case
}

// spelling is a way to write a word.
type spelling struct {
	articles, times int
	cases           map[string]int // how often in capitals, small letters and so on
}

// add counts the forms of an article, each once.
func (w *writtenForms) add(a *corpus.Article) {
	seen := map[string]bool{}
	analyzer := analyzerOf(a.Language)
	for _, s := range lookedAt(a) {
		tokens := analyzer.Words(s)
		for i, t := range tokens {
			if t.Word != w.word {
				continue
			}
			if text.Characters(t.Word) == 2 {
				t.End = tokens[i+1].End // of its second character
			}
			form := cleanForm(s[t.Start:t.End])
			key := lowerForm(form)
			if w.spellings[key] == nil {
				w.spellings[key] = &spelling{cases: make(map[string]int)}
			}
			w.spellings[key].cases[form]++
			w.spellings[key].times++
			seen[key] = true
		}
	}
	for key := range seen {
		w.spellings[key].articles++
	}
}

// lookedAt returns the texts of an article whose words are those of match.Text. Of
// a book it is the beginning.
func lookedAt(a *corpus.Article) []string {
	body := a.Body
	if len(body) > maxLookedAt {
		body = body[:maxLookedAt]
		for !utf8.RuneStart(a.Body[len(body)]) {
			body = body[:len(body)-1]
		}
	}
	texts := []string{a.Title, body}
	for _, s := range a.Sections {
		texts = append(texts, s.Heading)
	}
	return texts
}

// best returns the most frequent form.
func (w *writtenForms) best() string {
	var best *spelling
	var bestKey string
	for key, s := range w.spellings {
		if best == nil || cmp.Or(cmp.Compare(s.articles, best.articles), cmp.Compare(s.times, best.times), cmp.Compare(bestKey, key)) > 0 {
			best, bestKey = s, key
		}
	}
	if best == nil {
		return w.word
	}
	form, times := "", 0
	for f, n := range best.cases {
		if n > times || n == times && f > form { // small letters before capitals
			form, times = f, n
		}
	}
	return form
}

// cleanForm returns a form without what is not seen of it at the ends of lines and
// in copied text. The joiners of Persian and Indian scripts are seen.
func cleanForm(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\u2060', '\ufeff':
			return -1
		}
		return r
	}, s))
}

// lowerForm returns a form in small letters, unless these make another word of it,
// as they do of a Turkish name with a dotted capital.
func lowerForm(form string) string {
	if strings.ContainsRune(form, 'İ') {
		return form
	}
	if lower := strings.ToLower(form); text.Fold(lower) == text.Fold(form) {
		return lower
	}
	return form
}

// asTyped returns a form in small letters where what was typed has only these.
func asTyped(form, typed string) string {
	if !strings.ContainsFunc(typed, unicode.IsUpper) {
		return lowerForm(form)
	}
	// What was typed stays as it is, whatever the case of the form.
	n := len(typed)
	if len(form) >= n && utf8.ValidString(form[:n]) && strings.EqualFold(form[:n], typed) {
		return typed + form[n:]
	}
	first, size := utf8.DecodeRuneInString(form)
	if begun, _ := utf8.DecodeRuneInString(typed); unicode.IsUpper(begun) {
		return string(unicode.ToUpper(first)) + form[size:]
	}
	return form
}

// wordsAfter returns the words that begin with prefix behind the others in the
// articles of a phrase, those of the most articles first.
func wordsAfter(ctx context.Context, snap engine.Snapshot, before []string, prefix string) ([]string, error) {
	plan := match.Phrase{Field: match.Text}
	for _, w := range before {
		plan.Terms = append(plan.Terms, match.TermPattern{Kind: match.Exact, Text: w})
	}
	plan.Terms = append(plan.Terms, match.TermPattern{Kind: match.Prefix, Text: prefix})
	found, err := snap.Search(ctx, &engine.Request{Plan: plan, Limit: moreOfWord})
	if err != nil {
		return nil, err
	}
	articles := map[string]int{}
	for i := range found.Hits {
		a, err := snap.Load(ctx, &found.Hits[i])
		if err != nil {
			return nil, err
		}
		for w := range followers(&a, before, prefix) {
			articles[w]++
		}
	}
	words := make([]string, 0, len(articles))
	for w := range articles {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(articles[b], articles[a]), cmp.Compare(a, b))
	})
	return words, nil
}

// followers returns the words of an article that begin with prefix and stand behind
// the others.
func followers(a *corpus.Article, before []string, prefix string) map[string]bool {
	found := map[string]bool{}
	analyzer := analyzerOf(a.Language)
	for _, s := range lookedAt(a) {
		tokens := analyzer.Words(s)
		for i := len(before); i < len(tokens); i++ {
			if !strings.HasPrefix(tokens[i].Word, prefix) {
				continue
			}
			follows := true
			for j, w := range before {
				follows = follows && tokens[i-len(before)+j].Word == w
			}
			if follows {
				found[tokens[i].Word] = true
			}
		}
	}
	return found
}
