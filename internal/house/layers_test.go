package house

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/newsq/newsq"

// room is a package of the house: its layer, and which rooms it may import.
type room struct {
	layer   float64 // a fraction is a floor within it
	imports []string
}

// rooms is the table of layers. Imports point downwards only. Within a layer,
// topic stands on enrich, these and alias on match, and analysis stands on the languages, which
// stand on text.
// Test files may import anything of a lower layer, and the test rooms.
//
// A new package starts with its line here.
var rooms = map[string]room{
	"cmd/newsq": {8, words("index index/export index/notify corpus corpus/sample internal/render internal/server internal/mcp internal/judge index/eval internal/config")},

	"internal/render":         {7, words("index index/eval index/export corpus internal/wire")},
	"internal/judge":          {7, words("index/eval")},
	"internal/server":         {7.9, words("index internal/server/api internal/server/figures internal/server/guard internal/server/metrics internal/server/page internal/server/problem")},
	"internal/server/guard":   {7.3, words("internal/server/problem")},
	"internal/server/openapi": {7.2, words("corpus internal/server/ask")},
	"internal/server/figures": {7.1, words("index")},
	"internal/server/metrics": {7.1, nil},
	"internal/server/atom":    {7.1, nil},
	"internal/server/api":     {7.5, words("index corpus internal/query internal/render internal/wire internal/server/ask internal/server/figures internal/server/guard internal/server/openapi internal/server/problem")},
	"internal/server/page":    {7.5, words("index corpus internal/render internal/server/ask internal/server/atom internal/server/guard internal/server/problem internal/wire internal/config")},
	"internal/server/problem": {7.2, words("index internal/wire internal/server/ask internal/config")},
	"internal/server/ask":     {7.1, words("index internal/config")},
	"internal/mcp":            {7, words("index corpus internal/config")},

	"internal/wire": {6, words("index index/eval corpus")},

	// Measures of rankings, for programs too.
	"index/eval": {5.5, words("index corpus internal/fsutil")},

	// What is found, as files.
	"index/export": {6.5, words("index corpus internal/cite internal/fsutil internal/wire")},

	// What came in for saved searches, sent.
	"index/notify": {6.5, words("index internal/wire")},

	// The only place where an engine is chosen.
	"index": {5, words("internal/watch internal/dialect internal/engine internal/engine/bm25f internal/engine/local internal/engine/opensearch corpus " +
		"internal/analysis internal/alias internal/claim internal/enrich internal/entity internal/match internal/quotation internal/topic internal/topic/learned internal/snippet internal/neardup internal/contrast internal/burst internal/embed internal/embed/endpoint internal/query internal/text internal/extract internal/fsutil internal/editdist")},

	// The local engine: a facade, and rooms of its own that nobody else imports.
	"internal/engine/local":                 {4, words("internal/engine internal/analysis internal/engine/local/maintain internal/engine/local/reader internal/engine/local/search internal/engine/local/store internal/embed internal/match corpus")},
	"internal/engine/local/maintain":        {3.5, words("internal/engine internal/engine/local/store internal/fsutil")},
	"internal/engine/local/search":          {3.5, words("internal/engine internal/engine/bm25f internal/analysis internal/engine/local/reader internal/engine/local/schema internal/engine/local/segment internal/engine/local/vectors internal/embed internal/match internal/text")},
	"internal/engine/local/store":           {3.4, words("internal/embed internal/engine internal/engine/local/learn internal/engine/local/vectors internal/engine/local/reader internal/engine/local/schema internal/engine/local/store/boltcheck internal/engine/local/segment internal/fsutil corpus")},
	"internal/engine/local/store/boltcheck": {3.3, words("internal/engine")},
	"internal/engine/local/learn":           {3.35, words("internal/embed internal/engine internal/engine/bm25f internal/engine/local/reader internal/engine/local/schema internal/engine/local/segment internal/engine/local/vectors")},
	"internal/engine/local/reader":          {3.3, words("internal/embed internal/engine internal/engine/local/vectors internal/engine/bm25f internal/engine/local/schema internal/engine/local/segment internal/match corpus")},
	"internal/engine/local/schema":          {3.2, words("internal/engine internal/engine/bm25f internal/engine/local/segment internal/enrich internal/match internal/text internal/termsort corpus")},
	"internal/engine/local/segment":         {3.1, words("internal/fsutil internal/termsort")},
	"internal/engine/local/vectors":         {3.1, words("internal/embed internal/fsutil")},

	// The engine on OpenSearch, likewise.
	"internal/engine/opensearch":           {4, words("internal/engine internal/analysis internal/engine/opensearch/maintain internal/engine/opensearch/reader internal/engine/opensearch/schema internal/engine/opensearch/search internal/engine/opensearch/store internal/engine/opensearch/transport internal/match internal/query internal/text corpus")},
	"internal/engine/opensearch/maintain":  {3.5, words("internal/engine internal/engine/opensearch/reader internal/engine/opensearch/schema internal/engine/opensearch/store internal/engine/opensearch/transport internal/match corpus")},
	"internal/engine/opensearch/search":    {3.5, words("internal/engine internal/engine/bm25f internal/analysis internal/engine/opensearch/reader internal/engine/opensearch/schema internal/engine/opensearch/transport internal/match internal/query internal/text corpus")},
	"internal/engine/opensearch/store":     {3.4, words("internal/engine internal/engine/opensearch/reader internal/engine/opensearch/schema internal/engine/opensearch/transport internal/match corpus")},
	"internal/engine/opensearch/reader":    {3.3, words("internal/engine internal/engine/opensearch/schema internal/engine/opensearch/transport internal/match corpus")},
	"internal/engine/opensearch/schema":    {3.2, words("internal/engine internal/engine/bm25f internal/engine/opensearch/transport internal/enrich internal/match internal/text corpus")},
	"internal/engine/opensearch/transport": {3.1, words("internal/engine")},

	// What the scores of all engines are made of.
	"internal/engine/bm25f": {3.05, words("internal/engine internal/match")},

	"internal/engine": {3, words("internal/embed internal/analysis internal/enrich internal/match internal/query corpus")},

	"internal/topic":  {2, words("internal/analysis internal/enrich internal/match internal/text internal/query internal/yamlnode corpus")},
	"internal/enrich": {2, words("internal/analysis internal/match corpus")},
	"internal/match":  {2, words("internal/analysis internal/text internal/text/wordbreak internal/query internal/editdist")},
	"internal/alias":  {2, words("internal/analysis internal/match internal/text internal/query internal/yamlnode")},
	// People, organizations and places of an article.
	"internal/entity":        {2.3, words("internal/alias internal/analysis internal/enrich internal/entity/tagger internal/text corpus")},
	"internal/entity/tagger": {1.1, words("internal/marked internal/text internal/text/en")},
	// Who said what.
	"internal/quotation":       {2.1, words("internal/enrich internal/marked internal/text internal/wordset corpus")},
	"internal/quotation/train": {2.2, words("internal/marked internal/quotation")},
	// What will be, what should be done, what is not known.
	"internal/claim": {2.1, words("internal/analysis internal/enrich internal/text corpus")},
	// What learns its weights.
	"internal/entity/tagger/train": {1.2, words("internal/entity/tagger internal/marked")},
	"internal/snippet":             {2, words("internal/analysis internal/text")},
	"internal/neardup":             {2, words("internal/text internal/editdist")},
	// Words that one set of articles uses more than another.
	"internal/burst":    {0, nil},
	"internal/contrast": {2, words("internal/analysis internal/text corpus")},
	"corpus": {2, append(words("corpus/internal/fetch corpus/internal/reader corpus/internal/record corpus/internal/html corpus/internal/json "+
		"corpus/internal/layout corpus/internal/markdown corpus/internal/plaintext internal/analysis internal/extract internal/text internal/query internal/editdist"),
		formatRooms...)},
	"corpus/sample": {2, nil},
	// Topics learned from articles that state theirs.
	"internal/topic/learned": {2, words("internal/enrich internal/match internal/text corpus")},
	// Articles as references cite them.
	"internal/cite": {2.5, words("internal/extract internal/text corpus")},

	// A room for each form in which archives are kept. They use the readers of
	// text and the rooms of package extract.
	// What the downloads of several databases have in common.
	"corpus/internal/press/pageline":        {1.8, words("internal/extract internal/wordset")},
	"corpus/internal/press/download":        {1.8, words("corpus/internal/ooxml corpus/internal/paragraph corpus/internal/reader corpus/internal/rtftext internal/extract")},
	"corpus/internal/press/stated":          {1.8, words("corpus/internal/reader corpus/internal/record internal/extract internal/wordset")},
	"corpus/internal/press/nexis":           {1.9, formatImports},
	"corpus/internal/press/factiva":         {1.9, formatImports},
	"corpus/internal/press/dowjones":        {1.9, formatImports},
	"corpus/internal/press/europresse":      {1.9, formatImports},
	"corpus/internal/press/proquest":        {1.9, formatImports},
	"corpus/internal/press/integrum":        {1.9, formatImports},
	"corpus/internal/press/kikuzo":          {1.9, formatImports},
	"corpus/internal/press/yomidasu":        {1.9, formatImports},
	"corpus/internal/office/docx":           {1.9, formatImports},
	"corpus/internal/office/odt":            {1.9, formatImports},
	"corpus/internal/office/rtf":            {1.9, formatImports},
	"corpus/internal/office/epub":           {1.9, formatImports},
	"corpus/internal/office/pdf":            {1.9, formatImports},
	"corpus/internal/office/xlsx":           {1.9, formatImports},
	"corpus/internal/table/parquet":         {1.9, formatImports},
	"corpus/internal/reference":             {1.85, words("corpus/internal/layout corpus/internal/reader corpus/internal/record internal/extract")},
	"corpus/internal/reference/ris":         {1.9, formatImports},
	"corpus/internal/reference/endnote":     {1.9, formatImports},
	"corpus/internal/reference/bibtex":      {1.9, formatImports},
	"corpus/internal/reference/csl":         {1.9, formatImports},
	"corpus/internal/reference/rdf":         {1.9, formatImports},
	"corpus/internal/reference/mods":        {1.9, formatImports},
	"corpus/internal/reference/readinglist": {1.9, formatImports},
	"corpus/internal/reference/bookmarks":   {1.9, formatImports},
	"corpus/internal/note/enex":             {1.9, formatImports},
	"corpus/internal/note/jex":              {1.9, formatImports},
	"corpus/internal/note/notion":           {1.9, formatImports},
	"corpus/internal/note/rst":              {1.9, formatImports},
	"corpus/internal/note/clip":             {1.9, formatImports},
	"corpus/internal/publishing":            {1.85, words("corpus/internal/layout corpus/internal/reader corpus/internal/record internal/extract internal/text internal/wordset")},
	"corpus/internal/publishing/wpapi":      {1.9, formatImports},
	"corpus/internal/publishing/wxr":        {1.9, formatImports},
	"corpus/internal/publishing/ghost":      {1.9, formatImports},
	"corpus/internal/publishing/substack":   {1.9, formatImports},
	"corpus/internal/publishing/medium":     {1.9, formatImports},
	"corpus/internal/publishing/blogger":    {1.9, formatImports},
	"corpus/internal/publishing/mtif":       {1.9, formatImports},
	"corpus/internal/publishing/dotclear":   {1.9, formatImports},
	"corpus/internal/publishing/letters":    {1.9, formatImports},
	"corpus/internal/publishing/cms":        {1.9, formatImports},
	"corpus/internal/page/mhtml":            {1.9, formatImports},
	"corpus/internal/page/webarchive":       {1.9, formatImports},
	"corpus/internal/page/scrapbook":        {1.9, formatImports},
	"corpus/internal/page/mirror":           {1.9, formatImports},
	"corpus/internal/archive/zip":           {1.9, formatImports},
	"corpus/internal/archive/tar":           {1.9, formatImports},
	"corpus/internal/archive/sealed":        {1.9, formatImports},
	"corpus/internal/archive/warc":          {1.9, formatImports},
	"corpus/internal/archive/wacz":          {1.9, append(words("corpus/internal/archive/warc"), formatImports...)},
	"corpus/internal/mail":                  {1.9, formatImports},
	"corpus/internal/feed":                  {1.9, formatImports},
	"corpus/internal/sitemap":               {1.9, formatImports},
	"corpus/internal/wire/ninjs":            {1.9, wireImports},
	"corpus/internal/wire/newsml":           {1.9, wireImports},
	"corpus/internal/wire/nitf":             {1.9, wireImports},
	"corpus/internal/wire/ap":               {1.9, wireImports},
	"corpus/internal/wire/iptc7901":         {1.9, wireImports},
	"corpus/internal/wire/anpa1312":         {1.9, wireImports},
	"corpus/internal/wire/ritzau":           {1.9, wireImports},
	// What the formats of wires share.
	"corpus/internal/wire/agency": {1.8, words("corpus/internal/layout corpus/internal/record internal/extract")},
	"corpus/internal/wire/telex":  {1.8, words("internal/extract")},
	"corpus/internal/scraper":     {1.9, formatImports},
	"corpus/internal/exported":    {1.9, formatImports},

	// What documents of office programs have in common.
	"corpus/internal/office/document": {1.85, words("corpus/internal/layout corpus/internal/paragraph corpus/internal/record internal/extract internal/text")},

	// What passes between bytes and articles, a room for each reader, and the
	// layout of plain text.
	"corpus/internal/markdown":    {1.8, words("corpus/internal/frontmatter corpus/internal/reader corpus/internal/record internal/extract")},
	"corpus/internal/plaintext":   {1.8, words("corpus/internal/frontmatter corpus/internal/markdown corpus/internal/reader corpus/internal/record")},
	"corpus/internal/frontmatter": {1.7, words("corpus/internal/json corpus/internal/record internal/extract internal/wordset")},
	"corpus/internal/html":        {1.6, words("corpus/internal/reader corpus/internal/record internal/extract internal/text")},
	"corpus/internal/json":        {1.6, words("corpus/internal/layout corpus/internal/reader corpus/internal/record internal/extract internal/wordset")},
	"corpus/internal/layout":      {1.4, words("internal/analysis internal/extract internal/wordset")},
	// The rows of tables, also for other rooms.
	"corpus/internal/table": {1.7, words("corpus/internal/json corpus/internal/reader corpus/internal/record internal/extract internal/wordset")},
	// What several formats are packed in.
	"corpus/internal/ooxml":          {1.6, words("corpus/internal/paragraph corpus/internal/reader corpus/internal/xmltree internal/extract")},
	"corpus/internal/mime":           {1.6, words("corpus/internal/reader internal/extract")},
	"corpus/internal/rtftext":        {1.5, words("corpus/internal/paragraph internal/extract")},
	"corpus/internal/jsonvalue":      {1.6, words("corpus/internal/reader internal/extract")},
	"corpus/internal/xmltree":        {1.5, words("corpus/internal/reader internal/extract")},
	"corpus/internal/archive/folder": {1.5, words("internal/extract")},
	"corpus/internal/paragraph":      {1.2, words("internal/extract")},
	"corpus/internal/reader":         {1.4, words("corpus/internal/record internal/extract")},
	"corpus/internal/record":         {1.2, words("internal/extract")},
	"corpus/internal/fetch":          {1, nil},

	"internal/embed": {1, nil},
	// Vectors that others make.
	"internal/embed/endpoint": {1, words("internal/embed")},
	"internal/extract":        {1, words("internal/wordset")},
	"internal/text":           {1, words("internal/termsort internal/text/pieces")},
	// Pieces of words, by which short texts are told, and what learns them.
	"internal/text/pieces":       {0.5, nil},
	"internal/text/pieces/learn": {0.6, words("internal/text/pieces")},
	"internal/text/en":           {1, words("internal/text")},
	"internal/text/ending":       {0, nil},
	"internal/text/it":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/ca":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/ro":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/sv":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/da":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/no":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/nl":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/fi":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/de":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/ar":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/fa":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/uk":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/bg":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/cs":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/he":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/pl":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/el":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/hi":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/sr":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/hu":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/id":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/sw":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/vi":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/ru":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/es":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/fr":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/pt":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/tr":           {1, words("internal/text internal/text/en internal/text/ending internal/wordset")},
	"internal/text/zh":           {1, words("internal/text internal/text/en internal/wordset")},
	"internal/text/ja":           {1, words("internal/text internal/text/en internal/wordset")},
	"internal/text/ko":           {1, words("internal/text internal/text/en internal/wordset")},
	"internal/text/th":           {1, words("internal/text internal/text/en internal/wordset")},
	// Words of queries in scripts without spaces.
	"internal/text/wordbreak": {1.05, words("internal/text internal/text/ja internal/text/th internal/text/zh internal/wordset")},
	"internal/analysis":       {1, append(languages("ar bg ca cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sr sv sw th tr uk vi zh"), "internal/text")},
	"internal/query":          {1, words("internal/editdist")},
	"internal/dialect":        {1.5, words("internal/query")},
	"internal/config":         {1, words("internal/editdist")},

	// They know nothing of articles and queries.
	"internal/editdist": {0, nil},
	"internal/termsort": {0, nil},
	"internal/wordset":  {0, nil},
	"internal/marked":   {0, nil},
	"internal/fsutil":   {0, nil},
	"internal/watch":    {0, nil},
	"internal/yamlnode": {0, nil},
}

