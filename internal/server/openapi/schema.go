package openapi

import (
	"reflect"
	"strings"
	"time"

	"github.com/newsq/newsq/corpus"
)

// Schema is a schema of JSON Schema 2020-12, as far as it is needed here.
type Schema struct {
	Ref                  string             `json:"$ref,omitempty"`
	Type                 string             `json:"type,omitempty"`
	Format               string             `json:"format,omitempty"`
	Description          string             `json:"description,omitempty"`
	Properties           map[string]*Schema `json:"properties,omitempty"`
	Required             []string           `json:"required,omitempty"`
	Items                *Schema            `json:"items,omitempty"`
	AdditionalProperties *Schema            `json:"additionalProperties,omitempty"`
	Enum                 []string           `json:"enum,omitempty"`
	Default              any                `json:"default,omitempty"`
	Minimum              *int               `json:"minimum,omitempty"`
	Maximum              *int               `json:"maximum,omitempty"`
	MinLength            int                `json:"minLength,omitempty"`
	MaxLength            int                `json:"maxLength,omitempty"`
}

// schemas makes schemas of Go types, those of structs under their names.
type schemas map[string]*Schema

var (
	timeType  = reflect.TypeFor[time.Time]()
	topicType = reflect.TypeFor[corpus.Topic]()
)

// of returns the schema of a type, as package encoding/json writes its values.
func (s schemas) of(t reflect.Type) *Schema {
	zero := 0
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Slice, reflect.Array:
		return &Schema{Type: "array", Items: s.of(t.Elem())}
	case reflect.Map:
		return &Schema{Type: "object", AdditionalProperties: s.of(t.Elem())}
	case reflect.String:
		return &Schema{Type: "string"}
	case reflect.Bool:
		return &Schema{Type: "boolean"}
	case reflect.Float32, reflect.Float64:
		return &Schema{Type: "number"}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &Schema{Type: "integer", Minimum: &zero}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &Schema{Type: "integer"}
	case reflect.Struct:
		if t == timeType {
			return &Schema{Type: "string", Format: "date-time"}
		}
		return s.named(t)
	}
	return &Schema{}
}

// named returns a reference to the schema of a struct, which it makes first.
func (s schemas) named(t reflect.Type) *Schema {
	name := t.Name()
	if pkg := t.PkgPath(); pkg[strings.LastIndexByte(pkg, '/')+1:] == "corpus" && name != "Article" {
		name = "Article" + name // what it is of: forms of hits have such names too
	}
	if _, ok := s[name]; !ok {
		form := &Schema{Type: "object", Properties: make(map[string]*Schema)}
		s[name] = form // before its fields, as these may be of the same type
		s.addFields(form, t)
		if t == topicType { // which writes its origin by two names
			form.Properties["by"] = form.Properties["origin"]
			form.Required = append(form.Required, "by")
		}
	}
	return &Schema{Ref: "#/components/schemas/" + name}
}

func (s schemas) addFields(form *Schema, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-", !f.IsExported():
		case f.Anonymous && name == "":
			inner := f.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			s.addFields(form, inner)
		default:
			form.Properties[name] = s.of(f.Type)
			if !strings.Contains(options, "omit") {
				form.Required = append(form.Required, name)
			}
		}
	}
}
