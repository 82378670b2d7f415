package cs

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
Zeman Zemana Zemanovi Zemanem
Putin Putina Putinovi Putinem
Trump Trumpa Trumpovi Trumpem
Praha Prahy Prahu Prahou
Francie Francii Francií
Ukrajina Ukrajiny Ukrajinu Ukrajinou Ukrajině
Evropa Evropy Evropu Evropou Evropě
Írán Íránu Íránem
ministr ministra ministrovi ministrem ministři ministrů ministry
ministerstvo ministerstva ministerstvu ministerstvem
prezident prezidenta prezidentovi prezidentem prezidenti prezidentů
vláda vlády vládu vládou vládě
volby volbách volbami volbám
válka války válku válkou válce
sankce sankcí sankcím sankcemi
dohoda dohody dohodu dohodou dohodě
strana strany stranu stranou straně
zákon zákona zákony zákonů zákonem
poslanec poslance poslanci poslanců poslancům
ruský ruská ruské ruského ruských ruským
voják vojáka vojáci vojáků vojákům
město města městem městu měst
banka banky banku bankou bank
policie policii policií
rozhodnutí rozhodnutím
řekl řekla řekli
ekonomika ekonomiky ekonomiku ekonomikou`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "proti ANO rok válka soud Kim vláda")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, endings.Rules)
}

func TestTables(t *testing.T) {
	if why := endings.Problem(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
