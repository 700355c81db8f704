package text

import "strings"

// The words by which the parts around the news are known. All are in lower
// case; a line is looked at in lower case too.

// bylines open a line that names the author.
var bylines = []string{"by ", "written by ", "posted by ", "reported by ", "reporting by ", "words by ", "story by ", "from our correspondent ", "words: ", "text: ", "story: ", "reporting: ", "author: ", "author "}

// boxLabels are lines that open a box of links or a form.
var boxLabels = map[string]bool{
	"newsletter": true, "newsletters": true, "our newsletter": true, "related": true, "related articles": true, "related stories": true, "related content": true,
	"related topics": true, "related news": true, "related links": true, "related coverage": true, "most read": true, "most popular": true, "most viewed": true,
	"read more": true, "read also": true, "read next": true, "see also": true, "see more": true, "also read": true, "don't miss": true, "don’t miss": true, "recommended": true,
	"recommended for you": true, "recommended stories": true, "trending": true, "trending now": true, "latest": true, "latest news": true, "latest stories": true,
	"you may also like": true, "editor's picks": true, "editor’s picks": true, "top stories": true, "tags": true, "topics": true, "share": true, "share this": true,
	"share this article": true, "share this story": true, "comments": true, "advertisement": true, "more on this": true, "more on this story": true, "more stories": true, "what to read next": true,
}

// boxOpenings open the label of such a box.
var boxOpenings = []string{"follow us", "more from ", "also on ", "more on this"}

// boilerplate holds phrases that stand in no news.
var boilerplate = []string{
	"subscribe", "sign up", "newsletter", "all rights reserved", "to your inbox", "in your inbox", "download our app", "download the app", "terms of use", "terms of service",
	"privacy policy", "cookie policy", "commenting policy", "follow us", "follow on ", "click here", "read more:", "see more:", "related:", "story continues below", "continue reading",
	"skip to ", "report an error", "preferred source", "get short url", "share it with", "leave a comment", "register or log in", "rest of the text is under",
	"continuation of the material", "©", "copyright 19", "copyright 20", "(c) 19", "(c) 20", "share share", "bookmark save",
}

// boilerplateOpenings open a line that is no news.
var boilerplateOpenings = []string{"read more", "also read", "see also", "don't miss", "don’t miss", "watch:", "listen:", "trends:", "tags:", "topics:", "follow rt", "source:", "advertisement "}

// captions hold phrases that stand in the text of a picture, captionOpenings
// open it and captionEndings close it.
var (
	captions = []string{
		"photo:", "photo credit:", "photos:", "image:", "images:", "picture:", "pictures:", "photograph:", "photo credit ", "image credit:", "picture credit:", "video:", "graphic:", "illustration:",
		"(photo", "(ap photo", "(file photo", "(afp photo", "(file)", "(image", "(picture", "photo by ", "photograph by ", "photographed by ", "toggle caption",
	}
	captionOpenings = []string{"image of ", "image caption", "image source", "file photo", "file image", "file picture", "enlarge this image", "picture caption", "pictured:", "in this photo", "in this image"}
	captionEndings  = []string{"getty images", "getty", "/afp", "/reuters", "/ap", "/epa", "(afp)", "(reuters)", "(ap)", "(epa)", "(anadolu)", "/anadolu", "ap photo", "via reuters", "via ap", "via getty images", "handout"}
)

// bios and bioOpenings tell of the author; professions do when the author's name
// opens the line.
var (
	bios        = []string{"contributed to this report", "contributed to this story", "contributed to this article", "contributed reporting", "-based journalist", "-based reporter", "-based correspondent", "based in london and covers"}
	bioOpenings = []string{"profile picture of", "about the author", "about the writer", "author profile", "author bio", "additional reporting by", "(additional reporting by", "(reporting by", "reporting by", "editing by", "(editing by"}
	professions = []string{"journalist", "reporter", "correspondent", "writer", "editor", "columnist", "analyst", "researcher", "contributor", "author", "fellow", "bureau chief", "critic", "covers ", "covering ", "reports on", "writes about", "has covered", "has reported"}
)

// isBoxLabel reports whether line is the label of a box of links or a form.
func isBoxLabel(line string) bool {
	label := strings.Trim(line, " :|[]»>-–—•")
	return len(label) < 60 && (boxLabels[label] || startsWithAny(label, boxOpenings))
}

func isBoilerplate(line string) bool {
	return containsAny(line, boilerplate) || startsWithAny(strings.TrimLeft(line, " -–—|•>"), boilerplateOpenings)
}

func isCaption(line string) bool {
	line = strings.TrimRight(line, " .)]|")
	return startsWithAny(line, captionOpenings) || containsAny(line, captions) || endsWithAny(line, captionEndings)
}

func isBio(line string) bool {
	return startsWithAny(strings.TrimLeft(line, " -–—"), bioOpenings) || containsAny(line, bios)
}

// isBylined reports whether line, in its own case, opens with "By" and a name.
func isBylined(line string) bool {
	name := bylineName(line)
	return len(name) > 0 && !strings.HasPrefix(line, name) && isCapital(name)
}

// bylineName returns the name in a byline: line without "By" and what follows
// the name.
func bylineName(line string) string {
	lower := strings.ToLower(line)
	for _, by := range bylines {
		if strings.HasPrefix(lower, by) && (isCapital(line) || looksLikeName(line[len(by):])) {
			line = line[len(by):]
			break
		}
	}
	if i := strings.IndexAny(line, ",|•("); i > 0 {
		line = line[:i]
	}
	return strings.TrimSpace(line)
}

func containsAny(s string, list []string) bool {
	for _, x := range list {
		if strings.Contains(s, x) {
			return true
		}
	}
	return false
}

func startsWithAny(s string, list []string) bool {
	for _, x := range list {
		if strings.HasPrefix(s, x) {
			return true
		}
	}
	return false
}

func endsWithAny(s string, list []string) bool {
	for _, x := range list {
		if strings.HasSuffix(s, x) {
			return true
		}
	}
	return false
}
