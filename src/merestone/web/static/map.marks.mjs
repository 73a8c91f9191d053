/* The marks on the map: buttons of the page, so that a keyboard reaches them, drawn as the report draws them: a disc for what was hit,
   a square for where it was, a triangle for where it came from. Words of others are set as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";
const STEP = 12; // from one mark of a row to the next
const NEAR = 13; // pixels: marks nearer to each other would cover each other
const ROLES = ["target", "at", "origin"];
export const ROLE_WORDS = { target: "what was hit or meant", at: "where it was", origin: "where it came from" };

function el(name, attributes, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

export function html(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

function shape(role, x) {
  if (role === "target") return el("circle", { class: "mark", cx: x, cy: 8, r: 5.2 });
  if (role === "origin") return el("path", { class: "mark hollow", d: `M${x} 2L${x + 6} 13L${x - 6} 13Z` });
  return el("rect", { class: "mark", x: x - 4.6, y: 3.4, width: 9.2, height: 9.2 });
}

/* How wide the button of a place is, by what stands in it. */
export function breadth({ shown: { roles, incidents } }) {
  return 8 + 16 + STEP * (roles.length - 1) + (incidents.length > 1 ? 4 + 7 * String(incidents.length).length : 0);
}

const cross = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
const around = (x, y, reach) => [x - reach, y - reach, x + reach, y + reach];

/* Places that would cover each other at this scale stand together; the one that most is told of leads. The first mark of a row stands
   on its place, the others go to the right of it, or to the left where only that is free. */
export function gathered(places, at) {
  const groups = [];
  for (const place of [...places].filter(({ area }) => !area).sort((a, b) => b.shown.incidents.length - a.shown.incidents.length || a.id - b.id)) {
    const { x, y } = at(place);
    const near = groups.find((group) => Math.hypot(group.x - x, group.y - y) < NEAR);
    if (near) near.places.push(place);
    else groups.push({ x, y, places: [place], side: 1, offset: [0, 0] });
  }
  return rowed(groups);
}

function rowed(groups) {
  const set = [];
  for (const group of groups) {
    const others = groups.filter((other) => other !== group && !other.gone).map((other) => other.taken ?? around(other.x, other.y, other.places.length > 1 ? 11 : 6));
    const row = (side) => {
      const far = group.places.length > 1 ? 3 : breadth(group.places[0]) - 18, { x, y } = group;
      return side > 0 ? [x - 8, y - 7, x + 8 + far, y + 7] : [x - 8 - far, y - 7, x + 8, y + 7];
    };
    const side = [1, -1].find((each) => !others.some((other) => cross(row(each), other)));
    const over = side ? undefined : set.find((other) => cross(row(1), other.taken));
    if (over) {
      over.places.push(...group.places);
      over.taken = around(over.x, over.y, 12);
      group.gone = true;
    } else set.push(Object.assign(group, { side: side ?? 1, taken: row(side ?? 1) }));
  }
  return set;
}

/* The name of an area stands at the edge of its circle, where that is free; in its middle it would cover the marks of others. Where no
   room is left it is a ring, and rings that would cover each other stand together as marks do. */
export function beside(area, { x, y }, reach, width, groups) {
  const taken = groups.map((group) => group.taken);
  const high = 18 * Math.ceil(width / 170), wide = Math.min(width, 170) + 12;
  const ways = [[0, -1], [0, 1], [1, 0], [-1, 0], [0.8, -0.8], [-0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]];
  const spots = [0, 14, 30].flatMap((away) => ways.map(([dx, dy]) => [dx * (reach + away) + (Math.sign(dx) * wide) / 2, dy * (reach + away) + (Math.sign(dy) * high) / 2]));
  const box = ([dx, dy]) => [x + dx - wide / 2, y + dy - high / 2, x + dx + wide / 2, y + dy + high / 2];
  const offset = spots.find((spot) => !taken.some((other) => cross(box(spot), other)));
  if (offset) return groups.push({ x, y, places: [area], side: 1, offset, taken: box(offset) });
  const near = groups.find((group) => (group.ring || group.places.length > 1) && Math.hypot(group.x - x, group.y - y) < 2 * NEAR);
  if (near) return near.places.push(area);
  return groups.push({ x, y, places: [area], side: 1, offset: [0, 0], ring: true, taken: around(x, y, 8) });
}

