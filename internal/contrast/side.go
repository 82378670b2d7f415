package contrast

import "slices"

// Side counts the texts of a set.
type Side struct {
	vocabulary *Vocabulary
	texts      [][]uint32 // the words that count of each text, by number
	// Of each stem by number: how often it counts, and in how many texts.
	counts, articles []uint32
	total            float64 // of counts
	repeated         int
}

// NewSide counts texts whose readers have one vocabulary. The order of texts decides
// in which of them it counts what several have.
func NewSide(v *Vocabulary, texts []Text) *Side {
	s := &Side{vocabulary: v, counts: make([]uint32, len(v.stems)), articles: make([]uint32, len(v.stems))}
	seen := newRepetitions()
	t := newTally(len(v.stems))
	for i := range texts {
		words, repeated := seen.without(i, texts[i].paragraphs)
		s.repeated += repeated
		s.texts = append(s.texts, words)
		for _, w := range words {
			if w != apart {
				t.add(v.stemOf[w])
			}
		}
		t.flush(func(stem uint32, n int) {
			s.counts[stem] += uint32(n)
			s.articles[stem]++
			s.total += float64(n)
		})
	}
	return s
}

// Len returns the number of texts.
func (s *Side) Len() int { return len(s.texts) }

// Words returns how many words count.
func (s *Side) Words() int { return int(s.total) }

// Repeated returns how many words were left out because a text before has them in the same
// paragraph, or among the same other words.
func (s *Side) Repeated() int { return s.repeated }

// count returns how often a stem counts, and in how many texts. A side that was counted
// before the vocabulary had the stem has none.
func (s *Side) count(stem uint32) (count, articles int) {
	if int(stem) >= len(s.counts) {
		return 0, 0
	}
	return int(s.counts[stem]), int(s.articles[stem])
}

// tally counts what one text has, each at most maxPerArticle times.
type tally struct {
	n       []uint8
	touched []uint32
}

func newTally(n int) *tally { return &tally{n: make([]uint8, n)} }

func (t *tally) add(i uint32) {
	switch t.n[i] {
	case maxPerArticle:
	case 0:
		t.touched = append(t.touched, i)
		fallthrough
	default:
		t.n[i]++
	}
}

// flush gives what was counted to f, and begins anew.
func (t *tally) flush(f func(i uint32, n int)) {
	for _, i := range t.touched {
		f(i, int(t.n[i]))
		t.n[i] = 0
	}
	t.touched = t.touched[:0]
}

// pair is two stems that stand side by side, by number.
type pair [2]uint32

// found is how often something counts, and in how many texts.
type found struct{ count, articles int }

// pairs counts the pairs of which a stem is wanted, as stems are counted.
func (s *Side) pairs(wanted func(stem uint32) bool) map[pair]found {
	all := make(map[pair]found)
	var here []pair
	for _, words := range s.texts {
		here = here[:0]
		for i := 1; i < len(words); i++ {
			if words[i-1] == apart || words[i] == apart {
				continue
			}
			p := pair{s.vocabulary.stemOf[words[i-1]], s.vocabulary.stemOf[words[i]]}
			if p[0] != p[1] && (wanted(p[0]) || wanted(p[1])) {
				here = append(here, p)
			}
		}
		slices.SortFunc(here, func(a, b pair) int { return slices.Compare(a[:], b[:]) })
		for i := 0; i < len(here); {
			n := i
			for n < len(here) && here[n] == here[i] {
				n++
			}
			f := all[here[i]]
			all[here[i]] = found{f.count + min(n-i, maxPerArticle), f.articles + 1}
			i = n
		}
	}
	return all
}

// written returns each of some terms, a stem or a pair, in the words that most often stand
// for it; of those that stand as often, the first by their letters.
func (s *Side) written(terms map[pair]bool) map[pair][]string {
	times := make(map[pair]map[pair]int)
	note := func(stems, words pair) {
		if terms[stems] {
			if times[stems] == nil {
				times[stems] = make(map[pair]int)
			}
			times[stems][words]++
		}
	}
	v := s.vocabulary
	for _, words := range s.texts {
		for i, w := range words {
			if w == apart {
				continue
			}
			note(pair{v.stemOf[w]}, pair{w})
			if i > 0 && words[i-1] != apart {
				note(pair{v.stemOf[words[i-1]], v.stemOf[w]}, pair{words[i-1], w})
			}
		}
	}
	out := make(map[pair][]string)
	for stems, forms := range times {
		best, most := []string(nil), 0
		for words, n := range forms {
			form := []string{v.words[words[0]]}
			if words[1] != apart {
				form = append(form, v.words[words[1]])
			}
			if n > most || n == most && slices.Compare(form, best) < 0 {
				best, most = form, n
			}
		}
		out[stems] = best
	}
	return out
}
