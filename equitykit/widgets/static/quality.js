// The data-quality board: a table dropped into the page is read in this browser only, profiled, and turned into a list of
// what to fix. Of a reader's own file nothing goes into the state that a page or a kernel keeps.
import { h, table, disclosure, voice, uid, save } from "./kit.js";
import { CODE_LISTS, KINDS, KIND_NAMES } from "./quality-codes.js";
import { readText, readFile, readingNotes, Unreadable } from "./csv.js";
import { number, crossed, completeText, topText, suspect, misclassified, leftOf, LEFT, ratioWaits, ratioWords, trustWaits, trustVerdict, columnWords, columnRows,
  ruleWords, OWN_WORDS, OWN_ROWS, profileOf, profileRows, answersOf, fixes, markdown } from "./quality-model.js";

const SETTINGS = ["column", "codes", "by", "identifier"];
const TRIAL = ["wrong", "wrong_reference", "share", "ratio"];
const STATE = [...SETTINGS, "hide_up_to", "round_to", "predictions", "plan", "own_open", ...TRIAL];
const TRAITS = [...STATE, "start", "sample", "sample_note", "key_fact", "source", "label"];
const RULES = [[4, "1 to 4 (fewer than 5)"], [9, "1 to 9 (fewer than 10)"]];
const ROUNDS = [[1, "no rounding"], [5, "to the nearest 5"], [10, "to the nearest 10"]];
const SHARES = [2, 5, 10, 20, 40];
const RATIOS = [0.5, 0.67, 1.5, 2, 3];
const SAUNDERS = "https://bmjopen.bmj.com/content/3/6/e002882";
const MARKS = [[2.2, "2.2%: White British people"], [4.9, "4.9%: everybody"], [41.2, "41.2%: fifteen other groups"]];
const SITES = 40;

