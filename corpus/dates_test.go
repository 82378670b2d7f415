package corpus

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// stated returns a date as the tests below write it.
func stated(t time.Time) string {
	s := t.Format(time.RFC3339)
	if t.IsZero() {
		return "-"
	}
	return strings.TrimSuffix(s, "T00:00:00Z")
}

// dated is a source that states dates. Told is part of what is said of a value
// that could not be read; without it nothing is.
type dated struct{ format, content, published, updated, told string }

func testDated(t *testing.T, tests []dated) {
	t.Helper()
	for _, tt := range tests {
		articles, errs := parse(t, tt.format, []byte(tt.content))
		if len(articles) != 1 {
			t.Errorf("%s: %d articles, errors %v", tt.content, len(articles), errs)
			continue
		}
		if p, u := stated(articles[0].Published), stated(articles[0].Updated); p != tt.published || u != tt.updated {
			t.Errorf("%s: published %s, updated %s; want %s, %s", tt.content, p, u, tt.published, tt.updated)
		}
		switch {
		case tt.told == "" && len(errs) == 0:
		case len(errs) == 1 && errors.Is(errs[0], ErrPartial) && tt.told != "" && strings.Contains(errs[0].Error(), tt.told):
		default:
			t.Errorf("%s: told %v, want %q", tt.content, errs, tt.told)
		}
	}
}

// The day of publication, and that of change, have many names; those of other
// days are neither.
func TestDateNames(t *testing.T) {
	const moment = "2023-11-09T07:45:00Z"
	for _, name := range []string{
		"date_publish", "publishing_date", "published_time", "publishTime", "posted_at", "datePosted", "display_date",
		"first_publication_date", "firstPublishedAt", "seendate", "date_gmt", "published_utc", "dateTimePub", "PublishedOn",
		"article:published_time", "og:published_time", "dc.date.issued", "DCTERMS.issued", "original_publish_date", "published_parsed",
		"createdTime", "created_utc", "pub_datetime", "publish_timestamp", "post_date_gmt", "release-date", "date_utc", "isoDate",
		"web_publication_date_utc", "storyPublishedOn", "initial_publish_ts", "pub_at", "date_of_publication", "publishedDateTimeGmt", "posted",
		"Datum", "fecha_publicacion", "data_pubblicazione", "data-publicacao", "date_publication", "Erscheinungsdatum",
	} {
		testDated(t, []dated{{"json", `{"title": "A", "` + name + `": "2023-11-09 07:45:00"}`, moment, "-", ""}})
	}
	for _, name := range []string{
		"date_modify", "modified_time", "lastmod", "last_modified_at", "lastUpdated", "updatedTime", "update_date", "date_updated",
		"modified_gmt", "changed_at", "last_edited", "revisionDate", "article:modified_time", "dcterms.modified", "og:updated_time",
		"last_published_at", "latest_revision_created", "contentLastModifiedUtc", "mod_date", "edited", "lastEditTime", "post_modified",
		"LastModifiedDate", "dateLastModified", "versioncreated", "date-modification", "fecha_actualizacion", "aktualisiert",
	} {
		testDated(t, []dated{{"json", `{"title": "A", "` + name + `": "2023-11-09 07:45:00"}`, "-", moment, ""}})
	}
	for _, name := range []string{
		"date_download", "crawled_at", "crawl_date", "fetched", "scraped_at", "retrieved_at", "accessed", "access_date", "indexed_date",
		"collect_date", "saved_at", "date_added", "time_added", "event_date", "start_date", "end_date", "startDate", "deadline", "expiry_date",
		"expires", "valid_until", "embargo_until", "embargoed", "embargoedUntil", "birth_date", "archived_at", "deleted_at", "read_at",
		"unpublish_date", "publish_end_date", "published_by", "next_update", "update_frequency", "last_updated_by_crawler_at",
		"comment_posted_at", "image_published", "publication", "publisher", "post", "issue", "modified_by", "edit", "post_id",
		"filedate", "load_date", "first_seen_by_crawler", "next_update", "copyright_date",
	} {
		testDated(t, []dated{{"json", `{"title": "A", "` + name + `": "2023-11-09 07:45:00"}`, "-", "-", ""}})
	}
	testDated(t, []dated{
		{"json", `{"title": "A", "dates": {"published": "2023-11-09", "modified": "2023-11-10", "crawled": "2023-11-12"}}`, "2023-11-09", "2023-11-10", ""},
		{"json", `{"title": "A", "date": {"published": "2023-11-09", "modified": "2023-11-10"}}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "date_gmt": "2023-11-09T07:45:00", "date": "2023-11-09T08:45:00"}`, moment, "-", ""},
		{"json", `{"title": "A", "timestamp": "2023-11-12", "created_at": "2023-11-10", "date": "2023-11-09"}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "seendate": "20231112T000000Z", "published": "2023-11-09"}`, "2023-11-09", "-", ""},
		{"markdown", "---\ntitle: A\ndate: 2023-11-09\nlastmod: 2023-11-10\n---\nProse.", "2023-11-09", "2023-11-10", ""},
		{"text", "Title: A\nPosted: 9 November 2023\nLast-Modified: 10 November 2023\n\nProse goes on and on.", "2023-11-09", "2023-11-10", ""},
	})
}

