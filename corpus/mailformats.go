package corpus

import (
	"github.com/newsq/newsq/corpus/internal/mail"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// mailFormats are mail.
var mailFormats = formatTable{
	{
		name:       "mail",
		group:      "mail",
		extensions: []string{".eml", ".emlx"},
		types:      []string{"message/rfc822"},
		kinds:      reader.Text | reader.Binary,
		version:    mail.Version,
		recognize:  mail.Recognize,
		read:       mail.Read,
	},
	{
		name:       "mailbox",
		group:      "mail",
		extensions: []string{".mbox", ".mbx"},
		types:      []string{"application/mbox"},
		kinds:      reader.Text | reader.Binary,
		version:    mail.Version,
		recognize:  mail.RecognizeMailbox,
		read:       mail.ReadMailbox,
	},
	{
		name:      "mail saved as a page",
		group:     "mail",
		kinds:     reader.Markup,
		version:   mail.Version,
		recognize: mail.RecognizeSaved,
		read:      mail.ReadSaved,
	},
	{
		name:      "mail program's own file",
		group:     "mail",
		kinds:     reader.Text | reader.Binary | reader.Markup,
		version:   mail.Version,
		recognize: mail.RecognizeOwn,
		read:      mail.ReadOwn,
	},
}
