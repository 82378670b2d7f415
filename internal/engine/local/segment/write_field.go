package segment

import (
	"errors"
	"math"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// fieldBuilder gathers the postings of a field, in the order of documents. Of
// the open document it gathers terms and occurrences in any order; endDoc puts
// the occurrences to their postings.
type fieldBuilder struct {
	name       string
	number     int
	options    index.FieldIndexingOptions
	normsIndex int

	termIDs       map[string]uint32
	terms         []string
	latestPosting []uint32 // for each term id, its latest posting

	postings  []fieldPosting
	positions []uint32
	locations []location

	tokens *tokenField // nil unless all terms came as token ids

	norms   []docNorm
	numeric []docNumeric

	// The open document.
	doc             uint32
	firstPosting    int // its first posting
	norm            uint32
	open            bool
	occurrences     []occurrence
	fullOccurrences []fullOccurrence // if not empty, all occurrences are here instead
	offsets         []uint32
}

// fieldPosting is a posting of a field that is built.
type fieldPosting struct {
	term, freq, doc    uint32
	locKind            locKind
	locStart, locCount uint32 // in positions or locations, as the kind says
}

// room returns s with room for n more elements, and at least as many as it has: append
// adds a quarter to a large slice, and copies each element some times as often.
func room[T any](s []T, n int) []T {
	const least = 64
	if cap(s)-len(s) < n {
		s = slices.Grow(s, max(n, len(s), least))
	}
	return s
}

type docNorm struct{ doc, norm uint32 }

type docNumeric struct {
	doc   uint32
	value int64
}

// occurrence is a position of a posting of the open document.
type occurrence struct{ posting, pos uint32 }

// fullOccurrence is a location of a posting of the open document.
type fullOccurrence struct {
	posting uint32
	location
}

var errFrequency = errors.New("frequency beyond 32 bits")

// startDoc opens a document, unless it is open already.
func (f *fieldBuilder) startDoc(doc uint32) {
	if !f.open {
		f.open, f.doc, f.firstPosting, f.norm = true, doc, len(f.postings), 0
	}
}

// posting returns the posting of a term in the open document, which is made if
// the term is new to it.
func (f *fieldBuilder) posting(term string) uint32 {
	id, ok := f.termIDs[term]
	if !ok {
		id = uint32(len(f.terms))
		f.termIDs[term] = id
		f.terms = append(f.terms, term)
		f.latestPosting = append(f.latestPosting, 0)
	} else if p := f.latestPosting[id]; int(p) >= f.firstPosting {
		return p
	}
	p := uint32(len(f.postings))
	f.latestPosting[id] = p
	f.postings = append(room(f.postings, 1), fieldPosting{term: id, doc: f.doc})
	return p
}

func (f *fieldBuilder) addFreq(posting uint32, n uint64) error {
	p := &f.postings[posting]
	if n += uint64(p.freq); n > math.MaxUint32 {
		return errFrequency
	}
	p.freq = uint32(n)
	return nil
}

var errTerms = errors.New("terms, frequencies and positions do not fit together")

// addFlatTerms takes in terms of the open document.
func (f *fieldBuilder) addFlatTerms(t FlatTerms) error {
	if f.tokens != nil {
		if err := f.resolveTokens(); err != nil {
			return err
		}
	}
	if t.Freqs != nil && (t.Positions != nil || len(t.Freqs) != len(t.Terms)) ||
		t.Positions != nil && len(t.Positions) != len(t.Terms) {
		return errTerms
	}
	var p uint32
	for i, term := range t.Terms {
		if i == 0 || term != t.Terms[i-1] { // marks of one kind follow each other
			p = f.posting(term)
		}
		n := uint64(1)
		if t.Freqs != nil {
			n = uint64(t.Freqs[i])
		}
		if err := f.addFreq(p, n); err != nil {
			return err
		}
		if t.Positions != nil {
			f.addPosition(p, t.Positions[i])
		}
	}
	return nil
}

// addFrequencies takes in terms of the open document in the form of bleve's
// own fields.
func (f *fieldBuilder) addFrequencies(b *builder, all index.TokenFrequencies) error {
	if f.tokens != nil && len(all) > 0 {
		if err := f.resolveTokens(); err != nil {
			return err
		}
	}
	for term, tf := range all {
		p := f.posting(term)
		if tf.Frequency() < 0 {
			return errFrequency
		}
		if err := f.addFreq(p, uint64(tf.Frequency())); err != nil {
			return err
		}
		for _, l := range tf.Locations {
			locField := f
			if l.Field != "" && l.Field != f.name {
				locField = b.field(l.Field)
			}
			f.addOccurrence(p, location{
				field: uint32(locField.number), pos: uint64(l.Position),
				start: uint64(l.Start), end: uint64(l.End), array: l.ArrayPositions,
			})
		}
	}
	return nil
}

// addPosition takes in an occurrence of a posting of the open document that is no more
// than a position.
func (f *fieldBuilder) addPosition(posting, pos uint32) {
	if len(f.fullOccurrences) == 0 {
		f.occurrences = append(f.occurrences, occurrence{posting, pos})
		return
	}
	f.addOccurrence(posting, location{field: uint32(f.number), pos: uint64(pos)})
}

// addOccurrence takes in an occurrence of a posting of the open document.
func (f *fieldBuilder) addOccurrence(posting uint32, l location) {
	plain := l.start|l.end == 0 && len(l.array) == 0 && l.pos <= math.MaxUint32 && int(l.field) == f.number
	switch {
	case len(f.fullOccurrences) > 0:
		f.fullOccurrences = append(f.fullOccurrences, fullOccurrence{posting, l})
	case plain:
		f.occurrences = append(f.occurrences, occurrence{posting, uint32(l.pos)})
	default:
		f.expandOccurrences()
		f.fullOccurrences = append(f.fullOccurrences, fullOccurrence{posting, l})
	}
}

// expandOccurrences makes full occurrences of all occurrences of the open
// document.
func (f *fieldBuilder) expandOccurrences() {
	for _, o := range f.occurrences {
		f.fullOccurrences = append(f.fullOccurrences, fullOccurrence{o.posting, location{field: uint32(f.number), pos: uint64(o.pos)}})
	}
	f.occurrences = f.occurrences[:0]
}

// endDoc closes the open document. Its norm is kept if it has a term in the
// field.
func (f *fieldBuilder) endDoc() {
	if !f.open {
		return
	}
	f.open = false
	if f.tokens != nil {
		if f.tokens.lastDocWithTerm != uint64(f.doc)+1 {
			return
		}
	} else if len(f.postings) == f.firstPosting {
		return
	}
	f.norms = append(room(f.norms, 1), docNorm{f.doc, f.norm})
	f.assignOccurrences()
}

// assignOccurrences puts the occurrences of the open document to its postings:
// as plain positions if that is possible, else as full locations.
func (f *fieldBuilder) assignOccurrences() {
	if len(f.occurrences) > 0 && !f.assignPositions() {
		f.expandOccurrences()
	}
	if len(f.fullOccurrences) > 0 {
		f.assignLocations()
	}
	f.occurrences, f.fullOccurrences = f.occurrences[:0], f.fullOccurrences[:0]
}

// occurrenceOffsets orders the occurrences of the open document by posting: it
// returns for each posting how many occurrences come before its own.
func (f *fieldBuilder) occurrenceOffsets(postings func(yield func(uint32) bool)) []uint32 {
	n := len(f.postings) - f.firstPosting
	f.offsets = append(f.offsets[:0], make([]uint32, n+1)...)
	for p := range postings {
		f.offsets[int(p)-f.firstPosting+1]++
	}
	for i := range n {
		f.offsets[i+1] += f.offsets[i]
	}
	return f.offsets
}

// assignPositions keeps the occurrences as positions. It returns false and
// changes nothing if a posting has another number of them than its frequency,
// or if they do not ascend.
func (f *fieldBuilder) assignPositions() bool {
	offsets := f.occurrenceOffsets(func(yield func(uint32) bool) {
		for _, o := range f.occurrences {
			if !yield(o.posting) {
				return
			}
		}
	})
	for i := range len(offsets) - 1 {
		if n := offsets[i+1] - offsets[i]; n != 0 && n != f.postings[f.firstPosting+i].freq {
			return false
		}
	}
	from := len(f.positions)
	f.positions = room(f.positions, len(f.occurrences))[:from+len(f.occurrences)]
	for i := range len(offsets) - 1 {
		if offsets[i+1] > offsets[i] {
			p := &f.postings[f.firstPosting+i]
			p.locKind, p.locStart, p.locCount = locPositions, uint32(from)+offsets[i], offsets[i+1]-offsets[i]
		}
	}
	for _, o := range f.occurrences {
		next := &offsets[int(o.posting)-f.firstPosting]
		f.positions[from+int(*next)] = o.pos
		*next++
	}
	for p := f.firstPosting; p < len(f.postings); p++ {
		if f.postings[p].locKind == locPositions && !slices.IsSorted(f.positionsOf(uint32(p))) {
			f.positions = f.positions[:from]
			for i := range f.postings[f.firstPosting:] {
				f.postings[f.firstPosting+i].locKind = locNone
			}
			return false
		}
	}
	return true
}

// positionsOf returns the positions of a posting of kind locPositions.
func (f *fieldBuilder) positionsOf(p uint32) []uint32 {
	return f.positions[f.postings[p].locStart:][:f.postings[p].locCount]
}

// assignLocations keeps the occurrences as full locations.
func (f *fieldBuilder) assignLocations() {
	offsets := f.occurrenceOffsets(func(yield func(uint32) bool) {
		for i := range f.fullOccurrences {
			if !yield(f.fullOccurrences[i].posting) {
				return
			}
		}
	})
	from := len(f.locations)
	f.locations = append(f.locations, make([]location, len(f.fullOccurrences))...)
	for i := range len(offsets) - 1 {
		if offsets[i+1] > offsets[i] {
			p := &f.postings[f.firstPosting+i]
			p.locKind, p.locStart, p.locCount = locFull, uint32(from)+offsets[i], offsets[i+1]-offsets[i]
		}
	}
	for i := range f.fullOccurrences {
		o := &f.fullOccurrences[i]
		next := &offsets[int(o.posting)-f.firstPosting]
		f.locations[from+int(*next)] = o.location
		*next++
	}
}

// hasTerms reports whether any document has a term in the field.
func (f *fieldBuilder) hasTerms() bool {
	return len(f.terms) > 0 || f.tokens != nil && f.tokens.lastDocWithTerm > 0
}

// write writes the postings, the term dictionary and the ordinals of the
// field.
func (f *fieldBuilder) write(fw *fieldWriter, number int, builders []normsBuilder) error {
	if !f.hasTerms() {
		return nil
	}
	if f.tokens != nil && f.options.IncludeDocValues() {
		if err := f.resolveTokens(); err != nil {
			return err
		}
	}
	fw.beginField(number)
	if f.tokens != nil {
		if err := f.writeTokens(fw, &builders[f.normsIndex]); err != nil {
			return err
		}
		return fw.endField(number)
	}
	order := make([]uint32, len(f.terms))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(f.terms[a], f.terms[b]) })
	starts := make([]uint32, len(f.terms)+1)
	for i := range f.postings {
		starts[f.postings[i].term+1]++
	}
	for i := range f.terms {
		starts[i+1] += starts[i]
	}
	byTerm := make([]uint32, len(f.postings))
	next := slices.Clone(starts)
	for p := range f.postings {
		slot := &next[f.postings[p].term]
		byTerm[*slot] = uint32(p)
		*slot++
	}
	norms := &builders[f.normsIndex]
	for _, t := range order {
		f.encodePostings(&fw.encoder, byTerm[starts[t]:starts[t+1]], norms)
		if err := fw.endTerm([]byte(f.terms[t])); err != nil {
			return err
		}
	}
	if err := fw.endField(number); err != nil {
		return err
	}
	if f.options.IncludeDocValues() {
		f.writeOrdinals(fw.w, number, order, len(norms.values))
	}
	return fw.w.err
}

