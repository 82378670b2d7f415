package server

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// ask sends bytes as they stand, and returns the status of the answer; 0 where the server
// ended the connection without one.
func ask(t *testing.T, addr string, request ...string) (status int, res *http.Response) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	go func() {
		for _, part := range request {
			if _, err := io.WriteString(c, part); err != nil {
				return // the server has answered
			}
		}
	}()
	_ = c.SetReadDeadline(time.Now().Add(time.Minute)) // so that a test ends that fails
	res, err = http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return 0, nil
	}
	res.Body.Close()
	return res.StatusCode, res
}

// What is too large, or no request, is refused, and the server goes on.
func TestHostileRequests(t *testing.T) {
	url, _ := start(t, &Options{})
	addr := strings.TrimPrefix(url, "http://")
	const end = " HTTP/1.1\r\nHost: localhost\r\n\r\n"
	for _, tt := range []struct {
		name    string
		request []string
		want    []int // 0: the connection ends
	}{
		{"a megabyte of headers", []string{"GET /livez HTTP/1.1\r\nHost: localhost\r\n", strings.Repeat("X: "+strings.Repeat("a", 1000)+"\r\n", 1000), "\r\n"}, []int{431}},
		{"a header of a megabyte", []string{"GET /livez HTTP/1.1\r\nHost: localhost\r\nX: " + strings.Repeat("a", 1<<20) + "\r\n\r\n"}, []int{431}},
		{"an address of 60 KB", []string{"GET /api/v1/search?q=" + strings.Repeat("a", 60<<10) + end}, []int{414}},
		{"an address of a megabyte", []string{"GET /" + strings.Repeat("a", 1<<20) + end}, []int{414, 431}},
		{"10,000 parameters", []string{"GET /api/v1/search?" + strings.Repeat("q=1&", 9000) + end}, []int{400}},
		{"bad UTF-8 in a parameter", []string{"GET /api/v1/search?q=%ff%fe" + end}, []int{400}},
		{"bad UTF-8 in an address", []string{"GET /api/v1/articles/%ff%fe" + end}, []int{404}},
		{"bytes above ASCII", []string{"GET /api/v1/search?q=\xff\xfe" + end}, []int{400}},
		{"a NUL", []string{"GET /api/v1/search?q=%00" + end}, []int{200, 400}},
		{"a path above the root", []string{"GET /api/v1/../../../etc/passwd" + end}, []int{301, 307, 404}},
		{"an encoded path above the root", []string{"GET /api/v1/articles/..%2f..%2f..%2fetc%2fpasswd" + end}, []int{404}},
		{"dots that are encoded", []string{"GET /%2e%2e/%2e%2e/etc/passwd" + end}, []int{301, 307, 404}},
		{"a body of 10 MB", []string{"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10485760\r\n\r\n", strings.Repeat("a", 10<<20)}, []int{413}},
		{"a body without an end", []string{"POST /mcp HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", strings.Repeat("8000\r\n"+strings.Repeat("a", 0x8000)+"\r\n", 320)}, []int{413}},
		{"two lengths of a body", []string{"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"}, []int{400}},
		{"another site's form", []string{"POST /mcp HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n\r\n"}, []int{403}},
		{"another site's form, from an old browser", []string{"POST /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n\r\n"}, []int{403}},
		{"another name", []string{"GET /api/v1/search?q=oil HTTP/1.1\r\nHost: evil.example\r\n\r\n"}, []int{421}},
		{"another name in the address", []string{"GET http://evil.example/livez HTTP/1.1\r\nHost: localhost\r\n\r\n"}, []int{421}},
		{"no name", []string{"GET /livez HTTP/1.0\r\n\r\n"}, []int{421}},
		{"a name that begins as ours", []string{"GET /livez HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n"}, []int{421}},
		{"an address that is not ours", []string{"GET /livez HTTP/1.1\r\nHost: 192.0.2.7\r\n\r\n"}, []int{421}},
		{"no request", []string{"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"}, []int{0, 400}},
		{"a proxy's request", []string{"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"}, []int{400, 421}},
	} {
		status, res := ask(t, addr, tt.request...)
		ok := false
		for _, want := range tt.want {
			ok = ok || status == want
		}
		if !ok {
			t.Errorf("%s: %d", tt.name, status)
		}
		if res != nil && status >= 400 && status != 431 && res.ContentLength > 2000 {
			t.Errorf("%s: the answer has %d bytes", tt.name, res.ContentLength)
		}
	}
	for _, host := range []string{"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:9", "[::1]:7700", "localhost."} {
		if status, _ := ask(t, addr, "GET /livez HTTP/1.1\r\nHost: "+host+"\r\n\r\n"); status != http.StatusOK {
			t.Errorf("Host: %s: %d", host, status)
		}
	}
}

func TestNames(t *testing.T) {
	url, _ := start(t, &Options{Names: []string{"search.example.org"}})
	addr := strings.TrimPrefix(url, "http://")
	for host, want := range map[string]int{"search.example.org": 200, "Search.Example.ORG:443": 200, "example.org": 421} {
		if status, _ := ask(t, addr, "GET /livez HTTP/1.1\r\nHost: "+host+"\r\n\r\n"); status != want {
			t.Errorf("Host: %s: %d", host, status)
		}
	}
}

// Who sends a header and doesn't end it loses the connection.
func TestSlowRequests(t *testing.T) {
	s, err := newService(&Options{Index: newIndex(t)})
	if err != nil {
		t.Fatal(err)
	}
	server := s.newServer()
	if server.ReadHeaderTimeout == 0 || server.ReadTimeout == 0 || server.WriteTimeout == 0 || server.IdleTimeout == 0 || server.MaxHeaderBytes == 0 {
		t.Errorf("something is without bounds: %+v", server)
	}
	server.ReadHeaderTimeout, server.ReadTimeout = 100*time.Millisecond, 100*time.Millisecond
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener)
	defer server.Close()
	c, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ")
	_ = c.SetReadDeadline(time.Now().Add(time.Minute)) // so that a test ends that fails
	b, err := io.ReadAll(c)
	if ne, ok := err.(net.Error); ok && ne.Timeout() {
		t.Error("the connection is still there")
	}
	if bytes.Contains(b, []byte("200 OK")) {
		t.Errorf("answered %s", b)
	}
}
