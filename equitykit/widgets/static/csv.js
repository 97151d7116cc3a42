// Reading a table of separated values: bytes to text, text to records, records to columns. In the browser only.

export const LIMIT = 50 * 1024 * 1024;
const MOST_COLUMNS = 500;
const SLICE = 1 << 20; // bytes read at a time
const BITE = 1 << 16; // characters parsed between two looks at the clock
const SPELL = 12; // milliseconds of work before the page may breathe
const DELIMITERS = [",", ";", "\t", "|"];
const NAMES = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };

/** What cannot be read, told to the reader. */
export class Unreadable extends Error {}

/**
 * A parser that takes text in pieces. It follows RFC 4180 and forgives: text after a closing quotation mark is kept, and
 * a line may end in any way.
 * @param {string} delimiter
 * @param {(record: string[]) => void} onRecord
 */
export function parser(delimiter, onRecord) {
  const apart = delimiter.charCodeAt(0);
  const seen = { records: 0, blank: 0, stray: 0, unclosed: 0 };
  let record = [];
  let field = "";
  let quoted = false; // this field began with a quotation mark
  let inside = false; // between its quotation marks
  let closing = false; // the last character was a quotation mark inside them
  let returned = false; // the last character was a carriage return
  let odd = false; // something followed the closing mark
  let opened = 0;

  function endField() {
    record.push(field);
    if (odd) seen.stray += 1;
    field = "";
    odd = false;
  }

  function endRecord() {
    const empty = record.length === 1 && record[0] === "" && !quoted;
    quoted = false;
    if (empty) seen.blank += 1;
    else {
      seen.records += 1;
      onRecord(record);
    }
    record = [];
  }

  return {
    seen,
    push(text) {
      let start = 0;
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (inside) {
          if (code === 34) {
            field += text.slice(start, at);
            start = at + 1;
            inside = false;
            closing = true;
          }
          continue;
        }
        if (closing) {
          closing = false;
          if (code === 34) {
            inside = true;
            start = at;
            continue;
          }
        }
        if (returned) {
          returned = false;
          if (code === 10) {
            start = at + 1;
            continue;
          }
        }
        if (code === apart) {
          field += text.slice(start, at);
          start = at + 1;
          endField();
          quoted = false;
        } else if (code === 10 || code === 13) {
          field += text.slice(start, at);
          start = at + 1;
          endField();
          endRecord();
          returned = code === 13;
        } else if (code === 34 && !quoted && field === "" && start === at) {
          quoted = true;
          inside = true;
          opened = seen.records + 1;
          start = at + 1;
        } else if (quoted) odd = true;
      }
      field += text.slice(start);
    },
    end() {
      if (inside) seen.unclosed = opened;
      if (field !== "" || quoted || record.length) {
        endField();
        endRecord();
      }
    },
  };
}

/** The delimiter that a first piece of text speaks for; a first line such as `sep=;` says it outright. */
export function sniff(text) {
  const told = /^sep=(.)\r?\n?/i.exec(text);
  if (told) return { delimiter: told[1], skip: told[0].length };
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = [];
    const reading = parser(delimiter, (record) => counts.push(record.length));
    reading.push(text);
    if (!counts.length) reading.end();
    const [first] = counts;
    if (!first || first === 1) continue;
    const same = counts.filter((count) => count === first).length / counts.length;
    const score = same ** 3 * Math.log2(first);
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, skip: 0 };
}

