// The filters, which the address keeps: ?country=IQ&type=deploy&since=2025-05-01.
import { el, later } from "./dom.js";

const listeners = [];
let choose = () => {};

// chooseCountry makes events of one country pass.
export const chooseCountry = (code) => choose(code);

export const onFilter = (f) => listeners.push(f);

// query returns the filters as the server takes them, with "?" before them if there are any.
export function query() {
  return location.search;
}

// filterBar builds the controls and keeps them and the address the same.
export function filterBar(bar, world) {
  const byName = new Map();
  for (const c of world.countries) {
    byName.set(c.name.toLowerCase(), c.code);
    byName.set(c.code.toLowerCase(), c.code);
  }
  const nameOf = (code) => world.countries.find((c) => c.code === code)?.name ?? code;

  const country = el("input", { type: "text", class: "country", list: "countries", placeholder: "Any country", "aria-label": "Country", autocomplete: "off", spellcheck: "false" });
  const known = el("datalist", { id: "countries" }, world.countries.map((c) => el("option", { value: c.name })));
  const types = choice("Type", world.types);
  const statuses = choice("Status", world.statuses, "few");
  const since = el("input", { type: "date" });
  const until = el("input", { type: "date" });
  const sure = el("input", { type: "range", min: "0", max: "1", step: "0.05", value: "0" });
  const sureness = el("output", {}, "any");
  const clear = el("button", { type: "button" }, "Clear");
  const lines = el("a", { class: "button", download: "sitrep-events.jsonl", title: "Download what passes the filters, as it was published" }, "↓ JSON Lines");
  const table = el("a", { class: "button", download: "sitrep-events.csv", title: "Download what passes the filters, as a table" }, "↓ CSV");
  const summary = el("summary", { class: "button" }, "Filters");
  const more = el("details", { class: "morefilters" }, summary,
    el("form", { class: "filters", role: "search", "aria-label": "Filter events", onsubmit: (e) => e.preventDefault() },
      country, known, types.node, statuses.node,
      el("label", {}, "from", since), el("label", {}, "to", until),
      el("label", { class: "wide", title: "How sure sitrep is of an event, at least" }, "confidence", sure, sureness),
      clear, el("span", { class: "spring" }), lines, table));
  bar.append(more);
  const wide = matchMedia("(min-width: 721px)");
  const unfold = () => { more.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();

  function read() {
    const q = new URLSearchParams(location.search);
    country.value = q.get("country") ? nameOf(q.get("country").toUpperCase()) : "";
    types.set(q.getAll("type"));
    statuses.set(q.getAll("status"));
    since.value = q.get("since") ?? "";
    until.value = q.get("until") ?? "";
    sure.value = q.get("confidence") ?? "0";
    dress(q);
  }

  // dress shows which filters are on.
  function dress(q) {
    sureness.textContent = Number(sure.value) > 0 ? Number(sure.value).toFixed(2) : "any";
    country.classList.toggle("on", q.has("country"));
    since.classList.toggle("on", q.has("since"));
    until.classList.toggle("on", q.has("until"));
    const n = new Set(q.keys()).size;
    summary.textContent = n ? `Filters (${n})` : "Filters";
    clear.hidden = n === 0;
    lines.href = "api/download/sitrep-events.jsonl" + location.search;
    table.href = "api/download/sitrep-events.csv" + location.search;
  }

  function write() {
    const q = new URLSearchParams();
    const typed = country.value.trim().toLowerCase();
    const code = byName.get(typed);
    country.setAttribute("aria-invalid", String(typed !== "" && !code));
    if (code) q.set("country", code);
    for (const t of types.get()) q.append("type", t);
    for (const s of statuses.get()) q.append("status", s);
    if (since.value) q.set("since", since.value);
    if (until.value) q.set("until", until.value);
    if (Number(sure.value) > 0) q.set("confidence", Number(sure.value).toFixed(2));
    const next = q.size ? "?" + q : location.pathname;
    if (q.toString() === new URLSearchParams(location.search).toString()) return dress(q);
    history.replaceState(null, "", next + location.hash);
    dress(q);
    for (const f of listeners) f();
  }

  choose = (code) => {
    country.value = nameOf(code);
    write();
  };
  const soon = later(write, 250);
  country.addEventListener("input", () => { if (!country.value || byName.has(country.value.trim().toLowerCase())) soon(); });
  country.addEventListener("change", write);
  for (const node of [types.node, statuses.node, since, until]) node.addEventListener("change", soon);
  sure.addEventListener("input", () => { sureness.textContent = Number(sure.value) > 0 ? Number(sure.value).toFixed(2) : "any"; soon(); });
  clear.addEventListener("click", () => {
    history.replaceState(null, "", location.pathname + location.hash);
    read();
    country.focus();
    for (const f of listeners) f();
  });
  addEventListener("popstate", read);
  read();
}

// choice is a button that opens a list of boxes to tick.
function choice(name, values, look = "") {
  const boxes = values.map((v) => el("input", { type: "checkbox", value: v }));
  const summary = el("summary", { class: "button" }, name);
  const node = el("details", { class: `choice ${look}` }, summary,
    el("div", { role: "group", "aria-label": name }, boxes.map((b) => el("label", {}, b, b.value))));
  const get = () => boxes.filter((b) => b.checked).map((b) => b.value);
  const dress = () => {
    const on = get();
    summary.textContent = on.length === 0 ? name : on.length === 1 ? on[0] : `${name} (${on.length})`;
    summary.classList.toggle("on", on.length > 0);
  };
  node.addEventListener("change", dress);
  node.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && node.open) { node.open = false; summary.focus(); e.stopPropagation(); }
  });
  document.addEventListener("pointerdown", (e) => { if (!node.contains(e.target)) node.open = false; });
  node.addEventListener("focusout", (e) => { if (e.relatedTarget && !node.contains(e.relatedTarget)) node.open = false; });
  return { node, get, set: (on) => { for (const b of boxes) b.checked = on.includes(b.value); dress(); } };
}
