package guard

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browser starts a headless Chromium in which every name leads to this machine.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("drives a browser")
	}
	path, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") != "" {
		t.Fatal("chromium is missing: apt-get install chromium")
	}
	if err != nil {
		t.Skip("chromium is missing: apt-get install chromium")
	}
	alloc, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()), chromedp.Flag("host-resolver-rules", "MAP * 127.0.0.1"))...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	ctx, end := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(end)
	return ctx
}

// shown opens an address, does steps there and waits until the page says something.
func shown(t *testing.T, ctx context.Context, address, want string, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, append([]chromedp.Action[chromedp.Void]{chromedp.Navigate(address)}, steps...)...); err != nil {
		t.Fatal(err)
	}
	var got string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if got, _ = chromedp.Run(ctx, chromedp.TextContent("html")); strings.Contains(got, want) {
			return
		}
	}
	t.Errorf("%s shows %q, want %q", address, got, want)
}

// Over a name browsers trust a page less than over localhost: they send less, and
// refuse more.
func TestABrowserLogsIn(t *testing.T) {
	ctx := browser(t)
	_, port, _ := net.SplitHostPort(serve(t, Options{Token: token, Hosts: []string{"sitrep.example"}}))
	page := "http://sitrep.example:" + port + "/"
	shown(t, ctx, page, "Token")
	shown(t, ctx, page, "not the token", chromedp.SendKeys("#token", "sesame\r"))
	shown(t, ctx, page, "inside", chromedp.SendKeys("#token", token+"\r"))
	shown(t, ctx, page, "inside")
}

// Neither a site whose name leads here nor a form of another site gets in.
func TestOtherSitesStayOut(t *testing.T) {
	ctx := browser(t)
	_, port, _ := net.SplitHostPort(serve(t, Options{}))
	shown(t, ctx, "http://rebinding.example:"+port+"/", "not known by the name")
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<form method="post" action="http://127.0.0.1:%s/v1/extract"><button>Win</button></form>`, port)
		io.WriteString(w, `<script>document.forms[0].submit()</script>`)
	}))
	defer site.Close()
	shown(t, ctx, "http://site.example:"+site.URL[strings.LastIndexByte(site.URL, ':')+1:], "page of another site")
}
