package transport

import (
	"fmt"

	"github.com/newsq/newsq/internal/engine"
)

// The variables of the environment that an access is read from. A file has a secret in
// its first line.
const (
	userVariable         = "NEWSQ_ENGINE_USER"
	passwordVariable     = "NEWSQ_ENGINE_PASSWORD"
	passwordFileVariable = "NEWSQ_ENGINE_PASSWORD_FILE"
	apiKeyVariable       = "NEWSQ_ENGINE_API_KEY"
	apiKeyFileVariable   = "NEWSQ_ENGINE_API_KEY_FILE"
	caVariable           = "NEWSQ_ENGINE_CA"
	certVariable         = "NEWSQ_ENGINE_CERT"
	keyVariable          = "NEWSQ_ENGINE_KEY"
	plainHTTPVariable    = "NEWSQ_ENGINE_PLAIN_HTTP"
)

// FromEnvironment reads an access from the variables that getenv returns.
func FromEnvironment(getenv func(string) string) (engine.Access, error) {
	a := engine.Access{
		User:     getenv(userVariable),
		CAFile:   getenv(caVariable),
		CertFile: getenv(certVariable),
		KeyFile:  getenv(keyVariable),
	}
	var err error
	if a.Password, err = engine.ReadSecret(getenv, passwordVariable, passwordFileVariable); err != nil {
		return engine.Access{}, err
	}
	if a.APIKey, err = engine.ReadSecret(getenv, apiKeyVariable, apiKeyFileVariable); err != nil {
		return engine.Access{}, err
	}
	switch getenv(plainHTTPVariable) {
	case "", "0":
	case "1":
		a.PlainHTTP = true
	default:
		return engine.Access{}, fmt.Errorf("%s is 1 or 0", plainHTTPVariable)
	}
	return a, nil
}

// ExposedSecrets says, for a person, of each file with a secret, as the variables that
// getenv returns name them, whether others on this machine can read it, and what to do.
// On Windows the mode of a file doesn't tell. A file that can't be looked at is left to
// who reads it.
func ExposedSecrets(getenv func(string) string) []string {
	return engine.ExposedSecrets(getenv, passwordFileVariable, apiKeyFileVariable, keyVariable)
}
