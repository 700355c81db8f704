package text

// A Role says what a part of an article is for.
type Role uint8

// The roles of parts. Only News (and, in support of it, Title, Dateline and
// Caption) tells what happened in the world.
const (
	News        Role = iota // body text
	Title                   // headline
	Section                 // section label ("World", "News"), masthead, deck or subhead
	Author                  // byline
	Publication             // "May 10, 2025 • 2 min read"
	Dateline                // "ERBIL, Iraq (Agency) – "
	Caption                 // picture caption and its credit
	PullQuote               // words of the news set apart, said twice
	Timestamp               // when an entry of a live report was written
	Correction              // what was wrong in the article before
	Bio                     // about the author
	Related                 // links to other articles
	Boilerplate             // newsletter boxes, buttons, copyright lines
)

var roleNames = [...]string{"news", "title", "section", "author", "publication", "dateline", "caption", "pull quote", "timestamp", "correction", "bio", "related", "boilerplate"}

func (r Role) String() string { return roleNames[r] }

// Aside reports whether a part with role r is not about the news at all: it may
// name people, countries and days, but not those of the article.
func (r Role) Aside() bool { return r >= Correction }

// A Part is a stretch of the article with one role.
type Part struct {
	Span
	Role Role
}

// PartsOf returns the spans of the parts with role r, in order.
func (d *Document) PartsOf(r Role) []Span {
	var spans []Span
	for _, p := range d.Parts {
		if p.Role == r {
			spans = append(spans, p.Span)
		}
	}
	return spans
}
