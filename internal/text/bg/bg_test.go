package bg

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
министър министърът министъра министри министрите
министерство министерството министерства министерствата
президент президентът президента президенти президентите
правителство правителството правителства
война войната войни войните
избор изборът избори изборите
Русия
руски руският руската руското руските
закон законът закона закони законите
партия партията партии партиите
депутат депутатът депутати депутатите
България
български българският българската българското българските
санкция санкции санкциите санкцията
споразумение споразумението споразумения споразуменията
решение решението решения решенията
полиция полицията
съд съдът съда
град градът града градове градовете
журналист журналистът журналисти журналистите
човек човекът човека
икономика икономиката
новина новината новини новините
Украйна
Путин
Борисов`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "против Рим война правителство година")
}

func TestStemHolds(t *testing.T) {
	languagetest.StemsOf(t, Language{}, "абвгеийклнорстуцъьяю", "", endings.Rules)
}

func TestTables(t *testing.T) {
	if why := endings.Problem() + hard.Problem(); why != "" {
		t.Error(why)
	}
}

func BenchmarkStem(b *testing.B) { languagetest.Benchmark(b, Language{}, families) }