function render({ model, el }) {
  const read = () => structuredClone(Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)])));
  let state = { ...read(), own_open: false };
  const live = voice();
  const sample = { table: readText(state.sample, ","), name: "Synthetic extract", plan: () => state.plan };
  sample.profiles = sample.table.columns.map((column) => profileOf(column, "none", sample.table.rows));
  let own = null; // the reader's own file: table, name, profiles, settings, plan
  let reading = 0; // the number of the latest reading; an older one stops
  let gone = false;

  const shown = () => own ?? sample;
  /** The state that the page shows: of the sample, or of the reader's own file. */
  const view = () => (own ? { ...state, ...own.settings, start: { by: "" }, key_fact: "", today: Date.now() } : state);

  // ---- parts of the page

  const select = (label, onchange) => {
    const id = uid("ek-dq");
    const element = h("select", { id, class: "ek-dq-select", onchange: () => onchange(element.value) });
    return { element, field: h("div", { class: "ek-dq-field" }, h("label", { for: id, text: label }), element) };
  };
  const fill = (element, options, value) => {
    const wanted = JSON.stringify(options);
    if (element.dataset.options !== wanted) {
      element.dataset.options = wanted;
      element.replaceChildren(...options.map(([key, text]) => h("option", { value: key, text })));
    }
    element.value = value;
  };
  const set = (setting) => (value) => {
    if (own) {
      own.settings = { ...own.settings, [setting]: value };
      show();
      speak();
    } else update({ [setting]: value });
  };

  const file = h("input", { type: "file", id: uid("ek-dq"), class: "ek-dq-file", accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain",
    onchange: () => { if (file.files[0]) open(file.files[0]); file.value = ""; } });
  const back = h("button", { type: "button", class: "ek-button", text: "Use the synthetic extract", onclick: () => close() });
  const stop = h("button", { type: "button", class: "ek-button", text: "Stop reading", onclick: () => { reading += 1; told(""); settle(); } });
  const bar = h("progress", { class: "ek-dq-progress", max: "1", value: "0", "aria-label": "Share of the file that is read" });
  const message = h("p", { class: "ek-dq-message", role: "alert" });
  const drop = h("div", { class: "ek-dq-drop" },
    h("p", {}, h("strong", { text: "Your own extract: drop a CSV here, or choose it." }),
      " It is read in this browser only. Nothing is sent, saved or kept: leave the page, and it is gone."),
    h("div", { class: "ek-dq-ways" }, h("label", { class: "ek-button ek-dq-choose", for: file.id, text: "Choose a CSV file" }), file, back, stop), bar, message);
  const about = h("p", { class: "ek-dq-about" });
  const notes = h("ul", { class: "ek-dq-notes" });

  const which = select("Column", set("column"));
  const lists = select("Code list", set("codes"));
  const bys = select("By", set("by"));
  const ids = select("Should not repeat", set("identifier"));
  const rules = select("Hide counts of", (value) => update({ hide_up_to: Number(value) }));
  const rounds = select("Round other counts", (value) => update({ round_to: Number(value) }));
  const ask = h("div", { class: "ek-dq-ask", role: "group" });
  const question = h("p", { class: "ek-dq-question", id: uid("ek-dq"), tabindex: "-1" });
  ask.setAttribute("aria-labelledby", question.id);
  const answers = h("div", { class: "ek-dq-ways" });
  const came = h("p", { class: "ek-dq-verdict" });
  ask.append(question, answers, came);
  const chart = h("ul", { class: "ek-dq-chart" });
  const key = h("p", { class: "ek-dq-key" });
  const cited = h("p", { class: "ek-dq-note" });
  const values = h("div");
  const profile = h("div");
  const board = h("ol", { class: "ek-dq-board" });
  const boardTitle = h("p", { class: "ek-dq-kicker", id: uid("ek-dq"), tabindex: "-1" });
  const copied = h("p", { class: "ek-dq-note", role: "status" });
  const copyText = h("textarea", { class: "ek-dq-copy", rows: "8", readonly: true, "aria-label": "The board as Markdown", hidden: true });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");
  const source = h("p", { class: "ek-dq-source" });

  // ---- opening and closing a file

  function told(text) {
    message.textContent = text;
    message.hidden = !text;
  }

  function settle() {
    bar.hidden = true;
    stop.hidden = true;
    back.hidden = !own;
  }

  async function open(chosen) {
    reading += 1;
    const mine = reading;
    const stale = () => gone || mine !== reading;
    told("");
    bar.value = 0;
    bar.hidden = false;
    stop.hidden = false;
    live.say(`Reading ${chosen.name}.`);
    try {
      const made = await readFile(chosen, { onProgress: (part) => { if (!stale()) bar.value = part; }, stopped: stale });
      if (stale()) return;
      const profiles = [];
      for (const column of made.columns) {
        profiles.push(profileOf(column, "none", made.rows));
        await new Promise((resolve) => { setTimeout(resolve, 0); });
        if (stale()) return;
      }
      own = { table: made, name: chosen.name, profiles, plan_: {}, plan: () => own.plan_, settings: guess(made, profiles) };
      if (!own.settings.column) {
        own = null;
        throw new Unreadable(`${chosen.name} has no column whose answers may be shown: all look like identifiers, names or free text.`);
      }
      state = { ...state, own_open: true };
      show();
      keep();
      boardTitle.focus({ preventScroll: true });
      live.say(`${chosen.name}: ${number(made.rows)} rows, ${made.columns.length} columns. ${columnWords(crossed(made, view()), view())}`);
    } catch (error) {
      if (stale()) return;
      told(error instanceof Unreadable ? error.message : `${chosen.name} could not be read: ${error.message}`);
    } finally {
      if (mine === reading) settle();
    }
  }

  function close() {
    reading += 1;
    own = null;
    state = { ...state, own_open: false };
    told("");
    settle();
    show();
    keep();
    question.focus({ preventScroll: true });
    live.say("The file is closed. The synthetic extract is shown.");
  }

  /** What a reader would most likely look at first in a file of their own. */
  function guess(made, profiles) {
    const open_ = profiles.filter((one) => !one.closed && one.type !== "date" && one.type !== "nothing");
    const column = (open_.find((one) => /ethni|race/i.test(one.name)) ?? open_.find((one) => ["category", "code"].includes(one.type)) ?? open_[0])?.name ?? "";
    let codes = "none";
    if (column) {
      const counts = made.columns.find((one) => one.name === column);
      const listed = (list) => counts.values.reduce((total, value, id) => total + (Object.hasOwn(CODE_LISTS[list].codes, value) ? counts.counts[id] : 0), 0);
      const [best, many] = ["nhs16", "census19", "census5"].map((list) => [list, listed(list)]).reduce((top, one) => (one[1] > top[1] ? one : top));
      if (many > made.rows * 0.3) codes = best;
    }
    const by = open_.find((one) => one.name !== column && one.distinct > 1 && one.distinct <= SITES && /clinic|site|ward|practice|trust|provider|region|area|team|service|year/i.test(one.name))?.name ?? "";
    const identifier = profiles.find((one) => one.type.startsWith("identifier") && /id|nhs|person|patient|client|pseudo|number/i.test(one.name))?.name ?? "";
    return { column, codes, by, identifier };
  }

  for (const event of ["dragenter", "dragover"]) {
    drop.addEventListener(event, (moved) => { moved.preventDefault(); drop.classList.add("ek-dq-over"); });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("ek-dq-over"));
  drop.addEventListener("drop", (dropped) => {
    dropped.preventDefault();
    drop.classList.remove("ek-dq-over");
    const [chosen] = dropped.dataTransfer.files;
    if (chosen) open(chosen);
  });

  // ---- the state that may be kept

  function keep() {
    const trial = Object.fromEntries([...TRIAL, "predictions", "own_open"].map((trait) => [trait, state[trait]]));
    if (own) save(model, { ...trial, words: `${OWN_WORDS} ${ratioWords(state)}`, table: OWN_ROWS });
    else {
      const sites = crossed(sample.table, state);
      save(model, { ...Object.fromEntries(STATE.map((trait) => [trait, state[trait]])), words: allWords(sites), table: columnRows(sites, state) });
    }
  }

  const allWords = (sites) => `${own ? "" : `${state.sample_note} `}${columnWords(sites, view())} ${ratioWords(state)}`;

  function update(change) {
    state = { ...state, ...change };
    show();
    if (!("plan" in change)) speak();
    keep();
  }

  function speak() {
    live.say(columnWords(crossed(shown().table, view()), view()));
  }

  function predict(said) {
    update({ predictions: { ...state.predictions, trust: said } });
    question.focus({ preventScroll: true });
  }

  // ---- showing

  function show() {
    const now = shown();
    const seen = view();
    const sites = crossed(now.table, seen);
    back.hidden = !own;
    about.replaceChildren(h("strong", { text: own ? own.name : "Synthetic extract: nobody in it exists" }),
      ` ${number(now.table.rows)} rows, ${now.table.columns.length} columns.`);
    about.classList.toggle("ek-dq-synthetic", !own);
    notes.replaceChildren(...(own ? readingNotes(now.table).map((text) => h("li", { text })) : []));
    notes.hidden = !own;
    showControls(now, seen);
    showAsk(sites, seen);
    showChart(sites, seen);
    showKey(sites);
    const list = CODE_LISTS[seen.codes];
    cited.replaceChildren(...(list.url ? ["Code list: ", h("a", { href: list.url, text: list.source }), ". "] : []), ruleWords(seen),
      " Several tables together can still narrow a hidden count down: check before you publish.");
    showValues(now, seen);
    const chosen = now.table.columns.find((one) => one.name === seen.column);
    const profiles = now.profiles.map((one) => (one.name === seen.column ? { ...one, counts: profileOf(chosen, seen.codes, now.table.rows).counts } : one));
    profile.replaceChildren(table(profileRows(profiles, seen), "Every column, in rows. Answers of identifiers and of free text are never shown."));
    showBoard(now, seen, sites);
    inWords.textContent = allWords(sites);
    asTable.replaceChildren(table(columnRows(sites, seen), `${seen.column}${seen.by ? ` by ${seen.by}` : ""}`));
    trial.show();
  }

  function showControls(now, seen) {
    const openOnes = now.profiles.filter((one) => !one.closed);
    fill(which.element, now.profiles.filter((one) => !one.closed && one.type !== "nothing").map((one) => [one.name, one.name]), seen.column);
    fill(lists.element, Object.entries(CODE_LISTS).map(([code, { label }]) => [code, label]), seen.codes);
    const years = now.profiles.filter((one) => one.type === "date").map((one) => [`year of ${one.name}`, `year of ${one.name}`]);
    fill(bys.element, [["", "no other column"], ...openOnes.filter((one) => one.name !== seen.column && one.distinct <= SITES && one.type !== "date").map((one) => [one.name, one.name]), ...years], seen.by);
    fill(ids.element, [["", "no column"], ...now.profiles.filter((one) => one.name !== seen.column).map((one) => [one.name, one.name])], seen.identifier);
    fill(rules.element, [...RULES, ...(RULES.some(([upTo]) => upTo === seen.hide_up_to) ? [] : [[seen.hide_up_to, `1 to ${seen.hide_up_to}`]])], String(seen.hide_up_to));
    fill(rounds.element, [...ROUNDS, ...(ROUNDS.some(([to]) => to === seen.round_to) ? [] : [[seen.round_to, `to the nearest ${seen.round_to}`]])], String(seen.round_to));
  }

  function showAsk(sites, seen) {
    const waits = !own && trustWaits(seen);
    const verdict = own ? null : trustVerdict(sites, seen);
    ask.hidden = !waits && !verdict;
    ask.classList.toggle("ek-dq-open", waits);
    answers.hidden = !waits;
    came.hidden = !verdict;
    if (waits) {
      question.replaceChildren("Predict. You may mend one first. ", h("strong", { text: `Whose ${seen.column} would you trust least?` }));
      answers.replaceChildren(...sites.slice(0, -1).map((site) => h("button", { type: "button", class: "ek-button", text: site.name, onclick: () => predict(site.name) })),
        h("button", { type: "button", class: "ek-button ek-dq-quiet", text: "Show me without predicting", onclick: () => predict("shown") }));
    } else if (verdict) {
      question.textContent = `Whose ${seen.column} would you trust least?`;
      came.className = `ek-dq-verdict${verdict.shown ? "" : verdict.right ? " ek-dq-right" : " ek-dq-turn"}`;
      came.replaceChildren(verdict.lead ? h("strong", { text: verdict.lead }) : "", verdict.text);
    }
  }

  function showChart(sites, seen) {
    const waits = trustWaits(seen);
    const odd = waits ? null : suspect(sites);
    chart.replaceChildren(...sites.map((site) => h("li", { class: `ek-dq-row${odd && site.name === odd.name ? " ek-dq-odd" : ""}` },
      h("span", { class: "ek-dq-name" }, h("strong", { text: site.name }), h("span", { class: "ek-dq-small", text: site.total ? "rows hidden" : `${site.rows} rows` })),
      h("span", { class: "ek-dq-bar", "aria-hidden": "true" }, ...site.shares.map((share, kind) => {
        const part = h("span", { class: `ek-dq-part ek-dq-kind-${kind}` });
        part.style.width = `${share ?? 0}%`;
        return part;
      })),
      h("span", { class: "ek-dq-told" }, h("span", { text: site.complete === null ? "completeness hidden" : `${completeText(site)} complete` }),
        h("span", { class: "ek-dq-small", text: waits ? "most used: predict first" : site.top ? `most used: ${topText(site)}` : "no answer in the list" })))));
  }

  function showKey(sites) {
    key.replaceChildren(...KINDS.flatMap((kind, at) => (sites.some((site) => site.kinds[at] !== "0")
      ? [h("span", {}, h("span", { class: `ek-dq-part ek-dq-kind-${at}` }), KIND_NAMES[kind].toLowerCase())] : [])));
  }

  function showValues(now, seen) {
    const { open: many, more, few, list } = answersOf(now.table, seen);
    const said = [["Answer", "What it means", "Rows"], ...many.map((one) => [one.value, list.codes[one.value] ?? { listed: "an answer", unlisted: "not in the list" }[one.kind] ?? one.kind,
      number(Math.floor((one.count + seen.round_to / 2) / seen.round_to) * seen.round_to)])];
    values.replaceChildren(many.length ? table(said, `Answers in ${seen.column}, most used first`) : h("p", { text: "No answer stands in so many rows that it may be shown." }),
      ...(few ? [h("p", { class: "ek-dq-note", text: `${number(few)} further answer${few === 1 ? " stands" : "s stand"} in few rows, and ${few === 1 ? "is" : "are"} not named.` })] : []),
      ...(more ? [h("p", { class: "ek-dq-note", text: `${number(more)} more are left out here.` })] : []));
  }

  let items = [];
  const unfolded = new Map(); // what the reader opened or closed
  function showBoard(now, seen, sites) {
    items = fixes(now.table, seen, trustWaits(seen) ? withheld(sites) : sites, now.profiles, now.table.notes);
    boardTitle.textContent = items.length ? `What to fix: ${items.length} ${items.length === 1 ? "thing" : "things"}` : "What to fix: nothing found";
    const plan = now.plan();
    const write = (id, part) => (event) => {
      const next = { ...now.plan(), [id]: { owner: "", due: "", ...now.plan()[id], [part]: event.target.value } };
      if (own) own.plan_ = next;
      else {
        state = { ...state, plan: next };
        keep();
      }
    };
    const field = (id, part, label, type) => {
      const input = h("input", { id: uid("ek-dq"), class: "ek-dq-input", type, value: plan[id]?.[part] ?? "", autocomplete: "off", oninput: write(id, part) });
      return h("div", { class: "ek-dq-field" }, h("label", { for: input.id, text: label }), input);
    };
    board.replaceChildren(...items.map((one, at) => {
      const part = h("details", { class: "ek-dq-item", open: unfolded.get(one.id) ?? at === 0 },
        h("summary", { onclick: () => unfolded.set(one.id, !part.open) }, h("span", { class: "ek-dq-head", text: one.title }), h("span", { class: "ek-dq-found", text: one.found })),
        h("dl", {}, ...[["What it does to a rate", one.rate], ["Whom to ask", one.ask]].map(([term, text]) => h("div", {}, h("dt", { text: term }), h("dd", { text })))),
        h("div", { class: "ek-dq-plan" }, field(one.id, "owner", "Owner", "text"), field(one.id, "due", "By when", "date")));
      return h("li", {}, part);
    }));
  }

  /** Before the prediction the board does not give the answer away. */
  const withheld = (sites) => sites.map((site) => ({ ...site, top: null }));

  // ---- taking the board along

  const rule = () => ruleWords(view());
  const heading = () => ({ title: "What to fix in our data", rule: rule(), about: own
    ? `From a table of ${number(own.table.rows)} rows and ${own.table.columns.length} columns, read in the browser only. Column looked at: ${own.settings.column}${own.settings.by ? `, by ${own.settings.by}` : ""}.`
    : `${state.sample_note} Column looked at: ${state.column}${state.by ? `, by ${state.by}` : ""}.` });

  async function copy() {
    const text = markdown(items, shown().plan(), heading());
    copyText.value = text;
    try {
      await navigator.clipboard.writeText(text);
      copyText.hidden = true;
      copied.textContent = "Copied. Paste it into your minutes.";
    } catch {
      copyText.hidden = false;
      copyText.focus();
      copyText.select();
      copied.textContent = "The browser does not let the page copy. The text is selected: copy it with your keyboard.";
    }
  }

  /** Print the board alone: in a frame of its own, made here, that asks for nothing. */
  function print() {
    const frame = h("iframe", { class: "ek-dq-frame", title: "The board, to print", tabindex: "-1", "aria-hidden": "true" });
    el.append(frame);
    const page = frame.contentDocument;
    const { title, about: said, rule: told_ } = heading();
    const cell = (tag, text) => Object.assign(page.createElement(tag), { textContent: text });
    const style = cell("style", "body{font:11pt/1.4 Georgia,serif;margin:1.5cm}h1{font-size:18pt}table{border-collapse:collapse;width:100%}"
      + "th,td{border:1px solid #888;padding:4pt 6pt;text-align:left;vertical-align:top;font-size:9.5pt}tr{break-inside:avoid}");
    const grid = page.createElement("table");
    const row = (tag, texts) => { const line = page.createElement("tr"); line.append(...texts.map((text) => cell(tag, text))); return line; };
    const plan = shown().plan();
    grid.append(row("th", ["What to fix", "Found", "What it does to a rate", "Whom to ask", "Owner", "By when"]),
      ...items.map((one) => row("td", [one.title, one.found, one.rate, one.ask, plan[one.id]?.owner ?? "", plan[one.id]?.due ?? ""])));
    page.head.append(style);
    page.title = title;
    page.body.append(cell("h1", title), cell("p", said), cell("p", told_), grid);
    frame.contentWindow.addEventListener("afterprint", () => frame.remove());
    frame.contentWindow.focus();
    frame.contentWindow.print();
  }

  // ---- misclassification

  const trial = trialOf(() => state, (change) => {
    state = { ...state, ...change };
    trial.show();
    inWords.textContent = allWords(crossed(shown().table, view()));
    live.say(ratioWords(state));
    keep();
  });

  source.append("Synthetic extract: ", state.source.source_url ? h("a", { href: state.source.source_url, text: state.source.source }) : state.source.source,
    state.source.licence ? `. ${state.source.licence}.` : ".");
  el.append(h("div", { class: "ek-stage ek-quality" }, drop, about, notes,
    h("div", { class: "ek-dq-controls" }, which.field, lists.field, bys.field, ids.field, rules.field, rounds.field),
    ask, h("div", { class: "ek-dq-picture" }, chart, key), cited,
    disclosure("The answers in this column", values), disclosure("Every column", profile),
    h("section", { class: "ek-dq-fix", "aria-labelledby": boardTitle.id }, boardTitle, board,
      h("div", { class: "ek-dq-ways" }, h("button", { type: "button", class: "ek-button ek-primary", text: "Copy as Markdown", onclick: copy }),
        h("button", { type: "button", class: "ek-button", text: "Print the board", onclick: print })), copied, copyText),
    trial.element, disclosure("In words", inWords), disclosure("As a table", asTable), source, live.element));

  told("");
  settle();
  show();
  const first = crossed(sample.table, state);
  if (model.get("words") !== allWords(first)) keep();
  const outside = () => {
    const now = read();
    if (own || STATE.every((trait) => JSON.stringify(now[trait]) === JSON.stringify(state[trait]))) return;
    update({ ...Object.fromEntries(STATE.map((trait) => [trait, now[trait]])), own_open: false });
  };
  for (const trait of STATE) model.on(`change:${trait}`, outside);
  return () => {
    gone = true;
    for (const trait of STATE) model.off(`change:${trait}`, outside);
  };
}

