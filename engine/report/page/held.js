// The single runs that the page holds, and shares of them with their intervals.

/** Little-endian numbers of base64, whatever the machine. */
function unpacked(text, Kind) {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0)), size = Kind.BYTES_PER_ELEMENT;
  if (size > 1 && new Uint8Array(new Uint16Array([1]).buffer)[0] !== 1)
    for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return new Kind(bytes.buffer);
}

/** Columns by name: {count, whole, runs, classAt(quarter), …}; each column holds a number for each run. */
function heldRuns(held, run) {
  const n = held.count, code = unpacked(held.code, Uint8Array), first = unpacked(held.first_event, Int16Array), parameter = unpacked(held.parameter, Uint16Array);
  const structure = unpacked(held.structure, Uint8Array), value = unpacked(held.value, Float32Array);
  const column = (table, k) => table.subarray(k * n, (k + 1) * n);
  const numbered = (rows, name) => rows.findIndex(row => row.name === name);
  return {
    count: n,
    whole: held.whole,
    runs: unpacked(held.runs, Uint32Array),
    quarters: held.quarters,
    dates: held.dates,
    parameters: held.parameters,
    structures: held.structures,
    variables: held.variables,
    events: run.events,
    horizon: run.horizon,
    codes: quarter => column(code, held.quarters.indexOf(quarter)),
    firstEvent: name => column(first, numbered(run.events, name)),
    /** As parts of 65,535 of its range in these runs; and a number so. */
    parameter: name => column(parameter, numbered(held.parameters, name)),
    partOf: (name, value) => {
      const {low, high} = held.parameters.find(p => p.name === name);
      return Math.round(65535 * (value - low) / (high - low));
    },
    structure: name => column(structure, numbered(held.structures, name)),
    variable: (name, date) => column(value, held.dates.indexOf(date) * held.variables.length + numbered(held.variables, name)),
  };
}

/** 95 % interval of a share of so many (Wilson 1927). */
function wilson(count, n) {
  if (!n) return {share: NaN, low: NaN, high: NaN};
  const z = 1.959963984540054, p = count / n, middle = (p + z * z / (2 * n)) / (1 + z * z / n), half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  return {share: p, low: count === 0 ? 0 : middle - half, high: count === n ? 1 : middle + half};
}

/** "2031Q2" of a number of quarters, and back. */
function quarterName(quarter) {
  return `${first_year + Math.floor(quarter / 4)}Q${quarter % 4 + 1}`;
}
function quarterNumber(name) {
  const parts = /^(\d{4})(?:Q([1-4]))?$/i.exec(name);
  return parts ? (Number(parts[1]) - first_year) * 4 + Number(parts[2] ?? 1) - 1 : NaN;
}
/** For an axis: where the quarter ends. */
function quarterYear(quarter) {
  return first_year + (quarter + 1) / 4;
}
