package index

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local"
	"github.com/newsq/newsq/internal/engine/opensearch"
)

// kind is a kind of index: who opens it, and where it is.
type kind struct {
	scheme string // of its locations, lower case; empty for a path
	driver engine.Driver
	// translate makes of a location what the driver takes; nil changes nothing.
	translate func(location string) (string, error)
}

// kinds is the table of all kinds. It is the one place that names an engine.
func kinds() []kind {
	return []kind{
		{"", local.Driver{}, nil},
		{"file", local.Driver{}, pathOf},
		{"https", opensearch.Driver{Getenv: os.Getenv}, nil},
		{"http", opensearch.Driver{Getenv: os.Getenv}, nil},
	}
}

// driverOf returns who opens the index at a location, and the location as the
// driver takes it.
func driverOf(location string) (engine.Driver, string, error) {
	scheme := schemeOf(location)
	if address, ok := lacksScheme(location); ok && scheme == "" {
		return nil, "", fmt.Errorf("%s is no folder: write https://%[1]s for an index on a cluster, or ./%[1]s for a folder", address)
	}
	for _, k := range kinds() {
		switch {
		case k.scheme != scheme:
		case k.translate == nil:
			return k.driver, location, nil
		default:
			at, err := k.translate(location)
			return k.driver, at, err
		}
	}
	// The rest of the location may hold a password.
	return nil, "", fmt.Errorf("locations that start with %s: are %w; name a folder, or https://HOST:9200/NAME on a cluster", scheme, ErrUnsupported)
}

// maintainerOf is driverOf for those who take care of an index that is not open.
func maintainerOf(location string) (engine.OfflineMaintainer, string, error) {
	d, at, err := driverOf(location)
	if err != nil {
		return nil, "", err
	}
	m, ok := d.(engine.OfflineMaintainer)
	if !ok {
		return nil, "", fmt.Errorf("%w by this kind of index", ErrUnsupported)
	}
	return m, at, nil
}

// FolderOf returns the folder that a location stands for; ok is false where it stands
// for an index on a server.
func FolderOf(location string) (dir string, ok bool) {
	switch schemeOf(location) {
	case "":
		return location, true
	case "file":
		dir, err := pathOf(location)
		return dir, err == nil
	}
	return "", false
}

// schemeOf returns the scheme of a location that is a URL, in lower case; empty
// for a path. A path may hold a colon, and may start with the letter of a drive.
// URLs of the web are known by their scheme alone, so that one with a slip never
// makes a folder of that name.
func schemeOf(location string) string {
	scheme, rest, ok := strings.Cut(location, ":")
	if !ok || len(scheme) < 2 || strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz0123456789+.-") != "" {
		return ""
	}
	scheme = strings.ToLower(scheme)
	if strings.HasPrefix(rest, "/") || scheme == "http" || scheme == "https" || strings.Contains(scheme, "+") {
		return scheme
	}
	return ""
}

// lacksScheme reports whether a location is that of an index on a server but for its
// scheme, such as host:9200/news, and there is no folder of that name. It returns the
// location without what may be a password.
func lacksScheme(location string) (address string, ok bool) {
	address = location[strings.LastIndexByte(location, '@')+1:]
	host, name, _ := strings.Cut(address, "/")
	host, port, _ := strings.Cut(host, ":")
	n, err := strconv.ParseUint(port, 10, 16)
	if name == "" || len(host) < 2 || err != nil || n == 0 {
		return "", false
	}
	_, err = os.Lstat(location)
	return address, errors.Is(err, fs.ErrNotExist)
}

// pathOf returns the path that a file URL names.
func pathOf(location string) (string, error) {
	u, err := url.Parse(location)
	if err != nil {
		return "", err
	}
	if u.Host != "" && u.Host != "localhost" || u.RawQuery != "" || u.Fragment != "" || u.User != nil || u.Path == "" {
		return "", fmt.Errorf("%s is no path; write file:///PATH", location)
	}
	p := filepath.FromSlash(u.Path)
	if trimmed := p[1:]; filepath.VolumeName(trimmed) != "" { // file:///C:/folder
		p = trimmed
	}
	return p, nil
}
