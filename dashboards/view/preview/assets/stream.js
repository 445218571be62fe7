// The stream of a page: pictures and news come as server-sent events.
import { $, $$, el, say, theme } from "./dom.js";
import { showSheet } from "./sheet.js";
import { plots } from "./plot.js";

let source;
let retry;
let failures = 0;
let away = false; // the source did not answer when it was asked last
export let streamID = "";

export function disconnect() {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

export function connect() {
  disconnect();
  plots.clear(); // the server forgets what the pictures of a stream before said
  if (document.hidden) return;
  const url = new URL($("main").dataset.stream, location.href);
  const grid = $("#grid");
  if (grid) {
    url.searchParams.set("w", Math.round(grid.getBoundingClientRect().width));
    const single = $(".single figure.panel");
    if (single) url.searchParams.set("h", Math.round(single.getBoundingClientRect().height));
  }
  url.searchParams.set("theme", theme());
  const mine = (source = new EventSource(url));
  const on = (name, act) => source.addEventListener(name, (event) => mine === source && act(JSON.parse(event.data)));
  on("hello", (hello) => { streamID = hello.stream; failures = 0; });
  on("news", news);
  on("panel", panel);
  on("round", round);
  source.onerror = () => {
    if (mine !== source) return;
    stale(true);
    status("lost", "The preview does not answer; trying again");
    if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, Math.min(30000, 1000 * 2 ** failures++));
  };
}

export function refresh() {
  status("start", "Refreshing");
  connect();
}

function news({ version, build }) {
  const banner = $("#build");
  banner.hidden = !build;
  const text = $("pre", banner);
  if (text.textContent !== build) text.textContent = build;
  if (!build && String(version) !== document.documentElement.dataset.version) dispatchEvent(new Event("reload-page"));
}

function panel(p) {
  const figure = document.getElementById(`panel-${p.key}`);
  trouble(p);
  if (figure) draw(figure, p);
  const main = $("main");
  const data = $("#data");
  if (data && data.dataset.panel === p.key) showSheet(data, streamID);
  if (main.dataset.view === p.key) queries(p.queries);
}

function draw(figure, p) {
  const picture = $(".picture", figure);
  if (p.lost && picture.firstChild && figure.dataset.state !== "error") {
    mark(figure, "stale", "stale", p.error);
    return;
  }
  // What is parsed apart from the page runs no script, whatever is in it.
  const svg = new DOMParser().parseFromString(p.svg, "text/html").querySelector("svg");
  if (!svg) {
    mark(figure, "error", "error", p.error || "This panel cannot be drawn.");
    return;
  }
  picture.replaceChildren(document.importNode(svg, true));
  picture.classList.toggle("plotted", Boolean(p.plot));
  if (p.plot) plots.set(figure.dataset.panel, p.plot);
  else plots.delete(figure.dataset.panel);
  mark(figure, p.error ? "error" : "ok", "", p.error); // the picture says itself what failed
  $(".values", figure).replaceChildren(values(p));
}

// values are the newest values in a table, for those who hear the page.
function values(p) {
  if (p.error) return el("p", {}, p.error);
  if (!p.values.length) return el("p", {}, "No data");
  return el("table", {}, el("caption", {}, "Newest values"),
    el("tbody", {}, ...p.values.map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value)))));
}

function mark(figure, state, text, why) {
  figure.dataset.state = state;
  const badge = $(".badge", figure);
  badge.hidden = !text;
  badge.textContent = text;
  badge.title = why || "";
}

// trouble shows in words what a large panel, or a query of one's own, met.
function trouble(p) {
  if (!$(".single")) return;
  let box = $("#trouble");
  if (!p.error) {
    if (box?.dataset.panel === p.key) box.remove();
    return;
  }
  box ??= el("p", { id: "trouble", class: "banner error", role: "alert" });
  if (box.textContent !== p.error) box.textContent = p.error;
  box.dataset.panel = p.key;
  if (!box.isConnected) $(".single").before(box);
}

function queries(list) {
  const box = $("#queries");
  if (!box) return;
  const range = new URL(location.href).searchParams;
  box.replaceChildren(...list.map(({ ref, expr }) => {
    const to = new URLSearchParams({ q: expr });
    for (const name of ["from", "to", "theme"]) if (range.get(name)) to.set(name, range.get(name));
    return el("li", {}, el("span", {}, ref), el("code", {}, expr), el("a", { href: `/explore?${to}` }, "Open in explore"));
  }));
  if (!list.length) box.append(el("li", {}, "This panel asks nothing."));
}

function round(r) {
  if (r.lost) {
    away = true;
    const again = r.again ? ` Next attempt in ${Math.round(r.again)} s.` : "";
    status("lost", `Prometheus does not answer.${again}`, r.error);
    say("Prometheus does not answer. The pictures are the last ones.");
    return;
  }
  if (r.error) {
    status("failed", r.error);
    return;
  }
  // The choices of variables could not be listed meanwhile.
  if (away && $(".banner.warn")) dispatchEvent(new Event("reload-page"));
  away = false;
  const unmarked = r.unmarked || [];
  const failed = r.failed ? `${r.failed} of ${r.panels} panels failed` : unmarked.length ? "Annotations failed" : "";
  const took = `${r.panels} panels in ${r.took} ms`;
  status(failed ? "failed" : "ok", failed || (r.again ? "Live" : "Up to date"), [took, ...unmarked].join("\n"));
  document.body.dataset.rounds = Number(document.body.dataset.rounds || 0) + 1;
}

function status(state, text, title = "") {
  const box = $("#status");
  box.dataset.state = state;
  box.title = title;
  if (box.textContent !== text) box.textContent = text;
}

function stale(on) {
  for (const figure of $$("figure.panel[data-state=ok]")) if (on) mark(figure, "stale", "stale", "The preview does not answer.");
}
