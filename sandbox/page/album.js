// An album's photos laid out as one picture, in rows, the way Telegram does.

import { el } from "./dom.js";
import { aspect, photoButton } from "./media.js";

const WIDTH = 300; // CSS pixels
const ROWS = { 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [3, 4], 8: [2, 3, 3], 9: [3, 3, 3], 10: [3, 3, 4] };

/** The album's nodes: one block with every photo in order, each opening the viewer. */
export function album(messages) {
  const shapes = messages.map((message) => Math.min(Math.max(aspect(message), 0.66), 1.8));
  let next = 0;
  const rows = rowsOf(shapes).map((count) => {
    const from = next;
    next += count;
    return row(messages, shapes, { from, to: next });
  });
  return [el("div", { class: "album bare", style: `width:${WIDTH}px` }, rows)];
}

/** How many photos each row holds. */
function rowsOf(shapes) {
  if (shapes.length === 2 && shapes.every((shape) => shape > 1.5)) return [1, 1];
  return ROWS[shapes.length] ?? shapes.map(() => 1);
}

function row(messages, shapes, { from, to }) {
  const total = shapes.slice(from, to).reduce((sum, shape) => sum + shape, 0);
  const line = el("div", { class: "album-row", style: `aspect-ratio:${Math.max(total, 1.35)}` });
  for (let index = from; index < to; index += 1) {
    const photo = photoButton(messages, index, (WIDTH * shapes[index]) / total);
    photo.style.flexGrow = String(shapes[index]);
    line.append(photo);
  }
  return line;
}
