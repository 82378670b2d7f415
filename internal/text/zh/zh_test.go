package zh

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "战争 中国 人民 经济 不安 和平")
}

func TestStem(t *testing.T) {
	languagetest.Families(t, Language{}, "战争\n中国\n人民\n经济\n不安\n和平\nelections election")
}
