package zh

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Chinese that ranking ignores
// it: pronouns, particles, prepositions, conjunctions and words that ask.
// English words are so as in English.
func (l Language) IsStop(folded string) bool { return stop()[folded] || l.Language.IsStop(folded) }

var stop = wordset.Of(`
	的 了 着 过 吗 呢 吧 啊 呀 嘛 地 得 之 所 者 是 在 和 与 跟 及 或 而 且 但 并 也 就 都 又 还 很 太
	更 最 不 没 把 被 将 对 为 从 向 往 到 于 由 自 以 因 若 如 等 这 那 哪 谁 此 其 某 每 各 该 我 你 您 他 她 它
	我们 你们 他们 她们 它们 咱们 自己 这个 那个 哪个 这些 那些 哪些 这样 那样 这里 那里 哪里 这种 那种 此次 其中 其他
	以及 或者 还是 而且 并且 但是 可是 不过 然而 因为 所以 因此 如果 虽然 尽管 即使 由于 为了 关于 对于 根据 按照 通过
	什么 怎么 怎样 为何 如何 是否 多少 几时 何时 何处 已经 正在 曾经 将会 可以 能够 应该 没有 不是 就是 也是 都是 一个
	一些 一种 非常 十分 进行 之间 之后 之前 以来 以后 以前 等等
	为什么 怎么样 怎么办 什么样 是不是 会不会 能不能 有没有 什么时候
`)
