// The sections of a run's result: outcomes over time, shares at a date, indicators, events, drivers and inputs. Each is {element, update(state)}.

/** What the reader has chosen is handed around as `state`: {run, other, kind: {of: "classes" or "orientations", name}, date, filter}. */
const kindsOf = (data, of) => data[of];
const colorOf = (of, name, data) => (of === "classes" ? `var(--class-${data.classes.find(c => c.name === name).code})`
  : {western_turn: "var(--other)", autonomous: "var(--class-2)", vassal: "var(--accent)"}[name]);

/** Shares by quarter, in the order of tables. */
function coursesOf(run, of) {
  return run[of].map(counts => counts.map(count => count / run.whole));
}
function yearsFrom(first, horizon) {
  const quarters = Array.from({length: horizon - first + 1}, (_, i) => first + i);
  return {quarters, x: quarters.map(quarterYear), names: quarters.map(quarterName)};
}

function outcomesOverTime(data, choose) {
  const place = make("div", {class: "pair"}), note = make("p", {class: "note"}), table = tableUnder({caption: "", columns: [], rows: []});
  const charts = [];
  function specOf(run, state) {
    const {x, names} = yearsFrom(run.first, run.horizon), of = state.kind.of, shares = coursesOf(run, of);
    const series = kindsOf(data, of).map(({name}, k) => ({
      name: inWords(name), values: shares[k], color: colorOf(of, name, data), pressed: state.kind.name === name, press: () => choose({of, name}),
    }));
    return {label: `${run.title}: share of futures by ${of === "classes" ? "class of the tie" : "Russia's orientation"} and quarter`, x, names, series};
  }
  return {
    element: section("over-time", "Outcomes over time", make("p", {class: "note"}, "Every future is in one class at a time. A quarter stands at its end."), place, note, table.element),
    update(state) {
      const shown = [state.run, ...(state.other ? [state.other] : [])];
      while (charts.length > shown.length) charts.pop().box.remove();
      shown.forEach((run, i) => {
        if (!charts[i]) {
          const one = stackedChart(specOf(run, state)), title = make("h3");
          charts.push({...one, title, box: make("div", {}, title, one.element)});
          place.append(charts[i].box);
        } else charts[i].update(specOf(run, state));
        charts[i].title.textContent = shown.length > 1 ? run.title : "";
        charts[i].title.hidden = shown.length === 1;
      });
      note.textContent = shown.map(run => `${run.title}: ${counted(run.whole)} futures.`).join(" ");
      const run = state.run, {quarters, names} = yearsFrom(run.first, run.horizon), kinds = kindsOf(data, state.kind.of), shares = coursesOf(run, state.kind.of);
      const rows = quarters.map((q, i) => (q % 4 === 0 || i === quarters.length - 1 ? [names[i], ...kinds.map((_, k) => percent(shares[k][i], 2))] : null)).filter(Boolean);
      table.update({caption: `${run.title}: share of ${counted(run.whole)} futures, first quarter of each year`, columns: [{name: "Quarter"}, ...kinds.map(k => ({name: inWords(k.name)}))], rows});
    },
  };
}

/** The classes and orientations of an answer at a date, in the order of tables. */
function sharesAt(run, of, date, data) {
  const at = run.answer.dates[date];
  return at ? kindsOf(data, of).map(({name}) => ({name, ...at[of][name]})) : [];
}

