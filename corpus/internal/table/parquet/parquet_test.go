package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// member is a field of a struct that a test writes: a number, a text, a list or a
// struct.
type member struct {
	id int16
	v  any
}

// encode writes a struct in Thrift's compact protocol.
func encode(members ...member) []byte {
	var b []byte
	last := int16(0)
	for _, m := range members {
		b = append(b, byte(m.id-last)<<4|kindOf(m.v))
		b = appendValue(b, m.v)
		last = m.id
	}
	return append(b, typeStop)
}

func kindOf(v any) byte {
	switch v.(type) {
	case int:
		return typeI64
	case string:
		return typeBinary
	case []member:
		return typeStruct
	}
	return typeList
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case int:
		return binary.AppendUvarint(b, uint64(v)<<1)
	case string:
		return append(binary.AppendUvarint(b, uint64(len(v))), v...)
	case []member:
		return append(b, encode(v...)...)
	case []any:
		b = append(b, 0xf0|kindOf(v[0]))
		b = binary.AppendUvarint(b, uint64(len(v)))
		for _, e := range v {
			b = appendValue(b, e)
		}
	}
	return b
}

// column is a column that a test writes: texts, of which "-" is absent, or places
// in a dictionary.
type column struct {
	element []member // of the schema, without the name
	name    string
	pages   []byte // with their headers
	count   int
	first   int // where the first page of data begins, within pages
}

// texts returns a column of texts that may be absent, in one page.
func texts(t testing.TB, name string, codec int, values ...string) column {
	t.Helper()
	var defs, plain []byte
	for _, v := range values {
		if v == "-" {
			defs = append(defs, 1<<1, 0)
			continue
		}
		defs = append(defs, 1<<1, 1)
		plain = binary.LittleEndian.AppendUint32(plain, uint32(len(v)))
		plain = append(plain, v...)
	}
	page := binary.LittleEndian.AppendUint32(nil, uint32(len(defs)))
	page = append(append(page, defs...), plain...)
	c := column{name: name, element: []member{{1, physBytes}, {3, 1}}, count: len(values)}
	c.pages = pageOf(t, codec, page, pageData, member{5, []member{{1, len(values)}, {2, encPlain}, {3, encRLE}, {4, encRLE}}})
	return c
}

// pageOf returns a page with its header.
func pageOf(t testing.TB, codec int, content []byte, kind int, header member) []byte {
	t.Helper()
	packed := content
	switch codec {
	case codecSnappy:
		packed = s2.EncodeSnappy(nil, content)
	case codecZstd:
		var b bytes.Buffer
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := z.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		packed = b.Bytes()
	}
	return append(encode(member{1, kind}, member{2, len(content)}, member{3, len(packed)}, header), packed...)
}

// write returns a file with a group of rows for each list of columns.
func write(codec int, schema []any, groups ...[]column) string {
	b := []byte(magic)
	var rowGroups []any
	for _, columns := range groups {
		var chunks []any
		for _, c := range columns {
			meta := []member{{1, physBytes}, {4, codec}, {5, c.count}, {7, len(c.pages)}, {9, len(b) + c.first}}
			if c.first > 0 {
				meta = append(meta, member{11, len(b)})
			}
			chunks = append(chunks, []member{{2, 0}, {3, meta}})
			b = append(b, c.pages...)
		}
		rowGroups = append(rowGroups, []member{{1, chunks}, {2, 0}, {3, columns[0].count}})
	}
	footer := encode(member{1, 1}, member{2, schema}, member{3, 0}, member{4, rowGroups})
	b = append(b, footer...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(footer)))
	return string(append(b, magic...))
}

// flat returns the schema of columns that lie beside one another.
func flat(columns []column) []any {
	schema := []any{[]member{{4, "schema"}, {5, len(columns)}}}
	for _, c := range columns {
		schema = append(schema, append(slices.Clone(c.element), member{4, c.name}))
	}
	return schema
}

