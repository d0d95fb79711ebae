// Charts over time: shares stacked to one, a fan of quantiles, and curves with bands (survival). x: decimal years; names: what the reading calls them ("2031Q2").

/**
 * Shares that add up to one. spec: {label, x, names, y: {label}, series: [{name, values, color, press, pressed}]}, the first series on top.
 * A series with `pressed` stands out; `press` makes its entry a button.
 */
function stackedChart(spec) {
  return chart(spec, (s, width) => {
    const beside = width >= 560, room = beside ? 24 + Math.max(...s.series.map(one => textWidth(one.name))) : 8;
    const frame = frameOverYears({x: s.x, y: {label: "share of futures, %", low: 0, high: 1, percent: true, ...s.y}}, width, beside ? 320 : 260, room);
    const marks = [], middles = [];
    let above = s.x.map(() => 1), outline = null;
    for (const one of s.series) {
      const below = above.map((top, i) => Math.max(0, top - one.values[i]));
      marks.push(mark("path", {d: areaOf(frame.xs, below.map(frame.atY), above.map(frame.atY)), fill: one.color, class: "band"}));
      if (one.pressed) outline = mark("path", {d: areaOf(frame.xs, below.map(frame.atY), above.map(frame.atY)), class: "picked"});
      middles.push(frame.atY((above[above.length - 1] + below[below.length - 1]) / 2));
      above = below;
    }
    marks.push(mark("rect", {x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top, class: "box"}));
    if (outline) marks.push(outline);
    if (beside) {
      const heights = apart(middles, frame.top + 6, frame.bottom - 4, 17);
      s.series.forEach((one, i) => {
        marks.push(mark("path", {d: `M${frame.right} ${middles[i].toFixed(1)}L${frame.right + 12} ${heights[i].toFixed(1)}`, class: "lead"}));
        marks.push(label(frame.right + 16, heights[i] + 4, one.name, {class: one.pressed ? "name strong" : "name"}));
      });
    }
    const reading = stop => ({title: s.names[stop], items: s.series.map(one => ({...one, text: percent(one.values[stop])}))});
    return {height: beside ? 320 : 260, marks: [...frame.marks, ...marks], reading, ...overYears(frame, s, () => [])};
  });
}

/** Heights of labels from the top: as near to the middles as they can be without touching. */
function apart(middles, top, bottom, height) {
  const at = [...middles];
  for (let i = 0; i < at.length; ++i) at[i] = Math.max(at[i], i ? at[i - 1] + height : top);
  for (let i = at.length; i-- > 0;) at[i] = Math.min(at[i], i + 1 < at.length ? at[i + 1] - height : bottom);
  return at;
}

/**
 * Quantiles over futures. spec: {label, x, names, y: {label, low, high, digits}, fans: [{name, color, dash, median, bands: [{name, low, high}]}],
 * from: the year in which the futures begin, points: [{x, y, name}] of data}. Bands: the widest first.
 */
function fanChart(spec) {
  return chart(spec, (s, width) => {
    const height = width >= 560 ? 300 : 250, frame = frameOverYears(s, width, height, 10), digits = s.y.digits ?? 2, marks = [];
    for (const fan of s.fans) {
      for (const band of fan.bands) marks.push(mark("path", {d: areaOf(frame.xs, band.low.map(frame.atY), band.high.map(frame.atY)), fill: fan.color, class: "fan"}));
      const widest = fan.bands[0];
      if (widest) for (const end of [widest.low, widest.high]) marks.push(mark("path", {d: pathOf(frame.xs, end.map(frame.atY)), stroke: fan.color, class: "fan-edge", "stroke-dasharray": fan.dash}));
    }
    for (const fan of s.fans) marks.push(mark("path", {d: pathOf(frame.xs, fan.median.map(frame.atY)), stroke: fan.color, class: "line", "stroke-dasharray": fan.dash}));
    for (const p of s.points ?? []) marks.push(pointOf("ring", frame.atX(p.x), frame.atY(p.y), "var(--ink)"));
    if (s.from > s.x[0] && s.from < s.x[s.x.length - 1]) {
      marks.push(mark("path", {d: `M${frame.atX(s.from).toFixed(1)} ${frame.top}V${frame.bottom}`, class: "began"}));
      if (frame.atX(s.from) - frame.left > 46) marks.push(label(frame.atX(s.from) - 5, frame.bottom - 7, "past", {class: "tick halo", "text-anchor": "end"}));
      marks.push(label(frame.atX(s.from) + 5, frame.bottom - 7, "futures", {class: "tick halo"}));
    }
    const several = s.fans.length > 1;
    const reading = stop => ({
      title: s.names[stop],
      items: s.fans.flatMap(fan => [
        {name: several ? `${fan.name}: median` : "median", text: fixed(fan.median[stop], digits), color: fan.color, shape: "line", dash: fan.dash},
        ...[...fan.bands].reverse().map(band => ({name: band.name, text: `${fixed(band.low[stop], digits)} to ${fixed(band.high[stop], digits)}`, shape: "none"})),
      ]).concat((s.points ?? []).filter(p => nearest(s.x, p.x) === stop).map(p => ({name: `data: ${p.name}`, text: fixed(p.y, digits), shape: "ring", color: "var(--ink)"}))),
    });
    const dots = stop => s.fans.map(fan => pointOf("circle", frame.xs[stop], frame.atY(fan.median[stop]), fan.color));
    return {height, marks: [...frame.marks, ...marks], reading, ...overYears(frame, s, dots)};
  });
}

/**
 * Shares that rise or fall in steps, each with its band. spec: {label, x, names, y: {label}, curves: [{name, color, dash, values, low, high}], median: draws a line at one half}.
 */
function curveChart(spec) {
  return chart(spec, (s, width) => {
    const height = width >= 560 ? 300 : 250;
    const frame = frameOverYears({x: s.x, y: {label: "share of futures, %", low: 0, high: 1, percent: true, ...s.y}}, width, height, 10);
    const wide = stepped(frame.xs, true), marks = [];
    if (s.median) marks.push(mark("path", {d: `M${frame.left} ${frame.atY(0.5).toFixed(1)}H${frame.right}`, class: "began"}));
    for (const c of s.curves) if (c.low) marks.push(mark("path", {d: areaOf(wide, stepped(c.low.map(frame.atY)), stepped(c.high.map(frame.atY))), fill: c.color, class: "fan"}));
    for (const c of s.curves) marks.push(mark("path", {d: pathOf(wide, stepped(c.values.map(frame.atY))), stroke: c.color, class: "line", "stroke-dasharray": c.dash}));
    const reading = stop => ({
      title: s.names[stop],
      items: s.curves.map(c => ({name: c.name, color: c.color, shape: "line", dash: c.dash, text: percent(c.values[stop])
        + (c.low ? ` (${bare(percent(c.low[stop]))} to ${bare(percent(c.high[stop]))})` : "")})),
    });
    const dots = stop => s.curves.map(c => pointOf("circle", frame.xs[stop], frame.atY(c.values[stop]), c.color));
    return {height, marks: [...frame.marks, ...marks], reading, ...overYears(frame, s, dots)};
  });
}
