// Package webarchive reads web pages that Safari saved: property lists, binary or
// XML, with the page, its pictures and its frames. The page is WebMainResource;
// where that holds no text, as a page of frames does, it is the first frame that
// does. All else is left out.
package webarchive

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/newsq/newsq/corpus/internal/html"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/corpus/internal/xmltree"
	"github.com/newsq/newsq/internal/extract"
)

// Version is raised whenever the same file would be read differently.
const Version = 1

const mainResource = "WebMainResource"

// Recognize reports whether a property list is a page. In a binary one the names
// may stand at its end.
func Recognize(h *reader.Head) bool {
	if bytes.HasPrefix(h.Bytes, []byte(magic)) {
		return strings.HasSuffix(h.Name, ".webarchive") || bytes.Contains(h.Bytes, []byte(mainResource))
	}
	return h.Kind == reader.Markup && h.Contains("<plist") && h.Contains("<key>"+mainResource+"</key>")
}

// resource is a file that a page is made of.
type resource struct {
	data              []byte
	url, charset, typ string
}

var (
	errNoPage = errors.New("it holds no page")
	errPlist  = errors.New("damaged: no property list")
)

// Read reads the page of a file.
func Read(in *reader.Input, out reader.Output) error {
	b, err := in.Bytes()
	if err != nil {
		return err
	}
	var root dict
	if bytes.HasPrefix(b, []byte(magic)) {
		root, err = parseBinary(b)
	} else {
		root, err = parseXML(b)
	}
	if err != nil {
		return &reader.Fault{Err: err, Hint: "save the page again"}
	}
	err = errNoPage
	for _, r := range resources(root, 0) {
		if r.typ != "" && !strings.Contains(r.typ, "html") && !strings.HasPrefix(r.typ, "text/") {
			continue
		}
		saved := html.Saved{URL: r.url, Charset: r.charset, From: "WebResourceURL"}
		if err = html.ReadSaved(in, out, r.data, saved); !errors.Is(err, record.ErrNoText) {
			return err
		}
	}
	return err
}

// maxFrames bounds how deep pages of frames may nest.
const maxFrames = 4

// resources returns the page and its frames.
func resources(d dict, depth int) []resource {
	var list []resource
	if m, ok := d[mainResource].(dict); ok {
		data, _ := m["WebResourceData"].([]byte)
		list = append(list, resource{data, text(m["WebResourceURL"]), text(m["WebResourceTextEncodingName"]), text(m["WebResourceMIMEType"])})
	}
	frames, _ := d["WebSubframeArchives"].([]any)
	for _, f := range frames {
		if inner, ok := f.(dict); ok && depth < maxFrames && len(list) < maxResources {
			list = append(list, resources(inner, depth+1)...)
		}
	}
	return list
}

// maxResources bounds the frames that are tried.
const maxResources = 20

func text(v any) string {
	s, _ := v.(string)
	return s
}

// parseXML reads a property list in XML.
func parseXML(b []byte) (dict, error) {
	s, _, err := extract.Decode(b, "")
	if err != nil {
		return nil, err
	}
	plist := xmltree.Parse(s).First("plist")
	if plist == nil || plist.Child("dict") == nil {
		return nil, errPlist
	}
	d, _ := valueOf(plist.Child("dict"), 0).(dict)
	return d, nil
}

// valueOf returns the value that an element is.
func valueOf(n *xmltree.Node, depth int) any {
	if depth > maxDepth {
		return nil
	}
	switch n.Name {
	case "dict":
		d, key := dict{}, ""
		for _, c := range n.Children {
			switch {
			case c.Name == "":
			case c.Name == "key":
				key = c.OneLine()
			default:
				d[key] = valueOf(c, depth+1)
			}
		}
		return d
	case "array":
		var list []any
		for _, c := range n.Children {
			if c.Name != "" {
				list = append(list, valueOf(c, depth+1))
			}
		}
		return list
	case "data":
		data := strings.Join(strings.Fields(n.Content()), "")
		b, err := base64.StdEncoding.DecodeString(data)
		if err != nil {
			return nil
		}
		return b
	}
	return n.OneLine()
}
