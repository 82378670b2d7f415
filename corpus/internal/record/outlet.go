package record

import "strings"

// Ranks that are added to that of an outlet which is but an address, so that
// a name goes before a host, whichever comes first.
const (
	bareHost      = 10 * Wrapped
	hostOfAddress = 20 * Wrapped
)

// addressAsSource stands in the table of names for an address that is stated
// as the source, the last of those that may be the article's. No name folds to
// it.
const addressAsSource = "address as source"

// outlet returns what the values of a Source tell: a name as it is; of an
// address the host, as an address is no name. Where it is of a page and stood
// under the best name, it is the article's own.
func (r *Record) outlet(rank int, values []Value) (int, []Value) {
	if rank == Mapped {
		return rank, values
	}
	for i, v := range values {
		s := strings.TrimSpace(v.Text)
		if s == "" {
			continue
		}
		host, path, address := splitAddress(s)
		switch {
		case host == "":
			return rank, values[i:]
		case !address:
			v.Text = strings.TrimPrefix(s, "www.")
			return rank + bareHost, []Value{v}
		}
		if url := known[addressAsSource]; path && rank%Wrapped == 0 && r.Wants(URL, url.Rank+rank) {
			r.Set(URL, url.Rank+rank, []Value{v})
		}
		v.Text = host
		return rank + hostOfAddress, []Value{v}
	}
	return rank, values
}

// splitAddress returns the host that s names. Address says that s is more than
// that, and path that it leads to a page of the host.
func splitAddress(s string) (host string, path, address bool) {
	rest := s
	if scheme := strings.Index(s, "//"); scheme >= 0 && scheme <= len("https:") {
		rest, address = s[scheme+2:], true
	}
	host = rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host, path, address = rest[:end], strings.Trim(rest[end:], "/") != "", true
	}
	host = strings.ToLower(host)
	if user := strings.LastIndexByte(host, '@'); user >= 0 && address {
		host = host[user+1:]
	}
	host, _, _ = strings.Cut(host, ":")
	if !isHost(host) {
		return "", false, false
	}
	return strings.TrimPrefix(host, "www."), path, address
}

// isHost reports whether s is the name of a host: labels of letters, digits
// and hyphens, the last of them without digits.
func isHost(s string) bool {
	last := s[strings.LastIndexByte(s, '.')+1:]
	if len(last) < 2 || len(last) == len(s) || strings.ContainsAny(last, "0123456789") && !strings.HasPrefix(last, "xn--") {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
		for _, c := range label {
			if c == ' ' || c < 0x80 && c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
				return false
			}
		}
	}
	return true
}
