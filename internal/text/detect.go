package text

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/text/pieces"
)

const (
	// languageSample is the number of bytes that DetectLanguage looks at: the
	// commonest words of a language turn up in far less.
	languageSample = 2 << 10
	// minHits is how many common words a text must have at least, each
	// counted less the more languages share it.
	minHits = 1.5
	// minShare is their least share of all words; running text has above a
	// quarter, and lists of foreign names have next to none.
	minShare = 0.08
	// minDistinct is how many different ones there must be: tables repeat a
	// few abbreviations.
	minDistinct = 3
	// sampleWords is the number of words that are looked at.
	sampleWords = 200
)

// DetectLanguage tells what language s is written in, as a BCP 47 tag, and how sure
// it is, from 0 to 1. It goes by the script, and where languages share one, by
// their commonest words and their own letters. The tag is empty when s is too
// short to tell or in a language that it does not know.
func DetectLanguage(s string) (tag string, confidence float64) {
	if len(s) > languageSample {
		s = s[:languageSample]
		for len(s) > 0 && !utf8.RuneStart(s[len(s)-1]) {
			s = s[:len(s)-1]
		}
	}
	script, share := mainScript(s)
	switch script {
	case "":
		return "", 0
	case "Latn", "Cyrl", "Arab", "Deva":
		return byWordsAndPieces(s, script)
	}
	if (script == "zh" || script == "ja") && len(s) <= shortEastAsian {
		script = byCharacters(s, script)
	}
	return script, share // a script of one language is named by its tag
}

// The characters that the reforms of Japanese made, with some that are of Japan, and
// those that are of Chinese alone, simplified or not. They tell the language of a headline
// that has no kana, or a name with some in a Chinese one.
const (
	japaneseCharacters = "気経済対発図売読価変転辺広鉄沢浜児関権渋戦総続観覚検験険剣圏労営栄拝黒徳実択釈駆拡従縦渓鶏桜楽薬訳証譲醸壌嬢応桟単弾伝団鋳庁聴鎮逓闘稲悩脳廃髪抜仏払円両歳県働込畑峠駅塩亜悪囲隠鋭縁仮絵懐壊覧粛巣焼奨乗浄剰畳縄穣嘱粋酔穂髄枢瀬斎摂窃専践銭潜繊禅捜挿蔵臓堕滞帯滝遅"
	chineseCharacters  = "们們这這说說为對对發发經经濟济氣气圖图賣卖價价變变轉转邊边廣广鐵铁關关權权戰战總总續续觀观覺觉檢检驗验險险實实應应單单傳传團团專专兩两縣县國會學个车东书长马鸟电见贝页风飞鱼语话谈让认设议论记讲许评词试诉该调请谁选还进过运远连达现么麼吗嗎你您她咱吧呢哪啊從从门联黨尔兰亿产產业务员报时"
)

// shortEastAsian is how long a text is at most of which the characters are looked at,
// in bytes. A longer one in Japanese has kana.
const shortEastAsian = 600

// byCharacters tells Chinese from Japanese. Tag is what the share of kana says.
func byCharacters(s, tag string) string {
	kana, japanese, chinese := 0, 0, 0
	for _, r := range s {
		switch {
		case r < 0x3040: // before the kana
		case r < 0x3100:
			kana++
		case strings.ContainsRune(japaneseCharacters, r):
			japanese++
		case strings.ContainsRune(chineseCharacters, r):
			chinese++
		}
	}
	switch {
	case tag == "ja" && chinese > kana+japanese:
		return "zh"
	case tag == "zh" && japanese > chinese:
		return "ja"
	}
	return tag
}

// scripts lists scripts by what they say: the tag of the only language that
// is commonly written in them, or their own name.
var scripts = [...]struct {
	tag   string
	table *unicode.RangeTable
}{
	{"Latn", unicode.Latin},
	{"Cyrl", unicode.Cyrillic},
	{"Arab", unicode.Arabic},
	{"zh", unicode.Han},
	{"ja", unicode.Hiragana},
	{"ja", unicode.Katakana},
	{"ko", unicode.Hangul},
	{"Deva", unicode.Devanagari},
	{"el", unicode.Greek},
	{"he", unicode.Hebrew},
	{"th", unicode.Thai},
	{"ta", unicode.Tamil},
	{"te", unicode.Telugu},
	{"bn", unicode.Bengali},
	{"gu", unicode.Gujarati},
	{"kn", unicode.Kannada},
	{"ml", unicode.Malayalam},
	{"pa", unicode.Gurmukhi},
	{"si", unicode.Sinhala},
	{"ka", unicode.Georgian},
	{"hy", unicode.Armenian},
	{"am", unicode.Ethiopic},
	{"km", unicode.Khmer},
	{"lo", unicode.Lao},
	{"my", unicode.Myanmar},
	{"", unicode.Common}, // and whatever else
}

