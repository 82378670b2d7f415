package mail

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/internal/extract"
)

// head is what stands above a mail that was forwarded or saved.
type head struct {
	from          mime.Address
	date, subject string
	blocks        []string // the text that it is
}

// maxHead bounds the lines of a head.
const maxHead = 24

// headOf returns the head at the start of a mail; without one all is empty.
func headOf(blocks []extract.Block) head {
	var h head
	values := map[kind]string{}
	var open kind
	lines := 0
	for i, b := range blocks {
		if i > maxHead {
			break
		}
		known := false
		for line := range strings.SplitSeq(b.Text, "\n") {
			line = strings.TrimSpace(line)
			if lines++; lines > maxHead {
				break
			}
			k, value := labelled(line)
			switch {
			case k != isNone:
				values[k], open = value, k
				if value != "" {
					open = isNone
				}
				known = true
			case open != isNone:
				values[open], open, known = line, isNone, true
			case strings.HasPrefix(line, "---") || strings.HasPrefix(line, "Begin forwarded") || known:
				known = true
			}
		}
		if !known {
			break
		}
		h.blocks = append(h.blocks, b.Text)
	}
	if values[isFrom] == "" || values[isSubject] == "" || len(values) < 3 {
		return head{}
	}
	h.subject, h.date = values[isSubject], plainDate(values[isDate])
	header, _ := mime.ParseHeader([]byte("From: " + values[isFrom] + "\n"))
	h.from = header.Address("from")
	return h
}

// withoutHead drops the head of a mail from its text.
func withoutHead(blocks []extract.Block, h head) []extract.Block {
	kept := make([]extract.Block, 0, len(blocks))
	for i, b := range blocks {
		if i <= maxHead && slices.Contains(h.blocks, b.Text) {
			continue
		}
		kept = append(kept, b)
	}
	return kept
}

// plainDate drops the words between a day and a time, in the languages of mail
// programs.
func plainDate(s string) string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if r == '\u00a0' || r == '\u202f' {
			return ' '
		}
		return r
	}, s))
	words = slices.DeleteFunc(words, func(w string) bool {
		switch strings.ToLower(w) {
		case "at", "um", "uhr", "à", "alle", "ore", "às", "om", "kl.", "klo", "la", "las", "a", "в", "o":
			return true
		}
		return false
	})
	return strings.Join(words, " ")
}

// withoutForward returns a subject without the marks of a reply or of forwarding.
func withoutForward(s string) string {
	for {
		s = withoutReply(s)
		mark, rest, ok := strings.Cut(s, ":")
		if !ok || len(mark) > 4 {
			return s
		}
		switch strings.ToLower(strings.TrimSpace(mark)) {
		case "fwd", "fw", "wg", "tr", "rv", "i", "enc", "doorst", "vb":
			s = strings.TrimSpace(rest)
		default:
			return s
		}
	}
}

// kind is what a line of a head tells.
type kind byte

const (
	isNone kind = iota
	isFrom
	isDate
	isTo
	isSubject
)

// labelled returns what a line of a head tells, and its value.
func labelled(line string) (kind, string) {
	name, value, ok := strings.Cut(line, ":")
	if !ok || len(name) > 40 {
		return isNone, ""
	}
	name = strings.Trim(name, " *\u00a0|")
	for _, l := range labels() {
		if strings.EqualFold(l.text, name) {
			return l.kind, strings.Trim(value, " *\u00a0|")
		}
	}
	return isNone, ""
}

// label is the name of a line of a head.
type label struct {
	text string
	kind kind
}

// labels are those of heads, in the languages of mail programs.
func labels() []label {
	return []label{
		{"From", isFrom}, {"Date", isDate}, {"Sent", isDate}, {"To", isTo}, {"Cc", isTo}, {"Reply-To", isTo}, {"Subject", isSubject},
		{"Von", isFrom}, {"Gesendet", isDate}, {"Datum", isDate}, {"An", isTo}, {"Antwort an", isTo}, {"Betreff", isSubject},
		{"De", isFrom}, {"Envoyé", isDate}, {"À", isTo}, {"Objet", isSubject}, {"Sujet", isSubject},
		{"Enviado", isDate}, {"Enviado el", isDate}, {"Fecha", isDate}, {"Para", isTo}, {"Asunto", isSubject}, {"Data", isDate}, {"Enviada em", isDate}, {"Assunto", isSubject},
		{"Da", isFrom}, {"Inviato", isDate}, {"A", isTo}, {"Oggetto", isSubject}, {"Van", isFrom}, {"Verzonden", isDate}, {"Aan", isTo}, {"Onderwerp", isSubject},
		{"Från", isFrom}, {"Skickat", isDate}, {"Till", isTo}, {"Ämne", isSubject}, {"Fra", isFrom}, {"Sendt", isDate}, {"Til", isTo}, {"Emne", isSubject},
		{"Od", isFrom}, {"Wysłano", isDate}, {"Do", isTo}, {"Temat", isSubject}, {"От", isFrom}, {"Дата", isDate}, {"Отправлено", isDate}, {"Кому", isTo}, {"Тема", isSubject},
		{"Від", isFrom}, {"发件人", isFrom}, {"发送时间", isDate}, {"收件人", isTo}, {"主题", isSubject}, {"差出人", isFrom}, {"送信日時", isDate}, {"日付", isDate}, {"宛先", isTo}, {"件名", isSubject},
	}
}
