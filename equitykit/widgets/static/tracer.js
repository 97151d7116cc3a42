// The cause tracer: start at an outcome, guess whom a story that stops here blames, ask why, and go upstream.
// Words and rows are written as equitykit/widgets/tracer.py writes them; that file says what the content is.
import { h, svg, table, disclosure, voice, uid, save, inline } from "./kit.js";

const LEVELS = {
  outcome: "What happened",
  body: "Body and exposure",
  conditions: "Living and working conditions",
  institutions: "Institutions’ practices",
  decisions: "Decisions and power",
};
const STRENGTHS = {
  trial: "Randomised trial",
  "natural experiment": "Natural experiment",
  cohort: "Cohort study",
  review: "Review of studies",
  descriptive: "Descriptive data",
  "case study": "Case study",
  record: "Law, inquiry or official record",
  argued: "Argued, not measured",
};
const MEANING = {
  trial: "Chance decided who got what, so the groups differed in little else.",
  "natural experiment": "Something changed for some and not for others, or from one day to the next, as in an experiment nobody ran.",
  cohort: "People were followed over time and compared; other differences between them may play a part.",
  review: "Many studies were found and weighed together.",
  descriptive: "It counts what is there. It does not by itself say why.",
  "case study": "It follows closely how one thing happened; others may tell it differently.",
  record: "It documents what was decided or found, by whom and when.",
  argued: "Reasons are given; nobody has measured this part.",
};
const RESPONSIBLE = {
  person: "the person",
  community: "the community",
  institution: "an institution",
  decision: "a decision",
  nobody: "nobody: nature or chance",
};
const CHOICES = { person: "The person", community: "The community", institution: "An institution", decision: "A decision", nobody: "Nobody: nature or chance" };
const HEAD = ["Step", "What is known", "Source", "A story that stops here holds responsible"];
const STATE = ["path", "kept", "guesses"];

// ---- what a state says: no page needed

