package de

import (
	"testing"

	"github.com/newsq/newsq/internal/text/languagetest"
)

const families = `
Wohnhaus Wohnhäuser Wohnhäusern Wohnhauses
Podcast Podcasts
Verlust Verluste Verlusts Verlustes
traumatisierter traumatisierte traumatisierten traumatisiert
festgenommen festgenommener festgenommene
Haus Häuser Hauses Häusern Hause Haeuser
Minister Ministers Ministerin Ministerinnen Ministern
Bundeskanzler Bundeskanzlers Bundeskanzlerin
Buch Bücher Büchern Buches Buchs
Müller Mueller Müllers
Präsident Präsidenten Präsidentin Präsidentinnen Praesident
Polizist Polizisten Polizistin Polizistinnen
Arzt Ärzte Ärzten Ärztin Ärztinnen
Wahl Wahlen wählen wählt wählte
Markt Märkte Markts Marktes Märkten Maerkte
Mark
Arbeitsmarkt Arbeitsmarktes
Land Länder Ländern Landes Lande
Stadt Städte Städten
Staat Staaten Staates Staats
Partei Parteien
Regierung Regierungen
regieren regiert regierte regierten
Gericht Gerichte Gerichts Gerichten
Gesetz Gesetze Gesetzes Gesetzen
Ergebnis Ergebnisse Ergebnissen Ergebnisses
Problem Probleme Problemen Problems
System Systeme Systemen
Thema Themen Themas
Firma Firmen
Unternehmen Unternehmens
Krieg Kriege Krieges Kriegs
Jahr Jahre Jahren Jahres Jahrs
groß große großer großes großen größere größerer
neu neue neuer neues neuen
kündigen kündigt kündigte kündigten
fordern fordert forderte forderten
handeln handelt handelte handelten Handel
gab geben gibt gegeben
ging gehen gegangen
kam kamen kommen kommt
gewinnen gewann gewonnen gewinnt
verlieren verlor verloren verliert
beschließen beschloss beschlossen beschließt
halten hielt hielten
lassen lässt ließ ließen
finden findet fand fanden
bringen bringt brachte
treffen traf trifft
sprechen spricht
Sprache Sprachen
helfen hilft half
entscheiden entscheidet entschied
Herr Herrn Herren
hoch hohe hohen
Medien Medium
Museum Museen
Kongress Kongresse Kongresses
Israel Israels
Deutschland Deutschlands
Merkel Merkels
Berlin Berlins
Putin Putins
Job Jobs
Foto Fotos
aktuell aktuelle aktuellen
Bauern Bauer`

func TestStem(t *testing.T) { languagetest.Families(t, Language{}, families) }

func TestStopWords(t *testing.T) {
	languagetest.StopWords(t, Language{}, stop(), "Uber gegen nach Macht Weg Rat Mai Wehr Recht")
}

func TestStemHolds(t *testing.T) {
	languagetest.Stems(t, Language{}, "e en er es em ern s t te ten st est test nisse ss innen erin istin ae ue oe aeu eln elt markt end nn")
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
