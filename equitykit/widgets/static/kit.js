// What every interactive of the course needs: elements, a table, a voice for screen readers.
// Plain functions, no framework. In JupyterLab this file is inlined before the interactive.

/** What takes the focus by itself. */
const FOCUSED = new Set(["a", "button", "input", "select", "summary", "textarea"]);

/**
 * Make an element. What can take the focus keeps its keys: JupyterLab would take arrows and letters for its own.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` adds a listener, `class` and `text` as they read; null and false are left out.
 * @param {...(Node|string|null)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "text") element.textContent = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  if (FOCUSED.has(tag) || "tabindex" in attributes) element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * Make an SVG element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node|string)} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * An accessible table: a caption, a header row, the first column as row headers.
 * @param {string[][]} rows The first row is the header.
 * @param {string} caption
 * @returns {HTMLElement}
 */
export function table(rows, caption) {
  const [head, ...body] = rows;
  return h("div", { class: "ek-table-scroll", role: "group", tabindex: "0", "aria-label": caption },
    h("table", { class: "ek-table" },
      h("caption", { text: caption }),
      h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col", text })))),
      h("tbody", {}, ...body.map(([first, ...rest]) => h("tr", {},
        h("th", { scope: "row", text: first }), ...rest.map((text) => h("td", { text })))))));
}

/**
 * A part that opens and closes.
 * @param {string} summary
 * @param {...Node} children
 * @returns {HTMLElement}
 */
export function disclosure(summary, ...children) {
  return h("details", { class: "ek-disclosure" }, h("summary", { text: summary }), ...children);
}

/**
 * A line that screen readers speak when it changes.
 * @returns {{element: HTMLElement, say: (text: string) => void}}
 */
export function voice() {
  const element = h("p", { class: "ek-visually-hidden", role: "status", "aria-live": "polite" });
  return { element, say: (text) => { if (element.textContent !== text) element.textContent = text; } };
}

let counter = 0;

/**
 * An id that no other element of the page has.
 * @param {string} stem
 * @returns {string}
 */
export function uid(stem) {
  counter += 1;
  return `${stem}-${counter.toString(36)}-${Math.random().toString(36).slice(2, 7)}`;
}

/**
 * Write traits and share them with the kernel, if there is one.
 * @param {{set: Function, save_changes: Function}} model
 * @param {Record<string, any>} values
 */
export function save(model, values) {
  for (const [key, value] of Object.entries(values)) model.set(key, value);
  model.save_changes();
}

/**
 * Inline Markdown of the kit's own texts, as elements: *emphasis*, **strong**, `code`, [text](address).
 * @param {string} text
 * @returns {Node[]}
 */
export function inline(text) {
  const pattern = /\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    nodes.push(document.createTextNode(text.slice(from, match.index)));
    const [, strong, emphasis, code, link, address] = match;
    if (strong) nodes.push(h("strong", { text: strong }));
    else if (emphasis) nodes.push(h("em", { text: emphasis }));
    else if (code) nodes.push(h("code", { text: code }));
    else nodes.push(h("a", { href: address, text: link }));
    from = match.index + match[0].length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}
