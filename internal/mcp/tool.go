package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"unicode/utf8"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/newsq/newsq/index"
)

// tool is what there is to say of a tool beside the types of its arguments and its result.
type tool struct {
	name, title, description string
	// bounds are the least and the greatest value of numbers, and choices the values of
	// texts that are chosen from.
	bounds  map[string][2]int
	choices map[string][]string
}

// answer is a result: its text is for clients that don't read the structure.
type answer interface{ text(p *printer) }

// addTool adds a tool to a server. do returns a pointer to a struct without nil slices.
func addTool[In, Out any, P interface {
	*Out
	answer
}](s *service, server *mcp.Server, t tool, do func(ctx context.Context, in *In) (P, error),
) {
	no := false
	server.AddTool(&mcp.Tool{
		Name: t.name, Title: t.title, Description: t.description,
		InputSchema: inputSchema[In](&t), OutputSchema: outputSchema[Out](t.name),
		Annotations: &mcp.ToolAnnotations{Title: t.title, ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no},
	}, func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		var out P
		err := s.call(ctx, t.name, func(ctx context.Context) error {
			in := new(In)
			if err := decode(r.Params.Arguments, in); err != nil {
				return err
			}
			var err error
			out, err = do(ctx, in)
			return err
		})
		if err != nil {
			return &mcp.CallToolResult{IsError: true, Content: []mcp.Content{&mcp.TextContent{Text: err.Error()}}}, nil
		}
		structure, err := marshal(out)
		if err != nil {
			return nil, err
		}
		return &mcp.CallToolResult{
			Content:           []mcp.Content{&mcp.TextContent{Text: s.textOf(out)}},
			StructuredContent: json.RawMessage(structure),
		}, nil
	})
}

// call does what a client asks for, within bounds: not longer than the deadline, not beside
// too many others, and without taking the process along when it panics. Its error is for
// the assistant.
func (s *service) call(ctx context.Context, name string, do func(context.Context) error) (err error) {
	ctx, cancel := context.WithTimeout(ctx, s.deadline)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			s.logger.Error("panic", "tool", name, "panic", p, "stack", string(debug.Stack()))
			err = errors.New("newsq failed on this call, by a fault of its own; other calls still work")
		}
	}()
	select {
	case s.running <- struct{}{}:
		defer func() { <-s.running }()
	case <-ctx.Done():
		return s.explain(ctx.Err())
	}
	return s.explain(do(ctx))
}

// explain returns an error with what an assistant can do about it.
func (s *service) explain(err error) error {
	var syntax *index.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("%w\n%s", err, syntax.Caret())
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("this took more than %v and was stopped; ask for less, or narrow it down by words, filters or dates", s.deadline)
	case errors.Is(err, index.ErrTooBroad):
		return fmt.Errorf("%w; use longer beginnings of words, or fewer patterns", err)
	}
	return err
}

// size returns how many characters an answer has: those of its text or those of its
// structure, whatever is more, as clients show one or the other.
func (s *service) size(a answer) (int, error) {
	structure, err := marshal(a)
	if err != nil {
		return 0, err
	}
	return max(utf8.RuneCountInString(s.textOf(a)), utf8.RuneCount(structure)), nil
}

func (s *service) textOf(a answer) string {
	p := newPrinter(s.mark())
	a.text(p)
	return p.String()
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// inputSchema returns the schema of the arguments of a tool.
func inputSchema[In any](t *tool) *jsonschema.Schema {
	schema := schemaOf[In](t.name)
	for name, b := range t.bounds {
		p := schema.Properties[name]
		least, most := float64(b[0]), float64(b[1])
		p.Minimum, p.Maximum = &least, &most
	}
	for name, values := range t.choices {
		p := schema.Properties[name]
		if p.Items != nil {
			p = p.Items
		}
		for _, v := range values {
			p.Enum = append(p.Enum, v)
		}
	}
	// Lists that are left out are nil, and no client need send null.
	for _, p := range schema.Properties {
		listOnly(p)
	}
	return schema
}

// outputSchema returns the schema of the result of a tool.
func outputSchema[Out any](name string) *jsonschema.Schema {
	schema := schemaOf[Out](name)
	eachSchema(schema, listOnly)
	return schema
}

// schemaOf returns the schema of a type. A type that has none is a fault of this package,
// which tests find.
func schemaOf[T any](name string) *jsonschema.Schema {
	schema, err := jsonschema.For[T](nil)
	if err != nil {
		panic(fmt.Sprintf("tool %s: %v", name, err)) //house:allow panic: our own types have schemas, and each test makes a server
	}
	return schema
}

// listOnly takes null out of the types of a list: ours are made.
func listOnly(s *jsonschema.Schema) {
	if len(s.Types) == 2 && s.Items != nil {
		s.Type, s.Types = "array", nil
	}
}

func eachSchema(s *jsonschema.Schema, f func(*jsonschema.Schema)) {
	if s == nil {
		return
	}
	f(s)
	eachSchema(s.Items, f)
	for _, p := range s.Properties {
		eachSchema(p, f)
	}
}
