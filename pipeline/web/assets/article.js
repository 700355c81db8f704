// An article with all that was found in it: the events and facts on the left, the words
// on the right, and lines between a chosen event's fields and its words.
import { el, count, spaced } from "./dom.js";
import { shownText, highlight, sentence } from "./text.js";
import { wires } from "./wires.js";

const kinds = [["person", "people"], ["country", "countries and places"], ["date", "dates"], ["count", "counts"], ["group", "groups"], ["trigger", "events"], ["dropped", "dropped"]];

// articleView shows an answer of the server in root and returns how to end it.
// tools stand above what was found.
export function articleView(root, answer, { tools = [], open = [] } = {}) {
  const text = shownText(answer.headline, answer.text);
  const panel = el("div", { class: "found", tabindex: "-1" });
  const words = el("article", { class: "words" },
    answer.headline?.length ? text.nodes.shift() : el("h1", { class: "unseen" }, answer.title),
    aboutOf(answer.about),
    el("p", { class: "legend" }, kinds.map(([kind, name]) => el("span", {}, el("mark", { class: kind }, name)))),
    text.nodes,
    answer.left_out > 0 ? el("p", { class: "faint" }, `${count(answer.left_out, "more character")} not shown.`) : null);
  const box = el("div", { class: "article" }, panel, words);
  root.replaceChildren(box);
  const lines = wires(box, panel);

  function point(row, at, scroll) {
    const ranges = at.map(text.range).filter(Boolean);
    highlight("pointed", ranges);
    lines.point(ranges.length ? row : null);
    if (scroll && ranges.length) show(ranges[0]);
  }

  // show scrolls to words if they are not in sight.
  function show(range) {
    const r = range.getBoundingClientRect();
    if (r.top < 70 || r.bottom > innerHeight - 40) scrollTo({ top: scrollY + r.top - innerHeight / 3, behavior: "instant" });
  }

  function live(row, at) {
    row.addEventListener("pointerenter", () => point(row, at, false));
    row.addEventListener("pointerleave", () => point(null, [], false));
    row.addEventListener("focus", () => point(row, at, false));
    row.addEventListener("blur", () => point(null, [], false));
    row.addEventListener("click", () => point(row, at, true));
    return row;
  }

  function fieldOf(r) {
    const where = r.where?.length ? el("span", { class: "why" }, "in: “", ...sentence(r.where), "”") : null;
    const inside = [r.name ? el("span", { class: "name" }, r.name) : null,
      r.words ? el("span", { class: "value", dir: "auto" }, r.words) : null, whyOf(r.facts), where];
    if (!r.at.length) return el("div", { class: "field" }, inside);
    return live(el("button", { class: "field", type: "button" }, inside), r.at);
  }

  let chosen = -1;
  const cards = answer.events.map((e, i) => {
    const fields = el("div", { class: "fields", hidden: true, id: `fields-${root.id}-${i}` });
    const button = el("button", { type: "button", "aria-expanded": "false", "aria-controls": fields.id, onclick: () => choose(i === chosen ? -1 : i, true) },
      el("span", { class: "n" }, String(i + 1)), el("span", { class: "type" }, e.type), el("span", { class: `status ${e.status}` }, e.status), el("span", { class: "sides", dir: "auto" }, e.sides));
    return { node: el("div", { class: "card" }, button, fields), button, fields };
  });

  // choose opens an event: its fields, its words, and the lines between.
  function choose(i, scroll) {
    chosen = i;
    cards.forEach((card, k) => {
      card.node.classList.toggle("open", k === i);
      card.fields.hidden = k !== i;
      card.button.setAttribute("aria-expanded", String(k === i));
      card.fields.replaceChildren();
    });
    const marks = { evidence: [], role: [], trigger: [] };
    const pairs = [];
    if (i >= 0) {
      const e = answer.events[i];
      const evidence = text.range(e.evidence);
      if (evidence) marks.evidence.push(evidence);
      cards[i].fields.append(el("p", { class: "quote", dir: "auto" }, ...sentence(e.sentence)));
      for (const r of e.rows) {
        const node = fieldOf(r);
        cards[i].fields.append(node);
        for (const range of r.at.map(text.range).filter(Boolean)) {
          marks[r.kind === "trigger" ? "trigger" : "role"].push(range);
          pairs.push({ from: node, to: range });
        }
      }
      if (scroll && marks.trigger.length && innerWidth > 960) show(marks.trigger[0]);
    }
    for (const [name, ranges] of Object.entries(marks)) highlight(name, ranges);
    highlight("pointed", []);
    lines.connect(pairs);
  }

  panel.append(...(tools.length ? [el("div", { class: "tools" }, tools)] : []),
    el("h2", {}, "Events", el("span", {}, String(answer.events.length + answer.events_left_out))),
    ...cards.map((c) => c.node));
  if (!answer.events.length) panel.append(el("p", { class: "faint" }, "None."));
  if (answer.events_left_out) panel.append(el("p", { class: "faint" }, `${count(answer.events_left_out, "more event")} further down.`));
  panel.append(el("h2", {}, "What else was read, and why"));
  let droppedList = null;
  for (const s of answer.sections) {
    const list = el("div");
    const node = el("details", { class: "section", open: open.includes(s.name), ontoggle: fillIn },
      el("summary", {}, s.name, el("span", { class: "n" }, String(s.rows.length + s.left_out))), list);
    function fillIn() {
      if (node.open && !list.childElementCount) {
        list.append(...s.rows.map(fieldOf));
        if (s.left_out) list.append(el("p", { class: "field faint" }, `${s.left_out} more`));
      }
      lines.soon();
    }
    if (s.name === "Actions dropped") droppedList = { node, list, rows: s.rows, fillIn };
    if (node.open) fillIn();
    panel.append(node);
  }
  // Words that name an event open it, and words that were dropped show why.
  words.addEventListener("click", (e) => {
    const mark = e.target.closest("mark.trigger, mark.again, mark.dropped");
    if (mark?.begins === undefined || getSelection().toString()) return;
    const covers = (r) => r.at.some(([start, end]) => start <= mark.begins && mark.begins < end);
    const event = answer.events.findIndex((x) => x.rows.some((r) => (r.kind === "trigger" || r.kind === "again") && covers(r)));
    if (!mark.classList.contains("dropped") && event >= 0) {
      choose(event, false);
      reveal(cards[event].node);
    } else if (mark.classList.contains("dropped") && droppedList) {
      droppedList.node.open = true;
      droppedList.fillIn();
      const row = droppedList.list.children[droppedList.rows.findIndex(covers)];
      if (row) { reveal(row); row.focus({ preventScroll: true }); }
    }
  });

  function reveal(node) {
    const [a, b] = [node.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (innerWidth > 960) panel.scrollTop += a.top - b.top - 70;
    else node.scrollIntoView({ block: "center" });
  }

  choose(answer.chosen >= 0 ? answer.chosen : answer.events.length ? 0 : -1, answer.chosen >= 0);
  if (answer.chosen >= 0 && innerWidth > 960) panel.scrollTop = cards[answer.chosen].node.offsetTop - 64;

  return () => {
    lines.end();
    for (const name of ["evidence", "role", "trigger", "pointed"]) highlight(name, []);
  };
}

function whyOf(facts) {
  if (!facts?.length) return null;
  return el("span", { class: "why" }, facts.map(([name, value]) => `${name}: ${spaced(value)}`).join(" · "));
}

function aboutOf(facts) {
  return el("dl", { class: "about" }, (facts ?? []).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", { dir: "auto" }, value))));
}
