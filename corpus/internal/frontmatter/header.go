package frontmatter

import (
	"mime"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/wordset"
)

// A header is lines "Name: value" at the start of a text, up to a blank line.
// A line that is indented goes on with the value above. Generators of sites
// (Title, Date, Slug), mail (Subject, From, Sent) and programs that turn pages
// into text (Title, URL Source, and at last "Markdown Content:", with blank
// lines between) write them.

// header is what was read of one.
type header struct {
	values     map[string]any
	rest       string
	isMarkdown bool
	isDraft    bool
}

// Bounds of a header. Mail that went through many hands has some hundred
// lines.
const (
	maxHeaderLines = 400
	maxHeaderBytes = 64 << 10
)

// mailNames are the lines of mail by what they mean, in the languages of those
// who send it; neutral for those that mean nothing here.
var (
	mailSubject = wordset.Of("subject betreff objet oggetto asunto assunto onderwerp emne ämne aihe temat předmět тема konu")
	mailFrom    = wordset.Of("from von de da van fra från lähettäjä od от від kimden expéditeur absender mittente remitente")
	mailDate    = wordset.Of("sent gesendet envoyé inviato enviado enviada verzonden sendt skickat lähetetty wysłano odesláno отправлено gönderildi date datum fecha data dato")
	mailTo      = wordset.Of("to an à a para aan til till vastaanottaja do komu кому kime destinataire empfänger")
	neutral     = wordset.Of("cc bcc cco replyto antwortan messageid received returnpath mimeversion contenttype contenttransferencoding contentdisposition contentlanguage " +
		"inreplyto references sender deliveredto envelopeto importance priority precedence attachments anlagen useragent organization dkimsignature " +
		"authenticationresults receivedspf arcseal arcmessagesignature arcauthenticationresults listid listunsubscribe listunsubscribepost " +
		"listpost listhelp listarchive returnreceiptto autosubmitted threadtopic threadindex feedbackid status lines kopie copie kopia")
	bodyNames  = wordset.Of("markdowncontent htmlcontent textcontent content text body fulltext articletext articlebody maincontent plaintext pagecontent articlecontent")
	siteNames  = wordset.Of("status slug template saveas layout translation permalink")
	titleNames = wordset.Of("title headline titel titre título titolo tytuł tittel rubrik заголовок")
)

// headerLine is a name with its value, whose lines are joined.
type headerLine struct{ name, folded, value string }

// readHeader reads a header; ok is false for a text that has none.
func readHeader(s string, m *record.Mapping) (h header, ok bool) {
	lines, rest, marker := headerLines(s)
	if len(lines) == 0 {
		return h, false
	}
	for i := range lines {
		lines[i].value = decodeWords(lines[i].value)
	}
	h = header{values: map[string]any{}, rest: rest, isMarkdown: marker == "markdowncontent"}
	isMail := isMailHeader(lines)
	fields := map[record.Field]bool{}
	neutrals, prose, quiet := 0, 0, 0
	var unread []func() // dates that say nothing of the header, but are told
	for _, l := range lines {
		f, name := meaning(l, isMail, m)
		h.isDraft = h.isDraft || l.folded == "status" && isDraftStatus(l.value)
		if siteNames()[l.folded] || f != record.NoField && l.value == "" {
			quiet++ // says nothing, but of nothing else than a header
		}
		switch {
		case f == record.Body: // the text, and no line of a header
			return h, false
		case f != record.NoField && plausible(f, l.value):
			fields[f] = true
			h.add(name, f, l.value)
		case f.IsDate():
			unread = append(unread, func() { h.add(name, f, l.value) })
		case neutral()[l.folded] || isMail && (mailTo()[l.folded] || mailFrom()[l.folded]) || strings.HasPrefix(l.folded, "x") && isMail:
			neutrals++
		case isSentence(l.value):
			prose++
		}
	}
	strong := fields[record.Title] || fields[record.Published] || fields[record.URL]
	n := len(fields)
	switch {
	case n > 0 && prose >= n:
		return h, false
	case n >= 2 && (strong || n == len(lines)), n >= 1 && (isMail || marker != "" && strong):
	case n == 1 && len(lines) == 1+quiet && titleNames()[lines[0].folded] && strings.TrimSpace(rest) != "":
	default:
		return h, false
	}
	for _, add := range unread {
		add()
	}
	return h, true
}

// meaning returns the field that a line states, and the name to keep it under.
func meaning(l headerLine, isMail bool, m *record.Mapping) (f record.Field, name string) {
	if f = m.At([]byte(l.name)).Field(); f != record.NoField {
		return f, l.name
	}
	if isMail {
		switch {
		case mailSubject()[l.folded]:
			return record.Title, record.Title.String()
		case mailFrom()[l.folded]:
			return record.Authors, record.Authors.String()
		case mailDate()[l.folded]:
			return record.Published, record.Published.String()
		case mailTo()[l.folded], neutral()[l.folded]:
			return record.NoField, ""
		}
	}
	if l.folded == "by" {
		return record.Authors, record.Authors.String()
	}
	return lookup(l.name), l.name
}

