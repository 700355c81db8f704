package explain

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"

	"sitrep/pipeline"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

var pages = template.Must(template.New("").Funcs(template.FuncMap{"legend": legend}).Parse(pageHTML))

// legend returns the kinds that are marked in the whole text.
func legend() []kind {
	return []kind{person, reference, country, place, group, date, count, trigger, again, dropped}
}

// Head writes how a page begins. The page stands alone: it has no script, and its
// policy lets it load nothing.
func Head(w io.Writer) error {
	sum := sha256.Sum256([]byte(pageCSS))
	return pages.ExecuteTemplate(w, "head", struct {
		Policy string
		Style  template.CSS
	}{
		"default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		template.CSS(pageCSS),
	})
}

// Section writes what was read in an article, and why, as a part of a page.
func Section(w io.Writer, r *pipeline.Reading) error {
	return pages.ExecuteTemplate(w, "article", see(r))
}

// Foot writes how a page ends.
func Foot(w io.Writer) error { return pages.ExecuteTemplate(w, "foot", nil) }
