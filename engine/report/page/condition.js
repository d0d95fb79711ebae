// Conditions on single runs, in the words of `entente show --given`, and on what was drawn for a run:
//   EVENT by DATE | not EVENT by DATE | share_CLASS at DATE | not share_CLASS at DATE
//   mean VARIABLE at DATE < NUMBER (or <=, >, >=) | PARAMETER < NUMBER | STRUCTURE = CHOICE (or several: a|b)

const comparisons = {"<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b};

/** {text, meets: for each run 1 or 0}. Throws an Error that says what is wrong, what is allowed and what was meant. */
function conditionOn(held, data, text) {
  const words = text.trim().replace(/\s+/g, " "), of = test => ({text: words, meets: Uint8Array.from({length: held.count}, (_, i) => (test(i) ? 1 : 0))});
  let m = /^(not )?(\w+) by (\w+)$/.exec(words);
  if (m) {
    requireName(m[2], held.events.map(e => e.name), "event");
    const last = quarterNumber(m[3]), seen = held.firstEvent(m[2]);
    if (!(last >= 0 && last <= held.horizon)) throw new Error(`${m[3]}: a quarter up to ${quarterName(held.horizon)}, as 2035Q1`);
    return of(i => (seen[i] >= 0 && seen[i] <= last) !== Boolean(m[1]));
  }
  m = /^(not )?share_(\w+) at (\w+)$/.exec(words);
  if (m) {
    const kinds = [...data.classes.map(k => ({...k, of: c => c & 7})), ...data.orientations.map(k => ({...k, of: c => c >> 3}))];
    requireName(m[2], kinds.map(k => k.name), "class or orientation");
    const date = requireDate(m[3], held.quarters), codes = held.codes(date), kind = kinds.find(k => k.name === m[2]);
    return of(i => (kind.of(codes[i]) === kind.code) !== Boolean(m[1]));
  }
  m = /^mean (\w+) at (\w+) (<=|>=|<|>) (\S+)$/.exec(words);
  if (m) {
    requireName(m[1], held.variables.map(v => v.name), "variable");
    const values = held.variable(m[1], requireDate(m[2], held.dates)), bound = requireNumber(m[4]);
    return of(i => comparisons[m[3]](values[i], bound));
  }
  m = /^(\w+) (<=|>=|<|>) (\S+)$/.exec(words);
  if (m) {
    requireName(m[1], held.parameters.map(p => p.name), "parameter that differs between runs");
    const values = held.parameter(m[1]), bound = held.partOf(m[1], requireNumber(m[3]));
    return of(i => comparisons[m[2]](values[i], bound));
  }
  m = /^(\w+) = ([\w|]+)$/.exec(words);
  if (m) {
    requireName(m[1], held.structures.map(s => s.name), "structure that differs between runs");
    const choices = held.structures.find(s => s.name === m[1]).choices, wanted = m[2].split("|"), values = held.structure(m[1]);
    for (const choice of wanted) requireName(choice, choices, `alternative of ${m[1]}`);
    const codes = wanted.map(choice => choices.indexOf(choice));
    return of(i => codes.includes(values[i]));
  }
  throw new Error(`${words}: no condition. As: taiwan_war by 2035Q1; not share_rupture at 2045Q1; mean trust at 2045Q1 < 0.4; PARAMETER > NUMBER; STRUCTURE = CHOICE`);
}

function requireName(name, names, what) {
  if (names.includes(name)) return;
  const near = names.filter(n => slips(n, name) <= 2 || n.startsWith(name.slice(0, 5))).sort((a, b) => slips(a, name) - slips(b, name)).slice(0, 3);
  throw new Error(`${name}: no ${what}${near.length ? `; did you mean ${near.join(" or ")}?` : `; ${names.length ? `there are ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}` : "there is none"}`}`);
}
/** How many letters have to be put in, taken out or changed (Levenshtein 1966). */
function slips(a, b) {
  let row = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const next = [i];
    for (let j = 1; j <= b.length; ++j) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
function requireDate(name, dates) {
  const date = /^\d{4}$/.test(name) ? `${name}Q1` : name.toUpperCase();
  if (!dates.includes(date)) throw new Error(`${name}: the page holds ${dates.slice(0, 3).join(", ")}${dates.length > 4 ? ", … " : ", "}${dates.slice(3).slice(-1)[0] ?? ""}`);
  return date;
}
function requireNumber(text) {
  const number = Number(text);
  if (text === "" || !Number.isFinite(number)) throw new Error(`${text}: no number`);
  return number;
}

/** The runs that meet all: their places. */
function runsThatMeet(held, conditions) {
  const all = [];
  for (let i = 0; i < held.count; ++i) if (conditions.every(c => c.meets[i])) all.push(i);
  return all;
}

/** Shares of these runs by class or orientation (`of`: from a code) at each quarter that the page holds: [kind][quarter] counts. */
function countsAmong(held, places, kinds, of) {
  const counts = kinds.map(() => held.quarters.map(() => 0)), row = new Map(kinds.map((k, i) => [k.code, i]));
  held.quarters.forEach((quarter, q) => {
    const codes = held.codes(quarter);
    for (const i of places) if (row.has(of(codes[i]))) ++counts[row.get(of(codes[i]))][q];
  });
  return counts;
}
