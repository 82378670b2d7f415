package tagger

// wordStats are what an article tells of a word, in lower case, by all places where it
// stands. Counts stop at 255.
type wordStats struct {
	key    uint64
	lower  uint8 // places with a small letter
	within uint8 // with a capital letter within a plain sentence, where only names have one
	first  uint8 // with a capital letter at the start of a plain sentence
	titled uint8 // behind a title such as Mr.
	named  uint8 // behind a given name
	// votes are how often the first pass found it in a name of each kind, and, in the last
	// place, outside of names.
	votes [kinds + 1]uint8
}

// wordTable has the words of an article that may be in names. It is a hash table with open
// addresses, as a map takes several times as long to fill for each article.
type wordTable struct {
	slots []int32 // indices of entries plus 1
	stats []wordStats
}

const firstSlots = 1 << 9

func (w *wordTable) reset() {
	if len(w.slots) == 0 {
		w.slots = make([]int32, firstSlots)
	}
	clear(w.slots)
	w.stats = w.stats[:0]
}

// get returns what is known of a word, nil if it is no word of the table.
func (w *wordTable) get(key uint64) *wordStats {
	i := w.slot(key)
	if w.slots[i] == 0 {
		return nil
	}
	return &w.stats[w.slots[i]-1]
}

// add returns what is known of a word, after adding it.
func (w *wordTable) add(key uint64) *wordStats {
	i := w.slot(key)
	if w.slots[i] == 0 {
		if 2*len(w.stats) >= len(w.slots) {
			w.grow()
			i = w.slot(key)
		}
		w.stats = append(w.stats, wordStats{key: key})
		w.slots[i] = int32(len(w.stats))
	}
	return &w.stats[w.slots[i]-1]
}

func (w *wordTable) slot(key uint64) int {
	mask := len(w.slots) - 1
	i := int(key>>20) & mask
	for w.slots[i] != 0 && w.stats[w.slots[i]-1].key != key {
		i = (i + 1) & mask
	}
	return i
}

func (w *wordTable) grow() {
	w.slots = make([]int32, 2*len(w.slots))
	for i := range w.stats {
		w.slots[w.slot(w.stats[i].key)] = int32(i + 1)
	}
}

// plus1 counts up to 255.
func plus1(n *uint8) {
	if *n < 255 {
		*n++
	}
}

// few brings a count into one of three classes.
func few(n uint8) uint64 { return uint64(min(n, 2)) }

// countRuns adds the words of runs to the table, with where they stand.
func (d *document) countRuns() {
	d.words.reset()
	for i := range d.runs {
		r := &d.runs[i]
		s := &d.sentences[r.sentence]
		for j := r.first; j < r.end; j++ {
			t := &d.tokens[j]
			if t.form&hasUpper == 0 {
				continue
			}
			w := d.words.add(t.lower)
			switch {
			case s.style != plain:
			case d.opens(s, j):
				plus1(&w.first)
			default:
				plus1(&w.within)
			}
			if j > s.first {
				if before := d.marks[j-1]; before&isTitle != 0 {
					plus1(&w.titled)
				} else if before&isGiven != 0 && d.tokens[j-1].form&hasUpper != 0 {
					plus1(&w.named)
				}
			}
		}
	}
}

// countLower counts where words of the table stand in small letters.
func (d *document) countLower() {
	for i := range d.tokens {
		if t := &d.tokens[i]; t.class == classLower {
			if w := d.words.get(t.lower); w != nil {
				plus1(&w.lower)
			}
		}
	}
}

// opens reports whether token i is the first word of its sentence, or of a quotation in it.
func (d *document) opens(s *sentence, i int32) bool {
	for i > s.first {
		i--
		t := &d.tokens[i]
		if t.class != classSign {
			return false
		}
		if t.lower == quote || t.lower == colon {
			return true
		}
	}
	return true
}

// countVotes counts what the first pass found.
func (d *document) countVotes() {
	for _, r := range d.runs {
		for i := r.first; i < r.end; i++ {
			if w := d.words.get(d.tokens[i].lower); w != nil {
				plus1(&w.votes[voteOf(d.labels[i])])
			}
		}
	}
}
