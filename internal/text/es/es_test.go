package es

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
elección elecciones
elegir elegido
ministro ministra ministros ministras
presidente presidentes presidenta
voz voces
juez jueces
ley leyes
país países
nación naciones
nacional nacionales
gobierno gobiernos
ciudad ciudades
capital capitales
partido partidos
parte partes
diputado diputada diputados diputadas
senador senadora senadores senadoras
mujer mujeres
militar militares
líder líderes
policía policías
economía economías
económico económica económicos económicas
guerra guerras
crisis
acuerdo acuerdos
empresa empresas
trabajador trabajadora trabajadores trabajadoras
alemán alemana alemanes alemanas
francés franceses francesa francesas
inglés ingleses inglesa
interés intereses
americano americana americanos americanas
hablar habla hablan hablaba hablaron hablando hablado
vender vende venden vendía vendió vendieron vendiendo vendido
vivir vive viven vivió vivieron
buscar busca buscan busque busquen
pagar paga pagan pague paguen
rojo roja rojos rojas
joven jóvenes
imagen imágenes
mes meses
mesa mesas
María
mar mares
Colombia
Estados estado
Sánchez
Juan`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "estado parte contra sin Uno Casa hecho")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "a o as os es ces que gue ado ada idos ar er ir aba ando iones ia ios ana ano anes amos aron ia")
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
