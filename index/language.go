package index

import "github.com/newsq/newsq/internal/analysis"

// analyzerOf returns the analyzer of an article, a query or a file of rules in
// a language, given by its BCP 47 tag. This is where index chooses it; others
// are handed what was chosen. A query doesn't state its language.
func analyzerOf(language string) analysis.Analyzer { return analysis.Of(language) }
