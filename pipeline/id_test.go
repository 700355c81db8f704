package pipeline

import (
	"testing"

	"sitrep/pipeline/article"
)

func TestArticleID(t *testing.T) {
	same := [][2]article.Article{
		{{GivenID: "1", Source: "a", Body: "x"}, {GivenID: "1", Source: "a", Body: "y"}},
		{{GivenID: "1", URL: "https://a.example/x"}, {GivenID: "1", URL: "https://www.a.example/renamed"}},
		{{URL: "https://www.a.example/x/?utm_source=n#top"}, {URL: "http://a.example/x"}},
		{{URL: "https://a.example/x", Source: "a", Title: "t"}, {URL: "https://m.a.example/x/amp?fbclid=1", Source: "b", Body: "y"}},
		{{Title: "t", Body: "x"}, {Title: "t", Body: "x", Source: "a"}},
	}
	for _, p := range same {
		if idOf(&p[0]) != idOf(&p[1]) {
			t.Errorf("%+v and %+v have two ids", p[0], p[1])
		}
	}
	different := [][2]article.Article{
		{{GivenID: "1", Source: "a"}, {GivenID: "1", Source: "b"}},
		{{GivenID: "1"}, {URL: "1"}},
		{{GivenID: "1", URL: "https://a.example/x"}, {GivenID: "1", URL: "https://b.example/x"}},
		{{GivenID: "1", URL: "https://a.example/x"}, {URL: "https://a.example/x"}},
		{{URL: "https://a.example/x?id=1"}, {URL: "https://a.example/x?id=2"}},
		{{Title: "ab", Body: "c"}, {Title: "a", Body: "bc"}},
	}
	for _, p := range different {
		if idOf(&p[0]) == idOf(&p[1]) {
			t.Errorf("%+v and %+v have one id", p[0], p[1])
		}
	}
}
