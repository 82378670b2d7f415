package proquest

import (
	"github.com/newsq/newsq/corpus/internal/mime"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// ReadMail reads the articles in a mail.
func ReadMail(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	page := mime.Parse(b).First("text/html")
	if page == nil {
		return record.ErrNoText
	}
	s, err := page.Text()
	if err != nil {
		return err
	}
	return readPage(s, out)
}
