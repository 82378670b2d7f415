//go:build browser

package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/corpus/sample"
	"github.com/newsq/newsq/index"
)

// patience is how long a browser may take for a step on a machine that does much else.
const patience = 30 * time.Second

// browser is a Chromium that the tests open pages in.
type browser struct {
	ctx  context.Context
	base string // of the server
}

// newBrowser starts a Chromium, and a server of the sample articles and of one that stands
// on a page of its own.
func newBrowser(t *testing.T, original string) *browser {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("there is no Chromium; Debian's package is chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.WSURLReadTimeout(patience), chromedp.WindowSize(1280, 900))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	base, _ := start(t, &Options{Index: sampleIndex(t, original)})
	return &browser{ctx, base}
}

// sampleIndex makes an index of the sample articles, and of one with an original.
func sampleIndex(t *testing.T, original string) *index.Index {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(filepath.Join(dir, "articles")); err != nil {
		t.Fatal(err)
	}
	src, err := corpus.Open(filepath.Join(dir, "articles"))
	if err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(t.Context(), filepath.Join(dir, "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	if _, err := ix.Sync(t.Context(), src, nil); err != nil {
		t.Fatal(err)
	}
	if err := ix.Add(t.Context(), corpus.Article{
		ID: "original", Title: "The zeppelin", Body: "It flew low.\n\n" + passage + "\n\nNobody saw it land.", URL: original,
		Published: time.Date(2023, 6, 1, 0, 0, 0, 0, time.UTC), Language: "en",
	}, corpus.Article{ID: "copy1", Title: "Exports fall by a tenth", Body: dispatch, Source: "Ledger"},
		corpus.Article{ID: "copy2", Title: "Exports fall by a tenth", Body: dispatch + " The opposition called for an inquiry.", Source: "Post"}, corpus.Article{ID: "rtl", Title: "نفت و تحریم zeppelin", Body: "قیمت نفت در بازار جهانی کاهش یافت.", Language: "fa"}); err != nil {
		t.Fatal(err)
	}
	return ix
}

// dispatch is long enough to be known where others print it.
const dispatch = "The ministry said on Monday that zeppelin exports from the northern yards had fallen by a tenth since spring. " +
	"Officials blamed a hangar that was shut for repairs after a leak near the border. " +
	"Traders had expected a smaller loss, and prices rose within the hour to their highest since March. " +
	"The minister promised that the yard would be open again before the end of the month."

// passage has what text fragments give a meaning to.
const passage = `The zeppelin - well-known, large & slow - crossed the valley at noon, and those who watched it said that it had no crew.`

// step is what is done in a tab, or what must hold there.
type step = chromedp.Action[chromedp.Void]

// run takes steps in a tab of its own.
func (b *browser) run(t *testing.T, steps ...step) {
	t.Helper()
	tab, cancel := chromedp.NewContext(b.ctx)
	defer cancel()
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	for i, s := range steps {
		ctx, cancel := context.WithTimeout(tab, patience)
		err := chromedp.Do(ctx, s)
		cancel()
		if err != nil {
			t.Errorf("step %d: %v", i+1, err)
			return
		}
	}
}

// send is a command to the browser.
func send[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// read writes what an action returns to a place.
func read[T any](into *T, a chromedp.Action[T]) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) (err error) {
		*into, err = a(ctx, t)
		return err
	})
}

func (b *browser) open(path string) step { return chromedp.Navigate(b.base + path) }

// holds waits until a condition in JavaScript holds, on whatever page is there by then.
func holds(condition string) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		ok := chromedp.Evaluate[bool]("!!(" + condition + ")")
		for begun := time.Now(); time.Since(begun) < patience/2; time.Sleep(20 * time.Millisecond) {
			if yes, err := ok(ctx, t); err == nil && yes {
				return nil
			}
		}
		at, _ := chromedp.Evaluate[string]("location.href + ' ' + document.activeElement.outerHTML.slice(0, 200) + ' value ' + document.querySelector('#q').value")(ctx, t)
		return fmt.Errorf("it never held: %s\nat %s", condition, at)
	})
}

