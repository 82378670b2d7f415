package factiva

import (
	"strings"

	"github.com/newsq/newsq/internal/wordset"
)

// codes are the labels of Factiva, which are the same in all languages.
var codes = wordset.Of(`
	SE HD HDP HL BY AU CR WC PD ET SN SC SCI SV NGC GC ED PG VOL LA CY LP TD CT RF CLM ART CX DF RST
	CO IN NS RE PE DE IPC IPD PUB AN`)

// isCode reports whether a text is one of the labels.
func isCode(s string) bool { return len(s) >= 2 && len(s) <= 3 && codes()[s] }

// codeIn parts a line of a plain text into a code and the value behind it, as some
// programs write a table: "HD<tab>Ferries return". The code is empty when there is
// none.
func codeIn(line string) (code, value string) {
	if isCode(line) {
		return line, ""
	}
	at := strings.IndexByte(line[:min(len(line), 5)], '\t')
	if at < 0 {
		at = strings.Index(line[:min(len(line), 6)], "  ")
	}
	if at < 0 || !isCode(strings.TrimSpace(line[:at])) {
		return "", ""
	}
	return strings.TrimSpace(line[:at]), strings.TrimSpace(line[at:])
}
