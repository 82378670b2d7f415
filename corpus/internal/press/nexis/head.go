package nexis

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus/internal/press/download"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

// head is what stands before the first label, where nothing says what it is.
type head struct {
	title, outlet, date, copyright string
}

// readClassic reads the head of an article until 2019: copyright, outlet, date
// and edition, all in the middle, then the title, unless it has a label. The title
// has at most so many parts. Last is where it ends.
func readClassic(parts []part, titleParts int) (h head, last int) {
	day := -1
	for i := range parts {
		if h.date = dateIn(&parts[i], false); h.date != "" && !isCopyright(parts[i].lines[0]) {
			day = i
			break
		}
	}
	if day < 0 {
		day, h.date = yearIn(parts)
	}
	before := parts
	if day >= 0 {
		before = parts[:day]
		if n := aboveDate(&parts[day]); n > 0 {
			above := parts[day]
			above.lines = above.lines[:n]
			before = append(slices.Clone(before), above)
		}
	}
	h.outlet, h.copyright = outletOf(before)
	h.title, last = titleAfter(parts[day+1:], titleParts)
	if day < 0 && h.title == h.outlet {
		h.title = ""
	}
	return h, day + 1 + last
}

// aboveDate returns how many lines of a part stand above its date, where no blank
// line parts them.
func aboveDate(p *part) int {
	for i, line := range p.lines {
		if dateOf(line) != "" {
			return i
		}
	}
	return 0
}

// titleAfter returns the title among what follows the date, and where it ends: it
// is in a large font, or the first that does not stand in the middle, of at most so
// many parts.
func titleAfter(parts []part, limit int) (title string, last int) {
	for i := range parts {
		if parts[i].heading {
			return parts[i].oneLine(), i + 1
		}
	}
	var texts []string
	for i := range parts {
		p := &parts[i]
		if p.centred || isCopyright(p.lines[0]) {
			if len(texts) > 0 {
				break
			}
			last = i + 1
			continue
		}
		if len(texts) == limit {
			break
		}
		texts, last = append(texts, p.oneLine()), i+1
	}
	return strings.Join(texts, " "), last
}

// outletOf returns the outlet, which stands before the date, and the copyright.
func outletOf(parts []part) (outlet, copyright string) {
	last := "" // a line below a copyright, which may be the outlet
	for i := range parts {
		p := &parts[i]
		if isCopyright(p.lines[0]) {
			lines := p.lines
			if last = outletBelow(lines); last != "" {
				lines = lines[:len(lines)-1]
			}
			copyright = download.OneLine(strings.Join(lines, " "))
			continue
		}
		if isProvider(p.oneLine()) {
			continue
		}
		if outlet == "" {
			outlet = p.oneLine()
		}
	}
	if outlet == "" {
		outlet = last
	}
	return strings.TrimSpace(strings.TrimPrefix(outlet, "SHOW:")), copyright
}

// outletBelow returns the line below a copyright and in the same paragraph that
// names the outlet; empty when all of them are the copyright's.
func outletBelow(lines []string) string {
	last := len(lines) - 1
	if last == 0 || isRights(lines[last]) || isProvider(lines[last]) {
		return ""
	}
	first, _, _ := strings.Cut(lines[last], " ")
	if utf8.RuneCountInString(lines[last-1])+1+utf8.RuneCountInString(first) > centredWidth {
		return "" // the line above went on
	}
	return lines[last]
}

// centredWidth is how wide a line in the middle may be at most, in characters,
// less what the programs vary.
const centredWidth = 66

// isCopyright reports whether a line begins a copyright.
func isCopyright(s string) bool {
	for _, mark := range [...]string{"Copyright", "COPYRIGHT", "(Copyright", "©", "(c) ", "(C) ", "Alle Rechte", "Tous droits"} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	return isCopyYear(s)
}

// isCopyYear reports whether a line begins as a copyright that somebody cut:
// "Copy 2013 The Example".
func isCopyYear(s string) bool {
	rest, ok := strings.CutPrefix(s, "Copy ")
	return ok && len(rest) > 4 && isNumber(rest[:4])
}

func isRights(s string) bool {
	s = strings.ToLower(s)
	for _, mark := range [...]string{"rights reserved", "rechte vorbehalten", "droits réservés", "derechos reservados", "diritti riservati", "rechten voorbehouden"} {
		if strings.Contains(s, mark) {
			return true
		}
	}
	return false
}

