// Package sealed knows archives that newsq does not read, and says what to do
// about them: 7z and RAR, and the data files of Outlook, whose formats have no
// reader in Go that is small and safe enough.
package sealed

import (
	"bytes"
	"errors"

	"github.com/newsq/newsq/corpus/internal/reader"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

// Recognize reports whether a file is such an archive.
func Recognize(h *reader.Head) bool { return program(h.Bytes) != "" }

// program returns the name of the format of an archive that begins with b.
func program(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("7z\xbc\xaf\x27\x1c")):
		return "7z"
	case bytes.HasPrefix(b, []byte("Rar!\x1a\x07")):
		return "RAR"
	case bytes.HasPrefix(b, []byte("!BDN")):
		return "Outlook"
	}
	return ""
}

// Read tells that the file is not read.
func Read(in *reader.Input, _ reader.Output) error {
	head, _ := in.Head()
	name := program(head)
	if name == "" {
		return &reader.Fault{Err: errors.New("it is no 7z or RAR archive and no data file of Outlook, whatever its name says"), Hint: "give it the extension of what it is"}
	}
	if name == "Outlook" {
		return &reader.Fault{Err: errors.New("data files of Outlook are not read"), Hint: "export the folders as mbox or .eml, with readpst or a mail program"}
	}
	return &reader.Fault{Err: errors.New(name + " archives are not read"), Hint: "unpack it, and read the folder; or pack it as zip or tar"}
}
