// The map: where there are towns, and arcs of what moves between countries.
import { svg } from "./dom.js";

const least = 460; // how much of the map is shown at least, of 1000

// mapOf draws arcs. It returns the map, where its middle is from 0 to 1, and how to point
// at an arc.
export function mapOf(world, arcs) {
  const at = new Map(world.countries.filter((c) => c.x || c.y).map((c) => [c.code, c]));
  const view = frame(world, arcs.flatMap((a) => [at.get(a.from), at.get(a.to)]).filter(Boolean));
  const scale = view[2] / 1000; // of the map's units to those of the picture
  const node = svg("svg", { class: "map", viewBox: view.join(" "), role: "img", "aria-label": "Map of movements between countries; the table lists them" },
    svg("path", { class: "lines", d: world.lines, "stroke-width": 0.8 * scale }),
    svg("path", { class: "dots", d: world.dots, "stroke-width": 2 + 1.1 * scale }));
  const weights = new Map();
  const shapes = arcs.map((a) => {
    const [from, to] = [at.get(a.from), at.get(a.to)];
    if (!from || !to) return [];
    for (const c of [from, to]) weights.set(c, (weights.get(c) ?? 0) + 3 * a.real + a.told);
    return arcShape(a, from, to, scale);
  });
  node.append(...shapes.flat());
  const ends = [...weights.keys()].sort((a, b) => weights.get(b) - weights.get(a));
  for (const c of ends) node.append(svg("circle", { class: "node", cx: c.x, cy: c.y, r: 3 * scale, "stroke-width": 1.4 * scale }, svg("title", {}, c.name)));
  node.append(...labels(ends, scale, view));
  const middle = ends.length ? ends.reduce((sum, c) => sum + c.x, 0) / ends.length : world.width / 2;
  return {
    node,
    middle: (middle - view[0]) / view[2],
    point(i) {
      shapes.forEach((list, k) => { for (const s of list) s.classList.toggle("dim", i >= 0 && k !== i); });
    },
  };
}

// arcShape draws a bow that bulges upwards, and a head at its end.
function arcShape(a, from, to, scale) {
  const width = Math.min(8, 1.5 + 1.4 * Math.sqrt(Math.max(0, a.real + a.told - 1))) * scale;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.hypot(dx, dy) || 1;
  const bow = Math.min(0.22 * far, 90 * scale);
  const cx = (from.x + to.x) / 2 + (dy / far) * bow * (dx < 0 ? -1 : 1);
  const cy = (from.y + to.y) / 2 - Math.abs(dx / far) * bow;
  const [tx, ty] = [to.x - cx, to.y - cy];
  const t = Math.hypot(tx, ty) || 1;
  const [ux, uy] = [tx / t, ty / t];
  const long = Math.min(Math.max(7 * scale, width * 2.2), far / 2);
  const half = long * 0.42;
  const [ex, ey] = [to.x - ux * 4 * scale, to.y - uy * 4 * scale];
  const [bx, by] = [ex - ux * long, ey - uy * long];
  const path = svg("path", { class: a.real ? "arc" : "arc told", d: `M${from.x} ${from.y}Q${cx} ${cy} ${bx} ${by}`, "stroke-width": width },
    svg("title", {}, `${from.name} → ${to.name}`));
  if (!a.real) path.style.strokeDasharray = `${4 * scale} ${5 * scale}`;
  return [path, svg("path", { class: "head", d: `M${ex} ${ey}L${bx - uy * half} ${by + ux * half}L${bx + uy * half} ${by - ux * half}Z` })];
}

// frame returns the part of the map that holds all ends, with room around.
function frame(world, ends) {
  if (!ends.length) return [0, 0, world.width, world.height];
  const xs = ends.map((c) => c.x);
  const ys = ends.map((c) => c.y);
  const [left, right] = [Math.min(...xs) - 60, Math.max(...xs) + 100];
  const [top, bottom] = [Math.min(...ys) - 60, Math.max(...ys) + 50];
  const shape = world.width / world.height;
  const width = Math.min(world.width, Math.max(least, right - left, (bottom - top) * shape));
  const height = width / shape;
  const x = Math.max(0, Math.min(world.width - width, (left + right - width) / 2));
  const y = Math.max(0, Math.min(world.height - height, (top + bottom - height) / 2));
  return [x, y, width, height].map((n) => Math.round(n * 10) / 10);
}

// labels names the ends, the busiest first, where there is room for the name or else for
// the code; the others are named in the table and where one points.
function labels(ends, scale, [left, top, width, height]) {
  const size = 12 * scale;
  const taken = ends.map((c) => box(c.x - 3 * scale, c.y - 3 * scale, 6 * scale, 6 * scale));
  const out = [];
  for (const c of ends) {
    const found = candidates(c, c.name, size, scale).concat(candidates(c, c.code, size, scale)).find(({ box: b }) =>
      b.x > left && b.x + b.w < left + width && b.y > top && b.y + b.h < top + height && !taken.some((t) => meet(t, b)));
    if (!found) continue;
    taken.push(found.box);
    const label = svg("text", { x: found.box.x, y: found.box.y + size * 0.86 }, found.text);
    label.style.fontSize = `${size}px`;
    label.style.strokeWidth = `${3 * scale}px`;
    out.push(label);
  }
  return out;
}

function candidates(c, text, size, scale) {
  const w = text.length * size * 0.57;
  const gap = 6 * scale;
  return [[c.x + gap, c.y - size / 2], [c.x - gap - w, c.y - size / 2], [c.x - w / 2, c.y - gap - size], [c.x - w / 2, c.y + gap],
    [c.x + gap * 0.7, c.y - size - gap * 0.4], [c.x + gap * 0.7, c.y + gap * 0.4], [c.x - w - gap * 0.7, c.y - size - gap * 0.4], [c.x - w - gap * 0.7, c.y + gap * 0.4],
  ].map(([x, y]) => ({ text, box: box(x, y, w, size) }));
}

const box = (x, y, w, h) => ({ x, y, w, h });

const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
