package neardup

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// benchText is a text of some words, as long as an article: 5 KB.
func benchText() string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < 5<<10 {
		for range 2 + random.IntN(8) {
			b.WriteByte("etaoinshrdlu"[random.IntN(12)])
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func BenchmarkKeys(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	var s Shingler
	var keys Keys
	for b.Loop() {
		keys = s.AppendKeys(keys[:0], "", text)
	}
}

func BenchmarkText(b *testing.B) {
	text := benchText()
	b.SetBytes(int64(len(text)))
	var s Shingler
	for b.Loop() {
		s.Text("", text)
	}
}
