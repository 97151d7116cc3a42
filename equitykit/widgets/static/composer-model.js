// What a composer says of a chart and a piece: whether the consent covers the showing, what a reader would ask, words
// and rows. Written as equitykit/widgets/composer_{consent,questions,words}.py write it; a test compares them.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
export const ANSWERS = { a: "A", b: "B", both: "both", neither: "neither", shown: "no prediction" };

// ---- figures

export function count(value, decimals) {
  const rounded = Math.floor(value * 10 ** decimals + 0.5) / 10 ** decimals;
  const shown = Math.abs(rounded).toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return rounded < 0 ? `−${shown}` : shown;
}

export function quantity(chart, value) {
  const shown = count(value, chart.decimals);
  return chart.unit === "%" ? `${shown}%` : `${shown} ${chart.unit}`.trim();
}

export const interval = (chart, point) => (point.low === null ? "" : `${count(point.low, chart.decimals)} to ${count(point.high, chart.decimals)}`);
export const hasIntervals = (chart) => chart.points.some((one) => one.low !== null);

export function chartRows(chart) {
  const many = chart.points.some((one) => one.series);
  const held = hasIntervals(chart);
  return [[...(many ? ["Line"] : []), "What", "Figure", ...(held ? ["95% interval"] : [])],
    ...chart.points.map((one) => [...(many ? [one.series] : []), one.label, quantity(chart, one.value), ...(held ? [interval(chart, one) || "none"] : [])])];
}

export function figures(chart) {
  return `${chart.points.map((one) => {
    const held = interval(chart, one);
    return `${one.series ? `${one.series}, ${one.label}` : one.label}: ${quantity(chart, one.value)}${held ? ` (${held})` : ""}`;
  }).join("; ")}.`;
}

export function credit(chart) {
  const said = `Source: ${chart.source.text}. Licence: ${chart.source.licence}.`;
  return chart.source.synthetic ? `Synthetic figures: no real people. ${said}` : said;
}

export const chartOf = (state) => state.charts.find((one) => one.id === state.work.chart);

// ---- consent

export function day(date) {
  const [year, month, number] = date.split("-");
  return `${Number(number)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

const listed = (names) => (names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`);

export function hasPiece(work) {
  const { piece } = work;
  return { drawing: true, image: piece.size !== null, text: Boolean(piece.text.trim()), none: false }[piece.kind];
}

export const statusOf = (work) => (work.piece.kind === "drawing" ? "course" : work.consent.status);

/** Whether the piece may be shown, why, and what stands in its place where it may not. */
export function cover(work, texts) {
  const refused = (why, instead = "other") => ({ covered: false, reason: texts.refused[why], instead: texts.instead[instead] });
  const now = statusOf(work);
  if (now === "withdrawn") return refused("withdrawn", "withdrawn");
  if (!hasPiece(work)) return refused("none", "none");
  if (now === "course") return { covered: true, reason: "It may be shown anywhere, with the line that says so.", instead: "" };
  if (now === "") return refused("unsaid");
  if (["once", "waiting", "unasked"].includes(now)) return refused(now, now);
  if (now === "mine") {
    if (["yes", "unsure"].includes(work.piece.recognise)) return refused("recognised");
    return { covered: true, reason: "Made by whoever shows it, and nobody is in it.", instead: "" };
  }
  const { consent, showing } = work;
  if (!consent.made.trim() && !consent.inside.trim()) return refused("whose");
  if (!consent.agreed.trim()) return refused("what");
  if (!showing.kind) return refused("showing");
  if (!consent.showings.includes(showing.kind)) {
    const given = Object.keys(texts.showings).filter((one) => consent.showings.includes(one)).map((one) => texts.showings[one]);
    const said = given.length ? `They agreed to ${listed(given)}` : "It is not said which showings they agreed to";
    return { covered: false, reason: `${said}, not to ${texts.showings[showing.kind]}.`, instead: texts.instead.once };
  }
  if (!consent.withdraw.trim()) return refused("way");
  if (consent.until) {
    if (!showing.date) return refused("date");
    if (showing.date > consent.until) {
      return { covered: false, reason: `The agreement ended on ${day(consent.until)}, before the showing on ${day(showing.date)}.`, instead: texts.instead.once };
    }
  }
  const until = consent.until ? `, until ${day(consent.until)}` : "";
  return { covered: true, reason: `They agreed to ${texts.showings[showing.kind]}${until}.`, instead: "" };
}

