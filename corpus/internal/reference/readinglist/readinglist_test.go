package readinglist

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

func TestReadTable(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		recognize      func(*reader.Head) bool
	}{
		{
			"Pocket", "title,url,time_added,tags,status\nFerries sail,https://example.org/1,1767603600,ports|tolls,unread\nhttps://example.org/2,https://example.org/2,1767603601,,archive\n",
			"place: https://example.org/1\ntitle: Ferries sail\npublished: 1767603600\ntopics: ports,tolls\nurl: https://example.org/1\nlink: yes\n\nplace: https://example.org/2\ntitle: https://example.org/2\npublished: 1767603601\nurl: https://example.org/2\nlink: yes\n",
			RecognizePocketTable,
		},
		{
			"Pocket, older, in another order", "\ufeff\"url\",\"title\",\"time_added\",\"cursor\",\"tags\",\"status\"\r\nhttps://example.org/1,\"A, B\",1767603600,,\"ports,tolls\",unread\r\n",
			"place: https://example.org/1\ntitle: A, B\npublished: 1767603600\ntopics: ports,tolls\nurl: https://example.org/1\nlink: yes\n",
			RecognizePocketTable,
		},
		{
			"Instapaper: a selection is a text, and no title", "URL,Title,Selection,Folder,Timestamp\nhttps://example.org/1,A,\"They sail\nagain.\",Unread,1767603600\nhttps://example.org/2,,,Archive,\n",
			"place: https://example.org/1\ntitle: A\nsummary: They sail\\nagain.\npublished: 1767603600\nurl: https://example.org/1\n\nplace: https://example.org/2\ntitle: https://example.org/2\nurl: https://example.org/2\nlink: yes\n",
			RecognizeInstapaper,
		},
		{
			"Readwise", "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\nA,https://example.org/1,id1,\"['ports', 'tolls']\",2026-03-14 23:55:23.291000+00:00,0,new,True\n",
			"place: id1\ntitle: A\npublished: 2026-03-14 23:55:23.291000+00:00\ntopics: ['ports', 'tolls']\nurl: https://example.org/1\nlink: yes\n",
			RecognizeReadwise,
		},
		{
			"Raindrop", "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n7,A,,They sail.,https://example.org/1,Ports,\"ports, tolls\",2026-03-14T23:55:23.291Z,,,false\n",
			"place: 7\ntitle: A\nsummary: They sail.\npublished: 2026-03-14T23:55:23.291Z\ntopics: ports, tolls\nurl: https://example.org/1\n",
			RecognizeOther,
		},
		{
			"Readwise, what was marked", "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n\"They sail, they do.\",A,Ada Okoye,,my note,yellow,ports,order,1,2026-03-14 10:00:00+00:00,\n",
			"place: 1\ntitle: A\nsummary: my note\nbody: They sail, they do.\nauthors: Ada Okoye\npublished: 2026-03-14 10:00:00+00:00\ntopics: ports\n",
			RecognizeHighlights,
		},
		{
			"Matter", "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight Count,Last Interaction Date,File Id\nA,Ada Okoye,The Post,https://example.org/1,,900,true,false,false,0,2026-03-14,\n",
			"place: https://example.org/1\ntitle: A\nauthors: Ada Okoye\nsource: The Post\npublished: 2026-03-14\nurl: https://example.org/1\nlink: yes\n",
			RecognizeOther,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, ReadTable, "a.csv", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
			if !tt.recognize(readertest.Head("a.csv", tt.in)) {
				t.Error("it is not recognized")
			}
			for _, other := range []func(*reader.Head) bool{RecognizePocketTable, RecognizeInstapaper, RecognizeReadwise, RecognizeOther} {
				if other(readertest.Head("a.csv", "title,url,text,date\nA,https://example.org/1,B,2026\n")) {
					t.Error("any table is taken for a reading list")
				}
			}
		})
	}
}

