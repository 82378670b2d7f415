package reader

import "testing"

// A text that mentions the mark of PDFs is none.
func TestPDF(t *testing.T) {
	for content, want := range map[string]Kind{
		"%PDF-1.7\n1 0 obj":                          PDF,
		"\xef\xbb\xbf\n\n%PDF-1.4":                   PDF,
		"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj":   PDF,
		"How files begin\n\nA PDF begins %PDF-1.7.":  Text,
		"The mark\n\n%PDF-1.7\n\nstands at the top.": Text,
	} {
		if got := NewHead("a", []byte(content), true).Kind; got != want {
			t.Errorf("%q is of kind %d, want %d", content, got, want)
		}
	}
}
