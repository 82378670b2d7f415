package mail

import (
	"slices"
	"strings"
	"sync"

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
	k := labels()[strings.ToLower(name)]
	if k == isNone {
		return isNone, ""
	}
	return k, strings.Trim(value, " *\u00a0|")
}

// labels are the names of the lines of heads, in the languages of mail programs,
// in lower case.
var labels = sync.OnceValue(func() map[string]kind {
	m := map[string]kind{}
	for k, words := range map[kind]string{
		isFrom:    "from|von|de|da|van|från|fra|od|от|від|发件人|寄件者|差出人|보낸 사람",
		isDate:    "date|sent|gesendet|datum|envoyé|enviado|enviado el|fecha|data|enviada em|inviato|verzonden|skickat|sendt|dato|wysłano|дата|отправлено|发送时间|日期|送信日時|日付|보낸 날짜",
		isTo:      "to|cc|reply-to|an|antwort an|à|para|a|aan|till|til|do|кому|копия|收件人|收件者|宛先|받는 사람",
		isSubject: "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема|主题|主旨|件名|제목",
	} {
		for w := range strings.SplitSeq(words, "|") {
			m[w] = k
		}
	}
	return m
})
