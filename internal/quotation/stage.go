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
const revision = "2"

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

type deriver struct {
	finder  *Finder
	foreign foreign
}

// DeriveText implements enrich.TextDeriver.
func (d *deriver) DeriveText(a *corpus.Article) {
	a.Quotations = nil
	if !mayQuote(a.Body) {
		return
	}
	if language := primary(a.Language); language != "en" {
		a.Quotations = d.foreign.find(a.Body, language, a.Entities)
		return
	}
	if d.finder == nil { // the weights are read when they are needed
		d.finder = NewFinder()
	}
	a.Quotations = d.finder.Find(a.Body, a.Entities)
}

// primary returns the language of a tag without its region; English for none.
func primary(tag string) string {
	language, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	switch language {
	case "", "und":
		return "en"
	case "nb", "nn":
		return "no"
	}
	return language
}
