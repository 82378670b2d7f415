package quotation

import (
	"slices"
	"testing"

	"github.com/newsq/newsq/corpus"
)

func TestForeign(t *testing.T) {
	for _, c := range []struct {
		language, body string
		want           []string // speaker: quotation
	}{
		{"de", "„Wir werden die Brücke bis zum Frühjahr bauen“, sagte Bürgermeisterin Anna Weber am Montag.", []string{"Bürgermeisterin Anna Weber: Wir werden die Brücke bis zum Frühjahr bauen"}},
		{"de", "Jonas Berg erklärte: „Dafür ist in diesem Jahr kein Geld da.“", []string{"Jonas Berg: Dafür ist in diesem Jahr kein Geld da."}},
		{"de", "„Das ist in diesem Jahr nicht möglich“, sagte der Sprecher.", []string{": Das ist in diesem Jahr nicht möglich"}},
		{"de", "Die „Neue Brücke“ ist ein Roman.", nil},
		{"fr", "« Nous allons reconstruire le pont avant l'été », a déclaré la maire Claire Fontaine.", []string{"Claire Fontaine: Nous allons reconstruire le pont avant l'été"}},
		{"es", "«No hay dinero para el puente», dijo el ministro Luis Ferrer.", []string{"Luis Ferrer: No hay dinero para el puente"}},
		{"pt", "“Não há dinheiro para a ponte”, disse à Rádio Norte o ministro.", []string{": Não há dinheiro para a ponte"}},
		{"ru", "«Мы построим мост к весне», — заявил мэр Иван Лесной.", []string{"Иван Лесной: Мы построим мост к весне"}},
		{"ja", "市長は「春までに橋を必ず再建します」と述べた。「橋」は小説だ。", []string{": 春までに橋を必ず再建します"}},
		{"ar", "قال الوزير: «لا يوجد مال لبناء الجسر هذا العام».", []string{": لا يوجد مال لبناء الجسر هذا العام"}},
	} {
		a := corpus.Article{Language: c.language, Body: c.body}
		Stage().TextDeriver().DeriveText(&a)
		var got []string
		for _, q := range a.Quotations {
			got = append(got, q.Speaker+": "+q.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %s\ngot  %q\nwant %q", c.language, c.body, got, c.want)
		}
	}
}

// TestForeignEntities holds that a speaker of one word is named where it is an entity.
func TestForeignEntities(t *testing.T) {
	a := corpus.Article{Language: "de", Body: "„Das ist in diesem Jahr nicht möglich“, sagte Weber.", Entities: []corpus.Entity{
		{Name: "Anna Weber", Kind: corpus.Person, Mentions: []corpus.Mention{{Text: "Weber", Start: 51, End: 56}}},
	}}
	if got := a.Body[51:56]; got != "Weber" {
		t.Fatal(got)
	}
	Stage().TextDeriver().DeriveText(&a)
	if len(a.Quotations) != 1 || a.Quotations[0].Speaker != "Anna Weber" {
		t.Errorf("got %+v", a.Quotations)
	}
}
