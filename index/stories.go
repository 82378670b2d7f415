package index

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/neardup"
)

// A story is what several articles tell with the same words: copies of one text, cut and
// headed by each outlet, see package neardup. All of them have its name, which is the id
// of the longest one, its leader.
//
// Who writes articles notes which with the same batch, and so does who removes some. When
// all is written, those noted are settled: compared with the articles that share keys with
// them, and these with the leaders of their stories. What is settled does not depend on the
// order in which articles came, as far as a story is no larger than maxStory and a text has
// no more than maxSharers to be compared with. Where that is cut short, the next sync goes
// on.

// notedWritten begins the key of a note whose value is the ids of articles that were
// written or removed and whose stories are to be settled, each ended by a NUL.
const notedWritten = "k\x00"

// The bounds of what is compared.
const (
	// maxSharers is with how many articles that share keys one is compared: those that
	// share the most.
	maxSharers = 64
	// maxStory is how many articles of a story are looked at when its leader changes.
	maxStory = 2000
	// settledAtOnce is how many articles are settled together: as many as are looked up
	// with one request.
	settledAtOnce = maxGroup
	// maxRounds is how often leaders may change each other.
	maxRounds = 4
)

// writtenNote returns the note that the stories of these articles are to be settled.
func writtenNote(ids []string) engine.Note {
	value := strings.Join(ids, "\x00") + "\x00"
	return engine.Note{Key: noteKey(notedWritten, digestOf(value)), Value: []byte(value)}
}

// noteWritten notes the articles that a batch writes and removes, if any.
func noteWritten(b *engine.Batch) {
	ids := slices.Clone(b.Delete)
	for i := range b.Put {
		ids = append(ids, b.Put[i].Article.ID)
	}
	if len(ids) > 0 {
		b.PutNotes = append(b.PutNotes, writtenNote(ids))
	}
}

// settleStories settles the stories of all articles that are noted. What was written
// becomes visible before. Nobody else may write stories meanwhile.
func settleStories(ctx context.Context, e engine.Engine, stages *enrich.Pipeline) error {
	if err := e.Publish(ctx); err != nil {
		return err
	}
	snap, err := e.Snapshot(ctx)
	if err != nil {
		return err
	}
	t := &storySettling{stories: stories{snap: snap, settled: map[string]string{}}, writer: e, stages: stages}
	return errors.Join(t.run(ctx), snap.Close(context.WithoutCancel(ctx)))
}

// settleStories settles the stories of all articles that are noted, if any are.
func (ix *Index) settleStories(ctx context.Context, stages *enrich.Pipeline) error {
	ix.stories.Lock()
	defer ix.stories.Unlock()
	return settleStories(ctx, ix.engine, stages)
}

// storySettling settles what is noted.
type storySettling struct {
	stories
	writer engine.Writer
	stages *enrich.Pipeline
}

func (t *storySettling) run(ctx context.Context) error {
	for n, err := range t.snap.Notes(ctx, notedWritten, false) {
		if err != nil {
			return err
		}
		for ids := range slices.Chunk(strings.Split(strings.TrimSuffix(string(n.Value), "\x00"), "\x00"), settledAtOnce) {
			if err := t.settle(ctx, ids); err != nil {
				return err
			}
		}
		if err := t.writer.Write(ctx, &engine.Batch{DeleteNotes: []string{n.Key}}); err != nil {
			return err
		}
	}
	return nil
}

// settle settles articles of these ids, and those of the stories that are named after
// them: the leader may be gone, or tell another story now.
func (t *storySettling) settle(ctx context.Context, ids []string) error {
	led, err := collectIDs(ctx, t.snap, ids)
	if err != nil {
		return err
	}
	seeds, err := t.snap.Stored(ctx, unique(append(led, ids...))...)
	if err != nil {
		return err
	}
	changed, err := t.regroup(ctx, seeds)
	if err != nil || len(changed) == 0 {
		return err
	}
	return t.rewrite(ctx, changed)
}

// rewrite writes articles with other stories.
func (t *storySettling) rewrite(ctx context.Context, changed map[string]string) error {
	maps.Copy(t.settled, changed)
	articles, err := t.rewritten(ctx, changed)
	if err != nil {
		return err
	}
	b, err := newBatch(articles, t.stages)
	if err != nil {
		return err
	}
	return t.writer.Write(context.WithoutCancel(ctx), b)
}

