// Who can say yes at each moment in the life of the data, and until when a person can take theirs out.
import { h, svg } from "./kit.js";
import { backSaid, consent, waiting, wayBack } from "./agreement-model.js";

const TONES = { person: 1, peers: 3, community: 5, university: 4, nobody: 2 };

/** A mark: a tick where a yes is needed, a ring where somebody is heard, a cross where nobody is asked. */
function mark(who, kind, x, y) {
  const tone = `ek-ag-tone${TONES[who]}`;
  if (kind === "heard") return svg("circle", { cx: x, cy: y, r: 9, class: `ek-ag-ring ${tone}` });
  const sign = who === "nobody" ? svg("path", { d: `M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`, class: "ek-ag-sign" }) : svg("path", { d: `M${x - 6} ${y}l4 5l8 -9`, class: "ek-ag-sign" });
  return svg("g", {}, svg("circle", { cx: x, cy: y, r: 13, class: `ek-ag-disc ${tone}` }), sign);
}

function hole(x, y, wide, high, lines, own) {
  return svg("g", {}, svg("rect", { x, y, width: wide, height: high, rx: 8, class: own ? "ek-ag-own" : "ek-ag-hole" }),
    ...lines.map((line, place) => svg("text", { x: x + wide / 2, y: y + high / 2 + 4 + (place - (lines.length - 1) / 2) * 15, "text-anchor": "middle", class: own ? "ek-ag-text" : "ek-ag-text ek-ag-open" }, line)));
}

const holeLines = (status) => (status === "own" ? ["own", "words"] : ["not", "decided"]);

/** Lanes by person, moments from left to right. */
function wide(state, width) {
  const { moments, people } = state.book;
  const [left, top, row] = [146, 40, 44];
  const column = (width - left) / moments.length;
  const middle = (place) => left + column * (place + 0.5);
  const lane = (place) => top + row * (place + 0.5);
  const height = top + row * people.length + 8;
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "ek-ag-svg", "aria-hidden": "true" });
  const back = waiting(state) ? undefined : wayBack(state);
  const end = back ? moments.findIndex((one) => one.id === back.until) : -1;
  const stop = left + column * (end + 1);
  if (back && end < moments.length - 1) drawing.append(svg("rect", { x: stop, y: top, width: width - stop, height: row * people.length, class: "ek-ag-beyond" }));
  moments.forEach((one, place) => {
    const x = left + column * place;
    drawing.append(svg("path", { d: `M${x + 2} 2h${column - 12}l8 15l-8 15h${12 - column}l8 -15z`, class: "ek-ag-step" }), svg("text", { x: middle(place) + 2, y: 21.5, "text-anchor": "middle", class: "ek-ag-text ek-ag-label" }, one.title));
  });
  people.forEach((one, place) => {
    drawing.append(svg("line", { x1: left, x2: width - 2, y1: lane(place), y2: lane(place), class: "ek-ag-lane" }), svg("text", { x: 0, y: lane(place) + 4, class: "ek-ag-text ek-ag-label" }, one.title));
  });
  if (back) {
    drawing.append(svg("line", { x1: left, x2: stop, y1: lane(0), y2: lane(0), class: "ek-ag-way" }));
    if (end < moments.length - 1) drawing.append(svg("line", { x1: stop, x2: stop, y1: top, y2: top + row * people.length, class: "ek-ag-stop" }));
  } else if (back === null) drawing.append(svg("line", { x1: left, x2: width - 2, y1: lane(0), y2: lane(0), class: "ek-ag-way ek-ag-maybe" }));
  consent(state).forEach((one, place) => {
    if (one.status !== "decided") drawing.append(hole(middle(place) - column / 2 + 6, top + 6, column - 12, row * people.length - 12, holeLines(one.status), one.status === "own"));
    else for (const [kind, ids] of [["must", one.must], ["heard", one.heard]]) for (const id of ids) drawing.append(mark(id, kind, middle(place), lane(people.findIndex((who) => who.id === id))));
  });
  return drawing;
}

