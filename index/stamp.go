package index

import (
	"strings"

	"github.com/newsq/newsq/corpus"
)

// knownStamp returns the stamp that the entry of a key had when it was read.
func (s *syncer) knownStamp(key string) (string, bool) {
	k, ok := s.known[key]
	stamp, kept := strings.CutSuffix(k.Stamp, keptMark)
	if !ok || stamp == "" || s.o.BringBack && s.removed.has(key) || s.o.Prune && kept {
		return "", false
	}
	return stamp, true
}

// isUnchanged reports whether an entry need not be opened.
func (s *syncer) isUnchanged(e corpus.Entry) bool {
	k, ok := s.known[e.Key]
	if s.o.BringBack && s.removed.has(e.Key) || s.o.Prune && strings.HasSuffix(k.Stamp, keptMark) {
		return false
	}
	return ok && e.Stamp != "" && sourceStamp(k.Stamp, e.Stamp) == e.Stamp
}

// keptMark ends the stamp of an entry that articles were gone from, and stay in the
// index since the sync didn't prune: one that does reads the entry again.
const keptMark = " kept"

// sourceStamp returns the stamp that an entry's source gave when it was read, of
// an entry whose stamp is now current. The stamps of older versions of newsq end
// in the fingerprint of the rules.
func sourceStamp(kept, current string) string {
	kept = strings.TrimSuffix(kept, keptMark)
	rest, ok := strings.CutPrefix(kept, current+" ")
	if ok && len(rest) == 16 && strings.Trim(rest, "0123456789abcdef") == "" {
		return current
	}
	return kept
}
