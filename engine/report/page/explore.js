// The page on which a reader turns dials: controls, a worker that simulates, charts of what comes out beside the scenario as it stands, and the text that repeats it.

const about = JSON.parse(document.getElementById("explore").textContent);
const bytesIn = id => Uint8Array.from(atob(document.getElementById(id).textContent), letter => letter.charCodeAt(0));
const colors = ["var(--class-0)", "var(--class-1)", "var(--class-2)", "var(--class-3)", "var(--class-4)"];
const yearOf = quarter => about.first_year + quarter / 4;
const nameOf = quarter => `${about.first_year + Math.floor(quarter / 4)}Q${quarter % 4 + 1}`;

const state = {scenario: 0, dials: [], lever: null, structures: [], seed: null, runs: 1000, last: null, indicator: "alignment_index", event: about.shown_event};
const scenario = () => about.scenarios[state.scenario];
function rest() {
  state.dials = [...scenario().dials];
  state.lever = null;
  state.structures = about.structures.map(() => null);
}
rest();

/** What the module is asked; as the scenario stands, if `untouched`. */
function asked(untouched) {
  const chosen = state.structures.map((alternative, number) => [number, alternative]).filter(([, alternative]) => alternative !== null);
  return {
    dials: untouched ? scenario().dials : state.dials,
    levers: untouched || state.lever === null ? [] : [[about.levers[0].number, state.lever]],
    structures: untouched ? [] : chosen,
    seed: state.seed, runs: state.runs, watched: about.watched,
  };
}
const isTouched = () => JSON.stringify(asked(false)) !== JSON.stringify(asked(true));
const textOf = () => withSettings(scenario().text + about.posteriors[scenario().posterior], settingsOf(asked(false), scenario(), about));

// What is simulated: one request at a time, and of those that wait the last alone. As the scenario stands, once for each seed and number of futures.
const known = new Map();
let busy = false, shown = null, before = null;
const keyOf = (untouched) => JSON.stringify([state.scenario, asked(untouched)]);
function next() {
  const page = document.documentElement.dataset;
  if (busy) return;
  const wanted = [asked(true), asked(false)].find(one => !known.has(JSON.stringify([state.scenario, one])));
  if (wanted === undefined) {
    before = known.get(keyOf(true)), shown = known.get(keyOf(false));
    show();
    page.state = "ready";
    return;
  }
  busy = true, page.state = "busy";
  worker.postMessage({id: JSON.stringify([state.scenario, wanted]), scenario: state.scenario, asked: wanted});
}
function moved() {
  showControls();
  document.documentElement.dataset.state = "busy";
  next();
}

const worker = new Worker(URL.createObjectURL(new Blob([document.getElementById("worker").textContent], {type: "text/javascript"})));
function trouble(text) {
  document.documentElement.dataset.state = "failed";
  problem.textContent = `This browser cannot run the model: ${text}. It takes a browser with WebAssembly and its vectors of 128 bits: Firefox 102, Chrome 97, Safari 16.4 or later.`;
}
worker.onerror = event => trouble(event.message || "its worker did not start");
worker.onmessage = ({data}) => {
  if (data.failed) return trouble(data.failed);
  busy = false;
  if (data.id) {
    if (known.size > 300) known.clear();
    known.set(data.id, {...data.found, ms: data.ms});
  }
  next();
};

