// A place in a message: a small map around its pin, what grid that is, and for a venue its name.

import { county } from "./county.js";
import { el, say } from "./dom.js";
import { movePlace, viewPlace } from "./map.js";
import { draw } from "./mapdraw.js";
import { clock } from "./times.js";

const SCALE = 0.075; // CSS pixels a metre: about 3.5 km across

const redraws = new Set(); // of the maps on the page, for when the colours change
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraws.forEach((redraw) => redraw()));

/** The node of a message's location or venue. `chat.move(message, place)` walks on with a live one, `chat.stop(message)` ends it. */
export function locationPiece(message, chat) {
  const { venue } = message;
  const location = venue?.location ?? message.location;
  const isLive = Boolean(location.live_period);
  const isMine = isLive && !message.from?.is_bot;
  const open = () => (isMine ? movePlace(location, (place) => chat.move(message, place), () => chat.stop(message)) : viewPlace(location, isLive));
  const canvas = el("canvas", { class: "pinmap" });
  const map = el("button", { type: "button", class: "pinmap-button", label: "message.location.open", onclick: open }, canvas);
  const title = el("strong", null);
  const detail = el("span", null);
  if (venue) {
    say(title, { zh: venue.title, en: venue.title });
    detail.textContent = venue.address;
  } else if (isLive) {
    say(title, "message.live.until", { time: clock(message.date + location.live_period) });
  }
  paint(canvas, { location, isLive, title: venue || isLive ? null : title, detail: venue ? null : detail });
  return el("div", { class: "place bare" }, map, el("div", { class: "place-words" }, title, detail));
}

async function paint(canvas, { location, isLive, title, detail }) {
  const land = await county();
  const grid = land.gridAt(location);
  const where = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
  if (grid) title?.append(`${grid.code} · ${grid.name}`);
  else if (title) say(title, "map.is.outside");
  detail?.append(where);

  const [x, y] = land.flat(location);
  // The pin's point is the place, and its head needs room above it: the view's middle is a little to the north.
  const view = { x, y: isLive ? y : y - 14 / SCALE, scale: SCALE };
  const redraw = () => {
    if (!canvas.isConnected && canvas.wasShown) return redraws.delete(redraw);
    if (!canvas.clientWidth) return undefined;
    canvas.wasShown = true;
    return draw(canvas, land, view, { pin: [x, y], chosen: grid, isLive, labels: false });
  };
  redraws.add(redraw);
  new ResizeObserver(redraw).observe(canvas);
}
