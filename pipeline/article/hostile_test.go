package article

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
)

const zeros = 40 << 20 // bytes that a bomb unpacks to

// gzipBomb is 40 MB of zeros in about 40 KB.
func gzipBomb(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	chunk := make([]byte, 1<<20)
	for range zeros >> 20 {
		w.Write(chunk)
	}
	w.Close()
	return b.String()
}

func zstdBomb(t *testing.T) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll(make([]byte, zeros), nil))
}

func zip(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// laughs declares nine entities, each ten times the one before.
func laughs(inside string) string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n<!ENTITY lol \"lol\">\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "<!ENTITY lol%d \"%s\">\n", i, strings.Repeat(fmt.Sprintf("&lol%d;", i-1), 10))
	}
	return b.String() + "]>\n" + inside
}

// bold opens n elements that the parser opens again in every paragraph.
func bold(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p><b id=%d>x", i)
	}
	return b.String()
}

// nestedWARC is a record of a web archive that holds one in gzip, and so on.
func nestedWARC(n int) string {
	inside := "text"
	for range n {
		inside = zip(string(archived("resource", "application/octet-stream", "https://x.example/", []byte(inside))))
	}
	return inside
}

func response(head, body string) string {
	block := head + "\r\n\r\n" + body
	return string(archived("response", "application/http", "https://x.example/", []byte(block)))
}

