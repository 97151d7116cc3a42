// Three series to judge before any limits are drawn: say, draw, then be corrected.
import { h, svg, uid, disclosure, table } from "./kit.js";
import { chartOf, ends, pointRows, quantity, signalWords } from "./board-model.js";
import { chartKey, drawSeries, livingChart } from "./board-chart.js";

const SAYS = { changed: "Something changed", wobbled: "It only wobbled" };

/** How many of the figures before the story begins lay outside a range. */
function strayed(test, low, high) {
  const until = test.series.points.findIndex((one) => one[0] === test.from);
  const before = test.series.points.slice(0, until).map((one) => one[1]).filter((one) => one !== null);
  return [before.filter((one) => one < low || one > high).length, before.length];
}

/** Eight units alike, before and after one of them was picked: each a line. */
function slopes(alike, unit) {
  const low = Math.min(...alike.flatMap((one) => one.slice(1))) - 2;
  const high = Math.max(...alike.flatMap((one) => one.slice(1))) + 2;
  const y = (value) => 12 + (1 - (value - low) / (high - low)) * 156;
  const root = svg("svg", { viewBox: "0 0 360 196", class: "ek-bd-slopes", role: "img", "aria-label": `Eight units alike, half-year before and after: ${alike.map(([name, one, two]) => `${name} ${quantity(unit, one)} and ${quantity(unit, two)}`).join("; ")}`, focusable: "false" });
  alike.forEach(([name, before, after], place) => {
    const mine = place === 0 ? " ek-bd-picked" : "";
    root.append(svg("line", { x1: 116, x2: 276, y1: y(before), y2: y(after), class: `ek-bd-slope${mine}` }),
      svg("circle", { cx: 116, cy: y(before), r: 4, class: `ek-bd-slope-dot${mine}` }), svg("circle", { cx: 276, cy: y(after), r: 4, class: `ek-bd-slope-dot${mine}` }));
    if (!place) root.append(svg("text", { x: 106, y: y(before) + 4, "text-anchor": "end", class: "ek-bd-text ek-bd-label" }, `picked: ${quantity(unit, before)}`),
      svg("text", { x: 286, y: y(after) + 4, class: "ek-bd-text ek-bd-label" }, quantity(unit, after)));
  });
  root.append(svg("text", { x: 116, y: 190, "text-anchor": "middle", class: "ek-bd-text ek-bd-tick" }, "half-year before"),
    svg("text", { x: 276, y: 190, "text-anchor": "middle", class: "ek-bd-text ek-bd-tick" }, "half-year after"));
  return root;
}

/**
 * One series to judge.
 * @param {any} test
 * @param {number} place
 * @param {(guess: any) => void} onguess
 */
