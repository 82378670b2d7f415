package segment_test

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	api "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

func segmentOf(t testing.TB, s api.Segment) *segment.Segment {
	t.Helper()
	of, ok := segment.Unwrap(s)
	if !ok {
		t.Fatalf("%T is no segment of ours", s)
	}
	return of
}

// TestPostingList reads lists by blocks and holds them to the iterators, which are
// held to zap's elsewhere.
func TestPostingList(t *testing.T) {
	p := newPair(t, ours(9000, 12, false)) // more than a group of blocks
	s := segmentOf(t, p.got)
	random := newRandom(1)
	for _, field := range []string{"_id", "text", "words", "=tag"} {
		dict := must(s.Dictionary(field))(t)
		norms := must(s.Norms(field))(t)
		for _, e := range termsOf(t, dict.AutomatonIterator(nil, nil, nil)) {
			if e.Count < 100 && random.IntN(20) > 0 {
				continue
			}
			list := must(dict.PostingsList([]byte(e.Term), nil, nil))(t)
			want := postingsOf(t, list.Iterator(true, true, true, nil))
			l, ok, err := s.Postings(field, e.Term)
			if err != nil || !ok || l.Count() != len(want) {
				t.Fatalf("%s:%s: %d postings, %v, %v", field, e.Term, l.Count(), ok, err)
			}
			checkBlocks(t, l, want, norms)
			checkBits(t, l, want)
			checkGoTo(t, l, want, random)
			for range 5 {
				checkSeek(t, l, want, uint32(random.IntN(9100)))
			}
		}
	}
	if _, ok, err := s.Postings("text", "no such term"); ok || err != nil {
		t.Errorf("postings of no term: %v, %v", ok, err)
	}
	if _, ok, err := s.Postings("no such field", ""); ok || err != nil {
		t.Errorf("postings of no field: %v, %v", ok, err)
	}
	if must(s.Norms("no such field"))(t) != nil {
		t.Error("lengths of no field")
	}
}

func checkBlocks(t *testing.T, l segment.PostingList, want []postingOf, norms []uint32) {
	t.Helper()
	var docs, freqs [segment.BlockSize]uint32
	whole := l.MaxImpacts(nil)
	var reader segment.PositionReader
	for group := 0; group*segment.GroupSize < l.Blocks(); group++ {
		checkSaturations(t, &l, group)
	}
	for {
		block, last := l.Block(), l.LastDoc()
		n := l.NextBlock(&docs, nil)
		if n == 0 {
			break
		}
		l.Freqs(&freqs)
		impacts, group := l.Impacts(nil, block), l.GroupImpacts(nil, block/segment.GroupSize)
		if docs[n-1] > last || len(want) > segment.BlockSize && docs[n-1] != last {
			t.Fatalf("last document %d, told %d", docs[n-1], last)
		}
		// Back to front, which Positions must bear as well.
		for i := n - 1; i >= 0; i-- {
			w := want[i]
			if uint64(docs[i]) != w.Doc || uint64(freqs[i]) != w.Freq || uint64(norms[docs[i]]) != w.Length {
				t.Fatalf("posting %d, %d of length %d; want %+v", docs[i], freqs[i], norms[docs[i]], w)
			}
			if !covered(impacts, freqs[i], norms[docs[i]]) || !covered(whole, freqs[i], norms[docs[i]]) ||
				!covered(group, freqs[i], norms[docs[i]]) {
				t.Fatalf("%d in %d is not within %v, %v and %v", freqs[i], norms[docs[i]], impacts, group, whole)
			}
			got := must(l.Positions(&freqs, i, nil))(t)
			var positions []uint32
			for _, l := range w.Locations {
				positions = append(positions, uint32(l.Pos))
			}
			if !slices.Equal(got, positions) {
				t.Fatalf("positions %v, want %v", got, positions)
			}
		}
		checkBlockPositions(t, &l, &reader, &freqs, want[:n])
		want = want[n:]
	}
	if l.Err() != nil || len(want) > 0 || l.LastDoc() != math.MaxUint32 || l.Block() != l.Blocks() {
		t.Fatalf("at the end: %v, %d postings left", l.Err(), len(want))
	}
}

// checkSaturations holds the bounds of a group's blocks to what their impacts say.
func checkSaturations(t *testing.T, l *segment.PostingList, group int) {
	t.Helper()
	var got [segment.GroupSize]float64
	by := segment.Saturation{Base: .6, PerLength: .0025}
	l.GroupSaturations(&got, group, by)
	for i := range min(segment.GroupSize, l.Blocks()-group*segment.GroupSize) {
		want := 0.0
		for _, p := range l.Impacts(nil, group*segment.GroupSize+i) {
			tf := float64(p.Freq)
			want = max(want, tf/(tf+by.Base+by.PerLength*float64(p.Norm)))
		}
		if got[i] != want {
			t.Fatalf("block %d of group %d has the saturation %v, want %v", i, group, got[i], want)
		}
	}
}

