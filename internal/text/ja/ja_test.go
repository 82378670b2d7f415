package ja

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "戦争 会議 東京 がん いじめ")
}

func TestStem(t *testing.T) {
	languagetest.Families(t, Language{}, "戦争\n会議\n東京\nがん\nいじめ\nelections election")
}