// Controls.
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
const problem = make("p", {class: "problem", role: "alert"});
const words = make("p", {class: "note words"});
let sliders = 0;
/** {element, show(value, text)}: a dial from `low` to `high`. */
function dial(name, title, low, high, turned) {
  const id = `dial-${++sliders}`, output = make("output", {for: id}), note = make("span", {class: "note"});
  const input = make("input", {type: "range", id, name, min: low, max: high, step: 0.05, oninput: () => turned(Number(input.value)), onfocus: () => (state.last = name, showControls())});
  return {
    element: make("div", {class: "dial"}, make("label", {for: id}, title, " ", output), input, note),
    show(value, text, under, still) {
      input.value = value;
      input.disabled = still;
      output.textContent = text;
      note.textContent = still ? under : "";
      input.setAttribute("aria-valuetext", `${text}: ${under}`);
      if (state.last === name) words.textContent = `${title} at ${text}: ${under}.`;
    },
  };
}
const dials = about.drivers.map((driver, i) => dial(driver.name, capital(driver.label), 0, 1, value => (state.dials[i] = value, state.last = driver.name, moved())));
const carrot = dial(about.levers[0].name, about.levers[0].label, about.levers[0].low, about.levers[0].high, value => (state.lever = value, state.last = about.levers[0].name, moved()));
const structures = about.structures.map((structure, i) => choice(capital(structure.meaning), [], "", value => (state.structures[i] = value === "" ? null : Number(value), moved())));
const which = choice("Scenario", about.scenarios.map((one, i) => ({value: i, text: one.title})), 0, value => {
  state.scenario = Number(value);
  rest();
  showScenario();
  moved();
});
const runs = choice("Futures", [250, 1000, 4000].map(n => ({value: n, text: counted(n)})), 1000, value => (state.runs = Number(value), moved()));
const seedInput = make("input", {type: "text", id: "seed", inputmode: "numeric", size: 15, autocomplete: "off", onchange: () => {
  const text = seedInput.value.trim(), sound = /^\d{1,15}$/.test(text);
  seedInput.setAttribute("aria-invalid", String(!sound));
  problem.textContent = sound ? "" : "Seed: a whole number of up to 15 digits.";
  if (!sound) return;
  state.seed = text === scenario().seed ? null : Number(text);
  moved();
}});
const back = make("button", {type: "button", onclick: () => (rest(), moved())}, "Back to the scenario");

/** Where a dial stands, in words. */
function leaning(value, low, high) {
  if (value === 0.5) return "as the model has it";
  return `${value === 0 || value === 1 ? "" : "on the way to where "}${value < 0.5 ? low : high}`;
}
function showControls() {
  words.textContent = "A dial at 0 is low, at 1 high; at 0.50 it stands where the model has it.";
  about.drivers.forEach((driver, i) => {
    const held = scenario().held[i];
    dials[i].show(state.dials[i], fixed(state.dials[i]), held ? `the scenario itself sets ${held}` : leaning(state.dials[i], driver.low_meaning, driver.high_meaning), Boolean(held));
  });
  const own = scenario().lever, value = state.lever ?? own.value ?? about.levers[0].standard;
  carrot.show(value, state.lever === null && own.value === null ? "its own course" : fixed(value), state.lever === null ? own.text : `an offer of ${fixed(value)} from ${nameOf(scenario().start)} on, not delivered during full war`, scenario().start > scenario().horizon);
  structures.forEach((one, i) => (one.select.value = state.structures[i] ?? ""));
  seedInput.value = state.seed ?? scenario().seed;
  back.disabled = !isTouched();
}
function showScenario() {
  const one = scenario();
  document.title = `Explore: ${one.title}`;
  heading.textContent = one.title;
  assumes.textContent = one.assumes ? `It assumes: ${one.assumes}.` : "";
  about.structures.forEach((structure, i) =>
    structures[i].set([{value: "", text: `as the scenario has it: ${inWords(one.structures[i])}`}, ...structure.choices.map((text, k) => ({value: k, text: inWords(text)}))], state.structures[i] ?? ""));
}

// Charts.
const place = {};
function put(name, kind, spec) {
  if (place[name].chart) place[name].chart.update(spec);
  else place[name].element.replaceChildren((place[name].chart = kind(spec)).element);
}
for (const name of ["classes", "changes", "fan", "event"]) place[name] = {element: make("div"), chart: null};
const tables = {classes: tableUnder({caption: "", columns: [], rows: []}), fan: tableUnder({caption: "", columns: [], rows: []}), events: tableUnder({caption: "", columns: [], rows: []}, {summary: "All events as a table"})};
const indicators = choice("Indicator", about.indicators.map(one => ({value: one.name, text: one.label})), state.indicator, value => (state.indicator = value, show()));
const events = choice("Event", about.events.map(one => ({value: one.name, text: inWords(one.name)})), state.event, value => (state.event = value, show()));
const meaning = make("p", {class: "note"});

const shareIn = (found, kind, quarter) => found.classes[quarter * about.classes.length + kind] / (found.runs - found.failed);
function courseOf(found, indicator, level) {
  const slot = about.watched.indexOf(indicator.number), from = (slot * found.levels + level) * found.quarters;
  return [...found.quantiles.subarray(from, from + found.quarters)];
}
/** Share of futures that have seen an event by each quarter from `first` on. */
function seenBy(found, number, first) {
  const all = [];
  let seen = 0;
  for (let q = first; q < found.quarters; ++q) all.push((seen += found.events[number * found.quarters + q]) / (found.runs - found.failed));
  return all;
}

