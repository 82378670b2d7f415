package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
)

// receiver is who gets messages.
type receiver struct {
	ids, articles []string // in the order in which they came
	fail          func() error
	tries         int
}

func (r *receiver) deliver(_ context.Context, m *Message) error {
	r.tries++
	if r.fail != nil {
		if err := r.fail(); err != nil {
			return err
		}
	}
	r.ids = append(r.ids, m.ID)
	var got []string
	for _, h := range m.Hits {
		got = append(got, h.ID)
	}
	slices.Sort(got)
	r.articles = append(r.articles, m.Search.Name+fmt.Sprint(m.Count, got))
	return nil
}

func openNotified(t *testing.T, location string) *Index {
	t.Helper()
	ix, err := Open(t.Context(), location, &Options{NoLearn: true})
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func addTitles(t *testing.T, ix *Index, titles ...string) {
	t.Helper()
	var list []corpus.Article
	for _, title := range titles {
		list = append(list, corpus.Article{ID: title[:2], Title: title[3:], Body: title[3:] + " in the port of Vessem."})
	}
	if err := ix.Add(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
}

// A receiver fails for an hour and comes back. Meanwhile articles come in, and the process
// is started anew twice. Each message comes once, in order, and nothing is missed.
func TestNotifyAfterAnHour(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	ix := openNotified(t, dir)
	addTitles(t, ix, "a0 Grain harvest")
	for _, s := range []SavedSearch{{Name: "grain", Text: "grain"}, {Name: "ferry", Text: "ferry"}, {Name: "none", Text: "tulips"}} {
		if err := ix.Save(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	begin := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	clock := begin
	var got receiver
	tried := 0
	got.fail = func() error {
		if tried++; clock.Sub(begin) < time.Hour {
			return &DeliveryError{Err: errors.New("503")}
		}
		return nil
	}
	// What comes in, by the minutes that have passed.
	coming := []struct {
		minute  float64
		titles  []string
		restart bool
	}{
		{0, []string{"a1 Grain prices", "x1 Tram"}, false},
		{.1, []string{"a2 Grain and the ferry"}, false},
		{10, []string{"b1 Ferry waits"}, true},
		{40, []string{"a3 Grain ships", "b2 Ferry sails"}, true},
		{59, []string{"a4 Grain again"}, false},
	}
	restarted := make(chan struct{}, 1)
	var n *notifier
	start := func() {
		n = newNotifier(got.deliver, func(_ context.Context, f func(*Index) error) error { return f(ix) })
		n.now = func() time.Time { return clock }
		n.sleep = func(_ context.Context, d time.Duration) error {
			clock = clock.Add(d)
			for len(coming) > 0 && clock.Sub(begin).Minutes() >= coming[0].minute {
				addTitles(t, ix, coming[0].titles...)
				restart := coming[0].restart
				if coming = coming[1:]; restart {
					restarted <- struct{}{}
					return context.Canceled
				}
			}
			return nil
		}
	}
	addTitles(t, ix, coming[0].titles...)
	coming = coming[1:]
	start()
	for {
		ctx, cancel := context.WithCancel(t.Context())
		n.always(ctx, nil, func(_ NotifyReport, err error) {
			if err == nil { // all is delivered
				cancel()
			}
		})
		cancel()
		select {
		case <-restarted:
			if err := ix.Close(); err != nil {
				t.Fatal(err)
			}
			ix = openNotified(t, dir)
			start()
			continue
		default:
		}
		break
	}
	defer ix.Close()
	// What came while the first message of a search failed is in its next one.
	want := []string{"grain1 [a1]", "ferry1 [a2]", "grain3 [a2 a3 a4]", "ferry2 [b1 b2]"}
	if !slices.Equal(got.articles, want) {
		t.Errorf("came %q, want %q", got.articles, want)
	}
	if distinct := slices.Compact(slices.Sorted(slices.Values(got.ids))); len(distinct) != len(got.ids) {
		t.Errorf("an id came twice: %v", got.ids)
	}
	if tried < 15 || tried > 60 {
		t.Errorf("%d tries in an hour", tried)
	}
	if r, err := ix.Notify(t.Context(), NotifyOptions{Deliver: got.deliver}); err != nil || r.Delivered > 0 {
		t.Errorf("afterwards: %+v, %v", r, err)
	}
}

// A message that fails has the same id and articles when it is sent again, whatever came in.
func TestNotifySendsTheSameAgain(t *testing.T) {
	ix := openNotified(t, filepath.Join(t.TempDir(), "ix"))
	defer ix.Close()
	if err := ix.Save(t.Context(), SavedSearch{Name: "grain", Text: "grain"}); err != nil {
		t.Fatal(err)
	}
	addTitles(t, ix, "a1 Grain prices")
	var seen []string
	for range 3 {
		_, err := ix.Notify(t.Context(), NotifyOptions{Deliver: func(_ context.Context, m *Message) error {
			seen = append(seen, fmt.Sprint(m.ID, m.Count, m.From, m.To, m.Hits[0].ID))
			return errors.New("down")
		}})
		if err == nil || err.Error() != "notify of grain: down" {
			t.Fatalf("error %v", err)
		}
		addTitles(t, ix, fmt.Sprintf("b%d Grain harvest", len(seen)))
	}
	if len(slices.Compact(seen)) != 1 {
		t.Errorf("sent %q", seen)
	}
	var got receiver
	r, err := ix.Notify(t.Context(), NotifyOptions{Deliver: got.deliver})
	if err != nil || r.Delivered != 2 || r.Left != 0 || !slices.Equal(got.articles, []string{"grain1 [a1]", "grain3 [b1 b2 b3]"}) {
		t.Errorf("%+v, %v, came %q", r, err, got.articles)
	}
}

// What is refused stays, and holds up no other search. Only one process sends at a time,
// and one that was killed holds up others for a while.
func TestNotifyRefusedAndLease(t *testing.T) {
	ix := openNotified(t, filepath.Join(t.TempDir(), "ix"))
	defer ix.Close()
	for _, name := range []string{"one", "two"} {
		if err := ix.Save(t.Context(), SavedSearch{Name: name, Text: "grain"}); err != nil {
			t.Fatal(err)
		}
	}
	addTitles(t, ix, "a1 Grain prices")
	var got receiver
	r, err := ix.Notify(t.Context(), NotifyOptions{Wait: time.Hour, Deliver: func(ctx context.Context, m *Message) error {
		if m.Search.Name == "one" {
			return &DeliveryError{Refused: true, Err: errors.New("400")}
		}
		if _, err := ix.Notify(ctx, NotifyOptions{Deliver: got.deliver}); !errors.Is(err, ErrNotifying) {
			t.Errorf("a second sender: %v", err)
		}
		return got.deliver(ctx, m)
	}})
	if err == nil || r.Delivered != 1 || r.Left != 1 || !slices.Equal(got.articles, []string{"two1 [a1]"}) {
		t.Errorf("%+v, %v, came %q", r, err, got.articles)
	}
	now := time.Now()
	if found, err := ix.claimMessages(t.Context(), claim{owner: "killed", now: now, lease: notifyTime, most: 1}); err != nil || len(found.messages) != 1 {
		t.Fatal(found, err)
	}
	n := newNotifier(got.deliver, func(_ context.Context, f func(*Index) error) error { return f(ix) })
	if _, err := n.pass(t.Context()); !errors.Is(err, ErrNotifying) {
		t.Errorf("beside one that was killed: %v", err)
	}
	n.now = func() time.Time { return now.Add(notifyTime) }
	if r, err := n.pass(t.Context()); err != nil || r.Delivered != 1 {
		t.Errorf("later: %+v, %v", r, err)
	}
}

// What was delivered before an interrupt is not sent again.
func TestNotifyInterrupted(t *testing.T) {
	ix := openNotified(t, filepath.Join(t.TempDir(), "ix"))
	defer ix.Close()
	for _, name := range []string{"one", "two"} {
		if err := ix.Save(t.Context(), SavedSearch{Name: name, Text: "grain"}); err != nil {
			t.Fatal(err)
		}
	}
	addTitles(t, ix, "a1 Grain prices")
	ctx, cancel := context.WithCancel(t.Context())
	r, err := ix.Notify(ctx, NotifyOptions{Wait: time.Hour, Deliver: func(ctx context.Context, m *Message) error {
		if m.Search.Name == "one" {
			return nil
		}
		cancel()
		return ctx.Err()
	}})
	if !errors.Is(err, context.Canceled) || r.Delivered != 1 || r.Left != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	var got receiver
	if r, err := ix.Notify(t.Context(), NotifyOptions{Deliver: got.deliver}); err != nil || r.Delivered != 1 || !slices.Equal(got.articles, []string{"two1 [a1]"}) {
		t.Errorf("%+v, %v, came %q", r, err, got.articles)
	}
}

// What was under embargo is in a message when that has ended, and one message has up to 100
// articles and counts all.
func TestNotifyEmbargoAndMany(t *testing.T) {
	ix := openNotified(t, filepath.Join(t.TempDir(), "ix"))
	defer ix.Close()
	if err := ix.Save(t.Context(), SavedSearch{Name: "grain", Text: "grain"}); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	list := []corpus.Article{{ID: "e", Title: "Grain", Handling: &corpus.Handling{Embargoed: true, EmbargoedUntil: now.Add(time.Hour)}}}
	for i := range 120 {
		list = append(list, corpus.Article{ID: fmt.Sprint("m", i), Title: "Grain of many ports"})
	}
	if err := ix.Add(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	var counts []string
	n := newNotifier(func(_ context.Context, m *Message) error {
		counts = append(counts, fmt.Sprint(m.Count, " ", len(m.Hits)))
		return nil
	}, func(_ context.Context, f func(*Index) error) error { return f(ix) })
	for _, later := range []time.Duration{0, time.Minute, 2 * time.Hour, 3 * time.Hour} {
		n.now = func() time.Time { return now.Add(later) }
		if _, err := n.pass(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(counts, []string{"120 100", "1 1"}) {
		t.Errorf("messages of %q", counts)
	}
}

func TestDelay(t *testing.T) {
	down := &DeliveryError{Err: errors.New("down")}
	for try, want := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 9: 256 * time.Second, 10: maxDelay, 1000: maxDelay} {
		if got := delay(try, down); got < want/2 || got > want {
			t.Errorf("after %d tries %v, want %v at most", try, got, want)
		}
	}
	if got := delay(1, &DeliveryError{Err: down, After: 20 * time.Minute}); got != 20*time.Minute {
		t.Errorf("where a server says 20 minutes: %v", got)
	}
	if got := delay(1, &DeliveryError{Err: down, After: 48 * time.Hour}); got != maxAfter {
		t.Errorf("where a server says two days: %v", got)
	}
}

// A watch delivers beside its syncs: who answers slowly holds up none of them.
func TestWatchNotifies(t *testing.T) {
	dir, at := t.TempDir(), filepath.Join(t.TempDir(), "ix")
	ix := openNotified(t, at)
	if err := errors.Join(ix.Save(t.Context(), SavedSearch{Name: "port", Text: "harbour"}), ix.Close()); err != nil {
		t.Fatal(err)
	}
	write := func(name string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("The harbour reopens: "+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("1.txt")
	src, err := corpus.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	total, both, told, ended := 0, make(chan struct{}), make(chan int, 10), make(chan error, 1)
	go func() {
		ended <- Watch(ctx, at, &Options{NoLearn: true}, src, WatchOptions{
			Interval: time.Hour,
			Synced: func(r SyncReport, err error) {
				if total += r.Added; err != nil {
					t.Error(err)
				}
				if r.Added > 0 && total == 2 {
					close(both)
				}
			},
			Deliver: func(ctx context.Context, m *Message) error {
				if m.From.IsZero() { // the first one
					write("2.txt")
					select {
					case <-both:
					case <-ctx.Done():
						return ctx.Err()
					}
				}
				told <- m.Count
				return nil
			},
		})
	}()
	for range 2 {
		if n := <-told; n != 1 {
			t.Errorf("a message of %d articles", n)
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the watch ended with %v", err)
	}
}
