// Where a person writes: the text field with its buttons, the reply being written, Start and Unblock in its place.

import { attachMenu } from "./attach.js";
import { summary } from "./bubble.js";
import { el, iconButton, label, say } from "./dom.js";
import { icon } from "./icons.js";
import { ReplyKeyboard } from "./keyboard.js";
import { openMenu } from "./menu.js";

const TALLEST = 132; // pixels
const byFinger = matchMedia("(pointer: coarse)");

export class Composer {
  /** `chat` is the phone: what it can send, and whose it is. */
  constructor(chat) {
    this.chat = chat;
    this.replying = null;
    this.keyboard = new ReplyKeyboard({
      sendText: (text) => chat.sendText(text),
      openMap: () => chat.openMap(),
      keyboardToggled: () => this.arrange(),
    });
    this.field = el("textarea", { rows: "1", placeholder: "write.placeholder", maxlength: "20000", enterkeyhint: "send", dir: "auto" });
    this.attach = iconButton(icon("attach"), "write.attach", () => attachMenu(this.attach, this.root, chat), { "aria-haspopup": "menu" });
    this.commands = iconButton(icon("slash"), "write.commands", () => this.showCommands(), { "aria-haspopup": "menu", class: "commands" });
    this.fold = iconButton(icon("keyboard"), "write.keyboard.show", () => this.keyboard.toggle(), { hidden: true, "aria-pressed": "false" });
    this.send = iconButton(icon("send"), "write.send", () => this.submit(), { class: "send", disabled: true });
    this.quoted = el("div", { class: "replying", hidden: true });
    this.line = el("div", { class: "write" }, this.attach, el("div", { class: "field" }, this.field, this.commands, this.fold), this.send);
    this.instead = el("button", { type: "button", class: "instead", hidden: true });
    this.root = el("footer", { class: "composer" }, this.quoted, this.line, this.instead, this.keyboard.root);
    this.instead.addEventListener("click", () => (chat.person.blocked ? chat.unblock() : chat.sendText("/start")));
    this.field.addEventListener("input", () => this.grow());
    this.field.addEventListener("focus", () => byFinger.matches && this.keyboard.toggle(false)); // the machine's own takes its room
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => this.paste(event));
  }

  /** Show what fits the chat now: Unblock, Start, or the text field. */
  arrange() {
    const { person, isEmpty } = this.chat;
    const instead = person.blocked ? "person.unblock" : isEmpty ? "chat.start" : null;
    this.instead.hidden = !instead;
    if (instead) say(this.instead, instead);
    this.line.hidden = Boolean(person.blocked);
    this.instead.classList.toggle("start", !person.blocked);
    this.commands.hidden = !person.commands?.length;
    this.fold.hidden = !this.keyboard.exists;
    this.fold.setAttribute("aria-pressed", String(this.keyboard.isOpen));
    this.fold.replaceChildren(icon(this.keyboard.isOpen ? "down" : "keyboard"));
    label(this.fold, this.keyboard.isOpen ? "write.keyboard.hide" : "write.keyboard.show");
    this.keyboard.root.hidden = !this.keyboard.isOpen || Boolean(person.blocked);
    this.field.dir = "auto";
  }

  /** Quote a message in the next text; null for none. */
  reply(message) {
    this.replying = message;
    this.quoted.hidden = !message;
    if (!message) return;
    const words = el("span", { class: "quote-words" });
    say(words, summary(message));
    const name = message.from?.is_bot ? this.chat.links.bot.name : message.from?.first_name;
    this.quoted.replaceChildren(
      icon("reply", 20),
      el("div", { class: "quote" }, el("span", { class: "quote-name" }, name ?? ""), words),
      iconButton(icon("close", 20), "write.reply.cancel", () => this.reply(null)),
    );
    this.field.focus();
  }

  async submit() {
    const text = this.field.value;
    if (!text.trim()) return;
    const { replying } = this;
    this.field.value = "";
    this.grow();
    this.reply(null);
    if (await this.chat.sendText(text, replying?.message_id)) return;
    this.field.value = text; // it did not get through: nothing typed is lost
    this.grow();
    this.reply(replying);
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
    this.send.disabled = !this.field.value.trim();
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.replying) {
      this.reply(null);
    } else if (event.key === "ArrowDown" && this.field.value === "/" && !this.commands.hidden) {
      event.preventDefault();
      this.showCommands();
    }
  }

  paste(event) {
    const pictures = [...event.clipboardData.files];
    if (!pictures.length) return;
    event.preventDefault();
    this.chat.sendPictures(pictures);
  }

  showCommands() {
    const entries = this.chat.person.commands.map(({ command, description }) => ({
      text: { zh: `/${command}`, en: `/${command}` },
      hint: { zh: description, en: description },
      act: () => this.chat.sendText(`/${command}`),
    }));
    openMenu(this.commands, this.root, entries, "command-menu");
  }
}
