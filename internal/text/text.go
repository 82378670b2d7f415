// Package text cuts text into tokens, stems and sentences, alike for indexing,
// querying and marking matches. It does what all languages have in common; what
// is particular to one, a [Language] says.
//
// A token is a word: a run of letters, digits and marks. What lies around it
// parts tokens, with these exceptions, which hold in articles and queries
// alike:
//
//	don't  O'Brien        an apostrophe between letters belongs to the word
//	l'État  dell'Europa   but an elided article is a word of its own
//	Korea's  U.S.'s       a possessive ending is dropped: korea, us
//	U.S.  U.S.A  a.m.     letters with full stops are one word: us, usa, am
//	1,000.5  12:30        numbers keep what stands between digits; commas
//	                      that part thousands are dropped: 1000.5, 12:30
//	AT&T  R&D             & between letters belongs to the word
//	C++  C#               and so do ++ after a word, # after a letter
//	北京市  トム             ideographs, kana, and the letters of scripts that
//	                      put no spaces are a token each, of itself and the
//	                      next one: 北京 京市 市, see Characters
//	🙂                    and so are emoji
package text

// Span is a range of bytes, [Start, End).
type Span struct{ Start, End int }

// Token is one word of a text.
type Token struct {
	Start, End int    // byte offsets of the word as it stands in the text
	Word       string // as written, folded in case, accents and width; of a pair both characters
	Stem       string // what ranking counts; empty for a stop word
}
