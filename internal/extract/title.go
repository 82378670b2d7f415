package extract

import (
	"html"
	"net/url"
	"slices"
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
		r.cutTitle(r.meta.stated("title")),
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
	t.seen = r.cutTitle(r.seenHeadline(t))
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
	s.text = r.cutSite(tidy(s.text))
	// In Chinese, names of sections and of the site stand behind low lines.
	if head, _, ok := strings.Cut(s.text, "_"); ok && strings.ContainsFunc(head, isUnspaced) && isPhrase(head) {
		s.text = strings.TrimSpace(head)
	}
	if len(s.text) > maxMetaValue {
		s.text = ""
	}
	return s
}

// preferredTitle returns the one that has the best grounds: the headline on the
// page, in the words of JSON-LD or og:title where they are the same but for
// quotation marks. It returns none where the page shows no headline, and
// nothing else decides.
func (r *resolver) preferredTitle(t titles) statement {
	seen, linked, shared := foldTitle(t.seen.text), foldTitle(t.linked.text), foldTitle(t.shared.text)
	switch {
	case seen == "":
		return r.unseenTitle(t)
	case linked == seen, runningWords().MatchString(t.linked.text+"\n"+t.seen.text) && r.spelledOut(t.linked.text):
		return t.linked // on the page of a running story, the h1 is the last news
	case shared == seen:
		return t.shared
	case r.withKicker(t.linked, t):
		return t.linked
	case r.withKicker(t.shared, t):
		return t.shared
	case isStart(t.seen.text, t.shared.text):
		return t.shared
	}
	if s := t.machines(); s.text != "" {
		return s
	}
	if linked != "" && linked == foldTitle(t.tab.text) && r.spelledOut(t.linked.text) {
		return t.linked
	}
	return t.seen
}

// runningWords are what pages call themselves that follow a running story.
var runningWords = pattern(`(?m)^LIVE\b|[\s|:]LIVE\b|^Live:|(?i)\+\+\+|ticker\b|live[ -]?blog|live[ -](?:updates|coverage|news)|en direct|en vivo|en directo|ao vivo|in diretta|na żywo|canlı|minuto a minuto|прямой эфир|онлайн|速報|实时`)

// machines returns the title on which all agrees that is written for machines:
// JSON-LD and og:title, where they are stated, and <title>. It returns none
// where that is the headline on the page with more behind it, or cut short.
func (t *titles) machines() statement {
	s := t.linked
	if s.text == "" {
		s = t.shared
	}
	title, seen := foldTitle(s.text), foldTitle(t.seen.text)
	if title == "" || t.shared.text != "" && foldTitle(t.shared.text) != title || strings.HasPrefix(title, seen) || strings.HasPrefix(seen, title) {
		return statement{}
	}
	rest, ok := strings.CutPrefix(t.tab.text, s.text)
	if foldTitle(t.tab.text) != title && (!ok || !separator().MatchString(rest)) {
		return statement{}
	}
	return s
}

// withKicker reports whether a title is the headline on the page behind the
// line above it: JSON-LD and og:title both say so, or the page shows the line.
func (r *resolver) withKicker(s statement, t titles) bool {
	before, ok := strings.CutSuffix(s.text, t.seen.text)
	kicker := strings.TrimRight(before, " |｜：:-–—·•»*/>.")
	if !ok || kicker == "" || strings.TrimSpace(before) == kicker {
		return false
	}
	return foldTitle(t.linked.text) == foldTitle(t.shared.text) || r.meta.shows(kicker)
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

// seenHeadline returns what a reader takes for the headline: an h1 that the
// page states as its title, else that of which the other titles speak most. A
// site's name is none. Where no h1 is one beyond doubt, it may be a smaller
// heading.
func (r *resolver) seenHeadline(t titles) statement {
	stated := []string{t.linked.text, t.shared.text, t.name.text, t.tab.text}
	others := append([]string{r.meta.first("twitter:title"), r.meta.first("og:description", "description")}, stated...)
	var best headline
	bestLike := 0
	var all []headline
	for _, h := range r.meta.seenHeadings {
		if folded := foldTitle(h.text); folded == "" || r.sites[folded] || isSiteOf(h.text, t) {
			continue
		}
		if s := h.statedForm(stated); s != "" {
			return statement{s, fromH1}
		}
		all = append(all, h)
		like := 0
		for _, s := range others {
			like = max(like, likeness(h.text, s))
		}
		if like > bestLike {
			best, bestLike = h, like
		}
	}
	if bestLike > 0 && isPhrase(best.text) && (best.placed && len(all) == 1 || 2*bestLike >= len(titleWords(best.text))) {
		return statement{best.text, fromH1}
	}
	if s := r.statedLine(t); s != "" {
		return statement{s, fromLine}
	}
	if bestLike == 0 && len(all) == 1 && (all[0].placed && isPhrase(all[0].text) || t.linked.text == "" && t.shared.text == "") {
		best = all[0]
	}
	return statement{best.text, fromH1}
}

// fromLine names a heading below the level of an h1 as a place.
const fromLine = "heading"

// isSiteOf reports whether a heading is the name of the site: <title> or
// og:title is made of it and of a longer title, which the page states too.
func isSiteOf(h string, t titles) bool {
	for _, whole := range [...]string{t.tab.text, t.shared.text} {
		for _, s := range [...]string{t.linked.text, t.shared.text, t.name.text} {
			if len(s) <= len(h) {
				continue
			}
			behind, ok := strings.CutPrefix(whole, h)
			if ok && strings.HasSuffix(behind, s) && foldTitle(behind) == foldTitle(s) {
				return true
			}
			before, ok := strings.CutSuffix(whole, h)
			if ok && strings.HasPrefix(before, s) && foldTitle(before) == foldTitle(s) {
				return true
			}
		}
	}
	return false
}

// isPhrase reports whether a heading has the words of a headline, rather than
// one or two, as the names of sections and buttons have.
func isPhrase(s string) bool {
	return len(strings.Fields(s)) >= 3 || strings.ContainsFunc(s, isUnspaced) && len([]rune(s)) >= 8
}

// statedLine returns the line of the page that is one of the titles that it
// states; of <title>, the front part is enough.
func (r *resolver) statedLine(t titles) string {
	lines := r.meta.lines()
	stated := slices.DeleteFunc([]string{t.linked.text, t.shared.text, t.name.text, t.tab.text}, func(s string) bool {
		return s == "" || r.sites[foldTitle(s)]
	})
	for _, s := range stated {
		for _, line := range lines {
			if foldTitle(line.text) == foldTitle(s) {
				return line.statedForm(stated)
			}
		}
	}
	for _, line := range lines {
		if form := line.statedForm(stated); form != "" {
			return form
		}
	}
	for _, line := range lines {
		rest, ok := strings.CutPrefix(t.tab.text, line.text)
		if ok && isPhrase(line.text) && separator().MatchString(rest) {
			return line.text
		}
	}
	return ""
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
