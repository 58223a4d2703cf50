// The sample pictures: tick one or several, add a caption, send. Several photos make an album.

import { el, iconButton, label } from "./dom.js";
import { icon } from "./icons.js";
import { offerToSend, sendFiles } from "./pictures.js";
import { server } from "./server.js";
import { t } from "./strings.js";

/** Open the samples for a phone. */
export async function pickSamples(chat) {
  const ticked = []; // in the order of ticking, which becomes the album's
  let suggested = ""; // the caption that was put in for the person
  const grid = el("div", { class: "samples" });
  const caption = el("input", { type: "text", placeholder: "picture.caption", maxlength: "1024", autocomplete: "off", dir: "auto" });
  const go = el("button", { type: "submit", class: "primary", disabled: true });
  offerToSend(go, 0);
  const form = el(
    "form",
    { method: "dialog" },
    el(
      "header",
      { class: "dialog-head" },
      el("h2", { t: "picture.samples" }),
      el("span", { class: "dialog-who" }, chat.person.first_name),
      iconButton(icon("close"), "close", () => dialog.close()),
    ),
    el("p", { class: "dialog-hint", t: "picture.samples.hint" }),
    grid,
    el("div", { class: "dialog-foot" }, caption, go),
  );
  const dialog = el("dialog", { class: "sheet", label: "picture.samples" }, form);
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", () => chat.attempt(() => send(chat.person.id, ticked, caption.value.trim())));
  document.body.append(dialog);
  dialog.showModal();

  const samples = (await chat.attempt(() => server.samples())) ?? [];
  const tiles = samples.map((sample) => tile(sample, () => toggle(sample)));
  grid.replaceChildren(...(tiles.length ? tiles : [el("p", { t: "picture.none" })]));

  function toggle(sample) {
    const at = ticked.indexOf(sample);
    if (at < 0) ticked.push(sample);
    else ticked.splice(at, 1);
    samples.forEach((one, index) => {
      const number = ticked.indexOf(one) + 1;
      tiles[index].setAttribute("aria-pressed", String(number > 0));
      tiles[index].querySelector(".tick").textContent = number || "";
    });
    offerToSend(go, ticked.length);
    suggest(ticked[0]?.title[chat.speaks] ?? "");
  }

  /** The first picture's title, in the person's language, is the caption until another is written. */
  function suggest(title) {
    if (caption.value === suggested) caption.value = title;
    suggested = title;
  }
}

function tile(sample, onclick) {
  const button = el(
    "button",
    { type: "button", class: "sample", "aria-pressed": "false", "data-sample": sample.name, onclick },
    el("img", { src: sample.url, alt: "", loading: "lazy" }),
    el("span", { class: "tick", "aria-hidden": "true" }),
    el("span", { class: "sample-name" }, el("span", { t: sample.title }), sample.as === "document" && el("small", { t: "picture.is.file" })),
    sample.note && el("span", { class: "sample-note", t: sample.note }),
  );
  label(button, sample.title);
  return button;
}

async function send(chatId, samples, caption) {
  const fetched = (as) => Promise.all(samples.filter((sample) => sample.as === as).map(download));
  const [photos, files] = await Promise.all([fetched("photo"), fetched("document")]);
  if (photos.length) await sendFiles(chatId, photos, { caption, asFile: false });
  if (files.length) await sendFiles(chatId, files, { caption: photos.length ? "" : caption, asFile: true });
}

async function download(sample) {
  const answer = await fetch(sample.url);
  if (!answer.ok) throw new Error(t("failed.network"));
  return new File([await answer.blob()], sample.name, { type: "image/jpeg" });
}