function show() {
  const one = scenario(), touched = isTouched(), first = Math.min(one.start, one.horizon), all = Array.from({length: shown.quarters}, (_, q) => q), future = all.slice(first);
  const x = future.map(yearOf), names = future.map(nameOf), date = Math.min(one.horizon, about.report_quarter);
  facts.replaceChildren(...[
    ["Fingerprint", make("code", {id: "fingerprint"}, shown.fingerprint)], ["Futures", counted(shown.runs)], ["Seed", String(state.seed ?? one.seed)],
    ["Time", make("span", {id: "milliseconds"}, `${Math.round(shown.ms)} ms`)], ...(shown.failed ? [["Failed", counted(shown.failed)]] : []),
  ].map(([name, value]) => make("span", {class: "fact"}, make("span", {class: "name"}, `${name} `), value)));
  if (shown.failed === shown.runs) return void (answer.textContent = "Every future failed: a variable left its range. Other settings may help.");

  const likeliest = about.class_order.reduce((best, kind) => (shareIn(shown, kind, date) > shareIn(shown, best, date) ? kind : best));
  answer.textContent = `Most likely in ${nameOf(date)}: ${inWords(about.classes[likeliest])}, in ${percent(shareIn(shown, likeliest, date))} of ${counted(shown.runs)} futures`
    + (touched ? `, against ${percent(shareIn(before, likeliest, date))} as the scenario has it.` : ".");
  put("classes", stackedChart, {label: "Shares of the classes over time", x, names,
    series: about.class_order.map(kind => ({name: inWords(about.classes[kind]), color: colors[kind], values: future.map(q => shareIn(shown, kind, q))}))});
  tables.classes.update({caption: `Shares of ${counted(shown.runs)} futures by class, in %`, columns: [{name: "quarter"}, ...about.class_order.map(kind => ({name: inWords(about.classes[kind])}))],
    rows: future.filter(q => q % 4 === 0 || q === one.horizon).map(q => [nameOf(q), ...about.class_order.map(kind => percent(shareIn(shown, kind, q)))])});
  const marksOf = kind => [
    {name: "now", value: shareIn(shown, kind, date), ...interval(shown, kind, date), color: "var(--accent)", shape: "circle"},
    ...(touched ? [{name: "as the scenario has it", value: shareIn(before, kind, date), ...interval(before, kind, date), color: "var(--other)", shape: "diamond"}] : []),
  ];
  put("changes", barChart, {label: `Shares of the classes in ${nameOf(date)}`, axis: `share of futures in ${nameOf(date)}, %, with 95 % intervals`, low: 0, high: 1,
    rows: about.class_order.map(kind => ({name: inWords(about.classes[kind]), marks: marksOf(kind)}))});

  const indicator = about.indicators.find(i => i.name === state.indicator);
  const fanOf = (found, name, color, dash, banded) => {
    const [low, quarter, median, upper, high] = about.levels.map((_, level) => courseOf(found, indicator, level));
    return {name, color, dash, median, bands: banded ? [{name: "5 to 95 %", low, high}, {name: "25 to 75 %", low: quarter, high: upper}] : []};
  };
  const fans = [fanOf(shown, "now", "var(--accent)", null, true), ...(touched ? [fanOf(before, "as the scenario has it", "var(--other)", "6 4", false)] : [])];
  const ends = fans.flatMap(fan => [fan.median, ...fan.bands.flatMap(band => [band.low, band.high])]).flat();
  const low = Math.min(...ends), high = Math.max(...ends), room = Math.max((high - low) * 0.06, 0.01), digits = high - low > 20 ? 0 : high - low > 2 ? 1 : 2;
  put("fan", fanChart, {label: `${indicator.label} over time`, x: all.map(yearOf), names: all.map(nameOf), from: yearOf(one.start), fans,
    y: {label: indicator.unit === "index" ? indicator.label : `${indicator.label}, ${indicator.unit}`, low: Math.max(indicator.low, low - room), high: Math.min(indicator.high, high + room), digits}});
  tables.fan.update({caption: `${indicator.label}: quantiles over ${counted(shown.runs)} futures`, columns: ["quarter", "5 %", "25 %", "median", "75 %", "95 %"].map(name => ({name})),
    rows: all.filter(q => q % 4 === 0 || q === one.horizon).map(q => [nameOf(q), ...about.levels.map((_, level) => fixed(courseOf(shown, indicator, level)[q], 3))])});

  const number = about.events.findIndex(event => event.name === state.event), event = about.events[number];
  meaning.textContent = event.meaning;
  const curves = [{name: "now", color: "var(--accent)", values: seenBy(shown, number, first)},
    ...(touched ? [{name: "as the scenario has it", color: "var(--other)", dash: "6 4", values: seenBy(before, number, first)}] : [])];
  put("event", curveChart, {label: `Futures that have seen ${inWords(event.name)}`, x, names, y: {label: `${inWords(event.name)}: seen by, % of futures`}, curves});
  const by = found => (_, number) => percent(seenBy(found, number, first).at(-1));
  const now = about.events.map(by(shown)), then = about.events.map(by(before));
  tables.events.update({caption: `Futures that see each event by ${nameOf(one.horizon)}`, columns: [{name: "event"}, {name: "now"}, {name: "as the scenario has it"}, {name: "meaning", text: true}],
    rows: about.events.map((e, k) => [inWords(e.name), now[k], then[k], e.meaning])});
  if (repeat.open) text.textContent = textOf();
}
/** Wilson's interval of 95 % of a share. */
function interval(found, kind, quarter) {
  const n = found.runs - found.failed, p = shareIn(found, kind, quarter), z = 1.959964, middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  const half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
  return {low: Math.max(0, middle - half), high: Math.min(1, middle + half)};
}

