// A list of thousands of rows of which only those in sight are in the page.
import { el } from "./dom.js";

const spare = 6; // rows kept above and below what is seen

// windowed makes a list. get(i) gives the item at a place, draw(node, item) shows it in a
// row, open(item) is called for what is chosen by mouse or keyboard, moved() when the
// reader has scrolled or walked.
export function windowed({ label, make, draw, open, moved }) {
  const space = el("div", { class: "space", role: "presentation" });
  const box = el("div", { class: "list", role: "listbox", tabindex: "0", "aria-label": label }, space);
  let items = [];
  let active = null; // the id of the row that the keyboard is at
  let height = 34;
  let waiting = false;
  let left = 0;
  const pool = [];

  const place = () => items.findIndex((item) => item.id === active);

  function paint() {
    waiting = false;
    const rows = Math.ceil(box.clientHeight / height) + 2 * spare;
    const first = Math.max(0, Math.min(Math.floor(box.scrollTop / height) - spare, items.length - rows));
    const wanted = Math.min(rows, items.length);
    space.style.height = `${items.length * height}px`;
    while (pool.length < wanted) {
      const node = make();
      node.setAttribute("role", "option");
      space.append(node);
      pool.push(node);
    }
    for (let i = 0; i < pool.length; i++) {
      const node = pool[i];
      const at = first + i;
      node.hidden = i >= wanted;
      if (node.hidden) continue;
      const item = items[items.length - 1 - at]; // the newest stands on top
      if (node.item !== item) {
        node.item = item;
        node.id = `row-${item.id}`;
        draw(node, item);
      }
      node.style.transform = `translateY(${at * height}px)`;
      node.setAttribute("aria-posinset", at + 1);
      node.setAttribute("aria-setsize", items.length);
      const chosen = item.id === active;
      node.classList.toggle("active", chosen);
      node.setAttribute("aria-selected", String(chosen));
    }
    const shown = active !== null && pool.some((n) => !n.hidden && n.item.id === active);
    if (shown) box.setAttribute("aria-activedescendant", `row-${active}`);
    else box.removeAttribute("aria-activedescendant");
  }

  function refresh() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(paint);
    }
  }

  function measure() {
    height = parseFloat(getComputedStyle(box).getPropertyValue("--row")) || 34;
    refresh();
  }

  function walkTo(at) {
    at = Math.max(0, Math.min(at, items.length - 1));
    active = items[items.length - 1 - at].id;
    const top = at * height;
    if (top < box.scrollTop) box.scrollTop = top;
    if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
    refresh();
    moved();
  }

  box.addEventListener("scroll", () => { refresh(); moved(); }, { passive: true });
  box.addEventListener("keydown", (e) => {
    if (!items.length || e.ctrlKey || e.metaKey || e.altKey) return;
    const found = place();
    const at = found < 0 ? -1 : items.length - 1 - found;
    const page = Math.max(1, Math.floor(box.clientHeight / height) - 1);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: items.length - 1 }[e.key];
    if (to !== undefined) { e.preventDefault(); walkTo(to); }
    else if ((e.key === "Enter" || e.key === " ") && found >= 0) { e.preventDefault(); open(items[found]); }
    else if (e.key === "Escape" && active !== null) { active = null; refresh(); moved(); }
  });
  space.addEventListener("click", (e) => {
    const node = e.target.closest("[role=option]");
    if (!node || getSelection().toString()) return;
    active = node.item.id;
    refresh();
    open(node.item);
  });
  new ResizeObserver(measure).observe(box);

  return {
    node: box,
    // show takes the items, the oldest first.
    show(list) { items = list; refresh(); },
    atTop: () => box.scrollTop < height && active === null,
    toTop() { active = null; box.scrollTop = 0; refresh(); moved(); },
    // leave notes where the reader is, before the list is hidden; back returns there.
    leave() { left = box.scrollTop; },
    back() { measure(); space.style.height = `${items.length * height}px`; box.scrollTop = left; },
  };
}
