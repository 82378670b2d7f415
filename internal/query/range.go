package query

import (
	"fmt"
	"strings"
	"time"
)

// dates reads the value of a field of dates or numbers, which starts at the parser's place;
// the node starts at offset start.
func (p *parser) dates(f prefix, start int) (Node, error) {
	r, _ := p.at(p.pos)
	switch {
	case r == '(':
		return p.dateGroup(f)
	case f.bound != boundNone:
		return p.half(f, start)
	case (r == '[' || r == '{') && p.isBracketed():
		return p.bracketed(f, start)
	case r == '<' || r == '>':
		return p.compared(f, start)
	default:
		return p.span(f, start)
	}
}

// dateGroup reads dates in parentheses.
func (p *parser) dateGroup(f prefix) (Node, error) {
	outer, open := p.field, p.pos
	p.field = f
	n, err := p.group()
	p.field = outer
	if err != nil || f.bound == boundNone {
		return n, err
	}
	return noise{}, p.notSingle(f, open)
}

func (p *parser) notSingle(f prefix, at int) error {
	return p.fault(at, f.word+": without a single date", "write "+f.word+":2024, or a range as date:2023..2024", "ignored it")
}

// dateText is a date as it stands in the text.
type dateText struct {
	text  string // empty when there is none
	open  bool   // "*" stands there
	start int
}

// half reads the value of since:, after:, before: and until:.
func (p *parser) half(f prefix, start int) (Node, error) {
	value := p.pos
	d, err := p.date("")
	if err != nil {
		return nil, err
	}
	if _, end := p.dots(p.pos); end > 0 || d.text == "" {
		for !p.isBorder(p.pos) {
			_, size := p.at(p.pos)
			p.pos += size
		}
		return noise{}, p.notSingle(f, value)
	}
	n := Range{At: At{start, p.pos}, Name: f.field}
	switch f.bound {
	case boundSince, boundAfter:
		n.Low, n.OpenLow = d.text, f.bound == boundAfter
	default:
		n.High, n.OpenHi = d.text, f.bound == boundBefore
	}
	return p.checked(n, d, d)
}

// compared reads a date with a sign of comparison before it.
func (p *parser) compared(f prefix, start int) (Node, error) {
	sign, size := p.at(p.pos)
	p.pos += size
	open := true
	if r, size := p.at(p.pos); r == '=' {
		p.pos += size
		open = false
	}
	d, err := p.date("")
	if err != nil {
		return nil, err
	}
	if d.text == "" {
		return noise{}, p.fault(start, fmt.Sprintf("no %s after %c", f.bounds(), sign), fmt.Sprintf("write %s:%c%s, without a space", f.field, sign, f.sample()), "ignored it")
	}
	n := Range{At: At{start, p.pos}, Name: f.field}
	if sign == '>' {
		n.Low, n.OpenLow = d.text, open
	} else {
		n.High, n.OpenHi = d.text, open
	}
	return p.checked(n, d, d)
}

// span reads a date, or two with ".." between them.
func (p *parser) span(f prefix, start int) (Node, error) {
	low, err := p.date("")
	if err != nil {
		return nil, err
	}
	n := Range{Name: f.field, Low: low.text, High: low.text}
	high := low
	if _, end := p.dots(p.pos); end > 0 {
		p.pos = end
		if high, err = p.date(""); err != nil {
			return nil, err
		}
		n.High = high.text
	} else if low.text == "" && !low.open {
		return noise{}, p.fault(low.start, "no "+f.bounds(), "write "+f.field+":"+f.sample(), "ignored it")
	}
	n.At = At{start, p.pos}
	return p.checked(n, low, high)
}

// isBracketed reports whether the bracket at the parser's place opens a range,
// "[a TO b]".
func (p *parser) isBracketed() bool {
	rest := p.text[p.pos:]
	end := strings.IndexAny(rest, "]}")
	return end >= 0 && strings.Contains(strings.ToUpper(rest[:end]), " TO ")
}

// bracketed reads "[a TO b]".
func (p *parser) bracketed(f prefix, start int) (Node, error) {
	r, size := p.at(p.pos)
	open := p.pos
	p.pos = p.skip(p.pos + size)
	n := Range{Name: f.field}
	low, err := p.date("]}")
	if err != nil {
		return nil, err
	}
	to := p.skip(p.pos)
	ok := to+2 <= len(p.text) && strings.EqualFold(p.text[to:to+2], "TO")
	if !ok {
		return noise{}, p.unbracketed(f, open)
	}
	p.pos = p.skip(to + 2)
	high, err := p.date("]}")
	if err != nil {
		return nil, err
	}
	p.pos = p.skip(p.pos)
	closing, size := p.at(p.pos)
	if closing != ']' && closing != '}' {
		return noise{}, p.unbracketed(f, open)
	}
	p.pos += size
	n.At = At{start, p.pos}
	n.Low, n.OpenLow = low.text, r == '{' && low.text != ""
	n.High, n.OpenHi = high.text, closing == '}' && high.text != ""
	return p.checked(n, low, high)
}

