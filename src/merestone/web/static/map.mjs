/* The page of the map: marks, list and timeline of one set of incidents, each showing what the others have chosen.
   Without WebGL the picture of the report stays where the map would be; list and timeline work all the same. */

import { LngLatBounds, Map as Chart, Marker, NavigationControl, Popup, ScaleControl } from "./maplibre-gl/maplibre-gl.mjs";
import { circle, colours, fonts, letter, NONE, points, repaint, room, style } from "./map.ground.mjs";
import { beside, button, gathered, html, seen, told } from "./map.marks.mjs";
import { holds, minutes, Times } from "./map.times.mjs";

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const box = document.querySelector("#map");
const panel = document.querySelector(".hits");

class Desk {
  constructor(data) {
    this.data = data;
    this.sides = new Map([...data.parties.map(({ code, name }) => [code, name]), ["other", "other voices"]]);
    for (const each of data.incidents) if (each.begins) Object.assign(each, { first: minutes(each.begins), last: minutes(each.ends) });
    this.entries = new Map([...panel.querySelectorAll("[data-group]")].map((entry) => [entry.dataset.group, entry]));
    this.times = new Times(document.querySelector(".times"), data.incidents, (window, address) => this.narrowed(address));
    const asked = new URLSearchParams(location.search);
    this.times.set({ from: asked.get("from") ?? "", to: asked.get("to") ?? "" });
    this.hold();
    this.list();
    panel.addEventListener("pointerover", (over) => this.light(over.target.closest("[data-group]")?.dataset.group));
    panel.addEventListener("pointerleave", () => this.light());
    panel.addEventListener("focusin", (focus) => this.light(focus.target.closest("[data-group]")?.dataset.group));
    panel.addEventListener("focusout", () => this.light());
    document.querySelector(".everything").addEventListener("click", () => this.whole());
  }

  /* Incidents that may lie in the chosen time, and patterns, which bear no date, by id. */
  hold() {
    const inside = this.data.incidents.filter((incident) => holds(this.times.window, incident));
    this.held = new Map([...inside, ...this.data.patterns].map((group) => [group.id, group]));
    for (const place of this.data.places) place.shown = seen(place, this.held);
    this.visible = this.data.places.filter((place) => place.shown.any);
    document.querySelector(".allday").hidden = this.times.whole;
  }

