package mail

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus/internal/mime"
)

// maxFromLine is the longest line that begins a message, in bytes.
const maxFromLine = 1 << 10

const byteOrderMark = "\xef\xbb\xbf"

// gitDate is what Git writes for a date in the line that begins a patch.
const gitDate = " Mon Sep 17 00:00:00 2001"

// isFromLine reports whether a line begins a message: it ends with a date, of
// which there are a day of the week, a time and a year.
func isFromLine(line []byte) bool { return hasDate(line, isWeekday) }

// hasDate reports whether a line that begins as one before a message has a date:
// what isDay knows, a time and a year.
func hasDate(line []byte, isDay func(string) bool) bool {
	if !bytes.HasPrefix(line, []byte("From ")) || len(line) > maxFromLine {
		return false
	}
	day, clock, year := false, false, false
	for i, word := range strings.Fields(string(line)) {
		if i == 0 {
			continue
		}
		switch {
		case isDay(strings.TrimSuffix(word, ",")):
			day, clock, year = true, len(word) > len("2006-01-02T15:04"), len(word) >= len("2006-01-02")
		case len(word) >= 4 && len(word) <= 8 && strings.Count(word, ":") >= 1 && word[0] >= '0' && word[0] <= '9':
			clock = true
		case len(word) == 4 && (word[:2] == "19" || word[:2] == "20"):
			_, err := strconv.Atoi(word)
			year = err == nil
		}
	}
	return day && clock && year
}

func isWeekday(s string) bool {
	switch s {
	case "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun":
		return true
	}
	return false
}

// isMonthOrDay reports whether a word is a month, or begins with a day as ISO 8601
// writes it.
func isMonthOrDay(s string) bool {
	switch s {
	case "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec":
		return true
	}
	return len(s) >= len("2006-01-02") && s[4] == '-' && s[7] == '-' && (s[:2] == "19" || s[:2] == "20")
}

// isBareFromLine reports whether a line is such as programs write that know no
// date: without anything, with a dash, or with an address; or whose date has no
// day of the week.
func isBareFromLine(line []byte) bool {
	if len(line) > maxFromLine {
		return false
	}
	if hasDate(line, isMonthOrDay) {
		return true
	}
	switch words := strings.Fields(string(line)); len(words) {
	case 1:
		return words[0] == "From"
	case 2:
		return words[0] == "From" && (words[1] == "-" || strings.Contains(words[1], "@") || words[1] == "MAILER-DAEMON")
	}
	return false
}

// isHeader reports whether what follows a line is the header of a message: its
// first line is one of a header, and some of its fields only mail has.
func isHeader(b []byte) bool {
	b = b[:min(len(b), maxFromLine)]
	if bytes.HasPrefix(b, []byte(">From ")) {
		_, b, _ = bytes.Cut(b, []byte("\n"))
	}
	if !startsAsHeader(b) {
		return false
	}
	h, _ := mime.ParseHeader(b)
	n := 0
	for _, name := range [...]string{
		"from", "to", "date", "subject", "received", "message-id", "return-path", "delivered-to", "mime-version", "x-mozilla-status",
		"x-gmail-labels", "x-gm-thrid", "content-type", "dkim-signature", "arc-seal", "x-received",
	} {
		if h.Has(name) {
			n++
		}
	}
	return n >= 2
}
