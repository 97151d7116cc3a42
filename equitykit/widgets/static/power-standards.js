// Where a project stands by the six UK Standards: statements that somebody outside could check, evidence, and the next rung.
import { h, uid } from "./kit.js";
import { nextRungs } from "./power-model.js";

/**
 * @param {{ladder: any[], terms: any, onchange: (standards: any, said: string) => void}} given
 */
export function standardCards({ ladder, terms, onchange }) {
  let state = null;
  const said = (id) => ({ ticked: [], evidence: "", none: false, ...state.standards[id] });
  const change = (id, what, spoken) => onchange({ ...state.standards, [id]: { ...said(id), ...what } }, spoken);
  const tick = (text, onchange_) => { const control = h("input", { type: "checkbox", onchange: () => onchange_(control.checked) }); return { control, element: h("label", { class: "ek-choice" }, control, h("span", { text })) }; };
  const rung = (place) => { const one = nextRungs(state)[place]; return one.step ? `Next rung: ${one.step}` : ""; };

  const cards = ladder.map((standard, place) => {
    const { id } = standard;
    const boxes = standard.rungs.map((one) => tick(one.text, (on) => {
      const ticked = standard.rungs.map((two) => two.id).filter((two) => (two === one.id ? on : said(id).ticked.includes(two)));
      change(id, { ticked, none: false }, () => rung(place));
    }));
    const none = tick("None of these yet", (on) => change(id, { none: on, ...(on ? { ticked: [] } : {}) }, () => rung(place)));
    const evidence = h("textarea", { class: "ek-pm-input", rows: 2, id: uid("ek-pm"), onchange: () => change(id, { evidence: evidence.value.trim() }, () => "") });
    const next = h("div", { class: "ek-pm-next" });
    const element = h("fieldset", { class: "ek-pm-standard" }, h("legend", { text: `${place + 1}. ${standard.title}` }), h("p", { text: standard.text }), ...boxes.map((one) => one.element), none.element,
      h("div", { class: "ek-pm-field" }, h("label", { for: evidence.id, text: "Your evidence: what could somebody else see?" }), evidence), next);
    function show() {
      const now = said(id);
      boxes.forEach((one, at) => { one.control.checked = now.ticked.includes(standard.rungs[at].id); });
      none.control.checked = now.none;
      if (evidence !== document.activeElement && evidence.value !== now.evidence) evidence.value = now.evidence;
      const one = nextRungs(state)[place];
      const source = terms.sources[one.source];
      next.hidden = !one.step;
      next.replaceChildren(...(one.step ? [h("p", { class: "ek-pm-head", text: "Your next rung" }), h("p", { class: "ek-pm-step", text: one.step }), h("p", { class: "ek-pm-hint", text: one.because }),
        now.ticked.length && !now.evidence ? h("p", { class: "ek-pm-ask", text: "You have written no evidence yet." }) : null,
        h("p", { class: "ek-pm-hint" }, "After ", h("a", { href: source.url, text: source.text }), ", in this course’s words.")].filter(Boolean) : []));
    }
    return { element, show };
  });
  return {
    elements: cards.map((one) => one.element),
    show(now) { state = now; cards.forEach((one) => one.show()); },
  };
}
