package transport

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

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
	if a.Password, err = secret(getenv, passwordVariable, passwordFileVariable); err != nil {
		return engine.Access{}, err
	}
	if a.APIKey, err = secret(getenv, apiKeyVariable, apiKeyFileVariable); err != nil {
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
	if runtime.GOOS == "windows" {
		return nil
	}
	const ofOthers = 0o077
	var list []string
	for _, variable := range []string{passwordFileVariable, apiKeyFileVariable, keyVariable} {
		file := getenv(variable)
		if file == "" {
			continue
		}
		info, err := os.Stat(file)
		if err == nil && info.Mode().IsRegular() && info.Mode()&ofOthers != 0 {
			list = append(list, fmt.Sprintf("others on this machine may read or change %s (mode %04o), which has a secret: chmod 600 %[1]s", file, info.Mode().Perm()))
		}
	}
	return list
}

// secret reads a secret from a variable, or from the file that another one names.
func secret(getenv func(string) string, variable, fileVariable string) (string, error) {
	value, file := getenv(variable), getenv(fileVariable)
	switch {
	case file == "":
		return value, nil
	case value != "":
		return "", fmt.Errorf("both %s and %s are set: leave out one of them", variable, fileVariable)
	}
	line, err := firstLine(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", fileVariable, err)
	}
	return line, nil
}

// maxSecret bounds a secret, in bytes. Tokens of some providers take kilobytes.
const maxSecret = 64 << 10

// firstLine returns the first line of a file, without spaces around it.
func firstLine(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	line, err := bufio.NewReader(io.LimitReader(f, maxSecret)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	line = strings.TrimSpace(line)
	if line == "" {
		return "", fmt.Errorf("the first line of %s is empty", name)
	}
	return line, nil
}
