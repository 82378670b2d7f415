// Package telex takes messages of news agencies apart that were made for lines of
// telex: IPTC 7901 and ANPA 1312. A message is
//
//	SOH head STX text ETX trailer EOT
//
// with fillers (SYN, DEL, NUL) before and after. Some files have lost all of these
// characters; then the message is the file, and its reader tells the parts by
// their lines.
package telex

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/extract"
)

// The control characters that part a message.
const (
	startOfHead = 0x01
	startOfText = 0x02
	endOfText   = 0x03
	endOfAll    = 0x04
)

// Message is one message, decoded. Control characters within its parts are kept.
type Message struct {
	Head, Text, Trailer string
	Bare                bool // all of it is in Text, as it has lost its control characters
	Line                int  // where it starts, from 1
}

// fillers stand between messages.
const fillers = "\x00\x16\x7f"

// maxMessages bounds the messages of a file.
const maxMessages = 1_000_000

// Messages returns the messages in a file.
func Messages(b []byte) ([]Message, error) {
	charset, err := charsetOf(b)
	if err != nil {
		return nil, err
	}
	if bytes.IndexByte(b, startOfHead) < 0 || bytes.IndexByte(b, startOfText) < 0 {
		return []Message{{Text: decode(b, charset), Bare: true, Line: 1}}, nil
	}
	var messages []Message
	line := 1
	for len(messages) < maxMessages {
		start := bytes.IndexByte(b, startOfHead)
		if start < 0 {
			break
		}
		line += bytes.Count(b[:start], []byte("\n"))
		b = b[start+1:]
		end := len(b)
		if next := bytes.IndexByte(b, startOfHead); next >= 0 {
			end = next
		}
		messages = append(messages, messageOf(bytes.TrimRight(b[:end], fillers), charset, line))
		line += bytes.Count(b[:end], []byte("\n"))
		b = b[end:]
	}
	return messages, nil
}

// messageOf parts what follows SOH.
func messageOf(b []byte, charset string, line int) Message {
	m := Message{Line: line}
	head, rest, _ := bytes.Cut(b, []byte{startOfText})
	text, trailer, _ := bytes.Cut(rest, []byte{endOfText})
	if end := bytes.IndexByte(text, endOfAll); end >= 0 {
		text = text[:end]
	}
	trailer, _, _ = bytes.Cut(trailer, []byte{endOfAll})
	m.Head, m.Text, m.Trailer = decode(head, charset), decode(text, charset), decode(trailer, charset)
	return m
}

// charsetOf finds out the character set of a file, without its controls.
func charsetOf(b []byte) (string, error) {
	text := make([]byte, len(b))
	for i, c := range b {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7f {
			c = ' '
		}
		text[i] = c
	}
	_, charset, err := extract.Decode(text, "")
	return charset, err
}

// decode decodes a part, in which control characters stay.
func decode(b []byte, charset string) string {
	var out strings.Builder
	for len(b) > 0 {
		n := bytes.IndexFunc(b, isControl)
		if n < 0 {
			n = len(b)
		}
		if n > 0 {
			s, _, err := extract.Decode(b[:n], "text/plain; charset="+charset)
			if err != nil {
				s = extract.Clean(string(b[:n]))
			}
			out.WriteString(s)
			b = b[n:]
			continue
		}
		if b[0] != 0x7f && b[0] != 0 {
			out.WriteByte(b[0])
		}
		b = b[1:]
	}
	return out.String()
}

func isControl(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f }

// Lines returns the lines of a part, without white space and controls at their
// ends.
func Lines(s string) []string {
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\x00\x1f\x1e\x7f\u00a0")
	}
	return lines
}

// trailerDate finds the date of IPTC 7901: day, hour and minute, month, year.
var trailerDate = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^\s*([0-3]\d)([0-2]\d)([0-5]\d)\s*(GMT|UTC|Z|MEZ|MESZ|CET|CEST)?\s*([\pL]{3,5})\.?\s*(\d{2}|\d{4})\s*$`)
})

// Date returns the date in a line such as "131137 GMT Nov 13", in ISO 8601, with
// its zone if it has one; empty when there is none.
func Date(s string) string {
	m := trailerDate().FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	month := Month(m[5])
	if month == "" {
		return ""
	}
	year := m[6]
	if len(year) == 2 {
		year = Century(year)
	}
	zone := map[string]string{"": "", "GMT": "Z", "UTC": "Z", "Z": "Z", "MEZ": "+01:00", "CET": "+01:00", "MESZ": "+02:00", "CEST": "+02:00"}[m[4]]
	return year + "-" + month + "-" + m[1] + "T" + m[2] + ":" + m[3] + zone
}

// IsDate reports whether a line is such a date.
func IsDate(line string) bool { return Date(line) != "" }

// Century returns a year of two digits in full. Messages are kept since the
// seventies.
func Century(yy string) string {
	if yy >= "70" {
		return "19" + yy
	}
	return "20" + yy
}

// Month returns the number of a month, with two digits, by the beginning of its
// name in English, German, French, Italian, Spanish or Dutch; empty when it is
// none.
func Month(name string) string {
	name = strings.NewReplacer("ä", "a", "é", "e", "û", "u").Replace(strings.ToLower(name))
	switch {
	case strings.HasPrefix(name, "juil"):
		return "07"
	case strings.HasPrefix(name, "juin"):
		return "06"
	case len(name) < 3:
		return ""
	}
	return months[name[:3]]
}

var months = map[string]string{
	"jan": "01", "ene": "01", "gen": "01", "feb": "02", "fev": "02", "mar": "03", "mrz": "03", "mae": "03", "maa": "03", "mrt": "03", "apr": "04", "avr": "04",
	"abr": "04", "may": "05", "mai": "05", "mei": "05", "mag": "05", "jun": "06", "giu": "06", "jul": "07", "jui": "07", "lug": "07", "aug": "08", "aou": "08", "ago": "08",
	"sep": "09", "set": "09", "oct": "10", "okt": "10", "ott": "10", "nov": "11", "dec": "12", "dez": "12", "dic": "12",
}

// dateline finds the place and the agency before a text: "Berlin (dpa) - ",
// "SAITAMA, Japan, Dec. 9 Kyodo - ".
var dateline = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^((?:\p{Lu}|l'|d')[\pL .,'’/-]{1,60}?)\s*(?:,\s+[\pL]{3,9}\.? \d{1,2})?\s*(?:\(([\pL][\pL/ .&-]{1,24})\)|(Kyodo|Xinhua|Reuters))\s*(?:[-–—_.]|\p{Lu})`)
})

// Dateline returns what stands before a text: where it was written, and the agency.
func Dateline(text string) (place, agency string) {
	m := dateline().FindStringSubmatch(text[:min(len(text), 160)])
	if m == nil {
		return "", ""
	}
	return strings.TrimSpace(strings.TrimRight(m[1], " ,")), m[2] + m[3]
}

// Table makes the control characters within a line of a table separators.
func Table(line string) string {
	if !strings.ContainsFunc(line, isControl) {
		return line
	}
	line = strings.ReplaceAll(line, "\x10", " ")
	cells := strings.FieldsFunc(line, isControl)
	kept := cells[:0]
	for _, c := range cells {
		if c = strings.Join(strings.Fields(c), " "); c != "" && c != "^" {
			kept = append(kept, c)
		}
	}
	return strings.Join(kept, " | ")
}
