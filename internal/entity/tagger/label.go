package tagger

// label says what a token is of a name. The first is for tokens outside of names; then each
// kind has four: it begins a name of several tokens, is inside it, ends it, or is a name
// alone (BILOU: Ratinov and Roth, Design Challenges and Misconceptions in Named Entity
// Recognition, 2009).
type label uint8

const (
	outside label = 0
	labels        = 1 + 4*kinds
)

// The parts of a name.
const (
	begins label = iota
	inside
	ends
	alone
)

func labelOf(k Kind, part label) label { return 1 + 4*label(k) + part }

func (l label) kind() Kind  { return Kind(l-1) / 4 }
func (l label) part() label { return (l - 1) % 4 }

// startsName reports whether a name begins with a token of this label.
func (l label) startsName() bool { return l != outside && (l.part() == begins || l.part() == alone) }

// open reports whether the name goes on behind a token of this label.
func (l label) open() bool { return l != outside && l.part() <= inside }

// follows reports whether a token of label l may stand behind one of label before.
func (l label) follows(before label) bool {
	if before.open() {
		return l != outside && l.kind() == before.kind() && (l.part() == inside || l.part() == ends)
	}
	return l == outside || l.startsName()
}

// successors are for each label those that may follow it.
var successors = func() (s [labels][]label) {
	for before := range label(labels) {
		for l := range label(labels) {
			if l.follows(before) {
				s[before] = append(s[before], l)
			}
		}
	}
	return s
}()
