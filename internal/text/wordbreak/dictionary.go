package wordbreak

import (
	"bytes"
	_ "embed"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/internal/text"
)

// dictionary has the words of a language, by which runs are parted so that the words
// cost least together. In Chinese the cost of a word is what its frequency says, as
// twice the natural logarithm of 1/p in whole numbers; in Thai each word costs the
// same, so that the fewest words are taken.
//
// A file has a line for each word, in the order of their bytes: the folded word, a tab,
// and its cost in decimal. See dictionary/README.md for where the words are from. It is
// unpacked when a query first needs it, and lies in memory as it is.
type dictionary struct {
	lines []byte
	// maxWord is how many characters a word has at most.
	maxWord int
	// unknown is the cost of a character that is in no word.
	unknown int
	// maxName is how many characters in no word, side by side, are taken for one: a
	// name, mostly. Where there are more, they are taken two by two.
	maxName int
}

//go:embed dictionary/zh.zst
var chineseWords []byte

//go:embed dictionary/th.zst
var thaiWords []byte

// The cost of an unknown character is that of a rare word. On 300 articles in Chinese
// whose titles are the queries, the mean reciprocal rank is .733 with names of up to three
// characters, .734 with four and .730 without any, and .450, .450 and .483 of them have all
// words of their title. Of the words, .10, .09 and .21 are single characters, which cost
// most to look for. Of 35 other queries, .94, .91 and .94 have an article with all words.
var (
	chineseDictionary = sync.OnceValue(func() *dictionary {
		return &dictionary{lines: unpacked(chineseWords), maxWord: 5, unknown: 24, maxName: 3}
	})
	thaiDictionary = sync.OnceValue(func() *dictionary {
		return &dictionary{lines: unpacked(thaiWords), maxWord: 12, unknown: 3, maxName: 24}
	})
)

func unpacked(packed []byte) []byte {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err == nil {
		defer d.Close()
		var lines []byte
		if lines, err = d.DecodeAll(packed, nil); err == nil {
			return lines
		}
	}
	panic("wordbreak: " + err.Error()) //house:allow panic: the program has the file in itself, and a test unpacks it
}

// cost returns the cost of a folded word, and whether it is in the dictionary.
func (d *dictionary) cost(word []byte) (int, bool) {
	low, high := 0, len(d.lines) // of lines that may have the word
	for low < high {
		start := low + bytes.LastIndexByte(d.lines[low:low+(high-low)/2], '\n') + 1
		end := start + bytes.IndexByte(d.lines[start:], '\n')
		tab := start + bytes.IndexByte(d.lines[start:end], '\t')
		switch bytes.Compare(word, d.lines[start:tab]) {
		case 0:
			cost, err := strconv.Atoi(string(d.lines[tab+1 : end]))
			return cost, err == nil
		case -1:
			high = start
		default:
			low = end + 1
		}
	}
	return 0, false
}

// parted parts a run by a dictionary. Words that isStop says ranking ignores are left
// out.
func (d *dictionary) parted(run []character, isStop func(string) bool) (words []text.Span) {
	lengths := d.lengths(run)
	first := 0
	add := func(end int) {
		if first < end && !isStop(foldedOf(run[first:end])) {
			words = append(words, spanOf(run[first:end]))
		}
		first = end
	}
	for at := 0; at < len(run); {
		if lengths[at] > 0 || isStop(run[at].folded) {
			words = append(words, d.name(run[first:at])...)
			first = at
			at += max(1, lengths[at])
			add(at)
			continue
		}
		at++
	}
	return append(words, d.name(run[first:])...)
}

// name returns the words of a run of characters that are in no word of the dictionary.
func (d *dictionary) name(run []character) (words []text.Span) {
	for len(run) > d.maxName {
		words = append(words, spanOf(run[:2]))
		run = run[2:]
	}
	if len(run) > 0 {
		words = append(words, spanOf(run))
	}
	return words
}

// lengths returns, for each character at which a word of the dictionary starts, how
// many characters it has, and 0 for those in no word and within one. The words are
// those that cost least together.
func (d *dictionary) lengths(run []character) []int {
	least := make([]int, len(run)+1)  // cost up to here
	length := make([]int, len(run)+1) // of the word that ends here, 0 for an unknown character
	var word []byte
	for end := 1; end <= len(run); end++ {
		least[end] = least[end-1] + d.unknown
		word = word[:0]
		for first := end - 1; first >= 0 && end-first <= d.maxWord; first-- {
			word = append([]byte(run[first].folded), word...)
			if cost, ok := d.cost(word); ok && least[first]+cost < least[end] {
				least[end], length[end] = least[first]+cost, end-first
			}
		}
	}
	starts := make([]int, len(run))
	for end := len(run); end > 0; {
		n := length[end]
		end -= max(1, n)
		starts[end] = n
	}
	return starts
}
