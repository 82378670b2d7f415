package dialect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/query"
)

// luceneField returns newsq's field for the names that indexes of news give theirs.
func luceneField(name string) (field string, known bool) {
	name, _, _ = strings.Cut(strings.ToLower(name), ".") // title.keyword is title
	for _, row := range []string{
		"title headline head", "body content text fulltext full_text article", "summary description abstract teaser lead_text",
		"heading headings", "author authors byline creator", "source publisher outlet publication site domain source_name",
		"date year published published_at publish_date pubdate pub_date publication_date timestamp @timestamp created created_at",
		"lang language", "topic topics tag tags category categories section subject subjects keyword keywords",
		"place places location locations country geo", "person people persons", "org organization organizations company companies",
		"url link", "id _id", "words word_count wordcount length",
	} {
		if names := strings.Fields(row); slices.Contains(names, name) {
			return names[0], true
		}
	}
	return "", false
}

// term reads a word with its escapes, wildcards and fuzziness.
func (p *luceneParser) term() query.Node {
	start := p.pos
	var b strings.Builder
	wild, escapedWild := false, false
	for p.pos < len(p.text) {
		c, size := utf8.DecodeRuneInString(p.text[p.pos:])
		if unicode.IsSpace(c) || query.IsQuotationMark(c) || strings.ContainsRune("()[]{}^~", c) || c == ':' && p.pos > start {
			break
		}
		p.pos += size
		if c == '\\' && p.pos < len(p.text) {
			c, size = utf8.DecodeRuneInString(p.text[p.pos:])
			p.pos += size
			escapedWild = escapedWild || c == '*' || c == '?'
			b.WriteRune(c)
			continue
		}
		wild = wild || c == '*' || c == '?'
		b.WriteRune(c)
	}
	t := token{start: start, end: p.pos}
	text := b.String()
	if p.pos < len(p.text) && p.text[p.pos] == '~' {
		return p.fuzzy(t, text, wild)
	}
	switch {
	case p.field != "":
		return p.inRange(t, "=", text)
	case wild && escapedWild:
		p.note(t, "* and ? with a backslash are no part of words: left out")
		return p.leaf(t, strings.NewReplacer(`\*`, "", `\?`, "", `\`, "").Replace(p.text[t.start:t.end]), false)
	case wild:
		var leaves []query.Node
		for _, word := range strings.Fields(text) { // with a backslash before white space
			leaves = append(leaves, p.leaf(t, word, false))
		}
		return phrase(leaves)
	}
	return p.words(t, text)
}

// words returns the node of a term without wildcards, which may have white space behind
// backslashes.
func (p *luceneParser) words(t token, text string) query.Node {
	switch text {
	case "and", "or", "not":
		p.note(t, "left out: in small letters it is no operator in Lucene, but a word that nearly all articles have")
		return nil
	}
	if len(text) > maxWord {
		p.fail(t.start, fmt.Sprintf("word longer than %d bytes", maxWord), "shorten it")
		return nil
	}
	words := strings.Fields(text)
	switch {
	case !isWordly(text):
		p.note(t, "left out, as it has no letter or digit")
		return nil
	case len(words) == 1:
		return query.Word{Text: strings.TrimRight(text, ",;")}
	}
	return query.Phrase{Text: strings.Join(words, " ")}
}

// fuzzy reads ~, ~1, ~2 or, of old, ~0.8 behind a word.
func (p *luceneParser) fuzzy(t token, text string, wild bool) query.Node {
	end := p.wordEnd(p.pos+1, "()^")
	number := p.text[p.pos+1 : end]
	p.pos, t.end = end, end
	edits := 2.0
	if number != "" {
		var err error
		if edits, err = strconv.ParseFloat(number, 64); err != nil || edits < 0 {
			p.fail(t.start, "~ without a number of edits", "write word~1 or word~2")
			return nil
		}
	}
	if edits > 0 && edits < 1 {
		similar := edits
		edits = min(2, float64(int((1-similar)*float64(utf8.RuneCountInString(text)))))
		p.note(t, "~%s is a similarity, which Lucene no longer has: read as ~%d", number, int(edits))
	}
	switch {
	case wild:
		p.note(t, "a word has wildcards or ~: ~ is left out")
		return p.leaf(t, text, false)
	case edits < 1:
		return p.words(t, text)
	case len(text) > maxWord || !isWordly(text) || strings.Contains(text, " "):
		return p.words(t, text)
	}
	return query.Fuzzy{Text: text, Distance: int(min(2, edits))}
}

// phrase reads words in quotation marks, with their slop.
func (p *luceneParser) phrase() query.Node {
	start := p.pos
	_, size := utf8.DecodeRuneInString(p.text[p.pos:])
	var b strings.Builder
	i := p.pos + size
	closed := false
	for i < len(p.text) && !closed {
		c, size := utf8.DecodeRuneInString(p.text[i:])
		i += size
		switch {
		case c == '\\' && i < len(p.text):
			c, size = utf8.DecodeRuneInString(p.text[i:])
			i += size
			b.WriteRune(c)
		case query.IsQuotationMark(c):
			closed = true
		default:
			b.WriteRune(c)
		}
	}
	p.pos = i
	if !closed {
		p.fail(start, "unclosed quotation", `add " at the end`)
		return nil
	}
	slop := 0
	if i < len(p.text) && p.text[i] == '~' {
		end := p.wordEnd(i+1, "()^")
		n, err := strconv.ParseFloat(p.text[i+1:end], 64)
		if err != nil || n < 0 {
			p.fail(i, "~ without a number", `write the number of words that may stand between, as in "a b"~3`)
			return nil
		}
		slop, p.pos = int(min(n, query.MaxDistance)), end
	}
	t := token{start: start, end: p.pos}
	if p.field != "" {
		return p.inRange(t, "=", b.String())
	}
	return p.sloppy(t, b.String(), slop)
}

// sloppy returns the node of a phrase. In Lucene, two more words between let a pair of
// words stand in the other order.
func (p *luceneParser) sloppy(t token, text string, slop int) query.Node {
	var words []string
	for _, word := range strings.Fields(text) {
		if strings.ContainsAny(word, "*?") {
			p.note(t, "* and ? are no wildcards within quotation marks: left out")
			word = strings.NewReplacer("*", "", "?", "").Replace(word)
		}
		if len(word) > maxWord {
			p.fail(t.start, fmt.Sprintf("word longer than %d bytes", maxWord), "shorten it")
			return nil
		}
		if isWordly(word) {
			words = append(words, word)
		}
	}
	switch {
	case len(words) == 0:
		return p.leftOut(t, "no words in quotation marks")
	case len(words) == 1:
		return query.Word{Text: words[0]}
	case len(words) == 2 && slop >= 2:
		return or(query.Phrase{Text: words[0] + " " + words[1], Slop: slop}, query.Phrase{Text: words[1] + " " + words[0], Slop: slop - 2})
	case slop >= 2:
		p.note(t, "Lucene also finds these words in another order; newsq keeps the order")
	}
	return query.Phrase{Text: strings.Join(words, " "), Slop: slop}
}

// regex reads a regular expression between slashes.
func (p *luceneParser) regex() query.Node {
	start := p.pos
	i := start + 1
	for i < len(p.text) && p.text[i] != '/' {
		if p.text[i] == '\\' {
			i++
		}
		i++
	}
	if i >= len(p.text) {
		p.fail(start, "unclosed regular expression", `add / at the end, or put a backslash before / to search for it`)
		return nil
	}
	p.pos = i + 1
	t := token{start: start, end: p.pos}
	pattern := strings.ReplaceAll(p.text[start+1:i], `\/`, `/`)
	if strings.ContainsAny(pattern, `@&<>#"~`) {
		p.note(t, `@, &, <, >, #, " and ~ are operators in Lucene's regular expressions, and characters in newsq's`)
	}
	n := query.Regex{Pattern: pattern}
	if got, err := query.Parse(n.String()); err != nil || got.String() != n.String() {
		hint := "write it with words and wildcards"
		if err != nil {
			hint = "newsq says: " + err.Error()
		}
		p.fail(start, "a regular expression that newsq cannot look for", hint)
	}
	return n
}

// compared reads > >= < <= and a value.
func (p *luceneParser) compared(t token) query.Node {
	start := p.pos
	sign, _ := comparison(p.text[p.pos:])
	p.pos += len(sign)
	p.skip()
	value, at := p.bound(")^")
	t.end = at.end
	if p.field == "" {
		p.note(token{start: min(t.start, start), end: p.pos}, "only dates and numbers of words have ranges in newsq; left out")
		return nil
	}
	return p.inRange(t, sign, value)
}

// bound reads one end of a range, up to white space or one of stops.
func (p *luceneParser) bound(stops string) (string, token) {
	start := p.pos
	if c := p.skip(); query.IsQuotationMark(c) {
		start = p.pos
		_, size := utf8.DecodeRuneInString(p.text[p.pos:])
		if end := strings.IndexFunc(p.text[p.pos+size:], query.IsQuotationMark); end >= 0 {
			text := p.text[p.pos+size : p.pos+size+end]
			_, closing := utf8.DecodeRuneInString(p.text[p.pos+size+end:])
			p.pos += size + end + closing
			return text, token{start: start, end: p.pos}
		}
	}
	p.pos = p.wordEnd(p.pos, stops)
	return strings.ReplaceAll(p.text[start:p.pos], `\`, ""), token{start: start, end: p.pos}
}

// bracketed reads [a TO b], where braces leave their end out.
func (p *luceneParser) bracketed(t token) query.Node {
	open := p.pos
	lowOpen := p.text[p.pos] == '{'
	p.pos++
	p.skip()
	low, _ := p.bound("]}")
	p.skip()
	to := p.follows(p.pos, "TO")
	if to == 0 {
		p.fail(open, "a range without TO", "write it as [2020-01-01 TO 2020-12-31]")
		return nil
	}
	p.pos = to
	p.skip()
	high, _ := p.bound("]}")
	c := p.skip()
	if c != ']' && c != '}' {
		p.fail(open, "unclosed range", "add ] at the end")
		return nil
	}
	p.pos++
	t.start, t.end = min(t.start, open), p.pos
	if p.field == "" {
		p.note(t, "only dates and numbers of words have ranges in newsq; left out")
		return nil
	}
	lowSign, highSign := ">=", "<="
	if lowOpen {
		lowSign = ">"
	}
	if c == '}' {
		highSign = "<"
	}
	return p.between(t, lowSign, low, highSign, high)
}

// between returns the condition of a range, * being no bound.
func (p *luceneParser) between(t token, lowSign, low, highSign, high string) query.Node {
	out := query.Range{Name: p.field}
	if low != "*" {
		if n, ok := p.inRange(t, lowSign, low).(query.Range); ok {
			out.Low, out.OpenLow = n.Low, n.OpenLow
		}
	}
	if high != "*" {
		if n, ok := p.inRange(t, highSign, high).(query.Range); ok {
			out.High, out.OpenHi = n.High, n.OpenHi
		}
	}
	if p.err != nil {
		return nil
	}
	if p.field == lengthField {
		return p.whole(t, out)
	}
	if _, _, err := query.DateRange(out, time.Now()); err != nil {
		p.fail(t.start, fmt.Sprintf("range from %s back to %s", low, high), "write the earlier one first")
	}
	return out
}

// whole returns a range of numbers with both bounds part of it.
func (p *luceneParser) whole(t token, n query.Range) query.Node {
	if n.Low == "" || n.High == "" {
		return n
	}
	low, _ := strconv.Atoi(n.Low)
	high, _ := strconv.Atoi(n.High)
	if n.OpenLow {
		low++
	}
	if n.OpenHi {
		high--
	}
	if low > high {
		p.fail(t.start, "a range of numbers that holds none", "write the smaller number first")
	}
	return query.Range{Name: n.Name, Low: strconv.Itoa(low), High: strconv.Itoa(high)}
}

// inRange returns the condition of a date or number by a sign.
func (p *luceneParser) inRange(t token, sign, value string) query.Node {
	if p.field == lengthField {
		return p.lengthOf(t, strings.TrimPrefix(sign, "=")+value)
	}
	if value == "*" {
		return query.Range{Name: p.field}
	}
	return dated(sign, p.luceneDay(t, value))
}

// luceneDay returns a date, or a time counted from now, as newsq writes it.
func (p *luceneParser) luceneDay(t token, value string) string {
	value = strings.TrimRight(value, "*-")
	if rest, ok := strings.CutPrefix(value, "now"); ok {
		return p.fromNow(t, rest)
	}
	if _, _, err := query.ParseDate(value, time.Unix(0, 0).UTC()); err == nil {
		return value
	}
	return p.day(t, value)
}

// fromNow reads -7d/d behind now.
func (p *luceneParser) fromNow(t token, rest string) string {
	rest, round, rounded := strings.Cut(rest, "/")
	if rounded && round != "d" {
		p.note(t, "newsq doesn't round dates: /%s is left out", round)
	}
	if rest == "" {
		return "today"
	}
	n, unit, ok := number(strings.TrimPrefix(rest, "-"))
	if !ok || !strings.HasPrefix(rest, "-") || !slices.Contains([]string{"h", "H", "d", "w", "M", "y"}, unit) {
		p.fail(t.start, "a date counted from now that newsq cannot count", "write it as now-7d, with h, d, w, M or y")
		return ""
	}
	return strconv.Itoa(n) + strings.ToLower(unit)
}
