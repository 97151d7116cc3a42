// Where a reader makes a power map their own: the project, its decisions, its groups, and who has what say.
import { h, disclosure, uid } from "./kit.js";
import { FEWEST, GROUPS_MOST, LATE, MOST, NO_MARK, decisionName, groupName, mark as clean } from "./power-model.js";

const swap = (list, from, to) => { const made = [...list]; [made[from], made[to]] = [made[to], made[from]]; return made; };
const put = (list, place, change) => list.map((one, at) => (at === place ? { ...one, ...change } : one));

function labelled(text, control, hint = "") {
  control.id = control.id || uid("ek-pm");
  return h("div", { class: "ek-pm-field" }, h("label", { for: control.id, text }), hint ? h("span", { class: "ek-pm-hint", text: hint }) : null, control);
}

const select = (options, onchange) => {
  const control = h("select", { class: "ek-pm-input", onchange: () => onchange(control.value) }, ...options.map(([value, text]) => h("option", { value, text })));
  return control;
};
const input = (onchange) => { const control = h("input", { class: "ek-pm-input", type: "text", onchange: () => onchange(control.value.trim()) }); return control; };
const area = (onchange) => { const control = h("textarea", { class: "ek-pm-input", rows: 2, onchange: () => onchange(control.value.trim()) }); return control; };
const box = (text, onchange) => { const control = h("input", { type: "checkbox", onchange: () => onchange(control.checked) }); return { control, element: h("label", { class: "ek-choice" }, control, h("span", { text })) }; };
const fill = (control, value) => { if (control !== document.activeElement && control.value !== value) control.value = value; };

/**
 * @param {{terms: any, onchange: (change: any, said: string) => void, ask: Function}} map
 */
