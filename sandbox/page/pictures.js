// The dialog before pictures from disk are sent: a look at them, a caption, as photos or as files.

import { el, iconButton, say } from "./dom.js";
import { icon } from "./icons.js";
import { size } from "./media.js";
import { server } from "./server.js";

const ALBUM = 10; // Telegram's most
const CAPTION = "1024";

/** Ask how to send `files`; `send(files, caption, asFile)` is called when that is settled. */
export function askHow(person, files, { asFile = false, send }) {
  const urls = files.map((file) => URL.createObjectURL(file));
  const previews = files.map((file, index) => preview(file, urls[index]));
  const caption = el("input", { type: "text", placeholder: "picture.caption", maxlength: CAPTION, autocomplete: "off", dir: "auto" });
  const choice = howToSend(asFile);
  const go = el("button", { type: "submit", class: "primary" });
  offerToSend(go, files.length);
  const form = el(
    "form",
    { method: "dialog" },
    el("header", { class: "dialog-head" }, el("h2", { t: "picture.title" }), el("span", { class: "dialog-who" }, person.first_name), iconButton(icon("close"), "close", () => dialog.close())),
    el("div", { class: `previews ${files.length === 1 ? "single" : ""}` }, previews),
    choice,
    el("div", { class: "dialog-foot" }, caption, go),
  );
  const dialog = el("dialog", { class: "sheet", label: "picture.title" }, form);
  form.addEventListener("submit", () => send(files, caption.value.trim(), form.elements.how.value === "file"));
  dialog.addEventListener("close", () => {
    urls.forEach((url) => URL.revokeObjectURL(url));
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  caption.focus();
}

/** The button that sends: it says how many where there are several, and cannot be pressed where there is none. */
export function offerToSend(button, count) {
  button.disabled = !count;
  if (count > 1) say(button, "picture.send", { count });
  else say(button, "write.send");
}

/** Send files in the chat: photos together as albums, videos and files one by one, the caption on the first. */
export async function sendFiles(chatId, files, { caption, asFile }) {
  const isPhoto = (file) => !asFile && file.type.startsWith("image/");
  const photos = files.filter(isPhoto);
  let words = caption;
  for (let from = 0; from < photos.length; from += ALBUM) {
    await server.photos(chatId, photos.slice(from, from + ALBUM), words);
    words = "";
  }
  for (const file of files.filter((other) => !isPhoto(other))) {
    const upload = !asFile && file.type.startsWith("video/") ? server.video : server.document;
    await upload(chatId, file, words);
    words = "";
  }
}

function preview(file, url) {
  if (!file.type.startsWith("image/")) return fileRow(file);
  const picture = el("img", { src: url, alt: file.name });
  picture.addEventListener("error", () => picture.replaceWith(fileRow(file)));
  return picture;
}

function fileRow(file) {
  return el("div", { class: "file" }, el("span", { class: "file-badge" }, icon("file", 22)), el("span", { class: "file-name" }, file.name), el("span", { class: "file-size" }, size(file.size)));
}

function howToSend(asFile) {
  const option = (value, text, checked) => el("label", null, el("input", { type: "radio", name: "how", value, checked }), el("span", { t: text }));
  return el("fieldset", { class: "segmented", label: "picture.as" }, option("photo", "picture.as.photo", !asFile), option("file", "picture.as.file", asFile));
}
