// Command sqlite is SQLite's FTS5 in the form of a peer; see package harness.
// It needs a C compiler and the build tag sqlite_fts5.
package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3"

	"github.com/newsq/newsq/internal/bench/peers/harness"
)

func main() {
	if err := harness.Run(peer{}, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sqlite:", err)
		os.Exit(1)
	}
}

type peer struct{}

// Texts lie apart from what is sorted, filtered and counted by, so that the
// latter stays small. Title and text are two columns: FTS5 has one list for a
// word in both.
const schema = `
CREATE TABLE body(rowid INTEGER PRIMARY KEY, title TEXT, text TEXT);
CREATE TABLE meta(rowid INTEGER PRIMARY KEY, id TEXT UNIQUE, date INTEGER);
CREATE TABLE topic(topic TEXT, article INTEGER, PRIMARY KEY(topic, article)) WITHOUT ROWID;
CREATE INDEX topic_by_article ON topic(article, topic);
CREATE VIRTUAL TABLE fts USING fts5(title, text, content=body, content_rowid=rowid, tokenize='porter unicode61');
INSERT INTO fts(fts, rank) VALUES('rank', 'bm25(2.5, 1.0)');`

func open(dir, more string) (*sql.DB, error) {
	return sql.Open("sqlite3", "file:"+filepath.Join(dir, "articles.db")+"?_journal_mode=WAL&_synchronous=NORMAL&_cache_size=-64000"+more)
}

// perTransaction is the number of articles made durable at once.
const perTransaction = 10000

// Index implements harness.Peer, on one thread: SQLite has one writer.
func (peer) Index(corpus, dir string, _ int) (docs int, size int64, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return 0, 0, err
	}
	db, err := open(dir, "")
	if err != nil {
		return 0, 0, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(schema); err != nil {
		return 0, 0, err
	}
	var tx *sql.Tx
	var st [4]*sql.Stmt
	begin := func() error {
		if tx, err = db.Begin(); err != nil {
			return err
		}
		for i, q := range []string{
			"INSERT INTO body VALUES(?,?,?)", "INSERT INTO meta VALUES(?,?,?)",
			"INSERT OR IGNORE INTO topic VALUES(?,?)", "INSERT INTO fts(rowid,title,text) VALUES(?,?,?)",
		} {
			if st[i], err = tx.Prepare(q); err != nil {
				return err
			}
		}
		return nil
	}
	if err := begin(); err != nil {
		return 0, 0, err
	}
	for a, e := range harness.Articles(corpus) {
		if e != nil {
			return 0, 0, e
		}
		docs++
		size += a.Bytes()
		var date any
		if at, ok := a.Unix(); ok {
			date = at
		}
		_, e1 := st[0].Exec(docs, a.Title, a.Text)
		_, e2 := st[1].Exec(docs, a.ID, date)
		_, e3 := st[3].Exec(docs, a.Title, a.Text)
		err := errors.Join(e1, e2, e3)
		for _, t := range a.Topics {
			_, e := st[2].Exec(t, docs)
			err = errors.Join(err, e)
		}
		if err == nil && docs%perTransaction == 0 {
			err = errors.Join(tx.Commit(), begin())
		}
		if err != nil {
			return 0, 0, err
		}
	}
	return docs, size, errors.Join(tx.Commit(), db.Close())
}

// Merge implements harness.Peer.
func (peer) Merge(dir string) error {
	db, err := open(dir, "")
	if err != nil {
		return err
	}
	for _, q := range []string{"INSERT INTO fts(fts) VALUES('optimize')", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := db.Exec(q); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	return db.Close()
}

// Open implements harness.Peer.
func (peer) Open(dir string) (harness.Searcher, error) {
	db, err := open(dir, "&mode=ro&_query_only=1")
	return searcher{db}, err
}

type searcher struct{ db *sql.DB }

// match writes the words of a query as FTS5 has them.
func match(q *harness.Query) string {
	switch q.Mode {
	case harness.All:
		return strings.Join(q.Words, " AND ")
	case harness.Phrase:
		return `"` + strings.Join(q.Words, " ") + `"`
	case harness.Prefix:
		return q.Words[0] + "*"
	}
	return strings.Join(q.Words, " OR ")
}

// Search implements harness.Searcher.
func (s searcher) Search(q *harness.Query) (harness.Result, error) {
	r := harness.Result{Known: harness.Nothing}
	where, args := "fts MATCH ?", []any{match(q)}
	if q.Topic != "" {
		where += " AND EXISTS (SELECT 1 FROM topic WHERE topic = ? AND article = fts.rowid)"
		args = append(args, q.Topic)
	}
	ids := "SELECT id FROM (SELECT rowid AS r FROM fts WHERE " + where + " ORDER BY rank LIMIT 10) JOIN meta ON meta.rowid = r"
	if q.Newest {
		ids = "SELECT id FROM fts JOIN meta ON meta.rowid = fts.rowid WHERE " + where + " ORDER BY date DESC LIMIT 10"
	}
	if err := s.rows(ids, args, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		r.IDs = append(r.IDs, id)
		return err
	}); err != nil {
		return r, err
	}
	if q.Exact() {
		r.Known = harness.Exactly
		if err := s.db.QueryRow("SELECT count(*) FROM fts WHERE "+where, args...).Scan(&r.Hits); err != nil {
			return r, err
		}
	}
	if q.Facet {
		counts := "SELECT topic, count(*) AS n FROM fts JOIN topic ON article = fts.rowid WHERE " + where + " GROUP BY topic ORDER BY n DESC LIMIT 10"
		if err := s.rows(counts, args, func(rows *sql.Rows) error {
			var topic string
			var n int
			return rows.Scan(&topic, &n)
		}); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (s searcher) rows(q string, args []any, f func(*sql.Rows) error) error {
	rows, err := s.db.Query(q, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Show implements harness.Searcher.
func (s searcher) Show(w io.Writer, q *harness.Query) error {
	return s.rows("SELECT title, snippet(fts, -1, '<b>', '</b>', '...', 40) FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT 10", []any{match(q)},
		func(rows *sql.Rows) error {
			var title, passage string
			err := rows.Scan(&title, &passage)
			fmt.Fprintf(w, "%s\n%s\n", title, passage)
			return err
		})
}

// Close implements harness.Searcher.
func (s searcher) Close() error { return s.db.Close() }