// isProvider reports whether a line names who delivered the outlet.
func isProvider(s string) bool {
	for _, mark := range [...]string{"Distributed by", "Provided by", "Supplied by", "Delivered by"} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	return isRights(s)
}

// readNew reads the head of an article since 2018: title, outlet and date, in the
// middle, then the copyright. Before the first article of a file a list of titles
// may stand.
func readNew(parts []part) (h head) {
	limit := len(parts)
	for i := range parts {
		if isCopyright(parts[i].lines[0]) {
			limit, h.copyright = i, parts[i].oneLine()
		}
	}
	day := -1
	for i := limit - 1; i >= 0 && day < 0; i-- {
		if h.date = dateIn(&parts[i], true); h.date != "" {
			day = i
		}
	}
	last := day - 1 // the outlet
	if day < 0 {
		if last = limit - 1; last >= 1 && parts[last].heading {
			last++ // a title alone
		}
	}
	if last < 0 {
		return h
	}
	if last < limit {
		h.outlet = parts[last].oneLine()
	}
	first := last
	for first > 0 && first > last-maxTitleParts && parts[first-1].centred == parts[last-1].centred &&
		(first == last || !parts[first].loose) {
		first--
	}
	var title []string
	for i := first; i < last; i++ {
		title = append(title, parts[i].oneLine())
	}
	h.title = strings.Join(title, " ")
	return h
}

// maxTitleParts is in how many paragraphs a title may stand.
const maxTitleParts = 4

// maxDateWords is how many words a date may have, with weekday, time, zone and
// edition.
const maxDateWords = 14

// dateIn returns the date in a part, without the edition that may follow it;
// empty when there is none. First says that it must be on the first line.
func dateIn(p *part, first bool) string {
	for i, line := range p.lines {
		if i > 0 && first {
			break
		}
		if d := dateOf(line); d != "" {
			return d
		}
	}
	return ""
}

// dateOf returns the date that a line begins with: "July 1, 2019 Monday 9:20 AM
// GMT", "December 31, 2018 Monday City Final Edition". Its end is where the
// longest beginning ends that is a date.
func dateOf(line string) string {
	words := strings.Fields(line)
	if len(words) == 0 || len(words) > maxDateWords || !hasYear(line) {
		return ""
	}
	if l, _, _ := labelled(line); l != noLabel {
		return ""
	}
	for n := len(words); n > 0; n-- {
		s := strings.Trim(strings.Join(words[:n], " "), ", ")
		if !hasYear(s) {
			break
		}
		if _, ok := extract.ParseDate(s); ok && (n > 1 || len(words) == 1) {
			return s
		}
	}
	return ""
}

// hasYear reports whether a text holds a number of four digits that may be a
// year.
func hasYear(s string) bool {
	run := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] >= '0' && s[i] <= '9' {
			run++
			continue
		}
		if year := i - 4; run == 4 && (strings.HasPrefix(s[year:], "1") || strings.HasPrefix(s[year:], "20")) {
			return true
		}
		run = 0
	}
	return false
}

// yearIn finds a line in the middle that tells a date which is none of a day:
// "Spring 2004".
func yearIn(parts []part) (at int, date string) {
	for i := range parts {
		p := &parts[i]
		if i > 0 && p.centred && hasYear(p.lines[0]) && len(strings.Fields(p.lines[0])) <= 4 && !isCopyright(p.lines[0]) {
			return i, p.lines[0]
		}
	}
	return -1, ""
}

// set sets the fields of a record to those of a head.
func (h *head) set(rec *record.Record) {
	setOne(rec, record.Title, h.title, "title")
	setOne(rec, record.Source, h.outlet, "line of the outlet")
	setOne(rec, record.Published, h.date, "line of the date")
	if h.copyright != "" {
		rec.Handling = handling(rec)
		rec.Handling.Rights = h.copyright
	}
}

// setOne sets a field to one value.
func setOne(rec *record.Record, f record.Field, text, from string) {
	if text = download.OneLine(text); text != "" {
		rec.Set(f, record.Mapped, []record.Value{{Text: text, From: from}})
	}
}

// handling returns what a record says of its use, to fill it.
func handling(rec *record.Record) *record.Handling {
	if rec.Handling == nil {
		rec.Handling = &record.Handling{}
	}
	return rec.Handling
}
