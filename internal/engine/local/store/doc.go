// Package store keeps an index in a folder. It writes batches by bleve's scorch,
// publishes generations, holds off a second writer, and finds, names and repairs
// damage. What a generation holds is read through package reader.
//
// # The folder
//
//	newsq.json     the header: format and version of the schema, with a checksum
//	LOCK           locked by the one process that writes
//	writer.json    which process that is, for the message to a second writer
//	work/          the writer's folder, a bleve index
//	  store/       the writer store: scorch's root, and segments of package segment
//	  SEAL         the clean-shutdown mark: what the root was at the last close
//	  vectors/     the model, and the vectors of segments by it, as they are made
//	generations/N/ published generations, each a bleve index
//	  store/       a scorch store of its own; its segments are hard links
//	  vectors/     the model and the vectors of its segments, as hard links; or none
//	  MANIFEST     the files that belong to it, with sizes and checksums
//	  lock         locked, shared, by those who read the generation
//	CURRENT        the pointer: which generation readers open
//	*.yaml         settings, which people keep with the index
//
// A scorch store is a folder that scorch writes: root.bolt, a file of bbolt that
// names the segments and the deletions of the newest state, and the segment files,
// which never change once they are written. A root is called empty when it names
// no state yet.
//
// # The life of a batch
//
// Write returns when its batch is durable: scorch syncs the segment, then the
// folder, then the root that names the segment. Each batch has an id; the id
// of the last batch tells one state of the index from another.
//
// Readers do not see the batch yet. Publish copies the newest state of the writer
// store into a new folder, with hard links for segments, describes it by a
// manifest, syncs it, renames the folder to its number, and then replaces CURRENT.
// So a reader sees all that a Publish makes visible, or nothing of it. After a
// crash before the Publish, the next writer publishes what is in the writer store.
//
// # Generations and locks
//
// A reader opens the generation that CURRENT names, and holds a shared lock on it.
// A generation never changes. The writer removes those that are neither current
// nor locked. Readers never open the writer store, and no lock of theirs can make
// a writer wait. The writer itself reads from its own store, which is the same
// state.
//
// One process writes: it holds LOCK from Open to Close. The system lets go of the
// lock when the process dies.
//
// The first error of a write, of scorch's background, or of Publish ends writing
// until the index is opened again; see failStop.
//
// # Damage
//
// Nothing is opened before it is checked. A generation is held to its manifest.
// The writer store is checked before scorch opens it, since scorch and bbolt
// trust their files: of a root that is cut short the process would end, and of one
// that is missing scorch would make a new one and remove all segments. Package
// boltcheck reads the root; the clean-shutdown mark vouches for it. Segments check
// their own checksums when they are read, and reader.Guard turns a fault of a file
// that was cut short while it is mapped into an error.
//
// All damage is reported as engine.ErrDamaged. Check reads every byte of an index
// and names each file that was changed since the index was closed. Salvage reads
// the articles that can still be read. A repair, or a rebuild from an older
// schema, makes a new index beside the old one and replaces that; see Replace.
package store
