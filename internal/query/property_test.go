package query

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Every tree that can be written is read back from its canonical form.
func TestCanonicalFormIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := genNode(4, prefix{}).Draw(t, "tree")
		s := n.String()
		got, err := Parse(s)
		if err != nil {
			if len(s) > maxQuery {
				t.Skip("longer than a query may be")
			}
			t.Fatalf("Parse(%s) fails: %v", s, err)
		}
		if got := withoutPlace(got); !reflect.DeepEqual(n, got) {
			t.Fatalf("Parse(%s) is %#v, want %#v", s, got, n)
		}
	})
}

// Relaxing leaves the tree that it gets alone, and what it returns can't be
// relaxed further.
func TestRelaxOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := genNode(4, prefix{}).Draw(t, "tree")
		before := n.String()
		relaxed, changed := Relax(n)
		if after := n.String(); after != before {
			t.Fatalf("Relax changed its argument from %s to %s", before, after)
		}
		if same := relaxed.String() == before; same == changed {
			t.Fatalf("Relax(%s) = %s, %v", before, relaxed, changed)
		}
		if again, changed := Relax(relaxed); changed {
			t.Fatalf("Relax(%s) = %s, and that relaxes to %s", before, relaxed, again)
		}
	})
}

// The generators below draw the trees that Parse can return: no node is one
// that stands for another, such as an Or of one.

func genNode(depth int, in prefix) *rapid.Generator[Node] {
	kinds := []*rapid.Generator[Node]{genLeaf(in)}
	if depth > 0 {
		kinds = append(kinds, genGroup(depth-1, in), genNear(2, in))
		if !in.isWhole() && !in.isLiteral() {
			kinds = append(kinds, genCount(in))
		}
	}
	if in.field == "" {
		kinds = append(kinds, genRange(), rapid.Just[Node](All{}), genLength(), genKind())
		if depth > 0 {
			kinds = append(kinds, genField(depth-1), genLead(depth-1))
		}
	}
	if in.field == "" || in.holdsCase() {
		kinds = append(kinds, genCase())
	}
	return rapid.OneOf(kinds...)
}

func genGroup(depth int, in prefix) *rapid.Generator[Node] {
	return rapid.Custom(func(t *rapid.T) Node {
		sub := genNode(depth, in)
		few := rapid.SliceOfN(sub, 2, 4)
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return And{Operands: few.Draw(t, "and"), Bare: true}
		case 1:
			return And{Operands: few.Draw(t, "and")}
		case 2:
			return Or{Operands: few.Draw(t, "or")}
		case 3:
			return And{Operands: []Node{sub.Draw(t, "plus")}}
		case 4:
			return Not{Operand: sub.Draw(t, "not")}
		default:
			return Boost{Operand: sub.Draw(t, "boost"), Factor: rapid.Float64Range(0, maxBoost).Draw(t, "factor")}
		}
	})
}

func genField(depth int) *rapid.Generator[Node] {
	return rapid.Custom(func(t *rapid.T) Node {
		fields := Fields()
		name := rapid.SampledFrom(fields).Draw(t, "field").Name
		if slices.Contains([]string{"date", "added", lengthField, kindField, capsField, leadField}, name) {
			name = "title"
		}
		return Field{Name: name, Operand: genNode(depth, prefix{word: name, field: name}).Draw(t, "of")}
	})
}

func genLeaf(in prefix) *rapid.Generator[Node] {
	kinds := []*rapid.Generator[Node]{genWord(false), genPrefix(), genPhrase(3)}
	if !in.isLiteral() {
		kinds = append(kinds, genWord(true), genWildcard(), genFuzzy(), genRegex())
	}
	return rapid.OneOf(kinds...)
}

