// The state of the service, and of this page.
import { el, svg, ask, say, problem, spaced } from "./dom.js";

export function healthView(root) {
  let timer = null;

  async function refresh() {
    try {
      draw(await ask("api/health"));
      say("");
    } catch (e) {
      root.replaceChildren(el("div", { class: "view" }, problem(e.message)));
    }
    clearTimeout(timer); // of a refresh that began before the reader came back
    if (!root.hidden) timer = setTimeout(refresh, 2000);
  }

  function draw(h) {
    root.replaceChildren(el("div", { class: "view" }, el("div", { class: "panels" },
      h.service ? [service(h.service), lags(h.service)] : [],
      rate("Events", h.events), rate("Dead letters", h.dead_letters),
      el("section", {}, el("h2", {}, "This page"),
        facts([["events kept", h.kept.toLocaleString("en")], ["memory for them", `${(h.bytes / 1048576).toFixed(1)} MiB`], ["pages open", h.pages], ["records unread", h.unread || ""]]),
        Object.entries(h.faults).map(([topic, why]) => problem(`${topic}: ${why}`))))));
  }

  function service(s) {
    const c = s.counts;
    return el("section", {}, el("h2", {}, "Service"),
      el("p", { class: s.ready ? "bad" : "good" }, s.ready ? `not ready: ${s.ready}` : "ready"),
      s.troubles.map((t) => problem(`${t.about ? t.about + ": " : ""}${t.doing}: ${t.error} (since ${t.since})`)),
      facts([["articles", c.Articles], ["dead letters", c.DeadLetters], ["transactions", c.Transactions],
        ["last commit", s.since < 0 ? "none yet" : `${ago(s.since)} ago`], ["restarts of a partition", c.Restarts], ["of these fenced", c.Fenced], ["times shared out", c.Generations], ...Object.entries(s.outcomes).sort().map(([status, n]) => [`articles: ${spaced(status)}`, n])]));
  }

  // lags tells how far each partition of the input is behind.
  function lags(s) {
    const sum = s.lags.reduce((n, l) => n + l.records, 0);
    return el("section", {}, el("h2", {}, "Lag"),
      el("p", { class: "figure" }, el("b", {}, sum.toLocaleString("en")), el("span", {}, "articles not done, in the partitions of this process")),
      s.lags.length ? el("table", {},
        el("thead", {}, el("tr", {}, ["Partition", "Behind", "In work", "Oldest"].map((h, i) => el("th", { scope: "col", class: i ? "right" : "" }, h)))),
        el("tbody", {}, s.lags.map((l) => el("tr", {}, el("td", {}, String(l.partition)),
          [l.records, l.in_flight].map((n) => el("td", { class: "right" }, n.toLocaleString("en"))), el("td", { class: "right" }, l.oldest ? ago(l.oldest) : ""))))) : el("p", { class: "faint" }, "No partition is ours at the moment."));
  }

  return {
    enter() { clearTimeout(timer); refresh(); },
    leave() { clearTimeout(timer); },
  };
}

const ago = (s) => (s < 60 ? `${s.toFixed(1)} s` : s < 5400 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`);

function facts(list) {
  return el("table", {}, list.filter(([, v]) => v !== "").map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", { class: "right" }, typeof value === "number" ? value.toLocaleString("en") : value))));
}

// rate draws what came in each five seconds of the last five minutes.
function rate(name, { total, bars }) {
  const most = Math.max(1, ...bars);
  const w = 600 / bars.length;
  const chart = svg("svg", { class: "rate", viewBox: "0 0 600 64", preserveAspectRatio: "none", role: "img", "aria-label": `${name} in the last five minutes, at most ${most} in five seconds` },
    bars.map((n, i) => (n ? svg("rect", { x: i * w, y: 64 - (n / most) * 60, width: w - 2, height: (n / most) * 60 }) : "")));
  return el("section", {}, el("h2", {}, name), chart,
    facts([["seen since the start", total], ["last minute", `${(bars.slice(-12).reduce((a, b) => a + b, 0) / 60).toFixed(1)}/s`], ["most in five seconds", Math.max(0, ...bars)]]));
}

