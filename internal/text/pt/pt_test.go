package pt

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
eleição eleições
ação ações
alemão
cidadão cidadãos
mão mãos
nação nações
capital capitais
papel papéis
hotel hotéis
fácil fáceis
azul azuis
homem homens
jovem jovens
viagem viagens
mulher mulheres
militar militares
líder líderes
país países
pai
voz vozes
ministro ministra ministros ministras
presidente presidentes
deputado deputada deputados deputadas
partido partidos
parte partes
mercado mercados
senador senadora senadores senadoras
governo governos
cidade cidades
economia economias
econômico econômica econômicos econômicas
guerra guerras
empresa empresas
inglês inglesa ingleses inglesas
francês francesa franceses
americano americana americanos americanas
nacional nacionais
falar fala falam falava falavam falou falaram falando
vender vende vendem vendeu venderam vendia vendendo
decidir decidiu decidiram decide decidem decidindo
ficar fica ficam fique fiquem ficou
pagar paga pagam pague paguem pagou
livro livros
livre livres
porta portas
Porto
Maria
mar mares
Lula
Brasil
crise crises
mês meses`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "estado parte contra sem após")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "a o as os es oes aes ao ais eis ois uis ns ar er ir ia ou eu ado ando am em ens gue que ona esa")
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