/** The same from top to bottom, for a phone. */
function narrow(state, width) {
  const { moments, people } = state.book;
  const [left, top, row] = [66, 142, 48];
  const column = (width - left) / people.length;
  const middle = (place) => left + column * (place + 0.5);
  const line = (place) => top + row * (place + 0.5);
  const height = top + row * moments.length + 4;
  const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "ek-ag-svg", "aria-hidden": "true" });
  const back = waiting(state) ? undefined : wayBack(state);
  const end = back ? moments.findIndex((one) => one.id === back.until) : -1;
  const stop = top + row * (end + 1);
  if (back && end < moments.length - 1) drawing.append(svg("rect", { x: left, y: stop, width: width - left, height: top + row * moments.length - stop, class: "ek-ag-beyond" }));
  people.forEach((one, place) => {
    const x = middle(place);
    drawing.append(svg("line", { x1: x, x2: x, y1: top, y2: height - 4, class: "ek-ag-lane" }), svg("text", { x: x + 4, y: top - 8, transform: `rotate(-90 ${x + 4} ${top - 8})`, class: "ek-ag-text ek-ag-label" }, one.title));
  });
  if (back) {
    drawing.append(svg("line", { x1: middle(0), x2: middle(0), y1: top, y2: stop, class: "ek-ag-way" }));
    if (end < moments.length - 1) drawing.append(svg("line", { x1: left, x2: width, y1: stop, y2: stop, class: "ek-ag-stop" }));
  } else if (back === null) drawing.append(svg("line", { x1: middle(0), x2: middle(0), y1: top, y2: height - 4, class: "ek-ag-way ek-ag-maybe" }));
  consent(state).forEach((one, place) => {
    drawing.append(svg("text", { x: 0, y: line(place) + 4, class: "ek-ag-text ek-ag-label" }, one.title));
    if (one.status !== "decided") drawing.append(hole(left + 3, line(place) - row / 2 + 5, width - left - 6, row - 10, [holeLines(one.status).join(" ")], one.status === "own"));
    else for (const [kind, ids] of [["must", one.must], ["heard", one.heard]]) for (const id of ids) drawing.append(mark(id, kind, middle(people.findIndex((who) => who.id === id)), line(place)));
  });
  return drawing;
}

export const drawLanes = (state, width) => (width < 560 ? narrow(state, width) : wide(state, width));

const sample = (...inside) => svg("svg", { width: 30, height: 30, viewBox: "0 0 30 30", "aria-hidden": "true" }, ...inside);

/** The picture, drawn anew as its place gets wider or narrower. */
export function lanes() {
  let state = null;
  let drawn = 0;
  const place = h("div", { class: "ek-ag-lanes", role: "img" });
  const said = h("p", { class: "ek-ag-back" });
  const key = h("p", { class: "ek-ag-key" }, h("span", {}, sample(mark("university", "must", 15, 15)), "must say yes"), h("span", {}, sample(mark("peers", "heard", 15, 15)), "is heard, does not decide"),
    h("span", {}, sample(svg("rect", { x: 3, y: 6, width: 24, height: 18, rx: 4, class: "ek-ag-hole" })), "not decided"), h("span", {}, sample(svg("line", { x1: 2, x2: 28, y1: 15, y2: 15, class: "ek-ag-way" })), "can take their data out"));
  const element = h("figure", { class: "ek-ag-figure" }, place, key, said);
  const redraw = () => {
    const width = Math.floor(place.clientWidth);
    if (!state || !width) return;
    drawn = width;
    place.replaceChildren(drawLanes(state, width));
  };
  const seen = new ResizeObserver(() => { if (Math.floor(place.clientWidth) !== drawn) redraw(); });
  seen.observe(place);
  return {
    element,
    show(now) {
      state = now;
      place.setAttribute("aria-label", "Who can say yes at each moment in the life of the data. The table below says the same.");
      said.textContent = waiting(state) ? "" : backSaid(state);
      said.hidden = waiting(state);
      said.classList.toggle("ek-ag-warns", Boolean(wayBack(state)) && wayBack(state).until !== state.book.moments[state.book.moments.length - 1].id);
      redraw();
    },
    stop: () => seen.disconnect(),
  };
}
