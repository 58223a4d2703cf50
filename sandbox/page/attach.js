// The attach sheet: what can be sent besides words.

import { el } from "./dom.js";
import { openMenu } from "./menu.js";
import { pickSamples } from "./samples.js";

/** Open the sheet over the composer of a phone. */
export function attachMenu(opener, parent, chat) {
  openMenu(
    opener,
    parent,
    [
      { icon: "picture", text: "attach.photo", act: () => fromDisk("image/*,video/*", (files) => chat.sendPictures(files)) },
      { icon: "samples", text: "attach.sample", act: () => pickSamples(chat) },
      { icon: "file", text: "attach.file", hint: "attach.file.hint", act: () => fromDisk("", (files) => chat.sendPictures(files, { asFile: true })) },
      { icon: "pin", text: "attach.place", act: () => chat.openMap() },
      { icon: "voice", text: "attach.voice", act: () => chat.sendVoice() },
    ],
    "attach-menu",
  );
}

/** Ask for files. The input is in the page while it is asked, so that it can be found there. */
function fromDisk(accept, chosen) {
  document.querySelectorAll("input.from-disk").forEach((old) => old.remove());
  const input = el("input", { type: "file", class: "from-disk", multiple: true, accept, hidden: true });
  input.addEventListener("change", () => {
    if (input.files.length) chosen([...input.files]);
    input.remove();
  });
  document.body.append(input);
  input.click();
}
