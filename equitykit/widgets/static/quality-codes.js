// Code lists for ethnic group, as equitykit/widgets/quality_codes.py has them, and words that stand for a missing answer.

const NHS = {
  A: "White British", B: "White Irish", C: "Other White", D: "White and Black Caribbean", E: "White and Black African",
  F: "White and Asian", G: "Other Mixed", H: "Indian", J: "Pakistani", K: "Bangladeshi", L: "Other Asian", M: "Black Caribbean",
  N: "Black African", P: "Other Black", R: "Chinese", S: "Any other ethnic group",
};
const CENSUS_5 = ["White", "Mixed", "Asian", "Black", "Other"];
const CENSUS_19 = ["White British", "White Irish", "Gypsy or Irish Traveller", "Roma", "Other White", "White and Black Caribbean",
  "White and Black African", "White and Asian", "Other Mixed", "Indian", "Pakistani", "Bangladeshi", "Chinese", "Other Asian",
  "Black Caribbean", "Black African", "Other Black", "Arab", "Any other ethnic group"];
const named = (names) => Object.fromEntries(names.map((name) => [name, name]));

export const CODE_LISTS = {
  nhs16: { label: "NHS letters, A to S", codes: NHS, other: ["C", "G", "L", "P", "S"],
    source: "NHS Data Dictionary, Ethnic category", url: "https://www.datadictionary.nhs.uk/data_elements/ethnic_category.html" },
  census19: { label: "Census 2021, nineteen boxes", codes: named(CENSUS_19), other: CENSUS_19.filter((name) => /^(Other|Any other)/.test(name)),
    source: "ONS, Ethnic group, England and Wales: Census 2021",
    url: "https://www.ons.gov.uk/peoplepopulationandcommunity/culturalidentity/ethnicity/bulletins/ethnicgroupenglandandwales/census2021" },
  census5: { label: "Census 2021, five groups", codes: named(CENSUS_5), other: ["Other"],
    source: "ONS, Ethnic group, England and Wales: Census 2021",
    url: "https://www.ons.gov.uk/peoplepopulationandcommunity/culturalidentity/ethnicity/bulletins/ethnicgroupenglandandwales/census2021" },
  none: { label: "No list: every answer counts", codes: {}, other: [], source: "", url: "" },
};

const FILLERS = new Set(["null", "na", "n/a", "none", "nan", "nil", "#n/a", "-", "--", ".", "?"]);
const NOT_STATED = new Set(["not stated", "prefer not to say", "prefer not say", "refused", "declined", "declined to say", "rather not say"]);
const NOT_KNOWN = new Set(["not known", "unknown", "not recorded", "not asked", "unspecified", "unk"]);
const DEFAULTS = new Set(["1900-01-01", "01/01/1900", "1901-01-01", "01/01/1901", "9999-12-31", "31/12/9999", "-1", "999", "9999", "99999", "9999999999"]);

/** No word for a missing answer is longer, so that a column of long texts is told quickly. */
const LONGEST = Math.max(...[FILLERS, NOT_STATED, NOT_KNOWN, DEFAULTS].flatMap((set) => [...set]).map((word) => word.length));

export const KINDS = ["listed", "unlisted", "not stated", "not known", "default code", "empty"];
export const KIND_NAMES = { listed: "In the list", unlisted: "Written otherwise", "not stated": "Not stated", "not known": "Not known",
  "default code": "Default code", empty: "Empty" };

/** What a cell is: an answer in the list or written otherwise, or one of the ways to have none. */
export function kindOf(value, list) {
  const bare = value.trim();
  if (bare.length > LONGEST) return list === "none" ? "listed" : isListed(value, list);
  const low = bare.toLowerCase();
  if (!bare || FILLERS.has(low)) return "empty";
  if (NOT_STATED.has(low) || (list === "nhs16" && bare.toUpperCase() === "Z")) return "not stated";
  if (NOT_KNOWN.has(low) || (list === "nhs16" && ["99", "X", "x"].includes(bare))) return "not known";
  if (DEFAULTS.has(bare)) return "default code";
  if (list === "none") return "listed";
  return isListed(value, list);
}

const isListed = (value, list) => (Object.hasOwn(CODE_LISTS[list].codes, value) ? "listed" : "unlisted");

/** How an empty cell is empty. */
export function emptinessOf(value) {
  if (value === "") return "empty";
  return value.trim() === "" ? "only spaces" : FILLERS.has(value.trim().toLowerCase()) ? "a word for nothing" : "";
}
