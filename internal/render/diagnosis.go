package render

import (
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/index"
)

// maxObstacles is the most parts of a query's text that a person is told of.
const maxObstacles = 4

// NothingFound returns the sentence that says that a query found nothing among
// the articles of an index.
func NothingFound(query string, articles int) string {
	among := " among " + Count(articles, "article", "articles")
	if query == "" {
		return "nothing found" + among
	}
	return "nothing found for " + Clean(query) + among
}

// ClauseObstacles returns a line for each part of a query's text that stands
// in the way. Analyze is the command that shows what each part finds.
func ClauseObstacles(d *index.Diagnosis, analyze string) []string {
	if d.Apart {
		return []string{"each part finds something, but not together; see:  " + analyze}
	}
	var lines []string
	for _, o := range d.Clauses[:min(len(d.Clauses), maxObstacles)] {
		switch found := Count(o.Without, "article", "articles"); {
		case o.Absent && o.Without > 0:
			lines = append(lines, "nothing has "+QuoteClause(o.Clause)+meantOperator(o.Clause)+"; without it:  "+found)
		case o.Absent:
			lines = append(lines, "nothing has "+QuoteClause(o.Clause)+meantOperator(o.Clause))
		default:
			lines = append(lines, "without "+QuoteClause(o.Clause)+":  "+found)
		}
	}
	return lines
}

// meantOperator says of a word such as near/s, which nothing has, how the operator is
// written; it is empty for all others.
func meantOperator(clause string) string {
	name, distance, ok := strings.Cut(clause, "/")
	if name = strings.ToUpper(name); !ok || name != "NEAR" && name != "ADJ" {
		return ""
	}
	if distance = strings.ToLower(distance); distance != "s" && distance != "p" && (distance == "" || strings.Trim(distance, "0123456789") != "") {
		return ""
	}
	return " (the operator is " + name + "/" + distance + ")"
}

// FilterObstacles returns a line for each filter without which articles would
// be found. Flags returns the flags of the command line that stand for one.
func FilterObstacles(d *index.Diagnosis, flags func(index.Obstacle) string) []string {
	var lines []string
	for _, o := range d.Filters {
		lines = append(lines, "without "+flags(o)+":  "+Count(o.Without, "article", "articles"))
	}
	if d.WithoutFilters > 0 {
		lines = append(lines, "without any of these filters:  "+Count(d.WithoutFilters, "article", "articles"))
	}
	return lines
}

// NoSuggestions returns the sentence that says why there is no query to suggest
// for what was typed.
func NoSuggestions(typed string) string {
	if typed[strings.LastIndexByte(typed, ' ')+1:] == "" {
		return "every word could follow; type the beginning of one"
	}
	return "no article has " + QuoteClause(typed+"…")
}

// QuoteClause returns a part of a query as a sentence names it: a word in
// quotation marks, a part with signs of its own without. The sign + of a part
// that must be there is left out.
func QuoteClause(clause string) string {
	const maxChars = 40
	clause = strings.TrimPrefix(Clean(clause), "+")
	if utf8.RuneCountInString(clause) > maxChars {
		clause = string([]rune(clause)[:maxChars-1]) + "…"
	}
	if strings.ContainsAny(clause, `":(`) || strings.HasPrefix(clause, "-") {
		return clause
	}
	return `"` + clause + `"`
}
