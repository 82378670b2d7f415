package transport

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/engine"
)

// What an [Error] wraps, beside errors of package engine.
var (
	// ErrConflict: the document is not in the version that the request is about, or
	// is there already.
	ErrConflict = errors.New("version conflict")
	// ErrExists: an index of this name is there already.
	ErrExists = errors.New("already exists")
	// ErrForbidden: the server doesn't know who asks, or doesn't let them.
	ErrForbidden = errors.New("not allowed")
	// ErrDiskFull: the disk of a node is full, and the index takes no more.
	ErrDiskFull = errors.New("the disk of the cluster is full")
	// ErrBlocked: the index is closed, or was made read-only.
	ErrBlocked = errors.New("the index takes no requests")
	// ErrUnavailable: nobody answered in time, or could do it now.
	ErrUnavailable = errors.New("the cluster is not available")
	// ErrSuperseded: a document is there in a later version, by another writer.
	ErrSuperseded = errors.New("superseded by another writer")
)

// Error is an answer that is no success.
type Error struct {
	Status int
	Type   string // of the root cause, such as index_not_found_exception
	Cause  string // the innermost type, such as too_many_clauses
	Reason string // of the root cause

	request, address string
	foreign          bool   // it is no JSON
	sent             string // what credentials were sent, such as "user and password"; empty for none
}

// Error returns what was asked, what the server said, and what to do. For a query that
// is too broad it returns what every engine says.
func (e *Error) Error() string {
	hint, kind := e.meaning()
	if errors.Is(kind, engine.ErrTooBroad) {
		return kind.Error()
	}
	var b strings.Builder
	if e.request != "" {
		b.WriteString(e.request + ": ")
	}
	b.WriteString(cmp.Or(e.Reason, http.StatusText(e.Status), "no reason is told"))
	fmt.Fprintf(&b, " (%d", e.Status)
	if e.Type != "" {
		b.WriteString(" " + e.Type)
	}
	if e.address != "" {
		b.WriteString(" from " + e.address)
	}
	b.WriteByte(')')
	if hint != "" {
		b.WriteString("; " + hint)
	}
	return b.String()
}

// Unwrap returns what the answer means to a caller; nil for nothing in particular.
func (e *Error) Unwrap() error {
	_, kind := e.meaning()
	return kind
}

// is reports whether the root cause or the innermost one is of a type.
func (e *Error) is(types ...string) bool {
	return slices.Contains(types, e.Type) || slices.Contains(types, e.Cause)
}

// says reports whether the reason holds any of these.
func (e *Error) says(parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(e.Reason, p) })
}

// meaning returns what an answer means, and what to do.
func (e *Error) meaning() (hint string, kind error) {
	switch {
	case e.tooBroad():
		return "", engine.ErrTooManyWords
	case e.is("search_context_missing_exception"),
		e.is("illegal_state_exception") && e.says("no node found for id"): // a point in time on a node that is away
		return "", engine.ErrSnapshotGone
	case e.is("index_not_found_exception"),
		e.is("invalid_index_name_exception") && e.says("must be lowercase"): // an alias with capitals is gone, see Client.Bulk
		return "", engine.ErrNoIndex
	case e.is("version_conflict_engine_exception"):
		return "", ErrConflict
	case e.is("resource_already_exists_exception", "invalid_alias_name_exception"),
		e.is("illegal_state_exception") && e.says("more than one write index"): // of an alias
		return "", ErrExists
	case e.is("index_closed_exception"):
		return "somebody closed the index, and can open it with _open", ErrBlocked
	case e.is("cluster_block_exception") && e.says("flood-stage"):
		return "make room on the disks of the cluster, or add a node; what was acknowledged is kept", ErrDiskFull
	case e.is("index_create_block_exception"):
		return "cluster.blocks.create_index is set, as the cluster does by itself while all of its disks are nearly full: make room on them, or add a node", ErrDiskFull
	case e.is("cluster_block_exception") && e.Status != http.StatusServiceUnavailable:
		return "somebody made the index read-only: see index.blocks in its settings", ErrBlocked
	case e.Status == http.StatusBadRequest && e.says("unknown setting [", "unknown field [must_exist]", "[_shard_doc]"):
		return "the server seems to be too old: newsq needs OpenSearch " + least() + " or newer", nil
	case e.says("too many Point In Time contexts"):
		return "too many searches are open on the cluster; those that were left end within minutes", ErrUnavailable
	case e.Status == http.StatusUnauthorized && e.sent != "":
		return "the server doesn't accept the " + e.sent + " that it was given", ErrForbidden
	case e.Status == http.StatusUnauthorized:
		return "set " + userVariable + " and " + passwordFileVariable + ", or " + apiKeyFileVariable, ErrForbidden
	case e.Status == http.StatusForbidden:
		return "the user or API key lacks this right on the cluster", ErrForbidden
	case e.Status == http.StatusBadRequest && e.foreign && e.says("HTTPS"):
		return "write https://", nil
	case e.foreign && !e.mayPass() && (e.Status < 300 || e.Status > 399):
		return "OpenSearch answers otherwise: look at host, port and path", nil
	case e.Status == http.StatusNotFound:
		return "", engine.ErrNotFound
	case e.Status >= 300 && e.Status < 400:
		return "redirects are not followed: give the address that it leads to", nil
	case e.mayPass():
		return "", ErrUnavailable
	}
	return "", nil
}

