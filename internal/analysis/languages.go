package analysis

import (
	"github.com/newsq/newsq/internal/text/en"
	"github.com/newsq/newsq/internal/text/tr"
)

// analyzers has one analyzer for each language; the first serves all that have none. Other
// tags beside a language are of those that it serves as well.
var analyzers = [...]*analyzer{
	{Language: en.Language{}, tags: []string{"en"}},
	newAnalyzer(tr.Language{}),
}
