package index

import (
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
// all is written, those noted are settled. Keys alone say which of them may be copies of
// anything: those noted, up to joinedAtOnce together, are joined with all articles in one
// pass over the columns of keys. The few that share some are loaded and compared, and so
// are the leaders of their stories. So the first sync of a million articles takes 16 passes
// over 192 MB, and less than 100 MB of memory for each. What is settled does not depend on
// the order in which articles came, as far as a story is no larger than maxStory and a text
// has no more than maxSharers to be compared with.

// notedWritten begins the key of a note whose value is the ids of articles that were
// written or removed and whose stories are to be settled, each ended by a NUL.
const notedWritten = "k\x00"

// The bounds of what is compared.
const (
	// joinedAtOnce is how many noted articles are joined with all others together.
	joinedAtOnce = 1 << 16
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

// noting is a writer that notes the articles that it writes.
type noting struct{ engine.Writer }

func (w noting) Write(ctx context.Context, b *engine.Batch) error {
	if len(b.Put) > 0 {
		noteWritten(b)
	}
	return w.Writer.Write(ctx, b)
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
	if ix.noCopies {
		return nil
	}
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
	var keys, ids []string
	settle := func() error {
		if len(keys) == 0 {
			return nil
		}
		if err := t.settle(ctx, unique(ids)); err != nil {
			return err
		}
		err := t.writer.Write(ctx, &engine.Batch{DeleteNotes: keys})
		keys, ids = nil, nil
		return err
	}
	for n, err := range t.snap.Notes(ctx, notedWritten, false) {
		if err != nil {
			return err
		}
		keys = append(keys, n.Key)
		ids = append(ids, strings.Split(strings.TrimSuffix(string(n.Value), "\x00"), "\x00")...)
		if len(ids) >= joinedAtOnce {
			if err := settle(); err != nil {
				return err
			}
		}
	}
	return settle()
}

// settle settles articles of these ids, and those of the stories that are named after
// them: the leader may be gone, or tell another story now.
func (t *storySettling) settle(ctx context.Context, ids []string) error {
	led, err := collectIDs(ctx, t.snap, ids)
	if err != nil {
		return err
	}
	ids = unique(append(led[:len(led):len(led)], ids...))
	lists, err := t.snap.Keys(ctx, ids...)
	if err != nil {
		return err
	}
	near, err := findSharers(ctx, t.snap, ids, lists)
	if err != nil {
		return err
	}
	for seeds := range slices.Chunk(near.together(led), settledAtOnce) {
		names := make([]string, len(seeds))
		for i, seed := range seeds {
			names[i] = ids[seed]
		}
		stored, err := t.snap.Stored(ctx, names...)
		if err != nil {
			return err
		}
		changed, err := t.regroup(ctx, stored, near.of(seeds))
		if err != nil {
			return err
		}
		if err := t.rewrite(ctx, changed); err != nil {
			return err
		}
	}
	return nil
}

// rewrite writes articles with other stories.
func (t *storySettling) rewrite(ctx context.Context, changed map[string]string) error {
	if len(changed) == 0 {
		return nil
	}
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

// regroup finds the stories of articles, which may be copies of those of the ids near, and
// what changes for others. It returns the new stories, by id, of those that have another
// one now.
func (s *stories) regroup(ctx context.Context, seeds []engine.StoredArticle, near []string) (map[string]string, error) {
	m := &storyMembers{at: map[string]int{}, whole: map[string]bool{}}
	for i := range seeds {
		s.add(m, &seeds[i])
	}
	if err := s.load(ctx, m, near); err != nil {
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
	member := neardup.Member{ID: a.ID, Published: a.Published}
	member.Text, member.Keys = s.shingler.TextAndKeys(a.Title, copiedText(a))
	m.list = append(m.list, member)
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
	if ix.noCopies {
		noteWritten(b)
	}
	if len(b.Put) == 0 || ix.noCopies {
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
	led = slices.DeleteFunc(led, func(id string) bool { return slices.Contains(ids, id) })
	others, err := snap.Stored(ctx, led...)
	if err != nil {
		return err
	}
	lists, err := snap.Keys(ctx, led...)
	if err != nil {
		return err
	}
	for i := range b.Put {
		lists = append(lists, b.Put[i].Keys)
	}
	near, err := findSharers(ctx, snap, append(led, ids...), lists)
	if err != nil {
		return err
	}
	changed, err := s.regroup(ctx, append(seeds, others...), near.of(near.together(nil)))
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
