// Package config gathers a person's settings into a plain struct: the
// built-in defaults, over them the configuration file, over these the
// environment. Flags, which go over all, use the struct for their defaults.
package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Config is every setting of newsq. A field's key is its name in the
// configuration file and that of the flag; in the environment it is the key in
// upper case, with _ for - and NEWSQ_ in front.
type Config struct {
	// For all commands.
	Index    string `key:"index"`    // folder or URL of the index; empty means that Locate looks for a folder
	Color    string `key:"color"`    // auto, always or never
	Pager    string `key:"pager"`    // command; empty means $PAGER, else less
	NoPager  bool   `key:"no-pager"` // don't use a pager
	Aliases  string `key:"aliases"`  // file of other names for words of queries; empty means aliases.yaml in the index, else the built-in ones
	Timezone string `key:"timezone"` // in which dates are meant, such as Europe/Berlin; empty means that of the system
	JSON     bool   `key:"json"`
	Query    string `key:"query"`
	// How to reach an index on servers; the secrets themselves are no settings.
	EngineUser         string `key:"engine-user"`
	EnginePasswordFile string `key:"engine-password-file"`
	EngineAPIKeyFile   string `key:"engine-api-key-file"`
	EngineCA           string `key:"engine-ca"`
	EngineCert         string `key:"engine-cert"`
	EngineKey          string `key:"engine-key"`

	// Who makes the vectors of articles and queries; the key itself is no setting.
	EmbeddingsURL           string `key:"embeddings-url"`
	EmbeddingsModel         string `key:"embeddings-model"`
	EmbeddingsDims          int    `key:"embeddings-dims"` // 0 leaves it to the model
	EmbeddingsKeyFile       string `key:"embeddings-key-file"`
	EmbeddingsQueryPrefix   string `key:"embeddings-query-prefix"`
	EmbeddingsPassagePrefix string `key:"embeddings-passage-prefix"`
	EmbeddingsChars         int    `key:"embeddings-chars"`      // of an article that are sent
	EmbeddingsBatch         int    `key:"embeddings-batch"`      // articles in a request
	EmbeddingsRate          int    `key:"embeddings-rate"`       // requests a minute; 0 for any number
	EmbeddingsTimeout       string `key:"embeddings-timeout"`    // of a query, such as 2s
	EmbeddingsPlainHTTP     bool   `key:"embeddings-plain-http"` // to another machine, too

	// For learn.
	FromCorpus bool `key:"from-corpus"`

	// For search, suggest, show, topics, stats and remove.
	IncludeEmbargoed bool `key:"include-embargoed"`

	// For index and watch; the secret itself is no setting.
	Notify           string `key:"notify"`      // command or address
	NotifyWait       string `key:"notify-wait"` // such as 30s
	NotifySecretFile string `key:"notify-secret-file"`

	// For index; dry-run and yes also for remove.
	Prune      bool     `key:"prune"`
	DryRun     bool     `key:"dry-run"`
	Keep       bool     `key:"keep"`
	Yes        bool     `key:"yes"`
	BringBack  bool     `key:"bring-back"`
	FullText   bool     `key:"full-text"`
	Every      string   `key:"every"` // how often watch asks feeds, such as 15m
	Links      bool     `key:"links"`
	NoLearn    bool     `key:"no-learn"`
	NoCopies   bool     `key:"no-copies"`
	Strict     bool     `key:"strict"`
	Quiet      bool     `key:"quiet"`
	Map        []string `key:"map"`
	Topics     string   `key:"topics"`
	Memory     string   `key:"memory"`     // a size such as 256MB
	Entities   string   `key:"entities"`   // on or off; empty leaves it as the index has it
	Quotations string   `key:"quotations"` // likewise
	Wait       string   `key:"wait"`       // for another writer, such as 10m

	// For search; limit also for suggest.
	Limit       int      `key:"limit"`
	After       string   `key:"after"`
	Topic       []string `key:"topic"`
	NotTopic    []string `key:"not-topic"`
	TopicsFrom  []string `key:"topics-from"`
	Tree        bool     `key:"tree"`
	Source      []string `key:"source"`
	NotSource   []string `key:"not-source"`
	Author      []string `key:"author"`
	NotAuthor   []string `key:"not-author"`
	Place       []string `key:"place"`
	NotPlace    []string `key:"not-place"`
	Person      []string `key:"person"`
	NotPerson   []string `key:"not-person"`
	Org         []string `key:"org"`
	NotOrg      []string `key:"not-org"`
	Lang        []string `key:"lang"`
	NotLang     []string `key:"not-lang"`
	MyTag       []string `key:"mytag"`
	NotMyTag    []string `key:"not-mytag"`
	Since       string   `key:"since"`
	Until       string   `key:"until"`
	AsOf        string   `key:"as-of"`
	Any         bool     `key:"any"`
	NoAliases   bool     `key:"no-aliases"`
	Syntax      string   `key:"syntax"` // newsq, nexis, factiva, proquest or lucene; empty is newsq
	NearEntity  string   `key:"near-entity"`
	Copies      string   `key:"copies"`
	AllCopies   bool     `key:"all-copies"`
	Sort        string   `key:"sort"`    // relevance, newest, oldest or added
	Rank        string   `key:"rank"`    // default, words or blend
	Recency     string   `key:"recency"` // a half-life such as 90d
	NearMeaning bool     `key:"near-meaning"`
	Facet       []string `key:"facet"`
	FacetLimit  int      `key:"facet-limit"`
	Kind        []string `key:"kind"` // for entities: person, org or place
	All         bool     `key:"all"`
	Passages    int      `key:"passages"`
	Score       bool     `key:"score"`
	Explain     bool     `key:"explain"`
	Analyze     bool     `key:"analyze"`
	Count       bool     `key:"count"`
	IDs         bool     `key:"ids"`
	JSONL       bool     `key:"jsonl"`
	CSV         bool     `key:"csv"`

	// For export.
	Format    string `key:"format"` // empty means the one that the file's name tells
	Output    string `key:"output"` // file; empty means standard output
	Accessed  string `key:"accessed"`
	NoText    bool   `key:"no-text"`
	WithNotes bool   `key:"with-notes"`
	Evidence  string `key:"evidence"` // folder

	// For verify.
	Sum        string `key:"sum"`
	FolderOnly bool   `key:"folder-only"`

	// For similar.
	Earlier bool `key:"earlier"`
	Later   bool `key:"later"`
	Article int  `key:"article"`

	// For timeline.
	Per        string `key:"per"` // day, week, month, quarter or year
	Relative   bool   `key:"relative"`
	SVG        string `key:"svg"` // file
	Bursts     int    `key:"bursts"`
	BurstPer   string `key:"burst-per"`
	BurstScale string `key:"burst-scale"` // a number above 1
	BurstGamma string `key:"burst-gamma"` // a number

	// For compare and gaps.
	Of          []string `key:"of"`    // values, or outlets
	Sides       int      `key:"sides"` // 0: the library's default
	MinArticles int      `key:"min-articles"`

	// For tag, tags and note.
	By       string   `key:"by"` // who writes
	Add      []string `key:"add"`
	Remove   []string `key:"remove"`
	Edit     string   `key:"edit"`
	Orphaned bool     `key:"orphaned"`

	// For show.
	Versions bool   `key:"versions"`
	Quotes   bool   `key:"quotes"`
	Context  bool   `key:"context"`
	Cite     string `key:"cite"` // format of a citation

	// For topics rules.
	InUse bool `key:"in-use"`

	// For engine init.
	Shards   int `key:"shards"`
	Replicas int `key:"replicas"` // -1: as many as there are servers for

	// For check, restore and copy.
	Repair bool `key:"repair"`
	Force  bool `key:"force"`

	// For eval and judge.
	Queries       string   `key:"queries"`
	Qrels         string   `key:"qrels"`
	Run           string   `key:"run"`
	From          string   `key:"from"`
	Baseline      string   `key:"baseline"`
	Pool          []string `key:"pool"`
	PerQuery      bool     `key:"per-query"`
	QueryLanguage bool     `key:"query-language"`

	// For serve.
	Addr           string   `key:"addr"`       // to listen on
	Host           []string `key:"host"`       // names of the server
	TokenFile      string   `key:"token-file"` // with what those need who ask
	ReadOnlyPublic bool     `key:"read-only-public"`
	TLSCert        string   `key:"tls-cert"`
	TLSKey         string   `key:"tls-key"`
	ShowPaths      bool     `key:"show-paths"`
	Watch          []string `key:"watch"` // folders and feeds
	LogJSON        bool     `key:"log-json"`
	LogRequests    bool     `key:"log-requests"`
	LogQueries     bool     `key:"log-queries"`
	Slow           string   `key:"slow"` // how long a request takes that is told
	Pprof          string   `key:"pprof"`

	// For demo.
	Dir string `key:"dir"`
}

