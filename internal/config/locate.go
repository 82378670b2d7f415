package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Folders of newsq within the folders that a system has for such things.
const (
	appFolder   = "newsq"
	fileName    = "config.yaml"
	localIndex  = ".newsq"
	indexFolder = "default"
)

// ErrNoHome says that a path begins in the home of a user who has none.
var ErrNoHome = errors.New("there is no home folder")

// home returns the home folder of the user.
func home() (string, error) {
	dir, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoHome, err)
	}
	return dir, nil
}

// File returns the path of the configuration file, which need not exist:
// $XDG_CONFIG_HOME/newsq/config.yaml, where the variable isn't set in the
// folder that the system has for configuration. It is empty when there is no
// such folder, as for a user without a home.
func File(getenv func(string) string) string {
	dir := getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(dir) { // the XDG specification says to ignore such
		var err error
		if dir, err = os.UserConfigDir(); err != nil {
			return ""
		}
	}
	return filepath.Join(dir, appFolder, fileName)
}

// Locate returns the folder of the index, or its URL: the one set, else the nearest
// folder .newsq in workDir or above it, else "default" in newsq's data folder,
// which need not exist. The folder set may begin with ~/.
func Locate(set, workDir string, getenv func(string) string) (string, error) {
	if set != "" {
		return ExpandHome(set)
	}
	for dir := workDir; ; dir = filepath.Dir(dir) {
		candidate := filepath.Join(dir, localIndex)
		if info, err := os.Stat(candidate); err == nil && info.IsDir() {
			return candidate, nil
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return "", err
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	data, err := DataDir(getenv)
	if err != nil {
		return "", err
	}
	return filepath.Join(data, indexFolder), nil
}

// DataDir returns newsq's folder for data, which need not exist:
// $XDG_DATA_HOME/newsq, where the variable isn't set in the folder that the
// system has for the data of applications.
func DataDir(getenv func(string) string) (string, error) {
	if dir := getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, appFolder), nil
	}
	home, err := home()
	if err != nil {
		return "", err
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", appFolder), nil
	case "windows":
		if dir := getenv("LocalAppData"); dir != "" {
			return filepath.Join(dir, appFolder), nil
		}
		return filepath.Join(home, "AppData", "Local", appFolder), nil
	}
	return filepath.Join(home, ".local", "share", appFolder), nil
}

// ExpandHome replaces ~ at the start of a path, for which no shell has seen to
// in a file or a quoted variable.
func ExpandHome(path string) (string, error) {
	if path != "~" && (len(path) < 2 || path[0] != '~' || !os.IsPathSeparator(path[1])) {
		return path, nil
	}
	home, err := home()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, path[1:]), nil
}
