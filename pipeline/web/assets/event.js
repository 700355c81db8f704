// An event in its article.
import { el, ask, say, problem } from "./dom.js";
import { articleView } from "./article.js";

export function eventView(root) {
  let end = () => {};
  let asked = null;

  const back = () => el("a", { class: "button back", href: "#live" }, "← All events");

  async function enter(id) {
    asked?.abort();
    asked = new AbortController();
    end();
    end = () => {};
    root.replaceChildren(el("p", { class: "empty" }, "Reading the article…"));
    scrollTo(0, 0);
    try {
      const answer = await ask("api/article?event=" + encodeURIComponent(id), { signal: asked.signal });
      say("");
      if (answer.record) root.replaceChildren(alone(answer));
      else end = articleView(root, answer, { tools: [back()] });
      root.querySelector(".back")?.focus({ preventScroll: true });
    } catch (e) {
      if (e.name !== "AbortError") root.replaceChildren(el("div", { class: "view" }, back(), problem(`No event to show: ${e.message}.`)));
    }
  }

  // alone shows an event by its own record, where its article cannot be had.
  function alone({ record, reason }) {
    const list = (l) => l.map((p) => p.name + (p.country ? ` (${p.country})` : "")).join(", ");
    const rows = [["who", list(record.actors)], ["to whom", list(record.targets)], ["where", record.place?.text],
      ["from", record.origin_country], ["to", record.destination_country], ["when", record.date_start ?? record.date_reason],
      ["counts", record.counts.map((c) => c.text).join(", ")], ["by word of", record.speaker?.name],
      ["confidence", record.confidence.toFixed(2)], ["rule", record.rule], ["article", record.title], ["published", record.published_date]];
    return el("div", { class: "view lone" }, back(), el("h1", {}, `${record.type}, ${record.status}`),
      el("p", { class: "text" }, `“${record.evidence.text}”`), problem(`The article is not shown: ${reason}.`),
      el("table", {}, rows.filter(([, v]) => v).map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value)))));
  }

  root.addEventListener("keydown", (e) => { if (e.key === "Escape") location.hash = "live"; });
  return {
    enter,
    leave() { asked?.abort(); end(); end = () => {}; root.replaceChildren(); },
  };
}
