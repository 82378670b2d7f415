package transport

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine"
)

func TestFromEnvironment(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, tt := range []struct {
		name string
		env  map[string]string
		want engine.Access
		err  string
	}{
		{"nothing", nil, engine.Access{}, ""},
		{"user", map[string]string{userVariable: "u", passwordVariable: "p"}, engine.Access{User: "u", Password: "p"}, ""},
		{"file", map[string]string{userVariable: "u", passwordFileVariable: file("pw", " s3 cret \r\nmore\n")}, engine.Access{User: "u", Password: "s3 cret"}, ""},
		{"no end of line", map[string]string{apiKeyFileVariable: file("key", "abc")}, engine.Access{APIKey: "abc"}, ""},
		{"certificates", map[string]string{caVariable: "a", certVariable: "b", keyVariable: "c", plainHTTPVariable: "1"}, engine.Access{CAFile: "a", CertFile: "b", KeyFile: "c", PlainHTTP: true}, ""},
		{"both", map[string]string{passwordVariable: "p", passwordFileVariable: file("pw2", "x")}, engine.Access{}, "leave out one"},
		{"no file", map[string]string{passwordFileVariable: filepath.Join(dir, "none")}, engine.Access{}, passwordFileVariable},
		{"empty file", map[string]string{passwordFileVariable: file("empty", "\nx\n")}, engine.Access{}, "is empty"},
		{"neither yes nor no", map[string]string{plainHTTPVariable: "yes"}, engine.Access{}, "is 1 or 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := FromEnvironment(func(k string) string { return tt.env[k] })
			if got != tt.want || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestNewRefuses(t *testing.T) {
	user := engine.Access{User: "jo", Password: "s3cret"}
	for _, tt := range []struct {
		name, address string
		access        engine.Access
		err           string // "" for none
	}{
		{"none", "", engine.Access{}, "the address of a server is none"},
		{"a user", "https://jo:s3cret@h:9200", engine.Access{}, "NEWSQ_ENGINE_USER"},
		{"no URL", "https://jo:s3cret@h:92 00", engine.Access{}, "is none"},
		{"another scheme", "ftp://h", engine.Access{}, "must begin with"},
		{"plain and far", "http://h:9200", user, "NEWSQ_ENGINE_PLAIN_HTTP=1"},
		{"plain, far and wanted", "http://h:9200", engine.Access{User: "jo", Password: "s3cret", PlainHTTP: true}, ""},
		{"plain and here", "http://127.0.0.1:9200", user, ""},
		{"plain and here by name", "http://localhost:9200", user, ""},
		{"plain and here, IPv6", "http://[::1]:9200", user, ""},
		{"plain without secrets", "http://h:9200", engine.Access{}, ""},
		{"no password", "https://h", engine.Access{User: "jo"}, "needs a password"},
		{"no user", "https://h", engine.Access{Password: "s3cret"}, "needs a password"},
		{"two kinds", "https://h", engine.Access{User: "jo", Password: "s3cret", APIKey: "k"}, "leave out one"},
		{"a colon", "https://h", engine.Access{User: "j:o", Password: "s3cret"}, "colon"},
		{"two lines", "https://h", engine.Access{APIKey: "s3cret\nx"}, "control character"},
		{"no key", "https://h", engine.Access{CertFile: "c"}, "NEWSQ_ENGINE_KEY"},
		{"no authorities", "https://h", engine.Access{CAFile: "access_test.go"}, "no certificate in PEM"},
		{"no file of authorities", "https://h", engine.Access{CAFile: "none.pem"}, "none.pem"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(Config{Addresses: []string{tt.address}, Access: tt.access})
			if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%v, want %q", err, tt.err)
			}
			if err != nil && strings.Contains(err.Error(), "s3cret") {
				t.Errorf("the error tells a secret: %v", err)
			}
		})
	}
}

// However it is printed, an access keeps its secrets, and so does what holds one.
func TestSecretsAreNotPrinted(t *testing.T) {
	for _, a := range []engine.Access{{User: "jo", Password: "s3cret"}, {APIKey: "s3cret"}} {
		config := Config{Addresses: []string{"https://h"}, Access: a}
		client, err := New(config)
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		log := slog.New(slog.NewJSONHandler(&all, nil))
		plain := slog.New(slog.NewTextHandler(&all, nil))
		for _, v := range []any{a, &a, config, &config, client, client.secret, &client.secret, []any{a}, map[string]any{"a": a}} {
			for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
				fmt.Fprintf(&all, verb+"\n", v)
			}
			log.Info("x", "v", v)
			plain.Info("x", "v", v)
			b, _ := json.Marshal(v)
			all.Write(b)
		}
		hex := fmt.Sprintf("%x", "s3cret")
		for _, secret := range []string{"s3cret", hex, base64.StdEncoding.EncodeToString([]byte("jo:s3cret"))} {
			if i := strings.Index(all.String(), secret); i >= 0 {
				t.Errorf("a secret is printed: %q", all.String()[max(0, i-100):i+20])
			}
		}
	}
}

func TestExposedSecrets(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: the mode of a file doesn't tell")
	}
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, exposed := range map[os.FileMode]bool{0o600: false, 0o400: false, 0o640: true, 0o604: true} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		for _, variable := range []string{passwordFileVariable, apiKeyFileVariable, keyVariable} {
			got := ExposedSecrets(func(name string) string {
				if name == variable {
					return file
				}
				return ""
			})
			if (len(got) == 1) != exposed || exposed && !strings.Contains(got[0], "chmod 600 "+file) || strings.Contains(strings.Join(got, ""), "sesame") {
				t.Errorf("%s of mode %o: %q", variable, mode, got)
			}
		}
	}
}
