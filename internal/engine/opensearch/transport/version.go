package transport

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

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
	major, rest, _ := strings.Cut(v.Number, ".")
	minor, _, _ := strings.Cut(rest, ".")
	m, err := strconv.Atoi(major)
	n, err2 := strconv.Atoi(minor)
	// Points in time, which snapshots are made of, came with 2.4.
	if err != nil || err2 != nil || m < 2 || m == 2 && n < 4 {
		return fmt.Sprintf("OpenSearch %s is too old: points in time, which newsq needs, came with 2.4", v.Number)
	}
	return ""
}
