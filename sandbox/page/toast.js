// What answers a pressed button: a toast at the top of the phone, or an alert that must be closed.

import { el } from "./dom.js";

const SHOWN = 4200; // milliseconds

export class Toasts {
  constructor() {
    this.area = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.alerts = el("div", { class: "alerts" });
  }

  /** Let a line slide in, and go by itself. */
  show(text, kind = "") {
    const toast = el("div", { class: `toast ${kind}` }, text);
    this.area.append(toast);
    while (this.area.children.length > 3) this.area.firstChild.remove();
    setTimeout(() => {
      toast.classList.add("leaving");
      setTimeout(() => toast.remove(), 250);
    }, SHOWN);
  }

  /** A small window over the phone, closed by OK, Enter or Escape. */
  alert(title, text) {
    const close = () => {
      cover.remove();
      before?.focus?.();
    };
    const before = document.activeElement;
    const ok = el("button", { type: "button", class: "primary", t: "ok", onclick: close });
    const box = el("div", { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": title }, el("strong", null, title), el("p", null, text), ok);
    const cover = el("div", { class: "alert-cover" }, box);
    cover.addEventListener("keydown", (event) => event.key === "Escape" && close());
    this.alerts.append(cover);
    ok.focus({ preventScroll: true });
  }
}
