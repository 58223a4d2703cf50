// What a message carries besides words → nodes. A node of the class "bare" needs no padding around it.

import { el, label, say } from "./dom.js";
import { icon } from "./icons.js";
import { openLightbox } from "./lightbox.js";
import { locationPiece } from "./pinmap.js";
import { fileUrl } from "./server.js";
import { voicePlayer } from "./voice.js";

const WIDEST = 296; // CSS pixels of a lone photo
const TALLEST = 360;

/** The nodes of everything a message carries; `chat` is what a bubble knows of its phone. */
export function pieces(message, chat) {
  if (message.photo) return [lonePhoto(message)];
  if (message.venue || message.location) return [locationPiece(message, chat)];
  if (message.video) return [video(message.video)];
  if (message.animation) return [video(message.animation)];
  if (message.document) return [documentPiece(message.document)];
  if (message.voice) return [voicePlayer(message.voice)];
  if (message.audio) return [el("audio", { controls: true, preload: "none", src: fileUrl(message.audio.file_id) })];
  if (message.sticker) return [sticker(message.sticker)];
  if (message.contact) return [contact(message.contact)];
  return message.text === undefined ? [el("div", { class: "unknown", t: "message.unknown" })] : [];
}

/** The picture itself, in the size that is just large enough for `width` CSS pixels on a sharp screen. */
export function photoImage(message, width) {
  const wanted = width * Math.min(window.devicePixelRatio || 1, 2);
  const bySize = [...message.photo].sort((a, b) => a.width - b.width);
  const size = bySize.find((candidate) => candidate.width >= wanted) ?? bySize.at(-1);
  return el("img", { src: fileUrl(size.file_id), alt: message.caption ?? "", loading: "lazy", decoding: "async", draggable: "false" });
}

/** Width by height of a photo. */
export function aspect(message) {
  const largest = message.photo.at(-1);
  return largest.width / largest.height;
}

/** A photo as a button that opens the viewer on it, among the photos of its album. */
export function photoButton(messages, index, width) {
  const button = el("button", { type: "button", class: "photo", onclick: () => openLightbox(messages, index) });
  label(button, "message.photo.of", { n: index + 1, count: messages.length });
  button.append(photoImage(messages[index], width));
  return button;
}

function lonePhoto(message) {
  const ratio = Math.min(Math.max(aspect(message), 0.6), 2.4);
  const width = Math.min(WIDEST, TALLEST * ratio);
  const button = photoButton([message], 0, width);
  button.classList.add("bare");
  button.style.width = `${width}px`;
  button.style.aspectRatio = String(ratio);
  return button;
}

function documentPiece(file) {
  const url = fileUrl(file.file_id);
  const name = file.file_name ?? "file";
  const isPicture = file.mime_type?.startsWith("image/");
  const badge = isPicture
    ? el("img", { class: "file-thumb", src: url, alt: "", loading: "lazy" })
    : el("span", { class: "file-badge" }, icon("file", 22));
  badge.addEventListener("error", () => badge.replaceWith(el("span", { class: "file-badge" }, icon("file", 22))));
  const link = el(
    "a",
    { class: "file", href: url, download: name },
    badge,
    el("span", { class: "file-name" }, name),
    el("span", { class: "file-size" }, size(file.file_size)),
    el("span", { class: "file-save" }, icon("download", 18)),
  );
  label(link, "message.download", { name });
  return link;
}

/** Bytes as people read them. */
export function size(bytes = 0) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function video(file) {
  const ratio = file.width && file.height ? file.width / file.height : 16 / 9;
  return el("video", { class: "video bare", controls: true, preload: "metadata", src: fileUrl(file.file_id), style: `aspect-ratio:${ratio}`, label: "message.video" });
}

function sticker(file) {
  return el("div", { class: "sticker bare", role: "img", label: "message.sticker" }, file.emoji ?? "🙂");
}

function contact(person) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(" ");
  const kind = el("span", { class: "file-size" });
  say(kind, { zh: person.phone_number, en: person.phone_number });
  return el("div", { class: "file" }, el("span", { class: "file-badge" }, icon("person", 22)), el("span", { class: "file-name" }, name), kind);
}
