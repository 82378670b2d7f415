package text

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
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

// collection returns up to n bytes of each of the texts in a collection of
// real articles, in the directory that NEWSQ_DATA names.
func collection(tb testing.TB, name string, n int) (texts []record) {
	dir := os.Getenv("NEWSQ_DATA")
	if dir == "" {
		tb.Skip("NEWSQ_DATA names no directory of collections")
	}
	f, err := os.Open(filepath.Join(dir, name, "articles.jsonl.gz"))
	if err != nil {
		tb.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	for d := json.NewDecoder(bufio.NewReader(z)); n > 0; {
		var r record
		if err := d.Decode(&r); err == io.EOF {
			break
		} else if err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, r)
		n -= len(r.Text)
	}
	return texts
}

type record struct{ Text, Lang string }

// benchmark runs f over texts of several kinds, one after the other.
func benchmark(b *testing.B, f func(s string)) {
	run := func(name string, texts func(*testing.B) []record) {
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
	run("prose", func(*testing.B) (texts []record) {
		for s := made; len(s) > 4000; s = s[4000:] {
			texts = append(texts, record{Text: s[:4000]})
		}
		return texts
	})
	for _, name := range []string{"allsides", "multilingual"} {
		run(name, func(b *testing.B) []record { return collection(b, name, 16<<20) })
	}
}

func BenchmarkTokens(b *testing.B) {
	var a Analyzer
	var dst []Token
	benchmark(b, func(s string) { dst = a.Tokens(dst[:0], s) })
}

func BenchmarkWords(b *testing.B) {
	var a Analyzer
	var dst []Token
	benchmark(b, func(s string) { dst = a.Words(dst[:0], s) })
}

func BenchmarkLexicon(b *testing.B) {
	var l Lexicon
	var dst []uint32
	benchmark(b, func(s string) { dst = l.Append(dst[:0], s) })
}

func BenchmarkSentences(b *testing.B) {
	benchmark(b, func(s string) { Sentences(s) })
}

func BenchmarkLanguage(b *testing.B) {
	benchmark(b, func(s string) { Language(s) })
}
