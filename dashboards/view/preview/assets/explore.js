// Queries of one's own: completion, what is wrong with them, and those of before.
import { $, $$, ask, el, say } from "./dom.js";
import { submit } from "./page.js";

const historyKey = "ginsight-queries";
const mostKept = 30;

export function startExplore() {
  if (!$("main[data-explore]")) return;
  for (const field of $$("[data-query]")) new Completion(field);
  for (const button of $$("[data-remove]")) button.addEventListener("click", () => remove(button));
  $("#add")?.addEventListener("click", add);
  remember($$("[data-query]").map((f) => f.value.trim()).filter(Boolean));
  showHistory();
}

function remove(button) {
  const asks = $$("[data-ask]");
  if (asks.length === 1) $("[data-query]").value = "";
  else button.closest("[data-ask]").remove();
  submit();
}

// add has the server write one more field: an empty query in the URL.
async function add() {
  const controls = $("#controls");
  controls.append(el("input", { type: "hidden", name: "q", value: "" }));
  await submit(controls);
  $$("[data-query]").at(-1)?.focus();
}

function kept() {
  try {
    const list = JSON.parse(localStorage.getItem(historyKey));
    return Array.isArray(list) ? list.filter((q) => typeof q === "string") : [];
  } catch {
    return []; // a browser may keep nothing
  }
}

function remember(queries) {
  if (!queries.length) return;
  const list = [...queries, ...kept().filter((q) => !queries.includes(q))].slice(0, mostKept);
  try {
    localStorage.setItem(historyKey, JSON.stringify(list));
  } catch { /* a browser may keep nothing */ }
}

function showHistory() {
  const list = kept();
  $("#queries-before").replaceChildren(...list.map((query) =>
    el("li", {}, el("code", {}, query), el("button", { type: "button", "aria-label": `Use ${query}`, click: () => use(query) }, "Use"))));
  if (!list.length) $("#queries-before").append(el("li", {}, "No queries yet."));
}

function use(query) {
  const fields = $$("[data-query]");
  (fields.find((f) => !f.value.trim()) ?? fields.at(-1)).value = query;
  submit();
}

// Completion offers words for one field. A textarea cannot have the role of a
// combobox, so that it keeps its own and points to the list.
class Completion {
  constructor(field) {
    this.field = field;
    this.list = document.getElementById(field.getAttribute("aria-controls"));
    this.items = [];
    this.at = -1;
    field.addEventListener("input", () => this.soon());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.suggest(); this.check(); }, 120);
  }

  async suggest() {
    this.asked?.abort();
    this.asked = new AbortController();
    const { value, selectionStart } = this.field;
    let found;
    try {
      found = await ask("/explore/complete", { q: value.slice(0, selectionStart) }, this.asked.signal);
    } catch {
      return; // a newer question is under way, or there is no server
    }
    if (document.activeElement !== this.field) return;
    this.word = found.word;
    this.items = found.word || /["[{(,]\s*$/.test(value.slice(0, selectionStart)) ? found.items : [];
    this.render();
  }

  render() {
    this.at = -1;
    this.list.replaceChildren(...this.items.map((item, i) =>
      el("li", { role: "option", id: `${this.list.id}-${i}`, "aria-selected": "false", pointerdown: (e) => { e.preventDefault(); this.take(i); } },
        el("code", {}, item.name), el("span", {}, item.help), el("small", {}, item.kind))));
    this.list.hidden = !this.items.length;
    this.field.removeAttribute("aria-activedescendant");
    if (this.items.length) say(`${this.items.length} suggestions`);
  }

  close() {
    this.items = [];
    this.render();
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && this.at < 0) {
      event.preventDefault();
      this.close();
      submit();
      return;
    }
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.suggest();
      return;
    }
    if (this.list.hidden) return;
    const n = this.items.length;
    const moves = { ArrowDown: () => this.mark((this.at + 1) % n), ArrowUp: () => this.mark((this.at - 1 + n) % n), Escape: () => this.close(),
      Enter: () => this.take(this.at), Tab: this.at >= 0 ? () => this.take(this.at) : undefined };
    const act = moves[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  mark(i) {
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = i;
    const item = this.list.children[i];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", item.id);
  }

  take(i) {
    const { field } = this;
    const end = field.selectionStart;
    field.setRangeText(this.items[i].text, end - this.word.length, end, "end");
    this.close();
    this.check();
  }

  async check() {
    const box = document.getElementById(this.field.getAttribute("aria-describedby"));
    let error;
    try {
      ({ error } = await ask("/explore/check", { q: this.field.value }));
    } catch {
      return;
    }
    this.field.toggleAttribute("aria-invalid", false);
    if (error) this.field.setAttribute("aria-invalid", "true");
    if (!error) box.replaceChildren();
    else box.replaceChildren(
      el("p", {}, el("strong", {}, `Line ${error.line}, column ${error.column}: `), error.message),
      el("pre", {}, error.before, el("mark", {}, error.part), error.after));
  }
}
