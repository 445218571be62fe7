// The page is its URL: every control leads to another URL, whose page the server
// writes. Here the parts that changed are put in place of the old ones, pictures
// kept until newer ones come.
import { $, $$, theme } from "./dom.js";
import { connect, disconnect, refresh } from "./stream.js";
import { startPlots } from "./plot.js";
import { startKeys } from "./keys.js";
import { startExplore } from "./explore.js";

let under = 0; // the number of the navigation that is under way
const place = () => location.pathname + location.search;
let here = place();

export async function go(to, { replace = false } = {}) {
  const mine = ++under;
  const url = new URL(to, location.href);
  let answer, text;
  try {
    answer = await fetch(url, { headers: { Accept: "text/html" } });
    text = await answer.text();
  } catch {
    location.assign(url); // the browser says best what is wrong
    return;
  }
  if (mine !== under) return;
  const next = new DOMParser().parseFromString(text, "text/html");
  if (next.body.dataset.page !== document.body.dataset.page) {
    location.assign(answer.url);
    return;
  }
  history[replace ? "replaceState" : "pushState"](null, "", answer.url);
  here = place();
  swap(next);
}

function swap(next) {
  const focus = document.activeElement?.closest("[id]")?.id;
  const caret = document.activeElement?.selectionStart;
  const pictures = new Map($$("figure.panel[data-panel]").map((p) => [p.dataset.panel, p]));
  for (const panel of $$("figure.panel[data-panel]", next)) {
    const old = pictures.get(panel.dataset.panel);
    const svg = old && $("svg", $(".picture", old));
    if (!svg) continue;
    $(".picture", panel).append(svg);
    $(".values", panel).replaceChildren(...$(".values", old).childNodes);
    panel.dataset.state = old.dataset.state;
  }
  const main = $("main", next);
  $("main").replaceWith(main);
  const build = $("#build", next);
  $("#build").replaceWith(build);
  document.title = next.title;
  Object.assign(document.documentElement.dataset, { theme: next.documentElement.dataset.theme, version: next.documentElement.dataset.version });
  const again = focusable(document.getElementById(focus));
  again?.focus({ preventScroll: true });
  if (caret != null && again?.setSelectionRange && again.type !== "checkbox") again.setSelectionRange(caret, caret);
  ready();
}

// focusable is an element, or what in it comes first for the keyboard: of a menu
// that was closed its button.
function focusable(element) {
  const those = "summary, a, button, input, select, textarea, [tabindex]";
  return element?.matches(those) ? element : element?.querySelector(those);
}

// ready starts what belongs to the content of a page.
function ready() {
  for (const box of $$("[data-all]")) exclusive(box);
  startExplore();
  connect();
}

// exclusive keeps "All" and single values apart.
function exclusive(all) {
  const list = all.closest("ul");
  list.addEventListener("change", (event) => {
    for (const box of $$("input[type=checkbox]", list)) {
      if (event.target.checked && box !== event.target && (event.target === all || box === all)) box.checked = false;
    }
  });
}

export function submit(form = $("#controls"), options) {
  const url = new URL(form.getAttribute("action") || location.pathname, location.href);
  url.search = new URLSearchParams(new FormData(form)).toString();
  return go(url, options);
}

document.addEventListener("submit", (event) => {
  if (event.target.id !== "controls") return;
  event.preventDefault();
  submit(event.target);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href]");
  const plain = !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (!link || !plain || link.target) return;
  const href = link.getAttribute("href");
  const url = new URL(href, location.href);
  if (url.origin !== location.origin || href.startsWith("#")) return;
  event.preventDefault();
  go(url);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) submit();
});

let typing;
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-live]")) {
    clearTimeout(typing);
    typing = setTimeout(() => submit(event.target.form, { replace: true }), 150);
  }
  if (event.target.matches("[data-filter]")) {
    const word = event.target.value.toLowerCase();
    for (const item of $$("li", event.target.closest("fieldset"))) item.hidden = !item.textContent.toLowerCase().includes(word);
  }
});

// A menu closes when something else is used, and takes what was ticked with it.
function closeMenus(except) {
  for (const menu of $$("details[data-menu][open]")) if (!menu.contains(except)) menu.open = false;
}
document.addEventListener("pointerdown", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => {
  // A press on a text in a menu gives the focus to what is around it.
  if (!event.target.contains($("details[data-menu][open]"))) closeMenus(event.target);
});
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details[data-var]") || menu.open || !menu.isConnected) return;
  if ($$("input[type=checkbox]", menu).some((box) => box.checked !== box.defaultChecked)) submit();
}, true);

export function toggleTheme() {
  const next = theme() === "light" ? "dark" : "light";
  document.cookie = `ginsight-theme=${next}; path=/; max-age=31536000; samesite=strict`;
  document.documentElement.dataset.theme = next;
  const url = new URL(location.href);
  url.searchParams.set("theme", next);
  go(url, { replace: true });
}

$("#theme").addEventListener("click", toggleTheme);
$("#keys").addEventListener("click", () => $("#help").showModal());
document.addEventListener("click", (event) => {
  if (event.target.closest("#refresh-now")) refresh();
});
addEventListener("popstate", () => {
  if (place() !== here) go(location.href, { replace: true }); // and not for #main
});
addEventListener("reload-page", () => go(location.href, { replace: true }));
matchMedia("(prefers-color-scheme: light)").addEventListener("change", connect);

// A tab that nobody sees asks for nothing.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));

let width = innerWidth;
let resizing;
addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    if (innerWidth !== width) connect();
    width = innerWidth;
  }, 200);
});

startPlots(go);
startKeys(go, toggleTheme);
ready();
