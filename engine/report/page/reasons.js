// The sections that say why: what each driver does, which inputs explain an outcome, and how two scenarios differ run by run.

const points = (value, digits = 1) => (Number.isFinite(value) ? `${signed(100 * value, digits)}` : "–");

function whatDriversDo(data) {
  const bars = barChart({label: "", rows: [{name: "", marks: [{value: 0}]}]}), note = make("p", {class: "note"}), table = tableUnder({caption: "", columns: [], rows: []});
  const element = section("drivers", "What the drivers do", note, bars.element, table.element);
  return {
    element,
    update(state) {
      const drivers = state.run.answer.drivers, {of, name} = state.kind;
      element.hidden = !drivers;
      if (!drivers) return;
      const mark = (end, shown, color, shape) => ({name: shown, value: end[of][name].mean, low: end[of][name].low, high: end[of][name].high, color, shape});
      const rows = Object.values(drivers.effects).map(e => ({name: (e.alone ? "of these alone: " : "") + e.label,
        marks: [mark(e.ends.low, "at its low end", "var(--other)", "ring"), mark(e.ends.high, "at its high end", "var(--accent)", "circle")]}));
      bars.update({label: `What each driver does to the share of ${inWords(name)}`, axis: `change of the share of ${inWords(name)} in ${drivers.at}, points`, text: points, rows});
      note.textContent = `Each dial at either end, all else as the scenario has it, in ${counted(drivers.futures)} futures on the same random numbers: by how many points the share of ${inWords(name)} in ${drivers.at} changes. Line: 95 % interval.`;
      table.update({caption: note.textContent, columns: [{name: "Driver"}, {name: "Low end"}, {name: "95 % interval"}, {name: "High end"}, {name: "95 % interval"}],
                    rows: rows.map(r => [r.name, ...r.marks.flatMap(m => [points(m.value), `${points(m.low)} to ${points(m.high)}`])])});
    },
  };
}

/** `of`: a run's or a sweep's page. */
function whichInputsMatter(id) {
  let chosen = 0, inputs = null;
  const select = choice("Outcome", [], "", value => (chosen = Number(value), draw()));
  const bars = barChart({label: "", rows: [{name: "", marks: [{value: 0}]}]}), note = make("p", {class: "note"}), table = tableUnder({caption: "", columns: [], rows: []});
  const element = section(id, "Which inputs matter", make("div", {class: "controls"}, select.element), note, bars.element, table.element);
  function draw() {
    const o = inputs[chosen];
    const kind = o.index === "total" ? "the share of its variance that would go with the input's uncertainty (total Sobol' index)"
      : "the share of its variance that the input explains by itself (first-order index)";
    bars.update({label: `Inputs that explain ${o.outcome}`, axis: "share of variance", rows: o.inputs.map(i => ({name: i.meaning ? `${i.meaning} (${i.name})` : i.name,
      marks: [{name: i.name, value: i.value, low: i.low, high: i.high, color: "var(--accent)"}]}))});
    note.textContent = `${o.outcome}: ${kind}, from ${o.of}. Line: 95 % interval; below 0 only by chance.`;
    table.update({caption: note.textContent, columns: [{name: "Input"}, {name: "What it is", text: true}, {name: "Index"}, {name: "95 % interval"}],
      rows: o.inputs.map(i => [i.name, i.meaning, percent(i.value), `${percent(i.low ?? NaN)} to ${percent(i.high ?? NaN)}`])});
  }
  return {
    element,
    update(of) {
      inputs = (of.inputs ?? []).filter(o => o.inputs.length);
      element.hidden = !inputs.length;
      if (!inputs.length) return;
      chosen = Math.min(chosen, inputs.length - 1);
      select.set(inputs.map((o, i) => ({value: String(i), text: o.outcome})), String(chosen));
      draw();
    },
  };
}

/** Pairs of results on the same random numbers. */
function whereTheyDiffer(data) {
  let chosen = null, last = null; // null: outcomes at the date
  const select = choice("Differences of", [], "", value => (chosen = value === "events" || value !== `at ${last.date}` ? value : null, update(last)));
  const bars = barChart({label: "", rows: [{name: "", marks: [{value: 0}]}]}), note = make("p", {class: "note"}),
    table = tableUnder({caption: "", columns: [], rows: []}, {summary: "All differences as a table"});
  const element = section("differences", "Differences, run by run", make("div", {class: "controls"}, select.element), note, bars.element, table.element);
  const groupOf = d => (/ at (\S+)$/.test(d.quantity) && d.share ? `at ${/ at (\S+)$/.exec(d.quantity)[1]}` : d.share ? "events" : null);
  function update(state) {
    last = state;
    const a = data.runs.indexOf(state.run), b = data.runs.indexOf(state.other), pair = data.pairs.find(p => (p.a === a && p.b === b) || (p.a === b && p.b === a));
    element.hidden = !pair;
    if (!pair) return;
    const turn = pair.a === a ? 1 : -1, all = pair.differences.map(d => ({...d, group: groupOf(d), difference: turn * d.difference, from: turn > 0 ? d.a : d.b, to: turn > 0 ? d.b : d.a}));
    const groups = [...new Set(all.map(d => d.group).filter(Boolean))];
    const group = groups.includes(chosen) ? chosen : groups.includes(`at ${state.date}`) ? `at ${state.date}` : groups[0];
    select.set(groups.map(g => ({value: g, text: g === "events" ? "events by the horizon" : `outcomes ${g}`})), group);
    const z = 1.959963984540054, rows = all.filter(d => d.group === group).map(d => ({
      name: inWords(d.quantity.replace(/^share_/, "").replace(/ (at|by) \S+$/, "")),
      marks: [{name: "", value: d.difference, low: d.standard_error === null ? NaN : d.difference - z * d.standard_error, high: d.standard_error === null ? NaN : d.difference
        + z * d.standard_error, color: d.difference < 0 ? "var(--other)" : "var(--accent)"}],
    }));
    bars.update({label: `${state.other.title} less ${state.run.title}`, axis: "difference of shares, points", text: points, rows});
    note.textContent = `${state.other.title} less ${state.run.title}, on the same random numbers, ${counted(pair.pairs)} pairs of futures. Line: 1.96 standard errors of the paired difference.`;
    table.update({caption: note.textContent, columns: [{name: "Quantity"}, {name: state.run.title}, {name: state.other.title}, {name: "Difference"}, {name: "Standard error"}],
                  rows: all.map(d => [d.quantity, fixed(d.from, 4), fixed(d.to, 4), signed(d.difference, 4), d.standard_error === null ? "always the same" : fixed(d.standard_error, 4)])});
  }
  return {element, update};
}
