package corpus

import (
	"github.com/newsq/newsq/corpus/internal/archive/sealed"
	"github.com/newsq/newsq/corpus/internal/archive/tar"
	"github.com/newsq/newsq/corpus/internal/archive/wacz"
	"github.com/newsq/newsq/corpus/internal/archive/warc"
	"github.com/newsq/newsq/corpus/internal/archive/zip"
	"github.com/newsq/newsq/corpus/internal/reader"
)

// archiveFormats are files that hold other files. They are asked after all
// documents that are archives by their bytes.
var archiveFormats = formatTable{
	{
		name:       "zip archive",
		group:      "archives",
		extensions: []string{".zip"},
		types:      []string{"application/zip", "application/x-zip-compressed"},
		kinds:      reader.Zip,
		version:    zip.Version,
		recognize:  zip.Recognize,
		read:       zip.Read,
	},
	{
		name:       "tar archive",
		group:      "archives",
		extensions: []string{".tar", ".tgz", ".tzst", ".txz", ".tbz", ".tbz2"},
		types:      []string{"application/x-tar"},
		kinds:      reader.Binary | reader.Text | reader.Markup | reader.JSON,
		version:    tar.Version,
		recognize:  tar.Recognize,
		read:       tar.Read,
	},
	{
		name:       "7z, RAR or Outlook data file, not read",
		group:      "archives",
		extensions: []string{".7z", ".rar", ".pst", ".ost"},
		types:      []string{"application/x-7z-compressed", "application/vnd.rar", "application/x-rar-compressed"},
		kinds:      reader.Binary | reader.Text,
		version:    sealed.Version,
		recognize:  sealed.Recognize,
		read:       sealed.Read,
	},
	{
		name:       "WARC or ARC web archive",
		group:      "archives",
		extensions: []string{".warc", ".arc"},
		types:      []string{"application/warc", "application/x-warc", "application/x-arc"},
		kinds:      reader.Binary,
		version:    warc.Version,
		recognize:  warc.Recognize,
		read:       warc.Read,
	},
	{
		name:       "WACZ web archive",
		group:      "archives",
		extensions: []string{".wacz"},
		types:      []string{"application/wacz", "application/wacz+zip"},
		kinds:      reader.Zip,
		version:    wacz.Version,
		recognize:  wacz.Recognize,
		read:       wacz.Read,
	},
}
