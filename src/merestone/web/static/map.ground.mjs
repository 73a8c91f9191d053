/* The ground of the map: land, lakes, lines, circles and names, in the colours of the page. Nothing is loaded from elsewhere;
   letters are drawn by the browser from the page's own fonts. */

const NAMES = ["Map Names Bold", "Noto Sans Armenian", "Noto Sans"];
const ROUND = ["Map Names Regular", "Noto Sans Armenian", "Noto Sans"];
const KM_PER_DEGREE = 111.32;
const STEPS = 90;

export const NONE = { type: "FeatureCollection", features: [] };

export function colours() {
  const css = getComputedStyle(document.documentElement);
  const of = (name) => css.getPropertyValue(`--${name}`).trim();
  return Object.fromEntries(["paper", "ink", "soft", "faint", "sea", "land", "lake", "grid", "line", "lit", "link"].map((name) => [name, of(name)]));
}

/* The fonts are asked for with letters of each script: a face is loaded only when a letter of its range is wanted. */
export function fonts() {
  const wanted = [...NAMES, ...ROUND].flatMap((family) => ["Aə", "Жж", "Աա"].map((letters) => document.fonts.load(`24px "${family}"`, letters)));
  return Promise.allSettled(wanted);
}

export function style(data, c) {
  const land = data.shapes.features.some((shape) => shape.properties.kind === "land");
  return {
    version: 8,
    sources: {
      shapes: { type: "geojson", data: data.shapes, tolerance: 0.2 },
      lines: { type: "geojson", data: data.lines, tolerance: 0.2 },
      letters: { type: "geojson", data: { ...NONE, features: data.lines.features.flatMap(letters) } },
      circles: { type: "geojson", data: NONE },
      around: { type: "geojson", data: points(data.around, (at) => ({ name: at.name.toUpperCase(), level: at.level })) },
      names: { type: "geojson", data: NONE },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": land ? c.sea : c.land } },
      fill("land", c.land), edge("land", c.grid), fill("lake", c.lake), edge("lake", c.grid),
      ...circles(c), ...lines(data, c), ...names(c),
    ],
  };
}

function fill(kind, colour) {
  return { id: kind, type: "fill", source: "shapes", filter: ["==", ["get", "kind"], kind], paint: { "fill-color": colour } };
}

function edge(kind, colour) {
  return { id: `${kind}-edge`, type: "line", source: "shapes", filter: ["==", ["get", "kind"], kind], paint: { "line-color": colour, "line-width": 0.8 } };
}

function circles(c) {
  const lit = ["in", ["get", "id"], ["literal", []]];
  return [
    { id: "unsure", type: "fill", source: "circles", paint: { "fill-color": c.ink, "fill-opacity": 0.055 } },
    { id: "unsure-lit", type: "fill", source: "circles", filter: lit, paint: { "fill-color": c.link, "fill-opacity": 0.18 } },
    { id: "unsure-edge", type: "line", source: "circles", paint: { "line-color": c.ink, "line-opacity": 0.45, "line-width": 0.9, "line-dasharray": [2.2, 2.8] } },
  ];
}

/* A line has the dashes that it has in the report; each is a layer of its own. */
function lines(data, c) {
  const drawn = data.lines.features.map(({ properties }, n) => ({
    id: `line-${n}`, type: "line", source: "lines", filter: ["==", ["get", "letter"], properties.letter],
    paint: { "line-color": c.line, "line-width": 1.5, ...(properties.dash.length ? { "line-dasharray": properties.dash } : {}) },
  }));
  const halo = { id: "line-halo", type: "line", source: "lines", paint: { "line-color": c.paper, "line-width": 4, "line-opacity": 0.6 } };
  return [halo, ...drawn];
}

function names(c) {
  const halo = { "text-halo-color": c.paper, "text-halo-width": 1.6, "text-halo-blur": 0.3 };
  return [
    {
      id: "around", type: "symbol", source: "around",
      layout: { "text-field": ["get", "name"], "text-font": ROUND, "text-size": ["match", ["get", "level"], "country", 13.5, 10.5], "text-letter-spacing": 0.12, "text-padding": 6, "text-max-width": 9,
        "symbol-sort-key": ["match", ["get", "level"], "country", 0, "region", 1, 2] },
      paint: { "text-color": c.faint, "text-halo-color": c.land, "text-halo-width": 1 },
    },
    {
      id: "letters", type: "symbol", source: "letters", filter: ["<", ["get", "rank"], ["step", ["zoom"], 3, 6, 6, 8, 12, 9, 24, 10, 64]],
      layout: { "icon-image": "letter", "text-field": ["get", "letter"], "text-font": NAMES, "text-size": 11, "text-padding": 3, "icon-padding": 3, "symbol-sort-key": ["get", "rank"] },
      paint: { "text-color": c.ink },
    },
    {
      id: "names", type: "symbol", source: "names", filter: ["has", "name"],
      layout: { "text-field": ["get", "name"], "text-font": NAMES, "text-size": 13.5, "text-max-width": 9, "text-line-height": 1.05, "text-justify": "auto",
        "text-variable-anchor-offset": ["match", ["get", "wide"], ...[1, 2, 3, 4, 5, -1, -2, -3, -4].flatMap((wide) => [wide, anchors(wide)]), anchors(-5)],
        "symbol-sort-key": ["get", "rank"], "text-padding": 1 },
      paint: { "text-color": c.ink, ...halo },
    },
    /* what stands on the map as a mark of the page takes its room here, so that no name runs under it */
    { id: "rooms", type: "symbol", source: "names", layout: { "icon-image": ["get", "room"], "icon-anchor": ["get", "anchor"], "icon-offset": ["get", "offset"], "icon-allow-overlap": true, "icon-padding": 0 } },
  ];
}

