package wire

import (
	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Formats are the forms that newsq reads: newsq formats --json.
type Formats struct {
	Format  int          `json:"format"`
	Formats []FileFormat `json:"formats"`
}

// FileFormat is one form.
type FileFormat struct {
	Name       string   `json:"name"`
	Group      string   `json:"group"`
	Extensions []string `json:"extensions"`
	Types      []string `json:"types"`      // MIME types
	ByContent  bool     `json:"by_content"` // its files are known whatever they are called
}

// NewFormats returns the form of a list of forms.
func NewFormats(formats []corpus.FormatInfo) Formats {
	return Formats{Format: Format, Formats: each(formats, func(f corpus.FormatInfo) FileFormat {
		out := FileFormat(f)
		out.Extensions, out.Types = append([]string{}, f.Extensions...), append([]string{}, f.Types...)
		return out
	})}
}

// Survey is what files would be read as: newsq index --dry-run --json.
type Survey struct {
	Format     int            `json:"format"`
	DryRun     bool           `json:"dry_run"`
	Articles   int            `json:"articles"`
	Files      []SurveyedFile `json:"files"`
	Forms      []Form         `json:"forms"`
	Unreadable []ReadError    `json:"unreadable"`      // places that could not be looked at
	Links      int            `json:"links,omitempty"` // without text, and no articles
	Skipped    int            `json:"skipped"`         // files in an unknown form
	SkippedAs  []Skipped      `json:"skipped_as"`
	TookMS     float64        `json:"took_ms"`
}

// SurveyedFile is what one file would be read as.
type SurveyedFile struct {
	Path     string      `json:"path"`
	Forms    []string    `json:"forms"`
	Articles int         `json:"articles"`
	Titles   []string    `json:"titles"` // of the first three
	Links    int         `json:"links,omitempty"`
	Errors   []ReadError `json:"errors,omitempty"`
	More     int         `json:"more,omitempty"` // errors beyond these
}

// NewSurveyedFile returns the form of what one file would be read as.
func NewSurveyedFile(f *index.SurveyedFile) SurveyedFile {
	out := SurveyedFile{
		Path: f.Key, Forms: append([]string{}, f.Forms...), Articles: f.Articles, Titles: append([]string{}, f.Titles...),
		Links: f.Links, Errors: each(f.Errors, newReadError), More: f.More,
	}
	return out
}

// NewSurvey returns the form of what files would be read as.
func NewSurvey(r *index.SurveyReport, files []SurveyedFile) Survey {
	return Survey{
		Format: Format, DryRun: true, Articles: r.Articles, Files: append([]SurveyedFile{}, files...), Forms: newForms(r.Forms),
		Unreadable: each(r.Unreadable, newReadError), Links: r.Links, Skipped: r.Skipped, SkippedAs: newSkipped(r.SkippedAs), TookMS: milliseconds(r.Took),
	}
}
