package dialect

import (
	"fmt"
	"slices"

	"github.com/newsq/newsq/internal/query"
)

// kind tells tokens apart.
type kind uint8

const (
	isWord     kind = iota
	isQuote         // words in quotation marks
	isOpen          // (
	isClose         // )
	isOperator      // what stands between two operands
	isPrefix        // what takes the operand behind it
	isSuffix        // what takes the operand before it
	isLeaf          // a condition that was read whole, such as a date
)

// token is a piece of the text.
type token struct {
	kind       kind
	start, end int
	text       string // of a word, or between quotation marks
	op         operator
	// apply returns what a prefix or suffix makes of its operand, which may be nil.
	apply func(token, query.Node) query.Node
	rank  int        // of a prefix
	node  query.Node // of a leaf; nil for one that was left out
}

// join says what an operator does.
type join uint8

const (
	joinAnd join = iota
	joinOr
	joinAndNot
	joinNear
	joinNotNear
	joinBeside // nothing stands between two operands
)

// operator joins two operands.
type operator struct {
	join     join
	distance int // of joinNear and joinNotNear, in words
	unit     query.Unit
	ordered  bool
	section  bool // the same section of an article, which newsq has no word for
	clipped  bool // the number written was another
}

// rules are what tells how a dialect makes a tree of tokens.
type rules struct {
	scan func(*reader) []token
	// rank is how tightly an operator binds: smaller is tighter.
	rank   func(operator) int
	beside operator
	word   func(*reader, token) query.Node
	quote  func(*reader, token) query.Node
}

// The bounds of a query, those of newsq's language.
const (
	maxDepth = 60  // parentheses within each other; newsq's are 64, and a translation may add some
	maxWord  = 256 // bytes
	// maxWords is how many words come of groups that are taken apart: more than newsq's
	// own bound of 1,024, as a chain of proximities counts those within it again.
	maxWords = 4096
)

// item is an operand, or what waits for operands.
type item struct {
	token
	operand query.Node
	waits   bool // an operator or a prefix
}

// group reads tokens up to the parenthesis that closes the one at open, or to the end
// where open is nil.
func (r *reader) group(open *token) query.Node {
	var items []item
	for r.err == nil {
		if r.next == len(r.tokens) {
			if open != nil {
				r.fail(open.start, "unclosed parenthesis", "add ) at the end")
			}
			break
		}
		t := r.tokens[r.next]
		r.next++
		if t.kind == isClose {
			if open != nil {
				break
			}
			r.fail(t.start, "closing parenthesis without an opening one", "remove it, or add ( before it")
		}
		items = r.add(items, t)
	}
	if r.err == nil && open != nil && len(items) == 0 {
		r.fail(open.start, "empty parentheses", "write words between them, or remove them")
	}
	return r.reduce(items)
}

// add adds what starts with t to the items of a group.
func (r *reader) add(items []item, t token) []item {
	switch t.kind {
	case isOperator:
		return r.addOperator(items, t)
	case isPrefix:
		return append(r.besides(items, t), item{token: t, waits: true})
	case isSuffix:
		if len(items) == 0 || items[len(items)-1].waits {
			r.fail(t.start, "nothing to the left of "+r.written(t), "write it behind a word")
			return items
		}
		items = r.joinLast(items)
		last := &items[len(items)-1]
		last.operand, last.end = t.apply(t, last.operand), t.end
		return items
	}
	items = r.besides(items, t)
	return append(items, r.operandOf(t))
}

// joinLast joins the words side by side at the end of items, which a suffix takes together.
func (r *reader) joinLast(items []item) []item {
	for n := len(items); n > 2 && items[n-2].kind == isOperator && items[n-2].op.join == joinBeside; n = len(items) {
		left := &items[n-3]
		left.operand = r.joined(items[n-2].token, left.operand, items[n-1])
		left.end, left.kind = items[n-1].end, isLeaf
		items = items[:n-2]
	}
	return items
}

// operandOf returns the operand that starts with t.
func (r *reader) operandOf(t token) item {
	of := item{token: t}
	switch t.kind {
	case isOpen:
		if r.depth++; r.depth > maxDepth {
			r.fail(t.start, fmt.Sprintf("query nested deeper than %d", maxDepth), "simplify it")
			return of
		}
		of.operand = r.group(&t)
		r.depth--
		if r.next > 0 {
			of.end = max(of.end, r.tokens[r.next-1].end)
		}
	case isQuote:
		of.operand = r.rules.quote(r, t)
	case isWord:
		of.operand = r.rules.word(r, t)
	default:
		of.operand = t.node
	}
	return of
}

