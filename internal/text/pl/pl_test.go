package pl

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
Tusk Tuska Tuskowi Tuskiem
Kaczyński Kaczyńskiego Kaczyńskiemu Kaczyńskim
Trump Trumpa Trumpowi Trumpem
Putin Putina Putinowi Putinem
Polska Polski Polskę Polską Polsce
Rosja Rosji Rosję Rosją
Ukraina Ukrainy Ukrainę Ukrainą Ukrainie
Warszawa Warszawy Warszawę Warszawą Warszawie
Iran Iranu Iranem Iranie
Izrael Izraela Izraelem Izraelowi
minister ministra ministrowi ministrem ministrowie ministrów
ministerstwo ministerstwa ministerstwu ministerstwem
prezydent prezydenta prezydentowi prezydentem prezydenci prezydentów
premier premiera premierem premierowi
rząd rządu rządem rządy rządów rządzie
wybory wyborów wyborach wyborami
wojna wojny wojnę wojną wojnie
sankcja sankcje sankcji sankcjami sankcjom
umowa umowy umowę umów umową
decyzja decyzji decyzję decyzje decyzją
partia partii partię partie partią
ustawa ustawy ustawę ustaw
polityk polityka politycy polityków politykiem
żołnierz żołnierza żołnierze żołnierzy żołnierzom
gospodarka gospodarki gospodarkę gospodarką gospodarce
rosyjski rosyjska rosyjskie rosyjskiego rosyjskiej rosyjskich
miasto miasta miastem miastu miast
bank banku banki banków bankiem
policja policji policję policją
powiedział powiedziała
głosowanie głosowania głosowaniu głosowań
jednostka jednostki jednostek jednostkę
handel handlu handlem
przedstawiciel przedstawiciele przedstawicieli
granica granicy granic granice
Kijów Kijowa Kijowie Kijowem`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "przeciw rok Kim wojna kraj rząd sąd mąż")
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
