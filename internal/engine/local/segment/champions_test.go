package segment_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	api "github.com/blevesearch/scorch_segment_api/v2"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

func everyPrefix() *segment.ChampionRule {
	return &segment.ChampionRule{
		Fields:      []segment.WeightedField{{Name: "text", Weight: 2}, {Name: "words", Weight: 5}, {Name: "none", Weight: 1}},
		LengthField: "text", Base: 0.6, PerMeanLength: 1.8, MinDocs: 1, MinPostings: 1,
	}
}

// championsOf writes a segment with champion lists, of two that are merged.
func championsOf(t *testing.T, rule *segment.ChampionRule) []byte {
	t.Helper()
	var inputs []api.Segment
	for seed := range uint64(2) {
		s, err := segment.Parse(bytesOf(t, 300, seed))
		if err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, s)
	}
	path := filepath.Join(t.TempDir(), "merged")
	config := map[string]any{segment.ChampionsKey: rule}
	if _, _, err := (segment.Plugin{}).MergeUsing(inputs, []*roaring.Bitmap{roaring.BitmapOf(3, 70), nil}, path, nil, nil, config); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Only a segment that was written by the very rule has champions.
func TestChampionsKeepToTheirRule(t *testing.T) {
	s, err := segment.Parse(championsOf(t, everyPrefix()))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.Champions(everyPrefix(), "w"); !ok || err != nil {
		t.Fatalf("no champions: %v", err)
	}
	for name, change := range map[string]func(r *segment.ChampionRule){
		"weight": func(r *segment.ChampionRule) { r.Fields[0].Weight = 3 },
		"fields": func(r *segment.ChampionRule) { r.Fields = r.Fields[:0] },
		"no fields": func(r *segment.ChampionRule) {
			r.Fields = append(r.Fields, segment.WeightedField{Name: "_id", Weight: 1})
		},
		"lengths": func(r *segment.ChampionRule) { r.LengthField = "_id" },
		"base":    func(r *segment.ChampionRule) { r.Base = 0.5 },
	} {
		r := everyPrefix()
		change(r)
		if _, ok, err := s.Champions(r, "w"); ok || err != nil {
			t.Errorf("%s: there are champions, or %v", name, err)
		}
	}
	for _, prefix := range []string{"", "\xff", "nothing starts so"} {
		if _, ok, err := s.Champions(everyPrefix(), prefix); ok || err != nil {
			t.Errorf("%q: there are champions, or %v", prefix, err)
		}
	}
	for _, change := range []func(r *segment.ChampionRule){
		func(r *segment.ChampionRule) { r.MinDocs = 599 },
		func(r *segment.ChampionRule) { r.MinPostings = 1 << 20 },
		func(r *segment.ChampionRule) { r.MinShare = 1e6 },
	} {
		r := everyPrefix()
		change(r)
		if s, err = segment.Parse(championsOf(t, r)); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := s.Champions(everyPrefix(), "w"); ok || err != nil {
			t.Errorf("%+v: there are champions, or %v", r, err)
		}
	}
}

// What is read of damaged champion lists lies within its limits.
func TestDamagedChampions(t *testing.T) {
	random := newRandom(6)
	whole := championsOf(t, everyPrefix())
	start := bytes.Index(whole, []byte{0x33, 0x33, 0x33, 0x33, 0x33, 0x33, 0xe3, 0x3f}) // base, 0.6
	if start < 0 {
		t.Fatal("no champion lists")
	}
	for range 500 {
		b := bytes.Clone(whole)
		for range 1 + random.IntN(4) {
			b[start+random.IntN(min(len(b)-start-200, 1+random.IntN(4000)))] = byte(random.IntN(256))
		}
		segment.Reseal(b)
		s, err := segment.Parse(b)
		if err != nil {
			continue
		}
		for _, prefix := range []string{"w", "w1", "w12", "x", "é"} {
			c, _, _ := s.Champions(everyPrefix(), prefix)
			if len(c.Docs) != len(c.Freqs) || !slices.IsSorted(c.Docs) || len(c.Docs) > c.Count || uint64(c.Count) > s.Count() {
				t.Fatal(fmt.Sprint(prefix, c))
			}
			for _, doc := range c.Docs {
				if uint64(doc) >= s.Count() {
					t.Fatalf("document %d of %d", doc, s.Count())
				}
			}
		}
	}
}
