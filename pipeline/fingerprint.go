package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/text"
	"sitrep/pipeline/article"
	"sitrep/pipeline/duplicates"
)

// A Fingerprint is an article as far as near-duplicates are found by it.
type Fingerprint struct {
	ArticleID     string
	GivenID       string
	Title         string
	Source        string
	URL           string
	PublishedDate string
	Simhash       string // as in the article's record
	Shingles      duplicates.Shingles
}

// FingerprintOf reads an article as far as its fingerprint needs it.
func FingerprintOf(a article.Article) Fingerprint {
	r := open(a, ByPublication)
	s := duplicates.Of(newsWords(r.Doc))
	return Fingerprint{
		ArticleID: idOf(&r.Article), GivenID: a.GivenID, Title: r.Title(), Source: a.Source, URL: a.URL,
		PublishedDate: r.Article.Published.Day.String(), Simhash: simhash(s), Shingles: s,
	}
}

// newsWords yields the words of the news in small letters: not the title, which
// each outlet writes anew, nor what stands around the news. Where no part of the
// text is news, it yields all of the body.
func newsWords(doc *text.Document) iter.Seq[string] {
	parts := doc.PartsOf(text.News)
	if len(parts) == 0 {
		parts = []text.Span{{Start: doc.Body, End: len(doc.Text)}}
	}
	return func(yield func(string) bool) {
		for _, p := range parts {
			first, last := doc.TokensIn(p)
			for i := first; i < last; i++ {
				if w := doc.Lower(i); isWord(w) && !yield(w) {
					return
				}
			}
		}
	}
}

func isWord(token string) bool {
	r, _ := utf8.DecodeRuneInString(token)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// contentSHA256 identifies the words of the news, whatever stands around them and
// however they are set: SHA-256 of newsWords, each with a blank behind it.
func contentSHA256(doc *text.Document) string {
	words := make([]byte, 0, len(doc.Text)+1)
	for w := range newsWords(doc) {
		words = append(append(words, w...), ' ')
	}
	sum := sha256.Sum256(words)
	return hex.EncodeToString(sum[:])
}

// simhash returns a fingerprint of the words of the news in hexadecimal digits;
// near-duplicates differ in few of its 64 bits.
func simhash(s duplicates.Shingles) string { return fmt.Sprintf("%016x", s.Simhash()) }
