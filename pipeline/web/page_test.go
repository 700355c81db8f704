package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sitrep/pipeline"
)

// noWider tells whether the page is no wider than the screen.
const noWider = `document.documentElement.scrollWidth <= innerWidth`

func (b *tab) typed(s string) {
	b.Helper()
	call(b, input.InsertText, input.InsertTextParams{Text: s})
}

const news = "Sarh, Chad, 5 June 2019 - Chad sent 400 soldiers to its border with Sudan on Tuesday, Defence Minister Idris Kellou said. Operation Desert Strike goes on."

// A reader with a keyboard alone: through the views, a filter, an event and its article,
// and back.
func TestKeyboardAlone(t *testing.T) {
	b := open(t, 1280, 800)
	c := sampled(t)
	b.visit(serve(t, c))
	b.until(`document.querySelectorAll(".row:not([hidden])").length > 5`)

	b.press(kb.Tab)
	if got := js[string](b, `document.activeElement.textContent`); got != "Skip to content" {
		t.Errorf("first comes %q", got)
	}
	tabTo := func(want string) {
		t.Helper()
		for range 40 {
			b.press(kb.Tab)
			if js[bool](b, want) {
				if !js[bool](b, `document.activeElement.matches(":focus-visible") && getComputedStyle(document.activeElement).outlineStyle !== "none"`) {
					t.Errorf("%s: the focus is not seen", want)
				}
				return
			}
		}
		t.Fatalf("Tab does not lead to %s", want)
	}
	tabTo(`document.activeElement.matches(".country")`)
	b.typed("Japan")
	b.until(`location.search === "?country=JP"`)
	b.until(fmt.Sprintf(`document.querySelectorAll(".row:not([hidden])").length === %d`, len(c.Feed.all(filter{country: "JP"}))))
	tabTo(`document.activeElement.textContent === "Type"`)
	b.press(kb.Enter, kb.Tab, " ", kb.Escape)
	b.until(`location.search === "?country=JP&type=deploy"`)
	b.until(fmt.Sprintf(`document.querySelectorAll(".row:not([hidden])").length === %d`, len(c.Feed.all(filter{country: "JP", types: []string{"deploy"}}))))
	tabTo(`document.activeElement.matches(".list")`)
	b.press(kb.ArrowDown)
	b.until(`document.querySelector(".list").getAttribute("aria-activedescendant") === document.querySelector(".row.active")?.id`)
	b.press(kb.Enter)
	b.until(`document.querySelector("#event .card.open .fields")`)
	if got := js[string](b, `document.activeElement.textContent`); got != "← All events" {
		t.Errorf("the focus is at %q", got)
	}
	tabTo(`document.activeElement.matches("button.field") && document.activeElement.textContent.includes("340 marines")`)
	b.until(`document.querySelectorAll(".wires path").length >= 4 && document.querySelector(".wires .pointed")`)
	b.press(kb.Escape)
	b.until(`location.hash === "#live" && document.activeElement.matches(".list")`)
	b.clean()
}

// What is filtered is what is downloaded, and the address keeps the filters.
func TestFilterAndDownload(t *testing.T) {
	b := open(t, 1280, 800)
	address := serve(t, sampled(t))
	b.visit(address + "#live")
	b.until(`document.querySelector("#tally").textContent.match(/^[1-9]/)`)
	all := js[string](b, `document.querySelector("#tally").textContent`)
	b.visit(address + "?type=withdraw&confidence=0.80#live")
	b.until(`document.querySelectorAll(".row:not([hidden])").length > 2`)
	shown := js[[]string](b, `[...document.querySelectorAll(".row:not([hidden])")].map((r) => r.item.id).reverse()`)
	if kinds := js[string](b, `[...new Set([...document.querySelectorAll(".row:not([hidden]) .type")].map((n) => n.textContent))].join()`); kinds != "withdraw" {
		t.Errorf("types %s", kinds)
	}
	dir := t.TempDir()
	call(b, setDownload, browser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: dir})
	b.do(`document.querySelector("a[download$=jsonl]").click()`)
	data := downloaded(t, filepath.Join(dir, "sitrep-events.jsonl"))
	var got []string
	for line := range strings.Lines(data) {
		var e pipeline.EventRecord
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.Type != "withdraw" || e.Confidence < 0.8 {
			t.Errorf("%s with %.2f", e.Type, e.Confidence)
		}
		got = append(got, e.EventID)
	}
	if strings.Join(got, " ") != strings.Join(shown, " ") {
		t.Errorf("downloaded %q, shown %q", got, shown)
	}
	b.do(`document.querySelector("a[download$=csv]").click()`)
	table, err := csv.NewReader(strings.NewReader(downloaded(t, filepath.Join(dir, "sitrep-events.csv")))).ReadAll()
	if err != nil || len(table) != len(got)+1 || table[0][0] != "event_id" || table[1][0] != got[0] {
		t.Errorf("%v: table %q", err, table)
	}
	b.do(`[...document.querySelectorAll("button")].find((n) => n.textContent === "Clear").click()`)
	b.until(fmt.Sprintf(`location.search === "" && document.querySelector("#tally").textContent === %q`, all))
	b.clean()
}