// Default returns the settings of a person who set nothing.
func Default() Config {
	return Config{Color: "auto", Limit: 10, FacetLimit: 10, Bursts: 10, BurstScale: "2", BurstGamma: "1", Sort: "relevance", Rank: "default", Copies: "best", Passages: 2, EmbeddingsChars: 2000, EmbeddingsBatch: 32, EmbeddingsTimeout: "2s", NotifyWait: "30s", Memory: "256MB", Shards: 1, Replicas: -1, Queries: "queries.tsv", Qrels: "qrels.tsv"}
}

// Keys returns the keys of all settings, in alphabetical order.
func Keys() []string {
	t := reflect.TypeFor[Config]()
	keys := make([]string, t.NumField())
	for i := range keys {
		keys[i] = t.Field(i).Tag.Get("key")
	}
	slices.Sort(keys)
	return keys
}

// Variable returns the name of the environment variable of a key.
func Variable(key string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
}

const prefix = "NEWSQ_"

// Load returns the defaults with the configuration file over them, and
// environ, in the form of os.Environ, over these. A file that isn't there sets
// nothing.
func Load(file string, environ []string) (Config, error) {
	c := Default()
	if err := c.readFile(file); err != nil {
		return c, err
	}
	return c, c.readEnvironment(environ)
}

