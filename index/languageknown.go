package index

import (
	"context"
	"sync/atomic"

	"github.com/newsq/newsq/internal/engine"
)

// knownLanguages are the languages of the snapshot that was asked for them last: each
// search asks for them, and to count them takes a search of its own.
type knownLanguages struct {
	last atomic.Pointer[languagesOfState]
}

// languagesOfState are the languages of a state of the index.
type languagesOfState struct {
	generation uint64
	identity   string
	// articles tells apart what of a generation may be seen as embargoes end: with time
	// articles are only added to it, so that as many are the same.
	articles  int
	languages *languages
}

// of is languagesOf of a snapshot. k may be nil, and then knows nothing; nor are the
// languages kept of a snapshot that doesn't tell generations of one number apart. The
// caller may set docFreq of what is returned, unless that is oneLanguage.
func (k *knownLanguages) of(ctx context.Context, snap engine.Snapshot) (*languages, error) {
	i, identified := snap.(engine.Identified)
	if k == nil || !identified {
		return languagesOf(ctx, snap)
	}
	state := languagesOfState{generation: snap.Generation(), identity: i.Identity(), articles: snap.Len()}
	if s := k.last.Load(); s != nil && s.generation == state.generation && s.identity == state.identity && s.articles == state.articles {
		return s.languages.forOne(), nil
	}
	var err error
	if state.languages, err = languagesOf(ctx, snap); err != nil {
		return nil, err
	}
	k.last.Store(&state)
	return state.languages.forOne(), nil
}

// forOne returns l for one query, which may set docFreq.
func (l *languages) forOne() *languages {
	if l == oneLanguage {
		return l
	}
	return &languages{others: l.others, articles: l.articles}
}
