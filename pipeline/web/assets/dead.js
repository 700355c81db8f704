// Dead letters: how many for which reason, and the newest.
import { el, ask, say, problem, count, spaced } from "./dom.js";

export function deadView(root) {
  let timer = null;
  let last = "";

  async function refresh() {
    try {
      const d = await ask("api/deadletters");
      const now = JSON.stringify(d);
      if (now !== last) draw(d);
      last = now;
      say("");
    } catch (e) {
      last = "";
      root.replaceChildren(el("div", { class: "view" }, problem(e.message)));
    }
    clearTimeout(timer); // of a refresh that began before the reader came back
    if (!root.hidden) timer = setTimeout(refresh, 5000);
  }

  function draw({ reasons, letters }) {
    const all = Object.entries(reasons).sort((a, b) => b[1] - a[1]);
    if (!all.length) {
      root.replaceChildren(el("p", { class: "empty" }, "No dead letters. An article that cannot be read comes here with its reason and its bytes; the rest goes on."));
      return;
    }
    root.replaceChildren(el("div", { class: "view" },
      el("div", { class: "reasons" }, all.map(([reason, n]) => el("p", { class: "figure" }, el("b", {}, n.toLocaleString("en")), el("span", {}, spaced(reason))))),
      el("h2", {}, "The newest", el("small", {}, "all bytes, and sending again: ", el("code", {}, "sitrep deadletters show|redrive PLACE"))),
      letters.map((l) => el("section", { class: "letter", "aria-label": `Dead letter at ${l.topic}, offset ${l.offset}` },
        el("div", {}, el("b", {}, spaced(l.reason)), el("div", { class: "faint" }, count(l.bytes, "byte"))),
        el("div", {}, el("p", {}, l.message),
          el("p", { class: "faint" }, `${l.key ? `key ${l.key} · ` : ""}from ${l.source || "an unknown place"} · stands at ${l.topic}/${l.partition}/${l.offset}`)),
        el("span"), el("pre", { tabindex: "0", "aria-label": "How it begins" }, l.begins)))));
  }

  return {
    enter() { last = ""; clearTimeout(timer); refresh(); },
    leave() { clearTimeout(timer); },
  };
}
