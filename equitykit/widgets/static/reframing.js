// The reframing studio: guess which words put a problem into people, see which and why, and write it otherwise.
// The page reads by itself, with language.js. Words and rows are as equitykit/widgets/reframing_words.py writes them.
import { h, table, disclosure, voice, uid, save } from "./kit.js";
import { readText } from "./language.js";
import { vocabulary } from "./vocabulary.js";

const STATE = ["chosen", "text", "stage", "guesses", "focus", "draft", "history"];
const TRAITS = [...STATE, "examples", "label"];
const GUESSED = 60;
const KEPT = 50;
const LIMIT = 20000;

// ---- what a state says: no page needed

const wordPlaces = (text) => [...text.matchAll(/[^ \t\n\r\f\v]+/g)].map((found) => [found.index, found.index + found[0].length]);

function opening(text) {
  const count = wordPlaces(text).length;
  return count > 0 && count <= GUESSED ? "guess" : "seen";
}

const nameOf = (one) => vocabulary.mechanisms[one.mechanism].name;
const counted = (number, one) => `${number || "no"} ${one}${number > 1 ? "s" : ""}`;
const listed = (texts) => texts.map((one) => `“${one}”`).join(", ");
const raised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

function about(state) {
  if (state.chosen < 0) return "Your own text.";
  const example = state.examples[state.chosen];
  return example.source ? `${example.label}. ${example.source}.` : `${example.label}.`;
}

function guessTold(state) {
  if (!state.guesses.length) return "";
  const { findings } = readText(state.text);
  const places = wordPlaces(state.text);
  const pressed = state.guesses.map((index) => places[index]);
  const touches = ([left, right], one) => left < one.end && one.start < right;
  const met = findings.filter((one) => pressed.some((place) => touches(place, one)));
  const beside = pressed.filter((place) => !findings.some((one) => touches(place, one))).map(([left, right]) => state.text.slice(left, right));
  let told;
  if (!findings.length) told = `You pressed ${listed(beside)}. Here nothing is marked.`;
  else {
    told = `Your guess met ${met.length} of ${counted(findings.length, "marked place")}.`;
    const missed = findings.filter((one) => !met.includes(one)).map((one) => one.text);
    if (missed.length) told += ` You passed over ${listed(missed)}.`;
    if (beside.length) told += ` You also pressed ${listed(beside)}, which the vocabulary does not mark.`;
  }
  return told + (beside.length ? " You may see what it does not." : "");
}

function words(state) {
  const { text } = state;
  if (!text.trim()) return "No text yet: write or paste one.";
  const said = [about(state), `The text: “${text}”`];
  if (state.stage === "guess") {
    const places = wordPlaces(text);
    const pressed = state.guesses.map((index) => text.slice(...places[index]));
    said.push("Which words put the problem into people? Nothing is marked yet.");
    said.push(pressed.length ? `Pressed so far: ${listed(pressed)}.` : "No word is pressed.");
    return said.join(" ");
  }
  const { findings, sentences } = readText(text);
  const count = findings.length;
  said.push(`${raised(counted(count, "place"))} to think about in ${counted(sentences.length, "sentence")}${count ? ":" : "."}`);
  findings.forEach((one, index) => said.push(`${index + 1}. “${one.text}” ${nameOf(one)}. ${one.reason}`));
  if (!count) said.push("That is no proof: the vocabulary knows some words, and not what a writer means.");
  said.push(guessTold(state));
  if (state.draft !== text) said.push(`Your rewrite: “${state.draft}” In it, ${counted(readText(state.draft).findings.length, "place")} to think about.`);
  return said.filter(Boolean).join(" ");
}

function rows(state) {
  if (state.stage === "guess") {
    return [["Word", "Pressed"], ...wordPlaces(state.text).map(([left, right], index) => [state.text.slice(left, right), state.guesses.includes(index) ? "yes" : "no"])];
  }
  const found = readText(state.text).findings.map((one) => [one.text, nameOf(one), one.reason, one.question, one.alternatives.join("; ")]);
  return [["Words", "What they do", "Why", "Ask", "Try"], ...(found.length ? found : [["none", "–", "–", "–", "–"]])];
}

