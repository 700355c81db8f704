package article

import (
	"errors"
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	const page = `<!DOCTYPE html><html lang="en"><head><title>Bridge reopened</title><meta name="author" content="Ida Moe">
<meta property="article:published_time" content="2020-02-03T08:00:00+01:00"></head><body><article><h1>Bridge reopened</h1>
<p>Engineers of the Latvian army reopened the bridge over the river on Monday, the defence ministry in Riga said.</p>
<p>Two hundred soldiers had worked on it for a month, and the first lorries crossed it in the afternoon of the same day.</p></article></body></html>`
	for _, c := range []struct {
		name, raw string
		want      Article
		day       string
	}{
		{"plain", "Bridge reopened\n\nEngineers reopened it.", Article{Body: "Bridge reopened\n\nEngineers reopened it."}, ""},
		{"byte order mark", "\ufeff{\"body\":\"x\"}", Article{Body: "x"}, ""},
		{"NewsAPI", `{"source":{"id":null,"name":"The Post"},"author":"A. Lee","title":"T","url":"https://post.example/1","publishedAt":"2021-05-06T07:08:09Z","content":"c"}`,
			Article{Title: "T", Body: "c", Source: "The Post", Author: "A. Lee", URL: "https://post.example/1"}, "2021-05-06"},
		{"JSON-LD", `{"@type":"NewsArticle","headline":"H","articleBody":"b","datePublished":"2021-05-06","author":[{"name":"A"},{"name":"B"}],"publisher":{"name":"P"},"inLanguage":"en-GB"}`,
			Article{Title: "H", Body: "b", Author: "A, B", Source: "P", Language: "en"}, "2021-05-06"},
		{"envelopes", `{"payload":{"after":{"article":{"_id":{"$oid":"5f"},"text":"x"}}}}`, Article{GivenID: "5f", Body: "x"}, ""},
		{"number as id", `{"id":17,"body":"x"}`, Article{GivenID: "17", Body: "x"}, ""},
		{"source is an address", `{"source":"https://a.example/x","body":"x"}`, Article{URL: "https://a.example/x", Body: "x"}, ""},
		{"nulls are skipped", `{"title":null,"headline":"H","body":"","text":"x"}`, Article{Title: "H", Body: "x"}, ""},
		{"date that is none", `{"date":"soon","body":"x"}`, Article{Body: "x", Doubt: `publication date "soon": no date of a known form`}, ""},
		{"By in a byline", `{"byline":"By Ada Quist","body":"x"}`, Article{Author: "Ada Quist", Body: "x"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Decode([]byte(c.raw), Detect)
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Published.Day.String(); got != c.day {
				t.Errorf("published %q, want %q", got, c.day)
			}
			a.Published, a.Form, a.Origin = c.want.Published, "", c.want.Origin
			if a != c.want {
				t.Errorf("%+v\nwant %+v", a, c.want)
			}
		})
	}
	a, err := Decode([]byte(page), Detect)
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Bridge reopened" || a.Author != "Ida Moe" || a.Published.Day.String() != "2020-02-03" || !strings.HasPrefix(a.Body, "Engineers of") || strings.Contains(a.Body, "<") {
		t.Errorf("page: %+v", a)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, c := range []struct{ raw, want string }{
		{`{"a":`, "invalid JSON at byte 5"},
		{`{"a":1}{"b":2}`, "invalid JSON at byte 7"},
		{`{"url":"https://x.example","tone":3}`, "no field holds a text"},
		{"{\"body\":\"\xc3\"}", "invalid UTF-8 at byte 9"},
		{strings.Repeat(`{"a":`, 20_000), "over the limit depth of 200"},
		{"<html>" + strings.Repeat("<b>", 200_001), "over the limit elements of 100000"},
	} {
		_, err := Decode([]byte(c.raw), Detect)
		var undecodable *DecodeError
		var limit *LimitError
		if !errors.As(err, &undecodable) && !errors.As(err, &limit) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.20q: %v, want %q", c.raw, err, c.want)
		}
	}
}

// What the caller knows of the shape is not guessed.
func TestDecodeShape(t *testing.T) {
	const text = `{not JSON but a text in braces}`
	if a, err := Decode([]byte(text), Text); err != nil || a.Body != text {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := Decode([]byte("plain"), JSON); err == nil {
		t.Error("plain text is no JSON")
	}
}
