package frontmatter

import (
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/wordset"
)

// otherNames are names of fields that people write above a text and package
// record doesn't know, folded by [fold]: those of programs for notes, pages
// and blogs, and those of languages other than English.
var otherNames = wordset.Table(map[record.Field]string{
	record.Title: "fulltitle headlinetitle titel titolo titre título titulo tittel rubrik otsikko tytuł tytul заголовок название назва başlık baslik judul τίτλος " +
		"überschrift ueberschrift název cím",
	record.Summary: "resumen resumo résumé riassunto sommario zusammenfassung samenvatting sammendrag sammanfattning streszczenie descripción descrição descrizione " +
		"beschreibung beschrijving chapô entradilla bajada аннотация",
	record.Authors: "autor autore autoren autores autora auteur auteurs forfatter författare forfattere tekijä kirjoittaja автор автори авторы yazar penulis " +
		"συγγραφέας verfasser szerző reporter reporters correspondent",
	record.Published: "publishedtime publishtime articlepublishedtime datepublication publicationtime datum fecha data dato päivämäärä pvm дата tarih tanggal ημερομηνία dátum " +
		"veröffentlicht publicado pubblicato publié gepubliceerd publisert publicerad opublikowano pubdatetime publisheddatetime datesaved " +
		"erscheinungsdatum datedepublication fechadepublicación datadepublicação",
	record.Updated: "lastmod lastmodifiedat lastmodifieddate lastmodifiedtime modifiedtime moddatetime updateddate updatedtime lastupdated lastupdatedat lastupdate lastedited " +
		"edited revised dateupdated datemodified articlemodifiedtime aktualisiert geändert actualizado atualizado aggiornato misàjour bijgewerkt oppdatert uppdaterad " +
		"zaktualizowano обновлено",
	record.URL:      "urlsource originalurl pageurl articleurl webpageurl webpage website webaddress href clippedfrom",
	record.Source:   "quelle fuente fonte bron kilde källa lähde źródło источник kaynak sumber zeitung journal periódico giornale krant",
	record.Topics:   "etiquetas etiquetten schlagworte schlagwörter stichworte motsclés motsclefs palavraschave paroleschiave palabrasclave thema themen tema temas temi étiquettes słowakluczowe теги categoría categorías categoria categorias kategorie kategorien catégorie",
	record.Language: "sprache idioma lingua langue taal språk język язык dil bahasa",
})

// containers hold fields one level down, as generators of sites have it.
var containers = map[string]bool{"taxonomies": true, "extra": true, "params": true, "meta": true, "metadata": true, "frontmatter": true, "page": true, "article": true}

// fold brings a name into the form of the tables: its letters and digits, in
// lower case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// lookup returns the field that a name means, or NoField.
func lookup(name string) record.Field {
	if n := record.Lookup(record.Fold(nil, []byte(name))); n.Field != record.NoField {
		return n.Field
	}
	return otherNames()[fold(name)]
}
