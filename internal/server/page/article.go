package page

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
)

// articleView is an article to read.
type articleView struct {
	ID, Lang   string
	Dir        string // of the writing: rtl, or auto for what each text is
	Title      []piece
	By         byline
	Updated    string
	Original   string // the address where it was published
	Host       string
	Summary    []paragraph
	Contents   []choice // the sections that have a heading
	Sections   []sectionView
	Matches    int    // places that the query marks
	First      string // the place in the page of the first paragraph with one
	For        string // the query
	Back       string // the address of the search that led here
	Copies     []copyView
	MoreCopies string        // how many there are beside these
	Related    []relatedView // where there is no date
	Background []relatedView // similar ones before it
	FollowUp   []relatedView // and after it
	dated      bool
	Lacks      []string // what could not be told
	Notices    []string // what its sender says of its use
	Topics     []topicView
	Own        ownView
	Versions   []string
	Facts      []fact
}

// sectionView is a section of an article.
type sectionView struct {
	ID         string
	Level      int // of the heading in the page, 2 to 4
	Heading    []piece
	Paragraphs []paragraph
}

// fact is something known of an article, with links to more of the kind.
type fact struct {
	Name   string
	Values []choice
}

// topicView is a topic of an article, with why it has it.
type topicView struct {
	choice
	Why string
}

// Name is the name of the paragraph in the page.
func (p paragraph) Name() string { return "b" + strconv.Itoa(p.Start) }

// article answers /a/ID.
func (p *page) article(w http.ResponseWriter, r *http.Request, request *ask.Request) {
	id := r.PathValue("id")
	a, err := p.Index.Get(r.Context(), id)
	if err != nil {
		p.fail(w, r, request, err)
		return
	}
	if a.ID != id { // the beginning of an id may be that of another article tomorrow
		http.Redirect(w, r, articleAddress(a.ID, *request), http.StatusFound)
		return
	}
	marks, err := p.marker(r, request)
	if err != nil {
		p.fail(w, r, request, err)
		return
	}
	v := p.newArticle(request, &a, marks)
	versions, err := p.Index.Versions(r.Context(), a.ID)
	if err != nil && !errors.Is(err, index.ErrNotFound) {
		p.fail(w, r, request, err)
		return
	}
	v.addVersions(versions, p, request)
	if err := v.addRelated(r.Context(), p, request); err != nil && p.Report != nil && !errors.Is(err, index.ErrUnsupported) {
		p.Report(r, err)
	}
	view := newView(titleOf(&a)+" – newsq", request)
	view.Article = v
	p.write(w, r, http.StatusOK, view)
}

// marker returns what finds the places that a query looks for. Whatever is no query marks
// what of it can be read.
func (p *page) marker(r *http.Request, request *ask.Request) (func(string) []index.Span, error) {
	if strings.TrimSpace(request.Text) == "" {
		return func(string) []index.Span { return nil }, nil
	}
	q := request.Query(p.Zone)
	q.Lenient, q.Cursor = true, ""
	if _, err := p.Index.Mark(r.Context(), q, ""); err != nil {
		return nil, err
	}
	return func(s string) []index.Span {
		spans, _ := p.Index.Mark(r.Context(), q, s) // which has read q before
		return spans
	}, nil
}

func (p *page) newArticle(request *ask.Request, a *corpus.Article, marks func(string) []index.Span) *articleView {
	v := &articleView{
		dated: !a.Published.IsZero(),
		ID:    a.ID, Lang: langOf(a), Dir: dirOf(a), Title: pieces(titleOf(a), marks(titleOf(a))),
		For: request.Text,
	}
	fresh := ask.New()
	v.By = p.byline(&fresh, a, len(a.Authors))
	if !a.Updated.IsZero() && render.Day(a.Updated, p.zone(request)) != render.Day(a.Published, p.zone(request)) {
		v.Updated = render.Day(a.Updated, p.zone(request))
	}
	if !request.Empty() {
		back := request.Clone()
		back.Cursor = ""
		v.Back = searchAddress(back)
	}
	if a.Summary != "" && !render.BeginsBody(a) {
		v.Summary = paragraphs(a.Summary, 0, marks(a.Summary))
	}
	inBody := marks(a.Body)
	v.addSections(a, inBody, marks)
	v.Matches = countMarks(v.Title)
	for _, s := range v.Sections {
		v.Matches += countMarks(s.Heading) + countInParagraphs(s.Paragraphs)
		for i := range s.Paragraphs {
			if v.First == "" && countInParagraphs(s.Paragraphs[i:i+1]) > 0 {
				v.First = "#" + s.Paragraphs[i].Name()
			}
		}
	}
	v.Matches += countInParagraphs(v.Summary)
	if v.Original = originalAddress(a.URL, passageAt(a, inBody)); v.Original != "" {
		v.Host = hostOf(v.Original)
	}
	v.addTopics(a, p.topicLabel())
	own := ask.New()
	v.Own = p.own(&own, a, maxShownNotes)
	v.addFacts(a, p.ShowPaths)
	v.addHandling(a, p, request)
	return v
}

