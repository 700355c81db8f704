// The words of an article with what was found marked in them, and where code points
// stand in the page.
import { el } from "./dom.js";

// shownText draws steps: text as a string, ["kind", "label", "note"] begins a mark, 0 ends it.
export function shownText(headline, text) {
  const pieces = []; // {node, at, length}: text nodes by code point
  let at = 0;
  const draw = (steps, node) => {
    const open = [node];
    for (const step of steps ?? []) {
      const parent = open[open.length - 1];
      if (step === 0) {
        open.pop();
      } else if (typeof step === "string") {
        const piece = document.createTextNode(step);
        const length = codePoints(step);
        pieces.push({ node: piece, at, length });
        at += length;
        parent.append(piece);
      } else {
        const mark = el("mark", { class: step[0], title: step[2] });
        mark.begins = at;
        if (step[0] === "trigger") mark.dataset.label = step[1].replace("event ", "");
        parent.append(mark);
        open.push(mark);
      }
    }
    return node;
  };
  const nodes = [];
  if (headline?.length) nodes.push(draw(headline, el("h1", { class: "headline", dir: "auto" })));
  nodes.push(draw(text, el("div", { class: "text", dir: "auto" })));
  return { nodes, range: (span) => rangeOf(pieces, span) };
}

function codePoints(s) {
  let n = 0;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00 && i + 1 < s.length) i++;
    n++;
  }
  return n;
}

// units returns how many of JavaScript's units the first n code points of s take.
function units(s, n, length) {
  if (s.length === length) return n;
  let i = 0;
  for (; n > 0; n--) i += s.codePointAt(i) > 0xffff ? 2 : 1;
  return i;
}

// rangeOf returns the words at a span of code points, or null if they are not shown.
function rangeOf(pieces, [start, end]) {
  const first = find(pieces, start, false);
  const last = find(pieces, end, true);
  if (!first || !last || start >= end) return null;
  const range = document.createRange();
  range.setStart(first.node, units(first.node.data, start - first.at, first.length));
  range.setEnd(last.node, units(last.node.data, end - last.at, last.length));
  return range;
}

// find returns the piece that holds a place, of two that meet there the one before or behind.
function find(pieces, place, before) {
  let low = 0;
  let high = pieces.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const p = pieces[middle];
    const end = p.at + p.length;
    if (before ? place <= p.at : place < p.at) high = middle - 1;
    else if (before ? place > end : place >= end) low = middle + 1;
    else return p;
  }
  return null;
}

// highlight paints ranges by name, where the browser can.
export function highlight(name, ranges) {
  if (!window.CSS?.highlights) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

// steps draws a sentence without places.
export function sentence(steps) {
  return shownText(null, steps).nodes[0].childNodes;
}