func TestRead(t *testing.T) {
	for _, codec := range []int{codecNone, codecSnappy, codecZstd} {
		columns := []column{
			texts(t, "title", codec, "A ferry", "A bridge"), texts(t, "text", codec, "It sails.", "-"), texts(t, "domain", codec, "example.org", "example.net"),
			texts(t, "date", codec, "2026-01-05 10:30:00", "2026-01-06"),
		}
		content := write(codec, flat(columns), columns, columns)
		if !Recognize(reader.NewHead("a", []byte(content), true)) {
			t.Error("not recognized")
		}
		records, faults := readertest.Read(t, Read, "a.parquet", content)
		if len(faults) != 0 || len(records) != 4 {
			t.Fatalf("codec %d: got %d records, faults %v", codec, len(records), faults)
		}
		a, b := &records[0], &records[3]
		if a.First(record.Title) != "A ferry" || a.Text() != "It sails." || a.First(record.Source) != "example.org" || a.First(record.Published) != "2026-01-05 10:30:00" {
			t.Errorf("got %q, %q, %q, %q", a.First(record.Title), a.Text(), a.First(record.Source), a.First(record.Published))
		}
		if b.First(record.Title) != "A bridge" || b.Has(record.Body) || b.Place != "4" {
			t.Errorf("got %q, %q at %q", b.First(record.Title), b.Text(), b.Place)
		}
	}
}

// Places in a dictionary; a column in another; a list.
func TestNested(t *testing.T) {
	title := column{name: "title", element: []member{{1, physBytes}, {3, 0}}, count: 3}
	dictionary := []byte("\x01\x00\x00\x00A\x01\x00\x00\x00B")
	title.pages = pageOf(t, codecNone, dictionary, pageDictionary, member{7, []member{{1, 2}, {2, encPlain}}})
	title.first = len(title.pages)
	// Two in a row of the second text, then one packed place.
	title.pages = append(title.pages, pageOf(t, codecNone, []byte{1, 2 << 1, 1, 1<<1 | 1, 0}, pageData, member{5, []member{{1, 3}, {2, encDictionary}, {3, encRLE}, {4, encRLE}}})...)
	// [sea, port], nothing, [pier]
	tags := column{name: "tags", count: 4}
	levels := func(ns ...byte) []byte {
		var b []byte
		for _, n := range ns {
			b = append(b, 1<<1, n)
		}
		return append(binary.LittleEndian.AppendUint32(nil, uint32(len(b))), b...)
	}
	page := append(levels(0, 1, 0, 0), levels(2, 2, 0, 2)...)
	for _, s := range []string{"sea", "port", "pier"} {
		page = append(binary.LittleEndian.AppendUint32(page, uint32(len(s))), s...)
	}
	tags.pages = pageOf(t, codecNone, page, pageData, member{5, []member{{1, 4}, {2, encPlain}, {3, encRLE}, {4, encRLE}}})
	outlet := texts(t, "source.name", codecNone, "Example News", "-", "Example News")
	schema := []any{
		[]member{{4, "schema"}, {5, 3}},
		[]member{{1, physBytes}, {3, 0}, {4, "title"}},
		[]member{{3, 1}, {4, "tags"}, {5, 1}},
		[]member{{3, 2}, {4, "list"}, {5, 1}},
		[]member{{1, physBytes}, {3, 0}, {4, "element"}},
		[]member{{3, 0}, {4, "source"}, {5, 1}},
		[]member{{1, physBytes}, {3, 1}, {4, "name"}},
	}
	records, faults := readertest.Read(t, Read, "a.parquet", write(codecNone, schema, []column{title, tags, outlet}))
	if len(faults) != 0 || len(records) != 3 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	for i, want := range []struct{ title, tags, outlet string }{{"B", `["sea","port"]`, "Example News"}, {"B", "", ""}, {"A", "pier", "Example News"}} {
		r := &records[i]
		if r.First(record.Title) != want.title || r.First(record.Topics) != want.tags || r.First(record.Source) != want.outlet {
			t.Errorf("%d: got %q, %q, %q", i, r.First(record.Title), r.First(record.Topics), r.First(record.Source))
		}
	}
}

