package page

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/problem"
)

// resultsView is a page of results.
type resultsView struct {
	Saved   string // the name of the saved search that is shown; empty for none
	Feed    string // the address of its feed
	Heading string // how many articles
	Stories string // in how many stories; empty where each is one
	Range   string // which of them; empty where the page has all
	Facts   string // how they are ordered, and how long it took
	Orders  []choice
	Chips   []chip
	Clear   string // the address without filters
	Notes   []note
	Hits    []hitView
	Near    []hitView
	Meaning []hitView // articles that are close in meaning and don't match
	Next    string    // the address of the next page
	First   string    // that of the first page, from a later one
	Nothing *nothingView
	Facets  []facetView
	Chosen  int // filters
	Dates   datesView
	Undated string
	Chart   *chartView
}

// choice is one of several ways to see the same articles.
type choice struct {
	Label, Href string
	On          bool
}

// note is a sentence about a search, with a link.
type note struct {
	Text     string
	Href     string
	Link     string // the text of the link
	Behind   string // what stands right behind it
	Proposal bool   // it proposes another query
}

// hitView is an article in a list.
type hitView struct {
	Rank     int
	Lang     string
	Dir      string // of the writing: rtl, or auto for what each text is
	Title    []piece
	Href     string
	By       byline
	Topics   []choice
	Own      ownView
	Missing  string
	Copies   string // how many more tell the same story
	Story    string // the address of these
	Passages []passageView
	Original string // the address where it was published
	Host     string // of Original
	Path     string
}

// byline is who published an article, and when.
type byline struct {
	Source, SourceHref string
	Date, DateTime     string
	Authors            string
	Added              string // when it came into the index, where articles are in that order
}

// passageView is a passage of a hit.
type passageView struct {
	Section, Page string
	Is            string // what it claims, if that was asked for
	Text          []piece
	Href          string // of the place in the article
}

// search answers /.
func (p *page) search(w http.ResponseWriter, r *http.Request, request *ask.Request) {
	if request.Empty() && request.Cursor == "" {
		p.start(w, r, request)
		return
	}
	p.results(w, r, request, request.Query(p.Zone), nil)
}

// results answers with what a request finds. q is its query, and of the saved search where
// one is asked for.
func (p *page) results(w http.ResponseWriter, r *http.Request, request *ask.Request, q index.Query, saved *index.SavedSearch) {
	q.Facets, q.FacetLimit, q.Explain = append(facetNames(), index.FacetMonth), -1, false
	state := len(encode(request)) - len(request.Cursor)
	if state > maxState {
		p.fail(w, r, request, problem.New(problem.Parameter, fmt.Sprintf("this search is %d bytes long as an address, more than the %d that a page can repeat in its links", state, maxState),
			"choose fewer values, or ask the interface for programs"))
		return
	}
	long := state > longState
	bound(&q, long)
	res, err := p.Index.Search(r.Context(), q)
	if err != nil {
		p.fail(w, r, request, err)
		return
	}
	v := &resultsView{
		Chips: chips(request), Chosen: chosen(request), Dates: newDates(request),
		Next: nextAddress(request, res), First: firstAddress(request),
	}
	if saved != nil {
		v.Saved, v.Feed = saved.Name, p.feedAddress(saved.Name)
	}
	v.addHeading(res)
	v.addOrders(request, res)
	v.addNotes(request, res)
	if request.Limit > q.Limit && q.Limit > 0 {
		v.Notes = append(v.Notes, note{Text: fmt.Sprintf("A page shows %d articles at most; the interface for programs has more.", q.Limit)})
	}
	if v.Chosen > 0 {
		bare := request.Clone()
		bare.Cursor, bare.Filters, bare.Since, bare.Until = "", nil, "", ""
		v.Clear = searchAddress(bare)
	}
	for i := range res.Hits {
		v.Hits = append(v.Hits, p.hit(request, &res.Hits[i]))
	}
	for i := range res.Near {
		v.Near = append(v.Near, p.hit(request, &res.Near[i]))
	}
	for i := range res.NearMeaning {
		v.Meaning = append(v.Meaning, p.hit(request, &res.NearMeaning[i]))
	}
	v.Facets = p.facets(request, res.Facets, res.Total, long)
	if !long {
		if v.Chart, v.Undated, err = p.chart(r.Context(), request, q, res); err != nil {
			p.fail(w, r, request, err)
			return
		}
	}
	if len(res.Hits) == 0 || res.Relaxed && request.Cursor == "" {
		if v.Nothing, err = p.nothing(r.Context(), request, q, res); err != nil {
			p.fail(w, r, request, err)
			return
		}
	}
	title := request.Text
	if title == "" {
		title = v.Heading
	}
	view := newView(title+" – newsq", request)
	view.Results = v
	if saved != nil {
		view.Title, view.Feed, view.FeedTitle = saved.Name+" – newsq", v.Feed, saved.Name+" – newsq"
	}
	p.write(w, r, http.StatusOK, view)
}

