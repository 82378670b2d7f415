package agency

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/extract"
)

// maxNotice bounds a note to editors that is looked at, in bytes.
const maxNotice = 1 << 10

// embargoMark begins a line that says until when an article must not be shown.
var embargoMark = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^[\s"'(\[*^#_=:!-]*(?:(?:achtung|attention|note|eds|editors)[,:! ]+)?` +
		`(?:(strictly embargoed|embargoed|under embargo|hold for release|not for (?:publication|release|broadcast|use)|sous embargo|embargado|embargada|embargato)` +
		`[\s:,-]*(?:(?:until|till|before|for|at|jusqu['’]?(?:au|à|a)|hasta|fino)\b(?: (?:el|al|le))?|$)|` +
		`(embargo|sperrfrist|sperrvermerk|gesperrt bis)[\s:,-]+)`)
})

// Embargo reports whether a line says that the article must not be shown before a
// time, and until when; zero when it does not say, or not so that it is
// understood. Of a time without a day, the day of sending is meant.
//
// A time without a zone is taken as that of UTC.
func Embargo(line, language string, sent time.Time) (until time.Time, ok bool) {
	if len(line) > maxNotice {
		return until, false
	}
	m := embargoMark().FindStringSubmatch(line)
	if m == nil {
		return until, false
	}
	rest := strings.Trim(line[len(m[0]):], " \t:,-–.()[]*\"'!=+<")
	until, dated := momentIn(rest, language, sent)
	if m[1] == "" && !dated && !hasDigit(rest) {
		// A word that also begins a headline: "Embargo: what it means".
		return until, false
	}
	return until, true
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// clock finds a time of four digits, as agencies write it.
var clock = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b([01]\d|2[0-3]):?([0-5]\d)\s*(?:hrs?|h)?\s*(GMT|UTC|Z|BST|CET|CEST|MEZ|MESZ|EST|EDT|ET)?\b`)
})

// zones are those of agencies, in hours east of UTC.
var zones = map[string]int{"BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EST": -5, "EDT": -4, "ET": -5}

// momentIn reads the time in a note. What follows it is passed over.
func momentIn(s, language string, sent time.Time) (t time.Time, ok bool) {
	words := strings.Fields(s)
	for n := min(len(words), 12); n > 0; n-- {
		if t, ok := extract.ParseDateIn(strings.Trim(strings.Join(words[:n], " "), " .,;:()"), language); ok {
			return t, true
		}
	}
	m := clock().FindStringSubmatchIndex(s)
	if m == nil || sent.IsZero() {
		return t, false
	}
	day := sent
	rest := strings.Trim(s[:m[0]]+" "+s[m[1]:], " .,;:()")
	if rest != "" {
		year := sent.Format(" 2006")
		found := false
		for _, form := range [...]string{rest, rest + year, strings.TrimPrefix(afterWeekday(rest), "on ") + year} {
			if d, ok := extract.ParseDateIn(form, language); ok {
				day, found = d, true
				break
			}
		}
		if !found && hasDigit(rest) {
			return t, false
		}
	}
	hour, minute := atoi(s[m[2]:m[3]]), atoi(s[m[4]:m[5]])
	zone := 0
	if m[6] >= 0 {
		zone = zones[strings.ToUpper(s[m[6]:m[7]])]
	}
	t = time.Date(day.Year(), day.Month(), day.Day(), hour-zone, minute, 0, 0, time.UTC)
	return t, true
}

// afterWeekday returns what follows the first word and a comma.
func afterWeekday(s string) string {
	if first, rest, ok := strings.Cut(s, " "); ok && !hasDigit(first) {
		switch strings.ToLower(strings.Trim(first, ",.")) {
		case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
			return rest
		}
	}
	return s
}

func atoi(s string) (n int) {
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}

// aiUse and aiRefusal find terms that forbid an article to be given to programs
// that learn.
var (
	aiUse = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\bAI[ -](?:training|model|system|tool|use|purpose)|artificial intelligence|machine[ -]learning|text[ -]and[ -]data[ -]mining|\btext ?(?:&|und)[ -]data[ -]mining|\bTDM\b|large language model|generative AI|künstliche\w* Intelligenz|intelligence artificielle|inteligencia artificial|fouille de textes`)
	})
	aiRefusal = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:(?:may|must|shall|can|do|is|are) ?not(?: to)? (?:be )?(?:used?|permitted|allowed|reproduced?|given|fed|licensed|granted|train\w*|employ\w*|process\w*|min\w+)|no (?:part|use|permission|AI|machine|text)|not (?:to )?(?:be )?(?:used?|permitted|allowed)|not for (?:AI|artificial|machine|text|training|the training)|never|prohibit\w*|forbid\w*|forbidden|without (?:the )?(?:prior|express|written)|opt[s-]*[ -]?out|reserv\w+|nicht|kein\w*|untersagt|verboten|vorbehalten|interdit\w*|prohibid\w*|exclu\w*)\b`)
	})
	sentenceEnd = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[.;!]\s|\n`) })
)

// ForbidsAI reports whether terms of use say that an article must not be given to
// programs that learn or generate: a sentence has to name both the use and the
// refusal, or it is one of the marks that machines read.
func ForbidsAI(terms string) bool {
	if len(terms) > 64<<10 {
		terms = terms[:64<<10]
	}
	lower := strings.ToLower(terms)
	for _, mark := range [...]string{"noai", "no-ai", "tdm-reservation: 1", "tdm-reservation=1", "noimageai", "dmi-prohibited"} {
		if strings.Contains(lower, mark) {
			return true
		}
	}
	if !aiUse().MatchString(terms) {
		return false
	}
	for _, sentence := range sentenceEnd().Split(terms, -1) {
		if aiUse().MatchString(sentence) && aiRefusal().MatchString(sentence) {
			return true
		}
	}
	return false
}
