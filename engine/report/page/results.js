// The page of results: reads what stands in it, builds its sections, and redraws what the reader's choices change.

const data = JSON.parse(document.getElementById("results").textContent), first_year = data.first_year;

function page() {
  const state = {run: data.runs[0], other: null, kind: {of: "classes", name: null}, date: null, filter: null}, sections = [];
  const main = make("main", {id: "main", tabindex: -1});
  const answer = make("div"), header = make("header", {}, make("a", {class: "skip", href: "#main"}, "To the charts"), make("h1", {}, data.title), answer);
  document.body.append(header, main);
  const refresh = () => sections.forEach(one => one.update(state));

  function head() {
    const run = state.run;
    const [first, ...rest] = run.answer.sentence.split(/(?<=[.)]) (?=[A-Z])/);
    const facts = [`${counted(run.whole)} futures`, run.answer.failed ? `${counted(run.answer.failed)} failed and left out` : null, `seed ${run.answer_seed}`,
      `${quarterName(run.first)} to ${quarterName(run.horizon)}`,
                   run.answer.complete ? null : `interrupted: ${counted(run.answer.runs)} of ${counted(run.answer.asked)}`];
    answer.replaceChildren(data.runs.length > 1 ? make("p", {class: "note"}, run.title) : "", make("p", {class: "answer"}, first), make("p", {}, rest.join(" ")),
      make("p", {class: "facts"}, facts.filter(Boolean).join(" · ")));
  }
  if (data.runs.length) {
    for (const run of data.runs) run.answer_seed = run.provenance.find(([name]) => name === "Seed")[1];
    const dates = Object.keys(state.run.answer.dates), top = make("div", {class: "controls top"}), scenarios = data.runs.map((run, i) => ({value: String(i), text: run.title}));
    state.date = dates.includes("2045Q1") ? "2045Q1" : dates[dates.length - 1];
    const shares = sharesAt(state.run, "classes", state.date, data);
    state.kind.name = shares.length ? shares.reduce((a, b) => (b.share > a.share ? b : a)).name : data.classes[0].name;
    const kinds = ["classes", "orientations"].flatMap(of => data[of].map(k => ({value: `${of}:${k.name}`, text: inWords(k.name), group: of === "classes" ? "Class of the tie"
      : "Russia's orientation"})));
    const choose = kind => (state.kind = kind, outcome.select.value = `${kind.of}:${kind.name}`, refresh());
    const outcome = choice("Outcome", kinds, `${state.kind.of}:${state.kind.name}`, value => choose({of: value.split(":")[0], name: value.split(":")[1]}));
    const date = choice("Date", dates.map(d => ({value: d, text: d})), state.date, value => (state.date = value, refresh()));
    if (data.runs.length > 1) {
      const other = choice("Compare with", [], "", value => (state.other = value === "" ? null : data.runs[Number(value)], refresh()));
      const others = () => other.set([{value: "", text: "no other"}, ...scenarios.filter(s => data.runs[Number(s.value)] !== state.run)], state.other ? String(data.runs.indexOf(state.other)) : "");
      const scenario = choice("Scenario", scenarios, "0", value => {
        state.run = data.runs[Number(value)];
        if (state.other === state.run) state.other = null;
        const now = Object.keys(state.run.answer.dates);
        if (!now.includes(state.date)) state.date = now[now.length - 1];
        date.set(now.map(d => ({value: d, text: d})), state.date);
        others(), refresh();
      });
      others();
      top.append(scenario.element, other.element);
    }
    top.append(outcome.element, date.element);
    main.append(top);
    const filter = filterOfRuns(data, refresh);
    state.filter = filter.filter;
    const inputs = whichInputsMatter("inputs");
    sections.push({update: head}, outcomesOverTime(data, choose), sharesAtADate(data), filter, indicatorsOverTime(data), eventsOverTime(data), whatDriversDo(data),
      {element: inputs.element, update: s => inputs.update(s.run)}, whereTheyDiffer(data));
    for (const one of sections) if (one.element) main.append(one.element);
    refresh();
  }
  data.sweeps.forEach((sweep, i) => main.append(sweepSection(sweep, i + 1)));
  if (data.lacking.length) main.append(section("lacking", "What these results cannot tell", make("ul", {}, data.lacking.map(l => make("li", {}, `${l.file}: ${l.what}: ${l.why}`)))));
  if (data.runs.length) {
    const from = section("provenance", "Where this comes from", ...data.runs.map(run => whereItComesFrom(run, "The scenario's text")));
    from.classList.add("long");
    main.append(from);
  }
  document.body.append(make("footer", {}, make("p", {}, `Made by entente ${data.version}. This file is whole: it asks the network for nothing. Arrow keys read a chart that has the focus.`)));
}
page();
