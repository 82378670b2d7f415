package query

// parse reads a text; plain says that its operators are words. Most queries of one word
// need no parser.
func parse(s string, plain bool) (Node, error) {
	if isBareWord(s) {
		return Word{At: At{0, len(s)}, Text: s}, nil
	}
	return parseAll(s, plain)
}

// isBareWord reports whether a text is one word of a few small ASCII letters, which stands
// for itself wherever it stands.
func isBareWord(s string) bool {
	const longest = 32
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return s != "" && len(s) <= longest
}
