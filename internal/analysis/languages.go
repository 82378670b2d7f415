package analysis

import (
	"github.com/newsq/newsq/internal/text/ar"
	"github.com/newsq/newsq/internal/text/bg"
	"github.com/newsq/newsq/internal/text/ca"
	"github.com/newsq/newsq/internal/text/cs"
	"github.com/newsq/newsq/internal/text/da"
	"github.com/newsq/newsq/internal/text/de"
	"github.com/newsq/newsq/internal/text/el"
	"github.com/newsq/newsq/internal/text/en"
	"github.com/newsq/newsq/internal/text/es"
	"github.com/newsq/newsq/internal/text/fa"
	"github.com/newsq/newsq/internal/text/fi"
	"github.com/newsq/newsq/internal/text/fr"
	"github.com/newsq/newsq/internal/text/he"
	"github.com/newsq/newsq/internal/text/hi"
	"github.com/newsq/newsq/internal/text/hu"
	"github.com/newsq/newsq/internal/text/id"
	"github.com/newsq/newsq/internal/text/it"
	"github.com/newsq/newsq/internal/text/ja"
	"github.com/newsq/newsq/internal/text/ko"
	"github.com/newsq/newsq/internal/text/nl"
	"github.com/newsq/newsq/internal/text/no"
	"github.com/newsq/newsq/internal/text/pl"
	"github.com/newsq/newsq/internal/text/pt"
	"github.com/newsq/newsq/internal/text/ro"
	"github.com/newsq/newsq/internal/text/ru"
	"github.com/newsq/newsq/internal/text/sr"
	"github.com/newsq/newsq/internal/text/sv"
	"github.com/newsq/newsq/internal/text/sw"
	"github.com/newsq/newsq/internal/text/th"
	"github.com/newsq/newsq/internal/text/tr"
	"github.com/newsq/newsq/internal/text/uk"
	"github.com/newsq/newsq/internal/text/vi"
	"github.com/newsq/newsq/internal/text/zh"
)

// analyzers has one analyzer for each language; the first serves all that have none. Other
// tags beside a language are of those that it serves as well: of two written standards of
// one language, such as Serbian and Croatian, Indonesian and Malay.
var analyzers = [...]*analyzer{
	{Language: en.Language{}, tags: []string{"en"}},
	newAnalyzer(ar.Language{}),
	newAnalyzer(bg.Language{}),
	newAnalyzer(ca.Language{}),
	newAnalyzer(cs.Language{}),
	newAnalyzer(da.Language{}),
	newAnalyzer(de.Language{}),
	newAnalyzer(el.Language{}),
	newAnalyzer(es.Language{}),
	newAnalyzer(fa.Language{}),
	newAnalyzer(fi.Language{}),
	newAnalyzer(fr.Language{}),
	newAnalyzer(he.Language{}),
	newAnalyzer(hi.Language{}),
	newAnalyzer(hu.Language{}),
	newAnalyzer(id.Language{}, "ms"),
	newAnalyzer(it.Language{}),
	newAnalyzer(ja.Language{}),
	newAnalyzer(ko.Language{}),
	newAnalyzer(nl.Language{}),
	newAnalyzer(no.Language{}, "nb", "nn"),
	newAnalyzer(pl.Language{}),
	newAnalyzer(pt.Language{}),
	newAnalyzer(ro.Language{}),
	newAnalyzer(ru.Language{}),
	newAnalyzer(sr.Language{}, "hr", "bs", "sh"),
	newAnalyzer(sv.Language{}),
	newAnalyzer(sw.Language{}),
	newAnalyzer(th.Language{}),
	newAnalyzer(tr.Language{}),
	newAnalyzer(uk.Language{}),
	newAnalyzer(vi.Language{}),
	newAnalyzer(zh.Language{}),
}

// CompoundLinks returns what may stand between the two parts of a compound in the language
// of an analyzer, the last of it nothing; nil where compounds are not written as one word.
func CompoundLinks(a Analyzer) []string {
	switch a.Tag() {
	case "de":
		return germanLinks
	case "nl":
		return dutchLinks
	case "sv":
		return swedishLinks
	case "da", "no":
		return danishLinks
	case "fi":
		return finnishLinks
	}
	return nil
}

// Volksabstimmung, Jahreszeit, Rassenhass, Frauenrechte, Kinderarzt, Hundesteuer.
var germanLinks = []string{"s", "es", "en", "n", "er", "e", ""}

// Bedrijfsleider, hondenweer, zonneschijn.
var dutchLinks = []string{"s", "en", "e", ""}

// Riksdagsval, barnaskara, gatukorsning, kyrkogata.
var swedishLinks = []string{"s", "e", "u", "a", "o", ""}

// Statsminister, hundehus; Norwegian has the same.
var danishLinks = []string{"s", "e", ""}

// Verkkosivu; the genitive in maanviljely.
var finnishLinks = []string{"n", ""}
