// Abstract drawings made for this course, as cut paper: no drawing is of a person, and each is labelled as the course's own.
import { svg, uid } from "./kit.js";

const SIDE = 400;
const INK = "var(--ek-ink)";
const at = (tag, attributes) => svg(tag, attributes);

/** A closed curve through points around a corner, soft as a stain. */
function stain(cx, cy, radii, fill, opacity) {
  const points = radii.map((radius, place) => {
    const angle = (place / radii.length) * 2 * Math.PI;
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
  });
  const between = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const start = between(points[points.length - 1], points[0]);
  const path = points.map((one, place) => {
    const [x, y] = between(one, points[(place + 1) % points.length]);
    return `Q${one[0].toFixed(1)} ${one[1].toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return at("path", { d: `M${start[0].toFixed(1)} ${start[1].toFixed(1)}${path.join("")}Z`, fill, "fill-opacity": opacity });
}

function room(root) {
  const id = uid("ek-co-room");
  const inside = svg("g", { "clip-path": `url(#${id})` });
  root.append(svg("defs", {}, svg("clipPath", { id }, at("rect", { x: 52, y: 52, width: 296, height: 296 }))));
  root.append(at("rect", { x: 0, y: 0, width: SIDE, height: SIDE, fill: "var(--ek-raised)" }), at("rect", { x: 52, y: 52, width: 296, height: 296, fill: "var(--ek-paper)" }));
  const shape = [1, 0.86, 1.08, 0.92, 1.15, 0.84, 1.02, 0.95, 1.12, 0.88, 0.97, 1.06];
  [262, 208, 158, 110, 64].forEach((radius, place) => inside.append(stain(60, 340, shape.map((one, turn) => radius * (1 + (shape[(turn + place) % 12] - 1) * 1.1)), "var(--ek-1)", 0.2)));
  inside.append(stain(60, 340, shape.map((one) => 36 * one), "var(--ek-2)", 0.9));
  root.append(inside);
  const wall = { fill: INK };
  root.append(at("rect", { x: 40, y: 40, width: 180, height: 14, ...wall }), at("rect", { x: 310, y: 40, width: 50, height: 14, ...wall }),
    at("rect", { x: 40, y: 40, width: 14, height: 320, ...wall }), at("rect", { x: 40, y: 346, width: 320, height: 14, ...wall }),
    at("rect", { x: 346, y: 40, width: 14, height: 190, ...wall }), at("rect", { x: 346, y: 310, width: 14, height: 50, ...wall }));
  root.append(at("rect", { x: 220, y: 42, width: 90, height: 10, fill: "var(--ek-4)" }), at("line", { x1: 220, x2: 310, y1: 47, y2: 47, stroke: "var(--ek-paper)", "stroke-width": 2 }));
  root.append(at("path", { d: "M353 310L276 292", stroke: INK, "stroke-width": 4, fill: "none", "stroke-linecap": "round" }), at("path", { d: "M276 292A79 79 0 0 1 353 231", stroke: INK, "stroke-width": 1.5, fill: "none", "stroke-dasharray": "3 5" }));
}

function house(x, roof, wall, door) {
  return [at("path", { d: `M${x} 190L${x + 76} 118L${x + 152} 190Z`, fill: roof }), at("rect", { x: x + 12, y: 190, width: 128, height: 130, fill: wall }), at("rect", { x: x + 62, y: 250, width: 32, height: 70, fill: door }), at("rect", { x: x + 26, y: 212, width: 28, height: 28, fill: door }), at("rect", { x: x + 100, y: 212, width: 28, height: 28, fill: door })];
}

function houses(root) {
  root.append(at("rect", { x: 0, y: 0, width: 200, height: SIDE, fill: "var(--ek-6)", "fill-opacity": 0.42 }), at("rect", { x: 200, y: 0, width: 200, height: SIDE, fill: "var(--ek-4)", "fill-opacity": 0.2 }));
  for (let place = 0; place < 34; place += 1) {
    const x = (place * 53) % 190;
    const y = (place * 97) % 300;
    root.append(at("line", { x1: x + 14, x2: x, y1: y, y2: y + 36, stroke: "var(--ek-1)", "stroke-width": 2.5, "stroke-opacity": 0.55, "stroke-linecap": "round" }));
  }
  root.append(at("circle", { cx: 340, cy: 66, r: 36, fill: "var(--ek-4)", "fill-opacity": 0.85 }));
  for (let place = 0; place < 12; place += 1) {
    const angle = (place / 12) * 2 * Math.PI;
    root.append(at("line", { x1: 340 + 45 * Math.cos(angle), y1: 66 + 45 * Math.sin(angle), x2: 340 + 57 * Math.cos(angle), y2: 66 + 57 * Math.sin(angle), stroke: "var(--ek-4)", "stroke-width": 4, "stroke-linecap": "round" }));
  }
  root.append(...house(24, INK, "var(--ek-6)", "var(--ek-paper)"), ...house(224, "var(--ek-2)", "var(--ek-paper)", "var(--ek-1)"));
  const blot = [1, 0.8, 1.2, 0.9, 1.1, 0.85, 1.15, 0.95];
  [[62, 290, 24], [142, 286, 17], [66, 204, 12], [112, 205, 9]].forEach(([x, y, size]) => root.append(stain(x, y, blot.map((one) => one * size), INK, 0.75)));
  root.append(at("rect", { x: 0, y: 320, width: 200, height: 80, fill: INK, "fill-opacity": 0.55 }), at("rect", { x: 200, y: 320, width: 200, height: 80, fill: "var(--ek-5)" }), at("rect", { x: 198, y: 0, width: 4, height: SIDE, fill: "var(--ek-paper)" }));
}

function threads(root) {
  const colours = ["var(--ek-2)", "var(--ek-2)", "var(--ek-4)", "var(--ek-4)", "var(--ek-5)", "var(--ek-5)", "var(--ek-1)", "var(--ek-1)", "var(--ek-3)", "var(--ek-3)"];
  root.append(at("rect", { x: 0, y: 0, width: SIDE, height: SIDE, fill: "var(--ek-raised)" }), at("rect", { x: 30, y: 38, width: 340, height: 14, fill: INK }));
  colours.forEach((colour, place) => {
    const x = 50 + place * 33;
    const end = 190 + place * 18;
    const bend = place % 2 ? 10 : -10;
    root.append(at("path", { d: `M${x} 52C${x + bend} ${end * 0.45} ${x - bend} ${end * 0.75} ${x} ${end}`, stroke: colour, "stroke-width": 9, fill: "none", "stroke-linecap": "round" }));
  });
  root.append(svg("g", { transform: "rotate(9 96 208)" }, at("rect", { x: 20, y: 196, width: 170, height: 20, fill: INK })));
}

function roundTable(root) {
  root.append(at("rect", { x: 0, y: 0, width: SIDE, height: SIDE, fill: "var(--ek-raised)" }), at("circle", { cx: 200, cy: 200, r: 96, fill: "var(--ek-paper)", stroke: INK, "stroke-width": 6 }));
  const colours = ["var(--ek-1)", "var(--ek-2)", "var(--ek-4)", "var(--ek-5)"];
  for (let place = 0; place < 8; place += 1) {
    const angle = (place / 8) * 2 * Math.PI - Math.PI / 2;
    const centre = { cx: (200 + 148 * Math.cos(angle)).toFixed(1), cy: (200 + 148 * Math.sin(angle)).toFixed(1) };
    root.append(place === 1 ? at("circle", { ...centre, r: 31, fill: "none", stroke: INK, "stroke-width": 4, "stroke-dasharray": "7 7" }) : at("circle", { ...centre, r: 33, fill: colours[place % 4] }));
  }
}

const DRAWN = { room, houses, threads, table: roundTable };

/**
 * Draw a piece of the course's own.
 * @param {string} id
 * @param {string} said Its text alternative.
 */
export function drawPiece(id, said) {
  const root = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, class: "ek-co-svg", role: "img", "aria-label": said, focusable: "false" });
  DRAWN[id](root);
  return root;
}
