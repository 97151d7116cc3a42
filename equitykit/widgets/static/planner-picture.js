// The pictures of an involvement plan: when it asks, what it costs and who carries it, what it asks of each partner.
import { h, svg, uid } from "./kit.js";
import { costLines, load, monthsOf, over, rest, total } from "./planner-model.js";
import { hoursOf, money, number, people, titled } from "./planner-words.js";

const text = (x, y, said, more = {}) => svg("text", { x, y, class: "ek-pn-text", ...more }, said);
const cut = (said, most) => (said.length > most ? `${said.slice(0, most - 1).trimEnd()}…` : said);

/** A drawing that is drawn anew when its width changes. */
export function living(draw) {
  const element = h("div", { class: "ek-pn-chart" });
  let width = 0;
  const redraw = () => { width = element.clientWidth > 160 ? Math.round(element.clientWidth) : 640; element.replaceChildren(draw(width)); };
  const watch = new ResizeObserver(() => { if (Math.abs((element.clientWidth || width) - width) > 1) redraw(); });
  watch.observe(element);
  return { element, redraw, stop: () => watch.disconnect() };
}

/** Hatching for what no budget covers: a shape beside the colour. */
function hatches() {
  const id = uid("ek-pn-hatch");
  const made = [["partners", 45], ["staff", -45], ["nobody", 0]].map(([who, turn]) => svg("pattern", { id: `${id}-${who}`, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
    svg("rect", { width: 7, height: 7, class: `ek-pn-under ek-pn-${who}` }), svg("line", { x1: 0, x2: 0, y1: 0, y2: 7, class: `ek-pn-hatch ek-pn-${who}` })));
  return { defs: svg("defs", {}, ...made), fill: (who) => `url(#${id}-${who})` };
}

const tickMonths = (months, room) => { const step = Math.max(1, Math.ceil(months / Math.max(2, Math.floor(room / 34)))); return Array.from({ length: months }, (_, at) => at + 1).filter((one) => (one - 1) % step === 0); };

/** When each activity asks: a mark in each month, larger where it asks more people. */
export function drawWhen(plan, width) {
  const row = 46;
  const [left, right, top] = [14, 14, 8];
  const narrow = width < 480;
  const high = top + plan.activities.length * row + (narrow ? 38 : 24);
  const foot = high - (narrow ? 22 : 6);
  const x = (month) => left + (month - 0.5) * (width - left - right) / plan.months;
  const most = Math.max(1, ...plan.activities.map((one) => one.people));
  const said = plan.activities.map((one) => `${titled(one.title, "Activity")}: ${people(one.people)}, ${one.times} ${one.times === 1 ? "time" : "times"}`);
  const root = svg("svg", { viewBox: `0 0 ${width} ${high}`, class: "ek-pn-svg", role: "img", "aria-label": `When the plan asks. ${said.join("; ")}.`, focusable: "false" });
  plan.activities.forEach((activity, place) => {
    const y = top + place * row;
    const group = plan.partners.find((one) => one.id === activity.partners);
    const about = `${titled(group.name, "Partners")}: ${people(activity.people)}, ${activity.times} ${activity.times === 1 ? "time" : "times"}`;
    const name = titled(activity.title, `Activity ${place + 1}`);
    root.append(text(left, y + 12, narrow ? cut(name, 24) : name, { class: "ek-pn-text ek-pn-name" }));
    root.append(text(width - right, y + 12, narrow ? `${people(activity.people)} × ${activity.times}` : about, { "text-anchor": "end" }));
    root.append(svg("line", { x1: left, x2: width - right, y1: y + 29, y2: y + 29, class: "ek-pn-rule" }));
    const many = new Map();
    for (const month of monthsOf(activity)) many.set(month, (many.get(month) ?? 0) + 1);
    for (const [month, times] of many) {
      root.append(svg("circle", { cx: x(month), cy: y + 29, r: 4 + 6 * Math.sqrt(activity.people / most), class: "ek-pn-when" }));
      if (times > 1) root.append(text(x(month), y + 33, String(times), { "text-anchor": "middle", class: "ek-pn-text ek-pn-on" }));
    }
  });
  root.append(...tickMonths(plan.months, width).map((month) => (month === 1 && !narrow ? text(left, foot, "month 1") : text(x(month), foot, String(month), { "text-anchor": "middle" }))));
  if (narrow) root.append(text(left, high - 4, "months"));
  return root;
}

/** The parts of what it takes, as the bar has them. */
export function segments(lines) {
  const fee = total(lines.filter((one) => one.kind === "meeting"), "budgeted")[1];
  return [["fee", "Fees for meetings, in the first budget", fee], ["other", "Other lines of the first budget", total(lines, "budgeted")[1] - fee],
    ["partners", "Carried by partners: unpaid hours and access", rest(lines, "partners")[1]], ["staff", "Carried by staff, on top of their work", rest(lines, "staff")[1]], ["nobody", "Carried by nobody: not done", rest(lines, "nobody")[1]]].filter((one) => one[2] > 0.005);
}

/** The first budget above, what it takes below, on one scale. */
export function drawCosts(plan, width, guess = {}) {
  const lines = costLines(plan);
  const [first, takes] = [total(lines, "budgeted"), total(lines, "takes")];
  const [left, right] = [2, 16];
  const most = Math.max(takes[2], first[2], 1);
  const x = (value) => left + value / most * (width - left - right);
  const guessed = typeof guess.share === "number";
  const high = guessed ? 186 : 160;
  const parts = segments(lines);
  const root = svg("svg", { viewBox: `0 0 ${width} ${high}`, class: "ek-pn-svg", role: "img", focusable: "false",
    "aria-label": `As budgeted at first ${money(first[1])}; what it takes ${money(takes[1])}, from ${money(takes[0])} to ${money(takes[2])}. ${parts.map(([, name, value]) => `${name}: ${money(value)}`).join("; ")}.` });
  const { defs, fill } = hatches();
  root.append(defs, text(left, 16, "As budgeted at first", { class: "ek-pn-text ek-pn-name" }), text(Math.max(x(first[1]) + 8, 0), 43, money(first[1]), { class: "ek-pn-text ek-pn-sum" }));
  let from = 0;
  for (const [who, , value] of parts.filter(([one]) => ["fee", "other"].includes(one))) {
    root.append(svg("rect", { x: x(from), y: 24, width: Math.max(1, x(from + value) - x(from)), height: 28, class: `ek-pn-bar ek-pn-${who}` }));
    from += value;
  }
  root.append(text(left, 80, `What it takes: ${money(takes[1])}`, { class: "ek-pn-text ek-pn-name" }));
  from = 0;
  for (const [who, , value] of parts) {
    const budgeted = ["fee", "other"].includes(who);
    root.append(svg("rect", { x: x(from), y: 90, width: Math.max(1, x(from + value) - x(from)), height: 34, class: `ek-pn-bar ek-pn-edge ek-pn-${who}`, style: budgeted ? null : `fill: ${fill(who)}` }));
    from += value;
  }
  if (takes[2] > takes[0]) {
    const [a, b] = [x(takes[0]), x(takes[2])];
    root.append(svg("path", { d: `M${a} 130v8M${a} 134H${b}M${b} 130v8`, class: "ek-pn-range" }), text(width - right + 14, 155, `${money(takes[0])} to ${money(takes[2])}`, { "text-anchor": "end" }));
  }
  if (guessed) {
    const at = x(takes[1] * guess.share / 100);
    root.append(svg("path", { d: `M${at} 86V130`, class: "ek-pn-guess" }), svg("path", { d: `M${at} 130l-6 9h12Z${width < 480 ? "" : `M${at} 138V164`}`, class: "ek-pn-guess-mark" }),
      text(at < width / 2 ? at - 6 : at + 6, 178, width < 480 ? `you guessed ${number(guess.share, 0)}%` : `you guessed that fees reach here: ${number(guess.share, 0)}%`, { "text-anchor": at < width / 2 ? "start" : "end", class: "ek-pn-text ek-pn-name" }));
  }
  return root;
}

/** Hours a month of one partner of each group: paid below, unpaid above, and the line of what they said they can give. */
export function drawLoad(plan, width) {
  const groups = load(plan).filter((one) => one.months.some((hours) => hours > 0));
  const [left, right, each] = [34, 8, width < 480 ? 178 : 168];
  const high = Math.max(1, groups.length) * each + 24;
  const most = Math.max(1, ...groups.flatMap((one) => [...one.months, one.said ?? 0])) * 1.18;
  const step = (width - left - right) / plan.months;
  const bar = Math.min(40, step * 0.72);
  const root = svg("svg", { viewBox: `0 0 ${width} ${high}`, class: "ek-pn-svg", role: "img", "aria-label": "Hours that the plan asks of one partner in each month; the words and the table below say the same.", focusable: "false" });
  const { defs, fill } = hatches();
  root.append(defs);
  const ticks = [0, 1, 2, 5, 10, 20, 50, 100, 200].filter((one) => one <= most);
  groups.forEach((group, place) => {
    const [top, floor] = [place * each + 44, (place + 1) * each - 6];
    const y = (hours) => floor - hours / most * (floor - top);
    const said = group.said === null ? "nobody asked what they can give" : `they said ${hoursOf(group.said)} a month`;
    root.append(text(0, place * each + 16, `${titled(group.name, "Partners")}: each of ${people(group.people)}`, { class: "ek-pn-text ek-pn-name" }), text(0, place * each + 32, said, { class: group.said === null ? "ek-pn-text ek-pn-hole" : "ek-pn-text" }));
    for (const one of ticks.slice(-3)) root.append(svg("line", { x1: left, x2: width - right, y1: y(one), y2: y(one), class: "ek-pn-grid" }), text(left - 6, y(one) + 4, String(one), { "text-anchor": "end" }));
    root.append(svg("line", { x1: left, x2: width - right, y1: floor, y2: floor, class: "ek-pn-rule" }));
    const asked = over(group);
    const peak = Math.max(...group.months);
    group.months.forEach((hours, at) => {
      if (!hours) return;
      const x = left + at * step + (step - bar) / 2;
      const paid = hours - group.unpaid[at];
      if (paid > 1e-9) root.append(svg("rect", { x, y: y(paid), width: bar, height: floor - y(paid), class: "ek-pn-bar ek-pn-fee" }));
      if (group.unpaid[at] > 1e-9) root.append(svg("rect", { x, y: y(hours), width: bar, height: y(paid) - y(hours), class: "ek-pn-bar ek-pn-edge ek-pn-partners", style: `fill: ${fill("partners")}` }));
      const marked = asked.includes(at + 1);
      if (marked || hours > peak - 1e-9 || bar > 24) root.append(text(x + bar / 2, y(hours) - 5, `${marked ? "! " : ""}${number(hours)}`, { "text-anchor": "middle", class: marked || hours > peak - 1e-9 ? "ek-pn-text ek-pn-name" : "ek-pn-text" }));
    });
    if (group.said !== null) root.append(svg("line", { x1: left, x2: width - right, y1: y(group.said), y2: y(group.said), class: "ek-pn-said" }));
  });
  root.append(text(0, high - 6, "month"));
  for (const month of tickMonths(plan.months, width - left)) root.append(text(left + (month - 0.5) * step, high - 6, String(month), { "text-anchor": "middle" }));
  return root;
}

/** A small square of a bar's fill, for a key. */
export function swatch(who) {
  const { defs, fill } = hatches();
  const hatched = !["fee", "other"].includes(who);
  return svg("svg", { viewBox: "0 0 18 18", width: 18, height: 18, "aria-hidden": "true", class: "ek-pn-swatch" }, defs, svg("rect", { x: 1, y: 1, width: 16, height: 16, class: `ek-pn-bar ek-pn-edge ek-pn-${who}`, style: hatched ? `fill: ${fill(who)}` : null }));
}
