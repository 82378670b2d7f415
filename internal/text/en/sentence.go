package en

import "github.com/newsq/newsq/internal/text"

// Abbreviation returns what kind of abbreviation a word before a full stop
// is. Capitals count, so that "is it so. No" and "the state of mass. It" end.
// Titles and measures of other languages stand in English texts too.
func (Language) Abbreviation(word string) text.Abbreviation {
	switch word {
	case "Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Gen", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs",
		"Lt", "Col", "Capt", "Cpt", "Sgt", "Rev", "Hon", "St", "Ste", "Pres", "Sec", "Adm", "Maj",
		"Cmdr", "Cdr", "Supt", "Msgr", "Fr", "Mt", "Ft", "Pvt", "Cpl", "Brig", "Amb", "Atty", "Det",
		"Insp", "Asst", "Assoc", "Messrs", "Mme", "Mlle", "Hr", "Hrn", "Sra", "Dra", "Drs",
		"Wr", "Bw", "Bi", "Dkt":
		return text.BeforeName
	case "Inc", "Corp", "Co", "Cos", "Ltd", "LLC", "Jr", "Sr", "Bros", "Dept", "Univ", "Assn", "Ave",
		"Blvd", "Rd", "Bldg", "Intl", "Natl", "Mio", "Mrd", "Govt", "est", "ext", "approx", "dept", "govt",
		"Mfg", "Esq", "Mass", "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla",
		"Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb",
		"Nev", "Okla", "Ore", "Pa", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "Ph.D", "M.D":
		return text.BeforeAny
	case "No", "Nos", "no", "nos", "Nr", "nr", "Vol", "vol", "pp", "p", "Fig", "fig", "Figs", "Art",
		"Sect", "Ch", "ch", "para", "Para", "op", "Op", "nº", "núm", "ca", "c", "al":
		return text.BeforeNumber
	case "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
		"Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun":
		return text.OfDate
	case "e.g", "i.e", "eg", "ie", "vs", "v", "viz", "cf", "Cf", "incl", "z.B", "d.h", "u.a", "bzw":
		return text.NeverLast
	}
	return text.NoAbbreviation
}

// StartsSentence reports whether a capitalised word stands at the start of a
// sentence more often than within one.
func (Language) StartsSentence(word string) bool {
	switch word {
	case "He", "She", "It", "We", "You", "They", "I", "His", "Her", "Its", "Our", "Your", "Their", "My",
		"The", "A", "An", "This", "That", "These", "Those", "There", "Here",
		"But", "And", "Or", "So", "Yet", "Nor", "However", "Still", "Then", "Thus", "Meanwhile", "Instead",
		"Moreover", "Nevertheless", "Nonetheless", "Also", "Even", "Now", "Perhaps", "Indeed", "Yes",
		"In", "On", "At", "For", "From", "By", "With", "Without", "To", "As", "Of", "Under", "Over",
		"After", "Before", "During", "Since", "Until", "While", "When", "Where", "If", "Unless",
		"Although", "Though", "Because", "Despite", "Among", "Amid", "According", "Between", "Once",
		"What", "Who", "Why", "How", "Which", "Whether", "Not", "No", "Some", "Many", "Most", "More",
		"All", "Both", "Each", "Every", "Few", "Several", "Other", "Others", "Another", "One", "Two", "Three",
		"Last", "Earlier", "Later", "Asked", "Just", "Only", "Such", "Is", "Are", "Was", "Were", "Do", "Does",
		"Did", "Can", "Could", "Should", "Would", "Let", "Click", "Nobody", "Nothing", "Everyone", "People", "Officials",
		"Critics", "Experts", "Analysts", "Neither", "Either":
		return true
	}
	return false
}

// SaysWho reports whether a word is a verb that follows a quotation and tells
// who said it.
func (Language) SaysWho(word string) bool {
	switch word {
	case "said", "says", "asked", "asks", "wrote", "writes", "added", "adds", "tweeted", "told", "replied",
		"shouted", "exclaimed", "quipped", "wondered", "declared", "insisted", "recalled", "joked":
		return true
	}
	return false
}

// OrdinalFollows reports whether a number with a full stop behind this word is
// an ordinal. English has no such ordinals. German has them, and a German text
// is read by these rules as long as German has none of its own.
func (Language) OrdinalFollows(word string) bool {
	switch word {
	case "am", "Am", "vom", "Vom", "zum", "Zum", "der", "Der", "dem", "den", "des", "Das", "das", "die", "Die",
		"seit", "Seit", "ab", "Ab", "bis", "Bis", "im", "Im", "beim":
		return true
	}
	return false
}
