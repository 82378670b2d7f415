package en

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/texttest"
)

// prose returns about n bytes of made-up English: words of a Zipf-like
// distribution with the endings, capitals, numbers and punctuation of news.
func prose(n int) string {
	rnd := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ba con de fer gov in ko lan min na or pre ra sen tor un ver wa po li tra mo ex")
	endings := strings.Fields("s ed ing ation er ment ly al ness")
	vocabulary := strings.Fields("the of and to a in that is for on was with it as be by at he from his")
	for len(vocabulary) < 20000 {
		w := ""
		for range 1 + rnd.IntN(3) {
			w += syllables[rnd.IntN(len(syllables))]
		}
		if rnd.IntN(2) == 0 {
			w += endings[rnd.IntN(len(endings))]
		}
		vocabulary = append(vocabulary, w)
	}
	zipf := rand.NewZipf(rnd, 1.1, 3, uint64(len(vocabulary)-1))
	var b strings.Builder
	for b.Len() < n {
		for i := range 8 + rnd.IntN(20) {
			w := vocabulary[zipf.Uint64()]
			switch {
			case i == 0 || rnd.IntN(12) == 0:
				w = strings.ToUpper(w[:1]) + w[1:]
			case rnd.IntN(60) == 0:
				w = "U.S."
			case rnd.IntN(50) == 0:
				w = "1,200"
			case rnd.IntN(40) == 0:
				w += "’s"
			}
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(w)
			if rnd.IntN(15) == 0 {
				b.WriteByte(',')
			}
		}
		b.WriteString(". ")
		if rnd.IntN(4) == 0 {
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

// benchmark runs f over texts of several kinds, one after the other.
func benchmark(b *testing.B, f func(s string)) {
	run := func(name string, texts func(*testing.B) []texttest.Record) {
		b.Run(name, func(b *testing.B) {
			of := texts(b)
			size := 0
			for _, r := range of {
				size += len(r.Text)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, r := range of {
					f(r.Text)
				}
			}
		})
	}
	made := prose(1 << 20)
	run("prose", func(*testing.B) (texts []texttest.Record) {
		for s := made; len(s) > 4000; s = s[4000:] {
			texts = append(texts, texttest.Record{Text: s[:4000]})
		}
		return texts
	})
	for _, name := range []string{"allsides", "multilingual"} {
		run(name, func(b *testing.B) []texttest.Record { return texttest.Collection(b, name, 16<<20) })
	}
}

func BenchmarkTokens(b *testing.B) {
	a := text.NewTokenizer(Language{})
	var dst []text.Token
	benchmark(b, func(s string) { dst = a.Tokens(dst[:0], s) })
}

func BenchmarkWords(b *testing.B) {
	a := text.NewTokenizer(Language{})
	var dst []text.Token
	benchmark(b, func(s string) { dst = a.Words(dst[:0], s) })
}

func BenchmarkLexicon(b *testing.B) {
	l := text.NewLexicon(Language{})
	var dst []uint32
	var variants []text.TokenVariant
	benchmark(b, func(s string) { dst, variants = l.Append(dst[:0], variants[:0], s) })
}

func BenchmarkSentences(b *testing.B) {
	benchmark(b, func(s string) { text.Sentences(Language{}, s) })
}

func BenchmarkLanguage(b *testing.B) {
	benchmark(b, func(s string) { text.DetectLanguage(s) })
}
