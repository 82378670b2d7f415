package wire

import (
	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Annotated is what a person wrote about an article: newsq tag ID --json, newsq note --json,
// and a line of newsq tags export.
type Annotated struct {
	Format   int           `json:"format,omitempty"`
	ID       string        `json:"id"`
	Title    string        `json:"title,omitempty"` // when it was annotated last
	URL      string        `json:"url,omitempty"`
	Orphaned bool          `json:"orphaned,omitempty"` // the article is not in the index
	Tags     []corpus.Tag  `json:"tags"`
	Notes    []corpus.Note `json:"notes"`
}

// NewAnnotated returns the form of annotations.
func NewAnnotated(a *index.Annotated) Annotated {
	return Annotated{Format: Format, ID: a.ID, Title: a.Title, URL: a.URL, Orphaned: a.Orphaned, Tags: list(a.Tags), Notes: list(a.Notes)}
}

// Annotations returns what a form says.
func (a *Annotated) Annotations() index.Annotated {
	return index.Annotated{ID: a.ID, Title: a.Title, URL: a.URL, Annotations: corpus.Annotations{Tags: a.Tags, Notes: a.Notes}}
}

// TagReport is what tagging did: newsq tag --json.
type TagReport struct {
	Format   int          `json:"format"`
	Articles int          `json:"articles"` // that were named, or match
	Changed  int          `json:"changed"`  // of these; of a dry run 0
	DryRun   bool         `json:"dry_run,omitempty"`
	Similar  []SimilarTag `json:"similar,omitempty"` // new tags that are nearly others
	TookMS   float64      `json:"took_ms"`
}

// SimilarTag is a tag that is nearly another one.
type SimilarTag struct {
	Tag  string `json:"tag"`
	Like string `json:"like"`
}

// NewTagReport returns the form of what tagging did.
func NewTagReport(r *index.TagReport, dryRun bool) TagReport {
	out := TagReport{Format: Format, Articles: r.Articles, Changed: r.Changed, DryRun: dryRun, TookMS: milliseconds(r.Took)}
	for _, s := range r.Similar {
		out.Similar = append(out.Similar, SimilarTag(s))
	}
	return out
}

// Tags are all tags that people gave by hand: newsq tags --json.
type Tags struct {
	Format   int        `json:"format"`
	Tags     []TagCount `json:"tags"`
	Orphaned int        `json:"orphaned"` // articles with tags or notes that aren't in the index
}

// TagCount is a tag with the number of articles that have it.
type TagCount struct {
	Tag      string `json:"tag"`
	Articles int    `json:"articles"`
	Orphaned int    `json:"orphaned,omitempty"` // further ones that aren't in the index
}

// NewTags returns the form of tags.
func NewTags(tags []index.TagCount, orphaned int) Tags {
	return Tags{Format: Format, Tags: each(tags, func(t index.TagCount) TagCount { return TagCount(t) }), Orphaned: orphaned}
}

// TagsImport is what importing did: newsq tags import --json.
type TagsImport struct {
	Format   int `json:"format"`
	Articles int `json:"articles"` // that were named
	Changed  int `json:"changed"`
	Orphaned int `json:"orphaned"` // of those named, not in the index
}

// NewTagsImport returns the form of what importing did.
func NewTagsImport(r index.AnnotationsImport) TagsImport {
	return TagsImport{Format: Format, Articles: r.Articles, Changed: r.Changed, Orphaned: r.Orphaned}
}
