// One person's phone: the header, the chat with the bot, and where they write.

import { Composer } from "./composer.js";
import { avatar, el, iconButton, label, say } from "./dom.js";
import { History } from "./history.js";
import { icon } from "./icons.js";
import { Presses } from "./keyboard.js";
import { pickPlace } from "./map.js";
import { openMenu } from "./menu.js";
import { askHow, sendFiles } from "./pictures.js";
import { server } from "./server.js";
import { isKnown, t } from "./strings.js";
import { Toasts } from "./toast.js";
import { chime } from "./voice.js";

const ACTION_LASTS = 5000; // milliseconds, as in Telegram
const LONGEST_PART = /[^]{1,4096}/gu;
const LIVE_PERIOD = 900; // seconds
const GUEST = { zh: "访客", en: "Guest" };

export class Phone {
  /** `heard(phone)` is called for each message of the bot. */
  constructor(person, bot, { heard }) {
    Object.assign(this, { person, heard });
    this.links = { bot, sendText: (text) => this.sendText(text) };
    this.toasts = new Toasts();
    this.presses = new Presses({
      send: (messageId, data) => server.press(this.person.id, messageId, data),
      changed: () => this.history.render(),
      failed: (error) => this.complain(error),
    });
    const forBubbles = {
      links: this.links,
      presses: this.presses,
      find: (messageId) => this.history.find(messageId),
      show: (messageId) => this.history.show(messageId),
      reply: (message) => this.composer.reply(message),
      move: (message, place) => this.attempt(() => server.move(this.person.id, message.message_id, place)),
      stop: (message) => this.attempt(() => server.stop(this.person.id, message.message_id)),
      copy: (text) => this.copy(text),
    };
    this.history = new History(forBubbles);
    this.composer = new Composer(this);
    this.root = this.build();
    this.set(person);
  }

  build() {
    this.face = el("span", { class: "face" });
    this.name = el("h2", { class: "phone-name" });
    this.roleShown = el("span", { class: "role" });
    this.status = el("span", { class: "phone-status" });
    this.menu = iconButton(icon("dots"), "person.menu", () => this.openMenu(), { "aria-haspopup": "menu" });
    this.header = el(
      "header",
      { class: "phone-head" },
      this.face,
      el("div", { class: "phone-who" }, el("div", { class: "phone-line" }, this.name, this.roleShown), this.status),
      this.menu,
    );
    const drop = el("div", { class: "drop-hint", t: "write.drop" });
    const root = el(
      "section",
      { class: "phone", "data-person-id": String(this.person.id) },
      this.header,
      this.toasts.area,
      this.history.root,
      this.composer.root,
      this.toasts.alerts,
      drop,
    );
    this.acceptDrops(root);
    return root;
  }

  /** Everything about the person anew: at the start, after a break, when they changed. */
  set(person) {
    this.person = { ...this.person, ...person };
    const { first_name: name, last_name: last } = this.person;
    this.face.replaceChildren(avatar(this.person));
    this.name.textContent = [name, last].filter(Boolean).join(" ");
    say(this.roleShown, this.role);
    label(this.root, "chat.phone", { name });
    label(this.menu, "person.menu", { name });
    label(this.history.list, "chat.messages", { bot: this.links.bot.name });
    this.root.classList.toggle("blocked", Boolean(this.person.blocked));
    if (person.messages) this.history.reset(person.messages);
    if ("keyboard" in person) this.composer.keyboard.set(person.keyboard);
    this.showStatus();
    this.composer.arrange();
  }

  /** What the person is, as {zh, en}. */
  get role() {
    return this.person.label?.zh ? this.person.label : GUEST;
  }

  /** The language of the person's Telegram: "zh" or "en". */
  get speaks() {
    return (this.person.language_code ?? "").toLowerCase().startsWith("zh") ? "zh" : "en";
  }

  get isEmpty() {
    return this.history.messages.size === 0;
  }

