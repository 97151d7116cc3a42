// The evidence composer: say which combination claims more than it shows; then put a chart, a caption and a piece side
// by side, with consent in view, and take away a poster and a page.
import { h, table, disclosure, voice, save } from "./kit.js";
import { keep } from "./keep.js";
import { takeAway } from "./takeaway.js";
import { asked, chartOf, chartRows, composerRows, composerWords, cover, credit, details, ended, shownAt, statusName } from "./composer-model.js";
import { chartKey, drawChart } from "./composer-chart.js";
import { checkedContent } from "./composer-content.js";
import { composerForm, STEPS } from "./composer-form.js";
import { chartAlt, page, pieceShown, pieceTitle, poster, printed, sheetOf } from "./composer-poster.js";
import { predictCard } from "./composer-predict.js";

const OWN = ["work", "guesses"];
const TRAITS = [...OWN, "parts", "tests", "charts", "rules", "texts", "name", "label"];
const PAPERS = [["a4", "Poster, A4"], ["a3", "Poster, A3"], ["page", "Page, A4"]];

function render({ model, el }) {
  el.classList.add("ek-stage");
  const read = () => Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  let state = read();
  let saving = false;
  let picture = null; // the reader's own: never a trait, so that no kernel is sent it
  let kept = { remember: false, said: "" };
  let leaving = true; // whether what is asked for leaves by the reader's own hand, with the picture
  let fit = 1;
  const live = voice();
  const composes = state.parts.includes("compose");
  const pictureStore = keep(`${state.name || "composer"}-picture`);
  const guessStore = keep(`${state.name || "composer"}-guesses`);
  const start = { work: state.work, guesses: {}, remember: false, picture: null };
  const mine = () => (state.work.consent.status === "withdrawn" ? null : picture);

  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div", { class: "ek-co-wide" });
  const cards = state.tests.map((test) => predictCard(test, state.texts, (guess) => update({ guesses: { ...state.guesses, [test.id]: guess } }, test.truth)));

  // ---- what is composed, in view
  const claim = h("p", { class: "ek-co-live-claim" });
  const chartBox = h("div", { class: "ek-co-panel" });
  const pieceBox = h("div", { class: "ek-co-panel" });
  const strip = h("div", { class: "ek-co-strip" });
  const caption = h("p", { class: "ek-co-live-caption" });
  const source = h("p", { class: "ek-co-source" });
  const overview = h("div", { class: "ek-co-overview" });
  const preview = h("div", { class: "ek-co-preview" });
  const printNote = h("p", { class: "ek-co-refused", role: "status" });
  const papers = PAPERS.map(([id, text]) => h("button", { type: "button", class: "ek-button", text, onclick: () => update({ work: { ...state.work, paper: id } }, `${text}.`) }));
  let form = null;
  let away = null;

  function keepPicture() {
    const wanted = kept.remember && mine();
    if (!wanted) { pictureStore.erase(); kept = { ...kept, said: kept.remember && picture ? "The piece is withdrawn, so the picture is not kept." : "" }; return; }
    if (pictureStore.write(wanted)) { kept = { ...kept, said: "The picture is kept in this browser. “Erase what I wrote” takes it away." }; return; }
    pictureStore.erase();
    kept = { remember: false, said: "This browser’s storage is full or closed, so the picture is not kept. What you wrote is kept as before. “Save as a file” holds both." };
  }

  function withPicture(work) { return { ...work, piece: { ...work.piece, size: picture ? picture.size : null } }; }

  function showComposed() {
    const { work, texts } = state;
    const chart = chartOf(state);
    const covering = cover(work, texts);
    const found = asked(work, chart, state.rules, texts);
    claim.textContent = work.claim.trim() || "Your claim stands here";
    claim.classList.toggle("ek-co-unsaid", !work.claim.trim());
    caption.textContent = work.caption.trim() || "Your caption stands here.";
    caption.classList.toggle("ek-co-unsaid", !work.caption.trim());
    chartBox.replaceChildren(h("div", { class: "ek-co-frame" }, drawChart(chart, chartAlt(work, chart))), h("p", { class: "ek-co-chart-title", text: chart.title }), h("p", { class: "ek-co-small", text: chartKey(chart) }));
    pieceBox.replaceChildren(h("div", { class: "ek-co-frame ek-co-frame-piece" }, pieceShown(state, picture)), h("p", { class: "ek-co-chart-title", text: covering.covered ? pieceTitle(state) : "The place is kept" }), h("p", { class: "ek-co-small", text: covering.covered ? work.piece.adds.trim() : "" }));
    strip.className = `ek-co-strip ${covering.covered ? "ek-co-strip-yes" : "ek-co-strip-no"}`;
    strip.replaceChildren(h("span", { class: "ek-co-sign", "aria-hidden": "true", text: covering.covered ? "✓" : "!" }), h("p", {}, h("strong", { text: `Consent: ${ended(statusName(work, texts))} ` }), covering.reason, h("span", { class: "ek-co-strip-where", text: ` Showing: ${ended(shownAt(work, texts) || "not said yet")}` })),
      h("button", { type: "button", class: "ek-button", text: "Work on consent", onclick: () => form.open("consent", true) }),
      details(work, texts).length ? h("dl", {}, ...details(work, texts).map(([name, said]) => h("div", {}, h("dt", { text: name }), h("dd", { class: said === "not said" ? "ek-co-unsaid" : null, text: said })))) : "");
    source.replaceChildren(chart.source.url ? h("a", { href: chart.source.url, text: credit(chart) }) : credit(chart), chart.cannot ? ` ${chart.cannot}` : "");
    const open = found.filter((one) => one.so_far === "open");
    const stepOf = (id) => STEPS.find(([, , ids]) => ids.includes(id))[0];
    overview.replaceChildren(h("p", { class: "ek-co-kicker", text: open.length ? `${open.length} of ${found.length} questions are open` : "No question is open by these rules" }),
      h("ul", { class: "ek-co-chips" }, ...found.map((one) => h("li", {}, h("button", { type: "button", class: `ek-co-chip ek-co-q-${{ open: "open", met: "met" }[one.so_far] ?? "judge"}`, onclick: () => form.open(stepOf(one.id), true) },
        h("span", { class: "ek-co-sign", "aria-hidden": "true", text: { open: "?", met: "✓" }[one.so_far] ?? "~" }), h("span", {}, h("span", { text: one.question }), h("span", { class: "ek-co-chip-state", text: one.so_far })))))),
      h("p", { class: "ek-co-hint", text: "? open · ~ the rules find nothing, people judge · ✓ met. They are questions, and no mark." }));
    papers.forEach((one, place) => one.setAttribute("aria-pressed", String(PAPERS[place][0] === work.paper)));
    const isPage = work.paper === "page";
    const made = isPage ? page(state, mine()) : poster(state, mine());
    const sheet = h("div", { class: `ek-co-sheet${isPage ? " ek-co-sheet-page" : ""}`, ...(isPage ? {} : { role: "img", "aria-label": `Preview of the poster. ${composerWords({ ...state, parts: ["compose"] })}` }) }, made);
    preview.replaceChildren(sheet);
    fit = 1;
    while (!isPage && fit > 0.55 && made.clientHeight && made.scrollHeight > made.clientHeight + 1) { fit -= 0.03; made.style.setProperty("--fit", fit); }
    printNote.textContent = covering.covered ? "" : `The piece is not printed. ${covering.reason} Its place is kept empty, and the poster says why.`;
    form.show(work, found, picture, kept);
  }

  function show() {
    cards.forEach((one, place) => one.show(state.guesses[state.tests[place].id]));
    if (composes) showComposed();
    inWords.textContent = composerWords(state);
    asTable.replaceChildren(table(composerRows(state), state.label));
  }

  function tell() {
    saving = true;
    save(model, { ...Object.fromEntries(OWN.map((trait) => [trait, state[trait]])), words: composerWords(state), table: composerRows(state), ...(composes ? { sheet: sheetOf(state, null) } : {}) });
    saving = false;
  }

  function keepNow() {
    if (!composes) { guessStore.write(state.guesses); return; }
    leaving = false; // the picture has a place of its own, and is there only if the reader asked for it
    away.keep();
    leaving = true;
  }

  function update(change, said = "", { keeping = true, done = true } = {}) {
    state = { ...state, ...change };
    show();
    if (said) live.say(said);
    if (!done) return;
    if (keeping) keepNow();
    tell();
  }

  if (composes) {
    form = composerForm({ texts: state.texts, charts: state.charts,
      onedit: (change, done) => {
        const before = state.work.consent.status;
        state = { ...state, work: change(state.work) };
        if (done && before !== state.work.consent.status) keepPicture();
        update({}, done ? cover(state.work, state.texts).reason : "", { done });
      },
      onpicture: (given) => { picture = given; keepPicture(); update({ work: withPicture(state.work) }); },
      onremember: (is) => { kept = { remember: is, said: "" }; keepPicture(); update({}); } });
    away = takeAway({ name: state.name, kind: "evidence composer", stem: "evidence-poster", what: "poster", start,
      content: () => ({ work: state.work, guesses: state.guesses, remember: kept.remember, ...(leaving && mine() ? { picture: mine() } : {}) }),
      check: (given) => checkedContent(given, state),
      take: (content, said) => {
        picture = content.picture;
        kept = { remember: content.remember, said: "" };
        if (!picture && content.remember) {
          try { picture = checkedContent({ work: content.work, picture: pictureStore.read() }, state).picture; } catch { picture = null; }
        }
        keepPicture();
        state = { ...state, guesses: content.guesses, work: withPicture(content.work) };
        if (shownOnce) update({}, said, { keeping: false });
      },
      sheet: () => sheetOf(state, mine()), print: () => printed(state, mine(), fit), say: live.say });
  }
  let shownOnce = false;
  if (composes) away.restore();
  else {
    const before = guessStore.read();
    const found = Object.entries(before ?? {}).filter(([id, one]) => state.tests.some((test) => test.id === id) && ["a", "b", "both", "neither", "shown"].includes(one));
    state = { ...state, guesses: { ...state.guesses, ...Object.fromEntries(found) } };
  }
  shownOnce = true;

  el.append(h("div", { class: "ek-composer" }, composes ? away.notice : null, ...cards.map((one) => one.element),
    ...(composes ? [h("div", { class: "ek-co-live" }, claim, h("div", { class: "ek-co-band", "aria-hidden": "true" }), h("div", { class: "ek-co-pair" }, chartBox, pieceBox), strip, caption, source), overview, form.element,
      h("div", { class: "ek-co-out" }, h("p", { class: "ek-co-kicker", text: "The poster and the page" }), h("div", { class: "ek-co-ways", role: "group", "aria-label": "What is printed" }, ...papers), printNote, preview), away.element] : []),
    disclosure("In words", inWords), disclosure("As a table", asTable), ...(composes ? [figuresTwin()] : []), live.element));

  function figuresTwin() {
    const box = h("div", { class: "ek-co-wide" });
    const part = disclosure("The chart’s figures", box);
    part.addEventListener("toggle", () => box.replaceChildren(table(chartRows(chartOf(state)), chartOf(state).title)));
    return part;
  }

  show();
  if (model.get("words") !== composerWords(state) || (composes && !Object.keys(model.get("sheet") ?? {}).length)) tell();
  const outside = () => {
    if (saving) return;
    const now = read();
    if (OWN.every((trait) => JSON.stringify(now[trait]) === JSON.stringify(state[trait]))) return;
    update({ guesses: now.guesses, work: composes ? withPicture(now.work) : now.work });
  };
  for (const trait of OWN) model.on(`change:${trait}`, outside);
  return () => { for (const trait of OWN) model.off(`change:${trait}`, outside); };
}

export default { render };
