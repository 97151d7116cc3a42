// Predict first: what can still be changed once data is shared under this agreement? Then what follows, kept up to date.
import { h, uid } from "./kit.js";
import { afterSharing, clause, decided, pointOf, waiting } from "./agreement-model.js";

const MATTER = ["see", "withdraw", "next", "made"];

/** @param {{onguess: (guesses: Record<string, {said: string, was: string}>) => void}} page */
export function guessCard({ onguess }) {
  let state = null;
  const said = new Map();
  const facts = h("dl", { class: "ek-ag-facts" });
  const rows = h("div", { class: "ek-ag-asks" });
  const hint = h("p", { class: "ek-ag-hint", role: "status" });
  const verdict = h("p", { class: "ek-ag-verdict", tabindex: "-1" });
  const list = h("ul", { class: "ek-ag-changes" });
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });
  const ask = h("div", { class: "ek-ag-ask" }, h("p", { class: "ek-ag-kicker", text: "A year on, data has been shared under it. What can still be changed?" }),
    h("p", { text: "The photos are online. The data has gone as far as these four lines let it go:" }), facts,
    h("p", { text: "Which of these can the partners still do? Say so before you see." }), rows,
    h("div", { class: "ek-ag-ways" }, button("Show what follows", () => {
      const missing = state.book.shared.filter((one) => !said.has(one.id)).length;
      hint.textContent = missing ? `${missing} still without an answer.` : "";
      if (!missing) done((id) => said.get(id));
    }, " ek-primary"), button("Show it without predicting", () => done(() => "shown"), " ek-ta-quiet")), hint);
  const after = h("div", { class: "ek-ag-after" }, h("p", { class: "ek-ag-kicker", text: "Once data is shared under it" }), verdict, list);
  const element = h("div", { class: "ek-ag-guess" }, ask, after);

  function done(answer) {
    onguess(Object.fromEntries(afterSharing(state).map((one) => [one.id, { said: answer(one.id), was: one.can }])));
    if (!verdict.hidden) verdict.focus();
  }

  function build() {
    if (rows.childElementCount) return;
    rows.append(...state.book.shared.map((one) => {
      const name = uid("ek-ag");
      return h("fieldset", { class: "ek-ag-one" }, h("legend", { text: one.change }), h("div", { class: "ek-ag-pair" }, ...[["yes", "Yes, still"], ["no", "No longer"]].map(([value, text]) => h("label", { class: "ek-choice" },
        h("input", { type: "radio", name, value, onchange: () => { said.set(one.id, value); hint.textContent = ""; } }), h("span", { text })))));
    }));
  }

  function tell() {
    const guesses = Object.values(state.guesses);
    const judged = guesses.length && guesses[0].said !== "shown";
    verdict.hidden = !judged;
    if (!judged) return;
    const sure = guesses.filter((one) => one.was !== "not decided");
    const right = sure.filter((one) => one.said === one.was).length;
    const hoped = sure.filter((one) => one.said === "yes" && one.was === "no").length;
    const later = hoped ? ` ${hoped === 1 ? "One thing" : `${hoped} things`} that you thought could still be done cannot be done any more. What partners do with each other can be agreed anew. What has left them cannot be called back.` : "";
    verdict.textContent = `${right} of ${sure.length} as you said.${later}`;
    verdict.classList.toggle("ek-ag-turn", hoped > 0);
  }

  return {
    element,
    show(now) {
      state = now;
      build();
      const open = waiting(state);
      if (open) for (const input of rows.querySelectorAll("input")) if (input.checked && !said.has(state.book.shared[[...rows.children].indexOf(input.closest("fieldset"))].id)) input.checked = false;
      if (!open) said.clear();
      ask.hidden = !open;
      after.hidden = open;
      facts.replaceChildren(...MATTER.flatMap((id) => [h("dt", { text: pointOf(state.book, id).title }), h("dd", { text: decided(state.choices[id]) ? clause(state, id) : "Not decided." })]));
      if (open) return;
      tell();
      list.replaceChildren(...afterSharing(state).map((one) => {
        const guess = state.guesses[one.id];
        const mine = guess && guess.said !== "shown" ? h("span", { class: "ek-ag-mine", text: `You said: ${guess.said === "yes" ? "yes, still" : "no longer"}.${guess.was === one.can ? "" : ` When you said so it was: ${guess.was}.`}` }) : null;
        return h("li", { class: `ek-ag-can-${one.can.replace(" ", "-")}` }, h("strong", { class: "ek-ag-can", text: { yes: "Yes, still", no: "No longer", "not decided": "Not decided" }[one.can] }), h("span", { class: "ek-ag-change" }, h("strong", { text: `${one.change}. ` }), one.why, mine ? " " : null, mine));
      }));
    },
  };
}
