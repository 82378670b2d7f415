// Package segment is newsq's own format of index segments, as a plugin for
// bleve's scorch.
//
// Scorch keeps the life of the index: batches, snapshots, merges, deletions. A
// segment of this package holds a fixed set of documents and never changes. It
// answers scorch through the interfaces of scorch_segment_api. Beside these it
// offers posting lists that are read a block at a time ([PostingList]), norms,
// and doc values, for code that ranks and counts.
//
// The files of the package are named after what they do: read_ opens and reads
// a segment, write_ builds or merges one, codec_ holds what both sides share,
// and scorch_ implements scorch's interfaces.
//
// # The file
//
// A file is a header, sections, and a footer. A segment in memory holds the
// same bytes. Integers of a fixed width are little-endian. A uvarint is that of
// encoding/binary. Documents are numbered from 0. Fields are numbered in the
// order of the section fields, of which _id is the first. Those with stored
// values follow in the order of their names, and then the others in that of
// theirs, so that stored fields have the same numbers in most segments. Nothing
// that reads a segment depends on it.
//
//	header    8 bytes "newsqseg", u32 version, u32 zero
//	sections  each starts at a multiple of 8, zeroes between
//	table     for each section: u32 kind, u32 number, u64 offset, u64 length,
//	          u32 CRC-32C of its bytes, u32 zero
//	trailer   u32 documents, u32 sections, u64 length of the file,
//	          u32 version, u32 CRC-32C of header, table and the trailer's
//	          first 20 bytes, 8 bytes "newsqseg"
//
// The number of a section is that of its field or of its norms, and 0 or 1 for
// the two copies of the compression dictionary; else it is 0.
//
// # Damage
//
// Opening reads header, table, trailer, and the sections fields and checksums,
// and verifies the checksums of these. Everything else is verified by page, when
// it is first read: an FST as a whole by those who walk through it and state by
// state by those who look up one term; a posting list when it is opened; its
// positions a block at a time. Stored values have checksums of their own. So
// reading a damaged file gives what it held, or [ErrDamaged]. A merge would give
// damage a new checksum, so it verifies all of its inputs first. Every offset
// and every document number is also held against its limits, as a segment in
// memory has no checksums to verify.
//
// Version 1 had no page checksums and no doc values. Its ids and stored values
// can still be read; see [SalvageReader].
//
// # Sections
//
// The kinds of sections are numbered from 1 in the order of this list, except
// that checksums comes before the compression dictionary and both kinds of champions.
//
// Fields: uvarint number of fields. Then for each field: uvarint length of its
// name, the name, uvarint options (index.FieldIndexingOptions), uvarint number
// of terms, uvarint length of the longest term, uvarint 1 + the number of its
// norms, or 0 if it has none.
//
// Ids: documents+1 u32, which are the offsets where each id starts and the last
// one ends, counted from the end of these integers. Then the ids.
//
// Norms, any number of sections: a u32 for each document, or a single u32 that
// stands for all documents. A norm is the length of a field in a document, in
// tokens. Fields share norms when no document has two of them in different
// lengths. A document that has none of the fields has the norm 0.
//
// Term dictionary, one for each field with terms: a vellum FST from terms to
// values. A value with the lowest bit set is the list itself, of one posting:
// document<<5 | frequency<<1 | 1, for a posting without locations whose
// frequency is below 16. Any other value is the offset of the list in the
// section postings, shifted left by 1.
//
// Postings, one for each field with terms: posting lists, then 8 zeroes, as
// unpacking may read 8 bytes ahead.
//
// Stored: blocks of documents. A block is u32 length of its content, u32
// CRC-32C of these four bytes and of the compressed bytes, and then the content
// compressed by zstd. The content is, for each document, u32 where its values
// end, counted from the end of these integers; then the values, ordered by
// field. A value is uvarint field, u8 type, uvarint number of array positions,
// these as uvarints, uvarint length, and the bytes. The _id is left out, as it
// has a section of its own. If the segment has a compression dictionary, blocks
// are compressed with it, as dictionary 1.
//
// Stored index: for each block of the section stored, u32 its first document
// and u64 its offset.
//
// Ordinals, one for each field that is indexed with doc values: u8 width of an
// entry in bytes, 3 zeroes, u32 number of further entries; for each further
// entry the u32 document that it belongs to; then the first entry of each
// document; then the further entries. An entry is 1 + the ordinal of a term,
// which is its index in the sorted terms of the field, or 0 for no term.
//
// Numeric, one for each field with numeric values: an i64 for each document,
// which is the least i64 if the document has no value. If the field is indexed,
// then u32 the documents that have a value, in the order of the values.
//
// Compression dictionary, twice, before and behind the section stored, if there
// is much to store: u32 length, u32 CRC-32C of these four bytes and of what
// follows, then a frame that zstd skips, which holds the dictionary.
//
// Champions, in large segments that were merged: of the words that start with a
// prefix, in some fields together, the postings that come first. f64 base, f64 per
// length, which make the norm of a document, base + per length * length; uvarint
// field that has the lengths; uvarint number of fields, and for each uvarint field
// and uvarint weight; uvarint number of lists; for each list u32 its offset,
// counted from the end of these integers; then the lists, in the order of their
// keys. A list is uvarint length of its key, the key, uvarint bytes of the key's
// shortest prefix that the list is of, too, since no other words start with it;
// uvarint number of documents that have any of the words; uvarint number of
// champions, and for each, in the order of documents, uvarint distance from the
// document before, less 1, and uvarint its frequencies, weighted and added up. The
// first distance counts from -1. No document that is left out has a greater
// frequency, relative to its norm, than any of the champions. Programs that do not
// know the section find the same without it.
//
// Term champions, of a field of a segment that was merged, for its terms with many
// postings: f64 base and f64 per length, as in the section before, of the norms of the
// field; u32 number of lists; for each list u32 the offset of its term's posting list in
// the section postings, in order; for each list u32 its offset, counted from the end of
// these integers; then the lists. A list is uvarint number of champions, and for each,
// those with the greatest frequency relative to their norm first, uvarint document and
// uvarint frequency. No document that is left out has a greater one than any of the
// champions.
//
// Checksums, the last section: the u32 CRC-32C of each page of 4 KB of the file
// before it. The last page may be shorter.
//
// # Posting lists
//
// A list holds the postings of a term in the order of documents, in blocks of
// 128 postings. All blocks are packed but the last one, if it has fewer than
// 128: that is the tail block, of uvarints.
//
// A list starts with u8, whose lower four bits are the kind of its locations,
// and uvarint number of postings. A list below 128 postings is short. It goes
// on with uvarint greatest frequency, uvarint least norm, its tail block, and
// its locations. A longer list goes on with
//
//	uvarint length of its blocks together
//	uvarint length of its locations
//	impacts of the whole list
//	impacts of each group of 32 blocks, if there are more than 32 blocks
//	skip data, with an entry for each block: u32 last document, u32 offset of
//	    the block, u32 offset of its locations (if the list has any), and the
//	    impacts of the block
//	blocks
//	locations
//
// The impacts of a block have as many pairs in each entry as the upper four
// bits of the list's first byte say. Other impacts always have four.
//
// A packed block is u16 header, exceptions, document deltas, frequencies. Of the
// header, the lowest 6 bits are the width of the deltas, the next 6 the width of
// the frequencies, the next 3 the number of exceptions. The highest bit says
// that frequencies are stored less 1. Deltas and frequencies are 128 integers of
// so many bits each, lowest bits first. A delta is the distance from the
// document before, less 1. The first one counts from the last document of the
// block before, or from -1. An exception is u8: its lower seven bits are the
// index of a posting, whose frequency is greater than its bits say by 1<<width,
// or by 4<<width if the highest bit is set. A posting can have several
// exceptions, which add up.
//
// A tail block has for each posting uvarint delta<<1 | 1 if the frequency is 1,
// else uvarint delta<<1 and uvarint frequency.
//
// # Impacts
//
// Impacts bound the score of postings, whatever the mean length of the index
// is. They are up to four pairs of a frequency (u8) and a norm (u16). For every
// posting there is a pair with at least its frequency and at most its norm. So a
// score that grows with the frequency and falls with the norm is at most that of
// the best pair. Frequency 0 stands for no pair, 255 for 255 or more, and norm
// 65535 for 65535 or more.
//
// # Locations
//
// A list has locations of one of three kinds. Kind 0: none.
//
// Kind 1: positions. A posting has as many as its frequency, ascending. They are
// kept as the first position and then the distances from one to the next. In a
// short list these deltas are uvarints. In a longer one the deltas of each block
// are cut into runs of 128, of which the last may have fewer. A run is u8 width;
// if the highest bit of that is set, u8 number of exceptions, u8 width of what
// exceptions have beyond the width of the run, and then for each exception, in
// order, 7 bits index in the run and the bits beyond, filled up to whole bytes;
// then the deltas in the width of the run, lowest bits first, filled up to whole
// bytes.
//
// Kind 2: full locations. For each posting uvarint length in bytes, uvarint
// number of locations, and for each location uvarint field, position, start,
// end, number of array positions, and these.
package segment
