package quotation

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
)

// TestLong holds that no text takes long for its length: each would take minutes if marks,
// sentences or names were looked through from each quotation.
func TestLong(t *testing.T) {
	const n = 20000
	for _, part := range []string{`"x"`, "“a ", `"Kim Lee said" `, "'a b ", "a\n\"b ", "<a \" ", "\n ", "«a ", `Kim Lee "I will go," said `} {
		for _, language := range []string{"en", "de"} {
			a := corpus.Article{Language: language, Body: strings.Repeat(part, n)}
			Stage().TextDeriver().DeriveText(&a)
		}
	}
}
