package scraper

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus/internal/jsonvalue"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/record"
)

// members calls each for the members of the object in b, until it returns false.
func members(b []byte, each func(key string, value json.RawMessage) bool) error {
	d := json.NewDecoder(bytes.NewReader(b))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		name, _ := key.(string)
		if !each(name, value) {
			return nil
		}
	}
	_, err := d.Token()
	return err
}

// firstKey returns the first key of an object, and whether its value is an object
// or a list.
func firstKey(h *reader.Head) (key string, opens byte) {
	text, ok := bytes.CutPrefix(h.Text, []byte("{"))
	if !ok {
		return "", 0
	}
	text, ok = bytes.CutPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte(`"`))
	end := bytes.IndexByte(text[:min(len(text), 256)], '"')
	if !ok || end < 0 {
		return "", 0
	}
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(text[end+1:], " \t\r\n"), []byte(":"))
	if rest = bytes.TrimLeft(rest, " \t\r\n"); !ok || len(rest) == 0 {
		return "", 0
	}
	return string(text[:end]), rest[0]
}

// RecognizeBenchmark reports whether JSON is an object with an article under each
// key, which is a digest.
func RecognizeBenchmark(h *reader.Head) bool {
	key, opens := firstKey(h)
	if opens != '{' || len(key) < 16 || strings.Trim(key, "0123456789abcdef") != "" {
		return false
	}
	text, end := bytes.Index(h.Text, []byte(`"articleBody"`)), bytes.IndexByte(h.Text, '}')
	return text >= 0 && (end < 0 || text < end)
}

// ReadBenchmark reads such an object.
func ReadBenchmark(in *reader.Input, out reader.Output) error {
	return keyed(in, out, func(rec *record.Record, _ string, value json.RawMessage) error {
		var o jsonvalue.Object
		if err := json.Unmarshal(value, &o); err != nil {
			return err
		}
		set(rec, record.Title, "headline", o.Text("headline", "title"))
		set(rec, record.URL, "url", o.Text("url"))
		set(rec, record.Authors, "author", o.Texts("author", "name")...)
		set(rec, record.Published, "datePublished", o.Text("datePublished", "date"))
		set(rec, record.Language, "inLanguage", o.Text("inLanguage", "language"))
		setText(rec, "articleBody", o.Text("articleBody"))
		return nil
	})
}

// RecognizeSentences reports whether JSON has the sentences of Media Cloud's
// stories, by the numbers of these.
func RecognizeSentences(h *reader.Head) bool {
	key, opens := firstKey(h)
	return opens == '[' && key != "" && strings.Trim(key, "0123456789") == "" && h.Contains(`"sentence_number"`) && h.Contains(`"stories_id"`)
}

// sentence is one of a story.
type sentence struct {
	Text      string `json:"sentence"`
	Number    int    `json:"sentence_number"`
	Language  string `json:"language"`
	Published string `json:"publish_date"`
}

// ReadSentences puts the sentences of each story together.
func ReadSentences(in *reader.Input, out reader.Output) error {
	return keyed(in, out, func(rec *record.Record, _ string, value json.RawMessage) error {
		var sentences []sentence
		if err := json.Unmarshal(value, &sentences); err != nil {
			return err
		}
		slices.SortStableFunc(sentences, func(a, b sentence) int { return cmp.Compare(a.Number, b.Number) })
		var texts []string
		for _, s := range sentences {
			texts = append(texts, strings.TrimSpace(s.Text))
		}
		if len(sentences) > 0 {
			set(rec, record.Language, "language", sentences[0].Language)
			set(rec, record.Published, "publish_date", sentences[0].Published)
		}
		rec.Set(record.Body, record.Mapped, []record.Value{{Text: strings.Join(texts, " "), From: "sentence"}})
		return nil
	})
}