// is holds a value in JavaScript to what it must be, without waiting.
func is(expression string) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if ok, err := chromedp.Evaluate[bool]("!!("+expression+")")(ctx, t); err != nil || ok {
			return err
		}
		return fmt.Errorf("it doesn't hold: %s", expression)
	})
}

// key presses a key. That of a letter is one event, as from a keyboard: what a page does
// with it decides whether it is text.
func key(k string) step {
	if len(k) > 1 || k < " " {
		return chromedp.KeyEvent(k)
	}
	return chromedp.Steps(send(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: k, Text: k}),
		send(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: k}))
}

func keys(text string) step {
	var steps []step
	for _, r := range text {
		steps = append(steps, key(string(r)))
	}
	return chromedp.Steps(steps...)
}

func there(selector string) step { return holds(fmt.Sprintf("document.querySelector(%q)", selector)) }

// click clicks on an element. The protocol evaluates what is said here, whatever the page
// may run.
func click(selector string) step {
	return chromedp.Steps(there(selector), chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%q).dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}))`, selector)))
}

// follow opens a link as a person does, which browsers tell from a script.
func follow(selector string) step {
	return chromedp.Steps(there(selector), chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%q).focus()`, selector)), key(kb.Enter))
}

// media emulates a medium, and whether dark pages are preferred.
func media(medium, scheme string) step {
	p := emulation.SetEmulatedMediaParams{Media: medium}
	if scheme != "" {
		p.Features = []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	}
	return send(emulation.SetEmulatedMedia, p)
}

func TestBrowser(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!DOCTYPE html><title>original</title>%s<p>The zeppelin   - well-known, large &amp;\nslow - <b>crossed</b> the valley at noon, and those who watched it <i>said</i> that it had no crew.</p>%[1]s",
			strings.Repeat("<p>Another day, another airship that nobody missed.</p>", 200))
	}))
	t.Cleanup(site.Close)
	b := newBrowser(t, site.URL+"/zeppelin")

	t.Run("keys", b.keys)
	t.Run("keys of an article", b.articleKeys)
	t.Run("completion", b.completion)
	t.Run("no script", b.noScript)
	t.Run("dark", b.dark)
	t.Run("narrow", b.narrow)
	t.Run("drag", b.drag)
	t.Run("original", b.original)
	t.Run("print", b.print)
	t.Run("accessible", b.accessible)
}

const titleInFocus = `document.activeElement === document.querySelectorAll(".hit h2 a")`

func (b *browser) keys(t *testing.T) {
	b.run(t, b.open("/?q=sanctions"),
		key("j"), holds(titleInFocus+"[0]"),
		key("j"), holds(titleInFocus+"[1]"),
		key("k"), holds(titleInFocus+"[0]"),
		key("/"), holds(`document.activeElement.id === "q"`),
		key("j"), holds(`document.querySelector("#q").value === "j"`), // which is text there
		key(kb.Escape), holds(`document.activeElement.id !== "q"`),
		key("?"), holds(`document.querySelector("#help").open`),
		key(kb.Escape), holds(`!document.querySelector("#help").open`),
		// A browser gives the focus back when the list is closed, so that the page is opened anew.
		b.open("/?q=sanctions"), key("j"), holds(titleInFocus+"[0]"), key(kb.Enter), holds(`location.pathname.startsWith("/a/")`),
		holds(`document.readyState === "complete" && document.querySelector("#back")`), key(kb.Escape), holds(`location.pathname === "/" && location.search === "?q=sanctions"`),
		// They can be turned off, and stay so.
		key("?"), click("#keys-on"), key(kb.Escape), chromedp.Reload(), key("j"), is("!("+titleInFocus+"[0])"),
		chromedp.Evaluate[chromedp.Void]("localStorage.clear()"))
}

