package ja

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Japanese that ranking ignores
// it: particles, endings of verbs, pronouns and words that ask.
// English words are so as in English.
func (l Language) IsStop(folded string) bool { return stop()[folded] || l.Language.IsStop(folded) }

var stop = wordset.Of(`
	は が を に で の と も や か ね よ へ な だ た て し れ る う い さ ば ず ぬ ん お ご
	から まで より など だけ しか ほど くらい ぐらい ばかり でも とも には では とは へは への での との のは のが のを のに ので のみ
	こそ さえ すら なら たら れば ても ては ため よう こと もの とき ところ わけ はず まま うち
	です ます でし まし ませ だっ だろ ある あっ いる いた いて おり する した して すれ され さら せる させ れる られ れた れて
	ない なく なか たい なる なり なっ なる いう いっ という とい もら くれ くだ いま また まだ もう そし
	この その あの どの これ それ あれ どれ ここ そこ どこ だれ いつ なに なぜ どう なん どん こう そう ああ こん そん
	これら それら しかし そして また について による によって により における に対して に関する に関して としては として
	なぜ どうして どのように どうやって いかに ですか ますか のか とは何か
`)
