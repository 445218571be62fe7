// Crosshair, tooltip and zoom. The server knows the values and writes them; here
// is only where on the picture they are.
import { $, $$, ask, el, say } from "./dom.js";
import { streamID } from "./stream.js";

// plots are the boxes of pictures with a time axis, by the panel's key.
export const plots = new Map();

const svgNS = "http://www.w3.org/2000/svg";
let drag;
let asking = false;
let wanted; // the newest place that was not asked for yet
let reading; // the time that the arrow keys read

export function startPlots(go) {
  document.addEventListener("pointermove", (event) => move(event));
  document.addEventListener("pointerdown", (event) => press(event));
  document.addEventListener("pointerup", (event) => release(event, go));
  document.addEventListener("pointercancel", () => endDrag());
  document.addEventListener("pointerleave", hide);
  document.addEventListener("scroll", hide, { passive: true });
  document.addEventListener("focusout", () => { reading = undefined; hide(); });
}

// under is the plot under the pointer.
function under(event) {
  const figure = event.target.closest?.("figure.panel");
  const plot = figure && event.target.closest(".picture") && plots.get(figure.dataset.panel);
  if (!plot) return undefined;
  const box = figure.getBoundingClientRect();
  const x = event.clientX - box.left - plot.x;
  const y = event.clientY - box.top - plot.y;
  if (!drag && (x < 0 || y < 0 || x > plot.w || y > plot.h)) return undefined;
  return { figure, plot, x: Math.min(Math.max(x, 0), plot.w), clientX: event.clientX, clientY: event.clientY };
}

const timeAt = (plot, x) => Math.round(plot.from + (x / plot.w) * (plot.to - plot.from));

function move(event) {
  if (drag) {
    const x = Math.min(Math.max(event.clientX - drag.left - drag.plot.x, 0), drag.plot.w);
    brush(x);
    return;
  }
  const here = under(event);
  if (!here) {
    hide();
    return;
  }
  want({ ...here, t: timeAt(here.plot, here.x) });
}

function want(place) {
  wanted = place;
  cross(place.t);
  if (!asking) askNext();
}

async function askNext() {
  asking = true;
  while (wanted) {
    const place = wanted;
    wanted = undefined;
    try {
      const found = await ask("/at", { stream: streamID, panel: place.figure.dataset.panel, t: place.t });
      if (!shown) continue;
      show(place, found);
    } catch {
      $("#tip").hidden = true; // the page was redrawn meanwhile
    }
  }
  asking = false;
}

let shown = false;

function cross(t) {
  shown = true;
  for (const figure of $$("figure.panel[data-panel]")) {
    const plot = plots.get(figure.dataset.panel);
    const line = $(".cross", figure);
    if (!line) continue;
    const inside = plot && t >= plot.from && t <= plot.to;
    line.hidden = !inside;
    if (!inside) continue;
    line.style.left = `${plot.x + ((t - plot.from) / (plot.to - plot.from)) * plot.w}px`;
    line.style.top = `${plot.y}px`;
    line.style.height = `${plot.h}px`;
  }
}

function show(place, found) {
  cross(found.t);
  const tip = $("#tip");
  const rows = found.rows.map(({ name, color, value }) => {
    const chip = document.createElementNS(svgNS, "svg");
    const rect = document.createElementNS(svgNS, "rect");
    for (const [k, v] of Object.entries({ width: 14, height: 4, rx: 1, fill: color })) rect.setAttribute(k, v);
    chip.append(rect);
    return el("tr", {}, el("td", {}, chip, name), el("td", {}, value));
  });
  if (found.more) rows.push(el("tr", {}, el("td", {}, `and ${found.more} more`), el("td")));
  tip.replaceChildren(el("p", {}, found.time), rows.length ? el("table", {}, el("tbody", {}, ...rows)) : el("p", {}, "No data"));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = place.clientX + 16 + width > innerWidth ? place.clientX - width - 16 : place.clientX + 16;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${Math.max(8, Math.min(place.clientY + 12, innerHeight - height - 8))}px`;
  if (place.spoken) say(`${found.time}: ${found.rows.slice(0, 5).map((r) => `${r.name} ${r.value}`).join(", ") || "no data"}`);
}

export function hide() {
  if (!shown) return;
  shown = false;
  wanted = undefined;
  $("#tip").hidden = true;
  for (const line of $$(".cross")) line.hidden = true;
}

// readOn moves the crosshair of a focused panel, by a sixtieth of its width.
export function readOn(figure, steps) {
  const plot = plots.get(figure.dataset.panel);
  if (!plot) return false;
  const step = (plot.to - plot.from) / 60;
  reading = Math.min(Math.max((reading ?? plot.to) + steps * step, plot.from), plot.to);
  const box = figure.getBoundingClientRect();
  const x = ((reading - plot.from) / (plot.to - plot.from)) * plot.w;
  want({ figure, plot, t: Math.round(reading), clientX: box.left + plot.x + x, clientY: box.top + plot.y, spoken: true });
  return true;
}

function press(event) {
  if (event.button !== 0) return;
  const here = under(event);
  if (!here) return;
  event.preventDefault();
  drag = { ...here, left: here.figure.getBoundingClientRect().left, brush: el("div", { class: "brush", hidden: true }) };
  here.figure.append(drag.brush);
}

function brush(x) {
  const { plot, brush: box } = drag;
  drag.end = x;
  box.hidden = Math.abs(x - drag.x) < 8;
  box.style.left = `${plot.x + Math.min(x, drag.x)}px`;
  box.style.width = `${Math.abs(x - drag.x)}px`;
  box.style.top = `${plot.y}px`;
  box.style.height = `${plot.h}px`;
}

function release(event, go) {
  if (!drag) return;
  const { plot, x, end } = drag;
  endDrag();
  if (end === undefined || Math.abs(end - x) < 8) return;
  const url = new URL(location.href);
  url.searchParams.set("from", timeAt(plot, Math.min(x, end)));
  url.searchParams.set("to", Math.max(timeAt(plot, Math.max(x, end)), timeAt(plot, Math.min(x, end)) + 1000));
  go(url);
}

function endDrag() {
  drag?.brush.remove();
  drag = undefined;
}