// formatRooms are the rooms of formats that package corpus has in its table, and
// formatImports what these may import: the readers of text, what is common to
// readers, and what takes bytes apart.
var (
	formatRooms = words(`
		corpus/internal/press/nexis
		corpus/internal/press/factiva
		corpus/internal/press/dowjones
		corpus/internal/press/europresse
		corpus/internal/press/proquest
		corpus/internal/press/integrum
		corpus/internal/press/kikuzo
		corpus/internal/press/yomidasu
		corpus/internal/office/docx
		corpus/internal/office/odt
		corpus/internal/office/rtf
		corpus/internal/office/epub
		corpus/internal/office/pdf
		corpus/internal/office/xlsx
		corpus/internal/table/parquet
		corpus/internal/table
		corpus/internal/reference/ris
		corpus/internal/reference/endnote
		corpus/internal/reference/bibtex
		corpus/internal/reference/csl
		corpus/internal/reference/rdf
		corpus/internal/reference/mods
		corpus/internal/reference/readinglist
		corpus/internal/reference/bookmarks
		corpus/internal/note/enex
		corpus/internal/note/jex
		corpus/internal/note/notion
		corpus/internal/note/rst
		corpus/internal/note/clip
		corpus/internal/publishing/wpapi
		corpus/internal/publishing/wxr
		corpus/internal/publishing/ghost
		corpus/internal/publishing/substack
		corpus/internal/publishing/medium
		corpus/internal/publishing/blogger
		corpus/internal/publishing/mtif
		corpus/internal/publishing/dotclear
		corpus/internal/publishing/letters
		corpus/internal/publishing/cms
		corpus/internal/page/mhtml
		corpus/internal/page/webarchive
		corpus/internal/page/scrapbook
		corpus/internal/page/mirror
		corpus/internal/archive/zip
		corpus/internal/archive/tar
		corpus/internal/archive/sealed
		corpus/internal/archive/warc
		corpus/internal/archive/wacz
		corpus/internal/mail
		corpus/internal/feed
		corpus/internal/sitemap
		corpus/internal/wire/ninjs
		corpus/internal/wire/newsml
		corpus/internal/wire/nitf
		corpus/internal/wire/ap
		corpus/internal/wire/iptc7901
		corpus/internal/wire/anpa1312
		corpus/internal/wire/ritzau
		corpus/internal/scraper
		corpus/internal/exported
	`)
	formatImports = words(`
		corpus/internal/archive/folder
		corpus/internal/frontmatter
		corpus/internal/html
		corpus/internal/json
		corpus/internal/jsonvalue
		corpus/internal/layout
		corpus/internal/markdown
		corpus/internal/mime
		corpus/internal/office/document
		corpus/internal/ooxml
		corpus/internal/paragraph
		corpus/internal/plaintext
		corpus/internal/press/download
		corpus/internal/press/pageline
		corpus/internal/press/stated
		corpus/internal/publishing
		corpus/internal/reader
		corpus/internal/record
		corpus/internal/reference
		corpus/internal/rtftext
		corpus/internal/table
		corpus/internal/xmltree
		internal/extract
		internal/text
		internal/wordset
	`)
	// Documents in NITF stand within other formats.
	wireImports = append(words("corpus/internal/wire/agency corpus/internal/wire/telex corpus/internal/wire/nitf"), formatImports...)
)

