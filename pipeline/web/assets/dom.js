// Small helpers. Text from articles is only ever set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

// el makes an element: el("a", {href: "#x", class: "y", onclick: f}, "text", child…).
export function el(name, props = {}, ...children) {
  return fill(document.createElement(name), props, children);
}

export function svg(name, props = {}, ...children) {
  return fill(document.createElementNS(SVG, name), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== ""));
  return node;
}

export const $ = (id) => document.getElementById(id);

// ask fetches JSON, and throws what the server says is wrong.
export async function ask(address, options = {}) {
  let response;
  try {
    response = await fetch(address, options);
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new Error("the server does not answer");
  }
  if (response.status === 401) throw new Error("the login has run out: load the page anew");
  let data;
  try {
    data = await response.json();
  } catch (e) {
    if (e.name === "AbortError") throw e;
    if (response.ok) throw new Error("the server's answer breaks off");
  }
  if (!response.ok) throw new Error(data?.detail || `the server answers ${response.status}`);
  return data;
}

// later calls f once it has not been asked for ms.
export function later(f, ms) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => f(...args), ms);
  };
}

export const count = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

export const spaced = (s) => s.replaceAll("_", " ");

let announced = "";

// say tells the state in words, to all readers; the same words are said once.
export function say(text, bad = false) {
  if (text === announced) return;
  announced = text;
  $("state").textContent = text;
  $("state").className = bad ? "bad" : "unseen";
}

export function problem(text) {
  return el("p", { class: "problem", role: "alert" }, text);
}