func TestForms(t *testing.T) {
	for _, test := range []struct {
		f    form
		n    int64
		want string
	}{
		{asDay, 20458, "2026-01-05"},
		{asMillis, 1767609000000, "2026-01-05T10:30:00Z"},
		{asMicros, 1767571200000000, "2026-01-05"},
		{asNanos, 1767609000000000001, "2026-01-05T10:30:00.000000001Z"},
		{asNumber, -7, "-7"},
	} {
		if got := test.f.text(test.n); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

// 1, 2, 3, 4, 5 with a block of 128 in 4 parts: the example of the format.
func TestDelta(t *testing.T) {
	b := append([]byte{0x80, 1, 4, 5, 2, 2, 0, 0, 0, 0}, "rest"...)
	got, rest, err := delta(b, 5)
	if err != nil || !slices.Equal(got, []int64{1, 2, 3, 4, 5}) || string(rest) != "rest" {
		t.Errorf("got %v, %q, %v", got, rest, err)
	}
}

func TestLZ4(t *testing.T) {
	got, err := unpackLZ4([]byte{0x35, 'a', 'b', 'c', 3, 0, 0x10, '!'}, 13)
	if err != nil || string(got) != "abcabcabcabc!" {
		t.Errorf("got %q, %v", got, err)
	}
	for _, b := range [][]byte{{0xff}, {0x10}, {0x10, 'a', 0, 0}, {0x10, 'a', 2, 0}, {0xf0, 255, 255, 255}} {
		if _, err := unpackLZ4(b, 100); err == nil {
			t.Errorf("%v: no error", b)
		}
	}
}

// What is damaged is told, after the rows before it.
func TestDamage(t *testing.T) {
	good := []column{texts(t, "title", codecNone, "A"), texts(t, "text", codecNone, "b")}
	bad := []column{texts(t, "title", codecNone, "C"), texts(t, "text", codecNone, "d")}
	bad[1].pages = bytes.Clone(bad[1].pages)
	bad[1].pages[len(bad[1].pages)-2] = 0x7f
	bad[1].pages[len(bad[1].pages)-5] = 0x7f
	records, faults := readertest.Read(t, Read, "a.parquet", write(codecNone, flat(good), good, bad))
	if len(records) != 1 || len(faults) != 1 || !errors.Is(faults[0], errDamaged) || !strings.Contains(faults[0].Error(), "behind row 1: column text") {
		t.Errorf("got %d records, faults %v", len(records), faults)
	}
	whole := write(codecNone, flat(good), good)
	for name, content := range map[string]string{
		"cut short": whole[:len(whole)-9], "encrypted": whole[:len(whole)-4] + magicEncrypted, "too short": magic + magic,
		"a long footer": whole[:len(whole)-8] + "\xff\xff\xff\x7f" + magic, "another codec": write(5, flat(good), good),
	} {
		if records, faults := readertest.Read(t, Read, "a.parquet", content); len(records) != 0 || len(faults) == 0 {
			t.Errorf("%s: got %d records, faults %v", name, len(records), faults)
		}
	}
}

func FuzzRead(f *testing.F) {
	columns := []column{texts(f, "title", codecNone, "A", "B"), texts(f, "text", codecSnappy, "b", "-")}
	f.Add([]byte(write(codecNone, flat(columns), columns[:1], columns)))
	f.Add([]byte(write(codecSnappy, flat(columns), columns)))
	f.Fuzz(func(t *testing.T, content []byte) { readertest.Read(t, Read, "a.parquet", string(content)) })
}

func FuzzHybrid(f *testing.F) {
	f.Add([]byte{2 << 1, 1, 1<<1 | 1, 0x88}, 1, 10)
	f.Add([]byte("\x11\x11000\x11000000000000000000"), 1, 14) // parts of blocks that are no whole bytes
	f.Fuzz(func(t *testing.T, b []byte, w, n int) {
		if w < 0 || w > 32 || n < 0 || n > 1<<16 {
			return
		}
		_, _ = hybrid(b, w, n) // they may fail, not panic
		_, _, _ = delta(b, n)
	})
}