// mainScript returns the script that most letters of s are of, and their
// share. An ideograph or kana counts for three letters, since it says as much.
func mainScript(s string) (tag string, share float64) {
	const latin, han, hiragana, katakana = 0, 3, 4, 5 // places in scripts
	var counts [len(scripts)]int
	total, last := 0, latin
	for i := 0; i < len(s); {
		if len(s)-i >= 8 {
			if x := load64(s[i:]); x&eachTop == 0 {
				n := bits.OnesCount64(lettersOf(x))
				counts[latin] += n
				total += n
				i += 8
				continue
			}
		}
		if s[i] < utf8.RuneSelf {
			if isASCIILetter(s[i]) {
				counts[latin]++
				total++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if !unicode.IsLetter(r) {
			continue
		}
		if !unicode.Is(scripts[last].table, r) {
			last = scriptOf(r)
		}
		n := 1
		if last == han || last == hiragana || last == katakana {
			n = 3
		}
		counts[last] += n
		total += n
	}
	// Japanese mixes kana with the ideographs of Chinese.
	if kana := counts[hiragana] + counts[katakana]; kana*10 > counts[han] {
		counts[hiragana] = kana + counts[han]
		counts[han], counts[katakana] = 0, 0
	}
	best := latin
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	// A few letters are a name, not a text.
	if counts[best] < 6 || counts[best]*2 < total {
		return "", 0
	}
	return scripts[best].tag, float64(counts[best]) / float64(total)
}

// scriptOf returns the place in scripts of r's script, the last if it is none
// of them.
func scriptOf(r rune) int {
	for i := range scripts {
		if unicode.Is(scripts[i].table, r) {
			return i
		}
	}
	return len(scripts) - 1
}

// tally is what the words and letters of a text say for each language.
type tally struct {
	scores   [len(languages)]float64
	own      [len(languages)]float64 // of it, what a language does not share with its kin
	distinct [len(languages)]int     // common words, each once
	words    int                     // that were looked at
}

// shortText is how many words a text has at most that is told by pieces of words
// too: in more, the commonest words are enough.
const shortText = 40

// byWordsAndPieces tells the language of a text in a script. In a long one that is
// told by its words, nothing else is looked at.
func byWordsAndPieces(s, script string) (tag string, confidence float64) {
	t := count(s, script)
	tag, confidence = t.winner(script)
	if t.words > shortText && confidence > kinDoubt {
		return tag, confidence
	}
	c := pieces.Add(s, script)
	if best := t.best(script); t.own[best] >= minHits && !c.Table.Has(languages[best].tag) {
		return languages[best].tag, max(confidence, kinDoubt) // pieces can't tell
	}
	other, sure := c.Winner()
	switch {
	case other == "":
		return tag, confidence
	case t.isKinDoubtful(&c, other, script):
		sure *= kinDoubt
	}
	if other == tag {
		return tag, max(confidence, sure)
	}
	return other, sure
}

// Where no word of a sentence is of one of two languages alone that are kin, the
// pieces must put one before the other by kinLead a word, up to maxKinLead, in units of
// a logarithm. A headline of fewer words than minKinWords seldom has such a word.
const (
	kinLead     = 0.6
	maxKinLead  = 9
	minKinWords = 10
)

// isKinDoubtful reports whether a text that its pieces say to be in a language may as
// well be in its kin.
func (t *tally) isKinDoubtful(c *pieces.Sum, tag, script string) bool {
	for i, l := range languages {
		k := profiles().kin[i]
		if l.tag != tag || l.script != script || k == i {
			continue
		}
		return c.Words >= minKinWords && t.own[i] <= t.own[k] &&
			c.LeadOver(tag, languages[k].tag) < min(kinLead*float64(c.Words), maxKinLead)
	}
	return false
}

// best returns the place of the language of a script that scores highest.
func (t *tally) best(script string) int {
	best := -1
	for i, score := range t.scores {
		if languages[i].script == script && (best < 0 || score > t.scores[best]) {
			best = i
		}
	}
	return best
}

// winner tells the language that a tally is of, of those in a script.
func (t *tally) winner(script string) (tag string, confidence float64) {
	kin := profiles().kin
	best := t.best(script)
	second := 0.0
	for i, score := range t.scores {
		if languages[i].script == script && i != best && i != kin[best] {
			second = max(second, score)
		}
	}
	need := minDistinct
	if t.words <= 20 {
		need-- // a headline
	}
	top := t.scores[best]
	if top < minHits || top < minShare*float64(t.words) || t.distinct[best] < need || top <= second {
		return "", 0
	}
	// Long texts count for more than short ones that lead by as much.
	confidence = (top - second) / top * (top / (top + 1))
	if k := kin[best]; k != best {
		if t.own[best] <= t.own[k] {
			return "", 0
		}
		if t.own[best] < minOwn*t.own[k] {
			confidence *= kinDoubt
		}
	}
	return languages[best].tag, confidence
}

// Of two languages that are kin, one must have minOwn times as many words of
// its own in a text as the other; else it may be either, and the confidence is
// reduced by kinDoubt, below what is taken for an article's language.
const (
	minOwn   = 2
	kinDoubt = 0.5
)

// maxCommon is how many common words there may be without memory of their own for
// each text; there are 2,500 or so.
const maxCommon = 4096

// count looks at the first words and letters of a text in a script.
func count(s, script string) (t tally) {
	p := profiles()
	if script == "Arab" {
		s = arabicForms.Replace(s)
	}
	var room [maxCommon / 64]uint64 // a bit for each word
	seen := room[:]
	if p.words.count > maxCommon {
		seen = make([]uint64, p.words.count/64+1)
	}
	for t.words < sampleWords {
		word, known, rest := p.next(s)
		if rest == s {
			break
		}
		s = rest
		t.words++
		p.add(&t, known.in, 1)
		if bit := uint64(1) << (known.id % 64); known.in != 0 && seen[known.id/64]&bit == 0 {
			seen[known.id/64] |= bit
			for in := known.in; in != 0; in &= in - 1 {
				t.distinct[bits.TrailingZeros64(in)]++
			}
		}
		for _, r := range word {
			if r >= utf8.RuneSelf {
				p.add(&t, p.letters[r], letterWeight)
			}
		}
	}
	return t
}

// next looks the first word of s up. It returns the word in lower case, which is
// left empty if it is ASCII, what is known of it, and what follows; all of s if
// there is no word.
func (p *profile) next(s string) (word string, known commonWord, rest string) {
	start := 0
	for start < len(s) && s[start] < utf8.RuneSelf && !isASCIILetter(s[start]) {
		start++
	}
	key, end := uint64(0), start
	for ; end < len(s) && isASCIILetter(s[end]); end++ {
		key = key<<8 | uint64(s[end]|0x20)
	}
	switch {
	case end < len(s) && s[end] >= utf8.RuneSelf:
		return p.nextOfAll(s)
	case start == end:
		return "", commonWord{}, s
	case end-start <= maxShort:
		return "", p.words.ofKey(key), s[end:]
	}
	return "", p.words.ofLong(s[start:end], key), s[end:]
}

// nextOfAll is next for any word.
func (p *profile) nextOfAll(s string) (word string, known commonWord, rest string) {
	start := strings.IndexFunc(s, pieces.InWord)
	if start < 0 {
		return "", commonWord{}, s
	}
	rest = s[start:]
	if end := strings.IndexFunc(rest, func(r rune) bool { return !pieces.InWord(r) }); end >= 0 {
		rest = rest[end:]
	} else {
		rest = ""
	}
	word = strings.ToLower(s[start : len(s)-len(rest)])
	return word, p.words.of(word), rest
}

// add adds weight to the scores of the languages in a set, parted among them.
// Two that are kin count as one, and each gets its whole.
func (p *profile) add(t *tally, set uint64, weight float64) {
	if set == 0 {
		return
	}
	parts, kinned := bits.OnesCount64(set), set&p.kinned
	for in := kinned; in != 0; in &= in - 1 {
		i := bits.TrailingZeros64(in)
		if k := p.kin[i]; k > i && set&(1<<k) != 0 {
			parts--
		}
	}
	weight /= float64(parts)
	for in := set; in != 0; in &= in - 1 {
		t.scores[bits.TrailingZeros64(in)] += weight
	}
	for in := kinned; in != 0; in &= in - 1 {
		i := bits.TrailingZeros64(in)
		if k := p.kin[i]; set&(1<<k) == 0 {
			t.own[i] += weight
		}
	}
}

// letterWeight is what a letter counts that only some languages have, against
// 1 for a common word.
const letterWeight = 0.5

// profile is what languages are told by: for each word and letter the set of
// languages (bits by their places in languages) that have it.
type profile struct {
	words   *commonWords
	letters map[rune]uint64
	kin     [len(languages)]int // the place of the language that one is kin of; its own where there is none
	kinned  uint64              // the languages that have kin
}

// kinOf returns the place of the language that the one at place i is kin of.
func kinOf(i int) int {
	for _, pair := range kin {
		for n, l := range pair {
			if l.tag != languages[i].tag || l.script != languages[i].script {
				continue
			}
			for k := range languages {
				if other := pair[1-n]; other.tag == languages[k].tag && other.script == languages[k].script {
					return k
				}
			}
		}
	}
	return i
}

// arabicForms brings letters that Persian shares with Arabic, and is often
// typed with, to one form.
var arabicForms = strings.NewReplacer("ی", "ي", "ک", "ك")

var profiles = sync.OnceValue(func() *profile {
	p := &profile{words: newCommonWords(), letters: make(map[rune]uint64)}
	for i, l := range languages {
		if p.kin[i] = kinOf(i); p.kin[i] != i {
			p.kinned |= 1 << i
		}
		for _, r := range l.letters {
			p.letters[r] |= 1 << i
		}
	}
	return p
})
