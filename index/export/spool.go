package export

import (
	"bufio"
	"io"
	"os"
)

// spool is a temporary file that is written, and at the end copied.
type spool struct {
	*bufio.Writer
	file *os.File
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "newsq-export-*")
	if err != nil {
		return nil, err
	}
	return &spool{bufio.NewWriterSize(f, 256<<10), f}, nil
}

// copyTo copies what was written.
func (s *spool) copyTo(w io.Writer) error {
	if err := s.Flush(); err != nil {
		return err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, s.file)
	return err
}

// clean removes the file.
func (s *spool) clean() {
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}

// failed returns the first error of writers, which each keeps.
func failed(list ...*bufio.Writer) error {
	for _, w := range list {
		if _, err := w.Write(nil); err != nil {
			return err
		}
	}
	return nil
}
