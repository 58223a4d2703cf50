// A small menu that opens from a button and closes on choice, Escape or a click elsewhere.

import { el } from "./dom.js";
import { icon } from "./icons.js";

let closeCurrent = null;

/**
 * Open a menu in `parent`, for the button `opener`. Entries: {icon, text, hint, checked, danger, act}, where text and
 * hint are keys (or {zh, en}), or null for a line between.
 */
export function openMenu(opener, parent, entries, className = "") {
  const wasMine = closeCurrent?.opener === opener;
  closeCurrent?.();
  if (wasMine) return;
  const menu = el("div", { class: `menu ${className}`, role: "menu" }, entries.map((entry) => (entry ? row(entry, close) : el("hr", null))));

  function close() {
    menu.remove();
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    closeCurrent = null;
  }
  function outside(event) {
    if (!menu.contains(event.target) && !opener.contains(event.target)) close();
  }
  menu.addEventListener("keydown", (event) => {
    const rows = [...menu.querySelectorAll("button")];
    const at = rows.indexOf(document.activeElement);
    if (event.key === "Escape") {
      close();
      opener.focus();
    } else if (event.key === "ArrowDown") rows[(at + 1) % rows.length].focus();
    else if (event.key === "ArrowUp") rows[(at - 1 + rows.length) % rows.length].focus();
    else if (event.key === "Tab") return close();
    else return undefined;
    return event.preventDefault();
  });
  document.addEventListener("pointerdown", outside, true);
  opener.setAttribute("aria-expanded", "true");
  parent.append(menu);
  menu.querySelector("button")?.focus({ preventScroll: true });
  closeCurrent = Object.assign(close, { opener });
}

function row(entry, close) {
  const act = () => {
    close();
    entry.act();
  };
  return el(
    "button",
    { type: "button", role: entry.checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": entry.checked === undefined ? null : String(entry.checked), class: entry.danger ? "danger" : "", onclick: act },
    entry.icon ? icon(entry.icon, 20) : null,
    el("span", { class: "menu-text" }, el("span", { t: entry.text }), entry.hint ? el("small", { t: entry.hint }) : null),
    entry.checked ? icon("check", 18) : null,
  );
}
