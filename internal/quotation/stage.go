package quotation

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
)

// revision is that of the code: it goes up when the same weights would find something
// else.
const revision = "1"

// Stage returns what finds the quotations of articles. The stage that finds their
// entities comes before it, if there is one.
func Stage() enrich.TextStage { return stage{} }

type stage struct{}

func (stage) Name() string { return "quotations" }

func (stage) Version() string {
	sum := sha256.Sum256([]byte(weightsFile))
	return revision + "-" + hex.EncodeToString(sum[:8])
}

func (stage) TextDeriver() enrich.TextDeriver { return &deriver{} }

type deriver struct{ finder *Finder }

// DeriveText implements enrich.TextDeriver.
func (d *deriver) DeriveText(a *corpus.Article) {
	a.Quotations = nil
	if !isEnglish(a.Language) || !mayQuote(a.Body) {
		return
	}
	if d.finder == nil { // the weights are read when they are needed
		d.finder = NewFinder()
	}
	a.Quotations = d.finder.Find(a.Body, a.Entities)
}

// isEnglish reports whether a tag is one of English, or none.
func isEnglish(tag string) bool {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return primary == "" || strings.EqualFold(primary, "en") || strings.EqualFold(primary, "und")
}