// stories finds out which story articles belong to.
type stories struct {
	snap engine.Snapshot
	// settled are the stories, by id, of articles that were given others than the
	// snapshot has.
	settled  map[string]string
	shingler neardup.Shingler
}

// rewritten returns the articles of which the story is to be changed, as they are to be
// stored.
func (s *stories) rewritten(ctx context.Context, changed map[string]string) ([]engine.StoredArticle, error) {
	articles, err := s.snap.Stored(ctx, slices.Sorted(maps.Keys(changed))...)
	for i := range articles {
		articles[i].Story = changed[articles[i].Article.ID]
	}
	return articles, err
}

// storyMembers are articles that are compared.
type storyMembers struct {
	list  []neardup.Member
	story []string       // that each is of so far
	at    map[string]int // by id
	whole map[string]bool
}

// regroup finds the stories of articles, and what changes for others. It returns the new
// stories, by id, of those that have another one now.
func (s *stories) regroup(ctx context.Context, seeds []engine.StoredArticle) (map[string]string, error) {
	m := &storyMembers{at: map[string]int{}, whole: map[string]bool{}}
	for i := range seeds {
		s.add(m, &seeds[i])
	}
	sharers, err := s.sharers(ctx, m)
	if err != nil {
		return nil, err
	}
	if err := s.load(ctx, m, sharers); err != nil {
		return nil, err
	}
	if err := s.load(ctx, m, unique(slices.Clone(m.story))); err != nil { // the leaders
		return nil, err
	}
	leaders := neardup.Group(m.list)
	for range maxRounds {
		changed := m.changedStories(leaders)
		if len(changed) == 0 {
			break
		}
		for _, story := range changed {
			m.whole[story] = true
		}
		ids, err := collectIDs(ctx, s.snap, changed)
		if err != nil {
			return nil, err
		}
		if err := s.load(ctx, m, ids[:min(len(ids), maxStory)]); err != nil {
			return nil, err
		}
		leaders = neardup.Group(m.list)
	}
	return m.changes(leaders), nil
}

// add adds an article, unless it is there.
func (s *stories) add(m *storyMembers, stored *engine.StoredArticle) {
	a := &stored.Article
	if _, there := m.at[a.ID]; there {
		return
	}
	story, changed := s.settled[a.ID]
	if !changed {
		story = stored.Story
	}
	m.at[a.ID] = len(m.list)
	m.story = append(m.story, story)
	m.list = append(m.list, neardup.Member{
		ID: a.ID, Published: a.Published,
		Keys: s.shingler.AppendKeys(nil, a.Title, textOf(a)), Text: s.shingler.Text(a.Title, textOf(a)),
	})
}

// load adds the articles of these ids that are there.
func (s *stories) load(ctx context.Context, m *storyMembers, ids []string) error {
	ids = slices.DeleteFunc(ids, func(id string) bool {
		_, there := m.at[id]
		return there || id == ""
	})
	for page := range slices.Chunk(ids, settledAtOnce) {
		articles, err := s.snap.Stored(ctx, page...)
		if err != nil {
			return err
		}
		for i := range articles {
			s.add(m, &articles[i])
		}
	}
	return nil
}

// sharers returns the ids of the articles that share keys with those of m: for each the
// ones that share the most.
func (s *stories) sharers(ctx context.Context, m *storyMembers) ([]string, error) {
	byKey := map[uint32][]int{}
	for i := range m.list {
		for _, k := range m.list[i].Keys {
			byKey[k] = append(byKey[k], i)
		}
	}
	with := map[uint32][]engine.Sharer{}
	for sharer, err := range s.snap.Sharing(ctx, slices.Sorted(maps.Keys(byKey))) {
		if err != nil {
			return nil, err
		}
		with[sharer.Key] = append(with[sharer.Key], sharer)
	}
	shared := make([]map[string]int, len(m.list))
	for key, sharers := range with {
		for _, i := range byKey[key] {
			if shared[i] == nil {
				shared[i] = map[string]int{}
			}
		}
		for _, sharer := range s.leadersFirst(sharers) {
			for _, i := range byKey[key] {
				shared[i][sharer.ID]++
			}
		}
	}
	var ids []string
	for i, counts := range shared {
		delete(counts, m.list[i].ID)
		maps.DeleteFunc(counts, func(_ string, n int) bool { return n < neardup.MinShared })
		most := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
			return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
		})
		ids = append(ids, most[:min(len(most), maxSharers)]...)
	}
	return unique(ids), nil
}

