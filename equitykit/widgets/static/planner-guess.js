// Guess first: how much of what it takes do the fees for meetings cover, and how many hours does one partner give unpaid?
import { h, svg, uid } from "./kit.js";
import { add, costLines, load, meetingShare, total } from "./planner-model.js";
import { hoursOf, money, number, titled } from "./planner-words.js";

const slide = (label, least, most, value, said, oninput) => {
  const id = uid("ek-pn");
  const input = h("input", { id, type: "range", min: least, max: most, step: 1, value, class: "ek-pn-slider", oninput: () => heard() });
  const output = h("output", { class: "ek-pn-drawn", for: id });
  const heard = () => { output.textContent = said(Number(input.value)); input.setAttribute("aria-valuetext", output.textContent); oninput?.(Number(input.value)); };
  return { input, heard, element: h("div", { class: "ek-pn-slide" }, h("label", { for: id, text: label }), h("div", { class: "ek-pn-slide-line" }, input, output)) };
};

/**
 * @param {{onguess: (guess: any) => void}} planner
 */
export function guessCard({ onguess }) {
  const fee = svg("rect", { x: 1, y: 1, height: 38, class: "ek-pn-bar ek-pn-fee" });
  const bar = svg("svg", { viewBox: "0 0 1000 40", preserveAspectRatio: "none", class: "ek-pn-whole", "aria-hidden": "true" }, svg("rect", { x: 1, y: 1, width: 998, height: 38, class: "ek-pn-unknown" }), fee);
  const share = slide("How much of all that the work takes do the fees for meetings cover?", 1, 100, 70, (value) => `${value}%`, (value) => fee.setAttribute("width", value * 9.98));
  const hours = slide("", 0, 100, 5, (value) => hoursOf(value));
  const follow = (event) => {
    const box = bar.getBoundingClientRect();
    share.input.value = String(Math.round(Math.min(100, Math.max(1, 100 * (event.clientX - box.left) / box.width))));
    share.heard();
  };
  bar.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const leave = () => { removeEventListener("pointermove", follow); removeEventListener("pointerup", leave); removeEventListener("pointercancel", leave); };
    addEventListener("pointermove", follow);
    addEventListener("pointerup", leave);
    addEventListener("pointercancel", leave);
    follow(event);
  });
  const label = hours.element.querySelector("label");
  const button = (text, onclick, more = "") => h("button", { type: "button", class: `ek-button${more}`, text, onclick });
  const ask = h("div", { class: "ek-pn-ask", role: "group", "aria-label": "Your guess" }, h("p", { class: "ek-pn-head", text: "Guess, before you see it" }),
    h("div", { class: "ek-pn-bars" }, h("div", { class: "ek-pn-ends" }, h("span", { text: "fees for meetings" }), h("span", { text: "all that it takes" })), bar), share.element, hours.element,
    h("div", { class: "ek-pn-ways" }, button("See what it takes", () => onguess({ share: Number(share.input.value), hours: Number(hours.input.value) }), " ek-primary"), button("Show it without a guess", () => onguess({ shown: true }), " ek-pn-quiet")));
  const verdict = h("div", { class: "ek-pn-verdict", tabindex: "-1" });
  share.heard();
  hours.heard();

  function show(plan, guess) {
    const open = !Object.keys(guess).length;
    ask.hidden = !open;
    verdict.hidden = open;
    const group = load(plan).find((one) => add(one.months) > 0) ?? null;
    hours.element.hidden = !group;
    label.textContent = group ? `How many hours does each person of “${titled(group.name, "Partners")}” give unpaid, over the ${plan.months} months?` : "";
    if (open) return;
    const lines = costLines(plan);
    const [percent, takes] = [meetingShare(lines), total(lines, "takes")[1]];
    const guessed = typeof guess.share === "number";
    const near = guessed && Math.abs(guess.share - percent) <= 5;
    verdict.className = `ek-pn-verdict${guessed ? (near ? " ek-pn-right" : " ek-pn-turn") : ""}`;
    const first = `Fees for meetings are ${number(percent, 0)}% of what it takes (${money(takes)}).`;
    const paid = percent > 0 ? ` For each £1 of them the work needs £${((100 - percent) / percent).toFixed(2)} more.` : "";
    const told = [h("p", {}, h("strong", { text: guessed ? (near ? `You guessed ${guess.share}%: close. ` : `You guessed ${guess.share}%. `) : "" }), first + paid)];
    if (group) {
      const [whole, free] = [add(group.months), add(group.unpaid)];
      told.push(h("p", {}, h("strong", { text: guessed ? `You guessed ${hoursOf(guess.hours)}. ` : "" }), `Each person of “${titled(group.name, "Partners")}” gives ${hoursOf(free)} unpaid, of ${number(whole)}. ${group.fee > 0 && free > 0 ? `Spread over every hour really given, the fee is £${(group.fee / whole).toFixed(2)} an hour.` : ""}`));
    }
    verdict.replaceChildren(...told);
  }
  return { element: h("div", { class: "ek-pn-predict" }, ask, verdict), show, focus: () => verdict.focus({ preventScroll: true }) };
}
