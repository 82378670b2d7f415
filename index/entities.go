package index

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

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

// entitiesByDefault says whether the people, organizations and places of articles are found
// in an index for which nobody chose.
const entitiesByDefault = false

// entitiesSetting is the file that keeps the choice.
type entitiesSetting struct {
	Entities bool `json:"entities"`
}

// maxEntitiesSetting bounds the file, in bytes.
const maxEntitiesSetting = 1 << 10

// loadEntities reads whether entities are found in the articles of an index.
func loadEntities(ctx context.Context, from settingsReader) (bool, error) {
	b, where, err := from.ReadSetting(ctx, engine.EntitiesSetting)
	if errors.Is(err, fs.ErrNotExist) {
		return entitiesByDefault, nil
	}
	if err != nil {
		return false, fmt.Errorf("read whether entities are found: %w", err)
	}
	var s entitiesSetting
	d := json.NewDecoder(bytes.NewReader(b[:min(len(b), maxEntitiesSetting)]))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return false, fmt.Errorf("read %s: %w; write {\"entities\": true} or {\"entities\": false}", where, err)
	}
	return s.Entities, nil
}

// changeEntities keeps with an index whether entities are found. If that is another choice
// than before, the articles that are there are known to have others.
func changeEntities(ctx context.Context, e engine.Engine, choice Switch) error {
	on := choice == On
	if kept, err := loadEntities(ctx, e); err == nil && kept == on {
		return nil
	}
	if err := unsettle(ctx, e); err != nil {
		return err
	}
	b, err := json.Marshal(entitiesSetting{on})
	if err == nil {
		err = e.WriteSetting(ctx, engine.EntitiesSetting, append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("keep whether entities are found: %w", err)
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
	on, err := ix.entities()
	if err != nil {
		return false, err
	}
	return *on, nil
}

// textStages returns the stages that read the texts of articles. That of quotations knows
// their speakers by the entities, where there are any, and comes behind theirs.
func textStages(entities bool) []enrich.TextStage {
	stages := []enrich.TextStage{quotation.Stage(), claims.NewStage(analyzerOf)}
	if entities {
		stages = slices.Insert(stages, 0, entity.NewStage(analyzerOf))
	}
	return stages
}
