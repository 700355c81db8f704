package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"sitrep/pipeline"
	"sitrep/pipeline/guard"
	"sitrep/pipeline/samples"
)

// produced is what comes of our sample articles, and one that is cut off.
var produced = sync.OnceValues(func() (raws []pipeline.Raw, records []pipeline.Record) {
	for _, s := range samples.All() {
		raws = append(raws, pipeline.Raw{Key: []byte(s.Name), Value: s.Raw})
	}
	raws = append(raws, pipeline.Raw{Key: []byte("broken.json"), Value: []byte(`{"title": "Cut off in tra`)})
	for i := range raws {
		raws[i].Position = pipeline.Position{Topic: "articles.raw", Offset: int64(i)}
		records = append(records, pipeline.Process(raws[i], pipeline.DefaultLimits)...)
	}
	return raws, records
})

// sampled returns a feed of what comes of our sample articles, and how to fetch them.
func sampled(t testing.TB) Config {
	t.Helper()
	f := NewFeed()
	raws, records := produced()
	for _, r := range records {
		switch out := (pipeline.Raw{Key: r.Key, Value: r.Value, Headers: r.Headers}); r.Stream {
		case pipeline.Events:
			f.Event(out)
		case pipeline.DeadLetters:
			out.Topic = "sitrep.deadletters.v1"
			f.Letter(out)
		}
	}
	return Config{Feed: f, Fetch: func(_ context.Context, at pipeline.Position) (pipeline.Raw, error) {
		if at.Topic != "articles.raw" || at.Offset >= int64(len(raws)) {
			return pipeline.Raw{}, errors.New("not there")
		}
		return raws[at.Offset], nil
	}}
}

// serve serves the page as it is, guarded, and returns its address.
func serve(t testing.TB, c Config) string {
	t.Helper()
	s, err := guard.Listen(guard.Options{Listen: "0"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, New(c).Handler()) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return s.URL()
}

var chromium = sync.OnceValues(func() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no chromium: install it (Debian: apt-get install chromium)")
})

// A tab is one of a headless Chromium that writes down whatever goes wrong.
type tab struct {
	testing.TB
	context.Context
	mu       sync.Mutex
	console  []string
	requests []string
}

// theBrowser is started by the first test that needs it, and ended by TestMain.
var theBrowser struct {
	sync.Mutex
	context.Context
	stop func()
}

func TestMain(m *testing.M) {
	code := m.Run()
	if theBrowser.stop != nil {
		theBrowser.stop()
	}
	os.Exit(code)
}

// open opens a tab. Without Chromium the test is skipped, and fails where CI is set.
func open(t testing.TB, width, height int64) *tab {
	t.Helper()
	if testing.Short() {
		t.Skip("drives a browser")
	}
	path, err := chromium()
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip(err)
	}
	ctx, cancel := chromedp.NewContext(started(t, path))
	ctx, end := context.WithTimeout(ctx, 3*time.Minute)
	b := &tab{TB: t, Context: ctx}
	t.Cleanup(func() {
		end()
		cancel()
	})
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatal(err)
	}
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	call(b, runtime.Enable, cdp.Empty{})
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 500})
	return b
}

// started returns the browser, which has an empty profile and finds no host but this.
func started(t testing.TB, path string) context.Context {
	t.Helper()
	theBrowser.Lock()
	defer theBrowser.Unlock()
	if theBrowser.Context != nil {
		return theBrowser.Context
	}
	profile, err := os.MkdirTemp("", "sitrep-browser-")
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("enable-precise-memory-info", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"), chromedp.UserDataDir(profile))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	theBrowser.Context, theBrowser.stop = ctx, func() {
		cancel()
		stop()
		os.RemoveAll(profile)
	}
	return ctx
}

// call sends a command of the protocol.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.Helper()
	r, err := chromedp.Call(b.Context, command, params)
	if err != nil {
		b.Fatal(err)
	}
	return r
}

func (b *tab) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *log.EventEntryAdded:
		b.console = append(b.console, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.console = append(b.console, fmt.Sprintf("console.%s", e.Type))
		}
	case *runtime.EventExceptionThrown:
		b.console = append(b.console, fmt.Sprintf("%s %+v", e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	}
}

// run does things in the page, in order.
func (b *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.Context, steps...); err != nil {
		b.Fatalf("%v; console: %q", err, b.console)
	}
}

// visit opens a page.
func (b *tab) visit(address string) {
	b.Helper()
	b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
}

// js returns what an expression gives, or a promise.
func js[T any](b *tab, expression string) T {
	b.Helper()
	value, err := chromedp.Run(b.Context, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v; console: %q", expression, err, b.console)
	}
	return value
}

// do runs statements.
func (b *tab) do(statements string) {
	b.Helper()
	js[bool](b, "(async () => {"+statements+"; return true})()")
}

// press presses keys one after the other, as a reader does.
func (b *tab) press(keys ...string) {
	b.Helper()
	for _, k := range keys {
		b.run(chromedp.KeyEvent(k))
	}
}

// until waits for an expression to be true.
func (b *tab) until(expression string) {
	b.Helper()
	for deadline := time.Now().Add(20 * time.Second); !js[bool](b, "!!("+expression+")"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.Fatalf("never: %s; console: %q", expression, b.console)
		}
	}
}

// clean checks that nothing has gone wrong and that nothing but the server was asked.
func (b *tab) clean() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, line := range b.console {
		b.Errorf("console: %s", line)
	}
	for _, r := range b.requests {
		if u, err := url.Parse(r); err != nil || u.Hostname() != "127.0.0.1" && u.Scheme != "data" && !strings.HasPrefix(r, "about:") && !strings.HasPrefix(r, "blob:http://127.0.0.1") {
			b.Errorf("request to %s", r)
		}
	}
}