// testRooms stand outside the layers: nothing but tests imports them. Their
// layer is the one above all that they test.
var testRooms = map[string]room{
	"internal/engine/opensearch/clustertest":      {1, nil},
	"internal/engine/opensearch/clustertest/with": {2, words("internal/engine/opensearch/clustertest")},
	"internal/match/matchtest":                    {3, words("internal/match")},
	"internal/engine/enginetest":                  {5, words("internal/embed internal/engine internal/analysis internal/enrich internal/match internal/match/matchtest internal/query internal/text corpus")},
	"internal/engine/local/reader/readertest":     {3.4, words("internal/analysis internal/engine internal/engine/local/reader internal/engine/local/schema internal/engine/local/segment internal/match corpus")},
	"internal/engine/opensearch/faultproxy":       {1, nil},
	"internal/embed/endpoint/endpointtest":        {1, nil},
	"corpus/internal/reader/readertest":           {1.5, words("corpus/internal/reader corpus/internal/record")},
	"internal/bench":                              {9, append(slices.Sorted(maps.Keys(rooms)), "internal/bench/harness")},
	"internal/bench/harness":                      {1, nil},
	"internal/bench/ask":                          {8, words("index internal/bench/harness")},
	"internal/bench/cluster":                      {10, words("index corpus internal/bench/ask internal/bench/harness")},
	"internal/bench/peers/newsq":                  {9, words("index corpus internal/bench/ask internal/bench/harness")},
	"internal/bench/serve":                        {10, words("index internal/bench/harness internal/server/ask")},
	"internal/bench/run":                          {10, words("internal/bench internal/bench/harness")},
	"internal/house":                              {9, nil},
	"internal/leaktest":                           {1, nil},
	"internal/text/texttest":                      {1, nil},
	"internal/text/languagetest":                  {1, words("internal/text")},
}