// tooBroad reports whether a search met a limit: on clauses, on the states of an
// automaton, on buckets, or on the memory that requests may take. Some of these
// answers are 500 or 503.
func (e *Error) tooBroad() bool {
	return e.is("too_many_clauses", "too_many_nested_clauses", "too_complex_to_determinize_exception", "too_many_buckets_exception") ||
		e.is("query_shard_exception", "runtime_exception", "illegal_argument_exception") &&
			e.says("maxClauseCount", "Determinizing", "automaton is too large", "index.max_regex_length", "index.max_terms_count") ||
		e.breaker()
}

// breaker reports whether requests would take more memory than they may, all that run
// at the time together.
func (e *Error) breaker() bool {
	return e.is("circuit_breaking_exception") && (strings.HasPrefix(e.Reason, "[request]") || strings.HasPrefix(e.Reason, "[fielddata]"))
}

// mayPass reports whether an answer is of a state that may pass: by its status, or as a
// node went away meanwhile.
func (e *Error) mayPass() bool {
	switch e.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return e.is("node_disconnected_exception", "node_not_connected_exception", "node_closed_exception",
		"connect_transport_exception", "receive_timeout_transport_exception", "no_shard_available_action_exception")
}

// maxBreaks is how often a search is sent again that met the limit of memory: others
// may have taken it.
const maxBreaks = 2

// repeatable reports whether a request that ended so may be sent again, after n
// repetitions.
func repeatable(err error, once bool, n int) bool {
	var e *Error
	var u *unanswered
	switch {
	case errors.As(err, &e) && e.breaker():
		return n < maxBreaks
	case errors.As(err, &e):
		return errors.Is(e, ErrUnavailable) && (!once || e.Status == http.StatusTooManyRequests)
	case errors.As(err, &u):
		return !u.permanent && !(once && u.maybeDone)
	}
	return false
}

// The bounds of texts from outside that stand in errors, in bytes.
const maxReason = 400

// bound cuts a text.
func bound(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "..."
}

// cause is an error as OpenSearch writes it.
type cause struct {
	Type      string  `json:"type"`
	Reason    string  `json:"reason"`
	CausedBy  *cause  `json:"caused_by"`
	RootCause []cause `json:"root_cause"`
	// FailedShards have the reasons by shard, where there are several.
	FailedShards []struct {
		Reason *cause `json:"reason"`
	} `json:"failed_shards"`
}

// innermost returns the last of a chain of causes.
func (c *cause) innermost() *cause {
	for c.CausedBy != nil {
		c = c.CausedBy
	}
	return c
}

// newError makes an error of an answer.
func (c *Client) newError(one *node, call *call, a *http.Response, answer []byte) *Error {
	e := errorOf(a.StatusCode, answer)
	e.Reason = c.secret.scrub(e.Reason)
	e.request, e.address, e.sent = call.String(), one.url.Host, c.secret.kind
	return e
}

