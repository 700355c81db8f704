package web

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"sitrep/pipeline/kafka"
)

// Pictures of every view, for people to look at: SITREP_SHOTS=DIR go test ./pipeline/web -run TestShots
func TestShots(t *testing.T) {
	dir := os.Getenv("SITREP_SHOTS")
	if dir == "" {
		t.Skip("makes pictures where SITREP_SHOTS names a directory")
	}
	c := sampled(t)
	c.Health = new(kafka.Health)
	address := serve(t, c)
	for _, look := range []struct {
		name          string
		width, height int64
		dark          bool
	}{{"1280", 1280, 860, false}, {"1280-dark", 1280, 860, true}, {"360", 360, 740, false}} {
		b := open(t, look.width, look.height)
		scheme := "light"
		if look.dark {
			scheme = "dark"
		}
		call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		shot := func(name string) {
			time.Sleep(300 * time.Millisecond)
			png, err := chromedp.Run(b.Context, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%s.png", name, look.name)), png, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b.visit(address + "#live")
		b.until(`document.querySelectorAll(".row:not([hidden])").length > 5`)
		shot("live")
		b.do(`document.querySelector(".morefilters").open = true; document.querySelector(".choice").open = true`)
		shot("filters")
		b.do(`
			const r = await (await fetch("api/download/sitrep-events.jsonl?type=deploy")).text();
			const e = r.trim().split("\n").map(JSON.parse).find((e) => e.counts.length && e.evidence.text.includes("340 marines"));
			location.hash = "event=" + e.event_id;
		`)
		b.until(`document.querySelector("#event .card.open")`)
		b.do(`document.activeElement.blur()`)
		shot("event")
		b.visit(address + "#try")
		b.until(`document.querySelector("#try textarea")`)
		shot("try-empty")
		b.do(`[...document.querySelectorAll("#try button")].find((b) => b.textContent === "Use a sample").click()`)
		b.until(`document.querySelector("#try .card.open")`)
		shot("try")
		b.visit(address + "#picture")
		b.until(`document.querySelector("#picture .map")`)
		shot("picture")
		b.visit(address + "?country=FR#picture")
		b.until(`document.querySelector("#picture .timeline")`)
		b.do(`scrollTo(0, document.body.scrollHeight)`)
		shot("timeline")
		b.visit(address + "#dead")
		b.until(`document.querySelector("#dead .letter")`)
		shot("dead")
		b.visit(address + "#health")
		b.until(`document.querySelector("#health .panels")`)
		shot("health")
		b.clean()
	}
}