// besides adds the operator for nothing, where the operand before t has none behind it.
func (r *reader) besides(items []item, t token) []item {
	if len(items) == 0 || items[len(items)-1].waits {
		return items
	}
	at := token{kind: isOperator, start: items[len(items)-1].start, end: t.end, op: r.rules.beside}
	return append(items, item{token: at, waits: true})
}

// addOperator adds an operator. NOT behind AND is part of it, and at the start of a group
// or behind OR it is a sign.
func (r *reader) addOperator(items []item, t token) []item {
	free := len(items) == 0 || items[len(items)-1].waits
	switch {
	case !free:
		return append(items, item{token: t, waits: true})
	case t.op.join != joinAndNot:
		r.fail(t.start, "nothing to the left of "+r.written(t), "remove it, or put it in quotation marks to search for the word")
		return items
	}
	if len(items) > 0 {
		last := &items[len(items)-1]
		switch {
		case last.kind == isOperator && last.op.join == joinAnd:
			last.op, last.end = t.op, t.end
			return items
		case last.kind == isPrefix, last.kind == isOperator && last.op.join != joinOr:
			r.fail(t.start, r.written(t)+" behind "+r.written(last.token), "write it behind all, as in a near b and not c")
			return items
		}
	}
	t.kind, t.rank = isPrefix, r.rules.rank(t.op)
	t.apply = func(_ token, n query.Node) query.Node { return not(n) }
	return append(items, item{token: t, waits: true})
}

// reduce makes one tree of the items of a group, from the tightest rank to the loosest.
// Within a rank, prefixes come first, and operators go from left to right.
func (r *reader) reduce(items []item) query.Node {
	if n := len(items); n > 0 && items[n-1].waits && r.err == nil {
		r.fail(items[n-1].start, "nothing to the right of "+r.written(items[n-1].token), "remove it, or put it in quotation marks to search for the word")
	}
	if r.err != nil || len(items) == 0 {
		return nil
	}
	for _, rank := range r.ranks(items) {
		items = r.reducePrefixes(items, rank)
		items = r.reduceOperators(items, rank)
	}
	return items[0].operand
}

// ranks returns the ranks of items that wait, each once, in order.
func (r *reader) ranks(items []item) []int {
	var ranks []int
	for _, it := range items {
		if it.waits {
			ranks = append(ranks, r.rank(it))
		}
	}
	slices.Sort(ranks)
	return slices.Compact(ranks)
}

func (r *reader) rank(it item) int {
	if it.kind == isPrefix {
		return it.rank
	}
	return r.rules.rank(it.op)
}

func (r *reader) reducePrefixes(items []item, rank int) []item {
	var out []item // from the last to the first
	for i := len(items) - 1; i >= 0; i-- {
		it := items[i]
		if it.waits && it.kind == isPrefix && it.rank <= rank && len(out) > 0 && !out[len(out)-1].waits {
			of := &out[len(out)-1]
			it.end = of.end
			of.operand = it.apply(it.token, of.operand)
			of.start, of.kind = it.start, isLeaf
			continue
		}
		out = append(out, it)
	}
	slices.Reverse(out)
	return out
}

func (r *reader) reduceOperators(items []item, rank int) []item {
	var out []item
	for i := 0; i < len(items); i++ {
		it := items[i]
		isOp := it.waits && it.kind == isOperator && r.rank(it) <= rank
		if !isOp || len(out) == 0 || out[len(out)-1].waits || i+1 == len(items) || items[i+1].waits {
			out = append(out, it)
			continue
		}
		left, right := &out[len(out)-1], items[i+1]
		left.operand = r.joined(it.token, left.operand, right)
		left.end, left.kind = right.end, isLeaf
		i++
	}
	return out
}

// joined returns what an operator makes of two operands.
func (r *reader) joined(t token, a query.Node, right item) query.Node {
	b := right.operand
	switch t.op.join {
	case joinAnd:
		return and(a, b)
	case joinOr:
		return or(a, b)
	case joinAndNot:
		if _, several := b.(query.And); several && right.kind != isOpen {
			r.note(t, "is read after all that follows it, and leaves out only articles that have all of that")
		}
		return andNot(a, b)
	default:
		return r.near(t, a, b)
	}
}