// outside says who may import modules that would spread if everyone did.
// Modules that are not listed are free to all.
var outside = map[string][]string{
	"github.com/blevesearch/bleve/v2": words("internal/engine/local internal/engine/local/store internal/engine/local/segment"),
	"github.com/pelletier/go-toml/v2": words("internal/extract"),
	"github.com/temoto/robotstxt":     words("corpus/internal/fetch"),
	"github.com/fsnotify/fsnotify":    words("internal/watch"),
	// Stems are asked for by an analyzer.
	"github.com/blevesearch/snowballstem": words("internal/text/en"),
	"github.com/ulikunitz/xz":             words("corpus/internal/reader"),
	// A browser that tests look at the page with.
	"github.com/chromedp": words("internal/server"),
	// PDFs are taken apart by PDFium, which runs in a sandbox.
	"github.com/klippa-app/go-pdfium": words("corpus/internal/office/pdf"),
	"github.com/tetratelabs/wazero":   words("corpus/internal/office/pdf"),
	// What clients of assistants speak, and the schemas of what they send.
	"github.com/modelcontextprotocol/go-sdk": words("internal/mcp cmd/newsq"), // there in tests
	"github.com/google/jsonschema-go":        words("internal/mcp"),
	"github.com/spf13/cobra":                 words("cmd/newsq"),
	"github.com/charmbracelet/log":           words("cmd/newsq"),
	"github.com/charmbracelet/lipgloss":      words("cmd/newsq internal/render"),
	"github.com/charmbracelet/bubbles":       words("cmd/newsq internal/render"),
	"github.com/charmbracelet/bubbletea":     words("cmd/newsq internal/render"),
}

