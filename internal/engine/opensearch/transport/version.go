package transport

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// The oldest version that newsq works with. Up to 3.3.2, a script_score within a bool is
// an error where its query matches nothing (null_pointer_exception). With 3.3 came the
// order _shard_doc, in which documents are read, with 2.17 a setting for one thread a
// shard, see package schema, and with 2.12 must_exist of _aliases, by which writers take
// turns.
const (
	leastMajor = 3
	leastMinor = 4
)

func least() string { return fmt.Sprintf("%d.%d", leastMajor, leastMinor) }

// Version is what a server says that it is.
type Version struct{ Cluster, Number, Distribution, tagline string }

// Version asks a server what it is.
func (c *Client) Version(ctx context.Context) (Version, error) {
	var answer struct {
		Cluster string `json:"cluster_name"`
		Tagline string
		Version struct{ Number, Distribution string }
	}
	err := c.Do(ctx, &Request{Method: http.MethodGet, Path: "/"}, &answer)
	show := func(s string) string { return bound(printable(s), maxPath) }
	return Version{show(answer.Cluster), show(answer.Version.Number), show(answer.Version.Distribution), answer.Tagline}, err
}

// Unsupported says why newsq does not work with this version; empty if it does.
func (v Version) Unsupported() string {
	switch {
	case v.Distribution == "" && v.tagline == "You Know, for Search":
		return "the server is no OpenSearch, but Elasticsearch " + v.Number
	case v.Distribution == "":
		return "the server is no OpenSearch: it tells no version of one"
	case v.Distribution != "opensearch":
		return fmt.Sprintf("the server is no OpenSearch, but %s %s", v.Distribution, v.Number)
	}
	if !v.is(leastMajor, leastMinor) {
		return fmt.Sprintf("OpenSearch %s is too old: newsq needs %s or newer", v.Number, least())
	}
	return ""
}

// is reports whether the version is major.minor or newer.
func (v Version) is(major, minor int) bool {
	first, rest, _ := strings.Cut(v.Number, ".")
	second, _, _ := strings.Cut(rest, ".")
	m, err1 := strconv.Atoi(first)
	n, err2 := strconv.Atoi(second)
	return err1 == nil && err2 == nil && (m > major || m == major && n >= minor)
}
