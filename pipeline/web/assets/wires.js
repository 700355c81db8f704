// Lines from the fields of an event to the words that they were read from.
import { svg } from "./dom.js";

// wires draws over root: pairs gives {from: element, to: Range} for each line. Lines are
// drawn anew, once a frame at most, when anything scrolls or changes its size.
export function wires(root, panel) {
  const layer = svg("svg", { class: "wires", "aria-hidden": "true" });
  root.append(layer);
  let pairs = [];
  let pointed = null;
  let waiting = false;

  function draw() {
    waiting = false;
    if (!layer.isConnected || getComputedStyle(layer).display === "none") return;
    const base = root.getBoundingClientRect();
    const seen = panel.getBoundingClientRect();
    const lines = [];
    for (const { from, to } of pairs) {
      const a = from.getBoundingClientRect();
      const b = to.getClientRects()[0];
      const y = a.top + Math.min(14, a.height / 2);
      if (!b || y < seen.top || y > seen.bottom) continue;
      const x1 = seen.right - base.left + 2;
      const x2 = b.left - base.left + Math.min(9, b.width / 2);
      const y1 = y - base.top;
      const y2 = b.bottom - base.top + 4; // between the lines of the text
      const bend = x1 + 36;
      const on = from === pointed ? "pointed" : "";
      // From the panel across the gutter, then under the line of words and up to the word.
      lines.push(svg("path", { class: on, d: `M${x1} ${y1}C${bend} ${y1} ${bend - 8} ${y2} ${Math.min(bend + 24, x2)} ${y2}H${x2 - 4}q4 0 4 -4v-2` }),
        svg("circle", { class: on, cx: x1, cy: y1, r: 2.2 }));
    }
    layer.replaceChildren(...lines);
    layer.classList.toggle("some", pointed !== null && pairs.some((p) => p.from === pointed));
  }

  const soon = () => { if (!waiting) { waiting = true; requestAnimationFrame(draw); } };
  panel.addEventListener("scroll", soon, { passive: true });
  const watch = new ResizeObserver(soon);
  watch.observe(root);
  addEventListener("scroll", soon, { passive: true });

  return {
    connect(list) { pairs = list; pointed = null; soon(); },
    point(from) { pointed = from; soon(); },
    soon,
    end() { watch.disconnect(); removeEventListener("scroll", soon); layer.remove(); },
  };
}