// Canonical returns the name under which a setting is listed: language is another name
// of lang, and not-language of not-lang.
func Canonical(key string) string {
	switch key {
	case "language", "not-language":
		return strings.TrimSuffix(key, "uage")
	}
	return key
}

func (c *Config) readEnvironment(environ []string) error {
	values := make(map[string]string)
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		// An empty variable sets nothing, as is the custom.
		if strings.HasPrefix(name, prefix) && value != "" {
			values[name] = value
		}
	}
	for _, key := range append(Keys(), "language", "not-language") {
		name := Variable(key)
		value, ok := values[name]
		if !ok {
			continue
		}
		if err := c.set(key, value, strings.Split(value, ",")); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// field returns a pointer to the setting of a key, or nil.
func (c *Config) field(key string) any {
	key = Canonical(key)
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("key") == key {
			return v.Field(i).Addr().Interface()
		}
	}
	return nil
}

// set gives the setting of a key its value: list if it is a list, else value.
func (c *Config) set(key, value string, list []string) error {
	switch field := c.field(key).(type) {
	case *string:
		*field = value
	case *[]string:
		*field = nil
		for _, s := range list {
			if s = strings.TrimSpace(s); s != "" {
				*field = append(*field, s)
			}
		}
	case *int:
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			return fmt.Errorf("%s must be a whole number, not %q", key, value)
		}
		*field = n
	case *bool:
		b, ok := truth(value)
		if !ok {
			return fmt.Errorf("%s must be true or false, not %q", key, value)
		}
		*field = b
	default:
		return unknownKey(key)
	}
	return nil
}

// truth reads the words for true and false that people write in settings.
func truth(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "1", "true", "yes", "on":
		return true, true
	case "0", "false", "no", "off":
		return false, true
	}
	return false, false
}

func unknownKey(key string) error {
	if near := Nearest(key, Keys()); near != "" {
		return fmt.Errorf("there is no setting %q; did you mean %q?", key, near)
	}
	return fmt.Errorf("there is no setting %q; the settings are %s", key, strings.Join(Keys(), ", "))
}
