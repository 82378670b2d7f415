package sw

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
waziri mawaziri
kiongozi viongozi
mtu watu
mwaka miaka
mji miji
bara barani
nchi nchini
mwanamke wanawake
mchezaji wachezaji
mwanafunzi wanafunzi
shule
kitabu vitabu
kijana vijana
rais marais
habari
Marekani
Kenya
Uganda
Israel Israeli
uchaguzi
sema kusema alisema walisema anasema amesema atasema
fanya kufanya alifanya wamefanya wanafanya
shinda kushinda alishinda walishinda ameshinda
sheria
serikali
polisi
F16`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "rais nchi serikali watu Leo vita nje")
}

func TestStemHolds(t *testing.T) {
	starts := ""
	for _, list := range [][]string{subjects[:], tenses[:], relatives[:], objects[:]} {
		for _, p := range list {
			starts += p + " "
		}
	}
	for _, c := range classes {
		starts += c.letters + " "
	}
	languagetest.StemsOf(t, Language{}, "abdefghijklmnostuwz1", starts, vowel.Rules+locative.Rules)
}

func TestTables(t *testing.T) {
	if why := vowel.Problem() + locative.Problem() + forms.Doubles(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
