// Small helpers. Texts go in as text: nothing that a server said is read as HTML.

export const $ = (selector, from = document) => from.querySelector(selector);
export const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

// el makes an element; children are elements or texts.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

// say tells those who hear the page; the same words twice are said once.
export function say(text) {
  const spoken = $("#spoken");
  if (spoken.textContent !== text) spoken.textContent = text;
}

// theme is what the page is drawn in.
export function theme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen) return chosen;
  return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
}

export async function ask(path, parameters, signal) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const answer = await fetch(url, { signal });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}