/* What of a place is to be seen in a window: the incidents that may lie in it, what bears no date, and the roles that these give it. */
export function seen(place, held) {
  const told = place.told.filter(({ group }) => held.has(group));
  const incidents = [...new Set(told.map(({ group }) => group))].filter((group) => held.get(group).grade);
  const dated = incidents.some((group) => held.get(group).begins);
  return {
    told, incidents,
    roles: place.loose ? place.roles : ROLES.filter((role) => told.some((entry) => entry.role === role)),
    any: told.length > 0 || place.loose > 0,
    undated: !dated,
  };
}

/* The button of one place, or of several that stand together. */
export function button({ places, side, ring }, narrowed) {
  const [place] = places;
  const made = html("button", { type: "button", class: "spot" });
  if (places.length > 1) {
    made.classList.add("many");
    made.append(html("span", {}, String(places.length)));
    made.setAttribute("aria-label", `${places.length} places close together: ${places.map((each) => each.name).join(", ")}`);
    made.title = places.map((each) => each.name).join(", ");
    return made;
  }
  const { incidents, roles, undated } = place.shown, count = incidents.length;
  made.setAttribute("aria-label", `${place.name}: ${count === 1 ? "1 incident" : `${count} incidents`}; ${roles.map((role) => ROLE_WORDS[role]).join(", ")}`);
  if (ring) {
    made.classList.add("ring");
    made.title = place.name;
  } else if (place.area) {
    made.classList.add("wide");
    made.append(html("bdi", {}, place.name));
  } else {
    const width = 16 + STEP * (roles.length - 1);
    made.append(el("svg", { viewBox: `0 0 ${width} 16`, width, height: 16, "aria-hidden": "true" }, ...roles.map((role, n) => shape(role, side > 0 ? 8 + STEP * n : width - 8 - STEP * n))));
    made.classList.toggle("leftward", side < 0);
  }
  if (count > 1 && !ring) made.append(html("span", { class: "times-told", "aria-hidden": "true" }, String(count)));
  if (undated && narrowed) made.classList.add("apart");
  return made;
}

/* What is told of a place: its names, how surely it lies there, and each incident with what the place is said to be in it, and by whom. */
export function told(place, held, sides) {
  const parts = [html("h3", {}, html("bdi", {}, place.name))];
  if (place.names.length) {
    const names = place.names.flatMap(({ lang, name }, n) => [n ? " · " : "", html("bdi", { lang }, name)]);
    parts.push(html("p", { class: "names" }, ...names));
  }
  parts.push(html("p", { class: "surely" }, `${place.level}; it lies within ${place.within} of here`));
  const groups = [...new Set(place.told.map(({ group }) => group))].filter((group) => held.has(group)).map((group) => held.get(group));
  for (const [title, members] of [["", groups.filter((group) => group.grade)], ["Repeated, without a date", groups.filter((group) => !group.grade)]]) {
    if (!members.length) continue;
    if (title) parts.push(html("h4", {}, title));
    parts.push(html("ul", {}, ...members.map((group) => line(place, group, sides))));
  }
  const outside = new Set(place.told.map(({ group }) => group).filter((group) => !held.has(group))).size;
  if (outside) parts.push(html("p", { class: "surely" }, `${outside} more outside the chosen time`));
  if (place.loose) parts.push(html("p", { class: "surely" }, place.loose === 1 ? "Named by 1 claim that belongs to no incident" : `Named by ${place.loose} claims that belong to no incident`));
  return parts;
}

function line(place, group, sides) {
  const roles = place.told.filter((entry) => entry.group === group.id).map(({ role, by }) => {
    const who = by.map((side) => sides.get(side)).join(", ");
    return `${ROLE_WORDS[role]}${who ? ` (${who})` : ""}`;
  });
  const about = [group.when, group.grade].filter(Boolean).join(" · ");
  return html("li", {}, html("a", { href: group.href }, group.kind_words), html("span", { class: "about" }, about), html("span", { class: "about" }, roles.join("; ")));
}
