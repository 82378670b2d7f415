package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// publishWords begin or end a line that says when an article appeared, and
// changeWords one that says when it was changed.
var (
	publishWords = pattern(`(?i)publi|posted|issued|written|created|filed|\bdate\b|\bdatum\b|\bdata\b|\bstand\b|veröffentlich|erstellt|` +
		`paru|mis en ligne|fecha|pubblicat|gepubliceerd|geplaatst|udgivet|julkaist|opubl|dodano|vydáno|megjelen|yayın|tarih|` +
		`опублик|дата|发布|發布|發佈|公開|配信|掲載|入力|입력|등록|diterbit|dipublikasi|đăng|نشر|تاریخ|انتشار|פורסם|प्रकाशित`)
	changeWords = pattern(`(?i)updat|modif|revised|amended|corrected|aktualis|geändert|mis à jour|mise à jour|actualiz|atualiz|aggiorna|modificat|` +
		`bijgewerkt|gewijzigd|opdater|oppdater|uppdater|ändrad|päivitet|zaktual|aktualiz|güncel|обновл|изменен|更新|수정|diperbarui|cập nhật|تحديث|به\x{200c}روز|עודכן|अपडेट`)
	// lineWords are words of such lines that say nothing else.
	lineWords = pattern(`(?i)^(?:on|at|by|of|the|in|am|um|im|den|der|vom|von|le|la|el|il|les|à|a|á|o|di|de|del|du|da|em|en|op|på|den|kl|klo|klokken|uhr|ore|hrs|` +
		`h|min|mins|minutes?|read|lesezeit|lecture|lettura|last|first|zuletzt|dernière|ultimo|última|and|und|et|y|e|og|och|bis|ago|edt|est|gmt|utc|cet|cest|p\.?m\.?|a\.?m\.?)[.:,]?$`)
)

// Bounds of what may stand in a line beside its time.
const (
	maxLineWords = 14 // where the line says what it is
	maxBesides   = 8  // names, above the text
)

// isOwnTime reports whether a time tells of the article, and whether it is one
// of changes. marked says that the page's own markup calls it the time of
// publication or of changes.
func (p *ownPlace) isOwnTime(n *html.Node, marked bool) (own, change bool) {
	if p.isElsewhere(n) {
		return false, false
	}
	line := n
	for line.Parent != nil && !isBlock(line.DataAtom) {
		line = line.Parent
	}
	before, rest := lineText(line, n)
	if changeWords().MatchString(before) {
		change = true
	}
	switch {
	case marked:
		return true, change
	case !p.inside(n) || len(rest) > maxMetaValue || p.isRow(line) || isOtherLabel(before):
		return false, false
	}
	return p.fitsLine(rest, p.late[n]), change
}

// isOtherLabel reports whether the text before a time names another fact, as
// "Next meeting:" does.
func isOtherLabel(before string) bool {
	return (strings.HasSuffix(before, ":") || strings.HasSuffix(before, "：")) && !publishWords().MatchString(before) && !changeWords().MatchString(before)
}

// isRow reports whether a line is a row of facts, such as the days of an
// event, and its label doesn't say that the fact is the article's day.
func (p *ownPlace) isRow(line *html.Node) bool {
	label := ""
	switch line.DataAtom {
	case atom.Dd:
		for s := line.PrevSibling; s != nil; s = s.PrevSibling {
			if s.DataAtom == atom.Dt {
				label = oneLine(s)
				break
			}
		}
	case atom.Td, atom.Th:
		if line.Parent != nil && p.counts[line.Parent].links == 0 {
			label = oneLine(line.Parent)
		}
	default:
		return false
	}
	return !publishWords().MatchString(label) && !changeWords().MatchString(label)
}

// lineText returns the text of a line without times and links in it: that between n and
// the time before it, and all of it. Blocks within have lines of their own.
func lineText(line, n *html.Node) (before, rest string) {
	var b strings.Builder
	seen := false
	last := 0
	var visit func(*html.Node)
	visit = func(x *html.Node) {
		for c := x.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c == n:
				seen = true
				before = b.String()[last:]
			case c.Type == html.TextNode:
				if b.Len() < maxMetaValue {
					b.WriteString(c.Data)
					b.WriteByte(' ')
				}
			case c.DataAtom == atom.Time:
				if !seen {
					last = b.Len()
				}
			case c.DataAtom == atom.A: // names and buttons; a story's link has been looked at
			case c.Type == html.ElementNode && !isBlock(c.DataAtom) && !isUnseen(c.DataAtom):
				visit(c)
			}
		}
	}
	if line != n {
		visit(line)
	}
	return strings.TrimSpace(before), strings.Join(strings.Fields(b.String()), " ")
}

