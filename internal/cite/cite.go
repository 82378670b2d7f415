// Package cite writes citations of articles in the forms that programs for
// references read: RIS, BibTeX (also for biblatex) and CSL-JSON.
//
// An Item holds what all of them say. Nothing is made up: a name of which it
// is not known what is the family name stays whole, a date has the precision
// that the source gave it, and the day of access is that which a person states.
package cite

import (
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/extract"
)

// Kind is what kind of publication an item is.
type Kind uint8

// The kinds of items.
const (
	// Newspaper is an article of an outlet that is named.
	Newspaper Kind = iota
	// Webpage has an address, and no outlet is named.
	Webpage
	// Document has neither.
	Document
)

// Item is what is cited of an article.
type Item struct {
	Kind      Kind
	ID        string // of the article, in its index
	Authors   []Name
	Title     string
	Container string // the outlet
	Issued    Date
	Accessed  Date   // the day on which a person looked at URL
	URL       string // without blanks; of none that runs a script
	Language  string // BCP 47
	Abstract  string
	Keywords  []string // topics that the source states
	// FirstPage and LastPage are of the print; both are set, or neither.
	FirstPage, LastPage string
}

// Date is a day, a month or a year: what is not known is 0.
type Date struct{ Year, Month, Day int }

// DateOf is the day of a time, in its zone.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.Date()
	return Date{y, int(m), d}
}

// Of returns the item of an article. Accessed is the day on which a person
// looked at its address; zero when nobody says.
func Of(a *corpus.Article, accessed Date) Item {
	it := Item{
		ID: a.ID, Title: oneLine(a.Title), Container: oneLine(a.Source), Issued: issued(a),
		URL: address(a.URL), Language: a.Language, Abstract: oneLine(a.Summary),
	}
	switch {
	case it.Container != "":
		it.Kind = Newspaper
	case it.URL != "":
		it.Kind = Webpage
	default:
		it.Kind = Document
	}
	if it.URL != "" {
		it.Accessed = accessed
	}
	for _, author := range a.Authors {
		if author = oneLine(author); author != "" {
			it.Authors = append(it.Authors, nameOf(author, it.Container, a.Language))
		}
	}
	for _, t := range a.Topics {
		if t.Origin == corpus.Stated {
			it.Keywords = append(it.Keywords, oneLine(t.Path))
		}
	}
	if n := len(a.Pages); n > 0 {
		it.FirstPage, _, _ = strings.Cut(oneLine(a.Pages[0].Label), "-")
		last := oneLine(a.Pages[n-1].Label)
		it.LastPage = last[strings.LastIndexByte(last, '-')+1:]
	}
	return it
}

// issued returns the day of publication as the source states it: in its own
// zone, and no more precise than it says.
func issued(a *corpus.Article) Date {
	d, ok := extract.ReadDate(a.PublishedAs, a.Language)
	if !ok {
		return DateOf(a.Published)
	}
	t := d.Time
	if d.Zone != nil {
		t = t.In(d.Zone)
	}
	day := DateOf(t)
	switch d.Precision {
	case extract.ToYear:
		return Date{Year: day.Year}
	case extract.ToMonth:
		return Date{Year: day.Year, Month: day.Month}
	}
	return day
}

// oneLine brings a text onto one line.
func oneLine(s string) string { return strings.Join(strings.Fields(extract.Clean(s)), " ") }

// address returns a URL in which nothing ends a field early: blanks, braces
// and backslashes are percent-encoded. It is empty for one that no reader should follow,
// as it would run a script or open a file, by any scheme but those of addresses.
func address(s string) string {
	s = strings.NewReplacer(" ", "%20", "{", "%7B", "}", "%7D", `\`, "%5C").Replace(oneLine(s))
	scheme, _, ok := strings.Cut(s, ":")
	if ok && !strings.ContainsAny(scheme, "./?#") && !slices.Contains(schemes(), strings.ToLower(scheme)) {
		return ""
	}
	return s
}

// schemes are those that a citation may have an address of.
func schemes() []string { return []string{"http", "https", "ftp", "urn", "doi", "tag"} }