func (b *browser) articleKeys(t *testing.T) {
	b.run(t, b.open("/a/original?q=zeppelin"),
		is(`document.querySelectorAll("article mark").length === 2`), is(`document.querySelector("#which").textContent.startsWith("2 of")`),
		key("n"), holds(`document.querySelector("h1 mark.now")`),
		key("n"), holds(`document.querySelector("p mark.now") && document.querySelectorAll("mark.now").length === 1`),
		holds(`document.querySelector("#which").textContent === "2 of 2"`),
		key("n"), holds(`document.querySelector("h1 mark.now")`),
		key("p"), holds(`document.querySelector("p mark.now")`),
		click("#previous"), holds(`document.querySelector("h1 mark.now")`))
}

func (b *browser) completion(t *testing.T) {
	b.run(t, b.open("/"), holds(`document.activeElement.getAttribute("role") === "combobox"`), keys("sanct"),
		holds(`document.querySelectorAll("#options li").length > 0 && document.querySelector("#q").getAttribute("aria-expanded") === "true"`),
		key(kb.ArrowDown), holds(`document.querySelector("#q").value.startsWith("sanct") && document.querySelector("#q").value !== "sanct" && document.querySelector("#q").getAttribute("aria-activedescendant") === "option0"`),
		key(kb.Escape), holds(`document.querySelector("#q").value === "sanct" && document.querySelector("#options").hidden`),
		keys("i"), holds(`!document.querySelector("#options").hidden`),
		key(kb.ArrowDown), key(kb.Enter), holds(`location.search.startsWith("?q=sanction") && document.querySelector(".hit")`),
		// The values of a field, too.
		key("/"), keys("oil topic:energ"), holds(`[...document.querySelectorAll("#options li")].some((li) => li.textContent.startsWith("oil topic:energy"))`))
}