func words(s string) []string { return strings.Fields(s) }

// languages returns the rooms of languages.
func languages(tags string) []string {
	rooms := words(tags)
	for i, tag := range rooms {
		rooms[i] = "internal/text/" + tag
	}
	return rooms
}

// TestTableOfLayers holds the table to its own rule.
func TestTableOfLayers(t *testing.T) {
	for name, r := range rooms {
		for _, i := range r.imports {
			if to, ok := rooms[i]; !ok {
				t.Errorf("%s may import %s, which is not in the table", name, i)
			} else if to.layer > r.layer {
				t.Errorf("%s (layer %v) may import %s (layer %v): upwards", name, r.layer, i, to.layer)
			}
		}
		for _, i := range r.imports {
			if why := engineRule(name, i); why != "" {
				t.Errorf("%s may import %s: %s", name, i, why)
			}
		}
	}
}

// engines are the packages that implement the contract of internal/engine.
// What lies below one of them is a room of that engine.
var engines = words("internal/engine/local internal/engine/opensearch")

// engineRule says why no table may let the package from import the package to;
// it returns "" when one may. Only index chooses an engine, and it knows nothing
// of the rooms below. These are for the engine that they belong to, and for
// each other.
func engineRule(from, to string) string {
	for _, e := range engines {
		switch {
		case to == e && from != "index" && !inside(from, e):
			return "only index chooses an engine"
		case to == e && from != "index":
			return "a room of an engine does not import the engine"
		case to != e && inside(to, e) && !inside(from, e):
			return "it is a room of " + e
		}
	}
	return ""
}

