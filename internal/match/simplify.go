package match

import (
	"reflect"
	"slices"
)

// The constructors below simplify plans as far as neither matches nor scores
// change. Note what does change scores and so is left alone: All in an Or,
// which matches everything but takes no score away, and a Not in a Not, which
// scores nothing. A nil plan asks for nothing; of has none.

func and(of []Plan) Plan {
	var flat []Plan
	var first []Phrase
	for _, p := range of {
		switch p := p.(type) {
		case All:
		case None:
			return p
		case And:
			flat = append(flat, p.Operands...)
		case Should:
			// Among articles with all of the words, those with the first of
			// one come first, whatever the others give.
			if len(p.Optional) > 0 {
				flat = append(flat, p)
				continue
			}
			flat, first = append(flat, p.Operand), append(first, p.First...)
		default:
			flat = append(flat, p)
		}
	}
	if len(of) == 0 {
		return nil
	}
	return should(conjunction(flat), nil, first)
}

func conjunction(of []Plan) Plan {
	switch len(of) {
	case 0:
		return All{}
	case 1:
		return of[0]
	}
	return And{Operands: of}
}

// should adds to p what may be missing.
func should(p Plan, optional []Plan, first []Phrase) Plan {
	switch p.(type) {
	case nil, None:
		return p
	}
	if len(optional)+len(first) == 0 {
		return p
	}
	if s, ok := p.(Should); ok {
		return Should{Operand: s.Operand, Optional: slices.Concat(s.Optional, optional), First: slices.Concat(s.First, first)}
	}
	return Should{Operand: p, Optional: optional, First: first}
}

func or(of []Plan, best bool) Plan {
	var flat []Plan
	for i, p := range of {
		switch p := p.(type) {
		case None:
			if best && i == 0 && len(of) > 1 {
				flat = append(flat, p) // which name is the first one would change
			}
		case Or:
			if p.Best || p.Forms || best { // which names are the first ones would change
				flat = append(flat, p)
				continue
			}
			flat = append(flat, p.Operands...)
		default:
			flat = append(flat, p)
		}
	}
	switch {
	case len(of) == 0:
		return nil
	case len(flat) == 0:
		return of[0] // a None, which says why
	case len(flat) == 1:
		return flat[0]
	}
	return Or{Operands: flat, Best: best}
}

// forms is or for the forms of one word in several languages. Those that are alike
// are one.
func forms(of []Plan) Plan {
	var distinct []Plan
	for _, p := range of {
		if p != nil && !slices.ContainsFunc(distinct, func(q Plan) bool { return reflect.DeepEqual(p, q) }) {
			distinct = append(distinct, p)
		}
	}
	switch len(distinct) {
	case 0:
		return nil
	case 1:
		return distinct[0]
	}
	return Or{Operands: distinct, Forms: true}
}

func not(p Plan) Plan {
	switch p.(type) {
	case nil:
		return nil
	case All:
		return None{Reason: "the query takes away every article"}
	case None:
		return All{}
	}
	return Not{Operand: p}
}

func boost(p Plan, factor float64) Plan {
	if factor == 1 {
		return p
	}
	switch p := p.(type) {
	case nil, All, None, Not, Value, Dates, Length:
		return p // scores nothing
	case Boost:
		return boost(p.Operand, p.Factor*factor)
	}
	return Boost{Operand: p, Factor: factor}
}
