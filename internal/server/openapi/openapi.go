// Package openapi describes the interface for programs as OpenAPI 3.1 has it: addresses and
// parameters from the tables that answer, forms from the types that are written.
package openapi

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/server/ask"
)

// Operation is an address that answers to GET.
type Operation struct {
	Path       string // from the root; {id} stands for the id of an article, {name} for the name of a saved search
	Name       string // of the operation, for programs that make code of it
	Summary    string
	Parameters []ask.Parameter
	Form       any  // the zero value of the form that it answers with
	Hit        any  // of a line of a stream; nil where there is none
	Tagged     bool // it answers If-None-Match
}

// Document is a description.
type Document struct {
	OpenAPI    string                `json:"openapi"`
	Info       Info                  `json:"info"`
	Servers    []Server              `json:"servers"`
	Security   []map[string][]string `json:"security"`
	Paths      map[string]Path       `json:"paths"`
	Components Components            `json:"components"`
}

// Info says what is described.
type Info struct {
	Title       string `json:"title"`
	Version     string `json:"version"`
	Description string `json:"description"`
}

// Server is where the paths begin.
type Server struct {
	URL string `json:"url"`
}

// Path is what can be done with an address.
type Path struct {
	Get Get `json:"get"`
}

// Get is a GET of an address.
type Get struct {
	OperationID string              `json:"operationId"`
	Summary     string              `json:"summary"`
	Parameters  []Parameter         `json:"parameters,omitempty"`
	Responses   map[string]Response `json:"responses"`
}

// Parameter is a parameter of an address.
type Parameter struct {
	Name        string `json:"name"`
	In          string `json:"in"`
	Description string `json:"description,omitempty"`
	Required    bool   `json:"required,omitempty"`
	// AllowEmptyValue says that an empty value is as good as none, as forms send them. It is
	// so in lists too, of which programs that test would make something else.
	AllowEmptyValue bool    `json:"allowEmptyValue,omitempty"`
	Schema          *Schema `json:"schema"`
}

// Response is an answer.
type Response struct {
	Description string             `json:"description"`
	Headers     map[string]Header  `json:"headers,omitempty"`
	Content     map[string]Content `json:"content,omitempty"`
}

// Header is a header of an answer.
type Header struct {
	Description string  `json:"description"`
	Schema      *Schema `json:"schema"`
}

// Content is an answer in a media type.
type Content struct {
	Schema *Schema `json:"schema,omitempty"`
}

// Components are what others refer to.
type Components struct {
	Schemas         map[string]*Schema  `json:"schemas"`
	SecuritySchemes map[string]Security `json:"securitySchemes"`
}

// Security is how to say who asks.
type Security struct {
	Type        string `json:"type"`
	Scheme      string `json:"scheme"`
	Description string `json:"description"`
}

const about = "Full-text search over news analyses. The parameters have the names of the flags of newsq search, and the " +
	"JSON is that of the command line: fields may be added, and format counts up if a program that reads it would break. " +
	"Places in a text are bytes from its start. A parameter without a value is as good as not given; one that is not known is an error."

// New describes operations. version is that of the program, and problem the zero value of
// the form of errors.
func New(version string, operations []Operation, problem any) *Document {
	types := make(schemas)
	d := &Document{
		OpenAPI: "3.1.0", Info: Info{Title: "newsq", Version: version, Description: about},
		Servers: []Server{{URL: "/"}}, Security: []map[string][]string{{}, {"token": {}}}, Paths: make(map[string]Path),
		Components: Components{Schemas: types, SecuritySchemes: map[string]Security{
			"token": {Type: "http", Scheme: "bearer", Description: "where the server was started with a token"},
		}},
	}
	failed := Response{
		Description: "what went wrong (RFC 9457)", Headers: map[string]Header{"X-Request-ID": requestID},
		Content: map[string]Content{"application/problem+json": {types.of(reflect.TypeOf(problem))}},
	}
	for _, o := range operations {
		d.Paths[o.Path] = Path{o.get(types, failed)}
	}
	return d
}

var requestID = Header{"names the request in the log of the server", &Schema{Type: "string"}}

func (o *Operation) get(types schemas, failed Response) Get {
	g := Get{OperationID: o.Name, Summary: o.Summary, Responses: map[string]Response{"default": failed}}
	if strings.Contains(o.Path, "{id}") {
		g.Parameters = append(g.Parameters, Parameter{
			Name: "id", In: "path", Description: "of an article, or the beginning of one that no other begins with", Required: true,
			Schema: &Schema{Type: "string", MinLength: 1},
		})
	}
	if strings.Contains(o.Path, "{name}") {
		g.Parameters = append(g.Parameters, Parameter{
			Name: "name", In: "path", Description: "of a saved search", Required: true, Schema: &Schema{Type: "string", MinLength: 1},
		})
	}
	for _, p := range o.Parameters {
		g.Parameters = append(g.Parameters, Parameter{Name: p.Name, In: "query", Description: p.Doc, Required: p.Required, AllowEmptyValue: !p.Required && !p.List, Schema: schemaOf(&p)})
	}
	ok := Response{
		Description: "the answer", Headers: map[string]Header{"X-Request-ID": requestID},
		Content: map[string]Content{"application/json": {types.of(reflect.TypeOf(o.Form))}},
	}
	if o.Tagged {
		text := &Schema{Type: "string"}
		ok.Headers["ETag"] = Header{"of the state of the index, for If-None-Match; absent where the answer depends on the time of day", text}
		g.Parameters = append(g.Parameters, Parameter{Name: "If-None-Match", In: "header", Description: "the ETag of an answer that is at hand", Schema: text})
		g.Responses["304"] = Response{Description: "nothing has changed"}
	}
	if o.Hit != nil {
		hit := types.of(reflect.TypeOf(o.Hit))
		ok.Content["application/x-ndjson"] = Content{&Schema{Type: "string", Description: "every hit, one a line, each as in " + hit.Ref}}
		ok.Content["text/csv"] = Content{&Schema{Type: "string", Description: "every hit, one a line, below the names of the columns (RFC 4180)"}}
		ok.Headers["Newsq-Total"] = Header{"of a stream: how many articles matched the moment before", &Schema{Type: "integer"}}
		ok.Headers["Newsq-Relaxed"] = Header{"of a stream: true where no article has all the words, and these have some", &Schema{Type: "boolean"}}
	}
	g.Responses["200"] = ok
	return g
}

// schemaOf returns the schema of a parameter. One that may be given several times is a list.
func schemaOf(p *ask.Parameter) *Schema {
	s := &Schema{Type: p.Kind}
	switch p.Kind {
	case "string":
		if p.Required {
			s.MinLength = 1
		}
	case "integer":
		s.Minimum, s.Maximum = &p.Min, &p.Max
		if n, err := strconv.Atoi(p.Default); err == nil {
			s.Default = n
		}
	case "boolean":
		s.Default = p.Default == "true"
	default:
		s.Type, s.Enum = "string", strings.Split(p.Kind, "|")
		if p.Default != "" && !p.List {
			s.Default = p.Default
		}
	}
	if p.List {
		return &Schema{Type: "array", Items: s}
	}
	return s
}
