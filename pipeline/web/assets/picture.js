// Movements between countries on a map, events by day and type, a country's timeline.
import { el, svg, ask, say, problem, count } from "./dom.js";
import { query, chooseCountry } from "./filters.js";
import { mapOf } from "./map.js";
import { sidesOf } from "./live.js";

export function pictureView(root, world) {
  let timer = null;
  let last = "";
  const nameOf = (code) => world.countries.find((c) => c.code === code)?.name ?? code;

  async function refresh() {
    try {
      const p = await ask("api/picture" + query());
      const now = JSON.stringify(p);
      if (now !== last && !root.hidden) draw(p);
      last = now;
      say("");
    } catch (e) {
      last = "";
      root.replaceChildren(el("div", { class: "view" }, problem(e.message)));
    }
    clearTimeout(timer); // of a refresh that began before the reader came back
    if (!root.hidden) timer = setTimeout(refresh, 5000);
  }

  function draw(p) {
    const country = new URLSearchParams(location.search).get("country");
    const map = mapOf(world, p.arcs);
    const moves = el("table", { class: "moves" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "From"), el("th", { scope: "col" }, "To"), el("th", { scope: "col", class: "right", title: "occurred or ongoing, and of other status" }, "Events"), el("th", { scope: "col", class: "right", title: "the largest number in one report" }, "Troops, at most"))),
      el("tbody", {}, p.arcs.map((a, i) => {
        const land = (code) => el("td", {}, el("button", { class: "plain", title: `Events of ${nameOf(code)}`, onclick: () => chooseCountry(code), onfocus: () => map.point(i), onblur: () => map.point(-1) }, nameOf(code)));
        const row = el("tr", {}, land(a.from), land(a.to),
          el("td", { class: "right" }, a.told ? `${a.real} + ${a.told}` : String(a.real)),
          el("td", { class: "right" }, a.most ? a.most.toLocaleString("en") : ""));
        row.addEventListener("pointerenter", () => map.point(i));
        row.addEventListener("pointerleave", () => map.point(-1));
        return row;
      })));
    const grid = el("div", { class: "picture" },
      el("section", {}, el("h2", {}, "Troop movements", el("small", {}, `of ${count(p.events, "event")}`)), el("div", { class: "mapbox", tabindex: innerWidth < 720 ? "0" : undefined }, map.node),
        el("p", { class: "key" }, el("span", {}, sampleLine(""), "occurred or ongoing"), el("span", {}, sampleLine("told"), "planned, ordered, threatened, denied…"), el("span", {}, "Dots: where there are towns (GeoNames). No origin told: forces come from their own country."))),
      el("section", {}, el("h2", {}, "Between countries", el("small", {}, "occurred + other status")),
        p.arcs.length ? el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Movements" }, moves) : el("p", { class: "faint" }, "No movement between countries passes these filters.")),
      el("section", { class: "wide" }, el("h2", {}, `Events by ${p.unit} and type`, el("small", {}, aside(p))), bars(p)));
    if (country) grid.append(el("section", { class: "wide" }, el("h2", {}, nameOf(country), el("small", {}, "its events, the latest day first")), timeline(p.timeline ?? [])));
    else grid.append(el("section", { class: "wide" }, el("h2", {}, "A country’s timeline"), el("p", { class: "faint" }, "Choose a country above.")));
    root.replaceChildren(grid);
    const box = grid.querySelector(".mapbox");
    box.scrollLeft = map.middle * box.scrollWidth - box.clientWidth / 2;
  }

  return {
    enter() { last = ""; refresh(); },
    leave() { clearTimeout(timer); },
    filtered() { if (!root.hidden) { last = ""; refresh(); } },
  };
}

const sampleLine = (look) => svg("svg", { viewBox: "0 0 26 8", "aria-hidden": "true" }, svg("path", { class: look, d: "M1 4H25" }));

function aside(p) {
  const parts = ["a day of publication where the event has none"];
  if (p.earlier) parts.push(`${count(p.earlier, "event")} before`);
  if (p.undated) parts.push(`${p.undated} without a day`);
  return parts.join(" · ");
}

// bars draws a row of bars for each type, all to one scale.
function bars({ bars: list, unit }) {
  if (!list.length) return el("p", { class: "faint" }, "No events.");
  const totals = new Map();
  let most = 1;
  for (const b of list) for (const [type, n] of Object.entries(b.types)) {
    totals.set(type, (totals.get(type) ?? 0) + n);
    most = Math.max(most, n);
  }
  const spots = spotsOf(list, unit);
  const width = 1000;
  const step = width / spots.length;
  const out = el("div", { class: "spark" });
  for (const [type, total] of [...totals].sort((a, b) => b[1] - a[1])) {
    const chart = svg("svg", { viewBox: `0 0 ${width} 26`, preserveAspectRatio: "none", role: "img", "aria-label": `${type}: ${count(total, "event")}` });
    for (const b of list) {
      const n = b.types[type];
      if (!n) continue;
      const h = Math.max(2, (n / most) * 24);
      chart.append(svg("rect", { x: spots.indexOf(b.day) * step, y: 26 - h, width: Math.max(1, Math.min(step * 0.6, 20)), height: h }, svg("title", {}, `${b.day}: ${count(n, type, type)}`)));
    }
    out.append(el("span", {}, type), chart, el("span", { class: "right" }, String(total)));
  }
  out.append(el("span", { class: "axis" }), el("span", { class: "axis" }, el("span", {}, spots[0]), el("span", {}, spots[spots.length - 1])), el("span", { class: "axis" }));
  return out;
}

// spotsOf lists the first days of all units from the first bar to the last, empty ones too.
function spotsOf(list, unit) {
  const out = [];
  const day = new Date(list[0].day + "T00:00:00Z");
  const last = list[list.length - 1].day;
  for (let text; out.length < 400; ) {
    text = day.toISOString().slice(0, 10);
    out.push(text);
    if (text >= last) return out;
    if (unit === "month") day.setUTCMonth(day.getUTCMonth() + 1);
    else if (unit === "year") day.setUTCFullYear(day.getUTCFullYear() + 1);
    else day.setUTCDate(day.getUTCDate() + (unit === "week" ? 7 : 1));
  }
  return out;
}

function timeline(rows) {
  if (!rows.length) return el("p", { class: "faint" }, "No events.");
  let before = "";
  return el("ol", { class: "timeline" }, rows.map((r) => {
    const day = r.first === before ? "" : r.first;
    before = r.first;
    return el("li", { class: r.status === "occurred" || r.status === "ongoing" ? "real" : "" }, day ? el("time", { datetime: day }, day) : null,
      el("a", { href: `#event=${encodeURIComponent(r.id)}` }, el("b", {}, r.type), r.status === "occurred" ? "" : ` (${r.status})`, ` ${sidesOf(r)}`, r.troops ? `, ${r.troops} troops` : ""),
      el("div", { class: "sentence" }, r.before + r.trigger + r.after));
  }));
}