const plain = (text) => text.replace(/\[([^\]]+)\]\([^)\s]+\)/g, "$1")
  .replace(/\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`/g, (_, strong, emphasis, code) => strong ?? emphasis ?? code);
const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
const index = (spec) => new Map(spec.nodes.map((node) => [node.id, node]));

function explanation(spec, path) {
  const nodes = index(spec);
  return `${capital(path.map((one) => `${nodes.get(one).clause} (${nodes.get(one).evidence.source})`).join(", because "))}.`;
}

function words(state) {
  const { spec, path, kept, guesses } = state;
  const nodes = index(spec);
  const node = nodes.get(path.at(-1));
  const parts = [
    `${spec.title} Step ${path.length}, ${LEVELS[node.level].toLowerCase()}: ${node.label}. ${plain(node.claim)}`,
    `Evidence: ${STRENGTHS[node.evidence.strength].toLowerCase()}, ${node.evidence.source}.`,
    `If the story stopped here: ${plain(node.stop_here.story)}`,
  ];
  if (guesses[node.id]) parts.push(`It holds responsible: ${RESPONSIBLE[node.stop_here.responsible]}. ${plain(node.stop_here.why)}`);
  parts.push(node.links.length
    ? `To go on, ask: ${node.links.map((link) => plain(link.ask || nodes.get(link.to).label)).join("; ")}`
    : "The trail ends here, where somebody decides.");
  if (path.length > 1) parts.push(`The explanation so far: ${explanation(spec, path)}`);
  if (kept.length) parts.push(`The trail kept to compare: ${explanation(spec, kept)}`);
  return parts.join(" ");
}

const told = (state, id, position) => id in state.guesses || position < state.path.length - 1;

function rows(state) {
  const nodes = index(state.spec);
  return [HEAD, ...state.path.map((id, position) => {
    const node = nodes.get(id);
    return [`${position + 1}. ${node.label}`, plain(node.claim), node.evidence.source,
      told(state, id, position) ? RESPONSIBLE[node.stop_here.responsible] : "guess first"];
  })];
}

/** Where to walk from next, to see another trail: the last place on this one with more than one way on. */
function fork(spec, path) {
  const nodes = index(spec);
  for (let last = path.length - 2; last > 0; last -= 1) {
    if (nodes.get(path[last]).links.length > 1) return path.slice(0, last + 1);
  }
  return path.slice(0, 1);
}

// ---- the page

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h("textarea", { class: "ek-visually-hidden", "aria-hidden": "true", tabindex: "-1" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function render({ model, el }) {
  const read = () => Object.fromEntries([...STATE, "spec"].map((trait) => [trait, model.get(trait)]));
  let state = read();
  const nodes = index(state.spec);
  const live = voice();

  const trail = h("ol", { class: "ek-tr-trail", "aria-label": "Your trail, from the outcome upstream" });
  const lines = svg("svg", { class: "ek-tr-lines", "aria-hidden": "true" });
  const map = h("div", { class: "ek-tr-map" }, lines, trail);
  const title = h("p", { class: "ek-tr-label", tabindex: "-1" });
  const panel = h("div", { class: "ek-tr-panel" });
  const story = h("div", { class: "ek-tr-explanation" });
  const compare = h("div", { class: "ek-tr-compare" });
  const inWords = h("p", { class: "ek-words" });
  const asTable = h("div");

  function update(change, say) {
    state = { ...state, ...change };
    show();
    live.say(say);
    save(model, { path: state.path, kept: state.kept, guesses: state.guesses, words: words(state), table: rows(state) });
  }

  function walk(path, say) {
    const node = nodes.get(path.at(-1));
    update({ path }, say ?? `Step ${path.length}, ${LEVELS[node.level].toLowerCase()}: ${node.label}`);
    arrive();
  }

  /** Bring the trail and the head of the panel into view, and the reader's place to the panel. */
  function arrive() {
    title.focus({ preventScroll: true });
    const { top, bottom } = title.getBoundingClientRect();
    if (top > 80 && bottom < window.innerHeight * 0.7) return;
    (map.offsetHeight < window.innerHeight * 0.4 ? map : panel).scrollIntoView({ block: "start" });
  }

  function guess(node, answer) {
    const right = answer === node.stop_here.responsible;
    update({ guesses: { ...state.guesses, [node.id]: answer } },
      `${right ? "Yes" : "Not quite"}: it holds ${RESPONSIBLE[node.stop_here.responsible]} responsible.`);
    panel.querySelector(`[data-guess="${answer}"]`)?.focus({ preventScroll: true });
  }

  // -- the trail

  function card(id, position) {
    const node = nodes.get(id);
    const here = position === state.path.length - 1;
    const known = told(state, id, position);
    return h("button", { type: "button", class: "ek-tr-card", "data-node": id, "aria-current": here ? "step" : null,
      onclick: () => walk(state.path.slice(0, position + 1)) },
    h("span", { class: "ek-tr-level", text: LEVELS[node.level] }),
    h("span", { class: "ek-tr-name", text: node.label }),
    h("span", { class: `ek-tr-who ek-tr-who-${known ? node.stop_here.responsible : "open"}` },
      h("span", { class: "ek-visually-hidden", text: known ? "A story that stops here holds responsible: " : "Held responsible: not guessed yet" }),
      known ? RESPONSIBLE[node.stop_here.responsible] : h("span", { "aria-hidden": "true", text: "who is blamed?" })));
  }

  function showTrail() {
    const order = Object.keys(LEVELS);
    const filled = Object.fromEntries(order.map((level) => [level, 0]));
    const place = (level) => { filled[level] += 1; return `grid-column: ${order.indexOf(level) + 1}; grid-row: ${filled[level] + 1}`; };
    const items = order.map((level, at) => h("li", { class: "ek-tr-heading", "aria-hidden": "true", style: `grid-column: ${at + 1}; grid-row: 1`, text: LEVELS[level] }));
    state.path.forEach((id, position) => items.push(h("li", { style: place(nodes.get(id).level) }, card(id, position))));
    for (const id of state.kept.filter((one) => !state.path.includes(one))) {
      items.push(h("li", { class: "ek-tr-kept", "aria-hidden": "true", "data-node": id, style: place(nodes.get(id).level) },
        h("span", { class: "ek-tr-name", text: nodes.get(id).label })));
    }
    const now = order.indexOf(nodes.get(state.path.at(-1)).level);
    const ends = !nodes.get(state.path.at(-1)).links.length;
    order.forEach((level, at) => {
      if (filled[level]) return;
      items.push(h("li", { class: `ek-tr-ahead${at < now || ends ? " ek-tr-passed" : ""}`, "aria-hidden": "true", style: `grid-column: ${at + 1}; grid-row: 2` },
        h("span", { class: "ek-tr-level", text: LEVELS[level] }), at < now || ends ? "" : "?"));
    });
    const focused = trail.contains(document.activeElement) ? document.activeElement.dataset.node : null;
    trail.replaceChildren(...items);
    if (focused) trail.querySelector(`button[data-node="${focused}"]`)?.focus({ preventScroll: true });
    draw();
  }

  /** Lines between the cards, from where the page has put them. */
  function draw() {
    const frame = map.getBoundingClientRect();
    if (!frame.width) return;
    const box = (id) => {
      const found = trail.querySelector(`[data-node="${id}"]`)?.getBoundingClientRect();
      return found && { left: found.left - frame.left, right: found.right - frame.left, top: found.top - frame.top, bottom: found.bottom - frame.top };
    };
    lines.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
    lines.setAttribute("width", frame.width);
    lines.setAttribute("height", frame.height);
    const join = (path, kind) => path.slice(1).map((id, position) => {
      const [from, to] = [box(path[position]), box(id)];
      if (!from || !to || !from.right || !to.right) return null;
      let shape;
      let tip;
      if (to.left > from.right) {
        const [y1, y2] = [(from.top + from.bottom) / 2, (to.top + to.bottom) / 2];
        const turn = to.left - 12;
        const bend = Math.min(6, Math.abs(y2 - y1) / 2) * Math.sign(y2 - y1);
        shape = `M${from.right} ${y1}H${turn - 6}Q${turn} ${y1} ${turn} ${y1 + bend}V${y2 - bend}Q${turn} ${y2} ${turn + 6} ${y2}H${to.left - 2}`;
        tip = `M${to.left - 8} ${y2 - 4.5}L${to.left - 2} ${y2}L${to.left - 8} ${y2 + 4.5}`;
      } else {
        const x = Math.min(from.left + 28, (from.left + from.right) / 2);
        shape = `M${x} ${from.bottom}V${to.top - 2}`;
        tip = `M${x - 4.5} ${to.top - 8}L${x} ${to.top - 2}L${x + 4.5} ${to.top - 8}`;
      }
      return svg("path", { d: shape + tip, class: `ek-tr-line ek-tr-line-${kind}` });
    });
    const drawn = [...(state.kept.length ? join(state.kept, "kept") : []), ...join(state.path, "walked")];
    lines.replaceChildren(...drawn.filter(Boolean));
  }

  // -- the reading of one step

  const kicker = (text) => h("p", { class: "ek-tr-kicker", text });
  const cite = (part) => (part.url ? h("a", { href: part.url, text: part.source }) : part.source);

  function showPanel() {
    const node = nodes.get(state.path.at(-1));
    const before = state.path.length > 1 ? nodes.get(state.path.at(-2)) : null;
    const how = before?.links.find((link) => link.to === node.id)?.how;
    title.textContent = node.label;
    const { evidence, lever } = node;
    panel.replaceChildren(...[
      h("p", { class: "ek-tr-step" }, `Step ${state.path.length}. ${LEVELS[node.level]}`),
      title,
      how ? h("p", { class: "ek-tr-how" }, h("strong", { text: `How it leads to “${before.label}”: ` }), ...inline(how)) : null,
      h("p", { class: "ek-tr-claim" }, ...inline(node.claim)),
      h("p", { class: "ek-tr-evidence" }, h("span", { class: "ek-tr-strength", text: STRENGTHS[evidence.strength] }), " ", cite(evidence), ". ",
        MEANING[evidence.strength], evidence.note ? " " : null, ...(evidence.note ? inline(evidence.note) : [])),
      storyPart(node),
      lever ? h("div", { class: "ek-tr-lever" }, kicker("Who can change it, and what happened when it changed"),
        h("p", {}, h("strong", { text: `${lever.when}. ` }), `${lever.who}. `, ...inline(lever.what), /[.!?]$/.test(lever.what) ? " " : ". ", ...inline(lever.result),
          lever.source ? h("span", { class: "ek-tr-cite" }, " (", cite(lever), ")") : null)) : null,
      node.links.length ? askPart(node) : endPart(),
    ].filter(Boolean));
  }

  function storyPart(node) {
    const question = uid("ek-tr");
    const answer = state.guesses[node.id];
    const { responsible, why, close, story: usual } = node.stop_here;
    const right = answer === responsible;
    return h("div", { class: "ek-tr-stop" }, kicker("If the story stopped here"),
      h("p", { class: "ek-tr-story" }, ...inline(usual)),
      h("p", { id: question, class: "ek-tr-question", text: "Whom does this story hold responsible?" }),
      h("div", { class: "ek-tr-guesses", role: "group", "aria-labelledby": question },
        ...Object.entries(CHOICES).map(([key, text]) => h("button", { type: "button", class: "ek-button", "data-guess": key,
          "aria-pressed": String(answer === key), onclick: () => guess(node, key), text }))),
      answer ? h("div", { class: `ek-tr-feedback ek-tr-feedback-${right ? "right" : "turn"}` },
        h("p", {}, h("strong", { text: right ? "Yes. " : "Not quite. " }), `It holds ${RESPONSIBLE[responsible]} responsible. `,
          ...(!right && close[answer] ? [...inline(close[answer]), " "] : []), ...inline(why))) : null);
  }

  function askPart(node) {
    const question = uid("ek-tr");
    return h("div", { class: "ek-tr-ask", role: "group", "aria-labelledby": question },
      h("p", { id: question, class: "ek-tr-question" }, h("strong", { text: "Do not stop here. " }), node.links.length > 1 ? "Choose what to ask next." : "Ask on."),
      h("div", { class: "ek-tr-ways" }, ...node.links.map((link) => {
        const label = nodes.get(link.to).label;
        const kept = state.kept.includes(link.to) && state.kept[state.kept.indexOf(link.to) - 1] === node.id;
        return h("button", { type: "button", class: "ek-button ek-tr-way", "data-to": link.to, onclick: () => walk([...state.path, link.to]) },
          h("span", { class: "ek-tr-way-ask", text: plain(link.ask || `Why? ${label}`) }),
          kept ? h("span", { class: "ek-tr-way-kept", text: "on the trail you kept" }) : null,
          h("span", { class: "ek-tr-way-arrow", "aria-hidden": "true", text: "→" }));
      })));
  }

  function endPart() {
    const same = JSON.stringify(state.kept) === JSON.stringify(state.path);
    return h("div", { class: "ek-tr-ask" },
      h("p", { class: "ek-tr-question" }, h("strong", { text: "You have come to where somebody decides. " }),
        same || !state.kept.length ? "Other trails lead upstream from the same outcome." : "Below, your two trails side by side."),
      h("div", { class: "ek-tr-ways" }, h("button", { type: "button", class: "ek-button ek-primary", "data-act": "keep", onclick: () => {
        const kept = state.path;
        state = { ...state, kept };
        walk(fork(state.spec, kept), "Trail kept. Now walk another from here.");
      }, text: "Keep this trail and walk another" })));
  }

  function showExplanation() {
    if (state.path.length < 2) { story.replaceChildren(); story.hidden = true; return; }
    story.hidden = false;
    const ended = !nodes.get(state.path.at(-1)).links.length;
    const clauses = state.path.map((id, position) => {
      const { clause, evidence } = nodes.get(id);
      return h("span", {}, position ? h("em", { text: ", because " }) : null, position ? clause : capital(clause), " ",
        h("span", { class: "ek-tr-cite" }, "(", cite(evidence), ")"), position === state.path.length - 1 ? "." : null);
    });
    const said = h("span", { class: "ek-tr-copied", "aria-hidden": "true" });
    const text = () => {
      const sources = [...new Map(state.path.map((id) => [nodes.get(id).evidence.url, nodes.get(id).evidence])).values()];
      return `${explanation(state.spec, state.path)}\n\nSources\n${sources.map((one) => `${one.source}. ${one.url}`).join("\n")}`;
    };
    story.replaceChildren(kicker(ended ? "Your explanation" : "The explanation so far"), h("p", { class: "ek-tr-sentence" }, ...clauses),
      h("div", { class: "ek-tr-ways" },
        h("button", { type: "button", class: "ek-button", "data-act": "copy", onclick: async () => {
          const done = await copy(text());
          said.textContent = done ? "Copied." : "Your browser did not allow it: select the text to copy.";
          live.say(said.textContent);
        }, text: "Copy with sources" }),
        h("button", { type: "button", class: "ek-button", "data-act": "back", onclick: () => walk(state.path.slice(0, -1)), text: "Back one step" }),
        h("button", { type: "button", class: "ek-button", "data-act": "restart", onclick: () => walk([state.spec.start]), text: "Back to the outcome" }),
        said));
  }

  function showCompare() {
    const open = state.kept.length > 0 && JSON.stringify(state.kept) !== JSON.stringify(state.path);
    compare.hidden = !open;
    if (!open) { compare.replaceChildren(); return; }
    let shared = 0;
    while (shared < state.path.length && state.path[shared] === state.kept[shared]) shared += 1;
    const list = (path, name) => h("div", {}, h("p", { class: "ek-tr-kicker", text: name }),
      h("ol", { class: "ek-tr-side" }, ...path.map((id, position) => h("li", { class: position < shared ? "ek-tr-shared" : null },
        nodes.get(id).label, h("span", { class: "ek-tr-blame", text: (path === state.path && !told(state, id, position)) ? "not guessed yet" : RESPONSIBLE[nodes.get(id).stop_here.responsible] })))));
    const [mine, theirs] = [state.path.at(-1), state.kept.at(-1)];
    const parted = shared < state.path.length ? `They part after “${nodes.get(state.path[shared - 1]).label}”` : "So far they are the same";
    const meets = nodes.get(mine).links.length ? "." : mine === theirs ? `, and meet again at “${nodes.get(mine).label}”: one decision, by two routes.`
      : `, and end at two places where somebody decides: “${nodes.get(theirs).label}” and “${nodes.get(mine).label}”.`;
    compare.replaceChildren(h("p", { class: "ek-tr-question" }, h("strong", { text: "Two trails from one outcome. " }), parted + meets),
      h("div", { class: "ek-tr-sides" }, list(state.kept, "The trail you kept"), list(state.path, "The trail you are on")),
      h("div", { class: "ek-tr-ways" }, h("button", { type: "button", class: "ek-button", "data-act": "drop", onclick: () => {
        update({ kept: [] }, "The kept trail is put away.");
        title.focus({ preventScroll: true });
      }, text: "Put the kept trail away" })));
  }

  function show() {
    showTrail();
    showPanel();
    showExplanation();
    showCompare();
    inWords.textContent = words(state);
    asTable.replaceChildren(table(rows(state), `The trail, ${state.path.length === 1 ? "one step" : `${state.path.length} steps`}`));
  }

  el.append(h("div", { class: "ek-tracer" }, h("p", { class: "ek-tr-title", text: state.spec.title }), map, panel, story, compare,
    disclosure("In words", inWords), disclosure("As a table", asTable), live.element));
  show();
  if (model.get("words") !== words(state)) save(model, { words: words(state), table: rows(state) });
  const sized = new ResizeObserver(draw);
  sized.observe(map);
  const outside = () => {
    const now = read();
    if (STATE.every((trait) => JSON.stringify(now[trait]) === JSON.stringify(state[trait]))) return;
    update(now, `Step ${now.path.length}`);
  };
  for (const trait of STATE) model.on(`change:${trait}`, outside);
  return () => {
    sized.disconnect();
    for (const trait of STATE) model.off(`change:${trait}`, outside);
  };
}

export default { render };