// leadersFirst returns up to maxSharers articles that have a key, leaders of stories first:
// where many have it, these are what an article is to be compared with.
func (s *stories) leadersFirst(sharers []engine.Sharer) []engine.Sharer {
	if len(sharers) <= maxSharers {
		return sharers
	}
	follows := func(a *engine.Sharer) int { // 0 for a leader
		story, changed := s.settled[a.ID]
		if !changed {
			story = a.Story
		}
		if story == a.ID {
			return 0
		}
		return 1
	}
	slices.SortFunc(sharers, func(a, b engine.Sharer) int {
		return cmp.Or(follows(&a)-follows(&b), strings.Compare(a.ID, b.ID))
	})
	return sharers[:maxSharers]
}

// changedStories returns the stories whose leader leads them no longer, and of which not
// all members were looked at.
func (m *storyMembers) changedStories(leaders []int) []string {
	var list []string
	for _, story := range m.story {
		if story == "" || m.whole[story] {
			continue
		}
		if l, there := m.at[story]; !there || m.story[l] != story || leaders[l] != l {
			list = append(list, story)
		}
	}
	return unique(list)
}

// changes returns the new stories of those that have another one now.
func (m *storyMembers) changes(leaders []int) map[string]string {
	size := make([]int, len(m.list))
	for _, l := range leaders {
		size[l]++
	}
	changed := map[string]string{}
	for i, l := range leaders {
		story := m.list[l].ID
		if size[l] == 1 && (m.story[i] != story || m.whole[story]) {
			story = "" // it is alone; else there are members that were not looked at
		}
		if story != m.story[i] {
			changed[m.list[i].ID] = story
		}
	}
	return changed
}

// collectIDs returns the ids of the articles of some stories.
func collectIDs(ctx context.Context, snap engine.Snapshot, names []string) ([]string, error) {
	var ids []string
	for id, err := range snap.StoryIDs(ctx, names...) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return unique(ids), nil
}

// unique returns ids in ascending order, each once. It changes the list.
func unique(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// writeWithStories writes the articles of a batch with the stories that they belong to.
func (ix *Index) writeWithStories(ctx context.Context, b *engine.Batch, stages *enrich.Pipeline) error {
	if len(b.Put) == 0 {
		return ix.write(ctx, b)
	}
	ix.stories.Lock()
	defer ix.stories.Unlock()
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return err
	}
	err = errors.Join(withStories(ctx, snap, b, stages), snap.Close(context.WithoutCancel(ctx)))
	if err != nil {
		return err
	}
	return ix.write(ctx, b)
}

// settleAddedStories settles the stories of versions that came to stand, and shows it.
func (ix *Index) settleAddedStories(ctx context.Context, stages *enrich.Pipeline) error {
	return errors.Join(ix.settleStories(ctx, stages), ix.engine.Publish(ctx))
}

// withStories gives the articles of a batch their stories, and adds those that others
// get by it. The snapshot has none of what the batch writes.
func withStories(ctx context.Context, snap engine.Snapshot, b *engine.Batch, stages *enrich.Pipeline) error {
	s := &stories{snap: snap, settled: map[string]string{}}
	var ids []string
	seeds := make([]engine.StoredArticle, len(b.Put))
	for i := range b.Put {
		seeds[i] = engine.StoredArticle{Article: b.Put[i].Article, Entry: b.Put[i].Entry}
		ids = append(ids, b.Put[i].Article.ID)
	}
	led, err := collectIDs(ctx, snap, ids)
	if err != nil {
		return err
	}
	others, err := snap.Stored(ctx, slices.DeleteFunc(led, func(id string) bool { return slices.Contains(ids, id) })...)
	if err != nil {
		return err
	}
	changed, err := s.regroup(ctx, append(seeds, others...))
	if err != nil || len(changed) == 0 {
		return err
	}
	for i := range b.Put {
		id := b.Put[i].Article.ID
		b.Put[i].Story = changed[id]
		delete(changed, id)
	}
	articles, err := s.rewritten(ctx, changed)
	if err != nil {
		return err
	}
	more, err := newBatch(articles, stages)
	if err == nil {
		b.Put = append(b.Put, more.Put...)
	}
	return err
}