/** Try out a misclassification: sliders, published marks, and the ratio that a record would tell. */
function trialOf(get, update) {
  const slider = (trait, label, { max, step }) => {
    const id = uid("ek-dq");
    const output = h("output", { for: id });
    const input = h("input", { id, type: "range", min: "0", max: String(max), step: String(step), class: "ek-dq-range",
      oninput: () => update({ [trait]: Number(input.value) }) });
    return { input, output, field: h("div", { class: "ek-dq-field" }, h("label", { for: id }, label, " ", output), input) };
  };
  const wrong = slider("wrong", "Of the group, recorded as the reference", { max: 60, step: 0.1 });
  const back = slider("wrong_reference", "Of the reference, recorded as the group", { max: 10, step: 0.1 });
  const pick = (trait, label, values, text) => {
    const id = uid("ek-dq");
    const element = h("select", { id, class: "ek-dq-select", onchange: () => update({ [trait]: Number(element.value) }) });
    return { element, fill(value) {
      element.replaceChildren(...[...new Set([...values, value])].sort((one, other) => one - other).map((one) => h("option", { value: String(one), text: text(one) })));
      element.value = String(value);
    }, field: h("div", { class: "ek-dq-field" }, h("label", { for: id, text: label }), element) };
  };
  const parts = pick("share", "The group is", SHARES, (value) => `${value}% of all people`);
  const ratios = pick("ratio", "True rate ratio", RATIOS, (value) => String(value));
  const marks = h("div", { class: "ek-dq-ways", role: "group", "aria-label": "Published shares recorded otherwise" },
    ...MARKS.map(([value, text]) => h("button", { type: "button", class: "ek-button", text, "data-mark": value, onclick: () => update({ wrong: value }) })));
  const title = h("p", { class: "ek-dq-kicker", id: uid("ek-dq"), text: "A wrong box and a rate ratio" });
  const ask = h("div", { class: "ek-dq-ask", role: "group" });
  const question = h("p", { class: "ek-dq-question", id: uid("ek-dq"), tabindex: "-1" });
  ask.setAttribute("aria-labelledby", question.id);
  const ways = h("div", { class: "ek-dq-ways" });
  const verdict = h("p", { class: "ek-dq-verdict" });
  ask.append(question, ways, verdict);
  const lines = h("ul", { class: "ek-dq-ratios" });
  const axis = h("div", { class: "ek-dq-axis", "aria-hidden": "true" });
  const said = h("p", {});
  const element = h("section", { class: "ek-dq-trial", "aria-labelledby": title.id }, title,
    h("div", { class: "ek-dq-pair" }, ratios.field, parts.field), ask, lines, axis, said, h("div", { class: "ek-dq-pair" }, wrong.field, back.field), marks,
    h("p", { class: "ek-dq-note" }, "The marks are shares of cancer patients whose hospital record differs from what they say: ",
      h("a", { href: SAUNDERS, text: "Saunders and others, BMJ Open, 2013" }),
      ". They count every wrong box; here all of them go to the reference, which is the simplest case and not the only one. The 2.2% are spread over all "
      + "other groups: put to one group, they would be too many."));

  function predict(answer) {
    const state = get();
    const was = leftOf(state.ratio, misclassified(state).census);
    update({ predictions: { ...state.predictions, ratio: answer === "shown" ? "shown" : `${answer} was ${was}` } });
    question.focus({ preventScroll: true });
  }

  function show() {
    const state = get();
    const waits = ratioWaits(state);
    const { record, census } = misclassified(state);
    wrong.input.value = state.wrong;
    wrong.output.textContent = `${number(state.wrong, 1)}%`;
    back.input.value = state.wrong_reference;
    back.output.textContent = `${number(state.wrong_reference, 1)}%`;
    parts.fill(state.share);
    ratios.fill(state.ratio);
    for (const one of marks.children) one.setAttribute("aria-pressed", String(Number(one.dataset.mark) === state.wrong));
    ask.classList.toggle("ek-dq-open", waits);
    ways.hidden = !waits;
    verdict.hidden = waits;
    if (waits) {
      question.replaceChildren(`Predict. The true ratio is ${number(state.ratio, 2)}. Cases come from a record that puts ${number(state.wrong, 1)}% of the group under the reference; `
        + "the populations come from the census. ", h("strong", { text: "What becomes of the ratio?" }));
      ways.replaceChildren(...[["most", "It hardly changes"], ["half", "It loses about half of its distance from 1"], ["little", "It loses most of it"]]
        .map(([answer, text]) => h("button", { type: "button", class: "ek-button", text, onclick: () => predict(answer) })),
      h("button", { type: "button", class: "ek-button ek-dq-quiet", text: "Show me without predicting", onclick: () => predict("shown") }));
    } else {
      const [mine, was] = state.predictions.ratio.split(" was ");
      question.textContent = "What becomes of the ratio?";
      verdict.className = `ek-dq-verdict${!was ? "" : mine === was ? " ek-dq-right" : " ek-dq-turn"}`;
      verdict.replaceChildren(was ? h("strong", { text: mine === was ? "As you predicted. " : `You predicted that it ${LEFT[mine]}; it ${was === "most" ? "hardly changed" : was === "half" ? "lost about half" : "lost most of it"}. ` }) : "",
        "With the same wrong boxes above and below the line, people who are misplaced leave the cases and the population together, and the ratio keeps most of itself. "
        + "With census populations below, they leave the cases only.");
    }
    const all = [1, state.ratio, record, census];
    const low = Math.log(Math.min(0.5, ...all) * 0.9);
    const high = Math.log(Math.max(2, ...all) * 1.1);
    const at = (value) => `${100 * (Math.log(value) - low) / (high - low)}%`;
    const line = (name, value, kind, hide) => {
      const dot = h("span", { class: `ek-dq-dot ${kind}` });
      const one = h("span", { class: "ek-dq-one" });
      dot.style.left = at(value);
      one.style.left = at(1);
      return h("li", {}, h("span", { text: name }), h("span", { class: "ek-dq-strip", "aria-hidden": "true" }, one, ...(hide ? [] : [dot])),
        h("strong", { text: hide ? "predict first" : number(value, 2) }));
    };
    lines.replaceChildren(line("True ratio", state.ratio, "ek-dq-true", false), line("Cases and people from the record", record, "ek-dq-record", waits),
      line("Cases from the record, people from the census", census, "ek-dq-census", waits));
    axis.replaceChildren(...[0.25, 0.5, 1, 2, 4].filter((tick) => Math.log(tick) > low && Math.log(tick) < high).map((tick) => {
      const mark = h("span", { text: tick === 1 ? "1: no gap" : String(tick) });
      mark.style.left = at(tick);
      return mark;
    }));
    said.textContent = waits ? "" : ratioWords(state);
    said.hidden = waits;
  }

  return { element, show };
}

export default { render };
