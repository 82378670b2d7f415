package ca

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
elecció eleccions
ministre ministra ministres
ministeri ministeris
president presidenta presidents presidentes
govern governs
ciutat ciutats
país països
nació nacions
català catalana catalans catalanes
francès francesa francesos franceses
polític política polítics polítiques
llengua llengües
diputat diputada diputats diputades
partit partits
part parts
mercat mercats
carrer carrers
militar militars
cas casos
procés processos
congrés congressos
cançó cançons
important importants
necessari necessària necessaris necessàries
educatiu educativa educatius educatives
famós famosa famosos famoses
treballador treballadora treballadors treballadores
home homes
dona dones
guerra guerres
parlar parla parlen parlava parlaven parlant parlem
pagar paga paguen pagava
buscar busca busquen
mare mares
mar mars
Maria
Barcelona
València
Puigdemont
euro euros`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "estats part contra sense abans govern")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "a o es s ques gues ar er ir at ada ats ades it ut ions io ana ans anes os sos esos ari aria iva ius em en")
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
