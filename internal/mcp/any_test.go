package mcp

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"pgregory.net/rapid"
)

// Whatever arguments a client sends, it gets a result of the tool, within the budget, or
// an error of the tool, and the next call is answered.
func TestAnyArguments(t *testing.T) {
	c := overMemory(t, &Options{Index: newIndex(t)})
	list, err := c.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	text := rapid.OneOf(
		rapid.SampledFrom([]string{"", "fleet", "ship", "attack", "fleet", "all", "topic", "newest", "2026", "30d", "rights:no-ai", `"`, "a OR", "ship*", "/x/", "-fleet", "later", "kept"}),
		rapid.String(),
	)
	number := rapid.OneOf(rapid.IntRange(-2, 60), rapid.Int(), rapid.SampledFrom([]int{2000, 5000}))
	value := rapid.OneOf(
		rapid.Map(text, func(s string) any { return s }), rapid.Map(number, func(n int) any { return n }),
		rapid.Map(rapid.SliceOfN(text, 0, 3), func(l []string) any { return l }), rapid.SampledFrom([]any{nil, true, 1.5, object{"a": 1}}),
	)
	rapid.Check(t, func(t *rapid.T) {
		tool := list.Tools[rapid.IntRange(0, len(list.Tools)-1).Draw(t, "tool")]
		input := tool.InputSchema.(object)
		required, _ := input["required"].([]any)
		properties := input["properties"].(object)
		arguments := object{}
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			if !slices.Contains(required, any(name)) && rapid.IntRange(0, 3).Draw(t, name+"?") > 0 {
				continue
			}
			of := value
			switch properties[name].(object)["type"] {
			case "string":
				of = rapid.Map(text, func(s string) any { return s })
			case "integer":
				of = rapid.Map(number, func(n int) any { return n })
			}
			arguments[name] = of.Draw(t, name)
		}
		res, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: tool.Name, Arguments: arguments})
		if err != nil {
			t.Fatalf("%s %v: %v", tool.Name, arguments, err)
		}
		shown := res.Content[0].(*mcp.TextContent).Text
		if res.IsError {
			if len(shown) > 5_000 {
				t.Fatalf("%s %v: an error of %d bytes", tool.Name, arguments, len(shown))
			}
			return
		}
		if err := c.outputs[tool.Name].Validate(res.StructuredContent); err != nil {
			t.Fatalf("%s %v: %v", tool.Name, arguments, err)
		}
		structure, err := json.Marshal(res.StructuredContent)
		if err != nil {
			t.Fatal(err)
		}
		if budget, ok := arguments["budget"].(int); ok && budget >= minBudget && tool.Name != "read" {
			if n := max(utf8.RuneCountInString(shown), utf8.RuneCount(structure)); n > budget {
				t.Fatalf("%s %v: %d characters", tool.Name, arguments, n)
			}
		}
	})
}
