package claim

import (
	"fmt"
	"strconv"
	"strings"
)

// A pattern is written as elements with blanks between them. An element is
//
//	will|won't    one of these words, which are in lower case; won’t is won't, too
//	<be>          one of the words of a list in lists
//	<verb>        a word in lower case that may be the plain form of a verb: one that is
//	              in none of the lists of words that aren't
//	<done>        a participle: a word in -ed or -en, or one of the list done
//	<doing>       a word in -ing
//	<Name>        a word with a capital
//	<'s>          a word in 's
//	<,>           a word behind a comma or another mark
//	<word>        any word
//	^             the start of the sentence
//	$             the end of the sentence
//	..5           at most five words
//
// or several of these with | between them, and has ? behind it if it may be missing. One
// element, in brackets, is the trigger: words or a list, looked up in a table; the others are
// looked for on both sides of it. A pattern without brackets has its first element as the
// trigger.
type pattern struct {
	left, right []element // from the trigger outwards
}

// element is an element of a pattern: a word that is one of words or has one of forms, or
// a gap of so many words.
type element struct {
	words    wordSet
	forms    formSet
	gap      int
	optional bool
}

// formSet is what beside words of a list an element asks for.
type formSet uint16

const (
	verb formSet = 1 << iota
	done
	doing
	name
	genitive
	marked
	anyWord
	sentenceStart
	sentenceEnd
)

var forms = map[string]formSet{
	"<verb>": verb, "<done>": done, "<doing>": doing, "<Name>": name, "<'s>": genitive, "<,>": marked, "<word>": anyWord,
	"^": sentenceStart, "$": sentenceEnd,
}

// wordSet is a set of word ids.
type wordSet []uint64

func (s wordSet) has(id uint16) bool {
	return int(id>>6) < len(s) && s[id>>6]&(1<<(id&63)) != 0
}

func (s *wordSet) add(id uint16) {
	for int(id>>6) >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[id>>6] |= 1 << (id & 63)
}

func (s *wordSet) addAll(other wordSet) {
	for i, bits := range other {
		if i == len(*s) {
			*s = append(*s, 0)
		}
		(*s)[i] |= bits
	}
}

// grammar is the compiled table of rules.
type grammar struct {
	ids             map[string]uint16
	known           *wordTable         // ids
	sets            map[string]wordSet // of lists, by name
	byWord          [][]rule           // by the id of the trigger: exceptions first
	notVerbs, dones wordSet
}

// rule is a compiled row of the table.
type rule struct {
	kind   Kind   // of what it finds
	except bool   // it says that the trigger is none of the kind
	source string // the row
	pattern
}

// compile makes the grammar of the tables.
func compile() *grammar {
	g := &grammar{ids: make(map[string]uint16), sets: make(map[string]wordSet)}
	for name, words := range lists {
		var set wordSet
		for w := range strings.FieldsSeq(words) {
			set.add(g.id(w))
		}
		g.sets["<"+name+">"] = set
	}
	g.dones = g.sets["<irregular>"]
	for _, name := range notVerbLists {
		g.notVerbs.addAll(g.sets["<"+name+">"])
	}
	for _, except := range [...]bool{true, false} {
		for _, t := range tables {
			if t.except == except {
				for line := range strings.Lines(t.patterns) {
					if line = strings.TrimSpace(line); line != "" {
						g.add(t.kind, except, line)
					}
				}
			}
		}
	}
	g.known = newWordTable(g.ids)
	return g
}

// id returns the id of a word, a new one if need be.
func (g *grammar) id(w string) uint16 {
	id, known := g.ids[w]
	if !known {
		id = uint16(len(g.ids) + 1)
		g.ids[w] = id
	}
	return id
}

// add adds a pattern to those of each word of its trigger.
func (g *grammar) add(kind Kind, except bool, line string) {
	fields := strings.Fields(line)
	at := 0
	for i, f := range fields {
		if strings.HasPrefix(f, "[") {
			at = i
		}
	}
	trigger := g.element(strings.Trim(fields[at], "[]"))
	r := rule{kind: kind, except: except, source: line}
	for i := at - 1; i >= 0; i-- {
		r.left = append(r.left, g.element(fields[i]))
	}
	for _, f := range fields[at+1:] {
		r.right = append(r.right, g.element(f))
	}
	if len(trigger.words) == 0 || trigger.forms != 0 || trigger.optional {
		panic("claim: no trigger in " + line) //house:allow the table is part of the program
	}
	for len(g.byWord) <= len(g.ids) {
		g.byWord = append(g.byWord, nil)
	}
	for id := range g.byWord {
		if trigger.words.has(uint16(id)) {
			g.byWord[id] = append(g.byWord[id], r)
		}
	}
}

// element reads an element.
func (g *grammar) element(s string) element {
	var e element
	if s, e.optional = strings.CutSuffix(s, "?"); s == "" {
		panic("claim: an empty element") //house:allow the table is part of the program
	}
	if n, ok := strings.CutPrefix(s, ".."); ok {
		var err error
		if e.gap, err = strconv.Atoi(n); err != nil {
			panic(fmt.Sprintf("claim: %q is no gap", s)) //house:allow the table is part of the program
		}
		return e
	}
	for w := range strings.SplitSeq(s, "|") {
		set, isList := g.sets[w]
		form, isForm := forms[w]
		switch {
		case isList:
			e.words.addAll(set)
		case isForm:
			e.forms |= form
		case strings.HasPrefix(w, "<"):
			panic(fmt.Sprintf("claim: no list %s", w)) //house:allow the table is part of the program
		default:
			e.words.add(g.id(w))
		}
	}
	return e
}

// matches reports whether a pattern matches words at its trigger.
func (g *grammar) matches(p *pattern, words []word, trigger int) bool {
	return g.goesOn(p.left, words, trigger-1, -1) && g.goesOn(p.right, words, trigger+1, 1)
}

// goesOn reports whether elements match the words from at on, in a direction.
func (g *grammar) goesOn(elements []element, words []word, at, step int) bool {
	for len(elements) > 0 {
		e := &elements[0]
		elements = elements[1:]
		if e.gap > 0 {
			for n := 0; n <= e.gap; n++ {
				if g.goesOn(elements, words, at+n*step, step) {
					return true
				}
			}
			return false
		}
		ok := g.fits(e, words, at)
		if ok && e.optional && g.goesOn(elements, words, at+step, step) {
			return true
		}
		switch {
		case e.optional:
		case ok:
			at += step
		default:
			return false
		}
	}
	return true
}

// fits reports whether the word at a place, which may be outside, is what an element asks
// for.
func (g *grammar) fits(e *element, words []word, at int) bool {
	if at < 0 {
		return e.forms&sentenceStart != 0
	}
	if at >= len(words) {
		return e.forms&sentenceEnd != 0
	}
	w := words[at]
	switch {
	case e.words.has(w.id),
		e.forms&verb != 0 && w.shape&(capital|digits|possessive) == 0 && !g.notVerbs.has(w.id),
		e.forms&done != 0 && (w.shape&past != 0 || g.dones.has(w.id)),
		e.forms&doing != 0 && w.shape&progress != 0,
		e.forms&name != 0 && w.shape&capital != 0,
		e.forms&marked != 0 && w.shape&afterMark != 0,
		e.forms&genitive != 0 && w.shape&possessive != 0:
		return true
	}
	return e.forms&anyWord != 0
}