// fitsLine reports whether what stands in a line beside a time leaves it a
// line about the article: nothing, words about publishing, names. A sentence
// doesn't. late says that the line is below the beginning of the text.
func (p *ownPlace) fitsLine(rest string, late bool) bool {
	says := publishWords().MatchString(rest) || changeWords().MatchString(rest) || bylinePrefix().MatchString(rest)
	words, small := 0, 0
	for w := range strings.FieldsSeq(rest) {
		if !strings.ContainsFunc(w, unicode.IsLetter) || lineWords().MatchString(w) || publishWords().MatchString(w) || changeWords().MatchString(w) {
			continue
		}
		words++
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !nameParticles[w] {
			small++
		}
		if strings.ContainsFunc(w, isUnspaced) {
			words += utf8.RuneCountInString(w) / 3
		}
	}
	switch {
	case words == 0:
		return true
	case says:
		return words <= maxLineWords && small <= 3
	case late:
		return false
	}
	return words <= maxBesides && small <= 1 && !strings.HasSuffix(rest, ".") && !strings.HasSuffix(rest, "!") && !strings.HasSuffix(rest, "?")
}

// keepOwn drops times and bylines that are not the article's, and files the
// meta elements of the body that are.
func (m *metadata) keepOwn(doc *html.Node) {
	if len(m.times)+len(m.bylines)+len(m.inBody) == 0 {
		return
	}
	titles := []string{m.title, m.first("og:title"), m.first("twitter:title")}
	for _, n := range m.linked.nodes {
		if s := str(n["headline"]); s != "" && len(titles) < 20 {
			titles = append(titles, s)
		}
	}
	p := findOwnPlace(doc, titles)
	loose := 0
	drop := func(t timeTag) bool {
		m.otherTime(t.node)
		return true
	}
	m.times = slices.DeleteFunc(m.times, func(t timeTag) bool { return !p.keepTime(&t, &loose) && drop(t) })
	for i := range m.times {
		if _, change := p.isOwnTime(m.times[i].node, true); change {
			m.times[i].hint += " updated"
		}
	}
	if loose > 1 { // a chronicle
		m.times = slices.DeleteFunc(m.times, func(t timeTag) bool { return p.isLoose(&t) && drop(t) })
	}
	m.bylines = slices.DeleteFunc(m.bylines, func(b byline) bool { return p.isElsewhere(b.node) && !b.isBox() })
	for _, n := range m.inBody {
		if !p.isElsewhere(n) {
			m.fileMeta(n)
		}
	}
}

// keepTime reports whether t is the article's, and counts the loose ones.
func (p *ownPlace) keepTime(t *timeTag, loose *int) bool {
	own, _ := p.isOwnTime(t.node, t.isMarked())
	if own && p.isLoose(t) {
		*loose++
	}
	return own
}

// isLoose reports whether a time stands in the text with nothing that says
// what it is.
func (p *ownPlace) isLoose(t *timeTag) bool {
	return p.late[t.node] && !t.isMarked() && !strings.Contains(t.hint, "updated")
}

// isMarked reports whether the page's markup calls a time that of publication
// or of changes.
func (t *timeTag) isMarked() bool {
	for _, s := range [...]string{"datepublished", "datemodified", "datecreated", "uploaddate", "publi", "pubdate", "posted", "byline", "dateline", "updat", "modif"} {
		if strings.Contains(t.hint, s) {
			return true
		}
	}
	return false
}

// isBox reports whether a byline's element, or one around it, is said to be
// about the author: such boxes have headings and links of their own.
func (b *byline) isBox() bool {
	if !b.exact {
		return false
	}
	n := b.node.Parent
	for i := 0; n != nil && i < 3; n, i = n.Parent, i+1 {
		if namesAuthor(strings.ToLower(attr(n, "class") + " " + attr(n, "id"))) {
			return true
		}
	}
	return false
}
