package nl

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
minister ministers
ministerie ministeries
president presidenten
regering regeringen
partij partijen
huis huizen
brief brieven
boom bomen
maan manen
man mannen
maand maanden
staat staten
straat straten
stad steden
land landen
kind kinderen
markt markten
overheid overheden
universiteit universiteiten
groot grote
groter grotere
Europees Europese
Nederland Nederlands Nederlandse
verkiezing verkiezingen
bank banken
wet wetten
recht rechten
Kamer Kamers
werken werk werkt werkte werkten
maken maak maakt maakte
spelen speelt spelend
groep groepen
prijs prijzen
fout fouten
voet voeten
minuut minuten
oorlog oorlogen
school scholen
club clubs
Amsterdam Amsterdams
Rutte
positie posities
meisje meisjes
jaar jaren
week weken`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "na onder tegen zonder recht land")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "e en s es t te ten ste d de den ers er ere eert eren heid heden tje aat oot aten oten ate iet ieten z v zen ven aa ee nn ls lse end")
}

func TestTables(t *testing.T) {
	if why := endings.Problem(); why != "" {
		t.Error(why)
	}
	if why := forms.Problem(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
