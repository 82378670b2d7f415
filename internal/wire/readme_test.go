package wire

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
)

// documented are the forms, by the command that prints each.
var documented = map[string]any{
	"newsq search --json":                  Results{},
	"newsq search --count --json":          Count{},
	"newsq search --analyze --json":        Analysis{},
	"newsq copies --json":                  Copies{},
	"newsq suggest --json":                 Suggestions{},
	"newsq translate --json":               Translation{},
	"newsq similar --json":                 Similar{},
	"newsq quotes --json":                  Quotations{},
	"newsq compare --json":                 Comparison{},
	"newsq words --json":                   Words{},
	"newsq gaps --json":                    Gaps{},
	"newsq timeline --json":                Timeline{},
	"newsq show --json":                    Article{},
	"newsq show --versions --json":         Versions{},
	"newsq show --context --json":          Surroundings{},
	"newsq export --format jsonl":          Record{},
	"newsq verify --json":                  Verification{},
	"newsq withdrawn --json":               Withdrawn{},
	"newsq saved --json":                   SavedSearches{},
	"newsq new --jsonl":                    NewsHit{},
	"newsq topics --json":                  Topics{},
	"newsq entities --json":                Entities{},
	"newsq topics test --json":             TopicTrial{},
	"newsq topics apply --json":            TopicsReport{},
	"newsq topics train --json":            TrainTopicsReport{},
	"newsq topics explain --json":          TopicExplanation{},
	"newsq index --json":                   SyncReport{},
	"newsq index --prune --dry-run --json": GoneReport{},
	"newsq index --dry-run --json":         Survey{},
	"newsq formats --json":                 Formats{},
	"newsq remove --json":                  RemoveReport{},
	"newsq tag --json":                     TagReport{},
	"newsq tag ID --json":                  Annotated{},
	"newsq tags --json":                    Tags{},
	"newsq tags import --json":             TagsImport{},
	"newsq check --json":                   CheckReport{},
	"newsq backup --json":                  BackupReport{},
	"newsq restore --json":                 BackupReport{},
	"newsq learn --json":                   LearnReport{},
	"newsq compact --json":                 CompactReport{},
	"newsq stats --json":                   Stats{},
	"newsq copy --json":                    CopyReport{},
	"newsq eval --json":                    Evaluation{},
	"newsq engine init --json":             InitPlan{},
	"newsq engine status --json":           EngineStatus{},
	"newsq index --notify":                 Notification{},
	"newsq serve, /api/v1/health":          Health{},
}

// elsewhere are forms within a form that the README describes in another place.
var elsewhere = map[string][]any{
	"newsq similar --json":        {Hit{}}, // as in a search
	"newsq export --format jsonl": {corpus.Article{}},
	"newsq new --jsonl":           {Hit{}},
	"newsq timeline --json":       {Hit{}},
	"newsq show --context --json": {Hit{}},
	"newsq index --json":          {TopicLearning{}},
	"newsq compare --json":        {corpus.Handling{}}, // as hits have it
	"newsq words --json":          {corpus.Handling{}},
}

// fieldsOf adds the JSON fields of a type and of what it holds, true for those that may
// be absent. A name that several have may be absent where it may in one.
func fieldsOf(t reflect.Type, into map[string]bool, seen map[reflect.Type]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		fieldsOf(t.Elem(), into, seen)
	case reflect.Struct:
		if seen[t] || t.PkgPath() == "time" {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			f := t.Field(i)
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "-" {
				continue
			}
			if !f.Anonymous {
				into[name] = into[name] || strings.Contains(options, "omit")
			}
			fieldsOf(f.Type, into, seen)
		}
	}
}

var codeSpan = regexp.MustCompile("`([a-z]+[0-9]?(?:_[a-z]+)*)`(\\??)")

// The README names each field of each form, with a mark where it may be absent, and no
// other.
func TestReadmeHasEveryField(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(b), "\n## JSON\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for command, form := range documented {
		_, text, ok := strings.Cut(section, "**`"+command+"`**")
		if !ok {
			t.Errorf("README.md doesn't describe %s", command)
			continue
		}
		// The description goes on to the next command, unless several share one.
		for {
			own, rest, more := strings.Cut(text, "**`newsq")
			if !more || strings.Trim(own, ", \n") != "" {
				text = own
				break
			}
			_, text, _ = strings.Cut(rest, "`**")
		}
		fields := make(map[string]bool)
		seen := make(map[reflect.Type]bool)
		for _, inner := range elsewhere[command] {
			seen[reflect.TypeOf(inner)] = true
		}
		fieldsOf(reflect.TypeOf(form), fields, seen)
		said := make(map[string]bool)
		for _, m := range codeSpan.FindAllStringSubmatch(text, -1) {
			said[m[1]] = said[m[1]] || m[2] != ""
		}
		for name, optional := range fields {
			if marked, ok := said[name]; !ok {
				t.Errorf("README.md doesn't name field %s of %s", name, command)
			} else if marked != optional {
				t.Errorf("README.md: field %s of %s may be absent: %t, says %t", name, command, optional, marked)
			}
		}
		for name := range said {
			if _, ok := fields[name]; !ok {
				t.Errorf("README.md names %s, which is no field of %s", name, command)
			}
		}
	}
}

// No form is forgotten: whatever has a format is described.
func TestEveryFormIsDocumented(t *testing.T) {
	var known []string
	for _, form := range documented {
		known = append(known, reflect.TypeOf(form).Name())
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			fields, ok := spec.Type.(*ast.StructType)
			if !ok {
				return true
			}
			for _, f := range fields.Fields.List {
				if f.Tag != nil && f.Tag.Value == "`json:\"format\"`" && !slices.Contains(known, spec.Name.Name) {
					t.Errorf("form %s is not in the README", spec.Name.Name)
				}
			}
			return true
		})
	}
}