/** A text starts anew: nothing guessed, nothing rewritten. */
const anew = (state, text, chosen) => ({ ...state, text, chosen, draft: text, history: [], guesses: [], focus: -1, stage: opening(text) });

/** Where the words of a mark stand in the rewrite, or null once they are gone. */
function inDraft(state, one) {
  const places = [];
  for (let at = state.draft.indexOf(one.text); at >= 0; at = state.draft.indexOf(one.text, at + 1)) places.push(at);
  if (!places.length) return null;
  const earlier = state.text.slice(0, one.start).split(one.text).length - 1;
  return places[Math.min(earlier, places.length - 1)];
}

// ---- the page

function render({ model, el }) {
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  let shown = "";
  const live = voice();

  const pickId = uid("ek-rf");
  const pick = h("select", { id: pickId, class: "ek-rf-select", onchange: () => choose(Number(pick.value)) },
    ...state.examples.map((one, index) => h("option", { value: index, text: `${one.label}: ${one.text.length > 48 ? `${one.text.slice(0, 46)}…` : one.text}` })),
    h("option", { value: -1, text: "Your own text" }));
  const ownId = uid("ek-rf");
  const own = h("textarea", { id: ownId, class: "ek-rf-text", rows: 2, maxlength: LIMIT, spellcheck: "true", "aria-describedby": `${ownId}-kept`,
    oninput: () => offer(), onkeydown: (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) take(); } });
  const kept = h("p", { id: `${ownId}-kept`, class: "ek-rf-kept", text: model.widget_manager
    ? "What you write goes to this notebook's own kernel, and nowhere else."
    : "Nothing that you write here leaves your browser." });
  const go = h("button", { type: "button", class: "ek-button ek-primary ek-rf-go", text: "Read this text", onclick: () => take() });
  const source = h("p", { class: "ek-rf-source" });

  const question = h("p", { class: "ek-rf-question", id: uid("ek-rf"), text: "Which words put the problem into people? Press them. Then look." });
  const wordGroup = h("div", { class: "ek-rf-words", role: "group", "aria-labelledby": question.id, onkeydown: (event) => move(event) });
  const look = h("button", { type: "button", class: "ek-button ek-primary", onclick: () => see() });
  const guess = h("div", { class: "ek-rf-guess" }, question, wordGroup, h("div", { class: "ek-rf-ways" }, look));

  const verdict = h("p", { class: "ek-rf-verdict" });
  const marked = h("p", { class: "ek-rf-marked" });
  const count = h("p", { class: "ek-rf-count", tabindex: "-1" });
  const draftId = uid("ek-rf");
  const draft = h("textarea", { id: draftId, class: "ek-rf-text ek-rf-draft", maxlength: LIMIT, spellcheck: "true", oninput: () => update({ draft: draft.value }) });
  const undo = h("button", { type: "button", class: "ek-button", text: "Undo", onclick: () => back() });
  const fresh = h("button", { type: "button", class: "ek-button", text: "Start again", onclick: () => write(state.text) });
  const left = h("p", { class: "ek-rf-left" });
  const detail = h("div", { class: "ek-rf-detail", role: "group" });
  const note = h("p", { class: "ek-rf-note" });
  const pair = h("div", { class: "ek-rf-pair" },
    h("div", { class: "ek-rf-side" }, h("p", { class: "ek-rf-kicker", text: "As it stands" }), marked, count), detail,
    h("div", { class: "ek-rf-side ek-rf-own" }, h("label", { class: "ek-rf-kicker", for: draftId, text: "Your rewrite" }), draft, left,
      h("div", { class: "ek-rf-ways" }, undo, fresh)));
  const onward = h("button", { type: "button", class: "ek-button ek-rf-go", text: "Guess first, with the next text", onclick: () => {
    choose((state.chosen + 1) % state.examples.length);
    wordGroup.querySelector("button")?.focus();
  } });
  const seen = h("div", { class: "ek-rf-seen" }, verdict, pair, note, onward);
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");

  function choose(index) {
    if (index >= 0) {
      update(anew(state, state.examples[index].text, index));
      return;
    }
    own.value = "";
    offer();
    own.focus();
  }

  const offer = () => { go.hidden = !own.value.trim() || own.value === state.text; };

  function take() {
    if (go.hidden) return;
    update(anew(state, own.value, -1));
    (state.stage === "guess" ? wordGroup.querySelector("button") : count)?.focus();
  }

  function press(index) {
    const guesses = state.guesses.includes(index) ? state.guesses.filter((one) => one !== index) : [...state.guesses, index].sort((one, other) => one - other);
    update({ guesses });
  }

  function move(event) {
    const buttons = [...wordGroup.querySelectorAll("button")];
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || !buttons[to]) return;
    event.preventDefault();
    for (const one of buttons) one.tabIndex = -1;
    buttons[to].tabIndex = 0;
    buttons[to].focus();
  }

  function see() {
    update({ stage: "seen", focus: readText(state.text).findings.length ? 0 : -1 });
    count.focus({ preventScroll: true });
    live.say(verdict.textContent || count.textContent);
  }

  function write(text) {
    if (text === state.draft) return;
    update({ draft: text, history: [...state.history, state.draft].slice(-KEPT) });
  }

  function back() {
    const history = [...state.history];
    const earlier = history.pop();
    if (earlier === undefined) return;
    update({ draft: earlier, history });
    live.say("Undone.");
  }

  function putIn(one, alternative) {
    const at = inDraft(state, one);
    if (at === null) return;
    write(state.draft.slice(0, at) + alternative + state.draft.slice(at + one.text.length));
    live.say(`Put in: ${alternative}`);
    (detail.querySelector("button:not(:disabled)") ?? undo).focus({ preventScroll: true });
  }

  function update(changed) {
    state = { ...state, ...changed };
    show();
    saving = true; // the model tells of each trait as it is set: half a state is nobody's wish
    save(model, { ...Object.fromEntries(STATE.map((trait) => [trait, state[trait]])), words: words(state), table: rows(state) });
    saving = false;
  }

  function show() {
    const { findings, sentences } = readText(state.text);
    const example = state.chosen >= 0 ? state.examples[state.chosen] : null;
    const empty = !state.text.trim();
    pick.value = String(state.chosen);
    if (shown !== `${state.stage} ${state.text}`) {
      own.value = state.chosen < 0 ? state.text : "";
      if (state.stage === "guess") layWords(); else layMarks(findings);
      shown = `${state.stage} ${state.text}`;
    }
    offer();
    source.replaceChildren(...(example ? [h("strong", { text: example.label }), example.source ? ". " : ".",
      example.source ? (example.url ? h("a", { href: example.url, text: example.source }) : example.source) : ""] : [h("strong", { text: empty ? "" : "Your own text." })]));
    guess.hidden = state.stage !== "guess";
    seen.hidden = state.stage !== "seen" || empty;
    for (const [index, button] of [...wordGroup.querySelectorAll("button")].entries()) button.setAttribute("aria-pressed", String(state.guesses.includes(index)));
    look.textContent = state.guesses.length ? "Show what is marked" : "Show without guessing";
    verdict.textContent = guessTold(state);
    verdict.hidden = !verdict.textContent;
    for (const [index, button] of [...marked.querySelectorAll("button")].entries()) button.setAttribute("aria-pressed", String(index === state.focus));
    count.textContent = findings.length
      ? `${raised(counted(findings.length, "place"))} to think about in ${counted(sentences.length, "sentence")}. You decide: it advises, and misses some.`
      : "Nothing is marked. That is no proof: the vocabulary knows some words, and not what a writer means.";
    if (draft.value !== state.draft) draft.value = state.draft;
    draft.rows = Math.max(3, Math.ceil(state.draft.length / 34) + 1);
    undo.disabled = !state.history.length;
    fresh.disabled = state.draft === state.text;
    showLeft();
    showDetail(findings);
    onward.hidden = state.examples.length < 2;
    note.textContent = example?.note ?? "";
    note.hidden = !note.textContent;
    inWords.textContent = words(state);
    asTable.replaceChildren(table(rows(state), state.stage === "guess" ? "The words, and which are pressed" : "What is marked, and why"));
  }

  function layWords() {
    wordGroup.replaceChildren(...wordPlaces(state.text).flatMap(([from, to], index) => [
      h("button", { type: "button", class: "ek-rf-word", tabindex: index ? "-1" : "0", "aria-pressed": "false", text: state.text.slice(from, to), onclick: () => press(index) }), " "]));
  }

  function layMarks(findings) {
    const parts = [];
    let at = 0;
    findings.forEach((one, index) => {
      parts.push(state.text.slice(at, one.start));
      parts.push(h("button", { type: "button", class: "ek-rf-mark", "aria-pressed": "false", "aria-label": `${one.text}: mark ${index + 1}, ${nameOf(one)}`,
        onclick: () => { update({ focus: index }); live.say(`${one.reason} ${one.question}`); } },
      h("span", { class: "ek-rf-marked-words", text: one.text }), h("span", { class: "ek-rf-number", "aria-hidden": "true", text: String(index + 1) })));
      at = one.end;
    });
    marked.replaceChildren(...parts, state.text.slice(at));
  }

  function showLeft() {
    const still = readText(state.draft).findings.map((one) => one.text);
    const open = [...new Set(state.draft.match(/\[[^\]]+\]/g) ?? [])];
    const said = [];
    if (state.draft === state.text) said.push(still.length ? "Nothing changed yet." : "");
    else said.push(still.length ? `Marked in your rewrite: ${listed(still)}.` : "Nothing is marked in your rewrite.");
    if (open.length) said.push(`For you to fill in: ${open.join(", ")}.`);
    left.textContent = said.filter(Boolean).join(" ");
  }

  function showDetail(findings) {
    const one = findings[state.focus];
    detail.hidden = !one;
    if (!one) return;
    const gone = inDraft(state, one) === null;
    const title = h("p", { class: "ek-rf-title", id: uid("ek-rf") }, h("span", { class: "ek-rf-number", "aria-hidden": "true", text: String(state.focus + 1) }),
      h("span", {}, h("strong", { text: `“${one.text}”` }), ` ${nameOf(one)}.`));
    detail.setAttribute("aria-labelledby", title.id);
    const next = state.focus + 1 < findings.length ? h("button", { type: "button", class: "ek-button ek-rf-quiet", text: "Next mark",
      onclick: () => { update({ focus: state.focus + 1 }); detail.querySelector("button")?.focus({ preventScroll: true }); } }) : null;
    detail.replaceChildren(...[title, h("p", { text: one.reason }), h("p", { class: "ek-rf-ask" }, h("strong", { text: "Ask: " }), one.question),
      h("p", { class: "ek-rf-kicker", text: gone ? "These words are no longer in your rewrite" : "Put in its place" }),
      h("div", { class: "ek-rf-ways" }, ...one.alternatives.map((alternative) => h("button", { type: "button", class: "ek-button ek-rf-put", text: alternative,
        disabled: gone, onclick: () => putIn(one, alternative) })), next),
      one.disagree ? h("p", { class: "ek-rf-but" }, h("strong", { text: "Not everybody agrees. " }), one.disagree) : null,
      h("p", { class: "ek-rf-source" }, "Read in: ", ...one.sources.flatMap((key, index) => [index ? "; " : "",
        h("a", { href: vocabulary.sources[key].url, text: `${vocabulary.sources[key].guide} (${vocabulary.sources[key].year})` })]), ".")].filter(Boolean));
  }

  el.append(h("div", { class: "ek-stage ek-reframing" },
    h("div", { class: "ek-rf-field" }, h("label", { for: pickId, text: "Choose a text" }), pick),
    h("div", { class: "ek-rf-field" }, h("label", { for: ownId, text: "Or write or paste your own: a sentence, a title, an abstract" }), own, kept, go),
    source, guess, seen, disclosure("In words", inWords), disclosure("As a table", asTable), live.element));

  show();
  if (model.get("words") !== words(state)) save(model, { words: words(state), table: rows(state) });
  const outside = () => {
    if (saving) return;
    state = read();
    show();
  };
  for (const trait of STATE) model.on(`change:${trait}`, outside);
  return () => { for (const trait of STATE) model.off(`change:${trait}`, outside); };
}

export default { render };
