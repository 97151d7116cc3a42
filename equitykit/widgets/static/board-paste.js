// Figures as people paste them, read into periods and figures, with everything that was noticed said in words.

const UNKNOWN = new Set(["", "-", "–", "—", ".", "..", "...", "*", "c", "na", "n/a", "nan", "null", "none", "missing", "?", "not known"]);

/** A number as it is written: 1,234.5 or 45,3 or 12 %; null where none is known, undefined where it is no number. */
export function writtenNumber(given, commaIsPoint = false) {
  const text = given.trim().replace(/^["']|["']$/g, "").trim();
  if (UNKNOWN.has(text.toLowerCase())) return null;
  let bare = text.replace(/[%£\s]/g, "").replace(/^[−–](?=\d)/, "-");
  if (commaIsPoint && /^-?\d+,\d+$/.test(bare)) bare = bare.replace(",", ".");
  else if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) bare = bare.replaceAll(",", "");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(bare) ? Number(bare) : undefined;
}

function cells(line, separator) {
  if (separator === ",") return line.match(/("[^"]*"|[^,]*)(,|$)/g).map((one) => one.replace(/,$/, "")).slice(0, line.endsWith(",") ? undefined : -1);
  return line.split(separator);
}

const plural = (many, one, more) => `${many} ${many === 1 ? one : more}`;
const shorten = (items) => (items.length > 4 ? `${items.slice(0, 3).join(", ")} and ${items.length - 3} more` : items.join(", "));

/**
 * Read pasted figures: a period and a figure a line, or figures alone. A third cell that begins with "break" marks a break.
 * @param {string} text
 * @returns {{points: any[], breaks: any[], decimals: number, percent: boolean, said: string[]}}
 */
export function readPasted(text) {
  const lines = text.split(/\r?\n/).map((one) => one.trim()).filter(Boolean);
  const separator = [/\t/, /;/, /,/].find((one) => lines.some((line) => one.test(line)));
  const sign = separator ? { "/\\t/": "\t", "/;/": ";", "/,/": "," }[String(separator)] : /\s{2,}|\s+(?=\S+$)/;
  const commaIsPoint = sign !== ",";
  const made = { points: [], breaks: [], decimals: 0, percent: /%/.test(text), said: [] };
  const unread = [];
  const alone = (one) => writtenNumber(one, commaIsPoint) !== undefined;
  if (lines.length === 1 && lines[0].split(/[,;\s]+/).filter(Boolean).length > 2 && lines[0].split(/[,;\s]+/).filter(Boolean).every(alone)) {
    lines.splice(0, 1, ...lines[0].split(/[,;\s]+/).filter(Boolean));
  }
  const single = lines.every((line) => alone(line) || cells(line, sign).length < 2);
  lines.forEach((line, place) => {
    const parts = single ? ["", line] : cells(line, sign).map((one) => one.trim().replace(/^"|"$/g, ""));
    const value = writtenNumber(parts[1] ?? "", commaIsPoint);
    const period = single ? String(made.points.length + 1) : parts[0];
    if (value === undefined || !period) {
      if (place) unread.push(line);
      return;
    }
    made.points.push([period, value]);
    made.decimals = Math.max(made.decimals, Math.min(4, (/\.(\d+)/.exec((parts[1] ?? "").replace(commaIsPoint ? "," : /$^/, ".")) ?? ["", ""])[1].length));
    if (/^break\b/i.test(parts[2] ?? "")) made.breaks.push([period, parts[2].replace(/^break\s*:?\s*/i, "") || "the count was changed"]);
  });
  const names = made.points.map((one) => one[0]);
  const twice = names.filter((one, place) => names.indexOf(one) < place);
  const gaps = made.points.filter((one) => one[1] === null).map((one) => one[0]);
  const figures = made.points.length - gaps.length;
  if (twice.length) {
    made.said.push(`The period ${shorten([...new Set(twice)])} comes twice. Give every figure a period of its own, and paste again.`);
    made.points = [];
    return made;
  }
  if (!figures) {
    made.said.push("No figures were found. Paste one period and one figure a line, such as 2024-01, 61.5.");
    made.points = [];
    return made;
  }
  made.said.push(`Read ${plural(figures, "figure", "figures")}, ${names[0]} to ${names[names.length - 1]}.`);
  if (single) made.said.push("They came without periods, so they are numbered, in the order given.");
  if (gaps.length) made.said.push(`${plural(gaps.length, "period has", "periods have")} no figure and ${gaps.length === 1 ? "stays a gap" : "stay gaps"}: ${shorten(gaps)}.`);
  if (made.breaks.length) made.said.push(`The series breaks at ${shorten(made.breaks.map((one) => one[0]))}.`);
  if (unread.length) made.said.push(`${plural(unread.length, "line was", "lines were")} not read: “${shorten(unread)}”.`);
  const sorted = [...names].sort();
  if (names.every((one) => /^\d{4}(-\d\d){0,2}$/.test(one)) && names.join() !== sorted.join()) {
    const order = new Map(sorted.map((one, place) => [one, place]));
    made.points.sort((a, b) => order.get(a[0]) - order.get(b[0]));
    made.said.push("They were not in order of time and have been sorted.");
  }
  if (figures < 5) made.said.push("That is too few for limits: it takes five in a row.");
  else if (figures < 12) made.said.push("That is enough for trial limits only: they settle from twelve.");
  return made;
}
