package tagger

import (
	"embed"
	"strings"
	"sync"
)

// mark is what the lists say of a token, as bits: of the word alone, and of its part in
// the longest row of tokens that is a known name.
type mark uint32

// What a word is in the lists.
const (
	isGiven mark = 1 << iota
	isFamily
	isTitle      // Mr., President
	isOrgWord    // Ministry, Bank
	isOrgEnding  // Inc.
	isDemonym    // French
	isTime       // Monday, March
	isPlaceWord  // County, River
	isFunction   // The, But
	isConnection // of, van
	isEvent      // Cup, War
	isNameEnding // Jr.
)

// Parts of known names, by kind: whether the token is in one, and whether it begins or
// ends it.
const (
	inPlace mark = 1 << (16 + iota)
	inOrganization
	inPerson
	inCountry
	inClub
	inOther
	beginsKnown
	endsKnown
)

//go:embed lists
var listFiles embed.FS

// gazetteer has the lists.
type gazetteer struct {
	words   map[uint64]mark
	phrases map[uint64]mark // by the hash of all words of a name
	// acronyms are found as they are written: WHO and ICE are words otherwise.
	acronyms map[uint64]mark
	// starts are the words that names of several words begin with, and how many the
	// longest one has.
	starts map[uint64]int
}

// A list is a file in the folder lists. Its names stand apart by new lines; lines that begin
// with # are comments.
var listMarks = []struct {
	name   string
	word   mark
	phrase mark
}{
	{"given", isGiven, 0},
	{"family", isFamily, 0},
	{"titles", isTitle, 0},
	{"orgwords", isOrgWord, 0},
	{"orgendings", isOrgEnding, 0},
	{"demonyms", isDemonym, 0},
	{"times", isTime, 0},
	{"placewords", isPlaceWord, 0},
	{"functions", isFunction, 0},
	{"connectors", isConnection, 0},
	{"events", isEvent, 0},
	{"nameendings", isNameEnding, 0},
	{"countries", 0, inPlace | inCountry},
	{"places", 0, inPlace},
	{"organizations", 0, inOrganization},
	{"clubs", 0, inClub},
	{"others", 0, inOther},
	{"persons", 0, inPerson},
}

var lists = sync.OnceValue(readLists)

func readLists() *gazetteer {
	g := &gazetteer{map[uint64]mark{}, map[uint64]mark{}, map[uint64]mark{}, map[uint64]int{}}
	for _, l := range listMarks {
		data, err := listFiles.ReadFile("lists/" + l.name + ".txt")
		if err != nil {
			panic(err) //house:allow the lists are part of the program, and a test reads them
		}
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				g.add(line, l.word, l.phrase)
			}
		}
	}
	return g
}

func (g *gazetteer) add(name string, word, phrase mark) {
	tokens := tokenize(nil, name, 0, len(name))
	if phrase == 0 {
		g.words[tokens[0].lower] |= word
		return
	}
	if len(tokens) == 1 && tokens[0].class == classUpper {
		g.acronyms[tokens[0].exact] |= phrase
		return
	}
	h := uint64(0)
	for i := range tokens {
		h = pair(h, tokens[i].lower)
	}
	g.phrases[h] |= phrase
	first := tokens[0].lower
	g.starts[first] = max(g.starts[first], len(tokens))
}

// isConnector reports whether a word in lower case may stand within a name.
func isConnector(lower uint64) bool { return lists().words[lower]&isConnection != 0 }

// find puts into marks what the lists say of the tokens of a run.
func (g *gazetteer) find(marks []mark, tokens []token) {
	for i := range tokens {
		marks[i] |= g.words[tokens[i].lower]
	}
	for i := 0; i < len(tokens); {
		longest := g.starts[tokens[i].lower]
		h, found, end := uint64(0), mark(0), i
		if tokens[i].class == classUpper {
			if found = g.acronyms[tokens[i].exact]; found != 0 {
				end = i + 1
			}
		}
		for j := i; j < len(tokens) && j-i < longest; j++ {
			h = pair(h, tokens[j].lower)
			if m := g.phrases[h]; m != 0 {
				found, end = m, j+1
			}
		}
		for j := i; j < end; j++ {
			marks[j] |= found
		}
		if end > i {
			marks[i] |= beginsKnown
			marks[end-1] |= endsKnown
		}
		i = max(end, i+1)
	}
}
