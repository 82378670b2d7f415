package tagger

import (
	"fmt"
	"hash/crc32"
)

// Version is the same for taggers that find the same names: it changes with the weights and,
// by hand, with what the code makes of them.
func Version() string { return fmt.Sprintf("%s %08x", codeVersion, crc32.ChecksumIEEE(weightsData)) }

// codeVersion changes when the features change, or how names are put together.
const codeVersion = "5"