var setDownload = browser.SetDownloadBehavior

func downloaded(t *testing.T, path string) string {
	t.Helper()
	for range 100 {
		if data, err := os.ReadFile(path); err == nil {
			return string(data)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("no %s", filepath.Base(path))
	return ""
}

// A text is read as one types, with what was dropped and the rule for it.
func TestTry(t *testing.T) {
	b := open(t, 1280, 900)
	b.visit(serve(t, sampled(t)) + "#try")
	b.until(`document.querySelector("#paste")`)
	b.do(`document.querySelector("#paste").focus()`)
	b.typed(news)
	b.until(`document.querySelector("#try .card.open")`)
	text := js[string](b, `document.querySelector("#try .found").innerText`)
	for _, want := range []string{"deploy", "400 soldiers", "weekday", "2019-06-04", "Actions dropped", "nobody who could take part", "noun:strike"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in what is found:\n%s", want, text)
		}
	}
	if got := js[string](b, `document.querySelector("#try .text").textContent`); got != news {
		t.Errorf("the text has become %q", got)
	}
	if got := js[string](b, `[...CSS.highlights.get("trigger")].map(String).join()`); got != "sent" {
		t.Errorf("highlighted %q", got)
	}
	if got := js[string](b, `[...CSS.highlights.get("role")].map(String).sort().join()`); got != "400 soldiers,Chad,Idris Kellou,Tuesday,its border" {
		t.Errorf("highlighted %q", got)
	}
	// A word that was dropped shows why, and one that names an event opens it.
	b.do(`document.querySelector("#try .text mark.dropped").click()`)
	if got := js[string](b, `document.activeElement.innerText`); !strings.Contains(got, "no protest") || !strings.Contains(got, "rule: noun:strike") {
		t.Errorf("dropped: %q", got)
	}
	b.do(`document.querySelector("#try .card.open > button").click(); document.querySelector("#try .text mark.trigger").click()`)
	b.until(`document.querySelector("#try .card.open .type").textContent === "deploy"`)
	// Characters beyond the first plane move no mark.
	b.do(`const p = document.querySelector("#paste"); p.focus(); p.setSelectionRange(0, 0)`)
	b.typed("𝄞 🎉 ")
	b.until(`document.querySelector("#try .text")?.textContent.startsWith("𝄞") && [...CSS.highlights.get("trigger") ?? []].map(String).join() === "sent"`)
	b.do(`const p = document.querySelector("#paste"); p.value = '{"title": "Cut'; p.dispatchEvent(new Event("input"))`)
	b.until(`document.querySelector("#try .problem")?.textContent.includes("dead letter of it: invalid JSON at byte")`)
	b.do(`const p = document.querySelector("#paste"); p.value = "<!DOCTYPE html><html><head><title>Raid</title></head><body><article><h1>Raid</h1><p>" + "Gunmen attacked a checkpoint near Sarh in Chad on Monday and killed nine soldiers. ".repeat(4) + "</p></article></body></html>"; p.dispatchEvent(new Event("input"))`)
	b.until(`document.querySelector("#try .said").textContent.includes("HTML") && document.querySelector("#try .card .type").textContent === "attack"`)
	b.clean()
}

// A paste of five megabytes is refused with words, and the page goes on.
func TestLargePaste(t *testing.T) {
	b := open(t, 1280, 900)
	b.visit(serve(t, sampled(t)) + "#try")
	b.until(`document.querySelector("#paste")`)
	b.do(`const p = document.querySelector("#paste"); p.value = "Chad sent 400 soldiers to its border with Sudan. ".repeat(103000); p.dispatchEvent(new Event("input"))`)
	b.until(`document.querySelector("#try .said").textContent.includes("5,047,000 characters: press Ctrl+Enter")`)
	b.do(`document.querySelector("#paste").focus()`)
	b.run(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(kb.ModifierCtrl)))
	b.until(`document.querySelector("#try .problem")?.textContent.includes("this page reads up to")`)
	b.do(`const p = document.querySelector("#paste"); p.value = ""; p.focus(); p.dispatchEvent(new Event("input"))`)
	b.typed(news)
	b.until(`document.querySelector("#try .card.open")`)
	b.mu.Lock() // the browser writes an error for each answer of 413
	b.console = nil
	b.mu.Unlock()
	b.clean()
}

