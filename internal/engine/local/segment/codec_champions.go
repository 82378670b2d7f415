package segment

import (
	"encoding/binary"
	"math"
	"slices"
)

// ChampionRule says of what a segment keeps champion lists, which is the beginnings of
// words in some fields together and the terms of one field, and how their postings are
// compared: by their frequency relative to their norm, which is
//
//	Base + PerMeanLength * length / mean length of the segment
//
// A score that grows with the frequency and falls with such a norm orders the
// postings of one union in this way.
type ChampionRule struct {
	Fields        []WeightedField
	LengthField   string // its norms are the lengths
	Base          float64
	PerMeanLength float64
	// Segments of fewer documents have no champion lists. A prefix has none with
	// fewer postings, or with fewer for each document of the segment.
	MinDocs, MinPostings int
	MinShare             float64
	// The terms of this field have lists, from so many postings on. Its own norms are
	// the lengths.
	TermField       string
	MinTermPostings int
}

// WeightedField is a field whose frequencies count Weight times.
type WeightedField struct {
	Name   string
	Weight uint32
}

// ChampionsKey is the key of a *[ChampionRule] in the configuration of segments.
const ChampionsKey = "newsq.champions"

// championRuleOf returns what the configuration of segments has, nil if it has
// none.
func championRuleOf(config map[string]any) *ChampionRule {
	r, _ := config[ChampionsKey].(*ChampionRule)
	return r
}

// championPostings is how many postings a champion list has at most. A page of
// hits has ten or twenty of them, and the others make up for documents that are
// deleted later or that come closer when the mean length changes.
const championPostings = 128

// champion is a posting of a champion list.
type champion struct {
	doc, freq uint32
	ratio     float64 // frequency relative to the norm
}

// championList is a list as it is written.
type championList struct {
	key      string // the longest prefix that the list is of
	shortest int    // bytes of the shortest one
	docs     int
	best     []champion
}

// championHead is what the section says before its lists.
type championHead struct {
	base, perLength float64
	lengthField     int
	fields          []int
	weights         []uint32
}

// writeChampionLists writes the section. Lists are in the order of their keys.
func writeChampionLists(w *writer, head *championHead, lists []championList) {
	w.beginSection(kindChampions, 0)
	b := binary.LittleEndian.AppendUint64(nil, math.Float64bits(head.base))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(head.perLength))
	b = binary.AppendUvarint(b, uint64(head.lengthField))
	b = binary.AppendUvarint(b, uint64(len(head.fields)))
	for i, f := range head.fields {
		b = binary.AppendUvarint(b, uint64(f))
		b = binary.AppendUvarint(b, uint64(head.weights[i]))
	}
	b = binary.AppendUvarint(b, uint64(len(lists)))
	var entries []byte
	for i := range lists {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(entries)))
		entries = appendChampionList(entries, &lists[i])
	}
	w.write(b)
	w.write(entries)
}

// appendChampionList encodes a list.
func appendChampionList(b []byte, l *championList) []byte {
	slices.SortFunc(l.best, func(a, b champion) int { return int(int64(a.doc) - int64(b.doc)) })
	b = binary.AppendUvarint(b, uint64(len(l.key)))
	b = append(b, l.key...)
	b = binary.AppendUvarint(b, uint64(l.shortest))
	b = binary.AppendUvarint(b, uint64(l.docs))
	b = binary.AppendUvarint(b, uint64(len(l.best)))
	next := uint32(0)
	for _, c := range l.best {
		b = binary.AppendUvarint(b, uint64(c.doc-next))
		b = binary.AppendUvarint(b, uint64(c.freq))
		next = c.doc + 1
	}
	return b
}