/** Which encoding the first bytes speak for, or why the file is no text. */
export function encodingOf(bytes) {
  const starts = (...wanted) => wanted.every((byte, at) => bytes[at] === byte);
  if (starts(0xef, 0xbb, 0xbf)) return { encoding: "utf-8", told: "UTF-8, marked as such" };
  if (starts(0xff, 0xfe)) return { encoding: "utf-16le", told: "UTF-16" };
  if (starts(0xfe, 0xff)) return { encoding: "utf-16be", told: "UTF-16, high byte first" };
  if (starts(0x50, 0x4b, 0x03, 0x04)) {
    throw new Unreadable("This is a workbook or a zipped file, not a CSV. Open it in the spreadsheet program and save the sheet as CSV.");
  }
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) throw new Unreadable("This is an old Excel workbook, not a CSV. Open it in the spreadsheet program and save the sheet as CSV.");
  if (starts(0x25, 0x50, 0x44, 0x46)) throw new Unreadable("This is a PDF, not a CSV. Ask for the table itself.");
  const none = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === 0) none[at % 2] += 1;
  const half = bytes.length / 2;
  if (none[1] > half * 0.4 && none[0] < half * 0.05) return { encoding: "utf-16le", told: "UTF-16, without a mark" };
  if (none[0] > half * 0.4 && none[1] < half * 0.05) return { encoding: "utf-16be", told: "UTF-16, high byte first, without a mark" };
  if (none[0] + none[1]) throw new Unreadable("This file holds bytes that no text holds. Save the table as CSV and try again.");
  return { encoding: "utf-8", told: "UTF-8" };
}

const LATIN = { encoding: "windows-1252", told: "Latin-1 (Windows-1252), because it is not valid UTF-8. Check letters with accents." };

// What a spreadsheet takes for a formula, and what only looks so: a number with a sign.
const SIGNS = new Set([..." \t\n\r=@+-"].map((sign) => sign.charCodeAt(0)));
const FORMULA = /^\s*[=@+-]\s*\S/;
const PLAIN = /^\s*[+-]?\s*[\d.,]+%?\s*$/;

/** A column kept as its distinct values and, for each row, which of them. */
class Column {
  constructor(name) {
    this.name = name;
    this.values = [];
    this.counts = [];
    this.places = new Map();
    this.ids = new Int32Array(1024);
    this.length = 0;
    this.formulas = [];
  }

  add(value) {
    let id = this.places.get(value);
    if (id === undefined) {
      id = this.values.length;
      this.places.set(value, id);
      this.values.push(value);
      this.counts.push(0);
      if (SIGNS.has(value.charCodeAt(0)) && FORMULA.test(value) && !PLAIN.test(value)) this.formulas.push(id);
    }
    this.counts[id] += 1;
    if (this.length === this.ids.length) {
      const more = new Int32Array(this.length * 2);
      more.set(this.ids);
      this.ids = more;
    }
    this.ids[this.length] = id;
    this.length += 1;
  }
}

/** Records into columns: the first is the header; the others may be too short or too long, and it is said. */
export function collector() {
  const notes = { short: 0, long: 0, repeated: 0, unnamed: 0, formulas: 0 };
  let columns = null;

  function header(record) {
    if (record.length > MOST_COLUMNS) throw new Unreadable(`The file has ${record.length} columns. This page reads up to ${MOST_COLUMNS}.`);
    const taken = new Set();
    columns = record.map((given, at) => {
      let name = given.trim();
      if (!name) {
        notes.unnamed += 1;
        name = `column ${at + 1}`;
      }
      if (taken.has(name)) {
        notes.repeated += 1;
        let number = 2;
        while (taken.has(`${name} (${number})`)) number += 1;
        name = `${name} (${number})`;
      }
      taken.add(name);
      return new Column(name);
    });
  }

  return {
    take(record) {
      if (!columns) {
        header(record);
        return;
      }
      if (record.length < columns.length) notes.short += 1;
      else if (record.length > columns.length) notes.long += 1;
      for (let at = 0; at < columns.length; at += 1) columns[at].add(record[at] ?? "");
    },
    finish() {
      for (const column of columns ?? []) for (const id of column.formulas) notes.formulas += column.counts[id];
      return { columns: columns ?? [], rows: columns?.[0]?.length ?? 0, notes };
    },
  };
}

/** A table from a text that is at hand. */
export function readText(text, delimiter) {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  const found = delimiter ? { delimiter, skip: 0 } : sniff(body.slice(0, BITE));
  const collected = collector();
  const reading = parser(found.delimiter, collected.take);
  reading.push(body.slice(found.skip));
  reading.end();
  return { ...collected.finish(), delimiter: found.delimiter, seen: reading.seen, encoding: "UTF-8" };
}

