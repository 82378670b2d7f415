package record

import "time"

// Exact is an article as package corpus writes it in JSON, without what depends on
// where it stands. See corpus.Article, whose fields these are.
type Exact struct {
	ID            string         `json:"id"`
	Title         string         `json:"title"`
	Summary       string         `json:"summary"`
	Body          string         `json:"body"`
	Sections      []ExactSection `json:"sections"`
	Pages         []ExactPage    `json:"pages"`
	Authors       []string       `json:"authors"`
	Source        string         `json:"source"`
	Published     time.Time      `json:"published"`
	PublishedAs   string         `json:"published_as"`
	Updated       time.Time      `json:"updated"`
	Language      string         `json:"language"`
	Topics        []ExactTopic   `json:"topics"`
	Places        []string       `json:"places"`
	People        []string       `json:"people"`
	Organizations []string       `json:"organizations"`
	Handling      *ExactHandling `json:"handling"`
	URL           string         `json:"url"`
}

// ExactSection is a section of the body.
type ExactSection struct {
	Heading string `json:"heading"`
	Level   int    `json:"level"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

// ExactPage is a page of the body.
type ExactPage struct {
	Label string `json:"label"`
	Start int    `json:"start"`
}

// ExactTopic is a topic and where it came from.
type ExactTopic struct {
	Path   string `json:"path"`
	Origin string `json:"origin"`
}

// ExactHandling is what the sender says of the article's use.
type ExactHandling struct {
	Version        int       `json:"version"`
	Status         string    `json:"status"`
	Embargoed      bool      `json:"embargoed"`
	EmbargoedUntil time.Time `json:"embargoed_until"`
	Replaces       []string  `json:"replaces"`
	Withdraws      []string  `json:"withdraws"`
	Notice         string    `json:"notice"`
	Rights         string    `json:"rights"`
	NoAI           bool      `json:"no_ai"`
}
