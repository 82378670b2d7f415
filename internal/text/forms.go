package text

import "strings"

const (
	// maxForms bounds the written forms that are kept. A large news corpus
	// has some hundred thousand, of which these cover nearly every occurrence.
	// All are dropped when they are too many, since the frequent ones are back
	// at once.
	maxForms = 1 << 17

	placeBits = 18 // hold every place up to maxForms
	placeMask = 1<<placeBits - 1

	// maxProbes bounds a search of the index. Words of real texts need a few
	// dozen at most; text made to collide drops the table again and again,
	// which costs little more than to have none.
	maxProbes = 128
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
	language Language // nil where no stem is asked for
	all      []form
	// index is probed from a form's hash on: it has a power of two slots, at
	// most half of them taken. A taken one holds, from the highest bit, 14
	// bits of the hash and one more than the form's place in all; 0 is free.
	index []uint32
}

// get returns what written stands for, with its stem if stem is set. The form
// is good until the next call.
func (t *forms) get(written string, stem bool) *form {
	f := t.find(written)
	if f == nil {
		f = t.add(written)
	}
	if stem && !f.stemmed {
		f.stemmed = true
		if !t.language.IsStop(f.word) {
			f.stem = t.language.Stem(f.word)
		}
	}
	return f
}

// find returns the form of written, nil if it isn't there.
func (t *forms) find(written string) *form {
	hash := hashOf(written)
	mask := uint64(len(t.index) - 1)
	for i := range uint64(min(len(t.index), maxProbes)) {
		slot := t.index[(hash+i)&mask]
		if slot == 0 {
			return nil
		}
		if (slot^uint32(hash>>32))&^placeMask == 0 {
			if f := &t.all[slot&placeMask-1]; f.written == written {
				return f
			}
		}
	}
	return nil
}

// add adds a form that is not there.
func (t *forms) add(written string) *form {
	// A copy, so that the table doesn't hold on to whole texts.
	written = strings.Clone(written)
	t.all = append(t.all, form{written: written, word: foldWord(written)})
	last := len(t.all) - 1
	fits := len(t.all) <= maxForms
	if len(t.all)*2 > len(t.index) && fits {
		t.index = make([]uint32, max(64, 2*len(t.index)))
		for i := 0; i < last && fits; i++ {
			fits = t.insert(i)
		}
	}
	if !fits || !t.insert(last) {
		t.all[0] = t.all[last]
		clear(t.all[1:])
		t.all = t.all[:1]
		clear(t.index)
		last = 0
		t.insert(last)
	}
	return &t.all[last]
}

// insert enters the form at a place into the index, unless there is no free
// slot near where it belongs.
func (t *forms) insert(place int) bool {
	hash := hashOf(t.all[place].written)
	mask := uint64(len(t.index) - 1)
	for i := range uint64(maxProbes) {
		if slot := &t.index[(hash+i)&mask]; *slot == 0 {
			*slot = uint32(hash>>32)&^placeMask | uint32(place+1)
			return true
		}
	}
	return false
}

// hashOf hashes a word eight bytes at a time; the steps between are those of
// the finalizer of MurmurHash3.
func hashOf(s string) uint64 {
	const factor = 0xff51afd7ed558ccd
	h := uint64(len(s))
	for len(s) >= 8 {
		h = (h ^ (uint64(load32(s)) | uint64(load32(s[4:]))<<32)) * factor
		h ^= h >> 33
		s = s[8:]
	}
	switch {
	case len(s) >= 4: // these overlap
		h ^= uint64(load32(s)) | uint64(load32(s[len(s)-4:]))<<32
	case len(s) > 0:
		h ^= uint64(s[0]) | uint64(s[len(s)/2])<<8 | uint64(s[len(s)-1])<<16
	}
	h *= factor
	return h ^ h>>33
}

// load32 returns the first four bytes of s; the compiler makes it one load.
func load32(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
