// Inline keyboards (under a message) and the reply keyboard (under the text field).

import { el } from "./dom.js";
import { follow } from "./links.js";

const PATIENCE = 20_000; // milliseconds a pressed button spins when nobody answers

/** The message's inline keyboard as rows of buttons, or null. */
export function inlineKeyboard(message, chat) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return rows.map((row) => el("div", { class: "keyboard-row" }, row.map((button) => inlineButton(message, button, chat))));
}

function inlineButton(message, button, chat) {
  if (button.url !== undefined) {
    const open = (event) => {
      event.preventDefault();
      follow(button.url, chat.links);
    };
    return el(
      "a",
      { class: "inline-button", href: button.url, title: button.url, rel: "noopener noreferrer", onclick: open },
      el("span", null, button.text),
      el("span", { class: "button-mark", "aria-hidden": "true" }, "↗"),
    );
  }
  const isWaiting = chat.presses.isWaiting(message.message_id, button.callback_data);
  const press = () => {
    if (button.copy_text) chat.copy(button.copy_text.text);
    else if (button.callback_data !== undefined) chat.presses.press(message.message_id, button.callback_data);
  };
  return el(
    "button",
    { type: "button", class: `inline-button ${isWaiting ? "waiting" : ""}`, "aria-busy": isWaiting ? "true" : null, onclick: press },
    el("span", null, button.text),
    isWaiting && el("span", { class: "spinner button-mark", "aria-hidden": "true" }),
  );
}

/** Which buttons have been pressed and not yet answered. */
export class Presses {
  /** `send(messageId, data)` → {query_id}; `changed(messageId)` redraws the message; `failed(error)` says so. */
  constructor({ send, changed, failed }) {
    Object.assign(this, { send, changed, failed });
    this.waiting = new Map(); // "message data" → query id, null while it is not known yet
    this.answered = new Set(); // ids whose answer overtook the answer to the press itself
  }

  isWaiting(messageId, data) {
    return this.waiting.has(`${messageId} ${data}`);
  }

  async press(messageId, data) {
    const key = `${messageId} ${data}`;
    if (this.waiting.has(key)) return;
    this.waiting.set(key, null);
    this.changed(messageId);
    try {
      const { query_id: query } = await this.send(messageId, data);
      this.waiting.set(key, query);
      if (this.answered.delete(query)) this.end(key);
      else setTimeout(() => this.waiting.get(key) === query && this.end(key), PATIENCE);
    } catch (error) {
      this.end(key);
      this.failed(error);
    }
  }

  answer(query) {
    const found = [...this.waiting].find(([, waiting]) => waiting === query);
    if (found) this.end(found[0]);
    else this.answered.add(query);
  }

  end(key) {
    this.waiting.delete(key);
    this.changed(Number(key.split(" ", 1)[0]));
  }
}

/** The reply keyboard: `chat.sendText` for plain buttons, `chat.openMap` for those that ask for a place. */
export class ReplyKeyboard {
  constructor(chat) {
    this.chat = chat;
    this.root = el("div", { class: "reply-keyboard", role: "group", hidden: true, label: "write.keyboard" });
    this.markup = null;
    this.isOpen = false;
  }

  /** Is there one at all? (It may be folded away.) */
  get exists() {
    return Boolean(this.markup?.keyboard?.length);
  }

  /** A new keyboard opens by itself; the same one again leaves it as the person put it. */
  set(markup) {
    const isNew = JSON.stringify(markup ?? null) !== JSON.stringify(this.markup);
    this.markup = markup ?? null;
    if (!isNew) return;
    this.root.replaceChildren(...(this.markup?.keyboard ?? []).map((row) => this.row(row)));
    this.root.classList.toggle("tall", this.exists && !this.markup.resize_keyboard);
    this.toggle(this.exists);
  }

  toggle(open = !this.isOpen) {
    this.isOpen = open && this.exists;
    this.root.hidden = !this.isOpen;
    this.chat.keyboardToggled(this.isOpen);
  }

  row(buttons) {
    const made = buttons.map((button) => {
      const { text, request_location: wantsPlace } = typeof button === "string" ? { text: button } : button;
      return el("button", { type: "button", onclick: () => this.tap(text, wantsPlace) }, text);
    });
    return el("div", { class: "keyboard-row" }, made);
  }

  tap(text, wantsPlace) {
    if (wantsPlace) this.chat.openMap();
    else this.chat.sendText(text);
    if (this.markup?.one_time_keyboard) this.toggle(false);
  }
}
