package guard

import (
	"crypto/sha256"
	"encoding/base64"
	"html"
	"io"
	"net/http"
)

const loginStyle = `:root{color-scheme:light dark;font:1.1rem/1.5 system-ui,sans-serif}` +
	`body{max-width:24rem;margin:15vh auto;padding:0 1rem}label,input,button{display:block;font:inherit;width:100%;box-sizing:border-box}` +
	`input,button{padding:.5rem;margin:.5rem 0 1rem}`

// styled is the policy of a page with a style of its own and nothing else.
func styled(style string) string {
	sum := sha256.Sum256([]byte(style))
	return Policy("style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'")
}

// writeLogin answers with the form. next is where it leads.
func writeLogin(w http.ResponseWriter, r *http.Request, next string, status int) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", styled(loginStyle))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	wrong := ""
	if status != http.StatusOK {
		wrong = `<p role="alert">That is not the token of this server.</p>`
	}
	_, _ = io.WriteString(w, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`+
		`<title>newsq</title><style>`+loginStyle+`</style></head><body><main><h1>newsq</h1>`+wrong+
		`<form method="post" action="`+loginPath+`"><input type="hidden" name="next" value="`+html.EscapeString(localPath(next))+`">`+
		`<label for="token">Token of this server</label><input id="token" name="token" type="password" autocomplete="current-password" required autofocus>`+
		`<button>Open</button></form></main></body></html>`)
}

// writeAgain answers with a page that leads to a path of this server at once.
func writeAgain(w http.ResponseWriter, path string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	path = html.EscapeString(localPath(path))
	_, _ = io.WriteString(w, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=`+path+
		`"><title>newsq</title></head><body><p><a href="`+path+`">Go on</a></p></body></html>`)
}
