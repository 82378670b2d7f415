package ar

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Arabic that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	انا نحن انت انتم هو هي هم هن هما هذا هذه هذان هؤلاء ذلك تلك اولئك الذي التي الذين اللذان اللتان
	اللواتي من ما ماذا اي ايه كل بعض جميع نفس نفسه نفسها
	في فيه فيها فيهم منه منها منهم الي اليه اليها عليه عليها عليهم عن عنه عنها مع معه معها به بها
	بهم له لها لهم لنا لي لك بين لدي عند عندما حتي منذ خلال حول دون تحت فوق وراء بعد قبل نحو عبر
	كان كانت كانوا يكون تكون ليس ليست قد لقد سوف لم لن لا هناك هنا
	و او ثم بل لكن ولكن ان انه انها انهم اذا اذ لو لولا كما كي لكي لان لانه حيث حين بينما كيف متي
	اين لماذا ايضا فقط غير سوي الا اما هل نعم كذلك هكذا الان جدا مثل بما مما عما فيما كلما ايها وقد
	وفي ومن وهو وهي وكان وكانت ولا ولم وان بان فان فقد لذلك وذلك وهذا وهذه بهذا لهذا
`)
