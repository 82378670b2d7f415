package integrum

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// page is a page of two articles: fields in cells of a table, and on lines.
const page = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body>
<a href="#1">Паром идёт в порт</a><br><a href="#2">Новый мост</a><br>
<a name="1"></a><table><tr><td>^ИС:</td><td>Портовая газета</td></tr><tr><td>^РБ:</td><td>Общество</td></tr>
<tr><td>^НР:</td><td>12</td></tr><tr><td>^ДТ:</td><td>05.01.26</td></tr><tr><td>^АВ:</td><td>Анна Белова</td></tr>
<tr><td>^ЗГ:</td><td>Паром идёт в порт</td></tr></table><h3>Паром идёт в порт</h3>
<pre>
Паром идёт в порт

05.01.2026

  Новый паром идёт в порт два раза в день, сказал в
понедельник мэр города на встрече с жителями.
  Билеты <b>продают</b> на пристани.
</pre>
<a name="2"></a><table><tr><td>^ИС: Вечерний город</td></tr><tr><td>^ДТ: 06.01.2026</td></tr></table><h3>Новый мост</h3>
<pre>Мост открыт.</pre></body></html>`

// What only looks like a page of the database is none.
func TestRecognizeOthers(t *testing.T) {
	for _, s := range []string{
		`<html><body><p>Поле ^ИС: источник, поле ^ДТ: дата.</p></body></html>`,
		`<html><body><p>^ИС: источник</p></body></html>`,
	} {
		if Recognize(reader.NewHead("a.html", []byte(s), true)) {
			t.Errorf("%q is recognized", s)
		}
	}
}

func TestRead(t *testing.T) {
	windows, err := charmap.Windows1251.NewEncoder().String(page)
	if err != nil {
		t.Fatal(err)
	}
	koi, err := charmap.KOI8R.NewEncoder().String(strings.ReplaceAll(page, "windows-1251", "koi8-r"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"UTF-8": strings.ReplaceAll(page, "windows-1251", "utf-8"), "windows-1251": windows, "KOI8-R": koi} {
		t.Run(name, func(t *testing.T) {
			if !Recognize(reader.NewHead("a.html", []byte(content), true)) {
				t.Error("not recognized")
			}
			records, faults := readertest.Read(t, Read, "a.html", content)
			if len(records) != 2 || len(faults) != 0 {
				t.Fatalf("got %d records, faults %v", len(records), faults)
			}
			a, b := &records[0], &records[1]
			for f, want := range map[record.Field]string{
				record.Title: "Паром идёт в порт", record.Source: "Портовая газета", record.Published: "05.01.26",
				record.Authors: "Анна Белова", record.Topics: "Общество",
			} {
				if got := a.First(f); got != want {
					t.Errorf("%s: got %q, want %q", f, got, want)
				}
			}
			if want := "  Новый паром идёт в порт два раза в день, сказал в\nпонедельник мэр города на встрече с жителями.\n  Билеты продают на пристани."; a.Text() != want {
				t.Errorf("got %q, want %q", a.Text(), want)
			}
			if b.First(record.Title) != "Новый мост" || b.First(record.Source) != "Вечерний город" || b.Text() != "Мост открыт." {
				t.Errorf("got %q, %q, %q", b.First(record.Title), b.First(record.Source), b.Text())
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(page)
	f.Add(strings.Repeat("<a name=1>^ИС: a<pre>b", 30))
	f.Add("^ИС:^ДТ: 1.1.1<h3>x<pre>x\n1.1.1\n")
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "a.html", s) })
}
