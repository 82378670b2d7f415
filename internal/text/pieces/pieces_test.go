package pieces

import (
	"bytes"
	"compress/flate"
	"io"
	"slices"
	"testing"
)

// The table of pieces fits the script, and what is cut off is told.
func TestTables(t *testing.T) {
	for script, table := range Tables() {
		if table.script != script || len(table.tags) < 2 || len(table.costs) != len(table.hashes)*table.stride {
			t.Errorf("%s: %d columns, %d pieces, %d bytes of costs", script, len(table.tags), len(table.hashes), len(table.costs))
		}
		if !slices.IsSorted(table.hashes) {
			t.Errorf("%s: hashes are not in order", script)
		}
	}
	raw, err := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1, 5, 100, 1000, len(raw) / 2, len(raw) - 1} {
		var b bytes.Buffer
		w, _ := flate.NewWriter(&b, flate.BestSpeed)
		w.Write(raw[:size])
		w.Close()
		if _, err := read(b.Bytes()); err == nil {
			t.Errorf("the first %d bytes are read without an error", size)
		}
	}
	if _, err := read([]byte("no table")); err == nil {
		t.Error("what is not compressed is read without an error")
	}
}

// What is learned is read, and tells the languages apart that it was learned from.
func TestLearn(t *testing.T) {
	repeat := func(words ...string) (sentences []string) {
		for i := range 40 {
			sentences = append(sentences, words[i%len(words)])
		}
		return sentences
	}
	data, err := Learn([]Script{{
		Name: "Latn", Pieces: 100, Kin: [][2]int{{0, 1}},
		Columns: []Column{
			{Tag: "en", Sentences: repeat("the harbour is closed and nobody knows why", "ships are waiting for the harbour")},
			{Tag: "de", Prior: 1, Sentences: repeat("der Hafen ist geschlossen und niemand weiß warum", "Schiffe warten auf den Hafen")},
			{Tag: "de", Sentences: repeat("dä Hafe isch zue")},
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	again, err := read(data)
	if err != nil || len(again) != 1 {
		t.Fatalf("%v, %v", again, err)
	}
	for s, want := range map[string]string{"Nobody is waiting": "en", "Niemand wartet": "de", "Isch dä zue": "de", "": ""} {
		sum := again["Latn"].add(s)
		if got, confidence := sum.Winner(); got != want || (got == "") != (confidence == 0) {
			t.Errorf("%q is in %q (%.2f), want %q", s, got, confidence, want)
		}
	}
	sum := again["Latn"].add("nobody knows")
	if lead := sum.LeadOver("en", "de"); lead <= 0 {
		t.Errorf("English leads by %v", lead)
	}
	if _, err := Learn([]Script{{Name: "Latn", Columns: []Column{{Tag: "en"}}}}); err == nil {
		t.Error("a table of one language is learned")
	}
}
