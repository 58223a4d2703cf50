// The sandbox's clock: the moment as its people have it, and the switch that makes it go faster. It never goes back.

import { el } from "./dom.js";
import { server } from "./server.js";

const FAST = 60; // seconds that pass in one
let given = { now: Date.now() / 1000, speed: 1, zone: null };
let givenAt = performance.now();
const shown = el("time", {});
const button = el("button", { type: "button", label: "clock.fast", "aria-pressed": "false", onclick: turn }, el("span", { class: "clock-go", t: "clock.go" }), `×${FAST}`);

/** The moment, in milliseconds. */
export function now() {
  return given.now * 1000 + (performance.now() - givenAt) * given.speed;
}

/** The zone that times are shown in; none: the viewer's own. */
export function zone() {
  return given.zone ?? undefined;
}

/** What the server says of it: `now` in seconds, `speed`, and the `zone` to show it in. */
export function setClock(clock) {
  given = clock;
  givenAt = performance.now();
  button.setAttribute("aria-pressed", String(given.speed > 1));
  show();
}

export function buildClock() {
  setInterval(show, 250);
  return el("div", { class: "clock" }, el("span", { class: "clock-name", t: "clock.county" }), shown, button);
}

async function turn() {
  setClock({ ...given, ...(await server.speed(given.speed > 1 ? 1 : FAST)) });
}

function show() {
  const parts = { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false };
  shown.textContent = new Date(now()).toLocaleString("en-GB", { ...parts, timeZone: zone() }).replace(",", "");
}
