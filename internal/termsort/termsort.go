// Package termsort sorts many terms by their bytes, and keeps the order of a list of
// terms that grows.
package termsort

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
	"sync"
)

// prefixSize is how many bytes of a term are compared as two numbers. Few words are
// longer, and of two that are nearly all differ there.
const prefixSize = 16

// Term is a term of a list, with its first bytes, so that most terms are compared and
// written without the list.
type Term struct {
	// First and More are the first sixteen bytes, filled up with zeroes, as numbers
	// that sort as they do.
	First, More uint64
	Number      uint32 // in the list
	Length      uint32 // in bytes
}

// Of returns the Term of a text, of which the number in its list is given.
func Of(text string, number int) Term {
	var b [prefixSize]byte
	copy(b[:], text)
	return Term{
		First: binary.BigEndian.Uint64(b[:8]), More: binary.BigEndian.Uint64(b[8:]),
		Number: uint32(number), Length: uint32(len(text)),
	}
}

// Compare compares two terms by their bytes. texts and others are their lists.
func (t *Term) Compare(texts []string, o *Term, others []string) int {
	switch {
	case t.First != o.First:
		return cmp.Compare(t.First, o.First)
	case t.More != o.More:
		return cmp.Compare(t.More, o.More)
	case t.Length <= prefixSize || o.Length <= prefixSize:
		// One is the beginning of the other, or both are one.
		return cmp.Compare(t.Length, o.Length)
	}
	return strings.Compare(texts[t.Number], others[o.Number])
}

// AppendTo appends the text of the term, which is one of texts, to dst.
func (t *Term) AppendTo(dst []byte, texts []string) []byte {
	if t.Length > prefixSize {
		return append(dst, texts[t.Number]...)
	}
	dst = binary.BigEndian.AppendUint64(dst, t.First)
	dst = binary.BigEndian.AppendUint64(dst, t.More)
	return dst[:len(dst)-prefixSize+int(t.Length)]
}

// Sort sorts terms of one list.
func Sort(terms []Term, texts []string) {
	slices.SortFunc(terms, func(a, b Term) int { return a.Compare(texts, &b, texts) })
}

// Order is the order of a list of terms that grows at its end, and in which each term
// is there once. It is safe for concurrent use. The zero value is that of an empty
// list.
type Order struct {
	mu     sync.Mutex
	sorted []Term
}

// Of returns the terms of the list in order. texts is the list, or as much of it as the
// caller knows: terms that came later may be among what is returned, and have numbers
// beyond texts. What is returned is never changed.
func (o *Order) Of(texts []string) []Term {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := len(o.sorted)
	if len(texts) <= n {
		return o.sorted
	}
	added := make([]Term, 0, len(texts)-n)
	for i, text := range texts[n:] {
		added = append(added, Of(text, n+i))
	}
	Sort(added, texts)
	o.sorted = merge(o.sorted, added, texts)
	return o.sorted
}

// merge merges sorted terms of one list, of which added are the fewer.
func merge(sorted, added []Term, texts []string) []Term {
	all := make([]Term, 0, len(sorted)+len(added))
	for i := range added {
		n := sort.Search(len(sorted), func(k int) bool { return sorted[k].Compare(texts, &added[i], texts) > 0 })
		all = append(append(all, sorted[:n]...), added[i])
		sorted = sorted[n:]
	}
	return append(all, sorted...)
}
