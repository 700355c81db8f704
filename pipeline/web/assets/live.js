// Events as they come, by server-sent events.
import { $, el, say, count } from "./dom.js";
import { query } from "./filters.js";
import { windowed } from "./list.js";

const kept = 5000; // rows; the server keeps more

export function liveView(root) {
  let rows = []; // shown, the oldest first
  let pending = []; // come while the reader looks at others
  let ids = new Set();
  let stream = null;
  let paused = false;
  let lost = 0;
  let older = 0; // that the server has and the page was not told
  let came = 0; // in the last second
  let rate = 0;
  let connected = false;
  let last = ""; // id of the message told last

  const list = windowed({
    label: "Events, the newest first",
    make: makeRow,
    draw: drawRow,
    open: (row) => { location.hash = `event=${encodeURIComponent(row.id)}`; },
    moved: release,
  });
  const newer = el("button", { class: "newer", hidden: true, onclick: () => { list.toTop(); list.node.focus(); } });
  const hold = el("button", { "aria-pressed": "false", onclick: pause }, "Pause");
  const empty = el("p", { class: "empty", hidden: true });
  root.append(el("div", { class: "livewrap" }, newer,
    el("div", { class: "columns", "aria-hidden": "true" }, ["Day", "Event", "Status", "Who → whom", "Sentence", "Troops", "Confidence"].map((s) =>
      el("span", { class: { Confidence: "sure", Troops: "troops" }[s] }, s))),
    empty, list.node));

  function pause() {
    paused = !paused;
    hold.setAttribute("aria-pressed", String(paused));
    hold.textContent = paused ? "Paused" : "Pause";
    release();
  }

  // release shows what came in the meantime, once the reader is at the top.
  function release() {
    if (paused || !list.atTop()) return dress();
    if (pending.length) {
      rows = rows.concat(pending).slice(-kept);
      pending = [];
      ids = new Set(rows.map((r) => r.id));
      list.show(rows);
    }
    dress();
  }

  function dress() {
    newer.hidden = pending.length === 0;
    newer.textContent = `${count(pending.length, "newer event")} ↑`;
    empty.hidden = rows.length > 0 || !connected;
    empty.textContent = location.search ? "No event passes these filters." : "No events yet. They appear here as they are published.";
  }

  function take(message) {
    if (message.reset) {
      rows = message.rows.reverse().slice(-kept);
      pending = [];
      lost = 0;
      older = message.kept - rows.length;
      ids = new Set(rows.map((r) => r.id));
      list.show(rows);
      list.toTop();
      dress();
      return;
    }
    lost += message.missed;
    came += message.rows.length;
    const again = new Set(message.gone);
    for (const r of message.rows) if (ids.has(r.id)) again.add(r.id);
    if (again.size) {
      rows = rows.filter((r) => !again.has(r.id));
      pending = pending.filter((r) => !again.has(r.id));
      list.show(rows);
    }
    pending = pending.concat(message.rows.reverse());
    for (const r of message.rows) ids.add(r.id);
    if (pending.length > kept) {
      lost += pending.length - kept;
      pending = pending.slice(-kept);
      ids = new Set(rows.concat(pending).map((r) => r.id));
    }
    release();
  }

  // connect watches from the event after last on, or anew.
  function connect(after) {
    stream?.close();
    connected = false;
    last = after ?? "";
    const address = "api/events" + query();
    stream = new EventSource(after ? `${address}${query() ? "&" : "?"}last=${encodeURIComponent(after)}` : address);
    stream.onmessage = (e) => {
      connected = true;
      last = e.lastEventId;
      take(JSON.parse(e.data));
      tell();
    };
    stream.onerror = () => {
      connected = false;
      say("connection lost, trying again…", true);
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => { if (!connected && !document.hidden) connect(last); }, 5000);
    };
  }

  function tell() {
    if (!connected || root.hidden) return;
    const speed = rate ? ` · ${rate.toLocaleString("en")}/s` : "";
    const missing = lost ? ` · ${lost.toLocaleString("en")} not shown` : "";
    const more = older ? ` · ${older.toLocaleString("en")} older in the download` : "";
    const n = rows.length + pending.length;
    $("tally").textContent = `${n === kept ? "the newest " : ""}${count(n, "event")}${speed}${missing}${more}`;
    say("connected");
  }
  setInterval(() => { rate = came; came = 0; tell(); }, 1000);

  // A tab that nobody looks at lets go of its connection: browsers have few for a server.
  function sleep() {
    if (document.hidden) { stream.close(); connected = false; }
    else if (stream.readyState === EventSource.CLOSED) connect(last);
  }
  document.addEventListener("visibilitychange", sleep);
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (e) => { if (e.persisted) connect(last); });

  connect();
  return {
    enter(_, moved) {
      document.querySelector("#filterbar .filters .spring")?.after(hold);
      list.back();
      tell();
      if (moved) list.node.focus({ preventScroll: true });
    },
    filtered: () => connect(),
    leave() { $("tally").textContent = ""; hold.remove(); list.leave(); },
  };
}

function makeRow() {
  const row = el("div", { class: "row" });
  for (const name of ["day", "type", "status", "who", "sentence", "troops", "sure"]) row.append(el("span", { class: name }));
  return row;
}

function drawRow(node, row) {
  const [day, type, status, who, sentence, troops, sure] = node.children;
  day.textContent = row.first || "no day";
  day.className = row.own ? "day own" : "day";
  day.title = row.own ? days(row) : row.first ? "day of publication: the text tells no day of the event" : "neither the event nor its article has a day";
  type.textContent = row.type;
  status.textContent = row.status;
  status.className = `status ${row.status}`;
  who.textContent = sidesOf(row);
  who.title = who.textContent;
  sentence.replaceChildren(ending(row.before), el("b", {}, row.trigger), row.after);
  sentence.title = row.title;
  troops.textContent = row.troops;
  sure.textContent = row.confidence.toFixed(2);
}

// ending leaves so much of what stands before the trigger that the trigger is in sight.
function ending(s) {
  const room = innerWidth > 1500 || innerWidth <= 720 ? 70 : 36;
  if (s.length <= room + 12) return s;
  const cut = s.slice(-room);
  return "…" + cut.slice(cut.indexOf(" ") + 1);
}

const days = (row) => (row.last && row.last !== row.first ? `${row.first} to ${row.last}` : row.first);

const names = (sides) => sides.map((s) => s.name).join(", ");

// sidesOf tells who did it to whom, or from where to where.
export function sidesOf(row) {
  const who = names(row.actors) || "?";
  const to = names(row.targets) || (row.place ? row.place : row.to);
  return to ? `${who} → ${to}` : who;
}

