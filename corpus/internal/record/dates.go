package record

import (
	"slices"
	"strings"
	"time"
)

// publishedNames are the names of the day of publication. First come those
// that say so, then those that say a date of no matter what, then those of the
// record in a database, and at last the day when somebody saw the article.
// Names of other days are nowhere: no date is better than that of a crawl, an
// event, an embargo or an expiry.
var publishedNames = []string{
	"published", "publishedat", "datepublished", "publishedon", "publisheddate", "publishdate", "pubdate",
	"publicationdate", "webpublicationdate", "firstpublished",
	"publishedtime", "publishtime", "publicationtime", "pubtime", "timepublished", "publisheddatetime", "publishdatetime",
	"publicationdatetime", "pubdatetime", "datetimepublished", "datetimepub", "datepub", "datepublish", "publishingdate", "publishat",
	"publishon", "publishedutc", "publishedatutc", "publishedgmt", "publisheddategmt", "publishedparsed", "publishediso",
	"publisheddateiso", "publishedtimestamp", "publishtimestamp", "publicationtimestamp", "pubtimestamp", "publishedts", "publishts",
	"dateofpublication", "timeofpublication", "firstpublishedat", "firstpublisheddate", "firstpublishedon", "firstpublishdate",
	"firstpublicationdate", "datefirstpublished", "initialpublicationdate", "initialpublished", "originalpublicationdate",
	"originallypublished", "originalpublishdate", "articlepublished", "articlepublishedtime", "articlepublisheddate",
	"articlepublishdate", "articlepubdate", "ogpublishedtime", "ogarticlepublishedtime", "parselypubdate", "citationpublicationdate",
	"dcdateissued", "dctermsissued", "prismpublicationdate", "contentpublished", "webpublished", "webpublishdate",
	"onlinepublicationdate", "publishedonline", "onlinedate", "printpublicationdate",
	"posted", "postedat", "postedon", "posteddate", "postedtime", "dateposted", "postdategmt", "postdate", "posttime",
	"displaydate", "displaydatetime", "displaytime",
	"datepublication", "datedepublication", "datedeparution", "publicadoen", "publicado", "fechapublicacion",
	"fechadepublicacion", "datapubblicazione", "datadipubblicazione", "pubblicato", "datapublicacao", "datadepublicacao",
	"publicadoem", "publicatiedatum", "gepubliceerd", "erscheinungsdatum", "veroeffentlichungsdatum", "veroeffentlicht",
	"veroeffentlichtam", "publiziert", "publiziertam", "publikationsdatum", "publicerad", "publisert", "julkaistu", "datapublikacji",
	"dategmt", "dateutc", "datetimeutc", "date", "datetime", "isodate", "dateiso", "isodatetime", "datestring", "datestr", "articledate",
	"newsdate", "storydate", "dcdate", "dctermsdate", "citationdate", "sailthrudate", "issued", "dateissued", "issuedate", "issuedat", "issueddate",
	"datum", "fecha", "tanggal", "firstcreated", "released", "releasedat", "releasedate", "datereleased", "releasetime",
	"datecreated", "createdat", "created", "createdon", "createddate", "createdtime", "createtime", "createdutc", "creationdate",
	"datecreation", "dateofcreation", "creationtime", "datetimecreated", "firstcreateddate", "dcdatecreated", "dctermscreated",
	"createdtimestamp", "fechacreacion",
	"timestamp", "datetimestamp", "time", "estimateddate", "seendate",
}

