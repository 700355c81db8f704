package article

import (
	"fmt"
	"strings"
	"testing"
)

// How many bytes of raw records are decoded a second, for each shape.
func BenchmarkDecode(b *testing.B) {
	paragraph := strings.Repeat("The brigade moved to the north of the province on Sunday, and its engineers began to repair the roads. ", 5)
	plain := strings.Repeat(paragraph+"\n\n", 8)
	marked := strings.Repeat("<p>"+paragraph+"</p>\n", 8)
	head := `<!DOCTYPE html><html lang="en"><head><title>Brigade moves</title><meta property="og:site_name" content="Wire"></head><body><nav>` +
		strings.Repeat(`<li><a href="/x">Section</a></li>`, 60) + `</nav><article><h1>Brigade moves</h1>`
	for _, c := range []struct{ name, raw string }{
		{"text", plain},
		{"json", fmt.Sprintf(`{"title":"Brigade moves","url":"https://w.example/1","publishedAt":"2024-01-01T00:00:00Z","body":%q}`, plain)},
		{"json with markup", fmt.Sprintf(`{"title":"Brigade moves","body_html":%q}`, marked)},
		{"rss", "<rss><channel><item><title>Brigade moves</title><description><![CDATA[" + marked + "]]></description></item></channel></rss>"},
		{"page", head + marked + "</article></body></html>"},
		{"gzip", zip(plain)},
		{"warc", string(archived("response", "application/http", "https://w.example/1", []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+head+marked)))},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.raw)))
			for b.Loop() {
				if _, err := Decode([]byte(c.raw), Detect); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