// add takes a value. Names that stand twice have both.
func (h *header) add(name string, f record.Field, value string) {
	var v any = value
	if f == record.Authors && strings.Contains(value, "@") {
		if value = withoutMail(value); value == "" {
			return
		}
		v = value
	}
	if list, ok := listItems(value); ok {
		v = list
	} else if text, ok := v.(string); ok {
		v = extract.MatterText(text)
	}
	if before, twice := h.values[name]; twice {
		list, isList := before.([]any)
		if !isList {
			list = []any{before}
		}
		v = append(list, v)
	}
	h.values[name] = v
}

// listItems parts a value whose lines are the items of a list.
func listItems(s string) (items []any, ok bool) {
	if !strings.HasPrefix(s, "- ") || !strings.Contains(s, "\n") {
		return nil, false
	}
	for line := range strings.SplitSeq(s, "\n") {
		items = append(items, strings.TrimSpace(strings.TrimPrefix(line, "-")))
	}
	return items, true
}

// isMailHeader reports whether lines are those of mail: a sender, and a
// subject or a receiver.
func isMailHeader(lines []headerLine) bool {
	var from, to, subject, date, address bool
	for _, l := range lines {
		from = from || mailFrom()[l.folded]
		to = to || mailTo()[l.folded]
		subject = subject || mailSubject()[l.folded]
		date = date || mailDate()[l.folded] && strings.ContainsAny(l.value, "0123456789")
		address = address || (mailFrom()[l.folded] || mailTo()[l.folded]) && strings.Contains(l.value, "@")
	}
	return from && (subject || to && (date || address)) || subject && (to || date && !from && hasOnly(lines, mailSubject(), mailDate()))
}

// hasOnly reports whether all lines are of some sets.
func hasOnly(lines []headerLine, sets ...map[string]bool) bool {
	for _, l := range lines {
		in := neutral()[l.folded]
		for _, s := range sets {
			in = in || s[l.folded]
		}
		if !in {
			return false
		}
	}
	return true
}

// plausible reports whether a value can be one of a field. What somebody says
// in a talk begins with a name and a colon, too.
func plausible(f record.Field, s string) bool {
	if strings.TrimSpace(s) == "" {
		return false
	}
	switch f {
	case record.Title:
		return utf8.RuneCountInString(s) <= 500
	case record.Summary:
		return true
	case record.Published, record.Updated:
		return len(s) <= 100 && strings.ContainsFunc(s, unicode.IsDigit) && !strings.HasSuffix(s, "?")
	case record.URL:
		return !strings.ContainsAny(strings.TrimSpace(s), " \t") && strings.ContainsAny(s, "./:")
	}
	return !isSentence(s) && !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, "!")
}

// isSentence reports whether a value reads as one.
func isSentence(s string) bool {
	const minWords = 4
	return strings.ContainsAny(s[max(0, len(s)-3):], ".!?。") && len(strings.Fields(s)) >= minWords
}

// headerLines cuts the lines of a header off s. Marker is the name of the line
// that says that the text follows, folded; empty when there is none.
func headerLines(s string) (lines []headerLine, rest, marker string) {
	rest = skipForwardMark(strings.TrimLeft(strings.TrimPrefix(s, "\ufeff"), "\n"))
	across := hasMarker(rest) // blank lines may stand between
	for n := 0; rest != "" && n < maxHeaderLines && len(s)-len(rest) < maxHeaderBytes; n++ {
		line, after, _ := strings.Cut(rest, "\n")
		trimmed := strings.TrimSpace(line)
		l, ok := cutHeaderLine(line)
		switch {
		case trimmed == "" && len(lines) > 0 && (across || factFollows(lines, after)):
		case trimmed == "":
			return lines, after, ""
		case strings.Trim(trimmed, "-") == "" && len(trimmed) >= 3 && len(lines) >= 2:
			return lines, after, ""
		case (line[0] == ' ' || line[0] == '\t' || strings.HasPrefix(line, "- ")) && len(lines) > 0:
			last := &lines[len(lines)-1]
			last.value = joinFolded(last.value, trimmed)
		case !ok:
			return nil, "", ""
		case bodyNames()[l.folded] && len(lines) > 0 && (l.value == "" || across):
			return lines, strings.TrimLeft(l.value+"\n"+after, "\n"), l.folded
		default:
			lines = append(lines, l)
		}
		rest = after
	}
	if rest != "" {
		return nil, "", "" // no header is as long
	}
	return lines, rest, ""
}

