package match

import (
	"strings"

	"github.com/newsq/newsq/internal/query"
)

// fieldOf returns the field of a name in the query language, but for date.
func fieldOf(name string) (Field, bool) {
	for f, n := range fieldNames {
		if n == name && Field(f) != Text {
			return Field(f), true
		}
	}
	return 0, false
}

// textFieldOf is fieldOf where that of what is said is the body, and that of who says it the
// author's.
func textFieldOf(name string) (Field, bool) {
	switch name {
	case MarkSaid:
		return Body, true
	case MarkBy:
		return Author, true
	}
	return fieldOf(name)
}

// capsField is the field of words that are looked for with their capitals. What it is
// within is where they are looked for.
const capsField = "caps"

// ranks reports whether words of the field are looked for by their stems, as
// ranking does, and stop words don't count.
func (f Field) ranks() bool { return f <= Note }

// varies reports whether words of the field have variants. Addresses are no text.
func (f Field) varies() bool { return f < Path }

// holdsValues reports whether the field holds whole values.
func (f Field) holdsValues() bool { return f >= Topic }

// field lowers what a field is asked for, within field outer.
func (l lowerer) field(n query.Field, outer Field) (Plan, error) {
	switch {
	case isQuotation(n.Name):
		return l.quotation([]query.Field{n})
	case n.Name == capsField:
		return l.inCase(n.Operand, outer)
	case n.Name == MarkIs:
		sets, err := l.kinds([]query.Field{n})
		return kindPlan(sets), err
	}
	if f, ok := fieldOf(n.Name); ok {
		return l.lower(n.Operand, f)
	}
	return nil, l.errorAt(n, "no field for words named "+n.Name, "")
}

// value lowers what is compared with whole values.
func (l lowerer) value(n query.Node, f Field) (Plan, error) {
	p, err := l.wholeValue(n, f)
	if v, ok := p.(Value); ok && f == Topic && l.context.TopicValues != nil {
		values := Or{}
		for _, s := range l.context.TopicValues(v.Value) {
			values.Operands = append(values.Operands, Value{Field: TopicBy, Value: s})
		}
		return values, err
	}
	return p, err
}

func (l lowerer) wholeValue(n query.Node, f Field) (Plan, error) {
	switch n := n.(type) {
	case query.Word:
		return value(f, n.Text), nil
	case query.Phrase:
		return value(f, n.Text), nil
	case query.Wildcard:
		if n.Pattern == "*" {
			return Value{Field: f, Prefix: true}, nil
		}
	case query.Prefix:
		switch {
		case f == ID:
			return Value{Field: ID, Value: n.Text, Prefix: n.Text != ""}, nil
		case (f == Topic || f == MyTag) && strings.HasSuffix(n.Text, "/"):
			return value(f, n.Text), nil // it takes in what lies below it
		}
	}
	hint := "write it out"
	switch f {
	case Topic:
		hint = "write a whole level, such as topic:security for all that lies below it"
	case MyTag:
		hint = "write a whole level, such as mytag:trip for trip/lima as well"
	}
	return nil, l.errorAt(n, "pattern where "+f.String()+": wants a whole value", hint)
}

// value makes the condition that f holds v. One that is empty in canonical
// form asks for nothing.
func value(f Field, v string) Plan {
	switch f {
	case Topic:
		v = query.TopicPath(v)
	case MyTag:
		v = query.TagPath(v)
	case Lang:
		v = LangTag(v)
	case Rights:
		v = strings.ToLower(v)
	}
	if v == "" {
		return nil
	}
	return Value{Field: f, Value: v}
}

// ranged lowers a range of dates, or of numbers of words.
func (l lowerer) ranged(n query.Range) (Plan, error) {
	if n.Name != "words" {
		return l.dates(n)
	}
	least, most := query.LengthRange(n)
	switch {
	case most >= 0 && least > most:
		return None{Reason: "there is no number of words in " + n.String()}, nil
	case least == 0 && most < 0:
		return All{}, nil
	}
	return Length{Min: least, Max: most}, nil
}

// dates lowers a range of dates.
func (l lowerer) dates(n query.Range) (Plan, error) {
	if n.Name != "date" && n.Name != "added" {
		return nil, l.errorAt(n, "range of what is no date", "write date:2023..2024")
	}
	from, to, err := query.DateRange(n, l.context.Now)
	if err != nil {
		msg, hint, _ := strings.Cut(err.Error(), "; ")
		return nil, l.errorAt(n, msg, hint)
	}
	if !from.IsZero() && !to.IsZero() && !from.Before(to) && !WallClock(from).Before(WallClock(to)) {
		return None{Reason: "there is no time between the dates of " + n.String()}, nil
	}
	return Dates{From: from, To: to, Added: n.Name == "added"}, nil
}

// errorAt is a mistake in the query at the place of n. The text of the query
// is not known here: who has it sets it.
func (l lowerer) errorAt(n query.Node, msg, hint string) error {
	start, _ := n.Pos()
	return &query.SyntaxError{Offset: start, Msg: msg, Hint: hint}
}
