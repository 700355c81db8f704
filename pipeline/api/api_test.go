package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/problem"
	"sitrep/pipeline/samples"
)

const story = `{"title":"Chad sends 400 soldiers to its border with Sudan","published":"2019-06-05",` +
	`"body":"Chad sent 400 soldiers to its border with Sudan on Tuesday, Defence Minister Idris Kellou said."}`

var limits = pipeline.Limits{Article: 6 << 20, Time: time.Minute}

var small = Options{Workers: 2, MaxArticle: limits.Article, Process: process}

func process(raw pipeline.Raw) []pipeline.Record { return pipeline.Process(raw, limits) }

func request(body string, headers ...string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, PathExtract, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func serve(a *API, r *http.Request) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	a.Register(mux, nil)
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, r)
	return w
}

func TestAnswersHoldThePublishedRecords(t *testing.T) {
	a, router := New(small), described(t)
	for _, s := range samples.All()[:5] {
		records := process(pipeline.Raw{Value: s.Raw})
		var lines bytes.Buffer
		for _, r := range records {
			lines.Write(append(r.Value, '\n'))
		}
		r := request(string(s.Raw), "Accept", mediaLines)
		w := serve(a, r)
		if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), lines.Bytes()) {
			t.Errorf("%s: %d, other records than are published", s.Name, w.Code)
		}
		holds(t, router, r, string(s.Raw), w)

		r = request(string(s.Raw))
		w = serve(a, r)
		var got struct {
			Article json.RawMessage
			Events  []json.RawMessage
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		if len(got.Events) != len(records)-1 || !bytes.Equal(got.Article, records[len(records)-1].Value) {
			t.Errorf("%s: other records in JSON", s.Name)
		}
		holds(t, router, r, string(s.Raw), w)
	}
}

func packed(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func TestWhatIsTaken(t *testing.T) {
	a, router := New(small), described(t)
	latin, _ := charmap.ISO8859_2.NewEncoder().String("Wałęsa met Kohl in Gdańsk on Tuesday.")
	for name, c := range map[string]struct {
		r       *http.Request
		status  int
		content string
	}{
		"JSON":                         {request(story, "Content-Type", "application/json"), 200, `"type":"deploy"`},
		"a dialect of JSON":            {request(story, "Content-Type", "application/ld+json; charset=utf-8"), 200, `"type":"deploy"`},
		"untyped":                      {request(story), 200, `"type":"deploy"`},
		"as curl sends it":             {request(story, "Content-Type", "application/x-www-form-urlencoded"), 200, `"type":"deploy"`},
		"JSON that is said to be text": {request(story, "Content-Type", "text/plain"), 200, `"title":null`},
		"HTML":                         {request("<html><body><p>Chad sent 400 soldiers to Sudan.</p></body></html>", "Content-Type", "text/html"), 200, `"type":"deploy"`},
		"packed":                       {request(packed(story), "Content-Encoding", "gzip"), 200, `"type":"deploy"`},
		"in another encoding":          {request(latin, "Content-Type", "text/plain; charset=iso-8859-2"), 200, "Wałęsa met"},
		"packed, in another encoding":  {request(packed(latin), "Content-Type", "text/plain; charset=iso-8859-2", "Content-Encoding", "gzip"), 200, "Wałęsa met"},
		"wants lines":                  {request(story, "Accept", "application/x-ndjson"), 200, "\n{"},
		"wants anything":               {request(story, "Accept", "text/html, */*;q=0.1"), 200, `{"article":`},
		"not English":                  {request("Le Tchad a envoyé quatre cents soldats à sa frontière avec le Soudan, a dit le ministre de la défense mardi."), 200, "unsupported_language"},
		"wants XML":                    {request(story, "Accept", "application/xml"), 406, "x-ndjson"},
		"wants no JSON":                {request(story, "Accept", "application/json;q=0"), 406, "x-ndjson"},
		"a picture":                    {request("GIF89a", "Content-Type", "image/gif"), 415, "plain text"},
		"an odd type":                  {request(story, "Content-Type", "text/"), 415, "content type"},
		"another packing":              {request(story, "Content-Encoding", "br"), 415, "gzip"},
		"empty":                        {request(""), 400, "send one article"},
		"no JSON":                      {request(`{"body":`, "Content-Type", "application/json"), 422, `"reason":"undecodable"`},
		"too deep":                     {request(`{"body":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}"), 422, `"reason":"too_deep"`},
		"unpacks to too much":          {request(packed(strings.Repeat(" ", 50<<20))), 413, `"reason":"too_large"`},
		"too large":                    {request(strings.Repeat("x", small.MaxArticle+1)), 413, "6 MiB"},
		"5 MB":                         {request(strings.Repeat("x", 5<<20)), 200, `{"article":`},
		"GET":                          {httptest.NewRequest("GET", PathExtract, nil), 405, "POST"},
		"PUT":                          {httptest.NewRequest("PUT", PathExtract, nil), 405, "POST"},
		"the description":              {httptest.NewRequest("GET", PathOpenAPI, nil), 200, `"openapi": "3.1`},
		"posts to the description":     {httptest.NewRequest("POST", PathOpenAPI, nil), 405, "GET"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.r.ContentLength > 1<<20 && testing.Short() {
				t.Skip("large")
			}
			w := serve(a, c.r)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.content) {
				t.Errorf("%d %.300s", w.Code, w.Body)
			}
			if kind := w.Header().Get("Content-Type"); w.Code != 200 && kind != problem.MediaType {
				t.Errorf("a problem as %q", kind)
			}
			holds(t, router, c.r, "", w)
		})
	}
}

// A script in an article is text: the answer is JSON, of which no browser makes a
// page.
func TestScriptsAreText(t *testing.T) {
	w := serve(New(small), request(`{"title":"<script>alert(1)</script>","body":"</script><img src=x onerror=alert(1)> Chad sent 400 soldiers to Sudan."}`))
	if kind := w.Header().Get("Content-Type"); w.Code != 200 || kind != mediaJSON || !json.Valid(w.Body.Bytes()) {
		t.Errorf("%d %s %.200s", w.Code, kind, w.Body)
	}
}

// More requests than there is room for are told to come again; those that have begun
// are answered.
func TestTooMuchIsTurnedAway(t *testing.T) {
	o := small
	o.Workers, o.Waiting = 1, 1
	gate, begun := make(chan struct{}), make(chan struct{}, 2)
	o.Process = func(raw pipeline.Raw) []pipeline.Record {
		begun <- struct{}{}
		<-gate
		return process(raw)
	}
	a := New(o)
	answers := make(chan *httptest.ResponseRecorder, 2)
	go func() { answers <- serve(a, request(story)) }()
	<-begun
	go func() { answers <- serve(a, request(story)) }()
	for a.waiting.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	r := request(story)
	w := serve(a, r)
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || a.InFlight() != 1 {
		t.Errorf("%d %v, %d in flight", w.Code, w.Header(), a.InFlight())
	}
	holds(t, described(t), r, story, w)
	close(gate)
	for range 2 {
		if w := <-answers; w.Code != http.StatusOK {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		select {
		case <-begun:
		default:
		}
	}
	if a.InFlight() != 0 || a.waiting.Load() != 0 {
		t.Errorf("%d in flight, %d waiting at the end", a.InFlight(), a.waiting.Load())
	}
}

// A client that goes away while it waits takes no turn.
func TestWhoGoesAwayIsForgotten(t *testing.T) {
	a := New(small)
	a.turn <- struct{}{}
	a.turn <- struct{}{}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := a.admit(ctx); err == nil || a.waiting.Load() != 0 {
		t.Errorf("%v, %d waiting", err, a.waiting.Load())
	}
}

// Bodies that come at once and are never worked on cannot fill the memory.
func TestMemoryIsBounded(t *testing.T) {
	a := New(small)
	a.memory.Acquire(t.Context(), a.Bytes-100)
	if w := serve(a, request(story)); w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d without memory", w.Code)
	}
	a.memory.Release(a.Bytes - 100)
	for _, body := range []string{story, "", strings.Repeat("x", small.MaxArticle+1)} {
		serve(a, request(body))
	}
	if !a.memory.TryAcquire(a.Bytes) {
		t.Error("memory is held when nothing is in work")
	}
}

func TestManyAtOnce(t *testing.T) {
	a := New(Options{Workers: 2, Waiting: 100, MaxArticle: limits.Article, Process: process})
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			w := serve(a, request(strings.Replace(story, "400", fmt.Sprint(400+i), 2)))
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), fmt.Sprintf(`"troops_min":%d`, 400+i)) {
				t.Errorf("%d: %d %.200s", i, w.Code, w.Body)
			}
		})
	}
	all.Wait()
}