/** What is written about other people's consent, name by name. */
export function details(work, texts) {
  if (["", "course", "mine"].includes(statusOf(work))) return [];
  const { consent } = work;
  const given = Object.keys(texts.showings).filter((one) => consent.showings.includes(one)).map((one) => texts.showings[one]);
  return [["Made by", consent.made.trim()], ["In it", consent.inside.trim()], ["Agreed to", consent.agreed.trim()], ["For", given.length ? listed(given) : ""],
    ["Until", consent.until ? day(consent.until) : ""], ["Withdraw", consent.withdraw.trim()]].map(([name, text]) => [name, text || "not said"]);
}

// ---- what a reader would ask

function fieldsOf(work) {
  const { piece } = work;
  const made = { claim: work.claim, caption: work.caption, adds: hasPiece(work) ? piece.adds : "", chose: work.chose, gains: work.gains,
    alt_chart: work.alt.chart, alt_piece: ["drawing", "image"].includes(piece.kind) ? work.alt.piece : "" };
  for (const key of Object.keys(made)) made[key] = made[key].trim();
  made.claims = `${made.claim} ${made.caption}`.trim();
  made.everything = [made.claims, piece.title, piece.kind === "text" ? piece.text.trim() : "", made.alt_chart, made.alt_piece].join(" \n ");
  return made;
}

const wordsIn = (text) => (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).filter((one) => one.length > 3);

function repeats(text, other, share) {
  const mine = wordsIn(text);
  const theirs = new Set(wordsIn(other));
  return mine.length > 0 && mine.filter((one) => theirs.has(one)).length >= share * mine.length;
}

function sameAs(text, read) {
  const mine = wordsIn(text).join(" ");
  return mine !== "" && ["claim", "caption", "claims"].some((one) => wordsIn(read[one]).join(" ") === mine);
}

/** Whether a text names a figure of the chart, as exactly as it is drawn or rounded further. */
function namesFigure(text, chart) {
  const named = new Set((text.match(/[0-9]+(?:[.,][0-9]+)*/g) ?? []).map((one) => one.replaceAll(",", "")));
  return chart.points.some((one) => [one.value, one.low, one.high].some((value) => value !== null
    && Array.from({ length: chart.decimals + 1 }, (_, places) => count(Math.abs(value), places).replaceAll(",", "")).some((said) => named.has(said))));
}

function factsOf(work, chart, rules, texts) {
  const read = fieldsOf(work);
  const { piece } = work;
  const now = statusOf(work);
  const there = hasPiece(work);
  const { covered } = cover(work, texts);
  const seen = there && ["drawing", "image"].includes(piece.kind);
  const recognise = there && now !== "course" ? piece.recognise : "no";
  const agreed = now === "agreed" && covered;
  const cause = rules.rules.find((one) => one.id === "cause");
  return {
    "caption-repeats": read.caption !== "" && repeats(read.caption, `${read.claim} ${chart.title}`, 0.75),
    "no-piece": !there, "adds-unsaid": there && !read.adds, "no-interval": !hasIntervals(chart),
    "not-looked": recognise === "", unsure: recognise === "unsure" && !agreed, recognisable: recognise === "yes" && !agreed,
    cause: !chart.by_lot && new RegExp(cause.pattern, "i").test(read.claims),
    "alt-chart-same": sameAs(read.alt_chart, read), "alt-chart-figure": read.alt_chart !== "" && !namesFigure(read.alt_chart, chart),
    "alt-piece-empty": seen && !read.alt_piece, "alt-piece-same": sameAs(read.alt_piece, read),
    "not-covered": !covered, "no-end": agreed && !work.consent.until,
  };
}

function applies(rule, read, settled) {
  if (rule.when === "fact") return settled[rule.id];
  const text = read[rule.field];
  if (rule.when === "empty") return !text;
  if (!new RegExp(rule.pattern, rule.case ? "" : "i").test(text)) return false;
  return !(rule.unless && new RegExp(rule.unless, "i").test(text));
}

