package alias

import (
	_ "embed"
	"encoding/binary"
	"iter"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/newsq/newsq/internal/analysis"
)

// The names that things of the news have in other languages and scripts: states, cities,
// organizations, persons.
//
// A file in the folder world has a line for each thing, in parts with " | " between them.
// The first part holds its English names, the others names in other languages, behind the
// tags of these:
//
//	Germany | de Deutschland | fr Allemagne | bg,ru Германия | zh 德国, 德國
//
// A thing has its English name in the languages that are not named. A star within a name
// says that what follows it is a name as well: "Vladimir *Putin" is found as Putin. A name
// behind = is found as it is written, without other forms: that of Женева would be that of
// жена, wife. Lines that begin with # are comments.
//
// The files are data of the program that is read where it lies. For that index.bin has
// records of 8 bytes, in order: a hash of a name, brought into the form of loose, and
// where the line of its thing begins, as the number of the file in the highest byte and the
// offset in it below, both of the four bytes in big-endian order. A name that several
// things have stands there for each of them.

//go:embed world/countries.txt
var worldCountries string

//go:embed world/places.txt
var worldPlaces string

//go:embed world/organizations.txt
var worldOrganizations string

//go:embed world/persons.txt
var worldPersons string

//go:embed world/index.bin
var worldIndex string

// worldFile returns a file by its number in the index.
func worldFile(i int) string {
	return [...]string{worldCountries, worldPlaces, worldOrganizations, worldPersons}[i]
}

const (
	worldFiles  = 4
	worldRecord = 8 // bytes of a record of the index
	offsetBits  = 24
)

// thing is the line of a thing.
type thing string

// worldName is a name of a thing.
type worldName struct {
	text string
	// langs are the tags of its languages with commas between them; empty for English.
	langs string
	// short tells that it is the part behind a star. Whatever holds the whole name holds
	// this one.
	short, whole bool
	exact        bool // whether it is found as written
}

// names calls yield for each name of a thing, those in English first, until it returns
// false.
func (t thing) names(yield func(worldName) bool) {
	for i, part := 0, ""; t != ""; i++ {
		part, t = t.cut()
		n := worldName{}
		if i > 0 {
			n.langs, part, _ = strings.Cut(part, " ")
		}
		for text := range strings.SplitSeq(part, ", ") {
			text, n.exact = strings.CutPrefix(text, "=")
			before, after, starred := strings.Cut(text, "*")
			n.text, n.whole, n.short = before+after, starred, false
			if !yield(n) {
				return
			}
			if n.text, n.whole, n.short = after, false, true; starred && !yield(n) {
				return
			}
		}
	}
}

// cut returns the first part of a line, and the rest.
func (t thing) cut() (part string, rest thing) {
	part, after, _ := strings.Cut(string(t), " | ")
	return part, thing(after)
}

// thingsNamed returns the things one of whose names has this key, as it was written: see
// isNameAs.
func thingsNamed(a analysis.Analyzer, key, written string) []thing {
	var things []thing
	for t := range thingsHashed(key, written) {
		for n := range t.names {
			if newName(a, n.text).key == key && n.isNameAs(key, written) {
				things = append(things, t)
				break
			}
		}
	}
	return things
}

// thingsHashed yields the things with a name of the hash of what was written, or of its
// key, which has no possessive ending.
func thingsHashed(key, written string) iter.Seq[thing] {
	return func(yield func(thing) bool) {
		l := loose(written)
		if !thingsOfHash(hashOf(l), yield) {
			return
		}
		if k := loose(key); k != l {
			thingsOfHash(hashOf(k), yield)
		}
	}
}

// thingsOfHash yields the things with a name of a hash, and reports whether to go on.
func thingsOfHash(hash uint32, yield func(thing) bool) bool {
	for place := range placesOfHash(hash) {
		if !yield(thingAt(place)) {
			return false
		}
	}
	return true
}

// placesOfHash yields the places of the lines of things with a name of a hash.
func placesOfHash(hash uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		records := len(worldIndex) / worldRecord
		i := sort.Search(records, func(i int) bool { return worldNumber(i, 0) >= hash })
		for ; i < records && worldNumber(i, 0) == hash; i++ {
			if !yield(worldNumber(i, 1)) {
				return
			}
		}
	}
}

