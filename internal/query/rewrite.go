package query

// Walk calls f for n and the nodes below it, parents first, in the order in
// which they stand. It goes below a node only when f returns true for it.
func Walk(n Node, f func(Node) bool) {
	if n == nil || !f(n) {
		return
	}
	switch n := n.(type) {
	case And:
		walkAll(n.Operands, f)
	case Or:
		walkAll(n.Operands, f)
	case Near:
		walkAll(n.Operands, f)
	case NotNear:
		Walk(n.Operand, f)
		Walk(n.Avoid, f)
	case AtLeast:
		Walk(n.Operand, f)
	case Lead:
		Walk(n.Operand, f)
	case Not:
		Walk(n.Operand, f)
	case Field:
		Walk(n.Operand, f)
	case Boost:
		Walk(n.Operand, f)
	}
}

func walkAll(nodes []Node, f func(Node) bool) {
	for _, n := range nodes {
		Walk(n, f)
	}
}

// Relax returns n with the words that merely stand side by side joined by OR,
// and whether that changed anything. What a person asked for by a sign, an
// operator or a field stays mandatory:
//
//	north korea -trump topic:asia    (north OR korea) -trump topic:asia
//
// n is not changed.
func Relax(n Node) (Node, bool) {
	switch n := n.(type) {
	case And:
		if n.Bare {
			return relaxBare(n)
		}
		if len(n.Operands) == 1 { // a plus sign
			return n, false
		}
		of, changed := relaxEach(n.Operands)
		n.Operands = of
		return n, changed
	case Or:
		of, changed := relaxEach(n.Operands)
		n.Operands = of
		return n, changed
	case Boost:
		of, changed := Relax(n.Operand)
		n.Operand = of
		return n, changed
	case Field:
		if !isContent(n.Name) {
			return n, false
		}
		of, changed := Relax(n.Operand)
		n.Operand = of
		return n, changed
	case Lead:
		of, changed := Relax(n.Operand)
		n.Operand = of
		return n, changed
	default:
		return n, false
	}
}

// relaxBare relaxes words that stand side by side. The Or takes the place of
// the first of them.
func relaxBare(n And) (Node, bool) {
	members, changed := relaxEach(n.Operands)
	var optional, kept []Node
	place := -1
	for i, member := range members {
		if !IsOptional(n.Operands[i]) {
			kept = append(kept, member)
			continue
		}
		if place < 0 {
			place = len(kept)
			kept = append(kept, nil)
		}
		optional = append(optional, member)
	}
	if len(optional) < 2 {
		n.Operands = members
		return n, changed
	}
	any := Or{At: around(optional), Operands: optional}
	if len(kept) == 1 {
		return any, true
	}
	kept[place] = any
	n.Operands = kept
	return n, true
}

func relaxEach(nodes []Node) (relaxed []Node, changed bool) {
	relaxed = make([]Node, len(nodes))
	for i, n := range nodes {
		var c bool
		relaxed[i], c = Relax(n)
		changed = changed || c
	}
	return relaxed, changed
}

// IsOptional reports whether a member of a bare And may be missing: words in
// the wide sense, and groups of words side by side.
func IsOptional(n Node) bool {
	switch n := n.(type) {
	case Word, Prefix, Wildcard, Fuzzy, Regex, Phrase:
		return true
	case And:
		return n.Bare
	case Boost:
		return IsOptional(n.Operand)
	default:
		return false
	}
}

// isContent reports whether a field holds what an article says, rather than
// what is known about it.
func isContent(field string) bool {
	switch field {
	case "title", "heading", "body", "summary":
		return true
	}
	return false
}