export function guessCard(test, place, onguess) {
  const { series } = test;
  const values = series.points.map((one) => one[1]).filter((one) => one !== null);
  const least = series.unit === "%" ? 0 : Math.floor(Math.min(...values));
  const most = series.unit === "%" ? 100 : Math.ceil(Math.max(...values));
  const middle = values.reduce((total, one) => total + one, 0) / values.length;
  let [low, high] = [Math.round(middle - 4), Math.round(middle + 4)];
  let guess = null;

  const title = h("p", { class: "ek-bd-kicker", id: uid("ek-bd") }, `${place + 1}. ${test.title}`);
  const element = h("div", { class: "ek-bd-test", role: "group", "aria-labelledby": title.id });
  const verdict = h("div", { class: "ek-bd-verdict", tabindex: "-1" });
  const after = h("div", { class: "ek-bd-after" });
  const says = h("output", { class: "ek-bd-drawn" });
  const ask = h("div", { class: "ek-bd-ask", role: "group", "aria-label": "Your prediction" });

  const slider = (text, initial, oninput) => {
    const id = uid("ek-bd");
    const input = h("input", { id, type: "range", min: least, max: most, step: 1, value: initial, class: "ek-bd-slider", oninput: () => oninput(Number(input.value)) });
    return { input, field: h("div", { class: "ek-bd-slide" }, h("label", { for: id, text }), input) };
  };
  const bottom = slider("Lowest you expect", low, (value) => range(value, Math.max(value + 1, high)));
  const top = slider("Highest you expect", high, (value) => range(Math.min(value - 1, low), value));

  function range(from, to) {
    [low, high] = [Math.max(least, Math.min(from, most - 1)), Math.min(most, Math.max(to, least + 1))];
    bottom.input.value = String(low);
    top.input.value = String(high);
    says.textContent = `${quantity(series, low)} to ${quantity(series, high)}`;
    picture.redraw();
  }

  const picture = livingChart((width) => {
    const made = drawSeries(series, { width, height: width < 480 ? 220 : 270, limits: Boolean(guess), band: guess?.said === "shown" ? null : guess ? [guess.low, guess.high] : [low, high], from: test.from });
    if (!guess) {
      for (const [edge, value] of [["low", low], ["high", high]]) made.root.append(svg("circle", { cx: width - made.margin.right + 14, cy: made.y(value), r: 9, class: "ek-bd-handle", "data-edge": edge }));
      made.root.classList.add("ek-bd-open");
      made.root.addEventListener("pointerdown", (event) => drag(event, made));
    }
    return [made.root];
  });

  /** Take hold of the nearer edge of the range, and let it follow the finger. The sliders do the same by keyboard. */
  function drag(event, made) {
    const box = made.root.getBoundingClientRect();
    const scale = made.root.viewBox.baseVal.height / box.height;
    const value = (moved) => Math.round(made.value((moved.clientY - box.top) * scale));
    if (event.clientX < box.right - (made.margin.right + 16) / scale) return;
    event.preventDefault();
    const edge = Math.abs(value(event) - low) < Math.abs(value(event) - high) ? "low" : "high";
    const follow = (moved) => (edge === "low" ? range(value(moved), Math.max(value(moved) + 1, high)) : range(Math.min(value(moved) - 1, low), value(moved)));
    const leave = () => { removeEventListener("pointermove", follow); removeEventListener("pointerup", leave); removeEventListener("pointercancel", leave); };
    addEventListener("pointermove", follow);
    addEventListener("pointerup", leave);
    addEventListener("pointercancel", leave);
    follow(event);
  }

  const choose = (said) => { onguess({ said, low, high }); verdict.focus({ preventScroll: true }); };
  ask.append(h("p", { class: "ek-bd-question" }, "First draw the range in which you would expect the next figure if nothing changes: drag the two handles at the right of the chart, or use the sliders."),
    h("div", { class: "ek-bd-slides" }, bottom.field, top.field, h("p", { class: "ek-bd-range" }, "You draw: ", says)),
    h("p", { class: "ek-bd-question" }, h("strong", { text: "Then decide: did something change at the line, or did the figures only wobble?" })),
    h("div", { class: "ek-bd-ways" }, ...Object.entries(SAYS).map(([said, text]) => h("button", { type: "button", class: "ek-button", text, onclick: () => choose(said) })),
      h("button", { type: "button", class: "ek-button ek-bd-quiet", text: "Show the limits without predicting", onclick: () => choose("shown") })));

  function show(now) {
    guess = now ?? null;
    ask.hidden = Boolean(guess);
    verdict.hidden = after.hidden = !guess;
    if (guess) {
      const drawn = chartOf(series);
      const [lower, upper] = ends(series, drawn.phases[0]);
      const right = guess.said === test.answer;
      verdict.className = `ek-bd-verdict${guess.said === "shown" ? "" : right ? " ek-bd-right" : " ek-bd-turn"}`;
      const lead = guess.said === "shown" ? "" : right ? "As you said. " : `You said: ${SAYS[guess.said].toLowerCase()}. `;
      verdict.replaceChildren(h("p", {}, h("strong", { text: lead }), test.truth));
      const found = drawn.signals.map(signalWords);
      const from = series.points.findIndex((one) => one[0] === test.from);
      const later = drawn.signals.some((one) => one.periods.some((period) => series.points.findIndex((point) => point[0] === period) >= from));
      const chance = found.length && !later ? " It came before the line, and by chance: where eight units are watched, one of them soon gives a false alarm." : "";
      const said = [`Limits from the first ${series.baseline} figures: ${quantity(series, lower)} to ${quantity(series, upper)}. ${found.length ? `The rules find: ${found.join("; ")}.${chance}` : "No rule finds a signal."}`];
      if (guess.said !== "shown") {
        const [out, of] = strayed(test, guess.low, guess.high);
        said.push(`You drew ${quantity(series, guess.low)} to ${quantity(series, guess.high)}. ${out ? `Before the line ${out} of ${of} figures already lay outside it, and nothing had happened: usual variation is wider than it looks.` : `All ${of} figures before the line lay inside it.`}`);
      }
      after.replaceChildren(chartKey(series, { band: guess.said !== "shown", from: true }), ...said.map((text) => h("p", { text })),
        ...(test.alike ? [h("p", { class: "ek-bd-note", text: `All eight units had the same chance. Their half-years: of the other seven, ${test.alike.slice(1).filter((one) => one[2] < one[1]).length} fell without any course.` }), slopes(test.alike, series)] : []),
        disclosure("The figures as a table", table(pointRows(series), `${test.title}: synthetic`)));
    }
    picture.redraw();
  }

  element.append(title, h("p", { text: test.story }), picture.element, verdict, ask, after);
  range(low, high);
  return { element, show, stop: picture.stop };
}
