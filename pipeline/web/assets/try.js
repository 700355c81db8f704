// Paste a text and see what is found in it, as you type.
import { el, ask, later, say, problem, count } from "./dom.js";
import { articleView } from "./article.js";

const large = 100_000; // characters, from which on reading waits for a key

const sample = `Chad sends 400 soldiers to its border with Sudan

By Hawa Adoum

5 June 2019

N'DJAMENA, Chad (Sahel Press) - Chad sent 400 soldiers to its border with Sudan on Tuesday, Defence Minister Idris Kellou said, after gunmen who had crossed from Darfur killed nine villagers near Adre.

Sudan denied that its troops had entered Chad and put the garrison of El Geneina on alert. Kellou said France could send two aircraft from its base at Abeche, where it keeps about 300 troops.

The two governments will hold talks in Abeche on Friday. In the capital, students danced to celebrate the end of their examinations.`;

export function tryView(root) {
  const area = el("textarea", { id: "paste", spellcheck: "false", placeholder: "Paste an article, or a page’s HTML, or a record of a feed in JSON. It is read by this server and kept nowhere.", "aria-label": "Article, HTML or JSON" });
  const published = el("input", { type: "date" });
  const said = el("span", { class: "said", role: "status" });
  const example = el("button", { type: "button", onclick: () => { area.value = sample; read(); area.focus(); } }, "Use a sample");
  const clear = el("button", { type: "button", onclick: () => { area.value = ""; read(); area.focus(); } }, "Clear");
  const now = el("button", { type: "button", hidden: true, onclick: () => read() }, "Read it");
  const head = el("div", { class: "tryhead" }, area,
    el("div", { class: "trybar" }, now, example, clear, el("label", { title: "For an article that does not tell its own day: relative dates need it" }, "Published", published), said));
  const result = el("div", { id: "result" });
  root.append(head, result);

  let end = () => {};
  let asked = null;
  let open = ["Actions dropped"];

  function show(...nodes) {
    end();
    end = () => {};
    result.replaceChildren(...nodes);
  }

  async function read() {
    asked?.abort();
    now.hidden = true;
    head.classList.toggle("small", area.value.length > 0);
    if (!area.value.trim()) {
      said.textContent = "";
      return show(el("p", { class: "empty" }, "What is found appears here: the events with who, where, when and how many; the people, countries, dates and counts; and what was looked at and dropped, with the rule."));
    }
    asked = new AbortController();
    const began = performance.now();
    const waiting = setTimeout(() => { said.textContent = "reading…"; }, 400);
    try {
      const answer = await ask("api/try" + (published.value ? "?published=" + published.value : ""), { method: "POST", body: area.value, signal: asked.signal, headers: { "Content-Type": "text/plain; charset=utf-8" } });
      clearTimeout(waiting);
      if (answer.dead) {
        said.textContent = "no article";
        return show(el("div", { class: "view" }, problem(`The service would make a dead letter of it: ${answer.dead}.`)));
      }
      said.textContent = `${answer.form} · ${count(answer.events.length + answer.events_left_out, "event")} · ${Math.round(performance.now() - began)} ms`;
      const top = scrollY;
      if (result.querySelector("details")) open = [...result.querySelectorAll("details[open] > summary")].map((s) => s.firstChild.textContent);
      end();
      end = articleView(result, answer, { open });
      scrollTo(0, top);
    } catch (e) {
      clearTimeout(waiting);
      if (e.name === "AbortError") return;
      said.textContent = "not read";
      show(el("div", { class: "view" }, problem(`Not read: ${e.message}`)));
    }
  }

  const soon = later(read, 250);
  area.addEventListener("input", () => {
    if (area.value.length <= large) return soon();
    now.hidden = false;
    said.textContent = `${count(area.value.length, "character")}: press Ctrl+Enter or “Read it”`;
  });
  area.addEventListener("keydown", (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); read(); } });
  published.addEventListener("change", read);
  read();

  return {
    enter(_, moved) {
      say("");
      if (moved) area.focus({ preventScroll: true });
      if (area.value && !result.querySelector(".article")) read();
    },
    leave() { end(); end = () => {}; result.replaceChildren(); },
  };
}