func TestLayers(t *testing.T) {
	for _, f := range goFiles(t) {
		from := path.Dir(f.path)
		r, listed := rooms[from]
		if !listed {
			r, listed = testRooms[from]
		}
		if !listed {
			t.Errorf("%s: package %s is not in the table of layers", f.path, from)
			continue
		}
		for _, spec := range f.syntax.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatalf("%s: %v", f.path, err)
			}
			if why := forbidden(from, r, target, f.isTest()); why != "" {
				t.Errorf("%s imports %s: %s", f.at(spec.Pos()), target, why)
			}
		}
	}
}

// forbidden says why the package from, which is the room r, must not import
// target; it returns "" when it may.
func forbidden(from string, r room, target string, inTest bool) string {
	to, ours := strings.CutPrefix(target, module+"/")
	if !ours {
		for prefix, who := range outside {
			if inside(target, prefix) && !slices.Contains(who, from) {
				return "that is left to " + strings.Join(who, " and ")
			}
		}
		return ""
	}
	if to == from || slices.Contains(r.imports, to) {
		return ""
	}
	if !inTest {
		return from + " may import " + strings.Join(append([]string{"of our own only"}, r.imports...), " ")
	}
	if _, ok := testRooms[to]; ok {
		return ""
	}
	if rooms[to].layer >= r.layer {
		return "it does not lie below " + from
	}
	return ""
}