// The page itself.
const heading = make("h1"), assumes = make("p", {class: "note"}), answer = make("p", {class: "answer", role: "status"}), facts = make("p", {class: "facts"});
const text = make("pre", {tabindex: 0, "aria-label": "the scenario's text"});
function save() {
  const link = make("a", {href: URL.createObjectURL(new Blob([textOf()], {type: "application/toml"})), download: "settings.toml"});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
const repeat = make("details", {id: "text", ontoggle: () => { if (repeat.open) text.textContent = textOf(); }}, make("summary", {}, "The text of these settings"), text);
document.body.prepend(
  make("header", {}, heading, assumes,
    make("p", {}, "Every chart here is made of futures that this page simulates itself, with the model of the program entente. Move a dial, and it simulates them again.")),
  make("main", {},
    make("div", {class: "controls top", id: "controls"},
      make("div", {class: "dials"}, dials.map(one => one.element), carrot.element, words),
      make("div", {class: "choices"}, about.scenarios.length > 1 ? which.element : null, runs.element, make("div", {class: "field"}, make("label", {for: "seed"}, "Seed"), seedInput), back), facts, problem),
    make("details", {id: "structures"}, make("summary", {}, "Readings on which the articles disagree"),
      make("p", {class: "note"}, "A scenario may mix them: each future then draws one. A choice here gives all futures the same one."),
      make("div", {class: "pair"}, structures.map(one => one.element))),
    section("classes", "How close are Russia and China?", answer, place.classes.element, tables.classes.element, make("h3", {}, "What your settings change"), place.changes.element),
    section("indicators", "Indicators", indicators.element, place.fan.element, tables.fan.element),
    section("events", "Events", events.element, meaning, place.event.element, tables.events.element),
    section("repeat", "Do it again with the program",
      make("p", {}, "Save the text of these settings. The program makes the same futures of it, bit for bit, and prints the same fingerprint:"),
      make("pre", {id: "commands"}), make("div", {class: "choices"}, make("button", {type: "button", id: "save", onclick: save}, "Save the text")), repeat)),
  make("footer", {}, make("p", {}, about.made)));
document.getElementById("commands").textContent = about.commands.join("\n");
showScenario();
showControls();
document.documentElement.dataset.state = "busy";
busy = true;
if (typeof WebAssembly === "undefined") trouble("it has no WebAssembly");
else worker.postMessage({module: bytesIn("module"), scenarios: about.scenarios.map((_, i) => bytesIn(`scenario-${i}`)),
  kinds: {classes: about.classes.length, orientations: about.orientations.length, events: about.events.length}});
