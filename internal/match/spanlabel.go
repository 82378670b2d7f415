package match

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/query"
)

// label returns a Spans as a person would write it, see Leaf.Label.
func (p Spans) label() string {
	label := spanLabel(p.Of)
	grouped := label
	if isJoined(p.Of) || isAlternative(p.Of) {
		grouped = "(" + label + ")"
	}
	if p.AtLeast > 1 {
		label = fmt.Sprintf("atleast/%d %s", p.AtLeast, label)
		if isAlternative(p.Of) {
			label = fmt.Sprintf("atleast/%d %s", p.AtLeast, grouped)
		}
		grouped = "(" + label + ")"
	}
	switch kinds, marks := kindsIn(p.Marks); {
	case p.Lead == query.DefaultLead:
		return "lead:" + grouped
	case p.Lead > 0:
		return fmt.Sprintf("lead/%d:%s", p.Lead, grouped)
	case len(kinds) > 0:
		return grouped + " NEAR/s " + strings.Join(kinds, " NEAR/s ")
	case marks != "":
		return marksLabel(marks, grouped)
	case p.Field != Text && (grouped != label || p.AtLeast > 1):
		return grouped
	}
	return label
}

// kindsIn returns what is: asks for in marks, and the other marks.
func kindsIn(marks string) (kinds []string, others string) {
	var rest []string
	for _, m := range SplitMarks(marks) {
		if kind, ok := strings.CutPrefix(m, MarkIs+"="); ok {
			kinds = append(kinds, MarkIs+":"+kind)
		} else {
			rest = append(rest, m)
		}
	}
	return kinds, JoinMarks(rest)
}

func isJoined(s Span) bool {
	switch s.(type) {
	case SpanNear, SpanNotNear:
		return true
	}
	return false
}

func isAlternative(s Span) bool {
	switch s := s.(type) {
	case SpanWords:
		return len(s) > 1
	case SpanOr:
		return len(s) > 1
	}
	return false
}

func spanLabel(s Span) string {
	switch s := s.(type) {
	case SpanWords:
		labels := make([]string, len(s))
		for i, ph := range s {
			labels[i] = ph.label()
		}
		return strings.Join(labels, " OR ")
	case SpanOr:
		labels := make([]string, len(s))
		for i, of := range s {
			labels[i] = spanLabel(of)
		}
		return strings.Join(labels, " OR ")
	case SpanNear:
		labels := make([]string, len(s.Of))
		for i, of := range s.Of {
			labels[i] = operandLabel(of)
		}
		return strings.Join(labels, " "+operatorLabel("", s.Distance, s.Unit, s.Ordered)+" ")
	case SpanNotNear:
		return operandLabel(s.Of) + " " + operatorLabel("NOT ", s.Distance, s.Unit, s.Ordered) + " " + operandLabel(s.Avoid)
	}
	return ""
}

func operandLabel(s Span) string {
	if isJoined(s) || isAlternative(s) {
		return "(" + spanLabel(s) + ")"
	}
	return spanLabel(s)
}

func operatorLabel(not string, distance int, unit Unit, ordered bool) string {
	name := not + "NEAR/"
	if ordered {
		name = not + "ADJ/"
	}
	switch unit {
	case InSentence:
		return name + "s"
	case InParagraph:
		return name + "p"
	}
	return fmt.Sprintf("%s%d", name, distance)
}

// written returns s, which is folded, with the capitals that c stands for. Of mixed ones it
// isn't known where they are.
func (c Case) written(s string) string {
	switch c {
	case UpperCase:
		return strings.ToUpper(s)
	case TitleCase:
		r, size := utf8.DecodeRuneInString(s)
		return string(unicode.ToUpper(r)) + s[size:]
	}
	return s
}

// casedLabel returns a phrase whose terms have cases as it is written behind caps:.
func (p Phrase) casedLabel() string {
	words := make([]string, len(p.Terms))
	mixed := false
	for i, s := range p.Terms {
		mixed = mixed || s.Case == MixedCase
		words[i] = s.Case.written(s.uncased().label())
	}
	label := strings.Join(words, " ")
	if len(words) > 1 {
		label = `"` + label + `"`
		if p.Slop > 0 {
			label += fmt.Sprintf("~%d", p.Slop)
		}
	}
	if mixed {
		label += " (some capitals)"
	}
	return "caps:" + label
}

func (p Phrase) isCased() bool {
	for _, s := range p.Terms {
		if s.Case != AnyCase {
			return true
		}
	}
	return false
}

func (s TermPattern) uncased() TermPattern {
	s.Case = AnyCase
	return s
}
