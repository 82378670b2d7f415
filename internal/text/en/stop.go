package en

// IsStop reports whether a folded word is so common in English that ranking
// ignores it: articles, pronouns, auxiliaries, conjunctions and the shortest
// prepositions. It is the list of 33 words that Lucene made known, extended
// within those kinds.
//
// Words that also name something stay searchable, above all those that case
// folding makes equal: us (the U.S.), who (the organization), may (the month,
// the prime minister), will (the name, the testament), might (power), can and
// march likewise. So do prepositions with a meaning of their own: against,
// after, before, over, under, without.
func (Language) IsStop(folded string) bool {
	switch folded {
	case "a", "an", "the",
		// Pronouns.
		"i", "me", "my", "mine", "myself", "we", "our", "ours", "ourselves",
		"you", "your", "yours", "yourself", "yourselves",
		"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself",
		"they", "them", "their", "theirs", "themselves",
		"this", "that", "these", "those", "such", "there", "here",
		"what", "which", "whom", "whose", "when", "where", "why", "how",
		// Auxiliaries.
		"am", "is", "are", "was", "were", "be", "been", "being",
		"have", "has", "had", "having", "do", "does", "did", "doing",
		"would", "should", "could", "shall",
		// Conjunctions, adverbs and prepositions.
		"and", "or", "but", "nor", "if", "then", "than", "because", "while", "so", "as",
		"not", "no", "too", "very", "just", "also", "only",
		"at", "by", "for", "from", "in", "into", "of", "on", "onto", "to", "with",
		// Contractions.
		"i'm", "i've", "i'd", "i'll", "you're", "you've", "you'd", "you'll",
		"he'd", "he'll", "she'd", "she'll", "it'd", "it'll",
		"we're", "we've", "we'd", "we'll", "they're", "they've", "they'd", "they'll",
		"that'd", "that'll", "there'd", "there'll", "who'd", "who'll", "who're", "who've",
		"isn't", "aren't", "wasn't", "weren't", "haven't", "hasn't", "hadn't",
		"don't", "doesn't", "didn't", "won't", "wouldn't", "shouldn't", "couldn't",
		"can't", "cannot", "mustn't", "shan't", "needn't", "would've", "should've", "could've":
		return true
	}
	return false
}
