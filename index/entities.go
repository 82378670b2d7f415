package index

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	claims "github.com/newsq/newsq/internal/claim"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/entity"
	"github.com/newsq/newsq/internal/quotation"
)

// Switch says whether an index does something; AsKept leaves it as the index has it.
type Switch uint8

// What a Switch may be.
const (
	AsKept Switch = iota
	On
	Off
)

// textChoice is what an index finds in the texts of articles or leaves out, and keeps which.
type textChoice struct {
	setting   string // the file
	member    string // of the object in it, true or false
	byDefault bool   // for an index for which nobody chose
}

// What can be chosen: finding entities takes as long as all else, and quotations with claims
// a quarter of it.
var (
	entitiesChoice   = textChoice{engine.EntitiesSetting, "entities", false}
	quotationsChoice = textChoice{engine.QuotationsSetting, "quotations", true}
)

// sought is what an index finds in texts: the people, organizations and places that they name,
// and what they quote and claim.
type sought struct{ entities, quotations bool }

// soughtByDefault is what an index finds for which nobody chose.
func soughtByDefault() sought { return sought{entitiesChoice.byDefault, quotationsChoice.byDefault} }

// loadSought reads what an index finds.
func loadSought(ctx context.Context, from settingsReader) (s sought, err error) {
	if s.entities, err = entitiesChoice.load(ctx, from); err == nil {
		s.quotations, err = quotationsChoice.load(ctx, from)
	}
	return s, err
}

// maxChoice bounds the file of a choice, in bytes.
const maxChoice = 1 << 10

// load reads a choice.
func (c *textChoice) load(ctx context.Context, from settingsReader) (bool, error) {
	b, where, err := from.ReadSetting(ctx, c.setting)
	if errors.Is(err, fs.ErrNotExist) {
		return c.byDefault, nil
	}
	if err != nil {
		return false, fmt.Errorf("read whether %s are found: %w", c.member, err)
	}
	var members map[string]bool
	err = json.NewDecoder(bytes.NewReader(b[:min(len(b), maxChoice)])).Decode(&members)
	on, known := members[c.member]
	if err == nil && (!known || len(members) > 1) {
		err = fmt.Errorf("want the member %q alone", c.member)
	}
	if err != nil {
		return false, fmt.Errorf("read %s: %w; write {%q: true} or {%q: false}", where, err, c.member, c.member)
	}
	return on, nil
}

// change keeps a choice with an index. If it is another one than before, the articles that are
// there are known to have other derived values.
func (c *textChoice) change(ctx context.Context, e engine.Engine, choice Switch) error {
	if choice == AsKept {
		return nil
	}
	on := choice == On
	if kept, err := c.load(ctx, e); err == nil && kept == on {
		return nil
	}
	if err := unsettle(ctx, e); err != nil {
		return err
	}
	b, err := json.Marshal(map[string]bool{c.member: on})
	if err == nil {
		err = e.WriteSetting(ctx, c.setting, append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("keep whether %s are found: %w", c.member, err)
	}
	return nil
}

// unsettle notes that the articles of an index, if it has any, have other derived values
// than they are to have.
func unsettle(ctx context.Context, e engine.Engine) error {
	snap, err := e.Snapshot(ctx)
	if err != nil {
		return err
	}
	empty := snap.Len() == 0
	if err := snap.Close(ctx); err != nil || empty {
		return err
	}
	return recordDerived(ctx, e, unsettled)
}

// HasEntities reports whether the index finds the people, organizations and places that its
// articles name.
func (ix *Index) HasEntities() (bool, error) {
	s, err := ix.sought()
	if err != nil {
		return false, err
	}
	return s.entities, nil
}

// HasQuotations reports whether the index finds what its articles quote, and which sentences
// are forecasts, recommendations and caveats.
func (ix *Index) HasQuotations() (bool, error) {
	s, err := ix.sought()
	if err != nil {
		return false, err
	}
	return s.quotations, nil
}

// textStages returns the stages that read the texts of articles. That of quotations knows
// their speakers by the entities, where there are any, and comes behind theirs.
func textStages(s sought) (stages []enrich.TextStage) {
	if s.entities {
		stages = append(stages, entity.NewStage(analyzerOf))
	}
	if s.quotations {
		stages = append(stages, quotation.Stage(), claims.NewStage(analyzerOf))
	}
	return stages
}
