package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// Access says how to prove to a server who asks, and how the server proves that it
// is the right one. The zero value is for a server that asks for nothing. However an
// Access is printed, its secrets are left out.
type Access struct {
	User, Password string
	// APIKey stands in place of User and Password: what the server gave out, as it
	// is sent behind "ApiKey".
	APIKey string
	// CAFile has the certificates of the authorities that may vouch for the server, in
	// PEM; empty for those that the system trusts.
	CAFile string
	// CertFile and KeyFile are the certificate of the client and its key, in PEM.
	CertFile, KeyFile string
	// PlainHTTP lets secrets go over http:// to a machine other than this one, where
	// whoever is in between can read them.
	PlainHTTP bool
}

// String says what there is, without secrets.
func (a Access) String() string {
	switch {
	case a.APIKey != "":
		return "access with an API key"
	case a.User != "" || a.Password != "":
		return "access with user and password"
	case a.CertFile != "":
		return "access with a certificate"
	}
	return "access without credentials"
}

// Format writes String for every verb.
func (a Access) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, a.String()) }

// MarshalJSON returns String.
func (a Access) MarshalJSON() ([]byte, error) { return json.Marshal(a.String()) }

// MarshalText returns String.
func (a Access) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// LogValue returns String.
func (a Access) LogValue() slog.Value { return slog.StringValue(a.String()) }

// accessKey is the key of an Access in a context.
type accessKey struct{}

// WithAccess returns a context with which the drivers of servers open and maintain
// indexes as a says. Without it they ask the environment.
func WithAccess(ctx context.Context, a Access) context.Context {
	return context.WithValue(ctx, accessKey{}, a)
}

// AccessOf returns the access that a context has.
func AccessOf(ctx context.Context) (Access, bool) {
	a, ok := ctx.Value(accessKey{}).(Access)
	return a, ok
}
