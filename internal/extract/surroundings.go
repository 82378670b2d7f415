package extract

import (
	"hash/maphash"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// surroundings tell where a block stands: the element that it is in, and the names
// and classes of the two elements around that. The paragraphs of one article
// share it even where advertisements cut the article into pieces.
type surroundings struct {
	tag     atom.Atom
	around  [2]string
	classes [2]string
}

// path tells where a block stands in another way: the elements around it up
// to the article, with their classes but for those that number or name one
// box. The boxes of a page builder share it, though each has a class of its own.
type path uint64

// Bounds of what a path is made of.
const (
	maxPath      = 12  // elements
	maxPathClass = 256 // bytes of one's class
)

var pathSeed = maphash.MakeSeed()

func pathOf(n *html.Node) path {
	var h maphash.Hash
	h.SetSeed(pathSeed)
	for range maxPath {
		if n == nil || n.Type != html.ElementNode {
			break
		}
		h.WriteString(n.Data)
		h.WriteByte(0)
		if isArticle(n) {
			break
		}
		class := attr(n, "class")
		for name := range strings.FieldsSeq(class[:min(len(class), maxPathClass)]) {
			if !strings.ContainsAny(name, "0123456789") {
				h.WriteString(name)
				h.WriteByte(0)
			}
		}
		n = n.Parent
	}
	return path(h.Sum64())
}

// articleAround returns the innermost article or main element around n, nil
// where there is none.
func articleAround(n *html.Node) *html.Node {
	for n != nil && !isArticle(n) {
		n = n.Parent
	}
	return n
}

func surroundingsOf(n *html.Node) surroundings {
	p := surroundings{tag: n.DataAtom}
	for i := range p.around {
		if n = n.Parent; n == nil {
			break
		}
		p.around[i], p.classes[i] = n.Data, attr(n, "class")
	}
	return p
}
