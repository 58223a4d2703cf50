// The map dialog: pick a place and send it, or look at one that was sent.

import { county } from "./county.js";
import { el, iconButton, label, say } from "./dom.js";
import { icon } from "./icons.js";
import { MapView } from "./mapview.js";

/** Let `person` pick a place; `send(place, isLive)` is called when they do. */
export function pickPlace(person, send) {
  const choices = { "map.send.live": (place) => send(place, true), "map.send": (place) => send(place, false) };
  return openMap({ title: "map.title", who: person.first_name, choices });
}

/** Let somebody walk on with a live place that they sent (`send(place)`: where they are now), or share it no more. */
export function movePlace(place, send, stop) {
  return openMap({ title: "message.live", place, isLive: true, choices: { "map.stop": stop, "map.move": send } });
}

/** Show a place that was sent. */
export function viewPlace(place, isLive) {
  return openMap({ title: "map.view", place, isLive });
}

/** `choices`: what can be done with the place, a button each (its text's key → what it does); the last is the main one. */
async function openMap({ title, who = "", place: given = null, isLive = false, choices = {} }) {
  const canvas = el("canvas", { class: "map-canvas", tabindex: "0", role: "application", label: "map.canvas" });
  const where = el("div", { class: "map-where", role: "status" });
  const buttons = Object.entries(choices).map(([text, act], index, all) => {
    const isMain = index === all.length - 1;
    const finish = () => {
      dialog.close();
      act(place);
    };
    return el("button", { type: "button", class: isMain ? "primary" : "quiet", t: text, disabled: true, onclick: finish });
  });
  const tools = el("div", { class: "map-tools" });
  const search = el("div", { class: "map-search" });
  const dialog = el(
    "dialog",
    { class: "map-dialog", label: title },
    el("header", { class: "dialog-head" }, el("h2", { t: title }), el("span", { class: "dialog-who" }, who), iconButton(icon("close"), "close", () => dialog.close())),
    el("div", { class: "map-body" }, canvas, search, tools),
    el("footer", { class: "map-foot" }, where, el("div", { class: "map-send" }, buttons)),
  );
  let map = null;
  dialog.addEventListener("close", () => {
    map?.end();
    dialog.remove();
  });
  say(where, "map.loading");
  document.body.append(dialog);
  dialog.showModal();

  const land = await county();
  let place = null;
  map = new MapView(canvas, land, { onTap: (tapped) => buttons.length && drop(tapped) });

  function drop(chosen) {
    place = chosen;
    const grid = land.gridAt(place);
    map.show({ pin: land.flat(place), chosen: grid, isLive });
    where.replaceChildren(...described(place, grid));
    for (const button of buttons) button.disabled = false;
  }

  /** A whole flow in one gesture: the pin is dropped where the box is. */
  function goTo(box, target) {
    map.fit(box, 3);
    drop(target);
  }

  tools.append(
    iconButton(icon("plus"), "map.zoom.in", () => map.zoomIn()),
    iconButton(icon("minus"), "map.zoom.out", () => map.zoomOut()),
    iconButton(icon("whole"), "map.whole", () => map.fit(land.box)),
  );
  if (given) {
    map.look(...land.flat(given), 0.09);
    drop(given);
  } else {
    map.fit(land.townBox, 1.5);
    map.show({});
    say(where, "map.tap");
    search.append(searchBox(land, goTo), presets(land, map, drop));
  }
  canvas.focus({ preventScroll: true });
}

function described(place, grid) {
  const name = el("strong", null);
  if (grid) say(name, { zh: `${grid.code} · ${grid.name}`, en: `${grid.code} · ${grid.name}` });
  else say(name, "map.is.outside");
  const more = [grid?.community, grid?.town, `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`].filter(Boolean);
  return [name, el("span", null, more.join(" · "))];
}

function searchBox(land, goTo) {
  const list = el("ul", { class: "map-found", hidden: true });
  const input = el("input", { type: "search", placeholder: "map.search", autocomplete: "off", spellcheck: "false" });
  const choose = (grid) => {
    input.value = `${grid.code} ${grid.name}`;
    list.hidden = true;
    goTo(grid.box, land.place(grid.middle));
  };
  const find = () => {
    const found = land.search(input.value);
    list.hidden = !input.value.trim();
    const rows = found.map((grid) =>
      el("li", null, el("button", { type: "button", onclick: () => choose(grid) }, el("b", null, grid.code), ` ${grid.name}`, el("small", null, [grid.community, grid.town].filter(Boolean).join(" · ")))),
    );
    list.replaceChildren(...(rows.length ? rows : [el("li", { class: "map-nothing", t: "map.nothing" })]));
    return found;
  };
  input.addEventListener("input", find);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      const [best] = find();
      if (best) choose(best);
    } else if (event.key === "ArrowDown") {
      list.querySelector("button")?.focus();
      event.preventDefault();
    }
  });
  list.addEventListener("keydown", (event) => {
    const rows = [...list.querySelectorAll("button")];
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    (rows[rows.indexOf(document.activeElement) + by] ?? input).focus();
    event.preventDefault();
  });
  return el("div", { class: "map-search-box" }, icon("search", 18), input, list);
}

function presets(land, map, drop) {
  const chip = (text, act) => {
    const button = el("button", { type: "button", class: "chip", t: text, onclick: act });
    label(button, text);
    return button;
  };
  const { box, townBox } = land;
  const away = [box.right + (box.right - box.left) * 0.12, box.top];
  return el(
    "div",
    { class: "map-presets" },
    chip("map.town", () => map.fit(townBox, 1.2)),
    chip("map.outside", () => {
      map.fit({ left: box.left, top: box.top, right: away[0], bottom: box.bottom }, 1.25);
      drop(land.place(away));
    }),
    chip("map.zero", () => drop({ latitude: 0, longitude: 0 })),
  );
}
