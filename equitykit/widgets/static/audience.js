// The audience switch: one finding told for three kinds of readers. Say which version a reader needs and what one
// dropped; see what each keeps, changes and loses; write a fourth. Words and rows are written as
// equitykit/widgets/audience_words.py writes them.
import { h, svg, table, disclosure, inline, voice, uid, save } from "./kit.js";
import { CHECKLIST, looked } from "./audience-checklist.js";

const OWN = ["version", "answers", "marks"];
const TRAITS = [...OWN, "spec", "label", "name"];
const AUDIENCES = { academic: "Academic", practitioner: "Practitioner", community: "Community" };
const KEPT = ["number", "uncertainty", "source", "structure"];
const FOUND = { yes: "seems to be there", part: "perhaps", no: "not seen yet" };
const SIGNS = { yes: "✓", part: "~", no: "○" };
const MARKDOWN = /\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)/g;

// ---- what a state says

const plain = (text) => text.replace(MARKDOWN, (_, ...parts) => parts.slice(0, 4).find(Boolean));
const sentence = (text) => (/[.?!”]$/.test(text) ? text : `${text}.`);
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const versionOf = (state, id) => state.spec.versions.find((one) => one.id === id);
const factsOf = (state, id) => state.spec.questions.filter((one) => one.kind === "fact" && one.version === id);
const revealed = (state, id) => factsOf(state, id).every((one) => one.id in state.answers);
const number = (value, places) => (Math.floor(value * 10 ** places + 0.5 + 1e-9) / 10 ** places)
  .toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });

function figure(chart, group) {
  const size = number(group.value, chart.decimals);
  const shown = chart.unit === "%" ? `${size}%` : `${size} ${chart.unit}`.trim();
  return group.low === null ? shown : `${shown} (${number(group.low, chart.decimals)} to ${number(group.high, chart.decimals)})`;
}

function drawn(state, form) {
  const { chart } = state.spec;
  if (form === "dots") return chart.groups.map((one) => [one.label, figure(chart, one)]);
  if (form === "people") return chart.people.groups.map((one) => [one.label, `${one.of100} of 100 ${chart.people.what}`]);
  return [["In comparison", plain(chart.comparison)]];
}

const kept = (version, is) => KEPT.filter((one) => version.keeps[one].kept === is).join(", ") || "nothing";

function words(state) {
  const { spec } = state;
  const opening = `${spec.title}. The finding: ${plain(spec.finding.statement)}`;
  if (state.version === "own") {
    return `${opening} A version of your own, which stays in this page. ${CHECKLIST.map(([one, text]) => `${text}: ${FOUND[state.marks[one] ?? "no"]}`).join("; ")}.`;
  }
  const version = versionOf(state, state.version);
  const parts = [opening, `${AUDIENCES[version.id]} version, for ${version.reader}. ${sentence(plain(version.headline))}`, plain(version.text),
    sentence(drawn(state, version.chart).map(([label, shown]) => `${label}: ${shown}`).join("; "))];
  if (revealed(state, version.id)) {
    parts.push(`Kept: ${kept(version, true)}. Dropped: ${kept(version, false)}.`, `Changed: ${plain(version.changes)} Lost: ${plain(version.loses)}`);
  } else parts.push("What it dropped is asked first, and told after.");
  return parts.join(" ");
}

function rows(state) {
  if (state.version === "own") {
    return [["In your own version", "What the checklist finds"], ...CHECKLIST.map(([one, text]) => [text, FOUND[state.marks[one] ?? "no"]])];
  }
  const version = versionOf(state, state.version);
  const made = [["Part", `${AUDIENCES[version.id]} version`], ["For", version.reader], ["Needed for", plain(version.needs)],
    ["Headline", plain(version.headline)], ["Text", plain(version.text)], ...drawn(state, version.chart)];
  if (revealed(state, version.id)) {
    const { keep } = state.spec.finding;
    made.push(...KEPT.map((one) => [`${capital(one)} (${keep[one]})`, version.keeps[one].kept ? "kept" : "dropped"]),
      ["Changed", plain(version.changes)], ["Lost", plain(version.loses)]);
  }
  return made;
}

// ---- the drawings

