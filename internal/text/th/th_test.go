package th

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "รัฐบาล สงคราม ไทย ตำรวจ")
}

func TestStem(t *testing.T) {
	languagetest.Families(t, Language{}, "รัฐบาล\nสงคราม\nไทย\nตำรวจ\nelections election")
}
