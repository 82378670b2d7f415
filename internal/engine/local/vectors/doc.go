// Package vectors is the format of the files that keep the vectors of articles: a file
// for each segment and model. What the vectors mean is said by package embed.
//
// A file belongs to one segment, which its info names by size and checksum, and to one
// model. It is written once and never changes. A segment whose articles are deleted
// keeps their vectors: who reads them leaves deleted articles out.
//
// # The file
//
// Numbers are little endian.
//
//	vectors    a row for each article, in the order of documents: a byte for each
//	           dimension, and zeros up to embed.Padded
//	set        a bit for each document of the segment: whether it has a row
//	info       infoSize bytes, see Info
//	checksums  CRC-32C of each page of pageSize bytes of all that stands before
//	trailer    trailerSize bytes: magic, version, checksum of the checksums, their
//	           offset, checksum of the trailer itself
//
// So documents that are no articles, such as the records of files, take a bit each. The
// last page may be shorter. Open verifies the trailer, the checksums, the info and the
// set; rows are verified when they are first read, by pages.
package vectors