function sharesAtADate(data) {
  const title = make("p", {class: "note"}), bars = {}, place = make("div", {class: "pair"}), table = tableUnder({caption: "", columns: [], rows: []});
  function marksOf(state, of, k) {
    const one = (run, shape, name, color) => {
      const s = sharesAt(run, of, state.date, data)[k];
      return s ? [{name, value: s.share, low: s.low, high: s.high, color, shape, range: s.readings ? [s.readings.p5, s.readings.p95] : null, rangeName: "over readings"}] : [];
    };
    const name = data[of][k].name, marks = one(state.run, "circle", state.other ? state.run.title : "all futures", state.other ? "var(--accent)" : colorOf(of, name, data));
    if (state.other) marks.push(...one(state.other, "diamond", state.other.title, "var(--other)"));
    const among = state.filter?.shares(of, k, state.date);
    if (among) marks.push({name: "those that meet the condition", value: among.share, low: among.low, high: among.high, color: "var(--third)", shape: "square"});
    return marks;
  }
  for (const of of ["classes", "orientations"]) {
    bars[of] = barChart({label: "", rows: [{name: "", marks: [{value: 0}]}]});
    place.append(make("div", {}, make("h3", {}, of === "classes" ? "Class of the tie" : "Russia's orientation"), bars[of].element));
  }
  return {
    element: section("shares", "Shares at a date", title, place, table.element),
    update(state) {
      const has = sharesAt(state.run, "classes", state.date, data).some(s => s.readings);
      title.textContent = `${state.date}. A line: 95 % interval, from the number of futures alone (Jeffreys${state.filter?.active ? "; of those that meet the condition Wilson" : ""}).`
        + (has ? ` Grey: from 5 to 95 % of ${counted(state.run.answer.readings.readings)} readings of what is disputed or not known.` : "");
      for (const of of ["classes", "orientations"])
        bars[of].update({label: `Shares in ${state.date}`, axis: "share of futures", low: 0, high: 1, rows: data[of].map(({name}, k) => ({name: inWords(name), marks: marksOf(state, of, k)}))});
      const rows = [];
      for (const of of ["classes", "orientations"])
        data[of].forEach(({name}, k) => marksOf(state, of, k).forEach(m => {
          const range = m.range ? `${percent(m.range[0])} to ${percent(m.range[1])}` : "–";
          rows.push([inWords(name), m.name, percent(m.value, 2), `${percent(m.low, 2)} to ${percent(m.high, 2)}`, range]);
        }));
      table.update({caption: `Shares in ${state.date}`, columns: [{name: "Outcome"}, {name: "Of", text: true}, {name: "Share"}, {name: "95 % interval"}, {name: "Over readings"}], rows});
    },
  };
}

function indicatorsOverTime(data) {
  let chosen = data.runs[0].indicators[0].name, last = null;
  const select = choice("Indicator", data.runs[0].indicators.map(i => ({value: i.name, text: i.label})), chosen, value => (chosen = value, update(last)));
  const fan = fanChart({label: "", x: [0, 1], names: ["", ""], y: {label: "", low: 0, high: 1}, fans: []}), note = make("p", {class: "note"}), table = tableUnder({caption: "", columns: [], rows: []});
  const names = ["90 % of futures", "half of futures"];
  function fanOf(run, color, dash, until) {
    const [p5, p25, p50, p75, p95] = run.indicators.find(i => i.name === chosen).quantiles.map(course => course.slice(0, until).map(v => v ?? NaN));
    return {name: run.title, color, dash, median: p50, bands: [{name: names[0], low: p5, high: p95}, {name: names[1], low: p25, high: p75}]};
  }
  function update(state) {
    last = state;
    const run = state.run, until = Math.min(run.horizon, state.other?.horizon ?? Infinity) + 1, {x, names: quarters} = yearsFrom(0, until - 1);
    const fans = [fanOf(run, "var(--accent)", null, until), ...(state.other ? [fanOf(state.other, "var(--other)", "7 4", until)] : [])];
    const indicator = run.indicators.find(i => i.name === chosen), points = indicator.data.map(d => ({x: d.year, y: d.value, name: d.series}));
    const all = [...fans.flatMap(f => f.bands[0].low.concat(f.bands[0].high)), ...points.map(p => p.y)].filter(Number.isFinite), low = Math.min(0, ...all), high = Math.max(...all);
    const unit = indicator.unit && indicator.unit !== "share" ? indicator.unit : "share, 0 to 1";
    fan.update({label: `${indicator.label} by quarter`, x, names: quarters, y: {label: `${indicator.label} (${unit})`, low, high: high > low ? high * 1.03 : low + 1, digits: 2}, fans,
      from: quarterYear(run.start - 1), points});
    note.textContent = `Line: median over futures; bands: from 25 to 75 % and from 5 to 95 % of them, each quarter by itself.${points.length ? " Rings: data." : ""}`;
    const courses = fans.flatMap(f => [f.bands[0].low, f.bands[1].low, f.median, f.bands[1].high, f.bands[0].high]);
    const rows = quarters.map((q, i) => (i % 4 === 0 || i === quarters.length - 1 ? [q, ...courses.map(c => fixed(c[i], 3))] : null)).filter(Boolean);
    const levels = ["5 %", "25 %", "median", "75 %", "95 %"];
    table.update({caption: `${indicator.label}: quantiles over futures, first quarter of each year`,
      columns: [{name: "Quarter"}, ...fans.flatMap(f => levels.map(l => ({name: fans.length > 1 ? `${f.name}, ${l}` : l})))], rows});
  }
  return {element: section("indicators", "Indicators", make("div", {class: "controls"}, select.element), fan.element, note, table.element), update};
}

