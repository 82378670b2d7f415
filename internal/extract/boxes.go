package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Some of what stands beside an article is told by what it is made of, whatever
// it is called: lists of links, forms that ask for an address, what readers
// wrote.

// isLinkBox reports whether n is a list of other stories: a list, or a
// heading and what follows it, whose text is links within the same site.
func (p *pruner) isLinkBox(n *html.Node) bool {
	w := p.ws[n]
	if w.links*10 < w.text*6 || w.prose > 0 || w.h1 > 0 || w.links == 0 || p.prose < minArticle {
		return false
	}
	switch n.DataAtom {
	case atom.Ul, atom.Ol:
	case atom.Div, atom.Section:
		if firstHeading(n) == nil {
			return false
		}
	default:
		return false
	}
	return linksHome(n, p.host)
}

// maxLinkLabel is how much text in a line of links may be outside of them, in
// bytes: "Share:", "Topics:".
const maxLinkLabel = 20

// isLinkLine reports whether n is a line that leads elsewhere: all of it is a
// link, or it is short and most of it several links.
func (p *pruner) isLinkLine(n *html.Node) bool {
	w := p.ws[n]
	if w.links == 0 || w.prose > 0 || p.prose < minArticle || n.DataAtom != atom.P && n.DataAtom != atom.Div {
		return false
	}
	links := 0
	for c := range n.Descendants() {
		if isBlock(c.DataAtom) {
			return false
		}
		if c.DataAtom == atom.A {
			links++
		}
	}
	return w.links*10 >= w.text*8 || links > 1 && w.text-w.links <= maxLinkLabel && w.links*10 >= w.text*6 && !endsSentence(oneLine(n))
}

// isSharing reports whether n is a row of links that share the page.
func (p *pruner) isSharing(n *html.Node) bool {
	w := p.ws[n]
	if w.links*10 < w.text*6 || w.links == 0 || w.prose > 0 || w.h1 > 0 || !isBlock(n.DataAtom) {
		return false
	}
	shares := false
	for c := range n.Descendants() {
		if c.DataAtom != atom.A || p.ws[c].text == 0 {
			continue
		}
		href := strings.ToLower(attr(c, "href"))
		if !sharingAddress().MatchString(href[:min(len(href), maxMetaValue)]) {
			return false
		}
		shares = true
	}
	return shares
}

// sharingAddress matches where a link leads that shares the page.
var sharingAddress = pattern(`^(?:https?:)?(?://)?(?:www\.|m\.)?(?:facebook\.com/(?:sharer|share\.php|dialog/)|(?:twitter|x)\.com/(?:intent|share)|` +
	`linkedin\.com/(?:sharearticle|sharing|cws/share)|wa\.me/|(?:api\.|web\.)?whatsapp\.com/send|t\.me/share|telegram\.me/share|reddit\.com/submit|pinterest\.[a-z.]+/pin/create|` +
	`vk\.com/share|connect\.ok\.ru/|service\.weibo\.com/share|tumblr\.com/(?:share|widgets/share)|xing\.com/(?:spi|app)/|bsky\.app/intent|threads\.(?:net|com)/intent|` +
	`social-plugins\.line\.me/|b\.hatena\.ne\.jp/|getpocket\.com/|flipboard\.com/|news\.ycombinator\.com/submitlink|fb-messenger:|whatsapp:|mailto:\?|sms:\?|javascript:)`)

// isOutside reports whether n comes after the one main element or article of
// the page, and outside of it.
func (p *pruner) isOutside(n *html.Node, at place) bool {
	return p.passedMain && !at.article && isBlock(n.DataAtom)
}

// isReplies reports whether n is headed as readers' comments are.
func isReplies(n *html.Node) bool {
	if n.DataAtom != atom.Div && n.DataAtom != atom.Section && n.DataAtom != atom.Aside {
		return false
	}
	h := firstHeading(n)
	return h != nil && repliesLabel().MatchString(oneLine(h))
}

// repliesLabel matches the heading of readers' comments.
var repliesLabel = pattern(`(?i)^[^\pL\pN]*\d*\s*(?:(?:reader|readers'|user|your|all|leser|benutzer)?\s*(?:comments?|responses|replies|kommentare?|leserkommentare|commentaires?|` +
	`comentarios?|comentários?|commenti|reacties|kommentarer|komentarze|komentáře|yorumlar|комментарии|коментарі|تعليقات|コメント|评论|評論|댓글)|` +
	`leave a (?:comment|reply)|join the (?:conversation|discussion)|laisser un commentaire)\s*[(\[]?\d*[)\]]?[^\pL\pN]*$`)

// minArticle is how much prose a page must have for links to stand beside it.
const minArticle = 300

// linksHome reports whether all links below n stay on the page's site.
func linksHome(n *html.Node, host string) bool {
	for c := range n.Descendants() {
		if c.DataAtom != atom.A {
			continue
		}
		u, err := url.Parse(attr(c, "href"))
		if err != nil || u.Host != "" && u.Host != host {
			return false
		}
	}
	return true
}

// maxLetterBox is how much text may stand around a form for an address, in
// bytes, for both to be one box.
const maxLetterBox = 400

// isLetterForm reports whether n is a box around a form that asks for the
// reader's address.
func isLetterForm(n *html.Node, w weight) bool {
	if w.text == 0 || w.text > maxLetterBox || w.h1 > 0 || n.DataAtom != atom.Div && n.DataAtom != atom.Section {
		return false
	}
	for c := range n.Descendants() {
		if c.DataAtom == atom.Input && (strings.EqualFold(attr(c, "type"), "email") ||
			strings.Contains(strings.ToLower(attr(c, "name")), "mail")) {
			return true
		}
	}
	return false
}
