package extract

import (
	"html"
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tidy brings a value from an attribute or from JSON onto one clean line.
// Such values are often escaped once too often, as HTML or as JSON.
func tidy(s string) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	s = unescapeLeft(s)
	return strings.Join(strings.Fields(Clean(s)), " ")
}

// foldTitle reduces a title to its letters and digits, to compare two.
func foldTitle(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// title returns the headline that a reader of the page sees. JSON-LD and
// og:title may be another, made for search engines or for sharing, or no
// headline at all. So the page's visible headline is the title, unless all
// that is written for machines agrees on another.
func (r *resolver) title() (text, from string) {
	t := r.statedTitles()
	for _, s := range [...]statement{
		r.preferredTitle(t),
		t.linked,
		t.shared,
		r.cutTitle(r.meta.stated("twitter:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title")),
		t.name,
		t.tab,
		r.cutTitle(statement{first(r.meta.headings), fromH1}),
	} {
		if s.text != "" {
			return s.text, s.from
		}
	}
	return "", ""
}

// fromH1 names the page's first heading as a place.
const fromH1 = "h1"

// titles are what a page calls its article, without the name of the site.
type titles struct {
	seen   statement // the headline on the page
	linked statement // JSON-LD headline
	shared statement // og:title
	name   statement // JSON-LD name
	tab    statement // <title>
}

func (r *resolver) statedTitles() titles {
	t := titles{
		linked: r.cutTitle(r.ofArticle("headline")),
		shared: r.cutTitle(r.meta.stated("og:title")),
		name:   r.cutTitle(r.ofArticle("name")),
		tab:    r.cutTitle(statement{r.meta.title, "title"}),
	}
	t.seen = r.cutTitle(statement{r.seenHeadline(t), fromH1})
	// What else the page calls the article tells where a suffix begins.
	all := [...]*statement{&t.seen, &t.linked, &t.shared, &t.name, &t.tab}
	for _, s := range all {
		for _, short := range all {
			if cutSuffix(s.text, short.text) {
				s.text = short.text
			}
		}
	}
	return t
}

// cutSuffix reports whether s is short and something behind it, such as the
// name of a section.
func cutSuffix(s, short string) bool {
	rest, ok := strings.CutPrefix(s, short)
	return ok && rest != "" && 2*len(short) >= len(s) && separator().MatchString(rest)
}

// cutTitle tidies a title and cuts the site's name off it.
func (r *resolver) cutTitle(s statement) statement {
	if s.text = r.cutSite(tidy(s.text)); len(s.text) > maxMetaValue {
		s.text = ""
	}
	return s
}

// preferredTitle returns the one that has the best grounds: the headline on the
// page, unless JSON-LD agrees against it with og:title, or with <title> and its
// own name of the article, or with <title> and the page's address. It returns
// none where the page shows no headline, and nothing else decides.
func (r *resolver) preferredTitle(t titles) statement {
	seen, linked, shared := foldTitle(t.seen.text), foldTitle(t.linked.text), foldTitle(t.shared.text)
	tab, name := foldTitle(t.tab.text), foldTitle(t.name.text)
	switch {
	case seen == "":
		return r.unseenTitle(t)
	case linked == seen:
		return t.linked
	case linked != "" && (linked == shared || linked == tab && (linked == name || r.spelledOut(t.linked.text))):
		return t.linked
	case shared == seen, isStart(t.seen.text, t.shared.text):
		return t.shared
	case linked == "" && shared != "" && shared == tab:
		return t.shared
	}
	return t.seen
}

// unseenTitle decides between JSON-LD and og:title where no h1 does. Some
// pages show their headline in another element.
func (r *resolver) unseenTitle(t titles) statement {
	linked, shared := foldTitle(t.linked.text), foldTitle(t.shared.text)
	switch {
	case linked == "" || shared == "" || linked == shared:
	case shared == foldTitle(t.tab.text) && shared == foldTitle(t.name.text):
		return t.shared // JSON-LD itself calls the article so
	case r.meta.shows(t.shared.text) && !r.meta.shows(t.linked.text):
		return t.shared
	}
	return statement{}
}

// isStart reports whether the headline on a page is the smaller part of a
// title, before a mark: a word of which the rest is the headline.
func isStart(seen, title string) bool {
	rest, ok := strings.CutPrefix(title, seen)
	return ok && 2*len(seen) < len(title) && separator().MatchString(rest)
}

// minSpelled is how many words of a title the address must have to be proof:
// a name of two or three words may be that of a section.
const minSpelled = 4

// spelledOut reports whether the page's address holds all the words of a
// title in their order, as in /2026/01/why-the-bank-waited.
func (r *resolver) spelledOut(title string) bool {
	address, _ := r.url(r.base.String())
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	words := slugWords(title)
	return len(words) >= minSpelled && strings.Contains("-"+strings.Join(slugWords(u.Path), "-")+"-", "-"+strings.Join(words, "-")+"-")
}

// slugWords returns the words of a title or a path as addresses spell them:
// in small letters without accents.
func slugWords(s string) []string {
	s = slugLetters.Replace(strings.ToLower(s))
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '\u00ad' {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

var slugLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "ø", "o", "æ", "ae", "ł", "l", "đ", "d", "ı", "i", "'", "", "’", "")

// seenHeadline returns the h1 that a reader takes for the headline: the only
// one, or that of which the other titles speak most. A site's name is none,
// and neither is one that has nothing in common with any other title.
func (r *resolver) seenHeadline(t titles) string {
	others := [...]string{t.shared.text, t.linked.text, t.tab.text, t.name.text, r.meta.first("twitter:title"), r.meta.first("og:description", "description")}
	best, bestLike := "", 0
	alone := t.linked.text == "" && t.shared.text == "" && len(r.meta.seenHeadings) == 1
	for _, h := range r.meta.seenHeadings {
		folded := foldTitle(h)
		if folded == "" || r.sites[folded] {
			continue
		}
		like := 0
		for _, s := range others {
			like = max(like, likeness(h, s))
		}
		if alone && best == "" || like > bestLike {
			best, bestLike = h, like
		}
	}
	return best
}

// likeness counts the words that two titles share, of scripts without spaces
// the pairs of letters. Short words are in every title.
func likeness(a, b string) int {
	in := map[string]bool{}
	for _, w := range titleWords(a) {
		in[w] = true
	}
	n := 0
	for _, w := range titleWords(b) {
		if in[w] {
			n++
			in[w] = false
		}
	}
	if n == 0 && foldTitle(a) != "" && foldTitle(a) == foldTitle(b) {
		n = 1
	}
	return n
}

// titleWords returns the words of a title that are long enough to mean
// something.
func titleWords(s string) []string {
	var out []string
	for _, w := range slugWords(s[:min(len(s), maxMetaValue)]) {
		runes := []rune(w)
		switch {
		case strings.ContainsFunc(w, isUnspaced):
			for i := range len(runes) - 1 {
				out = append(out, string(runes[i:i+2]))
			}
		case len(runes) >= 4 || unicode.IsNumber(runes[0]):
			out = append(out, w)
		}
	}
	return out
}

// isUnspaced reports whether r is of a script that puts no spaces between
// words.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// separator matches what stands between a headline and the name of the site
// or its section, where the name begins.
var separator = pattern(`^(?:\s*[|｜：]\s*|\s+(?:[-–—·•»*:/]|::|>)\s+)`)

// separators matches the same anywhere.
var separators = pattern(`\s*[|｜：]\s*|\s+(?:[-–—·•»*:/]|::|>)\s+`)

// cutSite cuts the name of the site off the end or the start of a title, as
// often as it stands there.
func (r *resolver) cutSite(s string) string {
	for range 3 {
		cuts := separators().FindAllStringIndex(s, -1)
		if len(cuts) == 0 {
			break
		}
		head, tail := cuts[0], cuts[len(cuts)-1]
		switch {
		case tail[0] > 0 && r.sites[foldTitle(s[tail[1]:])]:
			s = s[:tail[0]]
		case head[1] < len(s) && r.sites[foldTitle(s[:head[0]])]:
			s = s[head[1]:]
		default:
			return s
		}
	}
	return s
}

// siteNames returns, folded, what the site may call itself in a title or a
// byline.
func (r *resolver) siteNames() map[string]bool {
	names := map[string]bool{}
	source, _ := r.source()
	for _, s := range [...]string{
		source,
		r.meta.first("og:site_name"),
		r.meta.first("application-name"),
		r.meta.first("apple-mobile-web-app-title"),
		r.meta.first("publisher"),
		strings.TrimPrefix(r.meta.first("twitter:site"), "@"),
		linkedString(r.meta.linked.resolve(r.articleData["publisher"])),
		r.host(),
		strings.TrimSuffix(r.host(), "."+lastLabel(r.host())),
	} {
		if s = foldTitle(tidy(s)); s != "" {
			names[s] = true
		}
	}
	return names
}

func lastLabel(host string) string { return host[strings.LastIndexByte(host, '.')+1:] }