// Where the best name holds no date, the next counts. What could not be read
// is told, unless it merely says that there is none.
func TestUnreadableDates(t *testing.T) {
	testDated(t, []dated{
		{"json", `{"title": "A", "published": 1, "date": "2023-11-09"}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "date": "2023-11-09", "published": "true"}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "published": "draft", "date": "2023-11-09"}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "published_at": "0000-00-00 00:00:00", "date": "2023-11-09"}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "publishedAt": "None", "pubDate": null, "publish_date": "", "created": 1699488000}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "published": "3 hours ago", "date": "2023-11-09"}`, "2023-11-09", "-", "published: 3 hours ago"},
		{"json", `{"title": "A", "published": {"by": "Ada"}, "date": "2023-11-09"}`, "2023-11-09", "-", `{"by": "Ada"}`},
		{"json", `{"title": "A", "published": [2023, 13, 9], "date": "2023-11-09"}`, "2023-11-09", "-", "[2023, 13, 9]"},
		{"json", `{"title": "A", "published": ["3 hours ago", "2023-11-09"]}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "updated": "just now", "modified": "0001-01-01T00:00:00Z", "lastmod": "2023-11-09"}`, "-", "2023-11-09", "updated: just now"},
		{"json", `{"title": "A", "published": "2023-11-09", "date": "soon"}`, "2023-11-09", "-", ""}, // it was not needed
		{"json", `{"title": "A", "date": "2022-01-01", "published": "2023-11-09"}`, "2023-11-09", "-", ""},
		{"json", `{"title": "A", "published": "soon", "date": "later"}`, "-", "-", "published: soon"},
		{"json", `{"title": "A", "published": 1, "date": "later"}`, "-", "-", "at date (published): later"},
		{"json", `{"title": "A", "published": "0000-00-00", "date": "None"}`, "-", "-", ""},
		{"json", `{"title": "A", "published": false, "date": {}, "created": []}`, "-", "-", ""},
		{"markdown", "---\ntitle: A\npublished: true\ndate: 9 Nov 2023\n---\nProse.", "2023-11-09", "-", ""},
		{"markdown", "---\ntitle: A\ndate: in a while\n---\nProse.", "-", "-", "published): in a while"},
		{"text", "Title: A\nPublished: in a while\nDate: 9 Nov 2023\n\nProse goes on and on.", "2023-11-09", "-", "in a while"},
	})
	long := `{"title": "A", "date": "` + strings.Repeat("so long ", 1000) + `"}`
	_, errs := parse(t, "json", []byte(long))
	if len(errs) != 1 || len(errs[0].Error()) > 300 {
		t.Errorf("of a long value is told %v", errs)
	}
}

