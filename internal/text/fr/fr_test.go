package fr

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
général généraux générale générales
cheval chevaux
ministre ministres
ministère ministères
président présidente présidents présidentes
directeur directrice directeurs directrices
gouvernement gouvernements
élection élections
État États
pays
paie
parti partis
partie parties
loi lois
national nationale nationaux nationales
européen européenne européens européennes
français française françaises
France
Paris
chinois chinoise chinoises
étranger étrangère étrangers étrangères
premier première premiers premières
actif active actifs actives
heureux heureuse heureuses
nouveau nouvelle nouveaux nouvelles
bureau bureaux
niveau niveaux
prix
pris prise prises
mer mers
mère mères
fils fil
fille filles
travail travaux travailler travaille travaillent travaillait travaillé
appeler appelle appellent appelait appelé
parler parle parlent parlait parlé parlant
choisir choisit choisissent choisissait
prendre prend
étudiant étudiante étudiants étudiantes
élu élue élus élues
armée armées
arme armes
guerre guerres
ville villes
homme hommes
économie économies
économique économiques
Macron
Sarkozy
cour
cours`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "été contre sans voie Fin tour")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "e s es ee ees er ez ait aient a eux euse al aux eau trice teur ll nn ive if ere iere ant ent dre ois oise ais aise ir it issent")
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
