// What leaves an interactive, and only when its reader says so: a file that opens again, Markdown, and a sheet to print.
// A sheet is plain JSON, {title, note, blocks}: Python writes a Word document from the same (equitykit/widgets/sheet.py).
import { h } from "./kit.js";
import { keep } from "./keep.js";
import { markdown, printed } from "./sheet.js";

const VERSION = 1;
const LOST = "Your browser does not keep anything for this page: what you write is lost when you leave. Save it as a file.";

/** A short name for a start, to tell whether what was kept began from it. */
function stamp(value) {
  let sum = 5381;
  for (const letter of JSON.stringify(value)) sum = ((sum * 33) ^ letter.charCodeAt(0)) >>> 0;
  return sum.toString(36);
}

/** Give the reader a file. */
export function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/**
 * Print one element in place of the page; it is gone afterwards.
 * @param {HTMLElement} sheet
 */
export function printInstead(sheet) {
  document.querySelector("body > .ek-sheet")?.remove();
  sheet.classList.add("ek-sheet", "ek-stage");
  document.body.append(sheet);
  addEventListener("afterprint", () => sheet.remove(), { once: true });
  window.print();
}

/**
 * Save, open, copy, print, erase and keep what a reader makes.
 * @param {object} made
 * @param {string} made.name The key under which this browser keeps it, with the page.
 * @param {string} made.kind Written into the file; a file of another kind is refused.
 * @param {string} made.stem Name of the files, without ending.
 * @param {string} made.what The word for it in sentences, as in “The map is as it was.”
 * @param {any} made.start The content at first.
 * @param {() => any} made.content What is kept and saved, as plain JSON.
 * @param {(given: any) => any} made.check Returns content clean, or throws an Error that says what is wrong with it.
 * @param {(content: any, said: string) => void} made.take Makes content the state and shows it.
 * @param {() => {title: string, note?: string, blocks: any[]}} made.sheet
 * @param {() => HTMLElement} [made.print] A sheet of one's own to print.
 * @param {(text: string) => void} made.say
 */
export function takeAway({ name, kind, stem, what, start, content, check, take, sheet, print, say }) {
  const kept = keep(name || stem);
  const began = stamp(start);
  const notice = h("div", { class: "ek-ta-notice" });
  const status = h("p", { class: "ek-ta-status", role: "status" });
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });

  /** Ask before something is lost; what is asked stands after an element. */
  function ask(after, text, yes, onyes) {
    const box = h("div", { class: "ek-ta-ask", role: "alertdialog", "aria-label": text }, h("p", { text }));
    const back = document.activeElement;
    const leave = () => { box.remove(); back?.focus?.(); };
    const go = button(yes, () => { box.remove(); onyes(); }, " ek-primary");
    box.append(h("div", { class: "ek-ta-ways" }, go, button("Keep it", leave)));
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
    after.append(box);
    go.focus();
  }

  function opened(text) {
    const given = JSON.parse(text);
    if (given?.kind !== kind) throw new Error(`it was not saved from this tool (${kind})`);
    if (given.version !== VERSION) throw new Error("it was saved by a newer version of this page");
    return check(given);
  }

  const file = h("input", { type: "file", accept: ".json,application/json", class: "ek-visually-hidden", tabindex: "-1", "aria-hidden": "true", onchange: async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      take(opened(await chosen.text()), `Opened ${chosen.name}.`);
      away.keep();
      status.textContent = `Opened ${chosen.name}.`;
    } catch (problem) {
      status.textContent = `${chosen.name} could not be opened: ${problem instanceof SyntaxError ? "it is no JSON file" : problem.message}. The ${what} is as it was.`;
    }
    file.value = "";
  } });

  const saved = () => `${JSON.stringify({ kind, version: VERSION, ...content(), sheet: sheet() }, null, 2)}\n`;

  async function copy() {
    const text = markdown(sheet());
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = "Copied as Markdown: paste it into a document or an e-mail.";
    } catch {
      download(`${stem}.md`, text, "text/markdown");
      status.textContent = "The clipboard is not allowed here, so the Markdown was saved as a file.";
    }
  }

  function erase() {
    const gone = kept.erase();
    take(structuredClone(start), `Erased: the ${what} is as it was at first.`);
    notice.replaceChildren();
    status.textContent = gone ? `Erased from this browser. The ${what} is as it was at first.` : `The ${what} is as it was at first. Your browser keeps nothing for this page.`;
  }

  const ways = h("div", { class: "ek-ta-ways" },
    button("Save as a file", () => { download(`${stem}.json`, saved(), "application/json"); status.textContent = `Saved as ${stem}.json. “Open a file” opens it again.`; }),
    button("Open a file", () => file.click()), file, button("Copy as Markdown", copy),
    button("Print", () => printInstead(print ? print() : printed(sheet()))));
  const element = h("div", { class: "ek-ta-share" }, h("p", { class: "ek-ta-head", text: "Take it with you" }), ways, status);
  ways.append(button("Erase what I wrote", () => ask(element, "Erase everything that you wrote here? It cannot be brought back.", "Erase it", erase), " ek-ta-quiet"));

  const away = {
    notice, element, ask,
    /** After each change that the reader makes. */
    keep() { if (!kept.write({ began, content: content() })) notice.replaceChildren(h("p", { text: LOST })); },
    /** Once, before the first show: what this browser kept from an earlier visit. */
    restore() {
      const found = kept.read();
      if (!found) { if (!kept.works()) notice.replaceChildren(h("p", { text: LOST })); return; }
      let before;
      try { before = check(found.content); } catch { return; }
      if (found.began === began) {
        take(before, "");
        notice.replaceChildren(h("p", { text: "Kept in this browser from your last visit. Nothing was sent anywhere." }));
        return;
      }
      notice.replaceChildren(h("p", { text: `This ${what} has changed since you last wrote here.` }), h("div", { class: "ek-ta-ways" },
        button("Open what I wrote before", () => { take(before, "Opened what you wrote before."); away.keep(); notice.replaceChildren(); say("Opened what you wrote before."); })));
    },
  };
  return away;
}