// The bounds of a page. Each of its links repeats what is looked for, so that a page about
// something long has fewer of them.
const (
	maxHits, maxPassages = 100, 5
	// longState is the length of an address without its cursor, in bytes, from which on it
	// is long, and maxState the most: more than a query of 4 KB of which each byte is encoded.
	longState, maxState          = 2 << 10, 16 << 10
	maxLongHits, maxLongPassages = 10, 2
)

// bound holds a query to the bounds of a page.
func bound(q *index.Query, long bool) {
	hits, passages := maxHits, maxPassages
	if long {
		hits, passages = maxLongHits, maxLongPassages
	}
	q.Limit, q.Passages = min(q.Limit, hits), min(q.Passages, passages)
}

// addHeading says how many articles there are, and which of them these are.
func (v *resultsView) addHeading(res *index.Results) {
	v.Heading = render.Count(res.Total, "article", "articles")
	if !res.Exact {
		v.Heading = "at least " + v.Heading
	}
	if res.Stories > 0 && res.Stories < res.Total {
		v.Stories = "in " + render.Count(res.Stories, "story", "stories")
	}
	units := res.Total
	if res.Stories > 0 {
		units = res.Stories
	}
	if n := len(res.Hits); n > 0 && (n < units || !res.Exact) {
		v.Range = humanize.Comma(int64(res.Hits[0].Rank)) + "–" + humanize.Comma(int64(res.Hits[n-1].Rank))
	}
}

// addOrders lists the orders in which the articles can be seen.
func (v *resultsView) addOrders(r *ask.Request, res *index.Results) {
	with := func(sort index.Sort, rank index.Ranking) string {
		c := r.Clone()
		c.Cursor, c.Sort, c.Rank = "", sort, rank
		return searchAddress(c)
	}
	byRank := r.Sort == index.Relevance
	switch {
	case res.RankedBy == index.RankBlend || r.Rank == index.RankWords && byRank:
		v.Orders = []choice{
			{"best by words and meaning", with(index.Relevance, index.RankDefault), byRank && res.RankedBy == index.RankBlend},
			{"by words alone", with(index.Relevance, index.RankWords), byRank && res.RankedBy != index.RankBlend},
		}
	default:
		v.Orders = []choice{{"best first", with(index.Relevance, r.Rank), byRank}}
	}
	v.Orders = append(v.Orders,
		choice{"newest", with(index.Newest, r.Rank), r.Sort == index.Newest},
		choice{"oldest", with(index.Oldest, r.Rank), r.Sort == index.Oldest},
		choice{"last added", with(index.LastAdded, r.Rank), r.Sort == index.LastAdded})
	v.Facts = render.Duration(res.Took)
}

// maxAliases is the most other names that are listed.
const maxAliases = 8