// genText draws texts full of signs.
func genText(signs string) *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`[a-z]{1,8}`),
		rapid.StringOfN(rapid.RuneFrom([]rune("abORN59é核"+signs)), 1, 8, -1),
		rapid.SampledFrom([]string{
			"OR", "AND", "NOT", "NEAR", "NEAR/5", "ADJ", "U.S.", "C++", "AT&T", "12:30", "title:x", "autor:x",
			"https://x.y/z?a=b", "/re/", "/home/user/", "a^2", "a~1", "2020..2021", "--x", "->", ":-)", "5\"", "f(x)", `a\b`, `\`,
		}),
	)
}

const signs = `.,:;!?~^"“«'()[]{}|\/-+=&<>@#（％🙂`

func genWord(exact bool) *rapid.Generator[Node] {
	return rapid.Map(genText(signs+"*"), func(s string) Node { return Word{Text: s, Exact: exact} })
}

func genPrefix() *rapid.Generator[Node] {
	return rapid.Map(genText(signs+"*").Filter(isWordy), func(s string) Node { return Prefix{Text: s} })
}

func genFuzzy() *rapid.Generator[Node] {
	return rapid.Custom(func(t *rapid.T) Node {
		text := genText(signs+"*").Filter(isWordy).Draw(t, "text")
		return Fuzzy{Text: text, Distance: rapid.IntRange(1, maxEdits).Draw(t, "distance")}
	})
}

func genWildcard() *rapid.Generator[Node] {
	isPattern := func(s string) bool {
		return isWordy(s) && !strings.Contains(s, "**") && strings.ContainsAny(strings.TrimSuffix(s, "*"), "*?")
	}
	bounded := rapid.Map(rapid.IntRange(1, MaxGap), func(n int) string { return fmt.Sprintf("*{%d}", n) })
	part := rapid.OneOf(rapid.StringOfN(rapid.RuneFrom([]rune("ab*?核.:-{}")), 1, 3, -1), bounded)
	return rapid.Custom(func(t *rapid.T) Node {
		isWritten := func(parts []string) bool {
			s := strings.Join(parts, "")
			others := regexp.MustCompile(`\*\{\d+\}`).ReplaceAllString(s, "\x00")
			return isPattern(s) && isWordy(others) && !strings.Contains(others, "\x00*") && !strings.Contains(others, "*\x00") && !strings.Contains(others, "*{")
		}
		return Wildcard{Pattern: strings.Join(rapid.SliceOfN(part, 2, 4).Filter(isWritten).Draw(t, "parts"), "")}
	})
}

func genRegex() *rapid.Generator[Node] {
	return rapid.Map(rapid.SampledFrom([]string{`a`, `a+b`, `pres(ident)?`, `[a-z]{3}/x`, `a\.b`, `a|b`, `\\`, `"x"`}),
		func(s string) Node { return Regex{Pattern: s} })
}

func genPhrase(slop int) *rapid.Generator[Node] {
	return rapid.Custom(func(t *rapid.T) Node {
		words := rapid.SliceOfN(genText(signs+"*—"), 1, 4).Draw(t, "words")
		text := strings.Join(append(words, "end"), " ")
		return Phrase{Text: text, Slop: rapid.IntRange(0, slop).Draw(t, "slop")}
	})
}

func genNear(depth int, in prefix) *rapid.Generator[Node] {
	if in.isWhole() {
		return genLeaf(in)
	}
	return rapid.Custom(func(t *rapid.T) Node {
		ordered := rapid.Bool().Draw(t, "ordered")
		unit := rapid.SampledFrom([]Unit{Words, Words, Sentence, Paragraph}).Draw(t, "unit")
		distance := 0
		if unit == Words {
			distance = rapid.IntRange(1, maxDistance).Draw(t, "distance")
		}
		operand := genOperand(depth-1, unit, in)
		if rapid.Bool().Draw(t, "negated") {
			of, avoid := operand.Draw(t, "of"), operand.Draw(t, "avoid")
			return NotNear{Operand: of, Avoid: avoid, Distance: distance, Ordered: ordered, Unit: unit}
		}
		return Near{Operands: rapid.SliceOfN(operand, 2, 3).Draw(t, "of"), Distance: distance, Ordered: ordered, Unit: unit}
	})
}

// genOperand draws what may stand beside NEAR.
func genOperand(depth int, unit Unit, in prefix) *rapid.Generator[Node] {
	leaf := rapid.Map(genLeaf(in), func(n Node) Node {
		if p, ok := n.(Phrase); ok {
			p.Slop = 0
			return p
		}
		return n
	})
	kinds := []*rapid.Generator[Node]{leaf}
	if depth > 0 {
		kinds = append(kinds, genNear(depth, in))
	}
	if in.field == "" {
		kinds = append(kinds, rapid.Just[Node](Field{Name: "person", Operand: Wildcard{Pattern: "*"}}))
		if unit == Sentence {
			kinds = append(kinds, genKind())
		}
	}
	if in.field == "" || in.holdsCase() {
		kinds = append(kinds, rapid.Just[Node](Field{Name: capsField, Operand: Word{Text: "AIDS"}}))
	}
	one := rapid.OneOf(kinds...)
	group := rapid.Map(rapid.SliceOfN(one, 2, 3), func(of []Node) Node { return Or{Operands: of} })
	return rapid.OneOf(one, one, group)
}

func genCount(in prefix) *rapid.Generator[Node] {
	return rapid.Custom(func(t *rapid.T) Node {
		operand := genOperand(2, Words, in).Filter(func(n Node) bool {
			hasName := false
			Walk(n, func(n Node) bool {
				f, ok := n.(Field)
				hasName = hasName || ok && isName(f.Name)
				_, near := n.(Near)
				_, notNear := n.(NotNear)
				return !near && !notNear
			})
			return !hasName
		})
		n := AtLeast{Count: rapid.IntRange(2, maxCount).Draw(t, "count")}
		of := rapid.SliceOfN(operand, 1, 2).Draw(t, "of")
		if n.Operand = of[0]; len(of) > 1 {
			n.Operand = And{Operands: of, Bare: rapid.Bool().Draw(t, "bare")}
		}
		return n
	})
}

func genLead(depth int) *rapid.Generator[Node] {
	return rapid.Custom(func(t *rapid.T) Node {
		words := rapid.SampledFrom([]int{1, DefaultLead, 100, maxLead}).Draw(t, "words")
		return Lead{Words: words, Operand: genNode(depth, prefix{word: leadField, field: leadField}).Draw(t, "of")}
	})
}

// genCase draws words with their capitals.
func genCase() *rapid.Generator[Node] {
	in := prefix{word: capsField, field: capsField}
	one := rapid.OneOf(genWord(false), genWord(true), genPrefix(), genPhrase(3), genWildcard())
	group := rapid.Map(rapid.SliceOfN(one, 2, 3), func(of []Node) Node { return Or{Operands: of} })
	all := rapid.Map(rapid.SliceOfN(one, 2, 3), func(of []Node) Node { return And{Operands: of, Bare: true} })
	return rapid.Map(rapid.OneOf(one, group, all), func(n Node) Node { return Field{Name: in.field, Operand: n} })
}

func genKind() *rapid.Generator[Node] {
	kind := rapid.Map(rapid.SampledFrom(Kinds()), func(s string) Node { return Word{Text: s} })
	group := rapid.Map(rapid.SliceOfN(kind, 2, 3), func(of []Node) Node { return Or{Operands: of} })
	return rapid.Map(rapid.OneOf(kind, group), func(n Node) Node { return Field{Name: kindField, Operand: n} })
}

// genLength draws ranges of numbers of words that hold some.
func genLength() *rapid.Generator[Node] {
	return rapid.Custom(func(t *rapid.T) Node {
		low := rapid.IntRange(0, 2000).Draw(t, "low")
		high := low + rapid.IntRange(2, 2000).Draw(t, "more")
		r := Range{Name: lengthField}
		if rapid.Bool().Draw(t, "bound below") {
			r.Low, r.OpenLow = strconv.Itoa(low), rapid.Bool().Draw(t, "open below")
		}
		if rapid.Bool().Draw(t, "bound above") {
			r.High, r.OpenHi = strconv.Itoa(high), rapid.Bool().Draw(t, "open above")
		}
		return r
	})
}

func genRange() *rapid.Generator[Node] {
	// In order, so that any two are the right way round.
	dates := []string{"2001", "2001-03", "2001-03-05", "2001-03-05T12:30:00.5Z", "march 2002", "2002-q2", "30d", "last week", "monday"}
	return rapid.Custom(func(t *rapid.T) Node {
		low := rapid.IntRange(0, len(dates)-1).Draw(t, "low")
		high := rapid.IntRange(low, len(dates)-1).Draw(t, "high")
		r := Range{Name: rapid.SampledFrom([]string{"date", "added"}).Draw(t, "time")}
		if rapid.Bool().Draw(t, "bound below") {
			r.Low, r.OpenLow = dates[low], rapid.Bool().Draw(t, "open below")
		}
		if rapid.Bool().Draw(t, "bound above") {
			r.High, r.OpenHi = dates[high], rapid.Bool().Draw(t, "open above")
		}
		return r
	})
}

// seeds are queries that exercise every part of the language.
var seeds = []string{
	"", "  ", "korea", `north korea -trump topic:asia`, `a AND b OR NOT (c d)`, `+a -b -"c d" -(e f)`,
	`"north kor*"~3 “x” „y“ «z» ＂w＂ 「v」`, `title:(a OR b)^2 body:=c heading:"d"`, `date:[2020 TO 2021} date:>2020 since:2w`,
	`date:"march 2024".."june 2024" date:2020..`, `a NEAR/5 (b OR c*) NEAR/5 "d"`, `a ADJ b`, `presid* wom?n =cat? word~2`,
	`/pres(ident)?/ /home/user/`, `https://x.y/z?a=(b) url:x.y/* id:3f*`, `C++ U.S. AT&T 12:30 50% $5 a@b.c #x`,
	`What now? Really?! :) ;-( (sic) 🙂`, `autor:x`, `topic: asia`, `title:(body:x)`, `"open`, `(a`, `a)`, `()`, `""`, `OR a`, `a AND`,
	`\OR a\*b \\ "a\"b\\"`, "a\x00b\xffc", `a|b||c && d`, `--x ->y a—b…`, `-+-+-a NOT NOT b`, `analyst(s) f((x) 5" y`,
	`a NEAR/s b NOT NEAR/p c`, `(a NEAR/3 b) ADJ/S (c OR "d e")`, `atleast/5 (a OR b*) ATLEAST/2 a NEAR b`, `atleast/x atleast/3 -a atleast/2`,
	`lead:x lead/100:(a caps:B "c d") lead/0:x Lead: y`, `caps:(AIDS OR "White House") caps:war* caps:/x/ caps: 20`,
	`is:forecast is:(caveat OR Forecast) is:x is: x`, `words:>1000 words:500..800 words:[1 TO 2} words:abc words:9..3 words: 300`, `col*{1}r earn*{2}* *{3} a*{99} a*\{2}`,
	`title:[a TO b] title:>5 title:a..b topic:-x`, `（核 ＯＲ 抑止）　｜　title：x`, `date:(2020 OR -2021) date:2024-13`,
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		strict, err := Parse(s)
		lenient, warnings := ParseLenient(s)
		if err == nil {
			checkTree(t, s, strict)
			if c := capitalsOf(plainOf(s).text); len(c.operators) > 0 {
				return // of which there are remarks, see TestReadCapitals
			}
			if !reflect.DeepEqual(strict, lenient) || len(warnings) > 0 {
				t.Errorf("ParseLenient(%q) is %s with warnings %q; Parse gives %s", s, lenient, warnings, strict)
			}
			return
		}
		checkError(t, s, err)
		if len(warnings) == 0 {
			t.Errorf("ParseLenient(%q) gives no warning; Parse gives %v", s, err)
		}
		checkTree(t, s, lenient)
	})
}