function dots(state) {
  const { chart } = state.spec;
  const all = chart.groups.flatMap((one) => [one.value, one.low ?? one.value, one.high ?? one.value]);
  const [bottom, top] = [Math.min(...all), Math.max(...all)];
  const room = (top - bottom) * 0.12 || Math.abs(top) * 0.1 || 1;
  const [low, high] = [bottom - room, top + room];
  const at = (value) => ((value - low) / (high - low)) * 100;
  return h("div", { class: "ek-au-dots" }, h("p", { class: "ek-au-hint", text: `${capital(chart.outcome)}${chart.unit === "%" ? ", in percent" : chart.unit ? `, ${chart.unit}` : ""}. Lines are intervals. The scale runs from ${number(low, chart.decimals)} to ${number(high, chart.decimals)}.` }),
    h("ul", {}, ...chart.groups.map((one) => h("li", {}, h("span", { class: "ek-au-name", text: capital(one.label) }),
      h("span", { class: "ek-au-strip", "aria-hidden": "true" },
        one.low === null ? null : Object.assign(h("span", { class: "ek-au-interval" }), { style: `left: ${at(one.low)}%; width: ${Math.max(at(one.high) - at(one.low), 0.5)}%` }),
        Object.assign(h("span", { class: "ek-au-dot" }), { style: `left: ${at(one.value)}%` })),
      h("span", { class: "ek-au-value", text: figure(chart, one) })))));
}

function people(state) {
  const { what, groups } = state.spec.chart.people;
  const person = (place, is) => {
    const [x, y] = [(place % 10) * 10 + 5, Math.floor(place / 10) * 14];
    return svg("path", { class: is ? "ek-au-is" : "ek-au-not", d: `M${x} ${y + 1.2}a2.1 2.1 0 1 1 0 4.2a2.1 2.1 0 1 1 0-4.2zM${x - 3.2} ${y + 12.4}v-3.2a3.2 3.2 0 0 1 6.4 0v3.2z` });
  };
  return h("div", { class: "ek-au-people" }, ...groups.map((one) => h("div", {},
    h("p", {}, h("strong", { class: "ek-au-many", text: `${one.of100} of 100` }), ` ${what}: ${one.label}`),
    svg("svg", { viewBox: "0 0 100 140", role: "img", "aria-label": `${one.of100} of 100 people marked: ${one.label}`, focusable: "false" },
      ...Array.from({ length: 100 }, (_, place) => person(place, place < one.of100))))));
}

const CHARTS = { dots, people, comparison: (state) => h("p", { class: "ek-au-compare" }, ...inline(state.spec.chart.comparison)) };

/** Mark the words that keep a thing, wherever a text has them in one piece. */
function marked(nodes, version) {
  const phrases = KEPT.map((one) => [one, version.keeps[one].by]).filter(([, by]) => by && by !== "chart");
  const walk = (node) => {
    if (node.nodeType !== Node.TEXT_NODE) {
      [...node.childNodes].forEach(walk);
      return;
    }
    const found = phrases.map(([one, by]) => [one, by, node.data.indexOf(by)]).filter(([, , at]) => at >= 0).sort((a, b) => a[2] - b[2])[0];
    if (!found) return;
    const [one, by, at] = found;
    const rest = node.splitText(at);
    const after = rest.splitText(by.length);
    rest.replaceWith(h("mark", { class: `ek-au-mark ek-au-mark-${one}`, text: by }));
    walk(after);
  };
  const holder = h("span", {}, ...nodes);
  walk(holder);
  return holder;
}

