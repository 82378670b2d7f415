package main

import (
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/query"
)

// The fields offered are those of the language, by their first names.
func TestQueryFields(t *testing.T) {
	offered := queryFields()
	for _, f := range query.Fields() {
		if !slices.Contains(offered, f.Name) {
			t.Errorf("field %s is not offered", f.Name)
		}
	}
	for _, f := range offered {
		if _, err := query.Parse(f + ":2024"); err != nil {
			t.Errorf("%s is no field: %v", f, err)
		}
	}
}

func TestOneWord(t *testing.T) {
	for name, want := range map[string]string{
		"Meridian":                  "Meridian",
		"Harbour Review":            "Harbour-Review",
		"CNN (Web News)":            "CNN-Web-News",
		"New York Times - News":     "New-York-Times-News",
		"Investor's Business Daily": "Investor's-Business-Daily",
		"S.E. Cupp":                 "S.E.-Cupp",
		"Le Monde: \"Idées\"":       "Le-Monde-Idées",
		"海港评论":                      "海港评论",
		"?!":                        "",
	} {
		if got := oneWord(name); got != want {
			t.Errorf("oneWord(%q) = %q, want %q", name, got, want)
		}
	}
}
