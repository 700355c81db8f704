package web

import (
	"bytes"
	"fmt"
	goruntime "runtime"
	"testing"
	"time"

	"sitrep/pipeline"
)

// anew gives events of our sample articles over and over, each time under another id.
func anew(t testing.TB) func() pipeline.Raw {
	list := sampled(t).Feed.all(filter{})
	i := 0
	return func() pipeline.Raw {
		e := list[i%len(list)]
		id := fmt.Appendf(nil, "%032d", i)
		i++
		return pipeline.Raw{Key: id, Value: bytes.Replace(e.value, []byte(e.id), id, 1)}
	}
}

// However many come, the page holds a bounded number of rows, of which only those in
// sight are elements; a reader who looks at one keeps it in sight.
func TestStreamIsBounded(t *testing.T) {
	f := NewFeed()
	next := anew(t)
	b := open(t, 1280, 800)
	b.visit(serve(t, Config{Feed: f}))
	b.until(`document.querySelector("#live .empty:not([hidden])")?.textContent.startsWith("No events yet")`)
	poured := 0
	pour := func(n int) {
		for range n {
			f.Event(next())
		}
		poured += n
	}
	newest := func() string {
		return fmt.Sprintf(`document.querySelector(".row[aria-posinset='1']")?.id === "row-%032d"`, poured-1)
	}
	for range 4 { // in portions that one message can hold
		pour(1500)
		b.until(newest())
	}
	b.until(`document.querySelector("#tally").textContent.startsWith("the newest 5,000 events")`)
	b.do(`document.querySelector(".list").scrollTop = 34 * 100`)
	b.until(`document.querySelector(".row[aria-posinset='101']")`)
	seen := js[string](b, `document.querySelector(".row[aria-posinset='101']").id`)
	pour(500)
	b.until(`document.querySelector(".newer:not([hidden])")?.textContent === "500 newer events ↑"`)
	if now := js[string](b, `document.querySelector(".row[aria-posinset='101']").id`); now != seen {
		t.Errorf("the reader looked at %s, and is shown %s", seen, now)
	}
	if n := js[int](b, `document.querySelectorAll("#live *").length`); n > 1000 {
		t.Errorf("%d elements", n)
	}
	b.do(`document.querySelector(".newer").click()`)
	b.until(newest())
	b.clean()
}

// A thousand events a second in the page: how long its frames take, and what memory it and
// the server need. One round is one second:
//
//	go test ./pipeline/web -run '^$' -bench Streaming -benchtime 60x
func BenchmarkStreaming(b *testing.B) {
	f := NewFeed()
	next := anew(b)
	p := open(b, 1280, 800)
	p.visit(serve(b, Config{Feed: f}))
	p.until(`document.querySelector(".list")`)
	p.do(`window.frames_ = []; let last = performance.now();
		const frame = (now) => { frames_.push(now - last); last = now; requestAnimationFrame(frame); };
		requestAnimationFrame(frame);
		window.heap = () => performance.memory.usedJSHeapSize / 1048576`)
	second := func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for range 100 {
			<-tick.C
			for range 10 {
				f.Event(next())
			}
		}
	}
	for range 5 { // until its list is full
		second()
	}
	before := js[float64](p, `(frames_.length = 0, heap())`)
	b.ResetTimer()
	for b.Loop() {
		second()
	}
	b.StopTimer()
	for _, m := range []struct {
		name  string
		share float64
	}{{"ms/frame-p50", 0.5}, {"ms/frame-p95", 0.95}, {"ms/frame-p99", 0.99}, {"ms/frame-max", 1}} {
		b.ReportMetric(js[float64](p, fmt.Sprintf(`[...frames_].sort((a, b) => a - b)[Math.min(frames_.length - 1, Math.floor(frames_.length * %g))]`, m.share)), m.name)
	}
	b.ReportMetric(js[float64](p, `frames_.length`)/float64(b.N), "frames/s")
	b.ReportMetric(before, "MiB-page-before")
	b.ReportMetric(js[float64](p, `heap()`), "MiB-page-after")
	b.ReportMetric(js[float64](p, `document.querySelectorAll("*").length`), "elements")
	var stats goruntime.MemStats
	goruntime.GC()
	goruntime.ReadMemStats(&stats)
	b.ReportMetric(float64(stats.HeapAlloc)/(1<<20), "MiB-server")
	p.clean()
}
