package wordbreak

import (
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/wordset"
)

// Japanese changes its script where most words begin: names and nouns are ideographs or
// katakana, and what stands between them are hiragana, particles and endings, of which
// nothing is looked for.

// japanese parts a run by its scripts.
func japanese(run []character) (words []text.Span) {
	for first := 0; first < len(run); {
		end := first + 1
		for end < len(run) && run[end].script == run[first].script {
			end++
		}
		switch part := run[first:end]; part[0].script {
		case han:
			words = append(words, compound(part)...)
		case hiragana:
			words = append(words, nativeWords(part, first > 0 && run[first-1].script == han, first == 0)...)
		default:
			words = append(words, spanOf(part))
		}
		first = end
	}
	return words
}

// compound parts a run of ideographs. Those of more than four are compounds, mostly of
// words of two; the last of an odd number goes with them.
func compound(run []character) (words []text.Span) {
	if len(run) <= maxWhole {
		return []text.Span{spanOf(run)}
	}
	for ; len(run) > 3; run = run[2:] {
		words = append(words, spanOf(run[:2]))
	}
	return append(words, spanOf(run))
}

// particles stand behind other words: particles, endings of verbs and what helps them.
var particles = wordset.Of(`
	は が を に で の と も や か ね よ へ な から まで より など だけ しか ほど くらい ばかり でも とも には では とは へは への での との のは のが のを のに ので のみ
	こそ さえ すら なら たら れば ても ては だ だった です でした ます ました ません まして ましょう である であり であった ではない でない
	し して した する すれば すると します しました しない しなかった しよう せず され された される されて されない させ させる させた せる
	し続ける している していた しており したい したら したとき した上で すべき するか するため するのか するなど
	い う る た て ない なく なかった ながら つつ たい たく られ られる られた れる れた れて そう そうだ らしい ようだ ような ように ため ために こと ことが ことを ことに もの ものの
	ある あり あった あって いる いた いて おり なる なり なった なって なれば いう いった という といった として としての とした とする となる となった とともに
	について についての によって により による によると に対し に対して に対する に関して に関する において における にとって に向け に向けて をめぐり をめぐって めぐる をめぐる
	のか のは のです のだ ですか ますか か なのか だろう でしょう かも かもしれない ください くれる もらう いただく
`)

// openers stand before other words or by themselves: words that ask, point or join.
var openers = wordset.Of(`
	なぜ どうして どう どのように どんな どの どこ どれ だれ いつ いかに なに なん この その あの これ それ あれ ここ そこ これら それら こう そう
	また まだ もう しかし そして および または さらに すでに もし たとえば ため こと もの とき ところ わけ よう ほか うち など
`)

// nativeWords returns what of a run of hiragana is neither particle nor ending: as few
// characters as can be are left. behindHan is set behind an ideograph, whose reading a
// verb's first ones go on with; opens where nothing stands before it.
func nativeWords(run []character, behindHan, opens bool) (words []text.Span) {
	left := leftOver(run, opens)
	for first := 0; first < len(run); {
		end := first
		for end < len(run) && left[end] {
			end++
		}
		// A single one is the rest of an ending that is not in the lists.
		if end-first > 1 && !(first == 0 && behindHan) {
			words = append(words, spanOf(run[first:end]))
		}
		first = max(end, first+1)
	}
	return words
}

// leftOver tells which characters of a run of hiragana are in no particle, ending or
// opener, where the run is read so that there are as few as can be, and then
// of as few words as can be.
func leftOver(run []character, opens bool) []bool {
	const unknown, known = 100, 1 // costs of a character left over, and of a word
	cost := make([]int, len(run)+1)
	length := make([]int, len(run)+1) // of the known word that ends here, 0 for a character left over
	for end := 1; end <= len(run); end++ {
		cost[end] = cost[end-1] + unknown
		for n := 1; n <= min(end, maxParticle); n++ {
			word := foldedOf(run[end-n : end])
			isFirst := opens && end == n
			if c := cost[end-n] + known; c < cost[end] && (openers()[word] || particles()[word] && !isFirst) {
				cost[end], length[end] = c, n
			}
		}
	}
	left := make([]bool, len(run))
	for end := len(run); end > 0; {
		if length[end] == 0 {
			end--
			left[end] = true
			continue
		}
		end -= length[end]
	}
	return left
}

// maxParticle is how many characters the longest of particles and openers has.
const maxParticle = 8