// writeOrdinals writes the ordinals of the field. order has the term ids in
// the order of the terms.
func (f *fieldBuilder) writeOrdinals(w *writer, number int, order []uint32, docs int) {
	ordinal := make([]uint32, len(order))
	for i, t := range order {
		ordinal[t] = uint32(i)
	}
	var c ordinalsWriter
	var ords []uint32
	p := 0
	for doc := range docs {
		ords = ords[:0]
		for ; p < len(f.postings) && int(f.postings[p].doc) == doc; p++ {
			ords = append(ords, ordinal[f.postings[p].term])
		}
		slices.Sort(ords)
		c.addDoc(ords)
	}
	c.write(w, number, uint64(len(order)))
}

// writeNumeric writes the numeric values of the field, if any document has
// one.
func (f *fieldBuilder) writeNumeric(w *writer, number, docs int) {
	if len(f.numeric) == 0 {
		return
	}
	values := make([]int64, docs)
	for i := range values {
		values[i] = MissingValue
	}
	for _, n := range f.numeric {
		values[n.doc] = n.value
	}
	writeNumeric(w, number, values, f.options)
}

// encodePostings encodes the list of a term, which has the given postings.
func (f *fieldBuilder) encodePostings(e *postingsEncoder, postings []uint32, norms *normsBuilder) {
	e.begin(f.locKindOf(postings))
	for _, p := range postings {
		of := &f.postings[p]
		e.addPosting(of.doc, of.freq, norms.values[of.doc])
		switch e.kind {
		case locPositions:
			e.addPositions(f.positionsOf(p))
		case locFull:
			e.addLocations(f.locationsOf(p))
		}
	}
}

// locKindOf returns the kind of locations of a list: the plainest one that
// holds the locations of all its postings.
func (f *fieldBuilder) locKindOf(postings []uint32) locKind {
	kind := f.postings[postings[0]].locKind
	for _, p := range postings[1:] {
		kind = joinLocKinds(kind, f.postings[p].locKind)
	}
	return kind
}

// joinLocKinds returns the kind of a list that has postings of two kinds.
func joinLocKinds(a, b locKind) locKind {
	if a == b {
		return a
	}
	return locFull
}

// locationsOf returns the locations of a posting as full ones.
func (f *fieldBuilder) locationsOf(p uint32) []location {
	switch of := &f.postings[p]; of.locKind {
	case locFull:
		return f.locations[of.locStart:][:of.locCount]
	case locPositions:
		var locations []location
		for _, pos := range f.positionsOf(p) {
			locations = append(locations, location{field: uint32(f.number), pos: uint64(pos)})
		}
		return locations
	}
	return nil
}