  narrowed({ from, to }) {
    const known = new URLSearchParams(location.search).get("known") ?? "";
    const asked = new URLSearchParams(Object.entries({ from, to, known }).filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}${asked.size ? `?${asked.toString().replaceAll("%3A", ":")}` : ""}`);
    this.hold();
    this.paint();
    this.list();
  }

  /* --- the map ---------------------------------------------------------------------------------------------------- */

  async open() {
    if (!this.data.frame) throw new Error("no place to be drawn");
    if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL");
    await fonts();
    const [southWest, northEast] = this.data.frame, coarse = matchMedia("(pointer: coarse)").matches;
    const ground = box.querySelector(".ground");
    this.map = new Chart({
      container: ground, style: style(this.data, colours()), bounds: [southWest, northEast], fitBoundsOptions: { padding: 4 }, minZoom: 2, maxZoom: 13.5,
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, rollEnabled: false, renderWorldCopies: false,
      cooperativeGestures: coarse, fadeDuration: calm ? 0 : 200, locale: { "Map.Title": "Map. The arrow keys move it, plus and minus bring it nearer or farther" },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-left");
    this.map.once("style.load", () => letter(this.map, colours()));
    await this.map.once("load");
    box.classList.add("live");
    this.map.on("zoomend", () => this.paint());
    this.map.on("moveend", () => this.list());
    this.map.getCanvas().addEventListener("webglcontextlost", () => box.classList.remove("live"));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => repaint(this.map, this.data, colours()));
    this.paint();
    this.list();
    this.go(location.hash.slice(1));
  }

  /* Marks, circles and names of the places that are to be seen. */
  paint() {
    if (!box.classList.contains("live")) return;
    const held = document.activeElement?.closest?.(".spot")?.dataset.places;
    for (const { marker } of this.marks ?? []) marker.remove();
    this.marks = this.laid().map((group) => this.put(group));
    this.map.getSource("circles").setData({ ...NONE, features: this.visible.map(circle) });
    this.map.getSource("names").setData(points(this.marks.map((mark) => mark.label), ({ lon, lat, ...rest }) => rest));
    if (held) this.marks.find(({ element }) => element.dataset.places === held)?.element.focus({ preventScroll: true });
  }

  /* The marks of places, then the names of areas where these leave room; in the order of the places' names, as the keyboard goes. */
  laid() {
    const at = ({ lon, lat }) => this.map.project([lon, lat]), groups = gathered(this.visible, at);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `italic 500 13px ${getComputedStyle(box).fontFamily}`;
    for (const area of this.visible.filter((place) => place.area)) {
      const middle = at(area), reach = middle.y - at({ lon: area.lon, lat: area.lat + area.radius_km / 111.32 }).y;
      beside(area, middle, reach, pen.measureText(area.name).width + 10, groups);
    }
    return groups.sort((a, b) => a.places[0].id - b.places[0].id);
  }

  put(group) {
    const { places, side, offset } = group, [place] = places, several = places.length > 1, element = button(group, !this.times.whole), middle = several || place.area;
    element.dataset.places = places.map((each) => each.id).join(" ");
    element.addEventListener("click", (click) => { click.stopPropagation(); this.choose(places, element); });
    const anchor = middle ? "center" : side > 0 ? "left" : "right", shift = middle ? offset : [-12 * side, 0];
    const marker = new Marker({ element, anchor, offset: shift }).setLngLat([place.lon, place.lat]).addTo(this.map);
    const { offsetWidth: width, offsetHeight: height } = element;
    const label = {
      lon: place.lon, lat: place.lat, ...(middle ? {} : { name: place.name }), rank: -place.shown.incidents.length,
      wide: side * Math.max(1, Math.min(5, Math.ceil((width - 24) / 12) + 1)), room: room(this.map, width - 8, height - 8), anchor, offset: middle ? offset : [-8 * side, 0],
    };
    return { marker, element, label, groups: new Set(places.flatMap((each) => each.shown.told.map(({ group }) => group))) };
  }

  /* A mark was chosen: what is told of it, and its entries in the list. Marks that stand together are first brought apart. */
  choose(places, element) {
    const bounds = places.reduce((whole, { lon, lat }) => whole.extend([lon, lat]), new LngLatBounds());
    const apart = bounds.getNorth() - bounds.getSouth() + bounds.getEast() - bounds.getWest() > 0.002;
    if (places.length > 1 && apart && this.map.getZoom() < 12.5) {
      this.map.fitBounds(bounds, { padding: 90, maxZoom: 13, duration: 900 });
      return;
    }
    const content = html("div", { class: "told-here" }, ...places.flatMap((place) => told(place, this.held, this.sides)));
    this.popup?.remove();
    this.popup = new Popup({ maxWidth: "300px", offset: 12, closeOnMove: false }).setLngLat([places[0].lon, places[0].lat]).setDOMContent(content).addTo(this.map);
    const groups = new Set(places.flatMap((place) => place.shown.told.map(({ group }) => group)));
    for (const [id, entry] of this.entries) entry.classList.toggle("chosen", groups.has(id));
    this.popup.on("close", () => {
      for (const entry of this.entries.values()) entry.classList.remove("chosen");
      if (!element.isConnected || document.activeElement === document.body) document.querySelector(`.spot[data-places="${element.dataset.places}"]`)?.focus({ preventScroll: true });
    });
    const scroll = panel.querySelector(".roll"), first = [...groups].map((id) => this.entries.get(id)).find((entry) => entry && !entry.hidden);
    if (first && scroll.scrollHeight > scroll.clientHeight + 8) scroll.scrollTo({ top: scroll.scrollTop + first.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 8, behavior: calm ? "auto" : "smooth" });
  }

  light(group) {
    if (group === this.lit || !this.marks) return;
    this.lit = group;
    const places = group ? this.visible.filter((place) => place.told.some((entry) => entry.group === group)).map(({ id }) => id) : [];
    box.classList.toggle("lighting", places.length > 0);
    for (const { element, groups } of this.marks) element.classList.toggle("lit", Boolean(group) && groups.has(group));
    this.map.setFilter("unsure-lit", ["in", ["get", "id"], ["literal", places]]);
  }

  /* To the incident that the address names. */
  go(group) {
    const places = this.visible.filter((place) => place.told.some((entry) => entry.group === group));
    if (!places.length) return;
    this.map.fitBounds(places.reduce((whole, { lon, lat }) => whole.extend([lon, lat]), new LngLatBounds()), { padding: 90, maxZoom: 9, animate: false });
    this.light(group);
  }

  whole() {
    const drawn = this.visible.reduce((bounds, { lon, lat }) => bounds.extend([lon, lat]), new LngLatBounds());
    if (!drawn.isEmpty()) this.map.fitBounds(drawn, { padding: 60, maxZoom: 10, duration: 900 });
  }

  /* --- the list --------------------------------------------------------------------------------------------------- */

  /* Only what may lie in the chosen time and, where it is drawn, lies in view. */
  list() {
    const live = box.classList.contains("live"), bounds = live ? this.map.getBounds() : null;
    const inView = new Set(this.visible.filter(({ lon, lat }) => !bounds || bounds.contains([lon, lat])).flatMap((place) => place.told.map(({ group }) => group)));
    let away = 0;
    for (const [id, entry] of this.entries) {
      const group = this.held.get(id), drawn = group?.drawn && live;
      entry.hidden = !group || (drawn && !inView.has(id));
      if (group && drawn && !inView.has(id)) away += 1;
    }
    for (const part of panel.querySelectorAll("section")) {
      const count = part.querySelectorAll("[data-group]:not([hidden])").length;
      part.querySelector(".count").textContent = count;
      part.hidden = !count && !part.matches(".main");
    }
    panel.querySelector(".nothing").hidden = panel.querySelector(".main [data-group]:not([hidden])") !== null;
    const more = document.querySelector(".everything");
    more.hidden = !away;
    more.textContent = `${away} outside this view: show all`;
  }
}

async function begin() {
  const answer = await fetch(box.dataset.source, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const desk = new Desk(await answer.json());
  document.documentElement.classList.add("scripted");
  try {
    await desk.open();
  } catch (problem) {
    console.info(`The map is shown as a picture: ${problem.message}`);
  }
}

if (box) await begin();
