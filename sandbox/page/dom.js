// Building DOM nodes. Nothing in this page ever sets innerHTML: what people write stays text.

import { t } from "./strings.js";

/**
 * Make an element. Properties: `class`; `t` (a string's key or {zh, en}), `label` and `placeholder` likewise, all
 * three of which follow the page's language; `on<event>` listeners; everything else is an attribute.
 */
export function el(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) put(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function put(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "t") say(node, value);
  else if (name === "label") label(node, value);
  else if (name === "placeholder") hint(node, value);
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

/** Let the node's text be this string of the catalogue (or {zh, en}), in whatever language the page has. */
export function say(node, text, params) {
  node.dataset.t = JSON.stringify([text, params]);
  node.textContent = t(text, params);
}

/** The same for its accessible name, which is a button's tooltip, too. */
export function label(node, text, params) {
  node.dataset.tLabel = JSON.stringify([text, params]);
  node.setAttribute("aria-label", t(text, params));
  if (node.matches("button, a")) node.title = t(text, params);
}

/** The same for an input's placeholder, which also names it. */
export function hint(node, text, params) {
  node.dataset.tPlaceholder = JSON.stringify([text, params]);
  node.placeholder = t(text, params);
  node.setAttribute("aria-label", t(text, params));
}

/** Say everything under `root` again, after the language has changed. */
export function retranslate(root) {
  for (const node of root.querySelectorAll("[data-t]")) say(node, ...spec(node.dataset.t));
  for (const node of root.querySelectorAll("[data-t-label]")) label(node, ...spec(node.dataset.tLabel));
  for (const node of root.querySelectorAll("[data-t-placeholder]")) hint(node, ...spec(node.dataset.tPlaceholder));
}

function spec(stored) {
  return stored.startsWith("[") ? JSON.parse(stored) : [stored]; // index.html names bare keys
}

/** The first letter (or ideograph) of a name in a coloured disc, as Telegram draws people without a picture. */
export function avatar(person, size = "") {
  const letter = [...(person.first_name || "?")][0].toUpperCase();
  return el("span", { class: `avatar avatar-${Math.abs(person.id) % 7} ${size}`, "aria-hidden": "true" }, letter);
}

/** A button that shows only an icon; `text` is its accessible name. */
export function iconButton(picture, text, onclick, extra = {}) {
  return el("button", { type: "button", ...extra, class: `icon-button ${extra.class ?? ""}`, label: text, onclick }, picture);
}
