package corpus

import (
	"github.com/newsq/newsq/corpus/internal/exported"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/scraper"
)

// scraperFormats are what programs make of web pages, and the answers of services
// that offer articles.
var scraperFormats = formatTable{
	{
		name:      "articles by digest",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeBenchmark,
		read:      scraper.ReadBenchmark,
	},
	{
		name:      "Media Cloud, sentences",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeSentences,
		read:      scraper.ReadSentences,
	},
	{
		name:      "Readability, metadata",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeReadability,
		read:      scraper.ReadReadability,
	},
	{
		name:      "Readability, text",
		group:     "scrapers and news services",
		kinds:     reader.Markup,
		version:   scraper.Version,
		recognize: scraper.RecognizeReadabilityText,
		read:      scraper.ReadReadabilityText,
	},
	{
		name:      "newspaper4k",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeNewspaper,
		read:      scraper.ReadNewspaper,
	},
	{
		name:      "trafilatura, XML",
		group:     "scrapers and news services",
		kinds:     reader.Markup,
		version:   scraper.Version,
		recognize: scraper.RecognizeTrafilatura,
		read:      scraper.ReadTrafilatura,
	},
	{
		name:      "fundus",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeFundus,
		read:      scraper.ReadFundus,
	},
	{
		name:      "Onclusive",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeOnclusive,
		read:      scraper.ReadOnclusive,
	},
	{
		name:      "NewsAPI",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeNewsAPI,
		read:      scraper.ReadNewsAPI,
	},
	{
		name:      "The New York Times, API",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeNYT,
		read:      scraper.ReadNYT,
	},
	{
		name:      "The Guardian, API",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   scraper.Version,
		recognize: scraper.RecognizeGuardian,
		read:      scraper.ReadGuardian,
	},
	{
		name:      "newsq export",
		group:     "scrapers and news services",
		kinds:     reader.JSON,
		version:   exported.Version,
		recognize: exported.Recognize,
		read:      exported.Read,
	},
}