// factFollows reports whether a header that is a title alone, or goes on with
// blank lines between its lines, goes on behind another: with what can be said
// of an article only in a header.
func factFollows(lines []headerLine, rest string) bool {
	line, _, _ := strings.Cut(strings.TrimLeft(rest, "\n"), "\n")
	l, ok := cutHeaderLine(line)
	if !ok || !titleNames()[lines[0].folded] {
		return false
	}
	switch f := lookup(l.name); {
	case f.IsDate(), f == record.URL:
		return plausible(f, l.value)
	case f == record.Authors, f == record.Source, f == record.Language:
		return plausible(f, l.value) && len(strings.Fields(l.value)) <= 2*maxHeaderWords
	}
	return false
}

// joinFolded goes on with a value in the next line.
func joinFolded(value, line string) string {
	if strings.HasPrefix(line, "- ") && (value == "" || strings.HasPrefix(value, "- ")) {
		return strings.TrimSpace(value + "\n" + line)
	}
	return strings.TrimSpace(value + " " + line)
}

// hasMarker reports whether a line near the start says that the text follows.
func hasMarker(s string) bool {
	n := 0
	for line := range strings.Lines(s) {
		if n++; n > 60 {
			break
		}
		if l, ok := cutHeaderLine(line); ok && l.folded == "markdowncontent" || ok && l.value == "" && strings.HasSuffix(l.folded, "content") {
			return true
		}
	}
	return false
}

// skipForwardMark skips a line that mail puts above what it forwards, and the
// one that an archive of mail puts above each.
func skipForwardMark(s string) string {
	line, rest, found := strings.Cut(s, "\n")
	line = strings.TrimSpace(line)
	inner := strings.Trim(line, "-=_ ")
	switch {
	case !found:
	case inner != line && inner != "" && strings.HasPrefix(line, "--") && strings.HasSuffix(line, "--") && len(strings.Fields(inner)) <= 4,
		strings.HasPrefix(line, "Begin forwarded message:"),
		strings.HasPrefix(line, "From ") && !strings.Contains(line, ": ") && strings.ContainsRune(line, '@'):
		return strings.TrimLeft(rest, "\n")
	}
	return s
}

// Bounds of a name in a header: in runes, and in words.
const (
	maxHeaderName  = 40
	maxHeaderWords = 4
)

// cutHeaderLine parts a line at its colon. The name may be bold, as in
// Markdown.
func cutHeaderLine(line string) (l headerLine, ok bool) {
	line = strings.TrimSpace(line)
	bold := strings.HasPrefix(line, "**")
	if bold {
		line = strings.TrimPrefix(line, "**")
	}
	name, value, found := strings.Cut(line, ":")
	if !found {
		name, value, found = strings.Cut(line, "：")
	}
	value = strings.TrimPrefix(value, ":") // Name:: value, in notebooks
	if bold {
		var closed bool
		if value, closed = strings.CutPrefix(value, "**"); !closed {
			name = strings.TrimSuffix(name, "**")
		}
	}
	first, _ := utf8.DecodeRuneInString(name)
	if !found || !unicode.IsLetter(first) || utf8.RuneCountInString(name) > maxHeaderName || len(strings.Fields(name)) > maxHeaderWords ||
		strings.HasPrefix(value, "//") || strings.ContainsAny(name, ",;.!?\"“”()[]{}<>*#|=") {
		return l, false
	}
	return headerLine{strings.TrimSpace(name), fold(name), strings.TrimSpace(value)}, true
}

// decodeWords decodes the words that mail encodes, as in =?utf-8?q?Caf=C3=A9?=.
func decodeWords(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	d := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if out, err := d.DecodeHeader(s); err == nil {
		return extract.Clean(out)
	}
	return s
}

// withoutMail takes addresses of mail out of a list of names. Without names
// nothing is left.
func withoutMail(s string) string {
	if list, err := mail.ParseAddressList(s); err == nil {
		var names []string
		for _, a := range list {
			if a.Name != "" {
				names = append(names, givenNameFirst(a.Name))
			}
		}
		return strings.Join(names, "; ")
	}
	s = mailAddress().ReplaceAllString(s, "")
	return strings.Trim(strings.Join(strings.Fields(s), " "), ` ,;"'`)
}

// givenNameFirst turns "Okoye, Ada", as address books have it, into "Ada Okoye".
func givenNameFirst(s string) string {
	last, given, found := strings.Cut(s, ", ")
	if !found || strings.ContainsAny(given, ",.") || len(strings.Fields(given)) > 2 || len(strings.Fields(last)) > 3 {
		return s
	}
	return given + " " + last
}

var mailAddress = pattern(`[<(\[]*(?:mailto:)?[\w.+-]+@[\w-]+\.[\w.-]+[>)\]]*`)