// addSections adds the text of an article.
func (v *articleView) addSections(a *corpus.Article, inBody []index.Span, marks func(string) []index.Span) {
	sections := a.Sections
	if len(sections) == 0 {
		sections = []corpus.Section{{End: len(a.Body)}}
	}
	for i, s := range sections {
		if s.Start < 0 || s.End > len(a.Body) || s.Start > s.End {
			continue // not of this body
		}
		part := sectionView{
			ID: "s" + strconv.Itoa(i+1), Level: min(max(s.Level, 1)+1, 4),
			Paragraphs: paragraphs(a.Body[s.Start:s.End], s.Start, inBody),
		}
		if s.Heading != "" {
			part.Heading = pieces(s.Heading, marks(s.Heading))
			v.Contents = append(v.Contents, choice{Label: s.Heading, Href: "#" + part.ID})
		}
		addPages(a.Pages, part.Paragraphs)
		v.Sections = append(v.Sections, part)
	}
}

// addPages notes at which paragraphs pages of the print begin.
func addPages(pages []corpus.Page, in []paragraph) {
	for _, page := range pages {
		for i := range in {
			next := in[i].Start + 1
			if i+1 < len(in) {
				next = in[i+1].Start
			}
			if in[i].Start <= page.Start && page.Start < next {
				in[i].Page = render.PageLabel(page.Label)
			}
		}
	}
}

// passageAt returns the line of a body with the first mark: what its original opens at.
func passageAt(a *corpus.Article, marks []index.Span) string {
	if len(marks) == 0 {
		return ""
	}
	at := marks[0].Start
	start := strings.LastIndexByte(a.Body[:at], '\n') + 1
	end := len(a.Body)
	if i := strings.IndexByte(a.Body[at:], '\n'); i >= 0 {
		end = at + i
	}
	return a.Body[start:end]
}

func countMarks(text []piece) int {
	n := 0
	for _, part := range text {
		if part.Mark {
			n++
		}
	}
	return n
}

func countInParagraphs(list []paragraph) int {
	n := 0
	for _, p := range list {
		for _, line := range p.Lines {
			n += countMarks(line)
		}
	}
	return n
}

// addTopics adds the topics, each with why the article has it.
func (v *articleView) addTopics(a *corpus.Article, label func(string) string) {
	for _, t := range a.Topics {
		r := ask.New()
		view := topicView{choice: choice{Label: topicName(t.Path), Href: searchAddress(r.Toggle(index.FacetTopic, t.Path))}}
		switch t.Origin {
		case corpus.ByRule:
			view.Why = "by rule"
		case corpus.Learned:
			view.Why = "learned"
		default:
			view.Why = "stated by the source"
		}
		if t.Reason != "" {
			view.Why += ": " + t.Reason
		}
		if l := label(t.Path); l != "" && !strings.EqualFold(l, view.Label) {
			view.Why = l + "; " + view.Why
		}
		v.Topics = append(v.Topics, view)
	}
}

// addFacts adds what else is known.
func (v *articleView) addFacts(a *corpus.Article, path bool) {
	for _, list := range []struct {
		name, facet string
		values      []string
	}{
		{"Places", index.FacetPlace, a.Places},
		{"People", index.FacetPerson, a.People},
		{"Organizations", index.FacetOrg, a.Organizations},
		{"Places found", index.FacetPlace, mostNamed(a, corpus.Place)},
		{"People found", index.FacetPerson, mostNamed(a, corpus.Person)},
		{"Organizations found", index.FacetOrg, mostNamed(a, corpus.Organization)},
	} {
		f := fact{Name: list.name}
		for _, value := range list.values {
			r := ask.New()
			f.Values = append(f.Values, choice{Label: value, Href: searchAddress(r.Toggle(list.facet, value))})
		}
		v.addFact(f)
	}
	plain := func(name, value string) {
		if value != "" {
			v.addFact(fact{name, []choice{{Label: value}}})
		}
	}
	plain("Language", languageOf(a.Language))
	plain("Read from", a.Form)
	if path {
		plain("File", a.Path)
	}
	plain("Id", a.ID)
}

// maxNamed is how many of the names of a kind that were found in an article are shown.
const maxNamed = 20

// mostNamed returns the names of a kind that were found in an article, those that it
// mentions most.
func mostNamed(a *corpus.Article, kind corpus.EntityKind) []string {
	found := a.Found(kind)
	return found[:min(len(found), maxNamed)]
}

func (v *articleView) addFact(f fact) {
	if len(f.Values) > 0 {
		v.Facts = append(v.Facts, f)
	}
}

// addHandling adds what the sender of an article says of its use.
func (v *articleView) addHandling(a *corpus.Article, p *page, r *ask.Request) {
	h := a.Handling
	if h == nil {
		return
	}
	add := func(name, value string) {
		if value != "" {
			v.Notices = append(v.Notices, name+": "+value)
		}
	}
	add("Status", string(h.Status))
	if !h.EmbargoedUntil.IsZero() {
		add("Embargo", "ended "+render.Moment(h.EmbargoedUntil, p.zone(r)))
	}
	add("Notice", h.Notice)
	add("Rights", h.Rights)
	if h.NoAI {
		v.Notices = append(v.Notices, "Its sender forbids use by programs that learn or generate.")
	}
}

// addVersions lists the versions of an article, where there are several.
func (v *articleView) addVersions(list []index.Version, p *page, r *ask.Request) {
	if len(list) < 2 {
		return
	}
	for _, version := range list {
		said := "no number"
		if version.Number > 0 {
			said = "version " + strconv.Itoa(version.Number)
		}
		at := version.Published
		if version.Updated.After(at) {
			at = version.Updated
		}
		if !at.IsZero() {
			said += ", " + render.Moment(at, p.zone(r))
		}
		if version.Stands {
			said += ": this one"
		} else {
			said += ": " + version.Why
		}
		if version.Notice != "" {
			said += " (" + version.Notice + ")"
		}
		v.Versions = append(v.Versions, said)
	}
}
