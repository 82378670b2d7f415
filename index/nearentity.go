package index

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/query"
)

// NearEntity returns the query that asks for what text asks for, and that one of its words,
// phrases or patterns stands near a name. near is person, org or place, with a slash and
// within how many words, if that isn't 10: of "oil sanctions" and "person/5" it makes
//
//	oil sanctions (oil OR sanctions) NEAR/5 person:*
//
// Words in fields and those behind a minus don't count. Its error is a *SyntaxError, or
// says what is wrong with near, or that there is no word.
func NearEntity(text, near string) (string, error) {
	kind, within, distance := near, "", query.DefaultDistance
	if i := strings.IndexByte(near, '/'); i >= 0 {
		kind, within = near[:i], near[i+1:]
		var err error
		if distance, err = strconv.Atoi(within); err != nil || distance < 1 || distance > query.MaxDistance {
			return "", fmt.Errorf("near entity %q: %q is no distance; write %s/5, or any number of words from 1 to %d", near, within, kind, query.MaxDistance)
		}
	}
	if kinds := []string{match.MarkPerson, match.MarkOrg, match.MarkPlace}; !slices.Contains(kinds, kind) {
		return "", fmt.Errorf("near entity %q: no such kind of entity; there are %s", near, strings.Join(kinds, ", "))
	}
	n, _, err := query.Read(text)
	if err != nil {
		return "", publicError(err)
	}
	asked, ok := query.NearName(n, kind, distance, func(n query.Node) bool { return !match.IsStopWord(analyzerOf(""), n) })
	if !ok {
		return "", fmt.Errorf("near entity %q: the query has no word that could be near one", near)
	}
	return asked.String(), nil
}
