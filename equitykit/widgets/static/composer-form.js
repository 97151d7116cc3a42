// The fields of the composer, one step at a time, and beside each step what a reader would ask of it.
import { h, uid } from "./kit.js";
import { hasPiece, statusOf } from "./composer-model.js";
import { drawPiece } from "./composer-drawings.js";
import { readPicture } from "./composer-picture.js";

export const STEPS = [["chart", "Chart and claim", ["source", "uncertainty", "larger"]], ["caption", "Caption", ["beyond", "larger"]], ["piece", "Piece", ["adds", "recognised"]],
  ["consent", "Consent", ["consent", "recognised"]], ["alt", "In words", ["alt"]], ["who", "Who", ["chose", "gains"]]];
const KIND_NAMES = [["drawing", "A drawing made for this course"], ["image", "My own picture"], ["text", "My own text"], ["none", "None yet"]];

/**
 * @param {{texts: any, charts: any[], onedit: (change: (work: any) => any, done: boolean) => void, onpicture: (picture: any) => void, onremember: (is: boolean) => void}} composer
 */
export function composerForm({ texts, charts, onedit, onpicture, onremember }) {
  const shown = [];
  const set = (path, value) => (work) => {
    const [first, second] = path;
    return second ? { ...work, [first]: { ...work[first], [second]: value } } : { ...work, [first]: value };
  };
  const get = (work, [first, second]) => (second ? work[first][second] : work[first]);

  /** A field of text: shown while it is written, kept when it is left. */
  function written(path, label, hint = "", { rows = 0, type = "text" } = {}) {
    const id = uid("ek-co");
    const control = h(rows ? "textarea" : "input", { id, class: "ek-co-input", ...(rows ? { rows } : { type, autocomplete: "off" }), "aria-describedby": hint ? `${id}-hint` : null,
      oninput: () => onedit(set(path, control.value), false), onchange: () => onedit(set(path, control.value), true) });
    shown.push((work) => { if (control !== document.activeElement && control.value !== get(work, path)) control.value = get(work, path); });
    return h("div", { class: "ek-co-field" }, h("label", { for: id, text: label }), hint ? h("span", { id: `${id}-hint`, class: "ek-co-hint", text: hint }) : null, control);
  }

  function chosen(path, legend, options, more = "") {
    const name = uid("ek-co");
    const inputs = options.map(([value]) => h("input", { type: "radio", name, value, onchange: () => onedit(set(path, value), true) }));
    shown.push((work) => inputs.forEach((one) => { one.checked = one.value === get(work, path); }));
    return h("fieldset", { class: `ek-co-choices ${more}`.trim() }, h("legend", { text: legend }), ...options.map(([, text], place) => h("label", { class: "ek-choice" }, inputs[place], h("span", {}, ...[text].flat()))));
  }

  function picked(path, label, options) {
    const id = uid("ek-co");
    const control = h("select", { id, class: "ek-co-input", onchange: () => onedit(set(path, control.value), true) }, ...options.map(([value, text]) => h("option", { value, text })));
    shown.push((work) => { control.value = get(work, path); });
    return h("div", { class: "ek-co-field" }, h("label", { for: id, text: label }), control);
  }

  function several(path, legend, options) {
    const inputs = options.map(([value]) => h("input", { type: "checkbox", value, onchange: () => onedit(set(path, inputs.filter((one) => one.checked).map((one) => one.value)), true) }));
    shown.push((work) => inputs.forEach((one) => { one.checked = get(work, path).includes(one.value); }));
    return h("fieldset", { class: "ek-co-choices" }, h("legend", { text: legend }), ...options.map(([, text], place) => h("label", { class: "ek-choice" }, inputs[place], h("span", { text }))));
  }

  // ---- the reader's own picture
  const heard = h("p", { class: "ek-co-heard", role: "status" });
  const preview = h("div", { class: "ek-co-thumb" });
  const file = h("input", { type: "file", accept: "image/*", class: "ek-visually-hidden", tabindex: "-1", "aria-hidden": "true", onchange: async () => {
    const [chosenFile] = file.files;
    if (!chosenFile) return;
    heard.textContent = `Reading ${chosenFile.name} …`;
    try {
      const picture = await readPicture(chosenFile);
      onpicture(picture);
      heard.textContent = `${chosenFile.name} is read, ${picture.size[0]} by ${picture.size[1]} pixels. Place, time and camera are dropped. Nothing was sent.`;
    } catch (problem) {
      heard.textContent = `${chosenFile.name} cannot be used: ${problem.message}. The poster is as it was.`;
    }
    file.value = "";
  } });
  const remember = h("input", { type: "checkbox", onchange: () => onremember(remember.checked) });
  const storage = h("p", { class: "ek-co-heard", role: "status" });
  const kindNow = (work) => work.piece.kind;
  const forKind = (kinds, ...children) => {
    const part = h("div", { class: "ek-co-step-part" }, ...children);
    shown.push((work) => { part.hidden = !kinds.includes(kindNow(work)); });
    return part;
  };
  const take = h("button", { type: "button", class: "ek-button", text: "Take the picture out", onclick: () => { onpicture(null); heard.textContent = "The picture is taken out, and out of this browser."; } });

  const drawings = Object.entries(texts.drawings).map(([id, one]) => [id, [h("span", { class: "ek-co-sample", "aria-hidden": "true" }, drawPiece(id, "")), h("span", { text: one.title })]]);
  const showings = Object.entries(texts.showings).map(([id, text]) => [id, text.slice(0, 1).toUpperCase() + text.slice(1)]);
  const statuses = Object.entries(texts.statuses).filter(([id]) => id !== "course");
  const agreement = h("div", { class: "ek-co-step-part" },
    written(["consent", "made"], "Who made it", "The name they want to be known by, or “residents of the street”. It is printed."),
    written(["consent", "inside"], "Who is in it, and how they can be recognised", "For you. It is not printed."),
    written(["consent", "agreed"], "What they agreed to, in their words", "For you. It is not printed.", { rows: 2 }),
    several(["consent", "showings"], "For which showings", showings),
    h("div", { class: "ek-co-two" }, written(["consent", "until"], "Until when", "Empty: no end is said", { type: "date" }), written(["consent", "withdraw"], "How they withdraw", "Printed, so that they find it")));
  const forCourse = h("p", { class: "ek-co-hint", text: "The piece is a drawing made for this course, so nobody needs to be asked. Choose a picture or a text of your own and the questions come." });
  const forOwn = h("div", { class: "ek-co-step-part" }, chosen(["piece", "recognise"], "Could a person be recognised?", [["no", "No, I have looked"], ["unsure", "I am not sure"], ["yes", "Yes"]], "ek-co-row"), chosen(["consent", "status"], "Where consent stands", statuses), agreement);

  const bodies = {
    chart: [chosen(["chart"], "Which figures", charts.map((one) => [one.id, one.source.synthetic ? `${one.title} (synthetic)` : one.title])),
      written(["claim"], "Your claim, as the poster’s title", "A sentence that the chart bears out.", { rows: 2 })],
    caption: [written(["caption"], "Your caption", "What the chart does not say: where the figures come from, what was decided, by whom. It speaks for both halves.", { rows: 5 })],
    piece: [chosen(["piece", "kind"], "What stands beside the chart", KIND_NAMES),
      forKind(["drawing"], chosen(["piece", "drawing"], "Which drawing", drawings, "ek-co-samples")),
      forKind(["image"], h("div", { class: "ek-co-ways" }, h("button", { type: "button", class: "ek-button ek-primary", text: "Choose a picture", onclick: () => file.click() }), file, take), preview, heard,
        h("p", { class: "ek-co-hint", text: "It is read and redrawn in this browser: where and when it was taken is dropped. It is sent nowhere. What can be seen in it stays." }),
        h("label", { class: "ek-choice" }, remember, h("span", { text: "Keep the picture in this browser, for my next visit. Not on a shared computer." })), storage),
      forKind(["text"], picked(["piece", "form"], "What kind of text", Object.entries(texts.forms)), written(["piece", "text"], "The text", "Your own words, or words whose maker agrees.", { rows: 6 })),
      forKind(["image", "text"], written(["piece", "title"], "Its title", "As its maker gave it; empty where there is none")),
      forKind(["drawing", "image", "text"], written(["piece", "adds"], "What does it show that the chart cannot?", "If nothing, leave it out: the chart needs no ornament.", { rows: 2 }))],
    consent: [h("div", { class: "ek-co-two" }, picked(["showing", "kind"], "This showing is", [["", "Not said yet"], ...showings]), written(["showing", "place"], "Where"), written(["showing", "date"], "When", "", { type: "date" })), forCourse, forOwn],
    alt: [written(["alt", "chart"], "The chart, for somebody who does not see it", "What it shows, with the figures that matter. Not “chart of”, not the caption again.", { rows: 4 }),
      forKind(["drawing", "image"], written(["alt", "piece"], "The piece, for somebody who does not see it", "What is there, and what matters in it.", { rows: 4 }))],
    who: [written(["chose"], "Who chose this chart, this piece, and that they stand together?", "", { rows: 2 }), written(["gains"], "Who gains from the showing, and what?", "", { rows: 2 })],
  };
  let now = "chart";
  const questions = Object.fromEntries(STEPS.map(([id]) => [id, h("div", { class: "ek-co-found" })]));
  const tabs = STEPS.map(([id, text], place) => h("button", { type: "button", class: "ek-button", "data-step": id, text: `${place + 1} ${text}`, onclick: () => open(id) }));
  const panels = STEPS.map(([id, text]) => h("div", { class: "ek-co-step", role: "group", "aria-label": text, tabindex: "-1" }, ...bodies[id], questions[id]));
  const element = h("div", { class: "ek-co-form" }, h("div", { class: "ek-co-tabs", role: "group", "aria-label": "Steps" }, ...tabs), ...panels);

  function open(id, focus = false) {
    now = id;
    STEPS.forEach(([one], place) => {
      tabs[place].setAttribute("aria-pressed", String(one === id));
      panels[place].hidden = one !== id;
      if (one === id && focus) { panels[place].focus({ preventScroll: true }); element.scrollIntoView({ block: "nearest" }); }
    });
  }

  /** A question with what the rules find. */
  const told = (one) => h("div", { class: `ek-co-q ek-co-q-${{ open: "open", met: "met" }[one.so_far] ?? "judge"}` }, h("p", { class: "ek-co-q-head" }, h("span", { class: "ek-co-sign", "aria-hidden": "true", text: { open: "?", met: "✓" }[one.so_far] ?? "~" }), h("strong", { text: one.question }), ` ${one.so_far}`),
    ...(one.findings.length ? one.findings.map((found) => h("p", {}, h("strong", { text: `${found.title}. ` }), found.why)) : [h("p", { text: one.said })]));

  function show(work, found, picture, kept) {
    for (const one of shown) one(work);
    forCourse.hidden = work.piece.kind !== "drawing";
    forOwn.hidden = work.piece.kind === "drawing";
    agreement.hidden = !["agreed", "once", "waiting"].includes(statusOf(work));
    take.hidden = !picture;
    const seen = picture && statusOf(work) !== "withdrawn" ? picture.data : "";
    if (preview.dataset.seen !== String(seen.length)) {
      preview.dataset.seen = String(seen.length);
      preview.replaceChildren(...(seen ? [h("img", { src: seen, alt: "The picture that you chose, as it was redrawn" })] : []));
    }
    remember.checked = kept.remember;
    storage.textContent = kept.said;
    for (const [id, , ids] of STEPS) questions[id].replaceChildren(...found.filter((one) => ids.includes(one.id) && (id !== "piece" || one.id !== "recognised" || hasPiece(work))).map(told));
  }
  open(now);
  return { element, show, open };
}
