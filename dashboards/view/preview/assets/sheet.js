// The raw data of a picture as a table, a page of rows at a time.
import { ask, el } from "./dom.js";

export async function showSheet(box, stream, series = box.series ?? 0, offset = box.offset ?? 0) {
  Object.assign(box, { series, offset });
  let sheet;
  try {
    sheet = await ask("/data", { stream, panel: box.dataset.panel, series, offset });
  } catch {
    return; // the page was redrawn meanwhile: what stands there is the newest
  }
  box.again = (nextSeries, nextOffset) => showSheet(box, stream, nextSeries, nextOffset);
  const focus = box.contains(document.activeElement) ? document.activeElement.id : "";
  box.replaceChildren(tools(box, sheet), table(sheet));
  if (focus) document.getElementById(focus)?.focus();
}

function tools(box, sheet) {
  const bar = el("div", { class: "tools" });
  if (sheet.names.length > 1) {
    const select = el("select", { id: "series", "aria-label": "Series", change: (e) => box.again(Number(e.target.value), 0) },
      ...sheet.names.map((name, i) => el("option", { value: i, selected: i === sheet.chosen }, name)));
    bar.append(select);
  }
  const last = sheet.offset + sheet.rows.length;
  if (sheet.total > sheet.rows.length) {
    bar.append(
      el("button", { type: "button", id: "newer", disabled: sheet.offset === 0, click: () => box.again(sheet.chosen, Math.max(0, sheet.offset - 500)) }, "Previous rows"),
      el("button", { type: "button", id: "older", disabled: last >= sheet.total, click: () => box.again(sheet.chosen, last) }, "Next rows"),
    );
  }
  bar.append(el("span", { class: "note" }, sheet.total ? `Rows ${sheet.offset + 1} to ${last} of ${sheet.total}` : "No data"));
  return bar;
}

function table(sheet) {
  return el("div", { class: "sheet", tabindex: "0", role: "region", "aria-label": "Raw data" },
    el("table", {},
      el("thead", {}, el("tr", {}, ...sheet.columns.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, ...sheet.rows.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, cell)))))));
}
