// The page's icons: strokes on a 24 × 24 sheet.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  send: "M4 12 3.500 4.500 21 12 3.500 19.500 4 12zm0 0h8",
  attach: "M20 11.500l-8.200 8.200a5.200 5.200 0 0 1-7.400-7.400l8.600-8.500a3.500 3.500 0 0 1 5 5l-8.500 8.400a1.700 1.700 0 0 1-2.500-2.400l7.700-7.700",
  keyboard: "M4 6.500h16a1.500 1.500 0 0 1 1.500 1.500v8a1.500 1.500 0 0 1-1.500 1.500H4A1.500 1.500 0 0 1 2.500 16V8A1.500 1.500 0 0 1 4 6.500zM6.500 10h.01M10 10h.01M14 10h.01M17.500 10h.01M8 14h8",
  slash: "M15 5.500 9 18.500",
  close: "M6 6l12 12M18 6 6 18",
  dots: "M12 5.500h.01M12 12h.01M12 18.500h.01",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  down: "M6 9.500l6 6 6-6",
  left: "M14.500 5.500 8 12l6.500 6.500",
  right: "M9.500 5.500 16 12l-6.500 6.500",
  reply: "M10 6 4 11.500 10 17v-3.500c5 0 8 1.500 10 4.500-.6-5-3.500-9-10-9.500z",
  picture: "M5 4.500h14a1.500 1.500 0 0 1 1.500 1.500v12a1.500 1.500 0 0 1-1.500 1.500H5A1.500 1.500 0 0 1 3.500 18V6A1.500 1.500 0 0 1 5 4.500zM4 17l5-5 4 4 2.500-2.500L20 18M15.500 9.500h.01",
  samples: "M9 4h9.500A1.500 1.500 0 0 1 20 5.500V15M5.500 8h9A1.500 1.500 0 0 1 16 9.500v9a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 4 18.500v-9A1.500 1.500 0 0 1 5.500 8zM4.500 18l3.500-4 3 3 1.500-1.500L15.500 19",
  file: "M7 3.500h7l5 5V19a1.500 1.500 0 0 1-1.500 1.500h-10.500A1.500 1.500 0 0 1 5.500 19V5A1.500 1.500 0 0 1 7 3.500zM13.500 4v5h5",
  pin: "M12 21s-7-6.500-7-11.500a7 7 0 0 1 14 0C19 14.500 12 21 12 21zm0-14a2.600 2.600 0 1 0 0 5.200A2.600 2.600 0 0 0 12 7z",
  voice: "M12 3.500a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3",
  play: "M8 5.500 18.500 12 8 18.500z",
  pause: "M8.500 6v12M15.500 6v12",
  download: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
  check: "M5 12.500l4.500 4.500L19 7.500",
  checks: "M2.500 12.500 7 17l8.500-9.500M11.500 16l1 1L21.500 7.500",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20c.8-4 3.700-5.500 7.500-5.500s6.700 1.500 7.500 5.500",
  globe: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM3.500 12h17M12 3.500c3 2.500 4 5.500 4 8.500s-1 6-4 8.500c-3-2.500-4-5.500-4-8.500s1-6 4-8.500z",
  block: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM6 6l12 12",
  broom: "M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13M10.500 10.500v6M13.500 10.500v6",
  search: "M10.500 4.500a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5",
  whole: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  outside: "M9 6 6.500 17M7 7h10l1 10H6M15 4l6 6M21 4l-6 6",
};

/** A decorative icon: what it means is said by the control that carries it. */
export function icon(name, size = 24) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("width", size);
  picture.setAttribute("height", size);
  picture.setAttribute("class", `icon icon-${name}`);
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  picture.append(path);
  return picture;
}
