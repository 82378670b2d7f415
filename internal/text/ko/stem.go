package ko

import (
	"maps"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/wordset"
)

// Stem returns a word without the particles behind it (조사), and without what makes
// a verb or adjective of a noun (하다, 되다) with its endings: 김정은이 and 김정은을 are
// one word, and so are 발표했다 and 발표하는. A particle that begins otherwise behind a
// vowel (이 가, 은 는, 을 를, 과 와, 으로 로) is one only behind what it fits.
//
// Endings are taken off as long as there are any, so that 김정은, which ends as with a
// particle, has the stem of 김정은이: a word has one stem however many of its own
// syllables look like particles. Words of other scripts are stemmed as English.
func (l Language) Stem(word string) string {
	for isHangul(word) {
		n := endingLen(word)
		if n == 0 {
			return word
		}
		word = word[:len(word)-n]
	}
	return l.Language.Stem(word)
}

// StemPrefix returns the stem: a word is its stem with endings.
func (l Language) StemPrefix(stem string) string {
	if !isHangul(stem) {
		return l.Language.StemPrefix(stem)
	}
	return stem
}

const (
	firstSyllable, lastSyllable = '가', '힣'
	finals                      = 28 // syllables in a row differ in their final consonant; the first has none
	finalL                      = 8  // ㄹ
	syllable                    = 3  // bytes
)

// isHangul reports whether a word ends in a syllable, which what stands before it,
// such as a number or a name in Latin letters, may take endings by.
func isHangul(word string) bool {
	r, _ := utf8.DecodeLastRuneInString(word)
	return firstSyllable <= r && r <= lastSyllable
}

// final returns the number of the final consonant of the last syllable of a word, 0
// for a vowel, and false where it doesn't end in a syllable.
func final(word string) (int, bool) {
	r, _ := utf8.DecodeLastRuneInString(word)
	if r < firstSyllable || r > lastSyllable {
		return 0, false
	}
	return int(r-firstSyllable) % finals, true
}

// maxEnding is how many syllables the longest ending has.
const maxEnding = 5

// endingLen returns the length in bytes of the longest ending of a word, 0 if it has
// none.
func endingLen(word string) int {
	n := 0
	for n < maxEnding*syllable && n+syllable < len(word) && isHangul(word[:len(word)-n]) {
		n += syllable
	}
	for ; n > 0; n -= syllable {
		stem, rest := word[:len(word)-n], word[len(word)-n:]
		if e, ok := endings()[rest]; ok && e.fits(stem) {
			return n
		}
	}
	return 0
}

// ending says behind what an ending may stand.
type ending struct {
	behind behind
	least  int // characters before it: words with fewer end so by themselves
}

type behind uint8

const (
	anything  behind = iota
	consonant        // as a final
	vowel
	vowelOrL
)

func (e ending) fits(stem string) bool {
	if utf8.RuneCountInString(stem) < e.least {
		return false
	}
	f, known := final(stem)
	switch {
	case !known: // a number, or Latin letters, which may be read either way
		return true
	case e.behind == consonant:
		return f != 0
	case e.behind == vowel:
		return f == 0
	case e.behind == vowelOrL:
		return f == 0 || f == finalL
	}
	return true
}

// endings has particles, forms of the copula 이다, and what makes verbs of nouns, with its
// endings. Short ones that nouns often end in themselves need two syllables before
// them; 일, 인, 함 and others end so many names and words that they are no endings here.
var endings = sync.OnceValue(func() map[string]ending {
	table := maps.Clone(particles())
	for maker, forms := range map[string]string{"": ha + doe + siki, "당": ha, "화": ha + doe + siki} {
		for form := range strings.FieldsSeq(forms) {
			if maker+form != "하" && utf8.RuneCountInString(maker+form) <= maxEnding {
				table[maker+form] = ending{anything, 2}
			}
		}
	}
	return table
})

// ha, doe and siki are the forms of 하다 (to do), 되다 (to be done) and 시키다 (to have done)
// behind a noun.
const (
	ha = ` 하다 했다 한다 하는 하고 하며 하면 해서 하여 했던 했으며 했고 했지만 하지만 한 할 합니다 했습니다 하기 하기로 하게 하지 하지는 하도록 하면서
		해야 하여야 하려 하려는 하려고 하겠다 하겠다고 하자 하자고 하던 한다고 했다고 한다는 했다는 한다며 했다며 하거나 하는데 하는지 하라 하라고 해온 해왔다 해도
		하므로 하기도 했는데 했을 했음 하였다 하였으며 하였고 `
	doe = ` 되다 됐다 된다 되는 되고 되며 되면 돼 되어 되어야 돼야 되었다 되었던 됐던 됐으며 됐고 됐지만 된 될 됩니다 됐습니다 되지 되기 되도록 되면서 되거나
		된다고 됐다고 된다는 됐다는 되자 되던 되어도 되는데 될지 되었고 되었으며 되지는 `
	siki = ` 시키다 시켰다 시킨다 시키는 시키고 시킨 시킬 시켜 시키기 시키지 시키려 `
)

var particles = wordset.Table(map[ending]string{
	{consonant, 1}: `을 으로 으로서 으로써 으로는 으로도 으로의`,
	{vowel, 1}:     `를`,
	{vowelOrL, 1}:  `로서 로써 로는 로도 로의`,
	{anything, 1}: `에 에서 에게 께서 한테 까지 부터 에는 에도 에만 에서는 에서도 에서의 에게는 에게서 에게도 까지는 까지의 부터는 부터의
		에선 에겐 에의 들 들이 들은 들을 들의 들에게 들과 들도`,
	{consonant, 2}: `이 은 과 이나 이라도 이란 이든 이라 과의 과는 과도 이라고 이라는 이라며 이라면 이며 이고 이었다 이었던 이지만 이어야 이었고 이니 이므로
		이던 이자 이기 이면 이었으며`,
	{vowel, 2}:    `가 는 와 나 라도 란 든 와의 와는 와도 라고 라는 라며 라면 였다 였던 여야 였고 였으며`,
	{vowelOrL, 2}: `로`,
	{anything, 2}: `의 도 만 께 보다 처럼 마저 조차 밖에 마다 만의 만은 만이 만을 만큼 대로 뿐 커녕 이다 입니다 이라 적 적인 적으로
		받다 받았다 받은 받는 받고 받지 받을 받아 받았던 당했다`,
})
