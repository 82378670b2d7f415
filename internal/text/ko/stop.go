package ko

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Korean that ranking ignores
// it: pronouns, conjunctions, nouns that only help others and
// words that ask.
// English words are so as in English.
func (l Language) IsStop(folded string) bool { return stop()[folded] || l.Language.IsStop(folded) }

var stop = wordset.Of(`
	그 이 저 것 수 등 및 또 더 안 못 좀 때 곳 바 뿐 채 나 너 우리 저희 그들 그녀 자신 누구 무엇 어디 언제 어떻게 왜 어떤 무슨 몇
	이것 그것 저것 여기 거기 저기 이런 그런 저런 이렇게 그렇게 저렇게
	그리고 그러나 하지만 그런데 그래서 그러므로 따라서 또한 또는 혹은 즉 만약 비록 때문 때문에 위해 위한 위하여 대해 대한 대하여
	통해 통한 관한 관해 따라 따른 따르면 의해 의한 함께 다시 이미 아직 매우 아주 가장 모두 모든 각 각각 다른 같은 이번
	있다 있는 있어 있고 있으며 있었다 있습니다 없다 없는 없이 없고 없었다 하다 하는 하고 하며 했다 한다 한 할 된 될 되는 되다 됐다 된다
	이다 아니다 아닌 않다 않는 않고 않았다 않은 것이다 것으로 것은 것을 것이 것도 수가 수도
`)