function eventsOverTime(data) {
  const open = e => Math.abs(e.seen[e.seen.length - 1] / data.runs[0].whole - 0.5); // least sure: most to see
  let chosen = [...data.runs[0].events].sort((a, b) => open(a) - open(b))[0]?.name, shown = "not", last = null;
  const select = choice("Event", data.runs[0].events.map(e => ({value: e.name, text: inWords(e.name)})), chosen, value => (chosen = value, update(last)));
  const side = choice("Show", [{value: "not", text: "futures that have not seen it"}, {value: "seen", text: "futures that have seen it"}], shown, value => (shown = value, update(last)));
  const curve = curveChart({label: "", x: [0, 1], names: ["", ""], curves: []}), note = make("p", {class: "note"}),
    table = tableUnder({caption: "", columns: [], rows: []}, {summary: "All events as a table"});
  const element = section("events", "When events come", make("div", {class: "controls"}, select.element, side.element), curve.element, note, table.element);
  function curveOf(run, color, dash, steps) {
    const e = run.events.find(one => one.name === chosen), seen = e.seen.slice(0, steps).map(count => count / run.whole), turn = shown === "not" ? v => 1 - v : v => v;
    const low = e.low.slice(0, steps).map(turn), high = e.high.slice(0, steps).map(turn);
    return {name: run.title, color, dash, values: seen.map(turn), low: shown === "not" ? high : low, high: shown === "not" ? low : high};
  }
  function update(state) {
    last = state;
    element.hidden = !state.run.events.length; // a run of history has no free future
    if (element.hidden) return;
    const run = state.run, steps = Math.min(run.horizon - run.start, state.other ? state.other.horizon - state.other.start : Infinity) + 1, {x, names} = yearsFrom(run.start, run.start + steps - 1);
    const curves = [curveOf(run, "var(--accent)", null, steps), ...(state.other ? [curveOf(state.other, "var(--other)", "7 4", steps)] : [])], event = run.events.find(e => e.name === chosen);
    if (curves.length === 1) curves[0].name = shown === "not" ? "have not seen it" : "have seen it";
    curve.update({label: `${inWords(chosen)}: share of futures that have ${shown === "not" ? "not " : ""}seen it`, x, names, curves, median: true});
    note.textContent = `${inWords(chosen)}: ${event.meaning}. Band: 95 % Jeffreys interval, each quarter by itself. `
      + (event.median ? `Half have seen it by ${event.median} (95 %: ${event.median_low ?? "?"} to ${event.median_high ?? `after ${quarterName(run.horizon)}`}).`
        : `Fewer than half see it by ${quarterName(run.horizon)}.`);
    const rows = [...run.events].sort((a, b) => b.seen[b.seen.length - 1] - a.seen[a.seen.length - 1]).map(e => {
      const i = e.seen.length - 1, other = state.other?.events.find(o => o.name === e.name);
      return [inWords(e.name), e.meaning, percent(e.seen[i] / run.whole, 2), `${percent(e.low[i], 2)} to ${percent(e.high[i], 2)}`, e.median ?? "–",
        ...(other ? [percent(other.seen[other.seen.length - 1] / state.other.whole, 2)] : [])];
    });
    const columns = [{name: "Event"}, {name: "What counts", text: true}, {name: `Seen by ${quarterName(run.horizon)}`}, {name: "95 % interval"}, {name: "Half by"}];
    table.update({caption: `${run.title}: share of ${counted(run.whole)} futures`, columns: state.other ? [...columns, {name: state.other.title}] : columns, rows});
  }
  return {element, update};
}
