// A sweep: an outcome over two of its factors as a heat map, the other factors held at a value or averaged over; of one factor as bars.

/** The values of a factor, or equal parts of its range if there are many: [{text, has(value)}]. */
function levelsOf(factor) {
  const texts = new Map();
  factor.values.forEach((value, p) => texts.set(factor.texts[p], value));
  if (texts.size <= 12) {
    const numeric = [...texts.values()].every(v => v !== null);
    return [...texts].sort((a, b) => (numeric ? a[1] - b[1] : 0)).map(([text]) => ({text, has: p => factor.texts[p] === text}));
  }
  const low = Math.min(...factor.values), high = Math.max(...factor.values), parts = 6;
  return Array.from({length: parts}, (_, k) => {
    const from = low + (high - low) * k / parts, to = low + (high - low) * (k + 1) / parts;
    return {text: `${Number(from.toPrecision(2))}–${Number(to.toPrecision(2))}`, has: p => factor.values[p] >= from && (k + 1 === parts ? factor.values[p] <= to : factor.values[p] < to)};
  });
}

function sweepSection(sweep, number) {
  const id = `sweep-${number}`, chosen = {outcome: 0, policy: 0, x: 0, y: Math.min(1, sweep.factors.length - 1), held: sweep.factors.map(() => "")};
  const levels = sweep.factors.map(levelsOf), place = make("div"), note = make("p", {class: "note"}), table = tableUnder({caption: "", columns: [], rows: []}, {summary: "All points as a table"});
  const named = names => names.map((name, i) => ({value: String(i), text: inWords(name)}));
  const pick = (name, names, key) => choice(name, named(names), String(chosen[key]), value => (chosen[key] = Number(value), draw()));
  const factors = sweep.factors.map(f => f.name), controls = make("div", {class: "controls"}, pick("Outcome", sweep.outcomes.map(o => o.name), "outcome").element);
  if (sweep.policies.length > 1) controls.append(pick("Policy", sweep.policies, "policy").element);
  if (factors.length > 1) controls.append(pick("Across", factors, "x").element, pick("Upwards", factors, "y").element);
  const others = make("div", {class: "controls"}), inputs = whichInputsMatter(`${id}-inputs`);
  inputs.update(sweep);
  let chart = null, kind = "";

  function heldFactors() {
    return factors.map((_, f) => f).filter(f => f !== chosen.x && (factors.length === 1 || f !== chosen.y));
  }
  function pointsWhere(tests) {
    const all = [];
    for (let p = 0; p < sweep.points; ++p) if (tests.every(test => test(p))) all.push(p);
    return all;
  }
  function draw() {
    if (factors.length > 1 && chosen.x === chosen.y) chosen.y = (chosen.x + 1) % factors.length, controls.lastChild.querySelector("select").value = String(chosen.y);
    const o = sweep.outcomes[chosen.outcome], text = o.share ? percent : v => fixed(v, 3), estimate = o.estimate[chosen.policy], low = o.low[chosen.policy], high = o.high[chosen.policy];
    others.replaceChildren(...heldFactors().map(f => choice(inWords(factors[f]), [{value: "", text: "all values"}, ...levels[f].map((l, i) => ({value: String(i), text: l.text}))],
      chosen.held[f], value => (chosen.held[f] = value, draw())).element));
    const fixedTests = heldFactors().filter(f => chosen.held[f] !== "").map(f => levels[f][Number(chosen.held[f])].has);
    const mean = at => (at.length ? at.reduce((sum, p) => sum + (estimate[p] ?? NaN), 0) / at.length : NaN);
    const next = factors.length > 1 ? "heat" : "bars";
    if (factors.length > 1) {
      const cells = levels[chosen.y].map(y => levels[chosen.x].map(x => pointsWhere([...fixedTests, x.has, y.has])));
      const values = cells.map(row => row.map(mean)), all = values.flat().filter(Number.isFinite);
      const detail = (i, j) => {
        const at = cells[j][i];
        return at.length === 1 && low[at[0]] !== null ? `(${bare(text(low[at[0]]))} to ${bare(text(high[at[0]]))}, 95 % interval)` : `(mean of ${counted(at.length)} points)`;
      };
      show("heat", heatChart, {label: `${o.name} by ${factors[chosen.x]} and ${factors[chosen.y]}`, x: {name: inWords(factors[chosen.x]), values: levels[chosen.x].map(l => l.text)},
                               y: {name: inWords(factors[chosen.y]), values: levels[chosen.y].map(l => l.text)}, values, text, low: o.share ? 0 : Math.min(...all), high: o.share
                                 ? Math.max(...all, 0.01) : Math.max(...all), detail});
    } else {
      const rows = levels[0].map(l => {
        const at = pointsWhere([l.has]), alone = at.length === 1;
        return {name: l.text, marks: [{name: "", value: mean(at), low: alone ? low[at[0]] ?? NaN : NaN, high: alone ? high[at[0]] ?? NaN : NaN, color: "var(--accent)"}]};
      });
      show(next, barChart, {label: `${o.name} by ${factors[0]}`, axis: o.name, rows, text, points: !o.share});
    }
    const unset = heldFactors().filter(f => chosen.held[f] === "").map(f => inWords(factors[f]));
    note.textContent = `${o.name}${o.meaning ? `: ${o.meaning}` : ""}. ${counted(sweep.points)} points, ${counted(sweep.replicates)} futures at each.${unset.length ? ` A cell is the mean over ${unset.join(", ")}.` : ""}`;
    const columns = [...factors.map(name => ({name: inWords(name)})), {name: o.name}, {name: "95 % interval"}];
    const most = 500, rows = Array.from({length: Math.min(sweep.points, most)}, (_, p) => [...sweep.factors.map(f => f.texts[p]), text(estimate[p] ?? NaN),
      `${text(low[p] ?? NaN)} to ${text(high[p] ?? NaN)}`]);
    table.update({caption: `${sweep.title}: ${sweep.policies[chosen.policy]}${sweep.points > most ? `; the first ${most} of ${counted(sweep.points)} points` : ""}`, columns, rows});
  }
  function show(next, kindOfChart, spec) {
    if (kind === next) return chart.update({...spec, keep: false});
    kind = next, chart = kindOfChart(spec);
    place.replaceChildren(chart.element);
  }
  draw();
  const left = sweep.left_out ? make("p", {class: "note"}, `${sweep.left_out} more outcomes are in the file and not in this page.`) : null;
  return section(id, sweep.title, controls, others, place, note, table.element, left, inputs.element, whereItComesFrom(sweep, "The sweep's text"));
}

/** Version, seed, runs, command; and the text that was run. */
function whereItComesFrom(of, summary) {
  const list = make("dl", {}, of.provenance.flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)]));
  return make("div", {class: "provenance"}, make("h3", {}, `${of.title}: ${of.file}`), list, make("details", {}, make("summary", {}, summary),
    make("pre", {tabindex: 0, role: "region", "aria-label": summary}, of.text)));
}
