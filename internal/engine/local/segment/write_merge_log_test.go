package segment

import (
	"fmt"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"
)

// What stands in the place of inputs has the same documents in the same order, however
// often they were merged.
func TestMergeLogInputs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var log MergeLog
		docs := map[string][]int{} // of each file
		var files []string
		next := 0
		for i := range rapid.IntRange(2, 6).Draw(t, "segments") {
			name := fmt.Sprint("s", i)
			for range rapid.IntRange(0, 5).Draw(t, "documents") {
				docs[name] = append(docs[name], next)
				next++
			}
			files = append(files, name)
		}
		left := slices.Clone(files)
		for i := 0; len(left) > 1; i++ {
			n := rapid.IntRange(2, len(left)).Draw(t, "inputs")
			merge := Merge{File: fmt.Sprint("m", i)}
			for _, name := range left[:n] {
				in := MergeInput{File: name, Docs: uint32(len(docs[name]))}
				if rapid.Bool().Draw(t, "drops") {
					in.Drops = roaring.New()
				}
				for doc, number := range docs[name] {
					if in.Drops != nil && rapid.Bool().Draw(t, "drop") {
						in.Drops.Add(uint32(doc))
						continue
					}
					docs[merge.File] = append(docs[merge.File], number)
				}
				merge.Inputs = append(merge.Inputs, in)
			}
			log.merges = append(log.merges, merge)
			left = append(left[n:], merge.File)
		}
		accepted := rapid.SliceOf(rapid.SampledFrom(append(files, "m0", "m1"))).Draw(t, "accepted")
		inputs, ok := log.Inputs(left[0], func(in *MergeInput) bool { return slices.Contains(accepted, in.File) })
		if !ok {
			t.Fatalf("%s is not known", left[0])
		}
		var got []int
		for _, in := range inputs {
			if _, merged := log.find(in.File); merged && !slices.Contains(accepted, in.File) {
				t.Fatalf("%s is among the inputs", in.File)
			}
			for doc, number := range docs[in.File] {
				if in.Drops == nil || !in.Drops.Contains(uint32(doc)) {
					got = append(got, number)
				}
			}
		}
		if !slices.Equal(got, docs[left[0]]) {
			t.Fatalf("documents %d, want %d", got, docs[left[0]])
		}
	})
}
