// Package local is the engine on bleve's scorch: articles are kept and merged
// by scorch, matched and ranked by code of our own over its segments.
//
// # Files
//
// An index is a folder:
//
//	newsq.json     what this is: format and schema version, with a sum
//	LOCK           held by the one process that writes
//	writer.json    who holds it, for the message to the second writer
//	work/          the writer's bleve index, its segments those of package segment
//	work/SEAL      what its root was when it was closed, byte for byte
//	generations/N/ published generations, each a bleve index of its own whose
//	               segment files are hard links into work/
//	  MANIFEST     what belongs to it, with lengths and sums
//	  lock         held by those who read it
//	CURRENT        the name of the generation that readers open
//
// A batch is durable when Write returns: its segment is synced, then the folder
// that names it, then scorch's root. The first failure of that, or of scorch's
// work in the background, ends writing until the index is opened again; see
// watch.go. Readers never open work/; Publish makes a generation of it and then
// renames CURRENT, so that they see all of a sync or nothing. A generation is
// removed once it is neither current nor held by a reader.
//
// # Damage
//
// Nothing is opened before it was looked at. A generation is held to its
// manifest. The writer's root is read page by page, as bbolt would end the
// process over some of what may be wrong with it, and scorch remove all segments
// that a root doesn't name which it takes for a new one. Segments check what is
// read of them. Everything that is wrong comes out as engine.ErrDamaged; see
// guard.go for files cut short while they are mapped. A check reads all there
// is, and names any changed byte of an index that was closed; a repair, and the
// rebuilding of an older schema, make a new index beside and replace the old one; see
// package maintain, and replace.go in package store.
//
// # Documents
//
// A bleve document is an article or the record of a corpus entry (its id
// starts with a NUL). An article's fields are listed in schema.go. Ranking
// reads one field, text, with a posting for each stem: its frequency is
// 5 x title + 3 x headings + 2 x body, its length is the article's counted
// likewise, so that the weights 2.5, 1.5 and 1 of BM25F are kept as whole
// numbers. Words as written have positions, in a field for each part of the
// article.
package local