// Where a source states a language that puts the day first, so do its dates.
func TestDayFirst(t *testing.T) {
	const page = `<html lang="%"><head><title>A</title>#<meta name="date" content="07/11/2023"></head><body><article><h1>A</h1>
		<p>The pilots and the port spent a week over the tariff, and neither side gave way.</p></article></body></html>`
	pageIn := func(language, head string) string {
		return strings.NewReplacer("%", language, "#", head).Replace(page)
	}
	const july, november = "2023-07-11", "2023-11-07"
	testDated(t, []dated{
		{"json", `{"title": "A", "lang": "fr", "date": "07/11/2023"}`, november, "-", ""},
		{"json", `{"title": "A", "date": "07-11-23", "language": "pt-BR"}`, november, "-", ""},
		{"json", `{"title": "A", "modified": "07/11/2023", "inLanguage": "en-AU"}`, "-", november, ""},
		{"json", `{"title": "A", "date": "07/11/2023", "language": "Dutch"}`, november, "-", ""},
		{"json", `{"title": "A", "date": ["07/11/2023"], "language": {"name": "it"}}`, november, "-", ""},
		{"json", `{"language": "fr", "items": [{"title": "A", "date": "07/11/2023"}]}`, november, "-", ""},
		{"json", `{"items": [{"title": "A", "date": "07/11/2023"}], "lang": "de"}`, november, "-", ""},
		{"json", `{"language": "fr", "items": [{"title": "A", "date": "07/11/2023", "language": "en"}]}`, july, "-", ""},
		{"json", `{"title": "A", "date": "07/11/2023", "lang": "en-US"}`, july, "-", ""},
		{"json", `{"title": "A", "date": "07/11/2023", "lang": "en"}`, july, "-", ""},
		{"json", `{"title": "Il prezzo", "date": "07/11/2023", "text": "I piloti e il porto hanno passato il giorno sulla tariffa, e nessuno ha ceduto."}`, july, "-", ""},
		{"json", `{"title": "A", "date": "07/25/2023", "lang": "fr"}`, "2023-07-25", "-", ""},
		{"json", `{"title": "A", "date": "25/07/2023", "lang": "en-US"}`, "2023-07-25", "-", ""},
		{"markdown", "---\ntitle: A\nlang: es\ndate: 07/11/2023\n---\nProse.", november, "-", ""},
		{"markdown", "---\ntitle: A\ndate: 07/11/2023\n---\nProse.", july, "-", ""},
		{"text", "Title: A\nLanguage: en-GB\nDate: 07/11/2023\n\nProse goes on and on.", november, "-", ""},
		{"text", "---\nlang: en-NZ\n---\nThe Price of Delay\n\n07/11/2023\n\nProse goes on and on. It has no end.", november, "-", ""},
		{"html", pageIn("de", ""), november, "-", ""},
		{"html", pageIn("en-IE", ""), november, "-", ""},
		{"html", pageIn("", `<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A", "inLanguage": "nl"}</script>`), november, "-", ""},
		{"html", pageIn("", `<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A", "inLanguage": {"@type": "Language", "name": "Dutch", "alternateName": "nl"}}</script>`), november, "-", ""},
		{"html", pageIn("", `<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A", "inLanguage": [{"@type": "Language", "name": "Italian"}]}</script>`), november, "-", ""},
		{"html", pageIn("french", ""), november, "-", ""},
		{"html", pageIn("en", `<meta property="og:locale" content="en_GB">`), november, "-", ""},
		{"html", pageIn("en", `<meta property="og:locale" content="en_US">`), july, "-", ""},
		{"html", pageIn("en-US", `<meta property="og:locale" content="fr_FR">`), july, "-", ""},
		{"html", pageIn("", ""), july, "-", ""},
	})
}

// A place before the day is nowhere else, so that the line stays.
func TestPlaceAndDay(t *testing.T) {
	const prose = "The pilots and the port spent a week over the tariff, and neither side gave way on it."
	for line, want := range map[string]string{
		"Vessem, 9 November 2023": "2023-11-09", "New Vessem, 9 November 2023, 7.45": "2023-11-09T07:45:00Z",
		"Elections, votes and 9 November 2023": "-", "What was said, 9 November 2023": "-",
	} {
		articles, _ := parse(t, "text", []byte("The Price of Delay\n\n"+line+"\n\n"+prose+"\n\n"+prose+"\n"))
		if len(articles) != 1 || stated(articles[0].Published) != want || articles[0].Title != "The Price of Delay" {
			t.Errorf("%s: %v", line, articles)
		}
	}
}