// checkBlockPositions reads the positions of some of a block's postings together, a
// few and then others behind them.
func checkBlockPositions(t *testing.T, l *segment.PostingList, reader *segment.PositionReader, freqs *[segment.BlockSize]uint32, want []postingOf) {
	t.Helper()
	for i := 0; i < len(want); {
		var postings []uint8
		for step := 1; i < len(want) && len(postings) < 50; step = step*5%7 + 1 {
			postings = append(postings, uint8(i))
			i += step
		}
		ends := make([]uint32, len(postings))
		all := must(l.BlockPositions(reader, freqs, postings, nil, ends))(t)
		from := uint32(0)
		for k, posting := range postings {
			var positions []uint32
			for _, l := range want[posting].Locations {
				positions = append(positions, uint32(l.Pos))
			}
			if got := all[from:ends[k]]; !slices.Equal(got, positions) {
				t.Fatalf("positions %v, want %v", got, positions)
			}
			from = ends[k]
		}
	}
}

func checkBits(t *testing.T, l segment.PostingList, want []postingOf) {
	t.Helper()
	words := make([]uint64, (9000+63)/64)
	l.SetBits(words)
	n := 0
	for _, w := range words {
		n += bits.OnesCount64(w)
	}
	for _, w := range want {
		if words[w.Doc/64]>>(w.Doc%64)&1 == 0 {
			t.Fatalf("the bit of document %d is not set", w.Doc)
		}
	}
	if n != len(want) {
		t.Fatalf("%d bits, want %d", n, len(want))
	}
}

func covered(impacts []segment.Impact, freq, length uint32) bool {
	return slices.ContainsFunc(impacts, func(p segment.Impact) bool { return p.Freq >= freq && p.Norm <= length })
}

// checkSeek: after a seek comes the block of the first posting from doc on, or
// one that holds it later; none is skipped.
func checkSeek(t *testing.T, l segment.PostingList, want []postingOf, doc uint32) {
	t.Helper()
	var docs [segment.BlockSize]uint32
	if doc%2 == 0 {
		l.NextBlock(&docs, nil) // start elsewhere than at the start
	}
	l.Seek(doc)
	at, _ := slices.BinarySearchFunc(want, uint64(doc), func(p postingOf, doc uint64) int { return int(p.Doc) - int(doc) })
	if doc%2 == 0 {
		at = max(at, min(len(want), segment.BlockSize))
	}
	n := l.NextBlock(&docs, nil)
	if at == len(want) {
		if n > 0 && docs[n-1] >= doc {
			t.Fatalf("seek %d went on to %d", doc, docs[:n])
		}
		return
	}
	if !slices.Contains(docs[:n], uint32(want[at].Doc)) {
		t.Fatalf("seek %d left %d out: %d", doc, want[at].Doc, docs[:n])
	}
}

// TestSharedNorms asks for norms that are kept one by one and as one number.
func TestSharedNorms(t *testing.T) {
	s := segmentOf(t, newPair(t, ours(200, 13, false)).got)
	text, words := must(s.Norms("text"))(t), must(s.Norms("words"))(t)
	if len(text) != 200 || len(must(s.Norms("_id"))(t)) != 200 {
		t.Fatalf("%d lengths", len(text))
	}
	for doc, n := range must(s.Norms("_id"))(t) {
		if n != 1 {
			t.Errorf("document %d: an id of length %d", doc, n)
		}
	}
	if len(words) == 0 {
		t.Fatal("no lengths of words")
	}
}

// checkGoTo: any block can be read after any other, and the blocks that FirstWithin
// passes over have no posting of such a norm.
func checkGoTo(t *testing.T, l segment.PostingList, want []postingOf, random *rand.Rand) {
	t.Helper()
	var docs, freqs [segment.BlockSize]uint32
	for range min(2*l.Blocks(), 20) {
		block := random.IntN(l.Blocks())
		l.GoToBlock(block)
		n := l.NextBlock(&docs, &freqs)
		for i, w := range want[block*segment.BlockSize:][:n] {
			if uint64(docs[i]) != w.Doc || uint64(freqs[i]) != w.Freq {
				t.Fatalf("block %d: posting %d of %d, want %+v", block, docs[i], freqs[i], w)
			}
		}
	}
	slope, offset := random.Float64()*20, random.Float64()*40-20
	next := l.FirstWithin(0, l.Blocks(), slope, offset)
	for i, w := range want {
		block := i / segment.BlockSize
		if block > next {
			next = l.FirstWithin(block, l.Blocks(), slope, offset)
		}
		if block < next && float64(w.Length) <= slope*float64(w.Freq)+offset {
			t.Fatalf("block %d is passed over, and has %+v", block, w)
		}
	}
}
