package ending

// BeginsWith reports whether a word begins with one of a set of beginnings of least to
// most letters, or is one of them.
func BeginsWith(word string, beginnings map[string]bool, least, most int) bool {
	letters := 0
	for i := range word {
		if letters >= least && beginnings[word[:i]] {
			return true
		}
		if letters++; letters > most {
			return false
		}
	}
	return beginnings[word]
}