const breathe = () => new Promise((resolve) => { setTimeout(resolve, 0); });

/**
 * A table from a file, in pieces, so that the page stays responsive. No request is made.
 * @param {File} file
 * @param {{onProgress?: (share: number) => void, stopped?: () => boolean}} [options]
 */
export async function readFile(file, { onProgress = () => {}, stopped = () => false } = {}) {
  if (file.size > LIMIT) {
    throw new Unreadable(`${file.name} has ${Math.ceil(file.size / 1024 / 1024)} MB. This page reads up to 50 MB. Take fewer columns, or one year.`);
  }
  if (!file.size) throw new Unreadable(`${file.name} is empty.`);
  const first = encodingOf(new Uint8Array(await file.slice(0, BITE).arrayBuffer()));
  let made;
  try {
    made = await pass(file, first, onProgress, stopped);
  } catch (error) {
    if (!(error instanceof TypeError) || first.encoding !== "utf-8") throw error;
    made = await pass(file, LATIN, onProgress, stopped);
  }
  if (made.stopped) return made;
  if (!made.columns.length) throw new Unreadable(`${file.name} holds no table: there is nothing in it but empty lines.`);
  if (!made.rows) throw new Unreadable(`${file.name} has a header and no rows.`);
  return made;
}

async function pass(file, { encoding, told }, onProgress, stopped) {
  const decoder = new TextDecoder(encoding, { fatal: encoding === "utf-8" });
  const collected = collector();
  let reading = null;
  let delimiter = ",";
  let rested = performance.now();
  for (let at = 0; at < file.size; at += SLICE) {
    const last = at + SLICE >= file.size;
    let text = decoder.decode(await file.slice(at, at + SLICE).arrayBuffer(), { stream: !last });
    if (!reading) {
      const found = sniff(text.slice(0, BITE));
      ({ delimiter } = found);
      text = text.slice(found.skip);
      reading = parser(delimiter, collected.take);
    }
    for (let from = 0; from < text.length; from += BITE) {
      reading.push(text.slice(from, from + BITE));
      if (performance.now() - rested < SPELL) continue;
      onProgress(Math.min(1, (at + (SLICE * from) / text.length) / file.size));
      await breathe();
      if (stopped()) return { columns: [], rows: 0, stopped: true };
      rested = performance.now();
    }
  }
  reading.end();
  return { ...collected.finish(), delimiter, seen: reading.seen, encoding: told };
}

/** What the reading has to say for itself, in sentences. */
export function readingNotes(made) {
  const { notes, seen } = made;
  const many = (count, noun) => `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
  return [
    `Read as ${made.encoding}${made.encoding.endsWith(".") ? "" : ","} separated by ${NAMES[made.delimiter] ? `${NAMES[made.delimiter]}s` : `"${made.delimiter}"`}.`
      .replace(". separated", ". Separated"),
    notes.short ? `${many(notes.short, "row")} had too few cells: the rest was taken as empty.` : "",
    notes.long ? `${many(notes.long, "row")} had too many cells: those without a column were left out.` : "",
    notes.repeated ? `${many(notes.repeated, "column name")} stood more than once and got a number.` : "",
    notes.unnamed ? `${many(notes.unnamed, "column")} had no name and got one.` : "",
    seen.blank ? `${many(seen.blank, "empty line")} passed over.` : "",
    seen.stray ? `${many(seen.stray, "cell")} had text after a closing quotation mark: it was kept.` : "",
    seen.unclosed ? `A quotation mark opened in line ${seen.unclosed.toLocaleString("en-GB")} of the table is never closed: all after it was read as one cell.` : "",
    notes.formulas ? `${many(notes.formulas, "cell")} look${notes.formulas === 1 ? "s" : ""} like a formula. Here it is text and runs nothing; a spreadsheet may run it.` : "",
  ].filter(Boolean);
}
