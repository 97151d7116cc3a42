// The involvement planner: guess what the first budget leaves out, see who carries it, and write a plan that holds it.
import { h, table, disclosure, voice, save } from "./kit.js";
import { takeAway } from "./takeaway.js";
import { checkedContent, checkedPlan } from "./planner-check.js";
import { planForm } from "./planner-form.js";
import { guessCard } from "./planner-guess.js";
import { costLines, load, missing, total } from "./planner-model.js";
import { drawCosts, drawLoad, drawWhen, living, segments, swatch } from "./planner-picture.js";
import { plannerSheet } from "./planner-sheet.js";
import { RANGE, costTable, loadTable, loadWords, money, paragraph, planTable, planWords, quantity, ranged, shown, titled } from "./planner-words.js";

const OWN = ["plan", "guess", "written"];
const TRAITS = [...OWN, "parts", "rates", "access", "rules", "limits", "name", "label"];

function render({ model, el }) {
  el.classList.add("ek-stage");
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  const live = voice();
  const has = (part) => state.parts.includes(part);
  const away = takeAway({
    name: state.name, kind: "involvement plan", stem: "involvement-plan", what: "plan",
    start: { plan: state.plan, guess: {}, written: "" },
    content: () => ({ plan: state.plan, guess: state.guess, written: state.written }),
    check: (given) => checkedContent(given, state.limits),
    take: (content, said) => update(content, said, false),
    sheet: () => plannerSheet(state), say: live.say,
  });

  // ---- before the guess
  const title = h("p", { class: "ek-pn-kicker" });
  const note = h("p", { class: "ek-pn-note" });
  const when = living((width) => drawWhen(state.plan, width));
  const first = h("div", { class: "ek-pn-first" });
  const guess = guessCard({ onguess: (given) => { update({ guess: given }, "What it takes is shown."); guess.focus(); } });

  // ---- what it takes
  const costs = living((width) => drawCosts(state.plan, width, state.guess));
  const key = h("ul", { class: "ek-pn-key" });
  const costRows = h("div");
  const loads = living((width) => drawLoad(state.plan, width));
  const loadSaid = h("ul", { class: "ek-pn-said-list" });
  const loadRows = h("div");
  const lacks = h("div", { class: "ek-pn-lacks" });
  const lacking = h("div");
  const takes = h("div", { class: "ek-pn-takes" },
    h("section", { "aria-label": "As budgeted at first, and what it takes" }, h("p", { class: "ek-pn-kicker", text: "As budgeted at first, and what it takes" }), costs.element, key, h("p", { class: "ek-pn-hint", text: RANGE }), disclosure("Every line, and who carries the rest", costRows)),
    h("section", { "aria-label": "What it asks of each partner" }, h("p", { class: "ek-pn-kicker", text: "What it asks of each partner" }), loads.element,
      h("p", { class: "ek-pn-legend" }, h("span", {}, swatch("fee"), "paid hours"), h("span", {}, swatch("partners"), "unpaid hours"), h("span", {}, h("span", { class: "ek-pn-dash", "aria-hidden": "true" }), "what they said they can give")), loadSaid, disclosure("The hours as a table", loadRows)));

  // ---- what is missing
  function showMissing() {
    const found = missing(state.plan, state.rules);
    const parts = [...new Set(found.map((one) => one.part))];
    lacks.replaceChildren(h("p", { class: "ek-pn-kicker", text: "What is missing" }), lacking,
      ...parts.map((part) => h("div", { class: "ek-pn-lack" }, h("p", { class: "ek-pn-head", text: part }), ...found.filter((one) => one.part === part).map((one) => {
        const made = disclosure(one.title, h("p", { text: one.why }), h("p", {}, h("strong", { text: "To try: " }), one.try), one.source ? h("p", { class: "ek-pn-hint" }, "Source: ", h("a", { href: one.url, text: one.source }), ".") : h("p", { class: "ek-pn-hint", text: "A rule of this course’s own." }));
        made.open = openLacks.has(one.id);
        made.addEventListener("toggle", () => (made.open ? openLacks.add(one.id) : openLacks.delete(one.id)));
        return made;
      }))));
    lacking.replaceChildren(h("p", { text: found.length ? `${found.length} ${found.length === 1 ? "thing" : "things"} that a partner, or a careful funder, would ask. Open one to see why, and what to try.` : "By these rules nothing is missing. A partner may see what they do not: show it to one." }));
  }
  const openLacks = new Set();

  // ---- for the funder
  const words = h("textarea", { class: "ek-pn-input ek-pn-words", rows: 14, "aria-label": "Paragraph for the funder", onchange: () => update({ written: words.value.trim() === paragraph(state.plan) ? "" : words.value.slice(0, 20000) }, "") });
  const from = h("p", { class: "ek-pn-hint" });
  const anew = h("button", { type: "button", class: "ek-button", text: "Write it from the plan again", onclick: () => away.ask(funder, "Replace your words by what the plan says now?", "Replace them", () => update({ written: "" }, "Written from the plan.")) });
  const funder = h("div", { class: "ek-pn-funder" }, h("p", { class: "ek-pn-kicker", text: "For the funder" }), from, words, h("div", { class: "ek-pn-ways" }, anew));

  const form = planForm({ rates: state.rates, access: state.access, plan: () => state.plan, ask: away.ask,
    change: (next, said) => { const clean = checkedPlan(next, state.limits); update({ plan: clean }, said || totals(clean)); } });
  const totals = (plan) => { const lines = costLines(plan); return `It takes ${ranged(total(lines, "takes"))}; ${missing(plan, state.rules).length} things are missing.`; };

  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div", { class: "ek-pn-wide-table" });

  function showFirst() {
    const lines = costLines(state.plan);
    const budgeted = lines.filter((one) => one.budgeted[1] > 0);
    title.textContent = titled(state.plan.title, "Involvement plan");
    note.textContent = state.plan.note;
    note.hidden = !state.plan.note;
    when.element.hidden = !state.plan.activities.length;
    first.replaceChildren(h("p", {}, h("strong", { text: `As budgeted at first: ${ranged(total(lines, "budgeted"))}. ` }), budgeted.length ? `${budgeted.map((one) => `${titled(one.line, "a line")} (${quantity(one)}) ${money(one.budgeted[1])}`).join("; ")}.` : "Nothing yet."));
    first.hidden = !has("predict");
  }

  function show() {
    const open = shown(state);
    showFirst();
    if (has("predict")) guess.show(state.plan, state.guess);
    when.redraw();
    takes.hidden = lacks.hidden = !open;
    work.hidden = !open || !has("plan");
    if (open) {
      const lines = costLines(state.plan);
      costs.redraw();
      loads.redraw();
      key.replaceChildren(...segments(lines).map(([who, name, value]) => h("li", {}, swatch(who), h("span", { text: name }), h("strong", { text: money(value) }))));
      costRows.replaceChildren(table(costTable(lines), "Every line of the plan"));
      loadSaid.replaceChildren(...load(state.plan).map((one) => h("li", { text: loadWords(one) })));
      loadRows.replaceChildren(table(loadTable(state.plan), "Hours in each month, one partner of each group"));
      showMissing();
      form.show();
      if (document.activeElement !== words) words.value = state.written || paragraph(state.plan);
      from.textContent = state.written ? "Your own words: they no longer change with the plan." : "Written from the plan, and rewritten as it changes. Change it: your words stay.";
      anew.hidden = !state.written;
    }
    inWords.textContent = planWords(state);
    asTable.replaceChildren(table(planTable(state), state.label));
  }

  function tell() {
    saving = true;
    save(model, { ...Object.fromEntries(OWN.map((trait) => [trait, state[trait]])), words: planWords(state), table: planTable(state), sheet: plannerSheet(state) });
    saving = false;
  }

  function update(change, said = "", keeping = true) {
    state = { ...state, ...change };
    show();
    if (said) live.say(said);
    if (keeping) away.keep();
    tell();
  }

  const work = h("div", { class: "ek-pn-all" }, form.element, funder, away.element);
  el.append(h("div", { class: "ek-planner" }, away.notice, title, note, when.element, first, has("predict") ? guess.element : null, takes, lacks, work, disclosure("In words", inWords), disclosure("As a table", asTable), live.element));
  away.restore();
  show();
  if (model.get("words") !== planWords(state) || !model.get("sheet")?.title) tell();
  const outside = () => {
    if (saving) return;
    const now = read();
    if (OWN.every((trait) => JSON.stringify(now[trait]) === JSON.stringify(state[trait]))) return;
    update(Object.fromEntries(OWN.map((trait) => [trait, now[trait]])));
  };
  for (const trait of OWN) model.on(`change:${trait}`, outside);
  return () => {
    for (const trait of OWN) model.off(`change:${trait}`, outside);
    [when, costs, loads].forEach((one) => one.stop());
  };
}

export default { render };
