package engine

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

// ReadSecret reads a secret from a variable, or from the file that another one names.
func ReadSecret(getenv func(string) string, variable, fileVariable string) (string, error) {
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

// ExposedSecrets says, for a person, of each file that these variables name, whether others
// on this machine can read it, and what to do. On Windows the mode of a file doesn't tell.
// A file that can't be looked at is left to who reads it.
func ExposedSecrets(getenv func(string) string, variables ...string) []string {
	if runtime.GOOS == "windows" {
		return nil
	}
	const ofOthers = 0o077
	var list []string
	for _, variable := range variables {
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
