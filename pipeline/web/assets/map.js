// The map: where there are towns, and arcs of what moves between countries.
import { svg } from "./dom.js";

const least = 420; // how much of the map is shown at least, of 1000

// mapOf draws arcs and returns the map and how to point at one of them.
export function mapOf(world, arcs) {
  const at = new Map(world.countries.filter((c) => c.x || c.y).map((c) => [c.code, c]));
  const drawn = arcs.map((a) => ({ ...a, a: at.get(a.from), b: at.get(a.to) })).filter((a) => a.a && a.b);
  const view = frame(world, drawn);
  const scale = view[2] / 1000;
  const node = svg("svg", { class: "map", viewBox: view.join(" "), role: "img", "aria-label": "Map of movements between countries; the table beside it lists them" },
    svg("path", { class: "lines", d: world.lines, "stroke-width": 0.8 * scale }),
    svg("path", { class: "dots", d: world.dots, "stroke-width": 3.1 }));
  const shapes = arcs.map(() => []);
  const ends = new Map();
  drawn.forEach((a) => {
    const i = arcs.findIndex((x) => x.from === a.from && x.to === a.to);
    const width = (1.2 + 1.5 * Math.sqrt(Math.max(1, a.real + a.told) - 1)) * scale;
    shapes[i].push(...arcShape(a, Math.min(width, 9 * scale), scale));
    for (const c of [a.a, a.b]) ends.set(c.code, c);
  });
  node.append(...shapes.flat());
  for (const c of ends.values()) node.append(svg("circle", { class: "node", cx: c.x, cy: c.y, r: 3 * scale, "stroke-width": 1.4 * scale }));
  for (const { c, dy } of labels([...ends.values()], scale)) {
    const label = svg("text", { x: c.x + 6 * scale, y: c.y + dy }, c.name);
    label.style.fontSize = `${(innerWidth < 720 ? 26 : 12) * scale}px`;
    label.style.strokeWidth = `${3 * scale}px`;
    node.append(label);
  }
  return {
    node,
    point(i) {
      shapes.forEach((list, k) => { for (const s of list) s.classList.toggle("dim", i >= 0 && k !== i); });
    },
  };
}

// arcShape draws a bow that bulges to the left of its way, and a head at its end.
function arcShape(a, width, scale) {
  const [dx, dy] = [a.b.x - a.a.x, a.b.y - a.a.y];
  const far = Math.hypot(dx, dy) || 1;
  const bow = Math.min(0.22 * far, 90 * scale);
  const cx = (a.a.x + a.b.x) / 2 + (dy / far) * bow * (dx < 0 ? -1 : 1);
  const cy = (a.a.y + a.b.y) / 2 - Math.abs(dx / far) * bow;
  const [tx, ty] = [a.b.x - cx, a.b.y - cy];
  const t = Math.hypot(tx, ty) || 1;
  const [ux, uy] = [tx / t, ty / t];
  const gap = 4.5 * scale;
  const long = Math.max(6 * scale, width * 2.2);
  const [ex, ey] = [a.b.x - ux * gap, a.b.y - uy * gap];
  const [bx, by] = [ex - ux * long, ey - uy * long];
  const half = long * 0.42;
  const path = svg("path", { class: a.real ? "arc" : "arc told", d: `M${a.a.x} ${a.a.y}Q${cx} ${cy} ${bx} ${by}`, "stroke-width": width },
    svg("title", {}, `${a.a.name} → ${a.b.name}`));
  if (!a.real) path.style.strokeDasharray = `${4 * scale} ${4 * scale}`;
  return [path, svg("path", { class: "head", d: `M${ex} ${ey}L${bx - uy * half} ${by + ux * half}L${bx + uy * half} ${by - ux * half}Z` })];
}

// frame returns the part of the map that holds all ends, with room around.
function frame(world, arcs) {
  const whole = [0, 0, world.width, world.height];
  if (!arcs.length) return whole;
  const xs = arcs.flatMap((a) => [a.a.x, a.b.x]);
  const ys = arcs.flatMap((a) => [a.a.y, a.b.y]);
  const [left, right] = [Math.min(...xs) - 60, Math.max(...xs) + 100];
  const [top, bottom] = [Math.min(...ys) - 60, Math.max(...ys) + 50];
  const shape = world.width / world.height;
  const width = Math.min(world.width, Math.max(least, right - left, (bottom - top) * shape));
  const height = width / shape;
  const x = Math.max(0, Math.min(world.width - width, (left + right - width) / 2));
  const y = Math.max(0, Math.min(world.height - height, (top + bottom - height) / 2));
  return [x, y, width, height].map((n) => Math.round(n * 10) / 10);
}

// labels moves names apart that would stand on each other.
function labels(list, scale) {
  const out = [];
  const tall = (innerWidth < 720 ? 26 : 13) * scale;
  for (const c of list.sort((a, b) => a.y - b.y)) {
    let dy = 4 * scale;
    while (out.some((o) => Math.abs(o.c.x - c.x) < 7 * tall && Math.abs(o.c.y + o.dy - c.y - dy) < tall)) dy += tall / 2;
    out.push({ c, dy });
  }
  return out;
}
