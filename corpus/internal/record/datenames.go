package record

import "sync"

// Places in the tables below of the names that dateName puts together. No name
// folds to one of them.
const (
	publishedUTC   = "published, and promises UTC"
	publishedOther = "published otherwise"
	createdOther   = "created otherwise"
	updatedUTC     = "updated, and promises UTC"
	updatedOther   = "updated otherwise"
)

// publishedNames are the names of the day of publication, as in [fieldNames].
// First come those that say so, and of these the ones that promise UTC, as
// beside them stands local time without a zone. Then come those that say a
// date of no matter what, those of the record in a database, and at last the
// day when somebody saw the article. Names of other days are nowhere: no date
// is better than that of a crawl, an event, an embargo or an expiry.
var publishedNames = []string{
	"published", publishedUTC, "publishedat", "datepublished", "publishedon", "publisheddate", "publishdate", "pubdate",
	"publicationdate", "webpublicationdate", "firstpublished", publishedOther,
	"publicadoen", "publicado", "fechapublicacion", "fechadepublicacion", "datapubblicazione", "datadipubblicazione", "pubblicato",
	"pubblicatoil", "datapublicacao", "datadepublicacao", "publicadoem", "datedepublication", "datedeparution", "publiele",
	"publicatiedatum", "datumpublicatie", "gepubliceerd", "gepubliceerdop", "erscheinungsdatum", "veroeffentlichungsdatum",
	"veroeffentlicht", "veroeffentlichtam", "publiziert", "publiziertam", "publikationsdatum", "publicerad", "publisert", "udgivet",
	"julkaistu", "julkaisupaiva", "datapublikacji", "dataopublikowania", "yayintarihi", "tanggalterbit",
	"dategmt", "dateutc", "datetimeutc", "datetimegmt", "date", "datetime", "isodate", "dateiso", "isodatetime", "datestring", "datestr",
	"articledate", "newsdate", "storydate", "dcdate", "dctermsdate", "citationdate", "sailthrudate", "issued",
	"datum", "fecha", "tanggal", "tarih", "firstcreated", "contentcreated", "coverdate", "airdate", "broadcastdate",
	"released", "releasedat", "releasedate", "datereleased", "releasetime",
	"datecreated", "createdat", "created", createdOther, "fechacreacion",
	"timestamp", "datetimestamp", "time", "estimateddate", "seendate",
}

// updatedNames are the names of the day of change.
var updatedNames = []string{
	"updated", updatedUTC, "updatedat", "dateupdated", "modified", "modifiedat", "datemodified", "lastmodified", updatedOther,
	"misajour", "datemisajour", "datedemiseajour", "datemodif", "datedemodification", "aktualisiert", "aktualisiertam", "geaendert",
	"geaendertam", "aenderungsdatum", "actualizado", "fechaactualizacion", "fechadeactualizacion", "fechamodificacion",
	"atualizado", "atualizadoem", "dataatualizacao", "datamodificacao", "aggiornato", "dataaggiornamento", "datamodifica", "bijgewerkt",
	"gewijzigd", "oppdatert", "uppdaterad", "opdateret", "paivitetty", "dataaktualizacji", "guncelleme", "diperbarui", "versioncreated",
}

// role is what a word in the name of a date says.
type role uint16

const (
	detail    role = 1 << iota // which of several, or in which form
	last                       // the last of several
	ofTime                     // that it is a date
	utc                        // and one in UTC
	published                  // that something was published
	publish                    // the same, if there is a word of time beside it
	created                    // that it was written
	updated                    // that it was changed
	update                     // the same, if there is a word of time beside it
)

// dateWords are the words that names of dates are made of: "first_published",
// "article:published_time", "date_of_publication", "lastModifiedDateUtc". A
// name with any other word is another's: "unpublish_date", "published_by",
// "next_update", "comment_posted_at".
var dateWords = sync.OnceValue(func() map[string]role {
	return map[string]role{
		"first": detail, "initial": detail, "initially": detail, "original": detail, "originally": detail, "last": last, "latest": last,
		"web": detail, "online": publish, "print": publish, "article": detail, "content": detail, "story": detail, "news": detail, "item": detail,
		"page": detail, "og": detail, "dc": detail, "dcterms": detail, "parsely": detail, "citation": detail, "prism": detail, "sailthru": detail,
		"iso": detail, "iso8601": detail, "str": detail, "string": detail, "parsed": detail, "local": detail, "of": detail, "raw": detail,
		"date": ofTime, "time": ofTime, "datetime": ofTime, "at": ofTime, "on": ofTime, "day": ofTime, "ts": ofTime, "timestamp": ofTime,
		"epoch": ofTime, "unix": ofTime, "ms": ofTime, "sec": ofTime, "seconds": ofTime, "millis": ofTime,
		"utc": utc, "gmt": utc,
		"published": published, "posted": published, "publishing": publish, "publication": publish, "publish": publish, "pub": publish,
		"post": publish, "display": publish, "issue": publish, "issued": published,
		"created": created, "creation": created, "create": created,
		"updated": updated, "modified": updated, "edited": updated, "changed": updated, "revised": updated, "corrected": updated, "amended": updated,
		"update": update, "modification": update, "modify": update, "mod": update, "edit": update, "change": update, "revision": update,
		"correction": update,
	}
})

// longestDateWord is the length of the longest of dateWords.
const longestDateWord = len("modification")

// dateName returns what a name means whose words say that it is a date.
func dateName(folded []byte) Name {
	said, ok := dateRoles(folded, maxDateWords)
	timed := said&(ofTime|utc) != 0
	switch {
	case !ok:
		return Name{}
	case said&updated != 0, said&update != 0 && (timed || said&last != 0),
		said&(published|publish) != 0 && timed && said&last != 0: // published again
		if said&utc != 0 {
			return known[updatedUTC]
		}
		return known[updatedOther]
	case said&published != 0, said&publish != 0 && timed:
		if said&utc != 0 {
			return known[publishedUTC]
		}
		return known[publishedOther]
	case said&created != 0 && timed:
		return known[createdOther]
	}
	return Name{}
}

// maxDateWords bounds the words of a name, and so the work on one that is made
// up of short ones.
const maxDateWords = 8

// dateRoles returns what the words of a name say, if it has no others.
func dateRoles(folded []byte, words int) (said role, ok bool) {
	if len(folded) == 0 {
		return 0, true
	}
	if words == 0 {
		return 0, false
	}
	roles := dateWords()
	for n := min(len(folded), longestDateWord); n > 1; n-- {
		if r := roles[string(folded[:n])]; r != 0 {
			if rest, ok := dateRoles(folded[n:], words-1); ok {
				return r | rest, true
			}
		}
	}
	return 0, false
}