// errorOf reads an answer that is no success. It may be no JSON, from something
// between here and the node.
func errorOf(status int, answer []byte) *Error {
	e := &Error{Status: status}
	var outer struct {
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(answer, &outer) != nil {
		e.Reason = bound(printable(string(answer)), maxReason)
		e.foreign = len(answer) > 0
		return e
	}
	var text string
	var c cause
	switch {
	case json.Unmarshal(outer.Error, &text) == nil:
		e.Reason = text
	case json.Unmarshal(outer.Error, &c) == nil:
		e.fill(&c)
	}
	e.Reason = bound(printable(e.Reason), maxReason)
	return e
}

// fill takes over a cause.
func (e *Error) fill(c *cause) {
	root := c
	if len(c.RootCause) > 0 {
		root = &c.RootCause[0]
	}
	e.Type, e.Reason = root.Type, root.Reason
	e.Cause = c.innermost().Type
	if len(c.FailedShards) > 0 && c.FailedShards[0].Reason != nil {
		e.Cause = c.FailedShards[0].Reason.innermost().Type
	}
	if e.Reason == "" { // as of a search that no shard began
		e.Reason = c.innermost().Reason
	}
}

// printable puts a space in place of what would break a line.
func printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s))
}

// unanswered says that a node gave no answer, or none that is whole.
type unanswered struct {
	address, reason string
	maybeDone       bool // the node may have carried the request out
	permanent       bool // it will not pass
}

func (u *unanswered) Error() string { return u.address + ": " + u.reason }

// Unwrap hides the error of the attempt: a context of the attempt's own is no context
// of the caller's.
func (u *unanswered) Unwrap() error { return ErrUnavailable }

// unanswered makes an error of what kept a node from answering, and lets the node rest,
// unless it was the caller who gave up.
func (c *Client) unanswered(ctx context.Context, one *node, err error) *unanswered {
	cause := context.Cause(ctx)
	if cause == nil || errors.Is(cause, errSlow) || errors.Is(cause, errHung) {
		c.nodes.failed(one, time.Now())
	}
	err = cmp.Or(cause, err)
	var whole *url.Error // it repeats the address
	if errors.As(err, &whole) {
		err = whole.Err
	}
	u := &unanswered{address: one.url.Host}
	u.reason, u.permanent = explain(err)
	if !c.reached.Load() && one.url.Scheme == "http" && (errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET)) {
		u.reason += "; if the server speaks TLS, write https://"
	}
	var op *net.OpError
	connected := !errors.As(err, &op) || op.Op != "dial" && op.Op != "proxyconnect"
	u.maybeDone = connected && !u.permanent
	u.reason = c.secret.scrub(bound(printable(u.reason), maxReason))
	return u
}

// explain says what an error of a connection means, and whether it will not pass.
func explain(err error) (reason string, permanent bool) {
	var (
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
		op        *net.OpError
		record    tls.RecordHeaderError
		name      *net.DNSError
	)
	switch {
	case errors.As(err, &authority):
		return "the certificate of the server is of an authority that isn't known here: " +
			"set " + caVariable + " to the file with the authority's certificate", true
	case errors.As(err, &host):
		return fmt.Sprintf("the certificate of the server is not for %q, but for %q: write its name as the certificate has it",
			host.Host, namesOf(host.Certificate)), true
	case errors.As(err, &invalid):
		return err.Error(), true
	case errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error"): // an alert of TLS
		if strings.Contains(err.Error(), "protocol version") {
			return err.Error() + "; a server that is older than TLS 1.2 is not spoken to", true
		}
		return err.Error() + "; where the server wants a certificate, see " + certVariable + " and " + keyVariable, true
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "the server doesn't speak TLS: write http://, if that is how it should be", true
	case strings.Contains(err.Error(), "malformed HTTP response"):
		return "the server doesn't speak HTTP; if it speaks TLS, write https://", true
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return "the proxy that HTTP_PROXY or HTTPS_PROXY names: " + op.Err.Error() + "; for no proxy, put the host into NO_PROXY", false
	case errors.As(err, &name) && name.IsNotFound:
		return "there is no host of this name", true
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody listens at this port: is the server running, and is this its port?", false
	}
	return err.Error(), false
}

// namesOf returns the hosts that a certificate is for.
func namesOf(c *x509.Certificate) []string {
	names := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}
