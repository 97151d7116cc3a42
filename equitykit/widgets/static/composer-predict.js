// Predict first: one chart, two combinations. Which claims more than it shows? Then what each claims is told.
import { h, disclosure, table } from "./kit.js";
import { ANSWERS, chartRows, credit } from "./composer-model.js";
import { chartKey, drawChart } from "./composer-chart.js";
import { drawPiece } from "./composer-drawings.js";

const CHOICES = [["a", "Poster A"], ["b", "Poster B"], ["both", "Both"], ["neither", "Neither"]];

/**
 * @param {any} test
 * @param {any} texts
 * @param {(guess: string) => void} onguess
 */
export function predictCard(test, texts, onguess) {
  const ask = h("div", { class: "ek-co-ask", role: "group", tabindex: "-1" });
  const whys = test.combinations.map(() => h("p", { class: "ek-co-why" }));
  const posters = test.combinations.map((one, place) => h("article", { class: "ek-co-mini", "aria-label": `Poster ${one.id.toUpperCase()}` },
    h("p", { class: "ek-co-letter", "aria-hidden": "true", text: one.id.toUpperCase() }), h("p", { class: "ek-co-mini-claim", text: one.claim }),
    h("div", { class: "ek-co-art" }, drawPiece(one.drawing, `Drawn for this course. ${texts.drawings[one.drawing].words}`)), h("p", { class: "ek-co-drawn", text: "Drawn for this course" }),
    h("p", { class: "ek-co-mini-caption", text: one.caption }), whys[place]));
  const element = h("div", { class: "ek-co-test" }, h("p", { class: "ek-co-kicker", text: test.ask }),
    h("div", { class: "ek-co-shared" }, h("figure", { class: "ek-co-panel" }, h("figcaption", { class: "ek-co-chart-title", text: test.chart.title }), drawChart(test.chart), h("p", { class: "ek-co-small", text: chartKey(test.chart) })),
      h("div", { class: "ek-co-beside" }, h("p", {}, "Both posters carry this chart. Read the chart, then look at each poster as somebody does who walks past: first the drawing, then the words."), ask)),
    h("div", { class: "ek-co-pair" }, ...posters), h("p", { class: "ek-co-source" }, credit(test.chart)), disclosure("The chart as a table", table(chartRows(test.chart), test.chart.title)));

  function show(guess) {
    test.combinations.forEach((one, place) => {
      posters[place].classList.toggle("ek-co-more", Boolean(guess) && one.more);
      posters[place].classList.toggle("ek-co-holds", Boolean(guess) && !one.more);
      whys[place].hidden = !guess;
      whys[place].replaceChildren(...(guess ? [h("strong", { text: one.more ? "Claims more than the chart shows. " : "Claims what the chart bears. " }), one.why] : []));
    });
    const right = guess === test.answer;
    ask.className = `ek-co-ask${guess ? (right ? " ek-co-right" : " ek-co-turn") : ""}`;
    ask.setAttribute("aria-label", guess ? "The answer" : "Your prediction");
    if (!guess) {
      ask.replaceChildren(h("p", { class: "ek-co-head", text: "Which claims more than it shows?" }),
        h("div", { class: "ek-co-ways" }, ...CHOICES.map(([id, text]) => h("button", { type: "button", class: "ek-button", text, onclick: () => { onguess(id); ask.focus({ preventScroll: true }); } })),
          h("button", { type: "button", class: "ek-button ek-co-quiet", text: "Show me without predicting", onclick: () => { onguess("shown"); ask.focus({ preventScroll: true }); } })));
      return;
    }
    const said = guess === "shown" ? "" : right ? `Yes: ${ANSWERS[guess]}. ` : `You said ${ANSWERS[guess]}. `;
    ask.replaceChildren(h("p", {}, h("strong", { text: `${said}${right ? "" : `The answer is ${ANSWERS[test.answer]}. `}` }), test.truth));
  }
  return { element, show };
}
