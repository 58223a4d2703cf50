// A chat's messages on the screen: redrawn only where something changed, and scrolled the way a phone does it.

import { bubble } from "./bubble.js";
import { el, iconButton, say } from "./dom.js";
import { icon } from "./icons.js";
import { date, day } from "./times.js";

const NEAR_BOTTOM = 80; // pixels
const RUN = 300; // seconds between messages that still belong together

export class History {
  /** `chat` is what bubbles need of their phone (see bubble.js). */
  constructor(chat) {
    this.chat = chat;
    this.messages = new Map();
    this.drawn = new Map(); // an item's key → {signature, node}
    this.unread = 0;
    this.items = el("div", { class: "items" });
    this.list = el("div", { class: "list", role: "log", "aria-live": "polite", tabindex: "0" }, this.items);
    this.count = el("span", { class: "badge", hidden: true });
    this.jump = iconButton(icon("down"), "chat.down", () => this.toBottom(true), { class: "jump", hidden: true });
    this.jump.append(this.count);
    this.root = el("div", { class: "history" }, this.list, this.jump);
    this.wasAtBottom = true;
    this.list.addEventListener("scroll", () => this.scrolled());
    // Maps and pictures grow after they are put in, and the reply keyboard takes room away: the newest stays in view.
    const resized = new ResizeObserver(() => this.wasAtBottom && this.toBottom());
    resized.observe(this.list);
    resized.observe(this.items);
  }

  /** All messages at once: at the start, and after a break. */
  reset(messages) {
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    this.render();
    if (this.wasAtBottom) this.toBottom();
  }

  put(message) {
    const isNew = !this.messages.has(message.message_id);
    const before = this.messages.get(message.message_id);
    if (before && written(before) === written(message)) return;
    this.messages.set(message.message_id, message);
    this.render();
    if (!isNew) this.flash(message.message_id);
    if (isNew && (this.wasAtBottom || !message.from?.is_bot)) this.toBottom(true);
    else if (isNew) this.unread += 1;
    else if (this.wasAtBottom) this.toBottom();
    this.showJump();
  }

  remove(messageId) {
    this.messages.delete(messageId);
    this.render();
  }

  find(messageId) {
    return this.messages.get(messageId);
  }

  /** Draw what changed. */
  render() {
    const items = this.arranged();
    const kept = new Map();
    let cursor = this.items.firstChild;
    for (const item of items) {
      const old = this.drawn.get(item.key);
      const node = old?.signature === item.signature ? old.node : item.draw();
      if (!old && this.drawn.size) node.classList.add("arriving");
      kept.set(item.key, { signature: item.signature, node });
      if (old && old.node !== node && old.node === cursor) cursor = cursor.nextSibling;
      if (node === cursor) cursor = cursor.nextSibling;
      else this.items.insertBefore(node, cursor);
    }
    for (const [key, { node }] of this.drawn) if (kept.get(key)?.node !== node) node.remove();
    this.drawn = kept;
    this.seen = this.measured();
  }

  /** What is on the screen, in order: days, and messages with the albums put together. */
  arranged() {
    const groups = [];
    for (const message of [...this.messages.values()].sort((a, b) => a.message_id - b.message_id)) {
      const group = groups.at(-1);
      if (group && message.media_group_id && group[0].media_group_id === message.media_group_id) group.push(message);
      else groups.push([message]);
    }
    const items = groups.length ? [] : [this.empty()];
    groups.forEach((group, index) => {
      const isNewDay = !index || dateOf(groups[index - 1][0]) !== dateOf(group[0]);
      if (isNewDay) items.push(separator(group[0]));
      const place = { joined: !isNewDay && belong(groups[index - 1], group), tail: !belong(group, groups[index + 1]) };
      const waiting = group.map((message) => buttons(message).filter((button) => this.chat.presses.isWaiting(message.message_id, button.callback_data)).map((button) => button.callback_data));
      const quoted = this.find(group[0].reply_to_message?.message_id);
      items.push({
        key: `message ${group[0].message_id}`,
        signature: group.map(written).join() + JSON.stringify([place, waiting, Boolean(quoted)]),
        draw: () => bubble(group, this.chat, place),
      });
    });
    return items;
  }

  empty() {
    const draw = () => el("div", { class: "empty" }, el("strong", { t: "chat.empty" }), el("span", { t: "chat.empty.hint" }));
    return { key: "empty", signature: "", draw };
  }

  node(messageId) {
    return this.list.querySelector(`[data-message-ids~="${messageId}"], .service[data-message-id="${messageId}"]`);
  }

  /** Scroll to a message and light it up. */
  show(messageId) {
    this.node(messageId)?.scrollIntoView({ block: "center", behavior: "smooth" });
    this.flash(messageId);
  }

  flash(messageId) {
    const node = this.node(messageId);
    node?.classList.remove("arriving", "flash");
    void node?.offsetWidth; // lets the animation start anew
    node?.classList.add("flash");
  }

  toBottom(smooth = false) {
    this.wasAtBottom = true;
    this.unread = 0;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.showJump();
  }

  scrolled() {
    const { seen: before } = this;
    const seen = (this.seen = this.measured());
    // Only a way up leaves the bottom (a smooth scroll down may be under way), and only a person's: when a message goes,
    // shrinks or grows, the browser moves the list by itself, and says so when the next message may be here already.
    const isSameSize = seen.height === before?.height && seen.room === before?.room;
    if (seen.left < NEAR_BOTTOM) this.wasAtBottom = true;
    else if (isSameSize && seen.top < before.top) this.wasAtBottom = false;
    if (seen.left < NEAR_BOTTOM) this.unread = 0;
    this.showJump();
  }

  /** Where the list stands, in pixels: its own size, what is above, and what is left below. */
  measured() {
    const { scrollHeight: height, scrollTop: top, clientHeight: room } = this.list;
    return { height, room, top, left: height - top - room };
  }

  showJump() {
    this.jump.hidden = this.wasAtBottom || this.measured().left < NEAR_BOTTOM;
    this.count.hidden = !this.unread;
    this.count.textContent = this.unread;
  }
}

const writings = new WeakMap();

/** The message as JSON. Messages are replaced, never changed, so each is written once. */
function written(message) {
  if (!writings.has(message)) writings.set(message, JSON.stringify(message));
  return writings.get(message);
}

function buttons(message) {
  return (message.reply_markup?.inline_keyboard ?? []).flat();
}

function dateOf(message) {
  return date(message.date);
}

/** Do two neighbours look like one run: the same sender, soon after each other? */
function belong(group, next) {
  if (!group || !next) return false;
  const [one, other] = [group.at(-1), next[0]];
  if (one.pinned_message || other.pinned_message || one.reply_markup?.inline_keyboard?.length) return false;
  return Boolean(one.from?.is_bot) === Boolean(other.from?.is_bot) && other.date - one.date < RUN && dateOf(one) === dateOf(other);
}

function separator(message) {
  const draw = () => {
    const words = el("span", null);
    say(words, day(message.date));
    return el("div", { class: "day" }, words);
  };
  return { key: `day ${dateOf(message)}`, signature: "", draw };
}
