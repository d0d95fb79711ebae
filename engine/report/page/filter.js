// Futures that meet conditions, one by one: how many, and what becomes of them.

function filterOfRuns(data, changed) {
  let held = null, run = null, conditions = [], places = [], last = null;
  const holds = make("p", {class: "note"}), problem = make("p", {class: "problem", role: "alert"}), chips = make("ul", {class: "chips", "aria-label": "Conditions, all of which must hold"});
  const found = make("p", {class: "answer", "aria-live": "polite", id: "found"}), body = make("div"), examples = make("p", {class: "note"});
  const input = make("input", {id: "condition", type: "text", size: 44, spellcheck: "false", autocomplete: "off", "aria-describedby": "condition-note"});
  const what = choice("Build one: of", [], "", () => offer()), way = choice("that", [], "", () => compose()), when = choice("date", [], "", () => compose());
  const bound = make("input", {id: "bound", type: "text", inputmode: "decimal", size: 8, oninput: () => compose()}),
    bounded = make("div", {class: "field"}, make("label", {for: "bound"}, "number"), bound);
  const form = make("form", {class: "controls filter", onsubmit: event => (event.preventDefault(), add(input.value))},
    make("div", {class: "field"}, make("label", {for: "condition"}, "Condition"), input),
    make("button", {type: "submit"}, "Add"), make("button", {type: "button", onclick: () => (conditions = [], refresh())}, "Remove all"));
  const builder = make("div", {class: "controls filter"}, what.element, way.element, when.element, bounded);
  const boxes = make("div", {class: "controls filter"});
  const all = stackedChart({label: "", x: [0, 1], names: ["", ""], series: []}), among = stackedChart({label: "", x: [0, 1], names: ["", ""], series: []});
  const allTitle = make("h3"), amongTitle = make("h3"), table = tableUnder({caption: "", columns: [], rows: []}, {open: true});
  body.append(make("div", {class: "pair"}, make("div", {}, amongTitle, among.element), make("div", {}, allTitle, all.element)), table.element, examples);
  const help = make("p", {class: "note", id: "condition-note"}, "As of entente show --given: taiwan_war by 2035Q1; not share_rupture at 2045Q1; mean trust at 2045Q1 < 0.4. Besides: PARAMETER > NUMBER, STRUCTURE = CHOICE. Several make a box: all must hold.");
  const element = section("filter", "Futures that meet a condition", holds, form, help, builder, boxes, problem, chips, found, body);

  function options() {
    const group = (rows, kind, name) => rows.map(row => ({value: `${kind}:${row.name}`, text: inWords(row.name), group: name}));
    return [...group(held.events, "event", "Events"), ...group(data.classes, "share", "Class of the tie"), ...group(data.orientations, "share", "Russia's orientation"),
            ...group(held.variables, "mean", "Indicators"), ...group(held.parameters, "parameter", "Parameters that differ"), ...group(held.structures, "structure", "Structures that differ")];
  }
  /** What can be said of what was chosen. */
  function offer() {
    const [kind, name] = what.value.split(":"), by = held.quarters;
    const sides = Object.entries({">": "is above", "<": "is below", ">=": "is at least", "<=": "is at most"}).map(([value, text]) => ({value, text}));
    const yes = {event: "is seen by", share: "is so at"}[kind], no = {event: "is not seen by", share: "is not so at"}[kind];
    const choices = kind === "structure" ? held.structures.find(s => s.name === name).choices.map(c => ({value: c, text: `is ${inWords(c)}`})) : null;
    way.set(choices ?? (yes ? [{value: "", text: yes}, {value: "not ", text: no}] : sides));
    way.select.selectedIndex = 0;
    when.set((kind === "mean" ? held.dates : by).map(d => ({value: d, text: d})), by.includes("2045Q1") ? "2045Q1" : by[by.length - 1]);
    when.element.hidden = kind === "parameter" || kind === "structure";
    bounded.hidden = kind !== "parameter" && kind !== "mean";
    if (kind === "mean" || kind === "parameter") bound.value = String(Number(middleOf(kind, name).toPrecision(3)));
    compose();
  }
  /** The median, to begin with. */
  function middleOf(kind, name) {
    const sorted = (kind === "mean" ? held.variable(name, when.value) : held.parameter(name)).slice().sort(), middle = sorted[Math.floor(sorted.length / 2)];
    const row = held.parameters.find(p => p.name === name);
    return kind === "mean" ? middle : row.low + (row.high - row.low) * middle / 65535;
  }
  function compose() {
    const [kind, name] = what.value.split(":");
    input.value = {event: `${way.value}${name} by ${when.value}`, share: `${way.value}share_${name} at ${when.value}`, mean: `mean ${name} at ${when.value} ${way.value} ${bound.value}`,
                   parameter: `${name} ${way.value} ${bound.value}`, structure: `${name} = ${way.value}`}[kind];
  }
  function add(text) {
    try {
      const one = conditionOn(held, data, text);
      if (!conditions.some(c => c.text === one.text)) conditions.push(one);
      problem.textContent = "";
      input.setAttribute("aria-invalid", "false");
    } catch (error) {
      problem.textContent = error.message;
      input.setAttribute("aria-invalid", "true");
    }
    refresh();
  }
  function remove(condition) {
    conditions = conditions.filter(c => c !== condition);
    refresh();
    input.focus();
  }
  function refresh() {
    places = held ? runsThatMeet(held, conditions) : [];
    chips.replaceChildren(...conditions.map(c => make("li", {}, make("button", {type: "button", "aria-label": `Remove: ${c.text}`, onclick: () => remove(c)}, c.text))));
    changed();
  }
  function take(next) {
    run = next;
    held = run.held ? (run.heldColumns ??= heldRuns(run.held, run)) : null;
    const texts = conditions.map(c => c.text);
    conditions = [];
    for (const child of [form, help, builder, boxes, chips, found]) child.hidden = !held;
    if (!held) {
      holds.textContent = `${run.title}: the page holds no single futures of it, because its file keeps none (entente run --keep outcomes does).`;
      return;
    }
    holds.textContent = `The page holds ${held.count < held.whole ? "the first " : "all "}${counted(held.count)}${held.count < held.whole ? ` of ${counted(held.whole)}` : ""} futures of ${run.title} one by one. What is filtered here is counted among those.`;
    what.set(options(), options()[0].value);
    boxes.replaceChildren(...run.boxes.map((box, i) => make("button", {type: "button", onclick: () => (conditions = [], box.conditions.forEach(add))}, `Box ${i + 1} of ${box.of}`)));
    boxes.hidden = !run.boxes.length;
    offer();
    for (const text of texts) try { conditions.push(conditionOn(held, data, text)); } catch { /* not of this scenario */ }
    places = runsThatMeet(held, conditions);
    chips.replaceChildren(...conditions.map(c => make("li", {}, make("button", {type: "button", "aria-label": `Remove: ${c.text}`, onclick: () => remove(c)}, c.text))));
  }
  const codeOf = {classes: c => c & 7, orientations: c => c >> 3};
  function countAt(of, k, date, among_) {
    const codes = held.codes(date);
    let count = 0;
    for (const i of among_) if (codeOf[of](codes[i]) === data[of][k].code) ++count;
    return count;
  }
  const filter = {
    get active() { return conditions.length > 0 && held !== null; },
    shares: (of, k, date) => (filter.active && held.quarters.includes(date) ? wilson(countAt(of, k, date, places), places.length) : null),
  };
  function show(state) {
    const everyone = Array.from({length: held.count}, (_, i) => i), {of, name} = state.kind, kinds = data[of];
    const specOf = (runs, label) => {
      const counts = countsAmong(held, runs, kinds, codeOf[of]);
      return {label, x: held.quarters.map(q => quarterYear(quarterNumber(q))), names: held.quarters,
              series: kinds.map((kind, k) => ({name: inWords(kind.name), values: counts[k].map(c => (runs.length ? c / runs.length : NaN)), color: colorOf(of, kind.name, data),
                pressed: kind.name === name}))};
    };
    const share = wilson(places.length, held.count);
    found.textContent = `${counted(places.length)} of ${counted(held.count)} futures meet ${conditions.length === 1 ? "it" : "all of them"}: ${percent(share.share)} (95 % Wilson interval ${percent(share.low)} to ${percent(share.high)}).`
      + (places.length && places.length < 30 ? " With fewer than 30, intervals are wide." : "");
    body.hidden = !places.length;
    if (!places.length) return;
    amongTitle.textContent = `Those ${counted(places.length)}`;
    allTitle.textContent = `All ${counted(held.count)}`;
    among.update(specOf(places, "Shares of futures that meet the condition"));
    all.update(specOf(everyone, "Shares of all futures that the page holds"));
    const rows = [], row = (text, count, count_all) => {
      const a = wilson(count, places.length), b = wilson(count_all, held.count);
      rows.push([text, counted(count), percent(a.share), `${percent(a.low)} to ${percent(a.high)}`, percent(b.share)]);
    };
    if (held.quarters.includes(state.date))
      for (const which of ["classes", "orientations"]) data[which].forEach((kind, k) => row(`${inWords(kind.name)}, ${state.date}`, countAt(which, k, state.date, places),
        countAt(which, k, state.date, everyone)));
    for (const e of held.events) {
      const first = held.firstEvent(e.name), seen = runs => runs.reduce((sum, i) => sum + (first[i] >= 0 ? 1 : 0), 0);
      row(`${inWords(e.name)} by ${quarterName(held.horizon)}`, seen(places), seen(everyone));
    }
    table.update({caption: `Of ${counted(places.length)} futures that meet ${conditions.map(c => c.text).join(" and ")}, and of all ${counted(held.count)} here. Interval: 95 %, Wilson. No cause is in it: those futures differ in what brought the condition about.`,
                  columns: [{name: "Outcome"}, {name: "Futures"}, {name: "Share"}, {name: "95 % interval"}, {name: "Share of all"}], rows});
    const file = /^[\w./-]+$/.test(run.file) ? run.file : "FILE";
    examples.textContent = `Run numbers of the first of them: ${places.slice(0, 5).map(i => held.runs[i]).join(", ")}. The story of one: entente replay ${file} --run ${held.runs[places[0]]}`;
  }
  return {
    element,
    filter,
    update(state) {
      if (state.run !== run) take(state.run);
      last = state;
      if (!held || !conditions.length) {
        found.textContent = held ? "No condition yet." : "";
        body.hidden = true;
        return;
      }
      show(last);
    },
  };
}
