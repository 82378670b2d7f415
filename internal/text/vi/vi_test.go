package vi

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
Việt viet
Nam
chính
phủ
Đảng dang
Hà
Nội
quốc
hội
nước
kinh
tế`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

// What is folded as a word of news is no stop word: đang as đảng, tại as tai.
func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "Đảng tai bàn người tội đá bóng con thi Kim nước")
}

func TestStemHolds(t *testing.T) { languagetest.Stems(t, Language{}, "ng nh ch") }

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
