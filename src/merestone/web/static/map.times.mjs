/* The timeline under the map: a bar for each day (or hour) and two handles. Days on which nothing is told are left out.
   What lies surely within one bar is filled; what may lie in it is outlined; nothing here has a party's colour. */

const MINUTES = { day: 1440, hour: 60 };
const LONGEST = { day: 14 * MINUTES.day, hour: 12 * MINUTES.hour }; // what is known less surely is counted in words and not drawn
const LESS = { day: "known only to more than two weeks", hour: "not known to the hour" };
const GAP = 2 * MINUTES.day;
const MOST_BARS = 400;
const HOURLY = 3 * MINUTES.day;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SVG = "http://www.w3.org/2000/svg";
const HIGH = 74, FOOT = 42;
const WEAK = ["reported", "refuted"];

/* Local clock time as minutes, for comparing and drawing only. */
export function minutes(moment) {
  const [day, clock = "00:00"] = moment.split("T"), [year, month, date] = day.split("-").map(Number), [hours, mins] = clock.split(":").map(Number);
  return Date.UTC(year, month - 1, date, hours, mins) / 60000;
}

function iso(at, clock) {
  const told = new Date(at * 60000).toISOString();
  return clock ? told.slice(0, 16) : told.slice(0, 10);
}

function spoken(at, year) {
  const date = new Date(at * 60000), clock = at % MINUTES.day ? ` ${date.toISOString().slice(11, 16)}` : "";
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${year ? ` ${date.getUTCFullYear()}` : ""}${clock}`;
}

/* A whole day that ends a stretch is named by itself, not by the midnight after it. */
function ending(until) {
  return until % MINUTES.day === 0 ? until - MINUTES.day : until;
}

/* "17 May 02:00 – 19 May 2031"; `until` is the minute after the last. */
export function stretch(since, until) {
  const last = ending(until), sameYear = new Date(since * 60000).getUTCFullYear() === new Date(last * 60000).getUTCFullYear();
  if (since % MINUTES.day === 0 && since === last) return spoken(since, true);
  const days = since % MINUTES.day === 0 && last % MINUTES.day === 0, [from, to] = [since, last].map((at) => new Date(at * 60000));
  if (days && sameYear && from.getUTCMonth() === to.getUTCMonth()) return `${from.getUTCDate()}–${spoken(last, true)}`;
  return `${spoken(since, !sameYear)} – ${spoken(last, true)}`;
}

/* Whether what may lie anywhere between the two may lie in the window; the same rule as the server's. */
export function holds(window, incident) {
  if (!incident.begins) return true;
  const first = window.since, last = window.until;
  return incident.first < last && (incident.last > first || (incident.first === incident.last && incident.first === first));
}

function binsOf(incidents, unit, domain) {
  const step = MINUTES[unit];
  if (unit === "hour") return Array.from({ length: (domain[1] - domain[0]) / step }, (_, n) => [domain[0] + n * step, domain[0] + (n + 1) * step]);
  const days = (incident) => [Math.floor(incident.first / step) * step, Math.max(Math.ceil(incident.last / step), Math.floor(incident.first / step) + 1) * step];
  const stretches = [];
  for (const [start, end] of incidents.map(days).sort((a, b) => a[0] - b[0])) {
    const open = stretches.at(-1);
    if (open && start - open[1] <= GAP) open[1] = Math.max(open[1], end);
    else stretches.push([start, end]);
  }
  const whole = stretches.reduce((sum, [start, end]) => sum + (end - start) / step, 0), wide = step * [1, 7, 28, 364].find((n) => whole / n <= MOST_BARS || n === 364);
  return stretches.flatMap(([start, end]) => Array.from({ length: Math.ceil((end - start) / wide) }, (_, n) => [start + n * wide, start + (n + 1) * wide]));
}

function counted(incidents, bins) {
  const told = bins.map(() => ({ many: 0, one: 0, may: 0 }));
  for (const incident of incidents) {
    const held = bins.flatMap(([start, end], n) => (incident.first < end && (incident.last > start || incident.first === start) ? [n] : []));
    for (const n of held) told[n][held.length > 1 ? "may" : WEAK.includes(incident.grade) ? "one" : "many"] += 1;
  }
  return told;
}

function el(name, attributes, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

export class Times {
  constructor(root, incidents, changed) {
    this.root = root;
    this.dated = incidents.filter((incident) => incident.begins);
    this.undated = incidents.length - this.dated.length;
    this.changed = changed;
    this.chart = root.querySelector(".chart");
    this.said = root.querySelector("output");
    this.ends = ["since", "until"].map((name) => root.querySelector(`input[name=${name}]`));
    this.hourly = root.querySelector(".hourly");
    this.wake();
    this.fit("day");
  }

  wake() {
    this.ends.forEach((input, n) => input.addEventListener("input", () => this.moved(n)));
    this.root.querySelector(".all").addEventListener("click", () => { this.fit("day"); this.tell(); });
    this.hourly.addEventListener("click", () => this.closer());
    this.chart.addEventListener("click", (click) => {
      const bin = click.target.closest("[data-bin]");
      if (bin) this.put(Number(bin.dataset.bin), Number(bin.dataset.bin) + 1);
    });
    let wide = 0;
    new ResizeObserver(([entry]) => { if (Math.abs(entry.contentRect.width - wide) > 2) { wide = entry.contentRect.width; this.draw(); } }).observe(this.chart);
  }

  /* What is drawn: all days, or the hours of a domain. Both handles go to the ends. */
  fit(unit, domain) {
    this.unit = unit;
    const sure = this.dated.filter((incident) => incident.last - incident.first <= LONGEST[unit]);
    this.bins = binsOf(sure, unit, domain);
    this.told = counted(sure, this.bins);
    for (const input of this.ends) Object.assign(input, { min: 0, max: this.bins.length });
    this.at = [0, this.bins.length];
    this.draw();
  }

  get whole() {
    return this.unit === "day" && this.at[0] === 0 && this.at[1] === this.bins.length;
  }

  /* In minutes; the ends of the whole are open. */
  get window() {
    if (!this.bins.length) return { since: -Infinity, until: Infinity };
    const [first, last] = this.at, open = this.unit === "day";
    return {
      since: open && first === 0 ? -Infinity : this.bins[first][0],
      until: open && last === this.bins.length ? Infinity : this.bins[last - 1][1],
    };
  }

  /* As it stands in the address; a day that ends the window is in it. */
  get address() {
    const { since, until } = this.window, clock = (at) => at % MINUTES.day !== 0;
    return {
      from: since === -Infinity ? "" : iso(since, clock(since)),
      to: until === Infinity ? "" : clock(until) ? iso(until, true) : iso(until - MINUTES.day, false),
    };
  }

  /* From the address: the least stretch of bars that holds it. */
  set({ from, to }) {
    if ((!from && !to) || !this.bins.length) return;
    const since = from ? minutes(from) : -Infinity, until = to ? minutes(to) + (to.includes("T") ? 0 : MINUTES.day) : Infinity;
    if (until - since <= HOURLY && [since, until].some((at) => at % MINUTES.day)) {
      const whole = MINUTES.day;
      this.fit("hour", [Math.floor(since / whole) * whole, Math.ceil(until / whole) * whole]);
    }
    const first = this.bins.findIndex(([, end]) => end > since), last = this.bins.findLastIndex(([start]) => start < until);
    if (first >= 0 && last >= first) this.at = [first, last + 1];
    this.mark();
  }

  moved(which) {
    const at = this.ends.map((input) => Number(input.value));
    if (at[0] >= at[1]) at[which] = which ? at[0] + 1 : at[1] - 1;
    this.put(...at);
  }

  put(first, last) {
    this.at = [Math.max(0, Math.min(first, this.bins.length - 1)), Math.min(this.bins.length, Math.max(last, 1))];
    this.mark();
    this.tell();
  }

  closer() {
    const { since, until } = this.window, { from, to } = this.address;
    if (this.unit === "hour") {
      this.fit("day");
      this.set({ from: from.slice(0, 10), to: to.slice(0, 10) });
    } else this.fit("hour", [since, until]);
    this.tell();
  }

  tell() {
    this.mark();
    this.changed(this.window, this.address);
  }

  draw() {
    const width = this.chart.clientWidth || 600, step = width / Math.max(1, this.bins.length);
    const most = Math.max(1, ...this.told.map(({ many, one, may }) => many + one + may));
    this.chart.replaceChildren(
      el("svg", { viewBox: `0 0 ${width} ${HIGH + FOOT}`, width, height: HIGH + FOOT, "aria-hidden": "true" },
        ...this.bins.map((bin, n) => this.bar(bin, n, step, (HIGH - 12) / most)), el("path", { class: "floor", d: `M0 ${HIGH + 0.5}H${width}` }), ...this.ticks(step, width)),
    );
    this.mark();
  }

  bar([start, end], n, step, high) {
    const gap = step > 5 ? Math.min(3, step * 0.15) : 0, { many, one, may } = this.told[n], pieces = [];
    let top = HIGH;
    for (const [name, count] of [["many", many], ["one", one], ["may", may]]) {
      top -= count * high;
      const inset = name === "may" ? 0.5 : 0, tall = count * high - 2 * inset;
      if (tall > 0) pieces.push(el("rect", { class: name, x: n * step + gap + inset, y: top + inset, width: Math.max(1, Math.min(step - 2 * gap, 64) - 2 * inset), height: tall }));
    }
    const parts = [many && `${many} told by more than one voice, observed or acknowledged`, one && `${one} told by one voice`, may && `${may} that may lie in it`].filter(Boolean);
    const title = el("title", {}, `${stretch(start, end)}: ${parts.join(", ") || "nothing told"}`);
    const whole = el("g", { class: "bin", "data-bin": n }, title, el("rect", { class: "room", x: n * step, y: 0, width: step, height: HIGH }), ...pieces);
    if (n && step > 5 && start !== this.bins[n - 1][1]) whole.append(el("path", { class: "gap", d: `M${n * step} 6V${HIGH}` }));
    return whole;
  }

  ticks(step, width) {
    const made = [];
    let free = 0, freeBelow = 0, month = "";
    this.bins.forEach(([start], n) => {
      const x = n * step, date = new Date(start * 60000), day = `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
      const hour = this.unit === "hour" && date.getUTCHours() !== 0, below = this.unit === "hour" ? spoken(Math.floor(start / MINUTES.day) * MINUTES.day, true) : day;
      const label = this.unit === "hour" ? date.toISOString().slice(11, 16) : String(date.getUTCDate());
      if (x >= free && (!hour || date.getUTCHours() % 3 === 0 || step > 40)) {
        made.push(el("text", { class: "tick", x: x + 2, y: HIGH + 23 }, label));
        free = x + label.length * 8 + 8;
      }
      if (below !== month && x >= freeBelow && x + below.length * 7.5 < width) {
        made.push(el("text", { class: "tick strong", x: x + 2, y: HIGH + 38 }, below));
        freeBelow = x + below.length * 7.5 + 10;
        month = below;
      }
    });
    return made;
  }

  mark() {
    const { since, until } = this.window, [first, last] = this.at;
    this.ends.forEach((input, n) => {
      input.value = this.at[n];
      const edge = this.bins[n ? last - 1 : first];
      input.setAttribute("aria-valuetext", edge ? (n ? spoken(ending(edge[1]), true) : spoken(edge[0], true)) : "");
    });
    const middle = (first + last) / 2 / Math.max(1, this.bins.length);
    this.ends[0].parentElement.style.setProperty("--middle", `calc(10px + (100% - 20px) * ${middle})`);
    this.chart.querySelectorAll("[data-bin]").forEach((bin) => bin.classList.toggle("out", bin.dataset.bin < first || bin.dataset.bin >= last));
    this.root.querySelector(".all").hidden = this.whole;
    const short = until - since <= HOURLY;
    this.hourly.hidden = !(this.unit === "hour" || short);
    this.hourly.textContent = this.unit === "hour" ? "By the day" : "By the hour";
    this.said.replaceChildren(...this.sentence());
  }

  sentence() {
    const { since, until } = this.window, held = this.dated.filter((incident) => holds(this.window, incident)), bins = this.bins;
    const first = since === -Infinity ? Math.min(...held.map((each) => each.first)) : since, last = until === Infinity ? Math.max(...held.map((each) => each.last)) : until;
    const loose = held.filter((each) => each.last - each.first > LONGEST[this.unit]).length;
    const apart = [this.undated && `${this.undated} undated shown apart`, loose && `${loose} ${LESS[this.unit]}, not drawn as a bar`].filter(Boolean);
    const told = `${bins.length && Number.isFinite(first) ? `${stretch(first, last)}, ` : ""}${held.length} of ${this.dated.length + this.undated} incidents`;
    const more = document.createElement("span");
    more.textContent = apart.length ? `; ${apart.join("; ")}` : "";
    return [told, more];
  }
}