/* Spots for a name around a row of marks that begins on its place and goes on to the right, or (less than nothing) to the left. */
function anchors(wide) {
  const row = 0.9 * (Math.abs(wide) - 1), right = 0.75 + (wide > 0 ? row : 0), left = -0.75 - (wide < 0 ? row : 0), middle = (Math.sign(wide) * row) / 2;
  const sides = ["left", [right, 0], "right", [left, 0]];
  return ["literal", [...(wide > 0 ? sides : [...sides.slice(2), ...sides.slice(0, 2)]), "bottom", [middle, -0.8], "top", [middle, 0.8],
    "top-left", [right - 0.3, 0.5], "bottom-left", [right - 0.3, -0.5], "top-right", [left + 0.3, 0.5], "bottom-right", [left + 0.3, -0.5],
    "left", [right + 1, 0], "right", [left - 1, 0], "top", [middle, 1.6], "bottom", [middle, -1.6]]];
}

/* After a change between light and dark. */
export function repaint(map, data, c) {
  const next = style(data, c);
  for (const layer of next.layers)
    for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name, value);
  letter(map, c);
}

/* Spots for a line's letter, the most apart first; each line begins elsewhere, so that the letters of lines that lie side by side find room. */
function letters({ properties, geometry }, at) {
  const path = geometry.coordinates.reduce((longest, each) => (each.length > longest.length ? each : longest), []);
  const legs = path.slice(1).map(([x, y], n) => Math.hypot((x - path[n][0]) * Math.cos((y * Math.PI) / 180), y - path[n][1]));
  const whole = legs.reduce((sum, leg) => sum + leg, 0);
  return Array.from({ length: whole ? 64 : 0 }, (_, rank) => {
    const way = halves(rank) + 0.31 * at;
    return { type: "Feature", properties: { letter: properties.letter, rank }, geometry: { type: "Point", coordinates: along(path, legs, (way % 1) * whole) } };
  });
}

/* 1/2, 1/4, 3/4, 1/8, 5/8, …: each as far as can be from those before it. */
function halves(n) {
  let share = 0, part = 0.5;
  for (let rest = n + 1; rest; rest >>= 1, part /= 2) share += (rest & 1) * part;
  return share;
}

function along(path, legs, far) {
  let n = 0;
  while (n < legs.length - 1 && far > legs[n]) far -= legs[n++];
  const share = legs[n] ? Math.min(1, far / legs[n]) : 0;
  return [0, 1].map((axis) => path[n][axis] + share * (path[n + 1][axis] - path[n][axis]));
}

/* The disc under a line's letter. */
export function letter(map, c) {
  const [canvas, pen] = sheet(21, 21);
  pen.arc(21, 21, 18, 0, 2 * Math.PI);
  pen.fillStyle = c.paper;
  pen.strokeStyle = c.line;
  pen.lineWidth = 2;
  pen.fill();
  pen.stroke();
  put(map, "letter", pen.getImageData(0, 0, canvas.width, canvas.height));
}

/* An empty image of a mark's size. */
export function room(map, width, height) {
  const name = `room-${width}-${height}`;
  if (!map.hasImage(name)) map.addImage(name, { width, height, data: new Uint8Array(width * height * 4) });
  return name;
}

function sheet(width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width: width * 2, height: height * 2 });
  return [canvas, canvas.getContext("2d")];
}

function put(map, name, image) {
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: 2 });
}

export function points(places, properties) {
  return {
    type: "FeatureCollection",
    features: places.map((at) => ({ type: "Feature", properties: properties(at), geometry: { type: "Point", coordinates: [at.lon, at.lat] } })),
  };
}

/* The circle within which a place lies, as large on the ground as its radius says. */
export function circle({ id, lon, lat, radius_km: radius }) {
  const squeeze = Math.max(0.05, Math.cos((lat * Math.PI) / 180)), reach = radius / KM_PER_DEGREE;
  const ring = Array.from({ length: STEPS + 1 }, (_, n) => {
    const turn = ((n % STEPS) / STEPS) * 2 * Math.PI;
    return [lon + (reach * Math.cos(turn)) / squeeze, lat + reach * Math.sin(turn)];
  });
  return { type: "Feature", properties: { id }, geometry: { type: "Polygon", coordinates: [ring] } };
}
