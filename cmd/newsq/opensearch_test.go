//go:build opensearch

package main

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/sample"
	"github.com/newsq/newsq/internal/engine/opensearch/clustertest"
)

// clusterURL returns the URL of an index that isn't there yet on a real node, and that is
// removed with the test.
func clusterURL(t *testing.T, name string) string {
	t.Helper()
	var address string
	if os.Getenv(clustertest.Variable) != "" {
		address = clustertest.Addresses(t)[0]
	} else {
		address = clustertest.Start(t, clustertest.Config{}).Addresses()[0]
	}
	name = fmt.Sprintf("os-index-%s-%d", name, time.Now().UnixNano())
	t.Cleanup(func() {
		for _, index := range []string{name + "-state", name + "-1", name + "-2", name + "-3"} {
			r, err := http.NewRequest(http.MethodDelete, address+"/"+index+"?ignore_unavailable=true", nil) //nolint:noctx // the test's context has ended
			if err != nil {
				t.Fatal(err)
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			if err := answer.Body.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
	return address + "/" + name
}

// asked are commands that must print the same of either engine.
var asked = []string{
	"search --json deterrence",
	"search --json --explain deterrence north korea",
	"search --json interest rates -n 3",
	`search --json "the price of"`,
	`search --json --explain "interest rates" OR ferry`,
	"search --json oil NEAR/8 price",
	"search --json oil ADJ/3 sanctions",
	"search --json deterr*",
	"search --json *clear",
	"search --json madura~",
	"search --json /n(ucl|uke).*/",
	"search --json =sanctions",
	"search --json title:deterrence",
	"search --json sanctions -russia",
	"search --json --any quantum ferry pension",
	"search --json zebra unheard deterrence",
	"search --json determent",
	"search --json topic:security --topic diplomacy",
	"search --json rates --since 2023 --until 2024-06 --sort newest",
	"search --json --sort oldest *",
	"search --json --author Okoye --facet topic,source,author,place,person,org,lang,year,month,day --facet-limit 0 *",
	"search --json --not-topic economy -n 50 policy",
	"search --json --passages 3 korea",
	"search --json why deterrence",
	"search --analyze --json nuclear deterrence NOT korea",
	"search --count --json econom*",
	"search --all --ids sanctions",
	"search --all --jsonl sanctions OR tariffs",
	"search --all --csv election NOT turnout",
	"search deterrence -n 2 --passages 1",
	"suggest --json north k",
	"suggest --json deter",
	"similar meridian-2024-02",
	"similar --json --explain meridian-2024-02",
	"similar --ids --later --topic economy meridian-2023-05",
	"show meridian-2024-02",
	"show --json meridian-2024-02",
	"show nothing-of-this-name",
	"topics --json",
	"topics --query sanctions --json",
	"topics --tree",
	"topics --json --topics-from rule",
	"topics explain --json meridian-2024-02",
	"search --json --topic security --topics-from rule *",
	"search --json topic:security --facet topic --topics-from stated,learned",
	"withdrawn --json",
	"stats --json",
	"__complete search deter",
	"__complete search --topic ''",
	"__complete search --author o",
	"remove --query source:meridian --dry-run --json",
	"search --json mytag:trip",
	"search --json mytag:trip/lima OR note:ministry",
	"search --json note:figure",
	"search --json --mytag trip --facet mytag sanctions OR deterrence",
	"search --json --not-mytag draft mytag:*",
	"search --json NOT note:* mytag:*",
	"search --json mytag:tripp",
	"search mytag:trip -n 2 --passages 1",
	"show meridian-2024-02",
	"tag --json meridian-2024-02",
	"tag --json nothing-of-this-name",
	"tag --query sanctions --dry-run --json +new",
	"note --json meridian-2024-02",
	"tags --json",
	"tags --orphaned --json",
	"tags export",
	"__complete search --mytag t",
	"search --json added:today sanctions",
	"search --json added:2020 sanctions",
	"search --json --sort added -n 3 *",
	"saved --json",
	"new --keep --ids",
	"export --format jsonl sanctions",
	"export --format csv economy",
	"export --format md deterrence -n 2",
	"export --format ris deterrence",
	"search --json title:(",
}

// differing are what the two may print in ways of their own.
var differing = []string{"took_ms", "cursor", "generations", "segments", "files_bytes", "sections_bytes", "last_written", "schema"}

// times are of when something came into an index, and of when it was looked at.
var times = []string{"added", "saved", "seen"}

var (
	spent = regexp.MustCompile(`in [0-9.]+ m?s`)
	added = regexp.MustCompile(`^added +[0-9].*`)   // to each index at a time of its own
	exact = regexp.MustCompile(`[0-9]+\.[0-9]{5,}`) // numbers that may differ by rounding
)

// sameAnswers asks both indexes all that can be asked.
func sameAnswers(t *testing.T, a, b string) {
	t.Helper()
	for _, line := range asked {
		args := append(strings.Fields(line), "-i", a)
		if q, rest, quoted := cutQuoted(line); quoted {
			args = append(append(strings.Fields(rest), q), "-i", a)
		}
		if args[0] == "__complete" { // the word to complete is the last one
			words := shellWords(line)
			args = append([]string{words[0], words[1], "-i", a}, words[2:]...)
		}
		wantOut, wantTalk, wantCode := command(t, args...)
		args[slices.Index(args, a)] = b
		out, talk, code := command(t, args...)
		if code != wantCode || spent.ReplaceAllString(strings.ReplaceAll(talk, b, a), "") != spent.ReplaceAllString(wantTalk, "") {
			t.Errorf("newsq %s ends with %d and says\n%swant %d and\n%s", line, code, talk, wantCode, wantTalk)
		}
		want, got := parsed(t, wantOut), parsed(t, out)
		if where := difference(want, got); where != "" {
			t.Errorf("newsq %s: %s\ngot  %.2000s\nwant %.2000s", line, where, out, wantOut)
		}
	}
}

// cutQuoted takes a query that begins with a quotation mark from the end of a line.
func cutQuoted(line string) (query, rest string, ok bool) {
	i := strings.Index(line, ` "`)
	if i < 0 {
		return "", line, false
	}
	return line[i+1:], line[:i], true
}

// parsed reads lines of JSON, and keeps other lines as they are.
func parsed(t *testing.T, out string) []any {
	t.Helper()
	var values []any
	for line := range strings.Lines(out) {
		var v any
		if json.Unmarshal([]byte(line), &v) != nil {
			v = spent.ReplaceAllString(added.ReplaceAllString(line, "added"), "")
		}
		values = append(values, v)
	}
	return values
}

// difference says where two values differ; numbers may do so by rounding.
func difference(want, got any) string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return "no object"
		}
		for _, m := range []map[string]any{w, g} {
			for key := range m {
				if slices.Contains(differing, key) {
					if _, there := g[key]; key == "cursor" && !there {
						return "no cursor"
					}
					continue
				}
				if _, isTime := w[key].(string); isTime && slices.Contains(times, key) {
					if _, isTime := g[key].(string); !isTime {
						return "no time of being " + key
					}
					continue // each index has its own
				}
				if d := difference(w[key], g[key]); d != "" {
					return key + " " + d
				}
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Sprintf("%d values, want %d", len(g), len(w))
		}
		for i := range w {
			if d := difference(w[i], g[i]); d != "" {
				return fmt.Sprintf("%d %s", i, d)
			}
		}
	case float64:
		if g, ok := got.(float64); !ok || math.Abs(w-g) > 1e-5*max(1, math.Abs(w)) {
			return fmt.Sprintf("is %v, want %v", got, want)
		}
	case string:
		if g, ok := got.(string); !ok || !sameLine(w, g) {
			return fmt.Sprintf("is %v, want %v", got, want)
		}
	default:
		if want != got {
			return fmt.Sprintf("is %v, want %v", got, want)
		}
	}
	return ""
}

// sameLine reports whether two lines are the same but for the rounding of numbers.
func sameLine(want, got string) bool {
	if exact.ReplaceAllString(want, "") != exact.ReplaceAllString(got, "") {
		return false
	}
	numbers := exact.FindAllString(got, -1)
	for i, s := range exact.FindAllString(want, -1) {
		w, err := strconv.ParseFloat(s, 64)
		g, gotErr := strconv.ParseFloat(numbers[i], 64)
		if err != nil || gotErr != nil || difference(w, g) != "" {
			return false
		}
	}
	return true
}

// byHand are tags and notes of articles, of which the last one isn't there.
const byHand = `{"id":"meridian-2024-02","tags":[{"tag":"trip/lima","added":"2026-11-01T10:00:00Z","by":"ada"},{"tag":"draft","added":"2026-11-01T10:00:00Z"}],"notes":[{"id":"3f9a01","text":"The figures are from the ministry: ask.","added":"2026-11-01T10:05:00.25Z","by":"ada"}]}
{"id":"meridian-2023-05","tags":[{"tag":"trip/cusco","added":"2026-11-02T10:00:00Z"}],"notes":[]}
{"id":"not-yet","title":"Expected","tags":[{"tag":"draft","added":"2026-11-02T10:00:00Z"}],"notes":[{"id":"3f9a02","text":"When it comes.","added":"2026-11-02T10:05:00Z"}]}
`

// sameByHand writes tags and notes to both indexes, and takes most of them back.
func sameByHand(t *testing.T, done func(...string) string, a, b string) {
	t.Helper()
	said, notes := map[string][]string{}, map[string][]string{}
	for _, at := range []string{a, b} {
		say := func(args ...string) { said[at] = append(said[at], done(append(args, "-i", at)...)) }
		say("tag", "--query", "sanctions", "+read/later", "+trip/quito", "--by", "ada")
		say("tag", "--query", "mytag:read", "+read/now", "--remove", "read/later")
		say("tag", "meridian-2024-02", "not-yet", "+drafts")
		say("tag", "meridian-2024-02", "not-yet", "--remove", "drafts")
		note := func(text string) string {
			return strings.TrimSpace(strings.TrimPrefix(done("note", "meridian-2023-05", text, "-i", at), "added note "))
		}
		notes[at] = []string{note("a first thought"), note("another")}
		done("note", "meridian-2024-02", "--edit", "3f9a01", "The figures are right.", "-i", at)
	}
	if !slices.Equal(said[a], said[b]) {
		t.Errorf("tags: %q, want %q", said[b], said[a])
	}
	for _, query := range []string{"mytag:read/now", "mytag:trip", "note:thought", "note:ministry", "note:right", "mytag:drafts"} {
		want, _, code := command(t, "search", "--ids", "--any", "-i", a, query)
		got, _, coded := command(t, "search", "--ids", "--any", "-i", b, query)
		if got != want || coded != code {
			t.Errorf("%s: %s (%d), want %s (%d)", query, got, coded, want, code)
		}
	}
	for _, at := range []string{a, b} { // their ids depend on the time
		for _, id := range notes[at] {
			done("note", "meridian-2023-05", "--remove", id, "-i", at)
		}
	}
	if out, _, code := command(t, "search", "--ids", "-i", b, "note:thought OR note:another"); code != exitNoMatch {
		t.Errorf("notes that were removed are found: %s", out)
	}
}

// An index on a cluster prints what one in a folder does, whether it was filled from
// files or by a copy, and after articles were removed.
func TestSameOnACluster(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	t.Setenv("TZ", "UTC")
	dir := t.TempDir()
	articles, folder := filepath.Join(dir, "articles"), filepath.Join(dir, "index")
	if err := sample.Write(articles); err != nil {
		t.Fatal(err)
	}
	url, copied := clusterURL(t, "filled"), clusterURL(t, "copied")
	done := func(args ...string) string {
		t.Helper()
		out, talk, code := command(t, args...)
		if code != exitDone {
			t.Fatalf("newsq %s ends with %d: %s%s", strings.Join(args, " "), code, out, talk)
		}
		return out + talk
	}
	if _, talk, code := command(t, "search", "-i", url, "deterrence"); code != exitFailed || !strings.Contains(talk, "there is no index at "+url) {
		t.Errorf("no index yet: %d, %s", code, talk)
	}
	if out := done("engine", "init", "-i", url, "--dry-run"); !strings.Contains(out, "1. ") {
		t.Errorf("plan: %s", out)
	}
	if _, _, code := command(t, "search", "-i", url, "deterrence"); code != exitFailed {
		t.Error("a plan made an index")
	}
	t.Log(done("engine", "init", "-i", url, "--yes"))
	if out := done("engine", "init", "-i", url, "--yes"); !strings.Contains(out, "nothing to do") {
		t.Errorf("twice: %s", out)
	}
	done("index", "-q", "-i", folder, articles)
	t.Log(done("index", "-i", url, articles))
	if out := done("index", "-i", url, articles); !strings.Contains(out, "unchanged") || strings.Contains(out, "added") {
		t.Errorf("once more: %s", out)
	}
	mine := filepath.Join(dir, "mine.jsonl")
	if err := os.WriteFile(mine, []byte(byHand), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{folder, url} {
		done("save", "-i", at, "sanctions", "sanctions", "--since", "2020")
		done("save", "-i", at, "read", "mytag:trip OR note:ministry")
		if _, talk, code := command(t, "new", "-i", at); code != exitNoMatch {
			t.Errorf("what was there is not new: %d, %s", code, talk)
		}
		if out := done("tags", "import", "-i", at, mine); !strings.Contains(out, "imported tags and notes of 3 articles: 3 changed, 1 is not in the index") {
			t.Error(out)
		}
		if out := done("tags", "import", "-i", at, mine); !strings.Contains(out, "0 changed") {
			t.Error(out)
		}
	}
	sameAnswers(t, folder, url)
	sameByHand(t, done, folder, url)
	for _, at := range []string{folder, url} { // as it was, without an edit and its time
		done("note", "-i", at, "meridian-2024-02", "--remove", "3f9a01")
		done("tags", "import", "-i", at, mine)
	}
	sameAnswers(t, folder, url)
	sameService(t, folder, url)
	t.Log(done("engine", "status", "-i", url))

	for _, at := range []string{folder, url} {
		done("remove", "-i", at, "meridian-2024-02")
		done("remove", "-i", at, "--yes", "--query", "tariffs")
		done("index", "-q", "-i", at, articles)
	}
	sameAnswers(t, folder, url)

	t.Log(done("copy", folder, copied))
	sameAnswers(t, folder, copied)
	if _, talk, code := command(t, "copy", folder, url); code != exitUsage || !strings.Contains(talk, "already") {
		t.Errorf("copy to what is there: %d, %s", code, talk)
	}
	back := filepath.Join(dir, "back")
	t.Log(done("copy", url, back))
	sameAnswers(t, folder, back)
	if out := done("index", "-i", copied, articles); !strings.Contains(out, "unchanged") || strings.Contains(out, "added") {
		t.Errorf("a sync of the copy: %s", out)
	}
	for _, at := range []string{folder, copied} {
		done("index", "-q", "--bring-back", "-i", at, articles)
	}
	sameAnswers(t, folder, copied)
	t.Log(done("check", "-i", url), done("compact", "-i", url))
	sameAnswers(t, back, url)
}