func TestReadJSON(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		recognize      func(*reader.Head) bool
	}{
		{
			"wallabag 2", `[{"id":7,"title":"A","url":"https://example.org/1","is_archived":0,"is_starred":0,"created_at":"2026-01-05T10:00:00+0200","published_at":"2026-01-04T10:00:00+0200","published_by":["Ada Okoye"],"content":"<p>They sail.</p>","language":"en","domain_name":"example.org","tags":["ports",{"id":1,"label":"tolls"}],"annotations":[{"text":"x","quote":"y"}],"_links":{"self":{"href":"/api/entries/7"}}},
{"id":8,"title":"B","url":"https://example.org/2","is_archived":1,"is_starred":0,"content":"wallabag can't retrieve contents for this article. Please <a href=\"x\">read on</a>.","domain_name":"example.org","tags":[]}]`,
			"place: https://example.org/1\ntitle: A\nbody: <p>They sail.</p>\nauthors: Ada Okoye\nsource: example.org\npublished: 2026-01-04T10:00:00+0200\nlanguage: en\ntopics: ports | tolls\nurl: https://example.org/1\n\nplace: https://example.org/2\ntitle: B\nsource: example.org\nurl: https://example.org/2\nlink: yes\n",
			RecognizeWallabag,
		},
		{
			"wallabag 1: each value twice, tags a text", `[{"0":"3","1":"A","2":"https://example.org/1","3":"0","5":"<p>They sail.</p>","id":"3","title":"A","url":"https://example.org/1","is_read":"0","is_fav":"1","content":"<p>They sail.</p>","user_id":"1","tags":"ports,tolls"}]`,
			"place: https://example.org/1\ntitle: A\nbody: <p>They sail.</p>\ntopics: ports,tolls\nurl: https://example.org/1\n",
			RecognizeWallabag,
		},
		{
			"Omnivore: the text lies beside", `[{"id":"x","slug":"ferries-1","title":"A","description":"They sail.","author":"Ada Okoye","url":"https://example.org/1","state":"Active","readingProgress":0,"thumbnail":"","labels":["RSS"],"savedAt":"2026-01-05T10:00:00.000Z","updatedAt":"2026-01-06T10:00:00.000Z","publishedAt":null},{"slug":"../x","title":"B","url":"https://example.org/2","readingProgress":1,"savedAt":"2026-01-05"}]`,
			"place: https://example.org/1\ntitle: A\nsummary: They sail.\nbody: <p>They sail again.</p>\nauthors: Ada Okoye\npublished: 2026-01-05T10:00:00.000Z\ntopics: RSS\nurl: https://example.org/1\n\nplace: https://example.org/2\ntitle: B\npublished: 2026-01-05\nurl: https://example.org/2\nlink: yes\n",
			RecognizeOmnivore,
		},
		{
			"Chrome: a tree, and microseconds since 1601", `{"checksum":"x","roots":{"bookmark_bar":{"children":[{"children":[{"date_added":"13412077200000000","id":"6","name":"A","type":"url","url":"https://example.org/1"}],"name":"Ports","type":"folder"}],"name":"Bar","type":"folder"},"other":{"children":[],"type":"folder"}},"version":1}`,
			"place: https://example.org/1\ntitle: A\npublished: 2026-01-05T09:00:00Z\nurl: https://example.org/1\nlink: yes\n",
			RecognizeBookmarks,
		},
		{
			"Firefox: a tree, and microseconds since 1970", `{"guid":"root________","title":"","typeCode":2,"type":"text/x-moz-place-container","children":[{"guid":"a","title":"A","dateAdded":1767603600000000,"typeCode":1,"iconUri":"x","tags":"ports,tolls","type":"text/x-moz-place","uri":"https://example.org/1"},{"typeCode":3,"type":"text/x-moz-place-separator"}]}`,
			"place: https://example.org/1\ntitle: A\npublished: 1767603600000000\ntopics: ports,tolls\nurl: https://example.org/1\nlink: yes\n",
			RecognizeBookmarks,
		},
		{
			"Pinboard: the description is the title, blanks part tags", `[{"href":"https://example.org/1","description":"A","extended":"They sail.","meta":"m","hash":"h","time":"2026-01-05T10:00:00Z","shared":"yes","toread":"no","tags":"ports tolls"}]`,
			"place: https://example.org/1\ntitle: A\nsummary: They sail.\npublished: 2026-01-05T10:00:00Z\ntopics: ports | tolls\nurl: https://example.org/1\n",
			RecognizeBookmarks,
		},
		{
			"Linkwarden: links in collections, with texts", `{"id":1,"username":"x","collections":[{"id":1,"name":"Ports","links":[{"id":2,"name":"A","type":"url","description":"","collectionId":1,"url":"https://example.org/1","textContent":"They sail.","createdAt":"2026-01-05T10:00:00Z","tags":[{"id":1,"name":"tolls"}]}]}]}`,
			"place: https://example.org/1\ntitle: A\nbody: They sail.\npublished: 2026-01-05T10:00:00Z\ntopics: tolls\nurl: https://example.org/1\n",
			RecognizeBookmarks,
		},
		{
			"Readability", `{"bookmarks":[{"article__excerpt":"They sail&hellip;","favorite":false,"article__url":"https://example.org/1","date_added":"2026-01-05T10:00:00","article__title":"A"}],"recommendations":[]}`,
			"place: https://example.org/1\ntitle: A\nsummary: They sail&hellip;\npublished: 2026-01-05T10:00:00\nurl: https://example.org/1\n",
			RecognizeBookmarks,
		},
		{
			"Karakeep: links and notes", `{"bookmarks":[{"createdAt":1767603600,"title":null,"tags":["ports"],"content":{"type":"link","url":"https://example.org/1"},"note":null},{"createdAt":1767603601,"title":"B","tags":[],"content":{"type":"text","text":"Ask the office."},"note":null}]}`,
			"place: https://example.org/1\ntitle: https://example.org/1\npublished: 1767603600\ntopics: ports\nurl: https://example.org/1\nlink: yes\n\nplace: 2\ntitle: B\nbody: Ask the office.\npublished: 1767603601\n",
			RecognizeBookmarks,
		},
		{
			"Delicious", `[{"title":"A","tags":["ports","tolls"],"url":"https://example.org/1","description":"They sail.","created":"1767603600","others":9,"owner":"x","private":"0"},{"title":"B","tags":[""],"url":"https://example.org/2","description":"","created":"1767603601","others":0,"owner":"x","private":"0"}]`,
			"place: https://example.org/1\ntitle: A\nsummary: They sail.\npublished: 1767603600\ntopics: ports | tolls\nurl: https://example.org/1\n\nplace: https://example.org/2\ntitle: B\npublished: 1767603601\nurl: https://example.org/2\nlink: yes\n",
			RecognizeBookmarks,
		},
		{
			"linkding", `{"count":1,"next":null,"results":[{"id":1,"url":"https://example.org/1","title":"","description":"","notes":"","website_title":"A","tag_names":["ports"],"date_added":"2026-01-05T10:00:00Z"}]}`,
			"place: https://example.org/1\ntitle: A\npublished: 2026-01-05T10:00:00Z\ntopics: ports\nurl: https://example.org/1\nlink: yes\n",
			RecognizeBookmarks,
		},
		{
			"Shaarli", `[{"id":1,"url":"https://example.org/1","shorturl":"abc","title":"A","description":"They sail.","tags":["ports","tolls"],"private":false,"created":"2026-01-05T10:00:00+01:00","updated":""}]`,
			"place: https://example.org/1\ntitle: A\nsummary: They sail.\npublished: 2026-01-05T10:00:00+01:00\ntopics: ports | tolls\nurl: https://example.org/1\n",
			RecognizeBookmarks,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := readertest.Run(t, ReadJSON, "a.json", tt.in, map[string]string{"content/ferries-1.html": "<p>They sail again.</p>"})
			if d := cmp.Diff(tt.want, readertest.Show(o.Records)); d != "" || len(o.Faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", o.Faults, d)
			}
			if !tt.recognize(readertest.Head("a.json", tt.in)) {
				t.Error("it is not recognized")
			}
		})
	}
}