// ---- the page

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  const live = voice();
  const { spec } = state;
  const button = (text, onclick, attributes = {}) => h("button", { type: "button", class: "ek-button", onclick, text, ...attributes });
  const readers = spec.questions.filter((one) => one.kind === "reader");
  let asking = readers.find((one) => !(one.id in state.answers)) ?? readers[readers.length - 1];

  const ask = h("div", { class: "ek-au-ask", role: "group", tabindex: "-1" });
  const fact = h("div", { class: "ek-au-facts" });
  const card = h("div", { class: "ek-au-card", tabindex: "-1" });
  const report = h("div", { class: "ek-au-report" });
  const side = h("div");
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");
  const tabs = [...spec.versions.map((one) => [one.id, AUDIENCES[one.id]]), ["own", "Your own"]].map(([id, text]) => ({ id, button: button(text, () => update({ version: id }, `${text} version.`)) }));

  // the reader's own version: what is written stays in these fields
  const field = (text, made) => {
    const id = uid("ek-au");
    made.id = id;
    return h("div", { class: "ek-au-field" }, h("label", { for: id, text }), made);
  };
  const forWhom = h("input", { type: "text", autocomplete: "off", class: "ek-au-input" });
  const headline = h("input", { type: "text", autocomplete: "off", class: "ek-au-input", oninput: () => check() });
  const draft = h("textarea", { rows: 6, class: "ek-au-input", oninput: () => check() });
  const copied = h("span", { class: "ek-au-hint" });
  const points = CHECKLIST.map(([one, text]) => {
    const sign = h("span", { class: "ek-au-sign", "aria-hidden": "true" });
    const status = h("span", { class: "ek-au-status" });
    const hint = h("p", {});
    return { one, sign, status, hint, element: h("li", {}, sign, h("div", {}, h("p", {}, h("strong", { text }), ": ", status), hint)) };
  });
  const own = h("div", { class: "ek-au-own" },
    h("p", { class: "ek-au-note", text: "What you write stays in this page: it is not sent or saved anywhere, and is gone when you close the page. Copy it if you want to keep it." }),
    h("div", { class: "ek-au-ways" }, h("span", { class: "ek-au-hint", text: "Start from:" }), ...spec.versions.map((one) => button(AUDIENCES[one.id], () => begin(one), { class: "ek-button" }))),
    field("Who will read it?", forWhom), field("Headline", headline), field("What you tell them", draft),
    h("div", { class: "ek-au-ways" }, button("Copy your version", copy), copied),
    h("p", { class: "ek-au-title", text: "What the checklist sees" }),
    h("p", { class: "ek-au-hint", text: "It looks for words and cannot tell what they mean. You decide." }),
    h("ul", { class: "ek-au-points" }, ...points.map((one) => one.element)));

  function begin(version) {
    forWhom.value = version.reader;
    headline.value = plain(version.headline);
    draft.value = plain(version.text);
    check();
    draft.focus();
  }

  async function copy() {
    const text = [headline.value, draft.value].filter(Boolean).join("\n\n");
    try {
      await navigator.clipboard.writeText(text);
      copied.textContent = "Copied.";
    } catch {
      draft.select();
      copied.textContent = "The browser does not let this page copy. Your text is selected: copy it with the keyboard.";
    }
    live.say(copied.textContent);
  }

  /** What the checklist sees is shown as it is written; only that, and no text, is kept in the state. */
  function check() {
    const text = `${headline.value}\n${draft.value}`;
    const found = looked(text, spec.finding.keep, spec.signs);
    for (const { one, sign, status, hint } of points) {
      const [is, help] = found[one];
      sign.textContent = SIGNS[is];
      sign.className = `ek-au-sign ek-au-${is}`;
      status.textContent = FOUND[is];
      hint.textContent = help;
    }
    copied.textContent = "";
    const marks = text.trim() ? Object.fromEntries(Object.entries(found).map(([one, [is]]) => [one, is])) : {};
    if (JSON.stringify(marks) !== JSON.stringify(state.marks) && (state.version === "own")) update({ marks }, "");
  }

  function update(changed, spoken) {
    state = { ...state, ...changed };
    show();
    if (spoken) live.say(spoken);
    saving = true; // the model tells of each trait as it is set: half a state is nobody's wish
    save(model, { ...Object.fromEntries(OWN.map((trait) => [trait, state[trait]])), words: words(state), table: rows(state) });
    saving = false;
  }

  function answer(question, place, panel) {
    update({ answers: { ...state.answers, [question.id]: place }, version: question.version }, "");
    const there = panel();
    there?.focus({ preventScroll: true });
    there?.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  /** A question: its options until it is answered, then what there is to learn from the answer. */
  function fillQuestion(element, question, kicker, panel) {
    const title = h("p", { class: "ek-au-question" }, h("span", { class: "ek-au-kicker", text: kicker }), ...inline(question.prompt));
    if (!(question.id in state.answers)) {
      element.className = "ek-au-ask ek-au-open";
      element.setAttribute("aria-label", "Your prediction");
      element.replaceChildren(title, h("div", { class: "ek-au-options" },
        ...question.options.map((one, place) => button("", () => answer(question, place, panel), { class: "ek-button ek-au-option" }))),
      button("Show me without predicting", () => answer(question, -1, panel), { class: "ek-button ek-au-quiet" }));
      element.querySelectorAll(".ek-au-option").forEach((one, place) => one.replaceChildren(...inline(question.options[place].text)));
      return;
    }
    const place = state.answers[question.id];
    const right = question.options.find((one) => one.right);
    const said = question.options[place];
    element.className = `ek-au-ask ${!said ? "" : said.right ? "ek-au-right" : "ek-au-turn"}`;
    element.setAttribute("aria-label", "The answer");
    element.replaceChildren(title,
      ...(said ? [h("p", {}, h("strong", { text: said.right ? "Yes: " : "You said: " }), h("strong", {}, ...inline(sentence(said.text))), " ", ...inline(said.feedback))] : []),
      ...(said?.right ? [] : [h("p", {}, h("strong", {}, "The answer: ", ...inline(sentence(right.text))), " ", ...inline(right.feedback))]));
  }

  function showReaders() {
    ask.hidden = !asking;
    if (!asking) return;
    fillQuestion(ask, asking, `Reader ${readers.indexOf(asking) + 1} of ${readers.length}`, () => ask);
    const next = readers.find((one) => !(one.id in state.answers));
    if (asking.id in state.answers && next) {
      ask.append(button("The next reader", () => { asking = next; show(); ask.focus({ preventScroll: true }); }, { class: "ek-button ek-primary ek-au-next" }));
    }
  }

  function showVersion() {
    const version = versionOf(state, state.version);
    const told = revealed(state, version.id);
    const text = (raw) => (told ? [marked(inline(raw), version)] : inline(raw));
    card.setAttribute("aria-label", `${AUDIENCES[version.id]} version`);
    card.replaceChildren(h("p", { class: "ek-au-hint" }, h("strong", { text: `For ${version.reader}. ` }), ...inline(version.needs)),
      h("p", { class: "ek-au-headline" }, ...text(version.headline)), h("p", { class: "ek-au-text" }, ...text(version.text)), CHARTS[version.chart](state));
    const facts = factsOf(state, version.id);
    fact.hidden = !facts.length;
    fact.replaceChildren(...facts.map((one) => {
      const panel = h("div", { role: "group", tabindex: "-1", "data-question": one.id });
      fillQuestion(panel, one, "What was dropped?", () => fact.querySelector(`[data-question="${one.id}"]`));
      return panel;
    }));
    report.hidden = !told;
    if (!told) return;
    report.replaceChildren(h("p", { class: "ek-au-title", text: "What this version keeps, changes and loses" }),
      h("ul", { class: "ek-au-kept" }, ...KEPT.map((one) => {
        const held = version.keeps[one];
        const how = !held.kept ? "dropped" : held.by === "chart" ? "kept, in the chart" : held.by ? h("span", {}, "kept, as ", h("mark", { class: `ek-au-mark ek-au-mark-${one}`, text: held.by })) : "kept";
        return h("li", { class: held.kept ? "ek-au-is-kept" : "ek-au-is-dropped" }, h("span", { class: "ek-au-sign", "aria-hidden": "true", text: held.kept ? "✓" : "✕" }),
          h("span", {}, h("strong", { text: `${capital(one)}: ` }), how));
      })),
      h("dl", { class: "ek-au-told" }, h("div", {}, h("dt", { text: "What changes" }), h("dd", {}, ...inline(version.changes))),
        h("div", {}, h("dt", { text: "What it loses" }), h("dd", {}, ...inline(version.loses)))));
  }

  function show() {
    for (const one of tabs) one.button.setAttribute("aria-pressed", String(one.id === state.version));
    showReaders();
    const mine = state.version === "own";
    own.hidden = !mine;
    card.hidden = fact.hidden = report.hidden = mine;
    if (!mine) showVersion();
    const tell = (one, version) => (revealed(state, version.id) ? (version.keeps[one].kept ? "kept" : "dropped") : "asked first");
    side.replaceChildren(table([["What the finding has", ...spec.versions.map((one) => AUDIENCES[one.id])],
      ...KEPT.map((one) => [`${capital(one)}: ${spec.finding.keep[one]}`, ...spec.versions.map((version) => tell(one, version))])], "Three versions side by side"));
    inWords.textContent = words(state);
    asTable.replaceChildren(table(rows(state), mine ? "What the checklist finds in your own version" : `${spec.title}: the ${state.version} version`));
  }

  const { finding } = spec;
  const source = h("p", { class: "ek-au-source" }, "Source: ", finding.url ? h("a", { href: finding.url, text: finding.keep.source }) : finding.keep.source, ".");
  el.append(h("div", { class: "ek-stage ek-audience" },
    h("div", { class: "ek-au-finding" }, h("p", { class: "ek-au-kicker", text: "One finding" }), h("p", { class: "ek-au-statement" }, ...inline(finding.statement)),
      h("dl", { class: "ek-au-keep" }, ...KEPT.map((one) => h("div", {}, h("dt", { text: capital(one) }), h("dd", { text: finding.keep[one] }))))),
    ask,
    h("div", { class: "ek-au-switch", role: "group", "aria-label": "Version shown" }, ...tabs.map((one) => one.button)),
    card, fact, report, own,
    h("div", {}, disclosure("Three versions side by side", side), disclosure("In words", inWords), disclosure("As a table", asTable)), source, live.element));
  check();
  show();
  if (model.get("words") !== words(state)) save(model, { words: words(state), table: rows(state) });

  const outside = () => {
    if (saving) return;
    const told = read();
    if (OWN.every((trait) => JSON.stringify(told[trait]) === JSON.stringify(state[trait]))) return;
    update(Object.fromEntries(OWN.map((trait) => [trait, told[trait]])), "");
  };
  for (const trait of OWN) model.on(`change:${trait}`, outside);
  return () => { for (const trait of OWN) model.off(`change:${trait}`, outside); };
}

export default { render };