// An article cannot make the page obey: not by its title, its text, its address or what
// stands in a dead letter.
func TestArticlesAreNotObeyed(t *testing.T) {
	const evil = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`
	raw := pipeline.Raw{Position: pipeline.Position{Topic: "articles.raw"}, Value: []byte("Chad sends soldiers " + evil + "\n\n5 June 2019\n\nSARH, Chad - Chad sent 400 soldiers " + evil + " to Sudan on Tuesday.")}
	c := Config{Feed: NewFeed(), Fetch: func(context.Context, pipeline.Position) (pipeline.Raw, error) { return raw, nil }}
	for _, r := range pipeline.Process(raw, pipeline.DefaultLimits) {
		if r.Stream == pipeline.Events {
			c.Feed.Event(pipeline.Raw{Key: r.Key, Value: r.Value, Headers: r.Headers})
		}
	}
	c.Feed.Letter(pipeline.Raw{Key: []byte(evil), Value: []byte(evil), Headers: []pipeline.Header{{Key: "__connect.errors.exception.message", Value: []byte(evil)}}})
	b := open(t, 1280, 800)
	address := serve(t, c)
	b.visit(address)
	b.until(`document.querySelector(".row:not([hidden])")`)
	b.do(`document.querySelector(".row").click()`)
	b.until(`document.querySelector("#event .text")?.textContent.split("<script>").length === 3`)
	for _, view := range []string{"dead", "picture", "health", "live"} {
		b.do(fmt.Sprintf(`location.hash = %q`, view))
		b.until(fmt.Sprintf(`document.querySelector("#%s:not([hidden])").childElementCount > 0`, view))
	}
	if title := js[string](b, `document.title`); strings.Contains(title, "owned") {
		t.Error("a script of an article has run")
	}
	if n := js[int](b, `document.querySelectorAll("img, main script, iframe, a[href^=javascript]").length`); n > 0 {
		t.Errorf("%d elements of an article in the page", n)
	}
	b.clean()
}

// On a phone nothing is wider than the screen, and what is tapped can be hit.
func TestPhone(t *testing.T) {
	b := open(t, 360, 740)
	address := serve(t, sampled(t))
	for _, view := range []struct{ hash, there string }{
		{"#live", ".row:not([hidden])"}, {"#try", "#paste"}, {"?country=FR#picture", ".timeline"}, {"#dead", ".letter"}, {"#health", ".rate"},
	} {
		b.visit(address + view.hash)
		b.until(fmt.Sprintf(`document.querySelector(%q)`, view.there))
		if !js[bool](b, noWider) {
			t.Errorf("%s is wider than the screen", view.hash)
		}
		if small := js[string](b, `[...document.querySelectorAll("main button:not(.plain), .filterbar summary, nav a")].filter((n) => n.offsetParent && n.getBoundingClientRect().height < 32).map((n) => n.textContent).join(", ")`); small != "" {
			t.Errorf("%s: low to tap: %s", view.hash, small)
		}
	}
	b.visit(address)
	b.until(`document.querySelector(".row:not([hidden])")`)
	b.do(`document.querySelector(".morefilters > summary").click()`)
	b.until(noWider)
	b.do(`document.querySelector(".row").click()`)
	b.until(`document.querySelector("#event .card.open .quote")`)
	if !js[bool](b, noWider) {
		t.Error("an event is wider than the screen")
	}
	b.clean()
}

// Everything that one can act on has a name, and every view one heading or label.
func TestNames(t *testing.T) {
	b := open(t, 1280, 800)
	address := serve(t, sampled(t))
	for _, view := range []string{"live", "try", "picture", "dead", "health"} {
		b.visit(address + "#" + view)
		b.until(fmt.Sprintf(`document.querySelector("#%s:not([hidden])")?.childElementCount`, view))
		time.Sleep(100 * time.Millisecond)
		nameless := js[string](b, `[...document.querySelectorAll("a, button, input, textarea, select, summary, [tabindex='0']")].filter((n) => n.offsetParent
			&& !(n.textContent.trim() || n.getAttribute("aria-label") || n.labels?.length)).map((n) => n.outerHTML.slice(0, 80)).join("\n")`)
		if nameless != "" {
			t.Errorf("%s: without a name: %s", view, nameless)
		}
		if twice := js[string](b, `(() => { const seen = new Set(); return [...document.querySelectorAll("[id]")].map((n) => n.id).filter((id) => seen.has(id) || !seen.add(id)).join() })()`); twice != "" {
			t.Errorf("%s: ids twice: %s", view, twice)
		}
	}
	b.clean()
}

// Without Kafka there is the view where one tries a text, and no way to the others.
func TestTryAlone(t *testing.T) {
	b := open(t, 1280, 800)
	b.visit(serve(t, Config{}))
	b.until(`document.querySelector("#try:not([hidden]) textarea")`)
	if got := js[string](b, `[...document.querySelectorAll("nav a")].filter((n) => n.offsetParent).map((n) => n.textContent).join()`); got != "Try" {
		t.Errorf("views: %s", got)
	}
	b.do(`[...document.querySelectorAll("#try button")].find((n) => n.textContent === "Use a sample").click()`)
	b.until(`document.querySelector("#try .card.open")`)
	b.clean()
}

// What somebody writes into the address ends no view.
func TestOddAddresses(t *testing.T) {
	b := open(t, 1280, 800)
	address := serve(t, Config{Feed: NewFeed()})
	for hash, there := range map[string]string{
		"#constructor": "#live .list", "#nowhere=1": "#live .list", "#event=%": "#event .problem", "#event": "#event .problem",
	} {
		b.visit(address + hash)
		b.until(fmt.Sprintf(`document.querySelector(%q)?.offsetParent`, there))
	}
}