// addNotes says how a query was taken.
func (v *resultsView) addNotes(r *ask.Request, res *index.Results) {
	if res.DidYouMean != "" {
		c := r.Clone()
		c.Cursor, c.Text, c.Syntax = "", res.DidYouMean, index.SyntaxNewsq
		v.Notes = append(v.Notes, note{Text: "Did you mean", Href: searchAddress(c), Link: res.DidYouMean, Behind: "?", Proposal: true})
	}
	if res.Reading != nil {
		c := r.Clone()
		c.Cursor, c.Text, c.Syntax = "", res.Reading.Query, index.SyntaxNewsq
		v.Notes = append(v.Notes, note{Text: "Read as", Href: searchAddress(c), Link: res.Reading.Query, Behind: "."})
		for _, n := range res.Reading.Notes {
			v.Notes = append(v.Notes, note{Text: "In “" + r.Text[n.Start:n.End] + "”: " + n.Text + "."})
		}
	}
	var names []string
	uses := slices.SortedStableFunc(slices.Values(res.Aliases), func(a, b index.AliasUse) int { return b.Articles - a.Articles })
	for _, u := range uses {
		if u.Articles > 0 && len(names) < maxAliases {
			names = append(names, u.To+" ("+humanize.Comma(int64(u.Articles))+")")
		}
	}
	if len(names) > 0 {
		c := r.Clone()
		c.Cursor, c.NoAliases = "", true
		v.Notes = append(v.Notes, note{Text: "Also found as " + strings.Join(names, ", ") + ".", Href: searchAddress(c), Link: "Only as written"})
	}
	if res.Stories > 0 && res.Stories < res.Total || r.Copies == index.AllCopies {
		c := r.Clone()
		c.Cursor, c.Copies = "", index.AllCopies
		n := note{Text: "Copies of a story are one hit.", Href: searchAddress(c), Link: "Show each"}
		if r.Copies == index.AllCopies {
			c.Copies = index.BestCopy
			n = note{Text: "Each copy of a story is shown.", Href: searchAddress(c), Link: "Show a story once"}
		}
		v.Notes = append(v.Notes, n)
	}
	if r.NoAliases {
		c := r.Clone()
		c.Cursor, c.NoAliases = "", false
		v.Notes = append(v.Notes, note{Text: "Names are looked for only as written.", Href: searchAddress(c), Link: "Other names too"})
	}
	v.addModes(r)
	if len(res.Optional) > 0 {
		v.Notes = append(v.Notes, note{Text: "Not every article has “" + strings.Join(res.Optional, "”, “") + "”: such words count where they are found."})
	}
	for _, w := range res.Warnings {
		v.Notes = append(v.Notes, note{Text: sentence(w)})
	}
}

// addModes says what an address asks for that nothing else on the page shows.
func (v *resultsView) addModes(r *ask.Request) {
	add := func(text, link string, change func(*ask.Request)) {
		c := r.Clone()
		c.Cursor = ""
		change(&c)
		v.Notes = append(v.Notes, note{Text: text, Href: searchAddress(c), Link: link})
	}
	all := func(c *ask.Request) { c.Match = index.MatchAll }
	switch r.Match {
	case index.MatchAny:
		add("Articles with any of the words are found.", "All of the words", all)
	case index.MatchStrict:
		if v.Saved != "" { // as it was saved
			break
		}
		add("Every word is demanded.", "Some, where no article has all", all)
	}
	if r.Recency != "" && r.Sort == index.Relevance {
		add("What is older counts less, half after "+r.Recency+".", "Whatever its age", func(c *ask.Request) { c.Recency = "" })
	}
	if r.Syntax != index.SyntaxNewsq {
		add("The query is read in the language of "+r.Syntax.String()+".", "In newsq's", func(c *ask.Request) { c.Syntax = index.SyntaxNewsq })
	}
	if r.Lenient {
		add("Whatever is typed is taken for a query.", "Say what can't be read", func(c *ask.Request) { c.Lenient = false })
	}
}

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if !strings.ContainsAny(s[len(s)-1:], ".?!") {
		s += "."
	}
	return s
}

func nextAddress(r *ask.Request, res *index.Results) string {
	if res.Cursor == "" {
		return ""
	}
	c := r.Clone()
	c.Cursor = res.Cursor
	return searchAddress(c)
}

func firstAddress(r *ask.Request) string {
	if r.Cursor == "" {
		return ""
	}
	c := r.Clone()
	c.Cursor = ""
	return searchAddress(c)
}

// maxTopics is the most topics that a hit lists.
const maxTopics = 4

