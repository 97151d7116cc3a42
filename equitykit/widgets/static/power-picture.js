// The picture of a power map: groups as lanes, decisions in order of time, the size and fill of a mark as say.
// Wide, time runs to the right; narrow, it runs down.
import { svg } from "./kit.js";
import { decisionName, groupName, payText, rank, settled, unknown } from "./power-model.js";

const NARROWEST = 84; // a decision's column, below which its title no longer reads
const WIDEST = 980;
const GLYPH = 0.5; // a letter's width, as a share of its height
const NOBODY = "nobody affected was asked";
const UNKNOWN = "not known";

const wide = (text, size) => text.length * size * GLYPH;

/** Break a text into lines of a width. */
function lines(text, width, size, most = 9) {
  const made = [];
  for (const piece of text.split(/\s+/).filter(Boolean)) {
    const last = made[made.length - 1];
    if (last !== undefined && wide(`${last} ${piece}`, size) <= width) made[made.length - 1] = `${last} ${piece}`;
    else made.push(piece);
  }
  if (made.length > most) return [...made.slice(0, most - 1), `${made[most - 1]} …`];
  return made;
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

const kindOf = (one) => (one.affected ? "ek-pm-affected" : "ek-pm-other");
const entry = (one) => one.says.findIndex((mark) => rank(mark) >= 2);
const ends = (one) => [one.says.findIndex(seen), one.says.findLastIndex(seen)];

function drawWide(made, terms, width) {
  const step = width / made.decisions.length;
  const at = (place) => step * (place + 0.5);
  const parts = [];
  const titles = made.decisions.map((one, place) => lines(decisionName(made, place), step - 8, 13.5));
  const dates = made.decisions.map((one) => lines(one.when, step - 10, 12, 3));
  const high = 24 + Math.max(...titles.map((one, place) => one.length * 16 + dates[place].length * 14)) + 8;
  const lane = 74;
  const foot = high + made.people.length * lane;
  const [closed, open] = [settled(made), unknown(made)];
  for (const place of closed) parts.push(svg("rect", { x: step * place + 1.5, y: 0, width: step - 3, height: foot + 42, rx: 6, class: "ek-pm-closed" }));
  made.decisions.forEach((one, place) => {
    parts.push(write(at(place), 17, terms.stages[one.stage], "ek-pm-stage", { "text-anchor": "middle" }),
      ...block(at(place), 38, titles[place], 16, "ek-pm-title", { "text-anchor": "middle" }),
      ...block(at(place), 38 + titles[place].length * 16, dates[place], 14, "ek-pm-when", { "text-anchor": "middle" }));
    if (closed.includes(place)) parts.push(...block(at(place), foot + 12, lines(NOBODY, step - 10, 12), 13, "ek-pm-nobody", { "text-anchor": "middle" }));
    if (open.includes(place)) parts.push(write(at(place), foot + 18, UNKNOWN, "ek-pm-when", { "text-anchor": "middle" }));
  });
  made.people.forEach((one, row) => {
    const top = high + row * lane;
    const y = top + 48;
    const pay = payText(one, terms);
    const kind = kindOf(one);
    parts.push(svg("path", { d: `M0,${top} H${width}`, class: "ek-pm-rule" }), svg("path", { d: `M0,${y} H${width}`, class: "ek-pm-track" }),
      write(4, top + 18, groupName(made, row), `ek-pm-group ${kind}`), drawPay(one.pay, width - 10, top + 13.5), write(width - 22, top + 18, pay, "ek-pm-pay", { "text-anchor": "end" }));
    const [from, to] = ends(one);
    if (from >= 0) parts.push(svg("path", { d: `M${at(from)},${y} H${at(to)}`, class: `ek-pm-lane ${kind}` }));
    const first = entry(one);
    if (first > 0) parts.push(svg("path", { d: `M${step * first + 3},${y - 17} v34`, class: `ek-pm-door ${kind}` }), svg("path", { d: `M${step * first + 3},${y - 17} l8,4.5 l-8,4.5 Z`, class: `ek-pm-fill ${kind}` }));
    one.says.forEach((mark, place) => parts.push(drawMark(mark, at(place), y, kind)));
  });
  parts.push(svg("path", { d: `M0,${foot} H${width}`, class: "ek-pm-rule" }));
  return { parts, bottom: foot + (closed.length || open.length ? 66 : 26) };
}

function drawNarrow(made, terms, width) {
  const left = 0;
  const step = (width - left) / made.people.length;
  const at = (row) => left + step * (row + 0.5);
  const parts = [];
  let y = 0;
  made.people.forEach((one, row) => {
    const kind = kindOf(one);
    const title = lines(groupName(made, row), width - 34, 15);
    const pay = lines(payText(one, terms), width - 52, 13.5);
    parts.push(svg("circle", { cx: 12, cy: y + 13, r: 11, class: `ek-pm-ring ${kind}` }), write(12, y + 18, String.fromCharCode(65 + row), `ek-pm-letter ${kind}`, { "text-anchor": "middle" }),
      ...block(32, y + 18, title, 18, `ek-pm-group ${kind}`), drawPay(one.pay, 39, y + title.length * 18 + 13), ...block(51, y + title.length * 18 + 17, pay, 16, "ek-pm-pay"));
    y += title.length * 18 + pay.length * 16 + 14;
  });
  const top = y + 8;
  parts.push(svg("path", { d: `M0,${top} H${width}`, class: "ek-pm-rule" }), ...made.people.map((one, row) => write(at(row), top + 20, String.fromCharCode(65 + row), `ek-pm-letter ${kindOf(one)}`, { "text-anchor": "middle" })));
  y = top + 30;
  const [closed, open] = [settled(made), unknown(made)];
  const middles = [];
  const over = [];
  made.decisions.forEach((one, place) => {
    const title = lines(decisionName(made, place), width - 12, 15);
    const more = [terms.stages[one.stage], one.when].filter(Boolean).join(" · ");
    const said = closed.includes(place) ? NOBODY : open.includes(place) ? `${UNKNOWN} whether anyone affected was asked` : "";
    const start = y;
    over.push(...block(6, y + 20, title, 18, "ek-pm-title ek-pm-left"), write(6, y + 20 + title.length * 18 - 1, more, "ek-pm-when"));
    y += 22 + title.length * 18;
    middles.push(y + 22);
    y += 46;
    if (said) { over.push(write(6, y + 8, said, closed.includes(place) ? "ek-pm-nobody" : "ek-pm-when")); y += 18; }
    if (closed.includes(place)) parts.push(svg("rect", { x: 0, y: start + 1.5, width, height: y - start - 3, rx: 6, class: "ek-pm-closed" }));
    over.push(svg("path", { d: `M0,${start} H${width}`, class: "ek-pm-rule" }));
  });
  made.people.forEach((one, row) => {
    const kind = kindOf(one);
    const first = entry(one);
    if (first > 0) over.push(svg("path", { d: `M${at(row) - 17},${middles[first] - 23} h34`, class: `ek-pm-door ${kind}` }), svg("path", { d: `M${at(row) - 17},${middles[first] - 23} l4.5,8 l4.5,-8 Z`, class: `ek-pm-fill ${kind}` }));
    one.says.forEach((mark, place) => over.push(drawMark(mark, at(row), middles[place], kind)));
  });
  return { parts: [...parts, ...over], bottom: y + 28 };
}

/**
 * The picture of a map.
 * @param {object} made The state.
 * @param {object} terms
 * @param {number} width Of the place that it has; it says which way time runs.
 * @param {string} [label] The accessible name; without one it is hidden from assistive technology.
 */
export function drawMap(made, terms, width, label = "") {
  const space = Math.min(width, WIDEST);
  const { parts, bottom } = space / made.decisions.length >= NARROWEST ? drawWide(made, terms, space) : drawNarrow(made, terms, Math.min(space, 620));
  const used = space / made.decisions.length >= NARROWEST ? space : Math.min(space, 620);
  const key = legend(used, bottom + 10, "ek-pm-key");
  const more = [["ek-pm-affected", "people it affects"], ["ek-pm-other", "others"]];
  let x = 0;
  const lanes = more.flatMap(([kind, text]) => {
    const parts_ = [svg("path", { d: `M${x + 6},${key.bottom + 10} h28`, class: `ek-pm-lane ${kind}` }), write(x + 43, key.bottom + 14.5, text, "ek-pm-small")];
    x += 60 + wide(text, 13.5);
    return parts_;
  });
  const doors = x + 60 + wide("first asked, shares or decides", 13.5) > used ? [0, key.bottom + 44] : [x, key.bottom + 10];
  const door = made.people.some((one) => entry(one) > 0) ? [svg("path", { d: `M${doors[0] + 18},${doors[1] - 13} v26`, class: "ek-pm-door ek-pm-key" }), svg("path", { d: `M${doors[0] + 18},${doors[1] - 13} l8,4.5 l-8,4.5 Z`, class: "ek-pm-fill ek-pm-key" }),
    write(doors[0] + 43, doors[1] + 4.5, "comes in with a say", "ek-pm-small")] : [];
  const high = (door.length ? doors[1] : key.bottom + 10) + 18;
  return svg("svg", { viewBox: `0 0 ${Math.round(used)} ${Math.round(high)}`, class: "ek-pm-svg", style: `max-width:${Math.round(used)}px`, ...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" }) }, ...parts, ...key.parts, ...lanes, ...door);
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
  return { element, redraw, stop: () => watch.disconnect() };
}