  /** Something happened in this chat. */
  handle(event) {
    switch (event.type) {
      case "message":
        this.history.put(event.message);
        this.composer.arrange();
        if (event.message.from?.is_bot) this.said();
        break;
      case "edited":
        this.history.put(event.message);
        break;
      case "deleted":
        this.history.remove(event.message_id);
        this.composer.arrange();
        break;
      case "answered":
        this.presses.answer(event.query_id);
        break;
      case "toast":
        this.presses.answer(event.query_id);
        if (event.text && event.show_alert) this.toasts.alert(this.links.bot.name, event.text);
        else if (event.text) this.toasts.show(event.text);
        break;
      case "action":
        this.act(event.action);
        break;
      case "keyboard":
        this.composer.keyboard.set(event.keyboard);
        this.composer.arrange();
        break;
      case "person":
        this.set(event.person);
    }
  }

  said() {
    this.act(null);
    this.header.classList.remove("news");
    void this.header.offsetWidth;
    this.header.classList.add("news");
    this.heard(this);
  }

  act(action) {
    clearTimeout(this.acting);
    this.action = action;
    if (action) this.acting = setTimeout(() => this.act(null), ACTION_LASTS);
    this.showStatus();
  }

  showStatus() {
    const { bot } = this.links;
    this.status.classList.toggle("acting", Boolean(this.action));
    if (this.person.blocked) say(this.status, "chat.blocked");
    else if (this.action) say(this.status, isKnown(`action.${this.action}`) ? `action.${this.action}` : "action.typing");
    else say(this.status, "chat.with", { bot: bot.name });
  }

  openMenu() {
    const change = (code) => this.attempt(() => server.changePerson(this.person.id, { language_code: code }));
    openMenu(this.menu, this.root, [
      { icon: "globe", text: "person.speaks.zh", checked: this.speaks === "zh", act: () => change("zh-hans") },
      { icon: "globe", text: "person.speaks.en", checked: this.speaks === "en", act: () => change("en") },
      null,
      this.person.blocked
        ? { icon: "block", text: "person.unblock", act: () => this.unblock() }
        : { icon: "block", text: "person.block", danger: true, act: () => this.attempt(() => server.block(this.person.id, true)) },
      { icon: "broom", text: "person.clear", danger: true, act: () => this.attempt(() => server.clear(this.person.id)) },
    ], "person-menu");
  }

  unblock() {
    return this.attempt(() => server.block(this.person.id, false));
  }

  /** Longer texts than a message can be are sent in pieces, as Telegram's apps do. */
  sendText(text, replyTo) {
    return this.attempt(async () => {
      for (const part of text.match(LONGEST_PART)) await server.text(this.person.id, part, replyTo);
    });
  }

  sendVoice() {
    return this.attempt(() => server.voice(this.person.id, chime()));
  }

  /** Ask how (photo or file, caption), then send. */
  sendPictures(files, { asFile = false } = {}) {
    const send = (chosen, caption, filed) => this.attempt(() => sendFiles(this.person.id, chosen, { caption, asFile: filed }));
    askHow(this.person, files, { asFile, send });
  }

  openMap() {
    pickPlace(this.person, (place, isLive) => this.attempt(() => server.place(this.person.id, { ...place, ...(isLive && { live_period: LIVE_PERIOD }) })));
  }

  acceptDrops(root) {
    const isFile = (event) => event.dataTransfer?.types.includes("Files");
    root.addEventListener("dragover", (event) => {
      if (!isFile(event)) return;
      event.preventDefault();
      root.classList.add("dropping");
    });
    root.addEventListener("dragleave", (event) => !root.contains(event.relatedTarget) && root.classList.remove("dropping"));
    root.addEventListener("drop", (event) => {
      root.classList.remove("dropping");
      if (!isFile(event)) return;
      event.preventDefault();
      this.sendPictures([...event.dataTransfer.files]);
    });
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    this.toasts.show(t("write.copied"));
  }

  /** Do something on the server; what fails is said in this phone. Resolves to its result, or null. */
  async attempt(request) {
    try {
      return (await request()) ?? true;
    } catch (error) {
      this.complain(error);
      return null;
    }
  }

  complain(error) {
    const reason = error.isNetwork ? t("failed.network") : error.message;
    this.toasts.show(t("failed", { reason }), "failed");
  }
}
