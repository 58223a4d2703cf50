// One message (or one album) → its bubble.

import { album } from "./album.js";
import { captioned } from "./caption.js";
import { el, iconButton, say } from "./dom.js";
import { render } from "./entities.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./keyboard.js";
import * as media from "./media.js";
import { clock } from "./times.js";

/**
 * `messages`: one, or those of an album in order. `chat` gives what a bubble needs of its phone: `links`, `presses`,
 * `find(messageId)`, `show(messageId)`, `reply(message)`, `move(message, place)` and `copy(text)`. `place` says where it stands among its neighbours: {joined, tail}.
 */
export function bubble(messages, chat, place) {
  const first = messages[0];
  if (first.pinned_message) return service(first);
  const isOut = !first.from?.is_bot;
  const caption = captioned(messages);
  const words = first.text ?? caption?.caption ?? "";
  const picture = messages.length > 1 && messages.every((message) => message.photo) ? album(messages) : messages.flatMap((message) => media.pieces(message, chat));
  const onlyPicture = picture.length > 0 && !words && picture.every((node) => node.classList.contains("bare"));

  const box = el("div", { class: `bubble ${onlyPicture ? "only-picture" : ""} ${picture.length ? "with-media" : ""}` });
  if (first.forward_origin) box.append(forwarded(first.forward_origin));
  if (first.reply_to_message) box.append(quote(first.reply_to_message, chat));
  box.append(...picture);
  const note = meta(messages, isOut);
  if (words) {
    const entities = first.text === undefined ? caption?.caption_entities : first.entities;
    box.append(el("div", { class: "words", dir: "auto" }, render(words, entities, chat.links), note));
  } else {
    box.append(note);
  }
  const keyboard = inlineKeyboard(messages.at(-1), chat) ?? (messages.length > 1 ? inlineKeyboard(first, chat) : null);
  return el(
    "article",
    {
      class: `message ${isOut ? "out" : "in"} ${place.joined ? "joined" : ""} ${place.tail ? "tail" : ""}`,
      "data-message-id": String(first.message_id),
      "data-message-ids": messages.map((message) => message.message_id).join(" "),
    },
    el("div", { class: "bubble-line" }, box, iconButton(icon("reply", 18), "message.reply", () => chat.reply(first), { class: "reply-button" })),
    keyboard && el("div", { class: "inline-keyboard" }, keyboard),
  );
}

/** A short description of a message, for quotes: its words, or what kind it is. */
export function summary(message) {
  const words = message.text ?? message.caption;
  if (words) return { zh: words, en: words };
  const kind = ["photo", "document", "venue", "location", "video", "voice", "sticker", "contact"].find((name) => message[name]);
  if (kind === "venue") return { zh: message.venue.title, en: message.venue.title };
  return kind ? `message.${kind}` : "message.unknown";
}

function meta(messages, isOut) {
  const last = messages.at(-1);
  const edited = messages.some((message) => message.edit_date);
  const note = el("span", { class: "meta" });
  if (edited) note.append(el("span", { class: "edited", t: "message.edited" }), " ");
  note.append(el("time", { datetime: new Date(last.date * 1000).toISOString() }, clock(last.date)));
  if (isOut) note.append(icon("checks", 17));
  return note;
}

function quote(message, chat) {
  const who = message.from?.is_bot ? chat.links.bot.name : (message.from?.first_name ?? "");
  const words = el("span", { class: "quote-words" });
  say(words, chat.find(message.message_id) ? summary(message) : "message.deleted");
  return el(
    "button",
    { type: "button", class: "quote", onclick: () => chat.show(message.message_id) },
    el("span", { class: "quote-name" }, who),
    words,
  );
}

function forwarded(origin) {
  const name = origin.sender_user?.first_name ?? origin.sender_user_name ?? origin.chat?.title ?? "";
  const line = el("div", { class: "forwarded" });
  say(line, "message.forwarded", { name });
  return line;
}

function service(message) {
  const line = el("span", null);
  say(line, "message.pinned", { name: message.from?.first_name ?? "" });
  return el("div", { class: "service", "data-message-id": String(message.message_id) }, line);
}