// A text of Omnivore is the same article as its entry, whichever is read.
func TestOmnivoreText(t *testing.T) {
	const slug = "ferries-sail-19a8b3c2d1e"
	entry, _ := readertest.Read(t, ReadJSON, "metadata_0_to_20.json", `[{"slug":"`+slug+`","title":"A","url":"https://example.org/1","readingProgress":0,"savedAt":"2026-01-05"}]`)
	text, faults := readertest.Read(t, ReadOmnivoreText, "x/content/"+slug+".html", "<div><h1>A</h1><p>They sail again and again, and nobody knows why they do.</p></div>")
	if len(faults) > 0 || len(entry) != 1 || len(text) != 1 {
		t.Fatalf("%v: %d, %d records", faults, len(entry), len(text))
	}
	if a, b := entry[0].First(record.ID), text[0].First(record.ID); a != b || a == "" || !entry[0].GlobalID || !text[0].GlobalID {
		t.Errorf("ids %q and %q", a, b)
	}
	for name, want := range map[string]bool{slug + ".html": true, "ferries-sail.html": false, slug + ".htm": false, "2026-01-05-ferries.html": false} {
		if RecognizeOmnivoreText(readertest.Head(name, "<p>A")) != want {
			t.Errorf("%s: want %v", name, want)
		}
	}
}