// updatedNames are the names of the day of change.
var updatedNames = []string{
	"updated", "updatedat", "dateupdated", "modified", "modifiedat", "datemodified", "lastmodified",
	"lastmod", "lastmodifiedat", "lastmodifiedon", "lastmodifieddate", "lastmodifiedtime", "lastmodifiedutc", "lastmodifiedgmt",
	"datelastmodified", "modifiedon", "modifieddate", "modifiedtime", "modifieddatetime", "modifiedgmt", "modifieddategmt", "modifiedutc",
	"modifiedtimestamp", "datemodify", "modifydate", "modifytime", "modificationdate", "modificationtime", "datemodification",
	"dateofmodification", "datetimemodified", "postmodifiedgmt", "postmodified", "articlemodified", "articlemodifiedtime",
	"articlemodifieddate", "ogarticlemodifiedtime", "ogmodifiedtime", "dcdatemodified", "dctermsmodified", "contentmodified",
	"lastupdated", "lastupdatedat", "lastupdatedon", "lastupdateddate", "lastupdatedtime", "lastupdate", "lastupdateat",
	"lastupdatedate", "lastupdatetime", "datelastupdated", "datelastupdate", "updatedon", "updateddate", "updatedtime", "updateddatetime",
	"updatedutc", "updatedgmt", "updatedparsed", "updatediso", "updatedts", "updatedtimestamp", "updatetimestamp", "updatedate",
	"updatetime", "updateat", "dateupdate", "dateofupdate", "datetimeupdated", "ogupdatedtime", "articleupdated", "articleupdatedtime",
	"contentupdated", "webupdated", "changed", "changedat", "changedon", "changeddate", "changedate", "datechanged", "lastchanged",
	"lastchange", "edited", "editedat", "editedon", "editeddate", "editdate", "dateedited", "lastedited", "lasteditedat", "lastedit", "lasteditedtime",
	"revised", "revisedat", "reviseddate", "revisiondate", "daterevised", "lastrevised", "lastrevision", "corrected", "correctedat",
	"datecorrected", "correctiondate",
	"misajour", "datemisajour", "datedemiseajour", "datemodif", "datedemodification", "aktualisiert", "aktualisiertam", "geaendert",
	"geaendertam", "aenderungsdatum", "actualizado", "fechaactualizacion", "fechadeactualizacion", "fechamodificacion",
	"atualizado", "atualizadoem", "dataatualizacao", "datamodificacao", "aggiornato", "dataaggiornamento", "datamodifica", "bijgewerkt",
	"gewijzigd", "oppdatert", "uppdaterad", "paivitetty", "dataaktualizacji", "versioncreated",
}

// maxDates bounds the values that are kept of a date. Few records state one
// under more than three names.
const maxDates = 16

// setDate takes the values of a date under a name. Those under better names
// stand before them, those under others behind.
func (r *Record) setDate(f Field, rank int, values []Value) {
	at := &r.fields[f]
	if at.final {
		*at = found{}
	}
	n := 0
	for n < len(at.ranks) && at.ranks[n] <= rank {
		n++
	}
	for _, v := range values {
		if len(v.Text) > f.maxBytes() {
			v.Text = excerpt(v.Text)
		}
		if strings.TrimSpace(v.Text) != "" {
			at.values = slices.Insert(at.values, n, v)
			at.ranks = slices.Insert(at.ranks, n, rank)
			n++
		}
	}
	keep := min(len(at.values), maxDates)
	at.values, at.ranks = at.values[:keep], at.ranks[:keep]
	at.rank = at.ranks[0] + rankOffset
}

// Date returns the first of the dates of a field that read can read. It tells
// of a value that read refuses, and which stands under a better name than the
// date, or where there is no date at all.
func (r *Record) Date(f Field, read func(text string) (time.Time, bool)) (t time.Time) {
	var unread *Value
	values := r.fields[f].values
	for i := range values {
		text := strings.TrimSpace(values[i].Text)
		t, ok := read(text)
		if ok {
			if unread != nil && unread.From != values[i].From && !isFlag(unread.Text) {
				r.Tell(f, *unread, ErrNotUnderstood)
			}
			return t
		}
		if !saysNothing(text) && (unread == nil || isFlag(unread.Text)) {
			unread = &values[i]
		}
	}
	if unread != nil {
		r.Tell(f, *unread, ErrNotUnderstood)
	}
	return t
}

// saysNothing reports whether a program has written that there is no date.
func saysNothing(s string) bool {
	switch strings.ToLower(s) {
	case "", "none", "null", "nil", "nan", "nat", "undefined", "n/a", "na", "-", "--", "unknown", "false", "0", "[]", "{}", "[null]", "<nil>", "\\n":
		return true
	}
	// 0000-00-00 00:00:00, 0001-01-01T00:00:00Z: the zero of a database
	return strings.HasPrefix(s, "0000-") || strings.HasPrefix(s, "0001-01-01")
}

// isFlag reports whether a name that may be that of a date says yes or no.
func isFlag(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "1", "true", "yes", "y", "on", "published", "draft", "final", "live", "public":
		return true
	}
	return false
}
