// The picture of a power map: groups as lanes, decisions in order of time, the size and fill of a mark as say.
// Wide, time runs to the right; narrow, it runs down.
import { svg } from "./kit.js";
import { decisionName, groupName, payText, rank, settled, unknown } from "./power-model.js";

const NARROWEST = 84; // a decision's column, below which its title no longer reads
const WIDEST = 980;
const NOBODY = "nobody affected was asked";
const UNKNOWN = "not known if anyone was asked";
export const PAPER_FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"; // a drawing in a document has no other

let pen;
let family = "sans-serif";
/** How wide a text will be. Half bold is bold where a font has no half. */
function wide(text, size, weight = 400) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px ${family}`;
  return pen.measureText(text).width;
}

/** Break a text into lines of a width. */
function lines(text, width, size, weight = 400, most = 9) {
  const made = [];
  for (const piece of text.split(/\s+/).filter(Boolean)) {
    const last = made[made.length - 1];
    if (last !== undefined && wide(`${last} ${piece}`, size, weight) <= width) made[made.length - 1] = `${last} ${piece}`;
    else made.push(piece);
  }
  return (made.length > most ? [...made.slice(0, most - 1), `${made[most - 1]} …`] : made).map((one) => fitted(one, width, size, weight));
}

/** Cut a text to a width; the table has it whole. */
function fitted(text, width, size, weight) {
  if (wide(text, size, weight) <= width) return text;
  let short = text;
  while (short.length > 1 && wide(`${short}…`, size, weight) > width) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

const write = (x, y, text, kind, more = {}) => svg("text", { x, y, class: `ek-pm-text ${kind}`, ...more }, text);
const block = (x, y, texts, step, kind, more = {}) => texts.map((one, place) => write(x, y + place * step, one, kind, more));
const seen = (mark) => !["none", "unsaid"].includes(mark.say);

/** One mark, its centre at x and y. */
export function drawMark(mark, x, y, kind) {
  const parts = [];
  const shape = (tag, attributes) => parts.push(svg(tag, attributes));
  const dash = mark.late ? " ek-pm-late" : "";
  if (mark.say === "unsaid") parts.push(write(x, y + 5, "?", "ek-pm-unsaid", { "text-anchor": "middle" }));
  if (mark.say === "none") shape("circle", { cx: x, cy: y, r: 2.5, class: "ek-pm-none" });
  if (mark.say === "told") shape("circle", { cx: x, cy: y, r: 7, class: `ek-pm-ring ${kind}${dash}` });
  if (mark.say === "asked") {
    shape("circle", { cx: x, cy: y, r: 10, class: `ek-pm-ring ${kind}${dash}` });
    shape("path", { d: `M${x - 10},${y} A10,10 0 0 0 ${x + 10},${y} Z`, class: `ek-pm-fill ${kind}` });
  }
  if (mark.say === "shares") shape("circle", { cx: x, cy: y, r: 12, class: `ek-pm-fill ${kind}` });
  if (mark.say === "decides") {
    shape("circle", { cx: x, cy: y, r: 17, class: `ek-pm-ring ${kind}` });
    shape("circle", { cx: x, cy: y, r: 12, class: `ek-pm-fill ${kind}` });
  }
  if (mark.late) shape("path", { d: `M${x - 17},${y - 13} v26`, class: "ek-pm-shut" });
  if (mark.heard) {
    shape("circle", { cx: x + 11, cy: y - 10, r: 7, class: "ek-pm-heard" });
    shape("path", { d: `M${x + 7.6},${y - 10} l2.5,2.7 l4.4,-5.2`, class: "ek-pm-tick" });
  }
  return svg("g", {}, ...parts);
}

/** What a pay looks like, its centre at x and y. */
function drawPay(pay, x, y) {
  const ring = svg("circle", { cx: x, cy: y, r: 6, class: pay === "nothing" || pay === "unsaid" ? "ek-pm-coin ek-pm-late" : "ek-pm-coin" });
  const parts = [ring];
  if (pay === "salary") parts.push(svg("circle", { cx: x, cy: y, r: 6, class: "ek-pm-coin-full" }));
  if (pay === "fee") parts.push(svg("path", { d: `M${x - 6},${y} A6,6 0 0 0 ${x + 6},${y} Z`, class: "ek-pm-coin-full" }));
  if (pay === "expenses") parts.push(svg("circle", { cx: x, cy: y, r: 2, class: "ek-pm-coin-full" }));
  return svg("g", {}, ...parts);
}

const SHOWN = [["not there", { say: "none" }], ["told", { say: "told" }], ["asked", { say: "asked" }], ["shares the decision", { say: "shares" }], ["decides", { say: "decides" }],
  ["came in after it was settled", { say: "told", late: true }], ["was told what came of it", { say: "asked", heard: true }], ["not said", { say: "unsaid" }]];

function legend(width, top, kind) {
  const parts = [];
  let [x, y] = [0, top];
  for (const [text, mark] of SHOWN) {
    const step = 46 + wide(text, 13.5);
    if (x && x + step > width) { x = 0; y += 38; }
    parts.push(drawMark({ late: false, heard: false, ...mark }, x + 20, y, kind), write(x + 43, y + 4.5, text, "ek-pm-small"));
    x += step + 8;
  }
  return { parts, bottom: y + 22 };
}

/** The decisions that say of themselves that nobody affected was asked, or that it is not known; not where it is known of none. */
function told(made, veiled) {
  const open = unknown(made);
  return veiled ? [[], []] : [settled(made), open.length === made.decisions.length ? [] : open];
}

const kindOf = (one) => (one.affected ? "ek-pm-affected" : "ek-pm-other");
const entry = (one) => one.says.findIndex((mark) => rank(mark) >= 2);
const ends = (one) => [one.says.findIndex(seen), one.says.findLastIndex(seen)];

function drawWide(made, terms, width, veiled, hit) {
  const step = width / made.decisions.length;
  const at = (place) => step * (place + 0.5);
  const parts = [];
  const titles = made.decisions.map((one, place) => lines(decisionName(made, place), step - 7, 13.5, 600));
  const dates = made.decisions.map((one) => lines(one.when, step - 8, 12, 400, 3));
  const high = 24 + Math.max(...titles.map((one, place) => one.length * 16 + dates[place].length * 14)) + 8;
  const lane = 74;
  const foot = high + made.people.length * lane;
  const [closed, open] = told(made, veiled);
  for (const place of closed) parts.push(svg("rect", { x: step * place + 1.5, y: 0, width: step - 3, height: foot + 42, rx: 6, class: "ek-pm-closed" }));
  made.decisions.forEach((one, place) => {
    parts.push(write(at(place), 17, fitted(terms.stages[one.stage], step - 4, 12, 700), "ek-pm-stage", { "text-anchor": "middle" }),
      ...block(at(place), 38, titles[place], 16, "ek-pm-title", { "text-anchor": "middle" }),
      ...block(at(place), 38 + titles[place].length * 16, dates[place], 14, "ek-pm-when", { "text-anchor": "middle" }));
    if (closed.includes(place)) parts.push(...block(at(place), foot + 12, lines(NOBODY, step - 8, 12, 700), 13, "ek-pm-nobody", { "text-anchor": "middle" }));
    if (open.includes(place)) parts.push(...block(at(place), foot + 12, lines(UNKNOWN, step - 8, 12), 13, "ek-pm-when", { "text-anchor": "middle" }));
  });
  made.people.forEach((one, row) => {
    const top = high + row * lane;
    const y = top + 48;
    const pay = [payText(one, terms), terms.pays[one.pay]].find((text, last) => last || wide(text, 13.5) + wide(groupName(made, row), 15, 700) < width - 60);
    const kind = kindOf(one);
    parts.push(svg("path", { d: `M0,${top} H${width}`, class: "ek-pm-rule" }), svg("path", { d: `M0,${y} H${width}`, class: "ek-pm-track" }),
      write(4, top + 18, fitted(groupName(made, row), width - 60 - wide(pay, 13.5), 15, 700), `ek-pm-group ${kind}`));
    if (veiled) return;
    parts.push(drawPay(one.pay, width - 10, top + 13.5), write(width - 22, top + 18, pay, "ek-pm-pay", { "text-anchor": "end" }));
    const [from, to] = ends(one);
    if (from >= 0) parts.push(svg("path", { d: `M${at(from)},${y} H${at(to)}`, class: `ek-pm-lane ${kind}` }));
    const first = entry(one);
    if (first > 0) parts.push(svg("path", { d: `M${step * first + 3},${y - 17} v34`, class: `ek-pm-door ${kind}` }), svg("path", { d: `M${step * first + 3},${y - 17} l8,4.5 l-8,4.5 Z`, class: `ek-pm-fill ${kind}` }));
    one.says.forEach((mark, place) => parts.push(drawMark(mark, at(place), y, kind), ...hit(row, place, step * place, top + 24, step, lane - 24)));
  });
  parts.push(svg("path", { d: `M0,${foot} H${width}`, class: "ek-pm-rule" }));
  return { parts, bottom: foot + (closed.length || open.length ? 66 : 26) };
}

function drawNarrow(made, terms, width, veiled, hit) {
  const step = width / made.people.length;
  const at = (row) => step * (row + 0.5);
  const parts = [];
  let y = 0;
  made.people.forEach((one, row) => {
    const kind = kindOf(one);
    const title = lines(groupName(made, row), width - 34, 15, 700);
    const pay = veiled ? [] : lines(payText(one, terms), width - 52, 13.5);
    parts.push(svg("circle", { cx: 12, cy: y + 13, r: 11, class: `ek-pm-ring ${kind}` }), write(12, y + 18, String.fromCharCode(65 + row), `ek-pm-letter ${kind}`, { "text-anchor": "middle" }),
      ...block(32, y + 18, title, 18, `ek-pm-group ${kind}`), ...(veiled ? [] : [drawPay(one.pay, 39, y + title.length * 18 + 13)]), ...block(51, y + title.length * 18 + 17, pay, 16, "ek-pm-pay"));
    y += title.length * 18 + pay.length * 16 + 14;
  });
  const top = y + 8;
  parts.push(svg("path", { d: `M0,${top} H${width}`, class: "ek-pm-rule" }), ...made.people.map((one, row) => write(at(row), top + 20, String.fromCharCode(65 + row), `ek-pm-letter ${kindOf(one)}`, { "text-anchor": "middle" })));
  y = top + 30;
  const [closed, open] = told(made, veiled);
  const middles = [];
  const over = [];
  made.decisions.forEach((one, place) => {
    const title = lines(decisionName(made, place), width - 12, 15, 600);
    const more = [terms.stages[one.stage], one.when].filter(Boolean).join(" · ");
    const said = closed.includes(place) ? NOBODY : open.includes(place) ? UNKNOWN : "";
    const start = y;
    over.push(...block(6, y + 20, title, 18, "ek-pm-title ek-pm-left"), write(6, y + 20 + title.length * 18 - 1, more, "ek-pm-when"));
    y += 22 + title.length * 18;
    middles.push(y + 28);
    y += veiled ? 24 : 54;
    if (said) { over.push(write(6, y + 8, said, closed.includes(place) ? "ek-pm-nobody" : "ek-pm-when")); y += 18; }
    if (closed.includes(place)) parts.push(svg("rect", { x: 0, y: start + 1.5, width, height: y - start - 3, rx: 6, class: "ek-pm-closed" }));
    over.push(svg("path", { d: `M0,${start} H${width}`, class: "ek-pm-rule" }));
  });
  if (!veiled) made.people.forEach((one, row) => {
    const kind = kindOf(one);
    const first = entry(one);
    if (first > 0) over.push(svg("path", { d: `M${at(row) - 17},${middles[first] - 23} h34`, class: `ek-pm-door ${kind}` }), svg("path", { d: `M${at(row) - 17},${middles[first] - 23} l4.5,8 l4.5,-8 Z`, class: `ek-pm-fill ${kind}` }));
    one.says.forEach((mark, place) => over.push(drawMark(mark, at(row), middles[place], kind), ...hit(row, place, step * row, middles[place] - 24, step, 48)));
  });
  return { parts: [...parts, ...over], bottom: y + 28 };
}

/** What the marks and lines mean. */
function keyTo(made, width, top) {
  const { parts, bottom } = legend(width, top, "ek-pm-key");
  let [x, y] = [0, bottom + 10];
  const items = ["affected", "other"].map((kind) => [kind === "affected" ? "people it affects" : "others", [svg("path", { d: "M6,0 h28", class: `ek-pm-lane ek-pm-${kind}` }), svg("circle", { cx: 20, cy: 0, r: 7, class: `ek-pm-fill ek-pm-${kind}` })]]);
  if (made.people.some((one) => entry(one) > 0)) items.push(["comes in with a say", [svg("path", { d: "M18,-13 v26", class: "ek-pm-door ek-pm-key" }), svg("path", { d: "M18,-13 l8,4.5 l-8,4.5 Z", class: "ek-pm-fill ek-pm-key" })]]);
  for (const [text, shapes] of items) {
    const step = 60 + wide(text, 13.5);
    if (x && x + step > width) { x = 0; y += 34; }
    parts.push(svg("g", { transform: `translate(${x} ${y})` }, ...shapes, write(43, 4.5, text, "ek-pm-small")));
    x += step;
  }
  return { parts, bottom: y + 18 };
}

/**
 * The picture of a map.
 * @param {object} made The state.
 * @param {object} terms
 * @param {number} width Of the place that it has; it says which way time runs.
 * @param {{label?: string, veiled?: boolean, font?: string, pick?: (row: number, place: number) => void}} [more] `label`: the accessible name; without one it is hidden from assistive
 *   technology. `veiled`: decisions and groups without what anybody had to say. `pick`: called with the group and the decision of a mark that
 *   is pressed; whoever cannot press finds every mark in the form.
 */
export function drawMap(made, terms, width, { label = "", veiled = false, font = "", pick = null } = {}) {
  const hit = (row, place, x, y, wide_, high) => (pick ? [svg("rect", { x, y, width: wide_, height: high, class: "ek-pm-hit", "data-mark": `${row}/${place}` })] : []);
  family = font || getComputedStyle(document.body).fontFamily;
  const space = Math.min(width, WIDEST);
  const flat = space / made.decisions.length >= NARROWEST;
  const used = Math.round(flat ? space : Math.min(space, 620));
  const { parts, bottom } = (flat ? drawWide : drawNarrow)(made, terms, used, veiled, hit);
  const key = veiled ? { parts: [], bottom: bottom - 24 } : keyTo(made, used, bottom + 10);
  const root = svg("svg", { viewBox: `0 0 ${used} ${Math.round(key.bottom)}`, class: "ek-pm-svg", style: `max-width:${used}px${font ? `;font-family:${font}` : ""}`, ...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" }) }, ...(font ? [svg("rect", { x: 0, y: 0, width: used, height: Math.round(key.bottom), class: "ek-pm-ground" })] : []), ...parts, ...key.parts);
  if (pick) root.addEventListener("click", (event) => { const [row, place] = (event.target.dataset?.mark ?? "").split("/").map(Number); if (place !== undefined) pick(row, place); });
  return root;
}

/** A picture that is drawn anew when its place changes width. */
export function livingMap(draw) {
  const element = document.createElement("div");
  element.className = "ek-pm-picture";
  let width = 0;
  const redraw = () => { if (width) element.replaceChildren(draw(width)); };
  const watch = new ResizeObserver(([entry_]) => {
    const now = Math.floor(entry_.contentRect.width);
    if (!now || now === width) return;
    width = now;
    redraw();
  });
  watch.observe(element);
  document.fonts?.ready.then(redraw); // texts are broken by what they measure
  return { element, redraw, stop: () => watch.disconnect() };
}
