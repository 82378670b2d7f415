package transport

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxName bounds the name of an index, in bytes. OpenSearch takes 255, of which some
// are kept for what is put behind the name.
const maxName = 200

// maxAddresses bounds the addresses of a location.
const maxAddresses = 64

// howToWrite ends the errors of a location.
const howToWrite = "write https://HOST:9200/NAME, or https://HOST1:9200,HOST2:9200/NAME"

// ParseLocation takes apart the location of an index, such as https://host:9200/news or
// https://a:9200,b:9200/news: the base URLs of nodes, and the name of the index. A path
// before the name, as of a proxy, belongs to each base URL. Errors don't repeat what may
// be a secret.
func ParseLocation(location string) (addresses []string, name string, err error) {
	scheme, rest, ok := strings.Cut(location, "://")
	scheme = strings.ToLower(scheme)
	switch {
	case strings.Contains(location, "@"): // also within a path: a password may hold a slash
		return nil, "", errors.New("a location holds no user and no password, which others could read: " +
			"set NEWSQ_ENGINE_USER and NEWSQ_ENGINE_PASSWORD_FILE, and leave out all up to the @")
	case strings.ContainsAny(location, "?#"):
		return nil, "", errors.New("a location ends with the name of the index, and has no ? and no #: " + howToWrite)
	case !ok || scheme != "http" && scheme != "https":
		return nil, "", errors.New("the location of an index on a server begins with https:// or http://: " + howToWrite)
	case strings.Contains(rest, "://"):
		return nil, "", fmt.Errorf("location %s: %s:// stands once, before the first host: %s", location, scheme, howToWrite)
	}
	hosts, path, _ := strings.Cut(rest, "/")
	path = strings.TrimSuffix(path, "/")
	prefix, name := "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		prefix, name = "/"+path[:i], path[i+1:]
	}
	if err := checkName(name, location); err != nil {
		return nil, "", err
	}
	if strings.Contains(prefix+"/", "//") || strings.ContainsFunc(prefix, isForeign) {
		return nil, "", fmt.Errorf("location %s: the path before the name %q is none of a proxy; %s", location, name, howToWrite)
	}
	for host := range strings.SplitSeq(hosts, ",") {
		if err := checkHost(host); err != nil {
			return nil, "", fmt.Errorf("location %s: %w; %s", location, err, howToWrite)
		}
		if a := scheme + "://" + host + prefix; !slices.Contains(addresses, a) {
			addresses = append(addresses, a)
		}
	}
	if len(addresses) > maxAddresses {
		return nil, "", fmt.Errorf("a location of %d addresses: %d are the most", len(addresses), maxAddresses)
	}
	return addresses, name, nil
}

// checkName holds the name of an index to the rules of OpenSearch.
func checkName(name, location string) error {
	switch {
	case name == "":
		return fmt.Errorf("location %s names no index: %s", location, howToWrite)
	case name != strings.ToLower(name):
		return fmt.Errorf("location %s: the name of an index is in lower case: write %q", location, strings.ToLower(name))
	case strings.Contains("._-", name[:1]):
		return fmt.Errorf("location %s: the name of an index begins with a letter or a digit, not as %q does", location, name)
	case len(name) > maxName:
		return fmt.Errorf("the name of an index has %d bytes at most, and this one %d", maxName, len(name))
	}
	if i := strings.IndexFunc(name, isForeign); i >= 0 {
		return fmt.Errorf("location %s: the name of an index has the letters a to z, digits, and . _ -, and nothing like %q", location, name[i:])
	}
	return nil
}

// isForeign reports whether a character stands in no path. OpenSearch takes more in
// names, which shells and URLs take for something else.
func isForeign(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("._-/", r)
}

// checkHost refuses what is no host, with a port or without.
func checkHost(host string) error {
	if host == "" {
		return errors.New("an address is empty")
	}
	u, err := url.Parse("http://" + host)
	if err != nil || u.Host != host || u.Hostname() == "" || strings.Contains(host, "://") {
		return fmt.Errorf("%q is no address of a host", host)
	}
	if _, port, err := net.SplitHostPort(host); err == nil {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return fmt.Errorf("%q has no port from 1 to 65535", host)
		}
	}
	return nil
}
