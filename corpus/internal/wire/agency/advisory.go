package agency

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

// killMark finds the words by which an agency takes an article back, where they
// stand alone: as a part of a slug or a headline, or as a line.
var killMark = sync.OnceValue(func() *regexp.Regexp {
	const words = `(?:(?:URGENT |BULLETIN |MANDATORY |STORY |PHOTO )*(?:KILL|KILLED|ELIMINATION|WITHDRAWAL|WITHDRAW|WITHDRAWN)|` +
		`STORY (?:KILLED|REMOVED|WITHDRAWN)|ANNULATION|ANNUL[ÉE]E?|ANULACI[ÓO]N|ANULAD[OA]|ANNULLAMENTO|R[ÜU]CKZUG|ZUR[ÜU]CKGEZOGEN|ZUR[ÜU]CKZIEHUNG)`
	return regexp.MustCompile(`^[\s"'(\[*^-]*(` + words + `)[\s)\]*!]*(?:$|[:,–—-]+\s*)|[,:(\[–—-]\s*(` + words + `)[\s)\].*!]*$`)
})

// Killed reports whether a slug or headline says that an article is taken back,
// such as "BC-US--Harbor Fire, KILL" or "WITHDRAWN: Harbor fire spreads", and
// what is left of it without these words.
func Killed(line string) (rest string, ok bool) {
	if len(line) > maxNotice {
		return "", false
	}
	// In a slug the words may be in any case, as nothing else stands between commas.
	at := killMark().FindStringIndex(line)
	if at == nil {
		if comma := strings.LastIndexByte(line, ','); comma >= 0 {
			at = killMark().FindStringIndex(line[:comma] + strings.ToUpper(line[comma:]))
			if at != nil && at[0] < comma {
				at = nil
			}
		}
	}
	if at == nil || at[1] > len(line) {
		return "", false
	}
	return strings.TrimSpace(strings.Trim(line[:at[0]]+line[at[1]:], " ,:-–—")), true
}

// takenBack finds a sentence in which an agency asks not to use an article.
var takenBack = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[\s"'(\[*^-]*(?:achtung(?: redaktionen)?|attention editors|editors|eds|members|note aux (?:rédactions|redactions)|à l'attention|atenci[óo]n)?\b.{0,200}?` +
		`(?:wird (?:hiermit )?zurückgezogen|ist zurückgezogen|zieht .{0,80} zurück|bitte nicht (?:mehr )?(?:verwenden|veröffentlichen)|` +
		`please (?:kill|disregard|do not use)|is (?:hereby )?(?:withdrawn|killed)|has been (?:withdrawn|killed)|do not use the (?:story|item)|` +
		`prière de ne pas (?:utiliser|tenir compte)|est annulée?|queda anulad[oa])`)
})

// number finds the number of a message in a sentence, as in "dpa 0123".
var number = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:[a-z]{2,5}[ -]?|nr\.? |no\.? )(\d{3,5})\b|\b([a-z]\d{4})\b`)
})

// TakesBack reports whether a note to editors takes an article back, and the
// numbers of messages that it names.
func TakesBack(note string) (numbers []string, ok bool) {
	if len(note) > maxNotice || !isNote(note) || !takenBack().MatchString(note) {
		return nil, false
	}
	for _, m := range number().FindAllStringSubmatch(note, 8) {
		numbers = append(numbers, m[1]+m[2])
	}
	return numbers, true
}

// isNote reports whether a line speaks to editors, rather than to readers.
func isNote(s string) bool {
	s = strings.ToLower(strings.TrimLeft(s, " \t\"'([*^-"))
	for _, mark := range [...]string{
		"achtung", "attention", "editor", "eds", "members", "note aux", "à l'attention", "a l'attention", "atenci", "bitte",
		"please", "the story slugged", "prière", "die meldung",
	} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	return false
}

// lead finds the part of a slug that counts versions: "1st Ld", "2ndLd-Writethru",
// "3RD LEAD", "Writethru", "UPDATE 2".
var lead = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)[\s,-]*\b(?:(\d{1,2})(?:st|nd|rd|th)?[ -]?(?:ld|lead)s?\b(?:[ -]*(?:-?writethru|-?write-?thru))?|(?:lead|ld)[ -]?(\d{1,2})\b|update[ -]?(\d{1,2})\b|(writethru|write-thru|lead|ld|corrected|correction|refile|update)\b)`)
})

// Edition returns which version of a story a slug or the lines above a headline
// tell: "1st Ld" is the second, as the first had none. It is 1 when they tell
// nothing. Rest is the slug without what tells it.
func Edition(slug string) (version int, rest string) {
	m := lead().FindStringSubmatchIndex(slug)
	if m == nil {
		return 1, strings.TrimSpace(slug)
	}
	version = 2
	for _, group := range [...]int{2, 4, 6} {
		if m[group] >= 0 {
			version = atoi(slug[m[group]:m[group+1]]) + 1
		}
	}
	return version, strings.TrimSpace(strings.Trim(slug[:m[0]]+slug[m[1]:], " ,-"))
}

// cycle finds what begins a slug and says for which papers of the day it is.
var cycle = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:AM|PM|BC|AP|EU|AS|BBO|XX)-+`) })

// StoryID returns the id that all versions of a story of one day have, by the
// service that sends them and their slug.
func StoryID(service, slug string, day time.Time) string {
	slug = cycle().ReplaceAllString(strings.TrimSpace(slug), "")
	slug = strings.ToLower(oneLine(strings.Trim(slug, " ,-")))
	if slug == "" || day.IsZero() {
		return ""
	}
	return strings.ToLower(service) + ":" + slug + ":" + day.Format(time.DateOnly)
}
