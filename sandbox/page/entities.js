// Text with Telegram's entities → DOM nodes. Offsets count UTF-16 units, which is how JavaScript indexes strings.

import { el } from "./dom.js";
import { follow } from "./links.js";

const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** The text's nodes. `links` says what a pressed link or command does (see links.js). */
export function render(text, entities = [], links) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes({ text, entities: ordered, links }, 0, text.length, { from: 0, to: ordered.length }));
  return fragment;
}

/** The nodes of text[start, end), in which the entities [from, to) of the ordered list begin. */
function nodes(whole, start, end, { from, to }) {
  const made = [];
  let at = start;
  for (let index = from; index < to; ) {
    const entity = whole.entities[index];
    const opens = Math.max(entity.offset, at);
    const closes = Math.min(entity.offset + entity.length, end);
    let inside = index + 1;
    while (inside < to && whole.entities[inside].offset < closes) inside += 1;
    if (closes > opens) {
      if (opens > at) made.push(whole.text.slice(at, opens));
      const children = nodes(whole, opens, closes, { from: index + 1, to: inside });
      made.push(wrap(entity, whole.text.slice(opens, closes), { children, links: whole.links }));
      at = closes;
      // A block ends its line by itself: the line break that follows it in the text would be an empty line.
      if (BLOCKS.has(entity.type) && whole.text[at] === "\n" && at < end) at += 1;
    }
    index = inside;
  }
  if (at < end) made.push(whole.text.slice(at, end));
  return made;
}

function wrap(entity, text, { children, links }) {
  if (entity.type in SIMPLE) return el(SIMPLE[entity.type], null, children);
  switch (entity.type) {
    case "code":
      return el("code", null, children);
    case "pre":
      return el("pre", null, el("code", null, children));
    case "blockquote":
      return el("blockquote", null, children);
    case "expandable_blockquote":
      return expandable(children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return link(entity.url, children, links);
    case "url":
      return link(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`, children, links);
    case "email":
      return link(`mailto:${text}`, children, links);
    case "phone_number":
      return link(`tel:${text}`, children, links);
    case "mention":
      return link(`https://t.me/${text.slice(1)}`, children, links);
    case "bot_command":
      return el("button", { type: "button", class: "command-link", onclick: () => links.sendText(text) }, children);
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return el("span", { class: "mention" }, children);
    default:
      return el("span", null, children); // custom emoji and what is yet to come: their plain text
  }
}

function link(url, children, links) {
  const open = (event) => {
    event.preventDefault();
    follow(url, links);
  };
  return el("a", { href: url, rel: "noopener noreferrer", title: url, onclick: open }, children);
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler-text", "aria-hidden": "true" }, children);
  const cover = el("span", { class: "spoiler", role: "button", tabindex: "0", label: "message.spoiler" }, hidden);
  const show = () => {
    hidden.removeAttribute("aria-hidden");
    cover.replaceWith(el("span", { class: "spoiler-shown" }, hidden));
  };
  cover.addEventListener("click", show);
  cover.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), show()));
  return cover;
}

function expandable(children) {
  const quote = el("blockquote", { class: "folded" }, children);
  const more = el("button", { type: "button", class: "quote-more", label: "message.more" }, "⌄");
  more.addEventListener("click", () => {
    quote.classList.remove("folded");
    more.remove();
  });
  quote.append(more);
  return quote;
}
