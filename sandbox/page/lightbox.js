// The photo viewer: one photo large, arrow keys and swipes go through its album.

import { captioned } from "./caption.js";
import { el, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { fileUrl } from "./server.js";

/** Show the photo of messages[index]. */
export function openLightbox(messages, index) {
  let at = index;
  const picture = el("img", { class: "lightbox-picture", alt: "" });
  const caption = el("p", { class: "lightbox-caption" });
  const count = el("span", { class: "lightbox-count" });
  const save = el("a", { class: "icon-button", label: "view.download", download: "" }, icon("download"));
  const close = iconButton(icon("close"), "close", () => dialog.close());
  const previous = iconButton(icon("left", 30), "view.previous", () => step(-1), { class: "lightbox-previous" });
  const next = iconButton(icon("right", 30), "view.next", () => step(1), { class: "lightbox-next" });
  const dialog = el(
    "dialog",
    { class: "lightbox", label: "view.title" },
    el("div", { class: "lightbox-bar" }, count, save, close),
    el("div", { class: "lightbox-stage" }, previous, picture, next),
    caption,
  );

  function show() {
    const message = messages[at];
    const url = fileUrl(message.photo.at(-1).file_id);
    picture.src = url;
    save.href = url;
    save.download = `photo-${message.message_id}.jpg`;
    caption.textContent = message.caption ?? captioned(messages)?.caption ?? "";
    count.textContent = messages.length > 1 ? `${at + 1} / ${messages.length}` : "";
    previous.disabled = at === 0;
    next.disabled = at === messages.length - 1;
    previous.hidden = next.hidden = messages.length === 1;
  }

  function step(by) {
    at = Math.min(Math.max(at + by, 0), messages.length - 1);
    show();
  }

  let touched = null;
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("button, a, img")) dialog.close();
  });
  dialog.addEventListener("pointerdown", (event) => (touched = event.clientX));
  dialog.addEventListener("pointerup", (event) => {
    const moved = touched === null ? 0 : event.clientX - touched;
    if (Math.abs(moved) > 50) step(moved < 0 ? 1 : -1);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  show();
  dialog.showModal();
  dialog.focus();
}
