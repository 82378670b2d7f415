// Package guard keeps away what should not reach the handlers of a server: names that it
// doesn't have, other sites' forms, those without a token, what is too large, and more
// work than there are processors for.
package guard

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/server/problem"
)

// Policy returns a Content-Security-Policy: nothing may be loaded or run, framed, or sent
// elsewhere, but for what the directives allow, such as "style-src 'sha256-...'".
func Policy(directives ...string) string {
	return strings.Join(append([]string{"default-src 'none'"}, append(directives, "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'")...), "; ")
}

// Headers sets what tells browsers to be careful. Handlers of pages put their own policy in
// the place of the one that allows nothing.
func Headers(next http.Handler) http.Handler {
	policy := Policy()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		// Other sites learn nothing of what was looked for. Without a referrer at home,
		// browsers would say of a form that it comes from nowhere.
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// Hosts takes requests that are made to a name of this server, and no others: a page of
// another site may have had its own name lead here (DNS rebinding), and would be taken by
// a browser for ours. Names are those of the loopback, the address that a request came in
// on, and those that are given.
func Hosts(names []string, next http.Handler) http.Handler {
	own := []string{"localhost", "127.0.0.1", "::1"}
	for _, name := range names {
		own = append(own, hostOf(name))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostOf(r.Host)
		if host != "" && (slices.Contains(own, host) || cameIn(r, host)) {
			next.ServeHTTP(w, r)
			return
		}
		p := problem.New(problem.Forbidden, fmt.Sprintf("this server has no name %q", clip(host)), "if it has, start it with:  newsq serve --host NAME")
		p.Status = http.StatusMisdirectedRequest
		p.Write(w, r)
	})
}

// cameIn reports whether host is the address that a request came in on. Other sites' pages
// have names, so that an address is none of theirs.
func cameIn(r *http.Request, host string) bool {
	asked, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	at, err := netip.ParseAddrPort(local.String())
	return err == nil && at.Addr().Unmap().WithZone("") == asked.Unmap().WithZone("")
}

// hostOf returns the name in a host with or without a port, in small letters.
func hostOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}

// SameOrigin refuses what another site's page makes a browser send, but for reading.
func SameOrigin(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		problem.New(problem.Forbidden, "another site's page sent this", "send it from a page of this server, or from a program").Write(w, r)
	}))
	return p.Handler(next)
}

// The bounds of a request.
const (
	// MaxURL holds a cursor of 16 KB and a query of 4 KB in which every byte is encoded.
	MaxURL = 40 << 10
	// MaxBody bounds what is sent to be read.
	MaxBody = 1 << 20
	// bodyTime is how long a body may take.
	bodyTime = 10 * time.Second
)

// Bounds refuses what is too large. It reads bodies whole, so that who sends one slowly
// holds up nobody, and what runs longer than a body may take is not cut off.
func Bounds(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := len(r.RequestURI); n > MaxURL {
			p := problem.New(problem.Parameter, fmt.Sprintf("the address is %d bytes long, more than %d", n, MaxURL), "ask for less at a time")
			p.Status = http.StatusRequestURITooLong
			p.Write(w, r)
			return
		}
		if r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		if err := readBody(w, r); err != nil {
			w.Header().Set("Connection", "close") // the rest of the body is not waited for
			err.Write(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// readBody puts a body in memory in the place of one that comes over the network.
func readBody(w http.ResponseWriter, r *http.Request) *problem.Problem {
	tooLarge := problem.New(problem.Body, fmt.Sprintf("the body is larger than %d bytes", MaxBody), "")
	if r.ContentLength > MaxBody {
		return tooLarge
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(bodyTime)) // without deadlines, the server's bounds hold
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return tooLarge
	case err != nil:
		p := problem.New(problem.Body, "the body did not come in time, or not whole", "")
		p.Status = http.StatusRequestTimeout
		return p
	}
	_ = control.SetReadDeadline(time.Time{})
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	return nil
}

// clip bounds what an answer repeats of a request.
func clip(s string) string {
	const most = 80
	if len(s) > most {
		s = s[:most]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