func (p *parser) unbracketed(f prefix, open int) error {
	if f.field == lengthField {
		return p.fault(open, "range in brackets that is not two numbers", "write words:500..800 or words:[500 TO 800]", "ignored it")
	}
	return p.fault(open, "range in brackets that is not two dates", fmt.Sprintf("write %[1]s:2023..2024 or %[1]s:[2023 TO 2024]", f.field), "ignored it")
}

// date reads one date, in quotation marks or up to a border, "..", or one of
// closing. An asterisk stands for no date.
func (p *parser) date(closing string) (dateText, error) {
	d := dateText{start: p.pos}
	if r, _ := p.at(p.pos); isQuote(r) {
		var err error
		d.text, err = p.quoted()
		return d, err
	}
	for !p.isBorder(p.pos) && p.boostEnd(p.pos) == 0 {
		r, size := p.at(p.pos)
		if _, end := p.dots(p.pos); end > 0 || strings.ContainsRune(closing, r) {
			break
		}
		p.pos += size
	}
	d.text = strings.TrimRight(p.text[d.start:p.pos], ",;:.!?")
	if d.text == "*" {
		d.text, d.open = "", true
	}
	return d, nil
}

// dots returns the run of full stops, two at least, at offset i; end is 0 when
// there is none.
func (p *parser) dots(i int) (start, end int) {
	end = i
	for end < len(p.text) && p.text[end] == '.' {
		end++
	}
	if end < i+2 {
		return i, 0
	}
	return i, end
}

// checked returns n once its dates or numbers are known to be such, in order.
func (p *parser) checked(n Range, low, high dateText) (Node, error) {
	if n.Name == lengthField {
		return p.checkedLength(n, low, high)
	}
	var dates [2]date
	for i, d := range []dateText{low, high} {
		if d.text == "" {
			continue
		}
		parsed, err := parseDate(d.text)
		if err != nil {
			return noise{}, p.fault(d.start, err.msg, err.hint, "ignored it")
		}
		dates[i] = parsed
	}
	if n.Low == "" || n.High == "" || !dates[0].fixed || !dates[1].fixed {
		return n, nil
	}
	if err := ordered(n, dates[0], dates[1], time.Time{}); err != nil {
		n.Low, n.High, n.OpenLow, n.OpenHi = n.High, n.Low, n.OpenHi, n.OpenLow
		return n, p.fault(low.start, err.msg, err.hint, "swapped them")
	}
	return n, nil
}

// ordered reports a range whose dates are the wrong way round.
func ordered(r Range, low, high date, now time.Time) *dateError {
	from, _ := low.span(now)
	highFrom, to := high.span(now)
	if from.Before(to) || !from.After(highFrom) {
		return nil
	}
	return &dateError{fmt.Sprintf("range from %s back to %s", r.Low, r.High), fmt.Sprintf("write %s..%s", r.High, r.Low)}
}

// DateRange returns the range of time, [from, to), that a Range of dates
// means at now, in its location. A zero time is an open bound; when from is
// not before to, the range is empty. A length of time such as 30d, alone, is
// what ParseDate makes of it; as a bound it is the day that long ago.
func DateRange(r Range, now time.Time) (from, to time.Time, err error) {
	if r.Low == r.High && r.Low != "" && !r.OpenLow && !r.OpenHi {
		return ParseDate(r.Low, now)
	}
	var low, high date
	if r.Low != "" {
		var bad *dateError
		if low, bad = parseDate(r.Low); bad != nil {
			return from, to, bad
		}
		start, end := low.span(now)
		if from = start; r.OpenLow {
			from = end
		}
	}
	if r.High != "" {
		var bad *dateError
		if high, bad = parseDate(r.High); bad != nil {
			return time.Time{}, to, bad
		}
		start, end := high.span(now)
		if to = end; r.OpenHi {
			to = start
		}
	}
	if r.Low != "" && r.High != "" {
		if bad := ordered(r, low, high, now); bad != nil {
			return time.Time{}, time.Time{}, bad
		}
	}
	return from, to, nil
}
