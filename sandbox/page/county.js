// The county's grids: loaded once, laid flat, and asked which one a place lies in.

import { server } from "./server.js";

const METRES_A_DEGREE = 111_320;
const FALLBACK = { latitude: 25.3955, longitude: 114.362 }; // where a map without a county begins

let loading = null;

/** The county, or one without any grid when the server has none. */
export function county() {
  loading ??= server.county().then(
    (collection) => new County(collection.features),
    (error) => {
      if (error.isNetwork) loading = null; // try again the next time
      return new County([]);
    },
  );
  return loading;
}

/** Grids on a flat sheet of metres: x to the east, y to the south of the county's middle. */
class County {
  constructor(features) {
    const all = features.flatMap((feature) => polygons(feature.geometry).flat(2));
    const box = all.length ? bounds(all) : { left: FALLBACK.longitude, right: FALLBACK.longitude, top: FALLBACK.latitude, bottom: FALLBACK.latitude };
    this.middle = { longitude: (box.left + box.right) / 2, latitude: (box.top + box.bottom) / 2 };
    this.shrink = Math.cos((this.middle.latitude * Math.PI) / 180);
    const towns = [...new Set(features.map((feature) => feature.properties.town))];
    this.grids = features.map((feature) => this.grid(feature, towns.indexOf(feature.properties.town)));
    this.box = this.grids.length ? bounds(this.grids.flatMap(({ box: own }) => corners(own))) : { left: -2000, right: 2000, top: -1500, bottom: 1500 };
    const urban = this.grids.filter((grid) => grid.isUrban);
    this.townBox = urban.length ? bounds(urban.flatMap(({ box: own }) => corners(own))) : this.box;
  }

  grid({ properties, geometry }, tint) {
    const rings = polygons(geometry).map((polygon) => polygon.map((ring) => ring.map(([longitude, latitude]) => this.flat({ longitude, latitude }))));
    const shape = new Path2D();
    for (const ring of rings.flat()) {
      ring.forEach(([x, y], index) => (index ? shape.lineTo(x, y) : shape.moveTo(x, y)));
      shape.closePath();
    }
    const points = rings.flat(2);
    return { ...properties, isUrban: properties.kind === "urban", tint, rings, shape, box: bounds(points), middle: inside(rings[0]) };
  }

  /** Place → [x, y] in metres. */
  flat({ latitude, longitude }) {
    return [(longitude - this.middle.longitude) * METRES_A_DEGREE * this.shrink, (this.middle.latitude - latitude) * METRES_A_DEGREE];
  }

  /** [x, y] in metres → place, to 6 decimals (about 0.1 m). */
  place([x, y]) {
    const round = (degrees) => Math.round(degrees * 1e6) / 1e6;
    return {
      latitude: round(this.middle.latitude - y / METRES_A_DEGREE),
      longitude: round(this.middle.longitude + x / METRES_A_DEGREE / this.shrink),
    };
  }

  /** The grid that a place lies in (on a shared border the lower code), or null. */
  gridAt(place) {
    const [x, y] = this.flat(place);
    const hit = this.grids.filter(({ box, rings }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom && rings.some((polygon) => contains(polygon, x, y)));
    return hit.sort((a, b) => (a.code < b.code ? -1 : 1))[0] ?? null;
  }

  /** Up to `most` grids whose code, name, community or town has these words in it. */
  search(words, most = 8) {
    const wanted = words.trim().toLowerCase();
    if (!wanted) return [];
    const score = (grid) => {
      if (grid.code.toLowerCase() === wanted || grid.name === wanted) return 0;
      if (grid.code.toLowerCase().startsWith(wanted) || grid.name.startsWith(wanted)) return 1;
      return [grid.code, grid.name, grid.community, grid.town].some((text) => text?.toLowerCase().includes(wanted)) ? 2 : 3;
    };
    const scored = this.grids.map((grid) => [score(grid), grid]).filter(([points]) => points < 3);
    return scored.sort((a, b) => a[0] - b[0]).slice(0, most).map(([, grid]) => grid);
  }
}

function polygons(geometry) {
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
}

function bounds(points) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

function corners(box) {
  return [[box.left, box.top], [box.right, box.bottom]];
}

/** Is the point in the polygon (an outer ring and its holes)? Counts crossings to the right. */
function contains(polygon, x, y) {
  let isIn = false;
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isIn = !isIn;
    }
  }
  return isIn;
}

/** A point surely inside a polygon: the middle of the widest stretch half way down. */
function inside(polygon) {
  const box = bounds(polygon[0]);
  const y = (box.top + box.bottom) / 2;
  const cuts = [];
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
      if (yi > y !== yj > y) cuts.push(((xj - xi) * (y - yi)) / (yj - yi) + xi);
    }
  }
  cuts.sort((a, b) => a - b);
  let best = [cuts[0], cuts[1]];
  for (let i = 0; i + 1 < cuts.length; i += 2) if (cuts[i + 1] - cuts[i] > best[1] - best[0]) best = [cuts[i], cuts[i + 1]];
  return [(best[0] + best[1]) / 2, y];
}