func TestRecognize(t *testing.T) {
	for _, s := range []string{
		`[{"title":"A","url":"https://example.org","text":"B","tags":["x"],"created_at":"2026"}]`,
		`{"articles":[{"title":"A","description":"B","url":"https://example.org","content":"C","publishedAt":"2026-01-05"}]}`,
		`{"bookmarks":12,"title":"A","createdAt":"2026-01-05","tags":["x"],"content":"B","url":"https://example.org"}`,
	} {
		h := readertest.Head("a.json", s)
		if RecognizeWallabag(h) || RecognizeOmnivore(h) || RecognizeBookmarks(h) {
			t.Errorf("%s is taken for a reading list", s)
		}
	}
}

// A table with a column of texts is no list of links.
func TestRecognizeTexts(t *testing.T) {
	for name, recognize := range map[string]func(*reader.Head) bool{
		"title,url,time_added,text\n":                     RecognizePocketTable,
		"id,title,note,excerpt,url,folder,created,body\n": RecognizeOther,
	} {
		if recognize(readertest.Head("a.csv", name+"x,x,x,x,x,x,x,x\n")) {
			t.Errorf("%s is taken for a reading list", name)
		}
	}
}

// What is cut short, nested deeply or without an end is told, in little time.
func TestHostile(t *testing.T) {
	recs, faults := readertest.Read(t, ReadJSON, "a.json", `[{"title":"A","url":"https://example.org/1"},{"title":`)
	if len(recs) != 1 || len(faults) != 1 {
		t.Errorf("got %s, %v", readertest.Show(recs), faults)
	}
	for _, s := range []string{`[`, `{"a":`, `{"children":[`, `[{"url":"x","tags":[`} {
		start := time.Now()
		if _, faults := readertest.Read(t, ReadJSON, "a.json", strings.Repeat(s, 1<<20/len(s))); len(faults) != 1 {
			t.Errorf("%s again and again: %v", s, faults)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", s, took)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	readertest.Fuzz(f, ReadJSON, "a.json", `[{"title":"A","url":"https://example.org","tags":["a",{"name":"b"}],"content":{"text":"x"}}]`, `{"roots":{"a":{"children":[{"url":"x","date_added":"13412077200000000"}]}}}`, `[{"href":"a","description":null}]`)
}

func FuzzReadTable(f *testing.F) {
	readertest.Fuzz(f, ReadTable, "a.csv", "title,url,tags,id\nA,https://example.org,\"a|b\",1\n", "url,title\n\"\n\",\"", "title,url,id\nA,b\nC,d,1\n")
}