// inside reports whether the import path p is prefix or lies below it.
func inside(p, prefix string) bool { return p == prefix || strings.HasPrefix(p, prefix+"/") }

func TestEngineRule(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		allowed  bool
	}{
		{"index", "internal/engine/local", true},
		{"index", "internal/engine/opensearch", true},
		{"index", "internal/engine", true},
		{"index", "internal/engine/local/segment", false},
		{"cmd/newsq", "internal/engine/local", false},
		{"internal/engine/local", "internal/engine", true},
		{"internal/engine/local", "internal/engine/local/segment", true},
		{"internal/engine/local/search", "internal/engine/local/segment", true},
		{"internal/engine/local/segment", "internal/engine/local", false},
		{"internal/engine/local", "internal/engine/opensearch", false},
		{"internal/engine/opensearch", "internal/engine/local/segment", false},
	} {
		why := engineRule(tt.from, tt.to)
		if (why == "") != tt.allowed {
			t.Errorf("%s -> %s: %q", tt.from, tt.to, why)
		}
	}
}

func TestForbidden(t *testing.T) {
	for _, tt := range []struct {
		from, target string
		inTest       bool
		allowed      bool
	}{
		{"cmd/newsq", module + "/index", false, true},
		{"cmd/newsq", module + "/internal/engine", false, false},
		{"cmd/newsq", module + "/internal/text", false, false},
		{"index", module + "/index/eval", false, false},
		{"internal/render", module + "/internal/wire", false, true},
		{"cmd/newsq", module + "/internal/wire", false, false},
		{"index", module + "/internal/engine/local", false, true},
		{"internal/engine", module + "/internal/engine/local", false, false},
		{"internal/engine/local", module + "/internal/engine/enginetest", false, false},
		{"internal/engine/local", module + "/internal/engine/enginetest", true, true},
		{"corpus", module + "/index", true, false},
		{"internal/topic", module + "/internal/match", false, true},
		{"internal/match", module + "/internal/topic", false, false},
		{"internal/text", "strings", false, true},
		{"internal/text", "github.com/blevesearch/snowballstem", false, false},
		{"internal/text/en", "github.com/blevesearch/snowballstem/english", false, true},
		{"internal/match", module + "/internal/text/en", false, false},
		{"internal/text", "github.com/blevesearch/bleve/v2/analysis", false, false},
		{"internal/engine/local", "github.com/blevesearch/bleve/v2/mapping", false, true},
		{"index", "github.com/charmbracelet/log", false, false},
	} {
		why := forbidden(tt.from, rooms[tt.from], tt.target, tt.inTest)
		if (why == "") != tt.allowed {
			t.Errorf("%s -> %s (test %v): %q", tt.from, tt.target, tt.inTest, why)
		}
	}
}