// thingAt returns the thing whose line begins at a place.
func thingAt(place uint32) thing {
	line, _, _ := strings.Cut(worldFile(int(place >> offsetBits))[place&(1<<offsetBits-1):], "\n")
	return thing(line)
}

// isOfWorld reports whether a thing has this name.
func isOfWorld(a analysis.Analyzer, n name) bool {
	found := false
	for t := range thingsHashed(n.key, n.text) {
		for of := range t.names {
			found = found || newName(a, of.text).key == n.key
		}
	}
	return found
}

// worldNumber returns a number of the i-th record of the index: 0 is the hash, 1 the place.
func worldNumber(i, which int) uint32 {
	var b [4]byte
	copy(b[:], worldIndex[i*worldRecord+4*which:])
	return binary.BigEndian.Uint32(b[:])
}

// hashOf is FNV-1a, of 32 bits.
func hashOf(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// loose returns the letters and digits of a text in lower case without their marks. Words
// that are folded alike are the same in it; what else is, the key of a name tells apart.
func loose(s string) string {
	b := make([]byte, 0, len(s))
	if isASCII(s) {
		for i := range len(s) {
			switch c := s[i] | 0x20; {
			case 'a' <= c && c <= 'z', '0' <= s[i] && s[i] <= '9':
				b = append(b, c)
			}
		}
		return string(b)
	}
	for _, r := range norm.NFKD.String(s) {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsNumber(r):
			continue
		case r == 'İ', r == 'ı':
			r = 'i'
		}
		switch r = unicode.ToLower(r); r {
		case 'ß':
			b = append(b, "ss"...)
		case 'æ':
			b = append(b, "ae"...)
		case 'œ':
			b = append(b, "oe"...)
		case 'þ':
			b = append(b, "th"...)
		default:
			b = append(b, string(looseLetter(r))...)
		}
	}
	return string(b)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// looseLetter returns the letter that stands for several.
func looseLetter(r rune) rune {
	switch r {
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ', 'ð':
		return 'd'
	case 'ħ':
		return 'h'
	case 'ς':
		return 'σ'
	case 'ی', 'ى':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ة', 'ۃ', 'ہ', 'ە', 'ھ':
		return 'ه'
	case 'ٱ':
		return 'ا'
	}
	return r
}

// isNameAs reports whether the name, of this key, is asked for by what was written. Names
// that are other words too must be written as names, in capitals or as the file has them,
// and some are not asked for at all, as they mostly mean something else.
func (n worldName) isNameAs(key, written string) bool {
	if isNeverAsked(key) || isAcronym(n.text) && len(key) <= 2 && key != "ue" {
		return false
	}
	if isAcronym(n.text) && len(key) <= shortAcronym || needsName(key) {
		return writtenAs(written, []string{n.text})
	}
	return true
}

// shortAcronym is the length of acronyms that are often words in lower case: onu is a
// pronoun of Turkish.
const shortAcronym = 4

// isAcronym reports whether s is a word of ASCII capitals.
func isAcronym(s string) bool {
	return len(s) > 1 && !strings.ContainsFunc(s, func(r rune) bool { return r != '.' && (r < 'A' || r > 'Z') })
}

// isNeverAsked reports whether what the folded word names is mostly not the thing: a
// person's name, a place of the United States, another word.
func isNeverAsked(key string) bool {
	switch key {
	case "georgia", // the state
		"island",      // Iceland in German and Danish
		"hag", "haag", // The Hague
		"vienne",      // Vienna in French, where it is a form of to come as well
		"damas",       // Damascus; ladies in Spanish
		"rom", "roma", // Rome; the people
		"cachemire", // Kashmir
		"sana", "sofia", "sofie", "milan", "aden",
		"mondiali", "mundial", "olympia",
		"chine", "inde", "indie", "indien",
		"krim", "fas", "cin", "sad", "emirate", "emirati", "emirats":
		return true
	}
	return false
}

// needsName reports whether a folded word is the name and, in lower case, a word or a name
// of something else.
func needsName(key string) bool {
	switch key {
	case "jordan", "chad", "niger", "turkey", "turki", "turkki", "guinea", "mali", "oman", "togo", "benin", "kina",
		"misir", "polen", "monaco", "liban", "lagos", "prag", "wien", "haia", "haga", "argel", "alger", "saba",
		"fed", "tusk":
		return true
	}
	return false
}
