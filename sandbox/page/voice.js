// Voice messages: playing one, and making the little clip that "Voice" sends.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { fileUrl } from "./server.js";

const BARS = 34;
const RATE = 16_000; // samples a second
const SECONDS = 2;

/** A round play button, a drawn wave and the length. */
export function voicePlayer(voice) {
  const sound = new Audio();
  sound.preload = "none";
  sound.src = fileUrl(voice.file_id);
  const button = el("button", { type: "button", class: "voice-button", label: "message.play" }, icon("play", 22));
  const bars = Array.from({ length: BARS }, (_, index) => el("i", { style: `height:${height(voice.file_id, index)}px` }));
  const show = () => button.replaceChildren(icon(sound.paused ? "play" : "pause", 22));
  button.addEventListener("click", () => (sound.paused ? sound.play().catch(show) : sound.pause()));
  for (const event of ["play", "pause", "ended"]) sound.addEventListener(event, show);
  sound.addEventListener("timeupdate", () => {
    const played = (sound.currentTime / (sound.duration || voice.duration || 1)) * BARS;
    bars.forEach((bar, index) => bar.classList.toggle("played", index < played && !sound.ended));
  });
  const length = voice.duration ?? 0;
  const said = `${Math.floor(length / 60)}:${String(Math.round(length % 60)).padStart(2, "0")}`;
  return el("div", { class: "voice" }, button, el("div", { class: "voice-wave", "aria-hidden": "true" }, bars), el("span", { class: "voice-length" }, said));
}

/** A wave's bar, always the same for the same file: nobody decodes the sound to draw it. */
function height(seed, index) {
  let mixed = index * 374761393;
  for (const letter of seed) mixed = Math.imul(mixed ^ letter.codePointAt(0), 668265263);
  return 4 + (Math.abs(mixed >> 7) % 17);
}

/** Two seconds of a soft two-tone chime, as a WAV file. */
export function chime() {
  const count = RATE * SECONDS;
  const bytes = new DataView(new ArrayBuffer(44 + count * 2));
  const write = (offset, text) => [...text].forEach((letter, index) => bytes.setUint8(offset + index, letter.charCodeAt(0)));
  write(0, "RIFF");
  bytes.setUint32(4, 36 + count * 2, true);
  write(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true); // PCM
  bytes.setUint16(22, 1, true); // mono
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, RATE * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  write(36, "data");
  bytes.setUint32(40, count * 2, true);
  for (let index = 0; index < count; index += 1) {
    const second = index / RATE;
    const tone = second < 1 ? 523.25 : 659.25;
    const fade = Math.exp(-3 * (second % 1)) * Math.min(1, (second % 1) * 50);
    bytes.setInt16(44 + index * 2, 9000 * fade * Math.sin(2 * Math.PI * tone * second), true);
  }
  return new File([bytes.buffer], "voice.wav", { type: "audio/wav" });
}
