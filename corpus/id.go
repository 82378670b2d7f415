package corpus

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/newsq/newsq/internal/query"
)

// DeriveID returns the id of an article whose source states none: the first
// twelve hex digits of the SHA-256 of its key. Among ten million articles two
// share such an id with a chance of one in six.
func DeriveID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:6])
}

// TopicPath returns a topic in canonical form: lower case, levels joined by
// "/", white space within a level as "_". "Security > Nuclear weapons" and
// "security/nuclear weapons" are both "security/nuclear_weapons". It is empty
// when nothing of s names a level.
func TopicPath(s string) string { return query.TopicPath(s) }
