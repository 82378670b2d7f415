package he

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Hebrew that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	אני אנחנו אתה את אתם אתן הוא היא הם הן אותי אותך אותו אותה אותנו אתכם אותם אותן שלי שלך שלו שלה
	שלנו שלכם שלהם שלהן לי לך לו לה לנו לכם להם להן בי בו בה בנו בהם בהן ממני ממנו ממנה מהם מהן
	עליו עליה עליהם אליו אליה אליהם עצמו עצמה עצמם
	זה זו זאת אלה אלו ההוא ההיא ההם מי מה איזה איזו אילו כמה כל כלל כולם
	היה היתה הייתה היו יהיה תהיה יהיו להיות הינו הינה יש אין אינו אינה אינם
	של על אל עם אם או גם כי אך אבל אלא לא כן רק עוד כבר אף כדי כאשר כש אשר פה כאן אז עתה כעת איך
	מדוע למה מתי איפה היכן לאן מאוד מאד יותר פחות ביותר הרבה מעט בין תחת לפי אחרי לפני בלי ללא מן
	עד אצל כמו כך ככה לכן משום בגלל מול לגבי אולם ואולם מאשר ולא שלא וכן
`)
