// Package notify delivers what came in for saved searches: to a command, or to an address
// on the web. [To] returns what [index.NotifyOptions] asks for.
//
// A message is a JSON object, in the form that the README describes under "newsq index
// --notify". A command is run by the shell, with the message as its standard input, and has
// delivered it when it ends with 0. An address gets it by POST, with these headers:
//
//	Newsq-Id         the id of the message, the same when it is sent again
//	Newsq-Timestamp  when it is sent, in seconds since 1970
//	Newsq-Signature  sha256= and the HMAC-SHA256 of the timestamp, a full stop and the
//	                 body, by the secret, in hexadecimal digits; only where there is one
//
// It has been delivered when the answer is one of 200 to 299. Other answers below 500 refuse
// the message, as redirects do, but for 408, 425 and 429.
package notify

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// Options says how to deliver; nil means the zero Options.
type Options struct {
	// Secret is what messages to an address are signed with; empty for no signature.
	Secret index.Secret
	// Version is that of newsq, as messages name it.
	Version string
}

// To returns a function that delivers messages to a target: an address that begins with
// http:// or https://, or a command. Its errors name of an address only the server, as the
// rest may be a secret. The error says what is wrong with the target.
func To(target string, o *Options) (func(context.Context, *index.Message) error, error) {
	if o == nil {
		o = &Options{}
	}
	send, err := sender(strings.TrimSpace(target), o)
	if err != nil {
		return nil, err
	}
	version := o.Version
	return func(ctx context.Context, m *index.Message) error {
		var body bytes.Buffer
		if err := wire.Write(&body, wire.NewNotification(m, version)); err != nil {
			return err
		}
		return send(ctx, m.ID, bytes.TrimSpace(body.Bytes()))
	}, nil
}

// sender returns what sends a message to a target.
func sender(target string, o *Options) (func(ctx context.Context, id string, body []byte) error, error) {
	scheme, _, isURL := strings.Cut(target, "://")
	switch {
	case target == "":
		return nil, fmt.Errorf("there is no command and no address to notify")
	case !isURL || strings.ContainsAny(scheme, " \t/"):
		return command(target).send, nil
	}
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		// The address is not repeated: it may hold a secret.
		return nil, fmt.Errorf("the address to notify must be like https://example.org/hook")
	}
	return newWebhook(u, string(o.Secret)).send, nil
}
