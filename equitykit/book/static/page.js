// What a page does without any interactive: the switch that unfolds all code, and remembers.

const KEY = "ek:show-code";

/** The browser's own storage; where it is blocked, a choice lasts as long as the page. */
const memory = {
  read() { try { return localStorage.getItem(KEY); } catch { return null; } },
  write(value) { try { localStorage.setItem(KEY, value); } catch { /* blocked: nothing to keep it in */ } },
};

const button = document.querySelector(".ek-code-switch");
const folds = [...document.querySelectorAll("details.hide")];

/** @param {boolean} open */
function show(open) {
  document.body.classList.toggle("ek-no-code", !open);
  for (const fold of folds) fold.open = open;
  button.setAttribute("aria-pressed", String(open));
  button.textContent = open ? "Hide all code" : "Show all code";
}

if (button) {
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    show(open);
    memory.write(open ? "yes" : "no");
  });
  show(memory.read() === "yes");
}

// Print has no clicks: what is folded into words and tables is unfolded, code stays as the reader left it.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll(".ek-interactive details:not([open])")];
  for (const part of closed) part.open = true;
});
addEventListener("afterprint", () => { for (const part of closed) part.open = false; });
