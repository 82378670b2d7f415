package claim

import (
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/enrich"
)

// revision is that of the rules: it goes up when they would find something else.
const revision = "1"

// maxClaims is how many claims of an article are kept: a long article has a hundred, and a
// book that is indexed as one a few thousand.
const maxClaims = 5000

// NewStage returns what finds the claims of articles. analyzer gives the analyzer of an
// article in a language, as [analysis.Of] does, which says where sentences end.
func NewStage(analyzer func(language string) analysis.Analyzer) enrich.TextStage {
	return stage{analyzer}
}

type stage struct {
	analyzer func(language string) analysis.Analyzer
}

func (stage) Name() string { return "claims" }

func (stage) Version() string { return revision }

func (s stage) TextDeriver() enrich.TextDeriver { return &deriver{analyzer: s.analyzer} }

type deriver struct {
	analyzer func(language string) analysis.Analyzer
	finder   *Finder
	cutter   *analysis.Cutter // may be nil
}

// UseCutter implements enrich.SentenceReader.
func (d *deriver) UseCutter(c *analysis.Cutter) { d.cutter = c }

// DeriveText implements enrich.TextDeriver.
func (d *deriver) DeriveText(a *corpus.Article) {
	a.Claims = nil
	if a.Body == "" || !isEnglish(a.Language) {
		return
	}
	if d.finder == nil {
		d.finder = NewFinder()
	}
	an := d.analyzer(a.Language)
	var claims []corpus.Claim
	if len(a.Sections) == 0 {
		claims = d.finder.Find(claims, a.Body, d.cutter.Sentences(an, a.Body), 0)
	}
	for _, s := range a.Sections {
		part := a.Body[s.Start:s.End]
		claims = d.finder.Find(claims, part, d.cutter.Sentences(an, part), s.Start)
	}
	a.Claims = claims[:min(len(claims), maxClaims)]
}

// isEnglish reports whether a tag is of English, or of no language, which is analysed so.
func isEnglish(tag string) bool {
	language, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	return language == "en" || language == "" || language == "und"
}