// checkTree checks what holds for every tree read from s.
func checkTree(t *testing.T, s string, n Node) {
	t.Helper()
	if n == nil {
		t.Fatalf("Parse(%q) gives no tree", s)
	}
	Walk(n, func(n Node) bool {
		if start, end := n.Pos(); start < 0 || start > end || end > len(s) {
			t.Errorf("Parse(%q): %s stands at %d to %d", s, n, start, end)
		}
		return true
	})
	canonical := n.String()
	again, err := Parse(canonical)
	if err != nil {
		// The canonical form has more spaces, and parentheses around signs.
		var syntax *SyntaxError
		if errors.As(err, &syntax) && (strings.HasPrefix(syntax.Msg, "query longer") || strings.HasPrefix(syntax.Msg, "query nested")) {
			return
		}
		t.Fatalf("Parse(%q) is %s, which fails: %v", s, canonical, err)
	}
	// Not by cmp.Diff, whose time doubles with each level of nested slices.
	if a, b := withoutPlace(n), withoutPlace(again); !reflect.DeepEqual(a, b) {
		t.Fatalf("Parse(%q) is %s, which is read otherwise: got %#v, want %#v", s, canonical, b, a)
	}
}

// withoutPlace returns a tree whose nodes have no places.
func withoutPlace(n Node) Node {
	each := func(of []Node) []Node {
		bare := make([]Node, len(of))
		for i, n := range of {
			bare[i] = withoutPlace(n)
		}
		return bare
	}
	switch n := n.(type) {
	case And:
		return And{Operands: each(n.Operands), Bare: n.Bare}
	case Or:
		return Or{Operands: each(n.Operands)}
	case Not:
		return Not{Operand: withoutPlace(n.Operand)}
	case Near:
		n.At, n.Operands = At{}, each(n.Operands)
		return n
	case NotNear:
		n.At, n.Operand, n.Avoid = At{}, withoutPlace(n.Operand), withoutPlace(n.Avoid)
		return n
	case AtLeast:
		n.At, n.Operand = At{}, withoutPlace(n.Operand)
		return n
	case Lead:
		n.At, n.Operand = At{}, withoutPlace(n.Operand)
		return n
	case Field:
		return Field{Name: n.Name, Operand: withoutPlace(n.Operand)}
	case Boost:
		return Boost{Operand: withoutPlace(n.Operand), Factor: n.Factor}
	case All:
		return All{}
	case Range:
		n.At = At{}
		return n
	case Phrase:
		n.At = At{}
		return n
	case Regex:
		n.At = At{}
		return n
	default:
		return bare(n)
	}
}

func checkError(t *testing.T, s string, err error) {
	t.Helper()
	var syntax *SyntaxError
	if !errors.As(err, &syntax) {
		t.Fatalf("Parse(%q) fails with a %T", s, err)
	}
	if syntax.Offset < 0 || syntax.Offset > len(s) || syntax.Text != s || syntax.Hint == "" {
		t.Errorf("Parse(%q) fails with %#v", s, syntax)
	}
	// Under right-to-left text, marks of direction and blanks follow the caret.
	lines := strings.Split(syntax.Caret(), "\n")
	if len(lines) != 2 || strings.Count(lines[1], "^") != 1 || !strings.ContainsFunc(s, isRightToLeft) && !strings.HasSuffix(lines[1], "^") || cells(lines[1]) > caretWidth+1 {
		t.Errorf("Parse(%q) fails with caret\n%s", s, syntax.Caret())
	}
	_ = fmt.Sprint(syntax)
}
