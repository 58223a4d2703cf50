// A map that can be moved: drag, wheel, pinch and keys change the view; a tap tells where.

import { draw } from "./mapdraw.js";

const CLOSEST = 0.6; // CSS pixels a metre
const TAP = 6; // CSS pixels that a finger may slip and still have tapped
const STEP = 1.6; // of one zoom by button or key

/** The canvas with its view. `onTap(place)` hears where it was tapped. */
export class MapView {
  constructor(canvas, land, { onTap }) {
    Object.assign(this, { canvas, land, onTap });
    this.view = { x: 0, y: 0, scale: 0.01 };
    this.shown = {};
    this.pointers = new Map(); // id → where it is now
    this.slipped = 0;
    this.ended = new AbortController();
    for (const [event, listener] of Object.entries({
      pointerdown: this.down,
      pointermove: this.move,
      pointerup: this.up,
      pointercancel: this.up,
      wheel: this.wheel,
      keydown: this.key,
    })) canvas.addEventListener(event, listener.bind(this), { passive: false });
    new ResizeObserver(() => this.redraw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw(), { signal: this.ended.signal });
  }

  /** Stop listening to what outlives the canvas. */
  end() {
    this.ended.abort();
  }

  /** Show these things on the map: see `draw`. */
  show(things) {
    this.shown = things;
    this.redraw();
  }

  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.canvas.clientWidth) draw(this.canvas, this.land, this.view, this.shown);
    });
  }

  /** Bring a box of metres into view. */
  fit(box, margin = 1.12) {
    const width = Math.max(box.right - box.left, 300) * margin;
    const height = Math.max(box.bottom - box.top, 300) * margin;
    const scale = Math.min(this.canvas.clientWidth / width, this.canvas.clientHeight / height);
    this.look((box.left + box.right) / 2, (box.top + box.bottom) / 2, scale);
  }

  look(x, y, scale = this.view.scale) {
    this.view = { x, y, scale: Math.min(Math.max(scale, this.farthest()), CLOSEST) };
    this.redraw();
  }

  zoom(factor, [left, top] = this.centre()) {
    const [x, y] = this.at(left, top);
    const scale = Math.min(Math.max(this.view.scale * factor, this.farthest()), CLOSEST);
    const [middleX, middleY] = this.centre();
    this.look(x - (left - middleX) / scale, y - (top - middleY) / scale, scale);
  }

  zoomIn() {
    this.zoom(STEP);
  }

  zoomOut() {
    this.zoom(1 / STEP);
  }

  farthest() {
    const { box } = this.land;
    return (0.5 * Math.min(this.canvas.clientWidth, this.canvas.clientHeight)) / Math.max(box.right - box.left, box.bottom - box.top);
  }

  centre() {
    return [this.canvas.clientWidth / 2, this.canvas.clientHeight / 2];
  }

  /** A point of the canvas → metres. */
  at(left, top) {
    const [middleX, middleY] = this.centre();
    return [this.view.x + (left - middleX) / this.view.scale, this.view.y + (top - middleY) / this.view.scale];
  }

  down(event) {
    if (event.button) return;
    this.canvas.setPointerCapture(event.pointerId);
    if (!this.pointers.size) this.slipped = 0;
    this.pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = [event.offsetX, event.offsetY];
    if (this.pointers.size === 1) {
      this.slipped += Math.hypot(now[0] - before[0], now[1] - before[1]);
      if (this.slipped > TAP) this.look(this.view.x - (now[0] - before[0]) / this.view.scale, this.view.y - (now[1] - before[1]) / this.view.scale);
    } else {
      this.slipped = Infinity;
      const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, where]) => where);
      const spread = (where) => Math.max(Math.hypot(where[0] - other[0], where[1] - other[1]), 1);
      this.zoom(spread(now) / spread(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
    }
    this.pointers.set(event.pointerId, now);
  }

  up(event) {
    const wasDown = this.pointers.delete(event.pointerId);
    if (wasDown && event.type === "pointerup" && this.slipped <= TAP && !this.pointers.size) {
      this.onTap(this.land.place(this.at(event.offsetX, event.offsetY)));
    }
  }

  wheel(event) {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0018)), [event.offsetX, event.offsetY]);
  }

  key(event) {
    const away = 60 / this.view.scale;
    const moves = { ArrowLeft: [-away, 0], ArrowRight: [away, 0], ArrowUp: [0, -away], ArrowDown: [0, away] };
    if (moves[event.key]) this.look(this.view.x + moves[event.key][0], this.view.y + moves[event.key][1]);
    else if (event.key === "+" || event.key === "=") this.zoomIn();
    else if (event.key === "-") this.zoomOut();
    else if (event.key === "Enter") this.onTap(this.land.place([this.view.x, this.view.y]));
    else return;
    event.preventDefault();
  }
}