// hit returns how a hit is shown.
func (p *page) hit(r *ask.Request, h *index.Hit) hitView {
	a := h.Article
	v := hitView{
		Rank: h.Rank, Lang: langOf(a), Dir: dirOf(a), Title: pieces(titleOf(a), h.TitleMatches), Href: articleAddress(a.ID, *r),
		By: p.byline(r, a, 2),
	}
	if r.Sort == index.LastAdded && !a.Added.IsZero() {
		v.By.Added = render.Moment(a.Added, p.zone(r))
	}
	if a.Title == "" {
		v.Title = pieces(titleOf(a), nil)
	}
	if len(h.Missing) > 0 {
		v.Missing = "“" + strings.Join(h.Missing, "”, “") + "”"
	}
	if v.Copies = copiesOf(h); v.Copies != "" {
		v.Story = v.Href + "#copies"
	}
	topics := a.TopicPaths()
	for _, path := range topics[:min(len(topics), maxTopics)] {
		v.Topics = append(v.Topics, choice{topicName(path), searchAddress(r.Toggle(index.FacetTopic, path)), r.Selected(index.FacetTopic, path)})
	}
	v.Own = p.ownOfHit(r, a)
	section := ""
	for _, s := range h.Snippets {
		passage := passageView{Is: strings.ReplaceAll(s.Is, " ", ", "), Text: pieces(s.Text, s.Matches), Href: v.Href + placeOf(a, &s)}
		if s.Section != section {
			passage.Section = s.Section
		}
		if s.Page != "" {
			passage.Page = render.PageLabel(s.Page)
		}
		section = s.Section
		v.Passages = append(v.Passages, passage)
	}
	v.Original, v.Host = original(a, h.Snippets)
	if p.ShowPaths {
		v.Path = a.Path
	}
	return v
}

// copiesOf says how many more articles tell the same story, and who printed them.
func copiesOf(h *index.Hit) string {
	switch {
	case h.Copies == 0:
		return ""
	case len(h.Outlets) == 0:
		return "and " + render.Count(h.Copies, "more copy", "more copies")
	}
	names := strings.Join(h.Outlets, ", ")
	if h.Copies > len(h.Outlets) {
		names += ", …"
	}
	return "and " + humanize.Comma(int64(h.Copies)) + " more: " + names
}

// placeOf returns where in the page of an article a passage stands: the paragraph in which
// it begins.
func placeOf(a *corpus.Article, s *index.Snippet) string {
	if s.Field != index.FieldBody {
		return ""
	}
	at := strings.Index(a.Body, s.Text)
	if at < 0 {
		return ""
	}
	start := 0
	for _, x := range a.Sections {
		if x.Start <= at && at < x.End {
			start = x.Start
		}
	}
	in := paragraphs(a.Body[start:at+len(s.Text)], start, nil)
	for i := len(in) - 1; i >= 0; i-- {
		if in[i].Start <= at {
			return "#" + in[i].Name()
		}
	}
	return ""
}

// original returns the address where an article was published, at its first passage, and
// the name of that site.
func original(a *corpus.Article, passages []index.Snippet) (address, host string) {
	passage := ""
	if len(passages) > 0 && passages[0].Field == index.FieldBody {
		passage = passages[0].Text
	}
	if address = originalAddress(a.URL, passage); address == "" {
		return "", ""
	}
	return address, hostOf(address)
}

// byline returns who published an article and when, with a number of authors at most.
func (p *page) byline(r *ask.Request, a *corpus.Article, most int) byline {
	var b byline
	if a.Source != "" {
		b.Source, b.SourceHref = a.Source, searchAddress(r.Toggle(index.FacetSource, a.Source))
	}
	if !a.Published.IsZero() {
		b.Date = render.Published(a, p.zone(r))
		b.DateTime = a.Published.UTC().Format(time.RFC3339)
	}
	authors := a.Authors
	if n := len(authors); n > most {
		authors = append(slices.Clone(authors[:most]), "and "+render.Count(n-most, "other", "others"))
	}
	b.Authors = strings.Join(authors, ", ")
	return b
}

// zone is where days are meant.
func (p *page) zone(r *ask.Request) *time.Location { return r.Query(p.Zone).Location }

// langOf returns the language of an article where it isn't that of the page.
func langOf(a *corpus.Article) string {
	if a.Language == "en" {
		return ""
	}
	return a.Language
}

// rightToLeft are the languages that are written so.
var rightToLeft = []string{"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"}

// dirOf returns the direction of an article's writing. Where its language doesn't say, each
// text begins as its first letter does; in a language from right to left a paragraph may
// begin with a name in Latin letters.
func dirOf(a *corpus.Article) string {
	base, _, _ := strings.Cut(strings.ToLower(a.Language), "-")
	if slices.Contains(rightToLeft, base) {
		return "rtl"
	}
	return "auto"
}

// titleOf returns what to call an article.
func titleOf(a *corpus.Article) string {
	if strings.TrimSpace(a.Title) == "" {
		return "(no title)"
	}
	return a.Title
}
