package cite

import (
	"bytes"
	"encoding/json"
)

// cslItem is an item of CSL-JSON, by the schema of the Citation Style Language 1.0.2.
type cslItem struct {
	ID             string    `json:"id"`
	Type           string    `json:"type"`
	Title          string    `json:"title,omitempty"`
	Author         []cslName `json:"author,omitempty"`
	ContainerTitle string    `json:"container-title,omitempty"`
	Issued         *cslDate  `json:"issued,omitempty"`
	Accessed       *cslDate  `json:"accessed,omitempty"`
	Page           string    `json:"page,omitempty"`
	URL            string    `json:"URL,omitempty"`
	Language       string    `json:"language,omitempty"`
	Abstract       string    `json:"abstract,omitempty"`
	Keyword        string    `json:"keyword,omitempty"`
}

type cslName struct {
	Family   string `json:"family,omitempty"`
	Given    string `json:"given,omitempty"`
	Particle string `json:"non-dropping-particle,omitempty"`
	Literal  string `json:"literal,omitempty"`
}

// cslDate has one list of numbers: year, month, day, as many as are known.
type cslDate struct {
	DateParts [1][]int `json:"date-parts"`
}

// AppendCSL appends an item as one object of CSL-JSON, on one line. A file of
// CSL-JSON is an array of such objects. Its id is the key of BibTeX, so that a
// text that cites one can be set with either.
func AppendCSL(b []byte, it *Item) ([]byte, error) {
	out := cslItem{
		ID: it.Key(), Type: cslType(it.Kind), Title: it.Title, ContainerTitle: it.Container,
		Issued: newCSLDate(it.Issued), Accessed: newCSLDate(it.Accessed), URL: it.URL, Language: it.Language,
		Abstract: it.Abstract, Keyword: joined(it.Keywords), Page: it.pages("-"),
	}
	for _, n := range it.Authors {
		out.Author = append(out.Author, cslName{Family: n.Family, Given: n.Given, Particle: n.Particle, Literal: n.Whole})
	}
	buf := bytes.NewBuffer(b)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return b, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

func cslType(k Kind) string {
	switch k {
	case Newspaper:
		return "article-newspaper"
	case Webpage:
		return "webpage"
	}
	return "document"
}

func newCSLDate(d Date) *cslDate {
	parts := []int{d.Year, d.Month, d.Day}
	switch {
	case d.Year == 0:
		return nil
	case d.Month == 0:
		parts = parts[:1]
	case d.Day == 0:
		parts = parts[:2]
	}
	return &cslDate{DateParts: [1][]int{parts}}
}
