// The page: finds out who there is, gives each person a phone, and passes on what happens.

import { openAddPerson } from "./add_person.js";
import { Phone } from "./chat.js";
import { buildClock, setClock } from "./clock.js";
import { el, iconButton, retranslate } from "./dom.js";
import { listen } from "./events.js";
import { icon } from "./icons.js";
import { server } from "./server.js";
import { language, setLanguage, t } from "./strings.js";
import { Tabs } from "./tabs.js";

const strip = document.querySelector("main.phones");
const offline = document.querySelector(".offline");
const tabs = new Tabs(document.querySelector(".tabs"), strip);
const phones = new Map(); // person's id → Phone
let bot = null;

/** The whole state: at the start, and after each break of the connection. */
async function refresh() {
  const state = await server.state();
  bot = state.bot;
  setClock(state.clock);
  for (const person of state.people) meet(person);
  strip.classList.remove("loading");
  offline.hidden = true;
}

function meet(person) {
  const known = phones.get(person.id);
  if (known) return known.set(person);
  const phone = new Phone(person, bot, { heard: (one) => tabs.heard(one) });
  phones.set(person.id, phone);
  strip.append(phone.root);
  tabs.add(phone);
  phone.history.toBottom();
  return phone;
}

function happened(event) {
  if (event.type === "person") meet(event.person);
  else if (event.type === "clock") setClock(event.clock);
  else phones.get(event.chat_id)?.handle(event);
}

function buildTools() {
  const choose = (code) => () => {
    setLanguage(code);
    speak();
  };
  const option = (code, name) => el("button", { type: "button", lang: code, "data-language": code, onclick: choose(code) }, name);
  const add = iconButton(icon("plus"), "person.add", () => openAddPerson((person) => tabs.go(meet(person))), { class: "add-person" });
  const tools = document.querySelector(".bar-tools");
  tools.append(buildClock(), el("div", { class: "languages", role: "group", label: "app.language" }, option("zh", "中文"), option("en", "English")), add);
  tools.before(foldedAway(tools));
}

/** The button that shows the tools where there is no room for them beside the tabs (bar.css). */
function foldedAway(tools) {
  const button = iconButton(icon("dots"), "app.more", () => open(!tools.classList.contains("open")), { class: "bar-more", "aria-expanded": "false" });
  function open(isOpen) {
    tools.classList.toggle("open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
  }
  document.addEventListener("pointerdown", ({ target }) => !tools.contains(target) && !button.contains(target) && open(false));
  tools.addEventListener("keydown", ({ key }) => key === "Escape" && open(false));
  return button;
}

/** Say everything in the page's language. */
function speak() {
  document.documentElement.lang = language();
  document.title = t("app.title");
  retranslate(document);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language()));
  }
}

buildTools();
speak();
// A file dropped beside a phone must not replace the page.
for (const event of ["dragover", "drop"]) document.addEventListener(event, (dropped) => dropped.preventDefault());
listen({ onOpen: refresh, onEvent: happened, onLost: () => (offline.hidden = false) });