// A line that says when, and nothing else, is no part of the text.
func TestDateLines(t *testing.T) {
	const prose = "The pilots and the port spent a week over the tariff, and neither side gave way on it."
	for _, tt := range []struct {
		line, published, updated string
	}{
		{"Thu 9 Nov 2023 07.45 GMT", "2023-11-09T07:45:00Z", "-"},
		{"Thu 9 Nov 2023 07.45 GMT Last modified on Fri 10 Nov 2023 08.15 CET", "2023-11-09T07:45:00Z", "2023-11-10T07:15:00Z"},
		{"Julkaistu 9.11.2023 klo 7.45", "2023-11-09T07:45:00Z", "-"},
		{"Publié le 9 novembre 2023 à 7h45", "2023-11-09T07:45:00Z", "-"},
		{"First published on Thu 9 Nov 2023 07.45 GMT", "2023-11-09T07:45:00Z", "-"},
		{"November 9, 2023", "2023-11-09", "-"},
		{"Updated: November 9, 2023", "-", "2023-11-09"},
		{"The vote of 9 November 2023", "-", "-"},
		{"It cost 7.45 in 2023", "-", "-"},
		{"In 2023", "-", "-"},
	} {
		articles, errs := parse(t, "text", []byte("The Price of Delay\n\n"+tt.line+"\n\n"+prose+"\n\n"+prose+"\n"))
		if len(articles) != 1 || len(errs) > 0 {
			t.Errorf("%s: %d articles, errors %v", tt.line, len(articles), errs)
			continue
		}
		a := &articles[0]
		if p, u := stated(a.Published), stated(a.Updated); p != tt.published || u != tt.updated {
			t.Errorf("%s: published %s, updated %s; want %s, %s", tt.line, p, u, tt.published, tt.updated)
		}
		whole := a.Title + "\n" + a.Body
		for i := range a.Sections {
			whole += "\n" + a.Sections[i].Heading
		}
		if dated := tt.published != "-" || tt.updated != "-"; strings.Contains(whole, tt.line) == dated {
			t.Errorf("%s: is it in the text? %q", tt.line, whole)
		}
	}
}

// The date is kept as precise as its source gives it.
func TestPublishedAs(t *testing.T) {
	for _, test := range []struct{ format, content, want string }{
		{"json", `{"title": "A", "text": "Prices fell.", "date": "2014"}`, "2014"},
		{"json", `{"title": "A", "text": "Prices fell.", "date": "May 2014"}`, "2014-05"},
		{"json", `{"title": "A", "text": "Prices fell.", "date": "30 May 2014"}`, "2014-05-30"},
		{"json", `{"title": "A", "text": "Prices fell.", "date": "2014-05-30T09:20+02:00"}`, "2014-05-30T09:20+02:00"},
		{"json", `{"title": "A", "text": "Prices fell.", "date": 1401434405}`, "2014-05-30T07:20:05Z"},
		{"json", `{"title": "A", "text": "Prices fell."}`, ""},
		{"text", "A title\n\nPublished: 30 May 2014 9.20\n\nProse goes on and on.", "2014-05-30T09:20"},
		{"text", "LONDON, May 30, 2014 (NA) — Prose goes on and on.", "2014-05-30"},
		{"markdown", "---\ntitle: A\ndate: 2014-05\n---\n\nProse goes on and on.", "2014-05"},
		{"html", `<html><head><meta name="date" content="May 2014"></head><body><article><h1>A</h1><p>Prose goes on and on.</p></article></body></html>`, "2014-05"},
	} {
		a := parseOne(t, test.format, test.content)
		if a.PublishedAs != test.want {
			t.Errorf("%s %q: %s, want %s", test.format, test.content, a.PublishedAs, test.want)
		}
	}
}