// noScript does all by links and forms.
func (b *browser) noScript(t *testing.T) {
	write := func(selector, value string) step {
		return chromedp.Steps(there(selector), chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%q).value = %q`, selector, value)))
	}
	b.run(t, send(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
		b.open("/"), is(`document.querySelector(".keyhint").hidden && !document.querySelector("#options")`),
		write("#q", "sanctions"), click(".search button"), holds(`location.search === "?q=sanctions" && document.querySelector(".hit")`),
		click(".facet .values a"), there(".chips a"),
		click(".chips a"), holds(`document.querySelector(".hit") && !document.querySelector(".chips")`),
		click(".chart > svg > a"), holds(`location.search.includes("since=") && document.querySelectorAll(".chips a").length >= 2`),
		write(".dates input[name=since]", "2020"), write(".dates input[name=until]", ""), click(".dates button"),
		holds(`location.search.includes("since=2020&") || location.search.endsWith("since=2020&until=")`), there(".hit"),
		click(".hit h2 a"), holds(`document.querySelector("article mark") && document.querySelector(".step").hidden`),
		click("#back"), there(".hit"))
}

func (b *browser) dark(t *testing.T) {
	light := func(element, property string) string {
		return fmt.Sprintf(`getComputedStyle(document.querySelector(%q))[%q].match(/[\d.]+/g).slice(0, 3).reduce((s, n) => s + Number(n), 0)`, element, property)
	}
	b.run(t, b.open("/?q=sanctions"), is(light("html", "backgroundColor")+" > 600"), is(light("h2 a", "color")+" < 400"),
		media("", "dark"),
		is(light("html", "backgroundColor")+" < 150"), is(light("h2 a", "color")+" > 450"))
}

// narrow holds pages to a screen that they need not be moved about on.
func (b *browser) narrow(t *testing.T) {
	fits := is(`document.documentElement.scrollWidth <= 360`)
	b.run(t, chromedp.EmulateViewport(360, 740), b.open("/"), fits, b.open("/?q=(oil"), fits, b.open("/?q=xyzzyq+sanctions&match=strict"), fits,
		b.open("/a/original?q=zeppelin"), fits, b.open("/?q=sanctions"), fits,
		is(`!document.querySelector(".filters nav").checkVisibility({contentVisibilityAuto: true}) || document.querySelector(".filters nav").getBoundingClientRect().height === 0`),
		click(".filters summary"), holds(`document.querySelector(".filters nav .values a").checkVisibility()`), fits,
		// On a wide one they are there at once.
		chromedp.EmulateViewport(1280, 900), b.open("/?q=sanctions"), holds(`document.querySelector(".filters nav .values a").getBoundingClientRect().height > 0`), is(`!document.querySelector(".filters").open`))
}

// drag chooses a time on the chart.
func (b *browser) drag(t *testing.T) {
	mouse := func(kind input.DispatchMouseEventType, share float64) step {
		return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			box, err := chromedp.Evaluate[[]float64](`(() => { const r = document.querySelector("#chart").getBoundingClientRect(); return [r.left, r.top, r.width]; })()`)(ctx, t)
			if err != nil {
				return err
			}
			_, err = chromedp.MouseEvent(kind, box[0]+box[2]*share, box[1]+30, chromedp.ButtonLeft)(ctx, t)
			return err
		})
	}
	var address string
	b.run(t, b.open("/?q=sanctions"), holds(`document.querySelector("#chart")`), mouse(chromedp.MousePressed, .3), mouse(chromedp.MouseMoved, .5), holds(`document.querySelector(".span")`),
		mouse(chromedp.MouseMoved, .7), mouse(chromedp.MouseReleased, .7), holds(`location.search.includes("since=") && document.querySelectorAll(".chips a").length >= 2`), read(&address, chromedp.Location()))
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	since, until := u.Query().Get("since"), u.Query().Get("until")
	if since >= until || len(since) < 4 || u.Query().Get("q") != "sanctions" {
		t.Errorf("dragging leads to %s", address)
	}
}

// original opens where an article was published, at its passage.
func (b *browser) original(t *testing.T) {
	seen := holds(`document.title === "original" && window.scrollY > 1000 && (() => {
		const r = [...document.querySelectorAll("p")].find((p) => p.textContent.includes("zeppelin")).getBoundingClientRect();
		return r.top > 0 && r.bottom < window.innerHeight;
	})()`)
	b.run(t, b.open("/?q=zeppelin+crew"), follow(`.out[href*="zeppelin"]`), seen)
	b.run(t, b.open("/a/original?q=crew"), follow(`.out[href*="zeppelin"]`), seen)
}

func (b *browser) print(t *testing.T) {
	hidden := func(s string) step {
		return is(fmt.Sprintf(`getComputedStyle(document.querySelector(%q)).display === "none"`, s))
	}
	b.run(t, b.open("/a/original?q=zeppelin"), media("print", ""), hidden("header"), hidden(".matches"), hidden("footer"),
		is(`getComputedStyle(document.querySelector("article section > p")).color === "rgb(0, 0, 0)"`))
}

// violation is what axe-core finds.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, FailureSummary string }
}

// accessible has axe-core look at the pages, light and dark, wide and narrow. NEWSQ_AXE is
// the file axe.min.js of its package.
func (b *browser) accessible(t *testing.T) {
	path := os.Getenv("NEWSQ_AXE")
	if path == "" {
		t.Skip("NEWSQ_AXE doesn't name the file axe.min.js of axe-core")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"/", "/?q=sanctions", "/?q=sanctions&topic=energy&since=2019", "/?q=zeppelin", "/?q=(oil", "/?q=xyzzyq", "/nowhere", "/a/original?q=zeppelin", "/a/rtl", "/a/copy1?q=hangar", "/?q=hangar&match=any",
	} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1280, 390} {
				var violations []violation
				b.run(t, chromedp.EmulateViewport(width, 900),
					media("", scheme),
					b.open(address), chromedp.Evaluate[chromedp.Void](string(axe)+"; 1"),
					read(&violations, chromedp.Evaluate[[]violation](`axe.run().then((r) => r.violations.map((v) => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map((n) => ({HTML: n.html, FailureSummary: n.failureSummary}))})))`,
						chromedp.EvalAwaitPromise)))
				for _, v := range violations {
					report := t.Logf
					if v.Impact == "serious" || v.Impact == "critical" {
						report = t.Errorf
					}
					report("%s, %s, %d wide: %s, %s: %s\n%s\n%s", address, scheme, width, v.Impact, v.ID, v.Help, v.Nodes[0].HTML, v.Nodes[0].FailureSummary)
				}
			}
		}
	}
}
