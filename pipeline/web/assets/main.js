// Chooses the view by what stands behind # in the address: #live, #try, #event=ID.
import { $, ask, problem } from "./dom.js";
import { filterBar, onFilter } from "./filters.js";
import { liveView } from "./live.js";
import { eventView } from "./event.js";
import { tryView } from "./try.js";
import { pictureView } from "./picture.js";
import { deadView } from "./dead.js";
import { healthView } from "./health.js";

const titles = { live: "Live", event: "Event", try: "Try", picture: "Picture", dead: "Dead letters", health: "Health" };

async function start() {
  let world;
  try {
    world = await ask("api/world");
  } catch (e) {
    $("main").append(problem(e.message));
    return;
  }
  filterBar($("filterbar"), world);
  const views = { try: tryView($("try")) };
  if (world.live) {
    views.live = liveView($("live"));
    views.event = eventView($("event"));
    views.picture = pictureView($("picture"), world);
    views.dead = deadView($("dead"));
    views.health = healthView($("health"));
  }
  for (const link of document.querySelectorAll("nav a")) link.hidden = !views[link.dataset.view];
  onFilter(() => {
    views.live?.filtered();
    views.picture?.filtered();
  });

  let current = null;
  const show = () => {
    const [name, argument] = location.hash.slice(1).split("=");
    const chosen = Object.hasOwn(views, name) ? name : world.live ? "live" : "try";
    if (current && current !== chosen) views[current].leave?.();
    for (const id of Object.keys(titles)) $(id).hidden = id !== chosen;
    $("filterbar").hidden = chosen !== "live" && chosen !== "picture";
    for (const link of document.querySelectorAll("nav a")) {
      const here = link.dataset.view === chosen || (chosen === "event" && link.dataset.view === "live");
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.title = `${titles[chosen]} · sitrep`;
    const moved = current !== null && current !== chosen;
    current = chosen;
    views[chosen].enter(argument && decoded(argument), moved);
  };
  addEventListener("hashchange", show);
  show();
}

// decoded reads what stands in an address; what is not written as addresses are stays.
function decoded(s) {
  try {
    return decodeURIComponent(s);
  } catch {
    return s;
  }
}

start();