/** Each question, whether it is open, and what the rules find. */
export function asked(work, chart, rules, texts) {
  const read = fieldsOf(work);
  const settled = factsOf(work, chart, rules, texts);
  const covering = cover(work, texts);
  const met = {
    source: `${chart.source.text}. ${chart.source.licence}.${chart.source.synthetic ? " The figures are synthetic, and the chart says so." : ""}`,
    consent: covering.reason,
    recognised: statusOf(work) === "course" ? "Drawn for this course: nobody is in it." : "",
    uncertainty: "The lines on the chart are 95% intervals.",
  };
  return rules.questions.map(({ id, question, judge }) => {
    const findings = rules.rules.filter((rule) => rule.question === id && applies(rule, read, settled))
      .map((rule) => ({ title: rule.title, why: rule.why || covering.reason }));
    const so_far = findings.length ? "open" : met[id] ? "met" : "yours to judge";
    const said = findings.length ? "" : [met[id], id === "recognised" && met[id] ? "" : judge].filter(Boolean).join(" ");
    return { id, question, so_far, said, findings };
  });
}

// ---- words and rows

export const ended = (said) => (/[.?!]$/.test(said) ? said : `${said}.`);

export function pieceName(work, texts) {
  const { piece } = work;
  if (piece.kind === "drawing") return `${texts.drawings[piece.drawing].title}, drawn for this course`;
  const title = piece.title.trim();
  if (piece.kind === "image") return title || "A picture without a title";
  if (piece.kind === "none") return "No piece";
  const form = texts.forms[piece.form];
  return title ? `${title}. ${form}` : form;
}

export function shownAt(work, texts) {
  const { showing } = work;
  const name = texts.showings[showing.kind] ?? "";
  const place = showing.place.trim();
  return [name && place ? `${name}, ${place}` : name || place, showing.date ? day(showing.date) : ""].filter(Boolean).join(", ");
}

export function statusName(work, texts) {
  const now = statusOf(work);
  return hasPiece(work) || now ? texts.statuses[now] ?? "not said" : "no piece yet";
}

function testWords(test, guess, texts) {
  const told = [test.ask, `The chart, ${test.chart.title}: ${figures(test.chart)}`,
    ...test.combinations.map((one) => `${one.id.toUpperCase()}: ${ended(one.claim)} ${one.caption} Drawn for this course: ${texts.drawings[one.drawing].words}`)];
  if (!guess) return [...told, "Not judged yet."].join(" ");
  return [...told, `Predicted: ${ANSWERS[guess]}. The answer: ${ANSWERS[test.answer]}.`, ...test.combinations.map((one) => `${one.id.toUpperCase()}: ${one.why}`), test.truth].join(" ");
}

function composedWords(state) {
  const { work, texts } = state;
  const chart = chartOf(state);
  const covering = cover(work, texts);
  const told = [`The claim: ${ended(work.claim.trim() || "not written yet")}`, `The chart, ${chart.title}: ${figures(chart)} ${credit(chart)}`,
    `The caption: ${ended(work.caption.trim() || "not written yet")}`];
  if (covering.covered) {
    told.push(`The piece: ${ended(pieceName(work, texts))}`);
    if (work.piece.kind === "text") told.push(ended(work.piece.text.trim()));
    else if (work.piece.kind === "drawing") told.push(texts.drawings[work.piece.drawing].words);
    else if (work.alt.piece.trim()) told.push(ended(work.alt.piece.trim()));
  } else told.push(`The place of the piece is kept empty: ${covering.instead}`);
  told.push(`Consent: ${ended(statusName(work, texts))} ${covering.reason}`, ...details(work, texts).map(([name, said]) => `${name}: ${ended(said)}`), `Shown at: ${ended(shownAt(work, texts) || "not said yet")}`);
  const open = asked(work, chart, state.rules, texts).filter((one) => one.so_far === "open").map((one) => one.question);
  told.push(open.length ? `Open: ${open.join(" ")}` : "No question is open by these rules.");
  return told.join(" ");
}

export function composerWords(state) {
  return [...(state.parts.includes("predict") ? state.tests.map((one) => testWords(one, state.guesses[one.id], state.texts)) : []),
    ...(state.parts.includes("compose") ? [composedWords(state)] : [])].join(" ");
}

export const questionRows = (state) => [["A reader would ask", "So far", "What is found"],
  ...asked(state.work, chartOf(state), state.rules, state.texts).map((one) => [one.question, one.so_far, one.findings.map((found) => `${found.title}. ${found.why}`).join(" ") || one.said])];

export function composerRows(state) {
  if (state.parts.includes("compose")) return questionRows(state);
  return [["Poster", "Claim", "Caption", "Drawing", "More than it shows?"], ...state.tests.flatMap((test) => test.combinations.map((one) => [one.id.toUpperCase(), one.claim, one.caption,
    state.texts.drawings[one.drawing].words, test.id in state.guesses ? `${one.more ? "yes" : "no"}. ${one.why}` : "not judged yet"]))];
}
