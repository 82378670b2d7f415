// Package publishing holds what the readers of feeds and of exports of publishing
// systems share: ids, languages, and names that are but accounts.
package publishing

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/wordset"
)

// Set sets a field to texts that stood at one place, each one value. Empty ones
// are passed over.
func Set(rec *record.Record, f record.Field, from string, texts ...string) {
	var values []record.Value
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			values = append(values, record.Value{Text: t, From: from, Element: true})
		}
	}
	if len(values) > 0 {
		rec.Set(f, record.Mapped, values)
	}
}

// SetHTML sets the text to HTML.
func SetHTML(rec *record.Record, from, html string) {
	if strings.TrimSpace(html) != "" {
		Set(rec, record.Body, from, html)
		rec.Form = record.HTML
	}
}

// IsWeb reports whether a text is an address on the web.
func IsWeb(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// HostOf returns the host of the first of the addresses that has one, in lower
// case; empty when none has.
func HostOf(addresses ...string) string {
	for _, a := range addresses {
		if u, err := url.Parse(a); err == nil && u.Hostname() != "" {
			return strings.ToLower(u.Hostname())
		}
	}
	return ""
}

// IsTrueID reports whether an id tells an item from all others in the world: it
// is an address, a tag: or a urn:.
func IsTrueID(id string) bool {
	lower := strings.ToLower(id[:min(len(id), 8)])
	return strings.HasPrefix(lower, "tag:") || strings.HasPrefix(lower, "urn:") || IsWeb(lower) && HostOf(id) != ""
}

// Marker gives the records of a file their places and ids, and keeps apart those
// that state the same.
type Marker struct {
	seen map[string]string // the titles under the places that were met
}

// Bounds of the places that are remembered, and of one, in bytes.
const (
	maxMarked = 1 << 18
	maxPlace  = 512
)

// Mark sets place and id of a record that has its title and number, and of which
// an id and an address are stated; both may be empty. The id is the record's
// where it is a true one. An id that another record has, with another title, is
// none.
func (m *Marker) Mark(rec *record.Record, id, from, link string) {
	id = strings.TrimSpace(id)
	number := strconv.Itoa(rec.Number)
	place := id
	if place == "" {
		place = link
	}
	if place == "" || len(place) > maxPlace {
		place = number
	}
	title, taken := m.seen[place]
	if taken = taken && title != rec.First(record.Title); taken {
		place += " " + number
	}
	rec.Place = place
	if m.seen == nil {
		m.seen = map[string]string{}
	}
	if len(m.seen) < maxMarked {
		m.seen[place] = rec.First(record.Title)
	}
	if !taken && IsTrueID(id) {
		Set(rec, record.ID, from, id)
		rec.GlobalID = true
	}
}

// Zoned returns a time with its zone, of how it is written at its place and in
// UTC; empty without the latter.
func Zoned(local, utc string) string {
	at, err := time.Parse(time.DateTime, utc)
	if err != nil || at.Year() < 1 {
		return ""
	}
	const widest, step = 14 * time.Hour, 15 * time.Minute
	here, err := time.Parse(time.DateTime, local)
	if offset := here.Sub(at); err == nil && offset%step == 0 && offset.Abs() <= widest {
		return at.In(time.FixedZone("", int(offset.Seconds()))).Format(time.RFC3339)
	}
	return at.Format(time.RFC3339)
}

// Withheld is what a draft says of its use.
func Withheld() *record.Handling { return &record.Handling{Status: "withheld"} }

// languageSample is how much of a text tells its language, in bytes, and
// sureLanguage how sure it must be against what the source says.
const (
	languageSample = 2 << 10
	sureLanguage   = 0.7
)

// SetLanguage sets the language that a whole site states, but for an English
// that is only stated since a template did. Title and text must be there.
func SetLanguage(rec *record.Record, language string) {
	tag := extract.StatedLanguage(language)
	if tag == "" {
		return
	}
	if base, _, _ := strings.Cut(tag, "-"); base == "en" {
		sample := rec.First(record.Title) + "\n" + rec.First(record.Summary) + "\n" + layout.Prefix(rec.Text(), languageSample)
		found, confidence := text.DetectLanguage(layout.WithoutTags(sample))
		if found != "" && found != "en" && confidence >= sureLanguage {
			return
		}
	}
	Set(rec, record.Language, "language", language)
}

// accounts are the names of accounts that say nothing of a person.
var accounts = wordset.Of("admin", "administrator", "root", "webmaster", "wordpress", "ghost", "user", "editor", "default", "system", "wpadmin", "siteadmin")

// IsAccount reports whether a name is that of an account nobody writes under.
func IsAccount(name string) bool { return accounts()[strings.ToLower(strings.TrimSpace(name))] }

// noTopics are the categories of articles that nobody gave one.
var noTopics = wordset.Of("uncategorized", "uncategorised", "unkategorisiert", "nezařazené", "okategoriserad", "ukategoriseret")

// IsTopic reports whether a category is one that somebody chose.
func IsTopic(name string) bool { return !noTopics()[strings.ToLower(strings.TrimSpace(name))] }
