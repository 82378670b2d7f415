package transport

import (
	"slices"
	"strings"
	"testing"
)

func TestParseLocation(t *testing.T) {
	for _, tt := range []struct {
		location  string
		addresses string // with blanks between them
		name      string
	}{
		{"https://host:9200/news", "https://host:9200", "news"},
		{"http://127.0.0.1:9200/news/", "http://127.0.0.1:9200", "news"},
		{"HTTPS://host/news-2026.11_a", "https://host", "news-2026.11_a"},
		{"https://a:9200,b:9201,a:9200/news", "https://a:9200 https://b:9201", "news"},
		{"https://[::1]:9200,[::2]/n", "https://[::1]:9200 https://[::2]", "n"},
		{"https://proxy/search/OS/news", "https://proxy/search/OS", "news"},
	} {
		addresses, name, err := ParseLocation(tt.location)
		if err != nil || !slices.Equal(addresses, strings.Fields(tt.addresses)) || name != tt.name {
			t.Errorf("%s: %q, %q, %v", tt.location, addresses, name, err)
		}
	}
}

// What is wrong is said, and what may be a secret is not.
func TestParseLocationErrors(t *testing.T) {
	for location, want := range map[string]string{
		"https://kim:secret@host:9200/news":        "NEWSQ_ENGINE_USER",
		"https://kim:sec/ret@host:9200/news":       "NEWSQ_ENGINE_USER",
		"https://host:9200/news?key=secret":        "no ?",
		"https://host:9200/news#secret":            "no #",
		"https:/host/news":                         "begins with https://",
		"http:":                                    "begins with https://",
		"ftp://host/news":                          "begins with https://",
		"https://host:9200":                        "names no index",
		"https://host:9200/":                       "names no index",
		"https:///news":                            "an address is empty",
		"https://a:9200,https://b:9200/news":       "stands once",
		"https://a,,b/news":                        "an address is empty",
		"https://a:0/news":                         "no port",
		"https://a:99999/news":                     "no port",
		"https://a b/news":                         "no address",
		"https://a:/news":                          "no port",
		"https://host/News":                        `write "news"`,
		"https://host/_news":                       "begins with a letter",
		"https://host/.news":                       "begins with a letter",
		"https://host/-news":                       "begins with a letter",
		"https://host/ne ws":                       `nothing like " ws"`,
		"https://host/+news":                       `nothing like "+news"`,
		"https://host/né":                          `nothing like "é"`,
		"https://host/a//news":                     "path before",
		"https://host/%2e/news":                    "path before",
		"https://host/" + strings.Repeat("n", 201): "200 bytes",
	} {
		addresses, name, err := ParseLocation(location)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %q, %q, %v; want %s", location, addresses, name, err, want)
		}
	}
}
