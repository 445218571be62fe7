// Keyboard shortcuts, those of Grafana where it has one.
import { $ } from "./dom.js";
import { refresh } from "./stream.js";
import { hide, readOn } from "./plot.js";

let before = "";
let forget;

export function startKeys(go, toggleTheme) {
  const click = (id) => document.getElementById(id)?.click();
  const view = () => ($("figure.panel:focus-within, figure.panel:focus") ?? $("figure.panel:hover"))?.querySelector(".open")?.click();
  const keys = {
    "?": () => $("#help").showModal(),
    "g h": () => location.assign("/"),
    "g e": () => location.assign("/explore"),
    "c t": toggleTheme,
    "d r": refresh,
    "t z": () => click("out"),
    "t ArrowLeft": () => click("back"),
    "t ArrowRight": () => click("forward"),
    v: view,
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    if (event.key === "Escape") {
      escape(go);
      return;
    }
    if (event.target.closest("input, textarea, select")) return;
    const figure = event.target.closest("figure.panel");
    if (figure && event.target === figure && !before) {
      if (event.key === "Enter") view();
      const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (steps && readOn(figure, steps)) event.preventDefault();
      if (steps || event.key === "Enter") return;
    }
    const act = keys[`${before} ${event.key}`.trim()] ?? keys[event.key];
    clearTimeout(forget);
    before = "";
    if (act) {
      event.preventDefault();
      act();
    } else if (event.key.length === 1) {
      before = event.key;
      forget = setTimeout(() => { before = ""; }, 1000);
    }
  });
}

function escape(go) {
  const menu = $("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    $("summary", menu).focus();
    return;
  }
  hide();
  const main = $("main");
  if (main.dataset.view && !$("[role=listbox]:not([hidden])")) go(main.dataset.back);
}
