package factiva

import "github.com/newsq/newsq/internal/wordset"

// codes are the labels of Factiva, which are the same in all languages.
var codes = wordset.Of(`
	SE HD HDP HL BY AU CR WC PD ET SN SC SCI SV NGC GC ED PG VOL LA CY LP TD CT RF CLM ART CX DF RST
	CO IN NS RE PE DE IPC IPD PUB AN`)

// isCode reports whether a text is one of the labels.
func isCode(s string) bool { return len(s) >= 2 && len(s) <= 3 && codes()[s] }
