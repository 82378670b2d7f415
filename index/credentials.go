package index

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch"
)

// Credentials say how to prove to the servers of an index who asks, and how they prove
// that they are the right ones. The zero value is for servers that ask for nothing.
// However Credentials are printed, their secrets are left out.
type Credentials struct {
	User, Password string
	// APIKey stands in place of User and Password: what the server gave out, as it is
	// sent behind "ApiKey".
	APIKey string
	// CAFile has the certificates of the authorities that may vouch for the servers, in
	// PEM; empty for those that the system trusts.
	CAFile string
	// CertFile and KeyFile are the certificate of the client and its key, in PEM.
	CertFile, KeyFile string
	// PlainHTTP lets secrets go over http:// to a machine other than this one, where
	// whoever is in between can read them.
	PlainHTTP bool
}

// String says what there is, without secrets.
func (c Credentials) String() string { return engine.Access(c).String() }

// Format writes String for every verb.
func (c Credentials) Format(f fmt.State, verb rune) { engine.Access(c).Format(f, verb) }

// MarshalJSON returns String.
func (c Credentials) MarshalJSON() ([]byte, error) { return engine.Access(c).MarshalJSON() }

// MarshalText returns String.
func (c Credentials) MarshalText() ([]byte, error) { return engine.Access(c).MarshalText() }

// LogValue returns String.
func (c Credentials) LogValue() slog.Value { return engine.Access(c).LogValue() }

// WithCredentials returns a context with which [Open], [Copy] and all others that take a
// location reach indexes on servers by c. Without it they read the environment, see
// [CredentialsFrom]. An open [Index] keeps what it was opened with.
func WithCredentials(ctx context.Context, c Credentials) context.Context {
	return engine.WithAccess(ctx, engine.Access(c))
}

// CredentialsFrom reads credentials as the environment has them, where getenv is
// os.Getenv: NEWSQ_ENGINE_USER with NEWSQ_ENGINE_PASSWORD or NEWSQ_ENGINE_PASSWORD_FILE,
// NEWSQ_ENGINE_API_KEY or NEWSQ_ENGINE_API_KEY_FILE, NEWSQ_ENGINE_CA, NEWSQ_ENGINE_CERT,
// NEWSQ_ENGINE_KEY, and 1 in NEWSQ_ENGINE_PLAIN_HTTP. Of a file the first line counts.
func CredentialsFrom(getenv func(string) string) (Credentials, error) {
	a, err := opensearch.AccessFrom(getenv)
	return Credentials(a), err
}

// ExposedSecrets says, for a person, which of the files that CredentialsFrom takes secrets
// from others on this machine can read, and what to do. They are used all the same.
func ExposedSecrets(getenv func(string) string) []string {
	return opensearch.ExposedSecrets(getenv)
}
