package it

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
ministro ministri ministra ministre
ministero ministeri
presidente presidenti
governo governi
città
amico amici amica amiche
banca banche
luogo luoghi
vecchio vecchi vecchia vecchie
politico politica politici politiche
elezione elezioni
regione regioni
direttore direttori direttrice direttrici
deputato deputata deputati deputate
partito partiti
partita partite
parte parti
italiano italiana italiani italiane
Italia
Roma
romano romani romana
Milano
mille
europeo europea europei europee
tedesco tedesca tedeschi tedesche
mercato mercati
numero numeri
straniero straniera stranieri straniere
militare militari
segretario segretaria segretari
segreto segreti
operaio operai
opera opere
ufficio uffici
provincia province
congresso congressi
processo processi
interesse interessi
iniziativa iniziative
settimana settimane
guerra guerre
legge leggi
parlare parla parlano parlava parlavano parlato parlando parlarono
vendere vende vendono vendeva vendevano venduto vendendo
lasciare lascia lasciato
cercare cerca cercano cerchi
finire finisce finiscono
Draghi
Meloni
università
universo`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "parte contro dopo senza potere")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "o a e i hi he hio io ia ii are ere ire ando endo ano ani ono ato ati uta ari ario eri ero trice ai isce iamo")
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
