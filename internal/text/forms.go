package text

import (
	"hash/maphash"
	"strings"
)

const (
	// maxForms bounds the written forms that are kept. A large news corpus
	// has some hundred thousand, of which these cover nearly every occurrence.
	// All are dropped when they are too many, since the frequent ones are back
	// at once.
	maxForms = 1 << 17

	placeBits = 18 // hold every place up to maxForms
	placeMask = 1<<placeBits - 1
)

// form is what a written form stands for.
type form struct {
	written    string
	word, stem string
	stemmed    bool // whether stem is known
}

// forms is a hash table of written forms. Nearly all the time that text costs
// goes into looking words up, and nearly all of that into waiting for memory,
// so forms lie in the order in which they were first seen, which keeps the
// frequent ones together, and are found by an index as small as can be.
type forms struct {
	seed maphash.Seed
	all  []form
	// index is probed from a form's hash on: it has a power of two slots, at
	// most half of them taken. A taken one holds, from the highest bit, 14
	// bits of the hash and one more than the form's place in all; 0 is free.
	index []uint32
}

// get returns what written stands for, with its stem if stem is set. The form
// is good until the next call.
func (t *forms) get(written string, stem bool) *form {
	if len(t.index) == 0 {
		t.seed = maphash.MakeSeed()
		t.index = make([]uint32, 64)
	}
	f := t.find(written)
	if f == nil {
		f = t.add(written)
	}
	if stem && !f.stemmed {
		f.stemmed = true
		if !IsStop(f.word) {
			f.stem = Stem(f.word)
		}
	}
	return f
}

func (t *forms) find(written string) *form {
	hash := maphash.String(t.seed, written)
	mask := uint64(len(t.index) - 1)
	for i := hash; ; i++ {
		slot := t.index[i&mask]
		if slot == 0 {
			return nil
		}
		if (slot^uint32(hash>>32))&^placeMask == 0 {
			if f := &t.all[slot&placeMask-1]; f.written == written {
				return f
			}
		}
	}
}

// add adds a form that is not there.
func (t *forms) add(written string) *form {
	switch {
	case len(t.all) == maxForms:
		clear(t.all)
		t.all = t.all[:0]
		clear(t.index)
	case len(t.all)*2 == len(t.index):
		t.index = make([]uint32, 2*len(t.index))
		for i := range t.all {
			t.enter(i)
		}
	}
	// A copy, so that the table doesn't hold on to whole texts.
	written = strings.Clone(written)
	t.all = append(t.all, form{written: written, word: foldWord(written)})
	t.enter(len(t.all) - 1)
	return &t.all[len(t.all)-1]
}

// enter enters the form at a place into the index.
func (t *forms) enter(place int) {
	hash := maphash.String(t.seed, t.all[place].written)
	mask := uint64(len(t.index) - 1)
	i := hash & mask
	for t.index[i] != 0 {
		i = (i + 1) & mask
	}
	t.index[i] = uint32(hash>>32)&^placeMask | uint32(place+1)
}