func TestAccepted(t *testing.T) {
	for accept, want := range map[string]string{
		"": mediaJSON, "*/*": mediaJSON, "application/jsonl": mediaLines, "application/x-ndjson, application/json": mediaLines,
		"text/html, application/json;q=0.5": mediaJSON, "text/html": "", "application/json;q=0.0": "", ";;;": "", "application/x-ndjson;q=0, */*": mediaJSON,
	} {
		if got, _ := accepted([]string{accept}); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
}

// Whatever is sent, the answer is as described, and no fault of ours.
func FuzzExtract(f *testing.F) {
	f.Add(story, "application/json", "")
	f.Add("<p>Chad sent 400 soldiers to Sudan.", "text/html; charset=latin1", "application/x-ndjson")
	f.Add("WARC/1.0\r\nWARC-Type: response\r\n\r\n", "application/warc", "*/*;q=0")
	f.Add("\x1f\x8b\x08", "application/gzip", "a/b;c")
	limits := pipeline.Limits{Article: 1 << 20, Time: 20 * time.Second}
	d := &article.Decoder{Limits: article.Limits{Unpacked: 1 << 20}}
	a, router := New(Options{Workers: 4, MaxArticle: limits.Article, Process: func(raw pipeline.Raw) []pipeline.Record {
		return pipeline.ProcessAs(raw, d, limits)
	}}), described(f)
	f.Fuzz(func(t *testing.T, body, kind, accept string) {
		r := request(body, "Content-Type", kind, "Accept", accept)
		w := serve(a, r)
		if w.Code >= 500 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		form, _, err := mime.ParseMediaType(w.Header().Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(w.Body.Bytes()) {
			if !json.Valid(line) {
				t.Fatalf("%s: no JSON: %q", form, line)
			}
		}
		holds(t, router, r, body, w)
	})
}
