package mail

import (
	"net/mail"
	"strings"
	"time"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/layout"
	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/corpus/internal/record"
)

// sender is who sent a message.
type sender struct {
	author, outlet, from string
	isBulk               bool // a program sent it to many
}

// senderOf tells who sent a message.
func senderOf(h *mime.Header) sender {
	from := h.Address("from")
	if from == (mime.Address{}) {
		from = h.Address("sender")
	}
	s := sender{author: from.Name, outlet: host(from.Mail), from: "From"}
	list := h.Address("list-id")
	precedence := strings.ToLower(h.Raw("precedence"))
	s.isBulk = h.Has("list-unsubscribe") || h.Has("list-id") || precedence == "bulk" || precedence == "list"
	switch post := h.Raw("list-post"); {
	case !s.isBulk:
	case strings.Contains(strings.ToLower(post), "mailto:"): // it can be written to
		s.from = "List-Id"
		if s.outlet = list.Name; !isName(list.Name) {
			if s.outlet, _, _ = strings.Cut(list.Mail, "."); s.outlet == "" {
				s.outlet = host(from.Mail)
			}
		}
	default:
		s.author, s.outlet = partedName(from.Name)
		switch {
		case s.outlet != "":
		case isName(list.Name):
			s.outlet, s.from = list.Name, "List-Id"
		default:
			s.outlet = host(from.Mail)
		}
	}
	return s
}

// partedName parts the name of the sender of a newsletter, such as "Jane Roe from
// Example Letter". A name alone is the outlet's.
func partedName(name string) (author, outlet string) {
	for _, word := range [...]string{" from ", " at ", " @ ", " von ", " | "} {
		if author, outlet, ok := strings.Cut(name, word); ok && author != "" && outlet != "" {
			return strings.TrimSpace(author), strings.TrimSpace(outlet)
		}
	}
	return "", name
}

// isName reports whether the name of a list is one that a person gave it: programs
// write numbers.
func isName(s string) bool {
	digits, letters := 0, 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		} else if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 2 && digits < 4 && !strings.HasSuffix(s, "mc list")
}

// host returns the host of an address.
func host(address string) string {
	_, host, _ := strings.Cut(address, "@")
	return strings.TrimPrefix(strings.ToLower(strings.Trim(host, "<> .")), "www.")
}

// firstYear is the first year that a date of a mail can be of.
const firstYear = 1972

// setDate takes the date of a message: the one that it states, else when the first
// server received it, which stands last.
func setDate(rec *record.Record, h *mime.Header) {
	date := h.Get("date")
	if t, ok := parseDate(date); ok {
		rec.Published = record.Time{Time: t, From: "Date"}
		return
	}
	received := h.RawAll("received")
	for i := len(received) - 1; i >= 0; i-- {
		at := strings.LastIndexByte(received[i], ';')
		if t, ok := parseDate(received[i][at+1:]); ok && at >= 0 {
			rec.Published = record.Time{Time: t, From: "Received"}
			return
		}
	}
	if date != "" {
		rec.Set(record.Published, record.Mapped, []record.Value{{Text: date, From: "Date"}})
	}
}

// parseDate reads a date of RFC 5322, with its comment and obsolete zones.
func parseDate(s string) (time.Time, bool) {
	s = strings.Join(strings.Fields(s), " ")
	t, err := mail.ParseDate(s)
	if err != nil {
		// A wrong day of the week, or one in another language.
		if _, rest, ok := strings.Cut(s, ","); ok {
			t, err = mail.ParseDate(strings.TrimSpace(rest))
		}
	}
	return t, err == nil && t.Year() >= firstYear && layout.IsPlausible(t)
}