export function editor({ terms, onchange, ask }) {
  let state = null;
  let shape = "";
  let syncs = [];
  const unfolded = new Set();
  const says = new Map();
  const button = (text, onclick, more = {}) => h("button", { type: "button", class: "ek-button", text, onclick, ...more });
  const sync = (what) => syncs.push(what);
  const project = (change) => onchange({ project: { ...state.project, ...change } }, "");
  const decide = (place, change) => onchange({ decisions: put(state.decisions, place, change) }, "");
  const group = (place, change) => onchange({ people: put(state.people, place, change) }, "");
  const setMark = (row, place, change) => {
    const says = put(state.people[row].says, place, change).map(clean);
    onchange({ people: put(state.people, row, { says }) }, `${groupName(state, row)}, ${decisionName(state, place)}: ${terms.says[says[place].say]}.`);
  };

  function projectPart() {
    const title = input((value) => project({ title: value }));
    const about = area((value) => project({ about: value }));
    const promise = select([["", "No promise is made"], ...Object.entries(terms.promises).map(([key, one]) => [key, `${one.title}: ${one.text}`])], (value) => onchange({ promise: value }, ""));
    sync(() => { fill(title, state.project.title); fill(about, state.project.about); promise.value = state.promise; });
    return h("div", { class: "ek-pm-form" }, labelled("Project", title), labelled("What it is, in a sentence or two", about, "Organisations and roles, no names of persons"),
      labelled("What is promised to the people it affects", promise, "The five levels are those of IAP2"));
  }

  function decisionPart(place) {
    const title = input((value) => decide(place, { title: value }));
    const stage = select(Object.entries(terms.stages), (value) => decide(place, { stage: value }));
    const when = input((value) => decide(place, { when: value }));
    const answers = input((value) => decide(place, { answers: value }));
    const left = box("The promise leaves it out, and said so at the start", (value) => decide(place, { left_out: value }));
    const move = (to, way) => {
      onchange({ decisions: swap(state.decisions, place, to), people: state.people.map((one) => ({ ...one, says: swap(one.says, place, to) })) }, `Moved ${way}.`);
      const row = list.children[to];
      (row.querySelector(`.ek-pm-${way}:not(:disabled)`) ?? row.querySelector(".ek-pm-move:not(:disabled)")).focus();
    };
    const remove = () => ask(element, `Remove “${decisionName(state, place)}” and every mark at it?`, "Remove it", () => {
      onchange({ decisions: state.decisions.filter((one, at) => at !== place), people: state.people.map((one) => ({ ...one, says: one.says.filter((two, at) => at !== place) })) }, "Removed.");
      more.focus();
    });
    const number = h("p", { class: "ek-pm-number", text: String(place + 1) });
    const of = () => decisionName(state, place);
    const up = button("Earlier", () => move(place - 1, "earlier"), { class: "ek-button ek-pm-move ek-pm-earlier" });
    const down = button("Later", () => move(place + 1, "later"), { class: "ek-button ek-pm-move ek-pm-later" });
    const gone = button("Remove", remove);
    const element = h("li", { class: "ek-pm-row" }, number, h("div", { class: "ek-pm-form ek-pm-two" }, labelled("What is decided", title), labelled("Stage", stage), labelled("When", when),
      labelled("Which role answers for it", answers), h("div", { class: "ek-pm-wide" }, left.element)), h("div", { class: "ek-ta-ways ek-pm-wide" }, up, down, gone));
    sync(() => {
      const one = state.decisions[place];
      fill(title, one.title); fill(when, one.when); fill(answers, one.answers);
      stage.value = one.stage; left.control.checked = one.left_out;
      up.disabled = place === 0; down.disabled = place === state.decisions.length - 1; gone.disabled = state.decisions.length <= FEWEST;
      for (const [control, verb] of [[up, "Earlier"], [down, "Later"], [gone, "Remove"]]) control.setAttribute("aria-label", `${verb}: ${of()}`);
    });
    return element;
  }

  function markPart(row, place) {
    const say = select(Object.entries(terms.says), (value) => setMark(row, place, { say: value }));
    const late = box("after it was settled", (value) => setMark(row, place, { late: value }));
    const heard = box("was told what came of it", (value) => setMark(row, place, { heard: value }));
    const note = input((value) => setMark(row, place, { note: value }));
    const legend = h("legend");
    sync(() => {
      const one = state.people[row].says[place];
      say.value = one.say; late.control.checked = one.late; heard.control.checked = one.heard; fill(note, one.note);
      late.element.hidden = !LATE.includes(one.say); heard.element.hidden = one.say !== "asked";
      legend.textContent = decisionName(state, place);
    });
    says.set(`${row}/${place}`, say);
    return h("fieldset", { class: "ek-pm-mark" }, legend, labelled("Say", say), labelled("What stands behind it", note), h("div", { class: "ek-pm-boxes" }, late.element, heard.element));
  }

  function groupPart(row) {
    const title = input((value) => group(row, { title: value }));
    const affected = box("The project affects them", (value) => group(row, { affected: value }));
    const pay = select(Object.entries(terms.pays), (value) => group(row, { pay: value }));
    const paid = input((value) => group(row, { paid: value }));
    const summary = h("summary");
    const gone = button("Remove this group", () => ask(element, `Remove “${groupName(state, row)}” and all its marks?`, "Remove it", () => { unfolded.clear(); onchange({ people: state.people.filter((one, at) => at !== row) }, "Removed."); extra.focus(); }));
    const element = h("details", { class: "ek-disclosure ek-pm-person", open: unfolded.has(row), ontoggle: () => { if (element.open) unfolded.add(row); else unfolded.delete(row); } }, summary,
      h("div", { class: "ek-pm-form ek-pm-two" }, labelled("Group, by role", title), labelled("Pay", pay), labelled("Pay, in figures", paid, "Such as £25 an hour"), h("div", { class: "ek-pm-field" }, affected.element)),
      ...state.decisions.map((one, place) => markPart(row, place)), h("div", { class: "ek-ta-ways" }, gone));
    sync(() => {
      const one = state.people[row];
      fill(title, one.title); fill(paid, one.paid); pay.value = one.pay; affected.control.checked = one.affected;
      summary.textContent = groupName(state, row); gone.disabled = state.people.length < 2;
    });
    return element;
  }

  const head = h("div");
  const list = h("ol", { class: "ek-pm-rows", "aria-label": "Decisions, in order of time" });
  const people = h("div", { class: "ek-pm-people" });
  const more = button("Add a decision", () => {
    onchange({ decisions: [...state.decisions, { title: "", stage: "doing", when: "", answers: "", left_out: false }], people: state.people.map((one) => ({ ...one, says: [...one.says, { ...NO_MARK }] })) }, "A decision is added.");
    list.lastElementChild.querySelector("input").focus();
  });
  const extra = button("Add a group", () => {
    unfolded.add(state.people.length);
    onchange({ people: [...state.people, { title: "", affected: true, pay: "unsaid", paid: "", says: state.decisions.map(() => ({ ...NO_MARK })) }] }, "A group is added.");
    people.lastElementChild.querySelector("input").focus();
  });
  const element = h("div", { class: "ek-pm-edit" }, head, h("div", {}, h("p", { class: "ek-pm-head", text: "Decisions" }), disclosure("What is decided, when, and who answers for it", list, h("div", { class: "ek-ta-ways" }, more))),
    h("div", { class: "ek-pm-people" }, h("p", { class: "ek-pm-head", text: "Groups, their pay and their say" }), people, h("div", { class: "ek-ta-ways" }, extra)));

  function show(now) {
    state = now;
    const next = `${state.decisions.length}/${state.people.length}`;
    if (next !== shape) {
      shape = next;
      syncs = [];
      head.replaceChildren(projectPart());
      list.replaceChildren(...state.decisions.map((one, place) => decisionPart(place)));
      people.replaceChildren(...state.people.map((one, row) => groupPart(row)));
    }
    for (const one of syncs) one();
    more.disabled = state.decisions.length >= MOST;
    extra.disabled = state.people.length >= GROUPS_MOST;
  }
  /** Go to one mark of the form. */
  function go(row, place) {
    unfolded.add(row);
    people.children[row].open = true;
    const say = says.get(`${row}/${place}`);
    say.focus();
    say.closest("fieldset").scrollIntoView({ block: "center" });
  }
  return { element, show, go };
}