// Each of these is refused, with an error that says why.
func TestHostile(t *testing.T) {
	rep := strings.Repeat
	page := "<html><body><p>Some words of a page.</p></body></html>"
	for _, c := range []struct{ name, raw, want string }{
		{"JSON that ends in a key", `{"title":"x","bo`, "invalid JSON at byte 16: it ends in the middle"},
		{"JSON that ends in a string", `{"body":"The army`, "invalid JSON at byte 17: it ends in the middle"},
		{"JSON that ends in an escape", `{"body":"x\`, "invalid JSON at byte 11: it ends in the middle"},
		{"JSON that ends in half an escape", `{"body":"x\u20`, "it ends in the middle"},
		{"JSON with a comma too many", `{"title":"x","body":"y",}`, "invalid JSON at byte 24: want a key in double quotes"},
		{"JSON with single quotes", `{'body':'x'}`, "invalid JSON at byte 1: want a key in double quotes"},
		{"JSON with a bare line break", "{\"body\":\"x\ny\"}", "invalid JSON at byte 10: a control character in a string"},
		{"JSON with NaN", `{"body":NaN}`, "invalid JSON at byte 8: want a value"},
		{"JSON with an escape that is none", `{"body":"\x41"}`, `no escape is written \x`},
		{"JSON with a number that is none", `{"id":01,"body":"x"}`, "want a number without zeros before it"},
		{"two objects", `{"body":"x"}{"body":"y"}`, "invalid JSON at byte 12: more behind the value"},
		{"10,000 lists one in the other", rep("[", 10_000), "over the limit depth of 200"},
		{"100,000 objects one in the other", rep(`{"a":`, 100_000), "over the limit depth of 200"},
		{"closed nesting", `{"body":` + rep("[", 5000) + rep("]", 5000) + `}`, "over the limit depth of 200"},
		{"a million values", `{"body":[` + rep("0,", 1_000_000) + `0]}`, "over the limit elements of 100000"},
		{"nothing but numbers", `{"a":1,"b":[2,3]}`, "no field holds a text"},
		{"a list of articles", `[{"body":"x"},{"body":"y"}]`, "a list of 2 articles in one record"},
		{"an answer of a service", `{"status":"ok","articles":[{"title":"a"},{"title":"b"},{"title":"c"}]}`, "articles of 3 articles in one record"},
		{"an empty answer", `[{}]`, "no field holds a text"},
		{"a deletion", `{"before":{"id":1,"body":"x"},"after":null,"op":"d"}`, "a deletion"},
		{"a deletion among the columns", `{"id":1,"body":"x","__op":"d","__deleted":"true"}`, "a deletion"},
		{"GDELT's list of articles", `{"url":"https://x.example/1","url_mobile":"","title":"Troops leave","seendate":"20240203T101500Z","socialimage":"","domain":"x.example","language":"English","sourcecountry":"Mali"}`, "GDELT metadata without a text"},
		{"GDELT's graph", `{"GKGRECORDID":"20240203101500-7","DocumentIdentifier":"https://x.example/1","V2Tone":"-3,1"}`, "GDELT metadata without a text"},
		{"a line of GDELT's events", "1023456789\t20240203\t202402\t2024\t2024.09" + rep("\t", 56) + "https://x.example/1", "a line of GDELT without a text"},
		{"bytes of no encoding", "\xc3\x28\xa0\xa1\xe2\x28\xa1\x81\x8d", "invalid UTF-8 at byte 0"},
		{"bytes that are Cyrillic", rep("\xcf\xf0\xe8\xe2\xe5\xf2 ", 50), "invalid UTF-8 at byte 0"},
		{"gzip that ends early", zip(rep("some text ", 1000))[:40], "gzip: ends in the middle"},
		{"gzip with a broken sum", strings.TrimSuffix(zip("some text"), zip("some text")[len(zip("some text"))-8:]) + "12345678", "gzip: broken after"},
		{"gzip bomb", gzipBomb(t), "gzip: over the limit unpacked_bytes of 33554432"},
		{"zstd bomb", zstdBomb(t), "over the limit unpacked_bytes of 33554432"},
		{"gzip bomb in gzip", zip(gzipBomb(t)), "over the limit unpacked_bytes"},
		{"gzip four times over", zip(zip(zip(zip("x")))), "compressed more than 3 times over"},
		{"billion laughs in RSS", laughs("<rss><channel><item><title>&lol9;</title></item></channel></rss>"), "declares entities, which are not expanded"},
		{"billion laughs in a document", laughs("<lolz>&lol9;</lolz>"), "declares entities, which are not expanded"},
		{"an entity of a file", "<?xml version=\"1.0\"?><!DOCTYPE item [<!ENTITY f SYSTEM \"file:///secret\">]><item><title>&f;</title></item>", "declares entities, which are not expanded"},
		{"an entity that is not declared", "<item><title>&secret;</title></item>", "invalid XML in line 1: invalid character entity &secret;"},
		{"RSS that ends early", "<rss><channel><item><title>T</title><descr", "invalid XML in line 1"},
		{"RSS without an item", "<rss><channel><title>T</title></channel></rss>", "<rss> without an <item>"},
		{"RSS with two items", "<rss><channel><item><title>A</title></item><item><title>B</title></item></channel></rss>", "<rss> with 2 of <item>"},
		{"XML of another kind", "<?xml version=\"1.0\"?><nitf><body>x</body></nitf>", "XML document <nitf>: neither RSS nor Atom"},
		{"XML 10,000 deep", "<rss>" + rep("<a>", 10_000), "over the limit depth of 200"},
		{"XHTML in Atom that is 10,000 deep", "<entry><content type=\"xhtml\">" + rep("<a>", 10_000), "over the limit depth of 200"},
		{"XML with 300,000 attributes", "<rss " + rep("a='1' ", 300_000) + "/>", "over the limit elements"},
		{"a page 10,000 deep", "<html><body>" + rep("<div>", 10_000) + "x", "over the limit depth of 200"},
		{"a page of bold in bold", "<html><body>" + bold(10_000), "over the limit depth of 200"},
		{"a page of 300,000 tags", "<html>" + rep("<br>", 300_000), "over the limit elements of 100000"},
		{"a page of nothing", "<html><body><script>x()</script></body></html>", "the HTML page holds no text"},
		{"WARC that is too short", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 500\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx", "WARC: Content-Length is 500, but only 20 bytes follow"},
		{"WARC that is too long", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx", "WARC: Content-Length is 5, but 20 bytes follow"},
		{"WARC without a length", "WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx", `WARC: Content-Length "" is no length`},
		{"WARC with a length below zero", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\n", `WARC: Content-Length "-1" is no length`},
		{"WARC that ends in its head", "WARC/1.0\r\nWARC-Type: resp", "WARC: head"},
		{"WARC of a request", string(archived("request", "application/http", "x", []byte("GET / HTTP/1.1\r\n\r\n"))), `WARC record of type "request": it holds no page`},
		{"two WARC records", string(archived("conversion", "text/plain", "x", []byte("a"))) + string(archived("conversion", "text/plain", "x", []byte("b"))), "WARC: several records in one"},
		{"WARC in WARC", string(archived("resource", "application/octet-stream", "x", archived("conversion", "text/plain", "x", []byte("a")))), "a WARC record inside a WARC record"},
		{"HTTP that is too short", response("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000", page), "WARC: HTTP Content-Length is 9000, in a block of"},
		{"HTTP chunks that end early", response("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", "ffff\r\n"+page), "HTTP body: ends in the middle"},
		{"HTTP of a page not found", response("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", page), "WARC: HTTP status 404"},
		{"HTTP of a picture", response("HTTP/1.1 200 OK\r\nContent-Type: image/png", "\x89PNG"), "content of type image/png is not read"},
		{"HTTP in Brotli", response("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br", "\x0b\x02"), `Content-Encoding "br" is not read`},
		{"HTTP that is none", response("SSH-2.0-server", "x"), "WARC: HTTP response: malformed HTTP"},
		{"a gzip bomb in HTTP", response("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", gzipBomb(t)), "over the limit unpacked_bytes"},
		{"a text in a field that is 10,000 deep", `{"title":"x","body":"` + rep("<div>", 10_000) + `"}`, "HTML: nesting: over the limit depth of 200"},
		{"an item whose text has 200,000 tags", "<item><title>x</title><description><![CDATA[" + rep("<p>", 200_000) + "]]></description></item>", "HTML: tags: over the limit elements"},
		{"a frame in a frame", rep(string(frameOf("7")), 100_000) + "{}", "packed more than 3 times over"},
		{"a web archive in gzip, nine times over", nestedWARC(9), "packed more than 3 times over"},
		{"a schema that is not registered", string(frameOf("5")) + "\x02x", "schema 5: the registry has none of that number"},
		{"a schema that is broken", string(frameOf("4")) + "\x02x", "schema 4: "},
		{"a schema of Protobuf", string(frameOf("9")) + "\x02x", "schema 9 is of type PROTOBUF, which is not read"},
		{"Avro that ends early", string(frameOf("3")) + "\x22\x20Bri", "Avro of schema 3: "},
		{"Avro with a length of 2^60", string(frameOf("3")) + "\x22\xfe\xff\xff\xff\xff\xff\xff\xff\x7f", "Avro of schema 3: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := Decoder{Schemas: testSchemas}
			began := time.Now()
			a, err := d.Decode([]byte(c.raw), Detect)
			var undecodable *DecodeError
			var limit *LimitError
			switch {
			case err == nil:
				t.Errorf("read as %.200q of form %s", a.Body, a.Form)
			case !errors.As(err, &undecodable) && !errors.As(err, &limit):
				t.Errorf("an error of type %T", err)
			case !strings.Contains(err.Error(), c.want):
				t.Errorf("%v\nwant %s", err, c.want)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

// Each of these is read, and what is odd about it is said.
func TestOdd(t *testing.T) {
	for _, c := range []struct{ name, raw, body, doubt string }{
		{"a key twice", `{"body":"first","body":"last"}`, "last", `key "body" stands twice in one object; the last is read`},
		{"half a surrogate pair", `{"body":"x \ud83d y"}`, "x \ufffd y", `1 escapes \u are half a surrogate pair`},
		{"halves in the wrong order", `{"body":"\ude80\ud83d"}`, "\ufffd\ufffd", `2 escapes \u are half a surrogate pair`},
		{"a whole pair", `{"body":"\ud83d\ude80"}`, "🚀", ""},
		{"NUL in a string", `{"body":"a\u0000b"}`, "a\ufffdb", "the text holds 1 NUL characters"},
		{"nothing but NUL", strings.Repeat("\x00", 64), strings.Repeat("\ufffd", 64), "the text holds 64 NUL characters"},
		{"nothing", "", "", ""},
		{"an empty body", `{"title":"T","body":""}`, "", ""},
		{"a link that is a script", `{"url":"javascript:alert(1)","body":"x"}`, "x", ""},
		{"framed JSON without a registry", string(frameOf("12")) + `{"body":"x"}`, "x", ""},
		{"an empty element as a date", `{"date":{},"body":"x"}`, "x", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Decode([]byte(c.raw), Detect)
			if err != nil {
				t.Fatal(err)
			}
			if a.Body != c.body || a.Doubt != c.doubt || a.URL != "" {
				t.Errorf("body %q, doubt %q, address %q", a.Body, a.Doubt, a.URL)
			}
		})
	}
	_, err := Decode([]byte(string(frameOf("12"))+"\x02x"), Detect)
	if err == nil || !strings.Contains(err.Error(), "of schema 12, and no schema registry is set") {
		t.Error(err)
	}
}

// Limits that the caller sets are those that hold.
func TestLimits(t *testing.T) {
	d := Decoder{Limits: Limits{Unpacked: 100, Depth: 3, Elements: 5}}
	for raw, limit := range map[string]Limit{
		`{"a":{"b":{"c":1}},"body":"x"}`: LimitDepth,
		`{"a":[1,2,3,4],"body":"x"}`:     LimitElements,
		zip(strings.Repeat("x", 101)):    LimitUnpacked,
	} {
		_, err := d.Decode([]byte(raw), Detect)
		var over *LimitError
		if !errors.As(err, &over) || over.Limit != limit {
			t.Errorf("%.40q: %v, want the limit %s", raw, err, limit)
		}
	}
	if a, err := d.Decode([]byte(zip(strings.Repeat("x", 100))), Detect); err != nil || len(a.Body) != 100 {
		t.Errorf("what is at its limit: %v", err)
	}
}
