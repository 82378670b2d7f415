package fa

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Persian that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	من ما تو شما او وي ان اين انها انان اينها ايشان خود خويش خودش خودم يكديگر همين همان چنين چنان
	چه كه كسي كدام چيست كيست هر همه هيچ چند چندين برخي بعضي ديگر
	است هست هستند بود بودند بوده باشد باشند نيست نيستند نبود شد شدند شده شود شوند ميشود ميشوند
	كردند كرده كند كنند ميكند ميكنند خواهد خواهند دارد دارند داشت داشتند داشته بايد شايد دهد مي نمي
	و يا اما ولي ليكن بلكه اگر مگر تا چون زيرا هم نيز نه را در به از با بر براي بي بدون جز روي زير
	بين ميان پيش پس درباره مانند مثل سوي طي ضمن بنابراين همچنين هنوز فقط تنها حتي بسيار خيلي بيشتر
	كمتر اينكه انكه چگونه چرا كجا وقتي هنگامي انجا اينجا اكنون حالا ها هاي هايي اي تر ترين ام اش
	شان
`)
