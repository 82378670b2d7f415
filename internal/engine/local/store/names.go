package store

import (
	"slices"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/fsutil"
)

// The names of what newsq keeps in the folder of an index.
const (
	headerName        = "newsq.json"
	lockName          = "LOCK"
	writerName        = "writer.json" // who holds the lock
	writerFolder      = "work"
	generationsFolder = "generations"
	pointerName       = "CURRENT" // which generation readers open
)

// The names within the writer's folder, and within that of a generation.
const (
	scorchFolder       = "store"           // what scorch writes: its root, and the segments
	vectorsFolder      = "vectors"         // models, and the vectors of segments by them
	boltName           = "root.bolt"       // scorch's root, in its store
	cleanMarkName      = "SEAL"            // the clean-shutdown mark: what the root was when it was closed
	metaName           = "index_meta.json" // bleve opens no folder without it
	manifestName       = "MANIFEST"        // of a generation or a backup: what belongs to it
	generationLockName = "lock"            // of a generation: shared by those who read it
)

// boltPath is the root as a manifest names it.
const boltPath = scorchFolder + "/" + boltName

// indexFile is a name that newsq gives to a file or folder in the folder of an
// index.
type indexFile struct {
	name string
	// beforeIndex: the file may lie in a folder that is no index yet. A first
	// start that was cut short has left it there, or people have put it there.
	beforeIndex bool
	// setting: people keep the file. It goes into backups, and from an index into
	// the one that replaces it.
	setting bool
}

// indexFiles is every such name, as the checks and the backups use it.
var indexFiles = []indexFile{
	{name: headerName},
	{name: headerName + fsutil.TempSuffix, beforeIndex: true},
	{name: lockName, beforeIndex: true},
	{name: writerName, beforeIndex: true},
	{name: writerName + fsutil.TempSuffix, beforeIndex: true},
	{name: writerFolder},
	{name: generationsFolder},
	{name: pointerName},
	{name: pointerName + fsutil.TempSuffix},
	{name: engine.TopicsSetting, beforeIndex: true, setting: true},
	{name: engine.TopicsSetting + fsutil.TempSuffix},
	{name: engine.TopicModelSetting, setting: true},
	{name: engine.TopicModelSetting + fsutil.TempSuffix},
	{name: engine.AliasesSetting, beforeIndex: true, setting: true},
	{name: engine.EntitiesSetting, beforeIndex: true, setting: true},
	{name: engine.EntitiesSetting + fsutil.TempSuffix},
	{name: engine.QuotationsSetting, beforeIndex: true, setting: true},
	{name: engine.QuotationsSetting + fsutil.TempSuffix},
	{name: engine.RemovedSetting, beforeIndex: true, setting: true},
	{name: engine.RemovedSetting + fsutil.TempSuffix},
	{name: engine.SavedSetting, beforeIndex: true, setting: true},
	{name: engine.SavedSetting + fsutil.TempSuffix},
}

// isIndexFile reports whether newsq gives this name to something in an index.
func isIndexFile(name string) bool {
	return slices.ContainsFunc(indexFiles, func(f indexFile) bool { return f.name == name })
}

// mayPrecedeIndex reports whether this name may be in a folder that becomes an index.
func mayPrecedeIndex(name string) bool {
	return slices.ContainsFunc(indexFiles, func(f indexFile) bool { return f.name == name && f.beforeIndex })
}

// settingFiles returns the names of the files that people keep with an index.
func settingFiles() []string {
	var names []string
	for _, f := range indexFiles {
		if f.setting {
			names = append(names, f.name)
		}
	}
	return names
}
