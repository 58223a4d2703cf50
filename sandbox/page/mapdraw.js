// Painting the grids onto a canvas, for the map in the dialog and for the small ones in messages.

const TINTS = 6;
const LABEL_ROOM = 74; // CSS pixels of width that a grid must have on the screen to be named

/**
 * Paint a view {x, y, scale} (metres of the middle, CSS pixels a metre). `chosen` is the grid to light up,
 * `pin` a flat point or null, `labels` whether grids and towns are named.
 */
export function draw(canvas, land, view, { chosen = null, pin = null, isLive = false, labels = true } = {}) {
  const { width, height, context, ratio } = sized(canvas);
  const colours = palette();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = colours.outside;
  context.fillRect(0, 0, canvas.width, canvas.height);

  const scale = view.scale * ratio;
  context.setTransform(scale, 0, 0, scale, canvas.width / 2 - view.x * scale, canvas.height / 2 - view.y * scale);
  const seen = visible(land, view, { width, height });
  for (const grid of seen) {
    context.fillStyle = grid === chosen ? colours.chosen : grid.isUrban ? colours.urban : colours.tints[grid.tint % TINTS];
    context.fill(grid.shape, "evenodd");
  }
  context.lineWidth = Math.min(1.3, 0.35 + view.scale * 9) / view.scale;
  context.lineJoin = "round";
  context.strokeStyle = colours.border;
  for (const grid of seen) context.stroke(grid.shape);
  if (chosen) {
    context.lineWidth = 2.4 / view.scale;
    context.strokeStyle = colours.chosenBorder;
    context.stroke(chosen.shape);
  }

  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const onScreen = ([x, y]) => [width / 2 + (x - view.x) * view.scale, height / 2 + (y - view.y) * view.scale];
  // The grid with the pin is named under the map, and the pin would hide its name.
  if (labels) write(context, seen.filter((grid) => grid !== chosen || !pin), { view, land, onScreen, colours });
  if (pin) drawPin(context, onScreen(pin), { isLive, colours });
}

function sized(canvas) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  return { width, height, context: canvas.getContext("2d"), ratio };
}

function visible(land, view, { width, height }) {
  const [halfWidth, halfHeight] = [width / 2 / view.scale, height / 2 / view.scale];
  return land.grids.filter(
    ({ box }) => box.right > view.x - halfWidth && box.left < view.x + halfWidth && box.bottom > view.y - halfHeight && box.top < view.y + halfHeight,
  );
}

function write(context, seen, { view, land, onScreen, colours }) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const put = (text, [x, y], font) => {
    context.font = `${font} system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif`;
    context.lineWidth = 3;
    context.strokeStyle = colours.halo;
    context.strokeText(text, x, y);
    context.fillStyle = colours.text;
    context.fillText(text, x, y);
  };
  const roomy = seen.filter(({ box }) => (box.right - box.left) * view.scale > LABEL_ROOM);
  for (const grid of roomy) {
    const [x, y] = onScreen(grid.middle);
    put(grid.name, [x, y - 7], "500 12px");
    put(grid.code, [x, y + 8], "10.5px");
  }
  if (!roomy.length) {
    for (const [name, middle] of townsOf(land)) put(name, onScreen(middle), "500 13px");
  }
}

/** Town → the mean of its grids' middles. Computed once a county. */
function townsOf(land) {
  land.towns ??= [...Map.groupBy(land.grids, (grid) => grid.town)].map(([town, grids]) => {
    const mean = (axis) => grids.reduce((sum, grid) => sum + grid.middle[axis], 0) / grids.length;
    return [town, [mean(0), mean(1)]];
  });
  return land.towns.filter(([town]) => town);
}

function drawPin(context, [x, y], { isLive, colours }) {
  if (isLive) {
    circle(context, [x, y], { radius: 26, fill: colours.pulse });
    circle(context, [x, y], { radius: 10, fill: "#fff" });
    circle(context, [x, y], { radius: 7, fill: colours.chosenBorder });
    return;
  }
  context.fillStyle = "rgba(0, 0, 0, 0.22)";
  context.beginPath();
  context.ellipse(x, y, 7, 3, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = colours.pin;
  context.strokeStyle = "#fff";
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x, y);
  context.bezierCurveTo(x - 4, y - 11, x - 13, y - 15, x - 13, y - 25);
  context.arc(x, y - 25, 13, Math.PI, 0);
  context.bezierCurveTo(x + 13, y - 15, x + 4, y - 11, x, y);
  context.fill();
  context.stroke();
  circle(context, [x, y - 25], { radius: 4.6, fill: "#fff" });
}

function circle(context, [x, y], { radius, fill }) {
  context.fillStyle = fill;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}

/** The colours of the map are in page.css, for light and dark. */
function palette() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--map-${name}`).trim();
  return {
    tints: Array.from({ length: TINTS }, (_, index) => colour(`tint-${index}`)),
    outside: colour("outside"),
    urban: colour("urban"),
    chosen: colour("chosen"),
    chosenBorder: colour("chosen-border"),
    border: colour("border"),
    text: colour("text"),
    halo: colour("halo"),
    pin: colour("pin"),
    pulse: colour("pulse"),
  };
}
