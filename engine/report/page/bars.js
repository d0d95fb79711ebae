// Charts of single numbers: bars with their intervals, from a base (0 for shares and differences), and a heat map of two factors.

/**
 * Bars. spec: {label, axis: text of the axis, rows: [{name, marks: [{name, value, low, high, color, shape, range: [low, high] in grey, rangeName}]}], low, high: of the axis (or from the numbers),
 * text: value → text, points: no bars, and the axis need not begin at 0}. A mark is a bar from the base to its value, with a point on it and a line over its interval.
 */
function barChart(spec) {
  return chart(spec, (s, width) => {
    const text = s.text ?? percent, all = s.rows.flatMap(row => row.marks), ends = all.flatMap(m => [m.value, m.low, m.high, ...(m.range ?? [])]).filter(Number.isFinite);
    const base = s.points ? [] : [0];
    let low = s.low ?? Math.min(...base, ...ends), high = s.high ?? Math.max(...base, ...ends);
    if (!(high > low)) high = low + 1;
    const several = s.rows.some(row => row.marks.length > 1), beside = width >= 600;
    const longest = Math.max(...s.rows.map(row => textWidth(row.name))), left = beside ? Math.min(longest + 14, width * 0.32) : 2;
    const valued = all.map(m => intervalText(m, text)), fits = row => row.marks.length === 1 && textWidth(row.name) + textWidth(intervalText(row.marks[0], text)) + 24 < width;
    const above = !beside && s.rows.every(fits);
    const room = beside ? Math.max(...valued.map(t => textWidth(t))) + 14 : above ? 16 : Math.max(...all.map(m => textWidth(text(m.value)))) + 14, right = width - room;
    const atX = scale(low, high, left + 4, right - 4), marks = [], stops = [], each = 20;
    let y = 4;
    for (const row of s.rows) {
      const named = beside ? lines(row.name, left - 12) : lines(row.name, width - 4), body = row.marks.length * each;
      if (!beside) {
        if (above) marks.push(label(width - 2, y + 14, intervalText(row.marks[0], text), {class: "value", "text-anchor": "end"}));
        named.forEach((line, i) => marks.push(label(2, y + 14 + 16 * i, line, {class: "name"})));
        y += 16 * named.length + 4;
      } else {
        const from = y + Math.max(0, (body - 16 * named.length) / 2);
        named.forEach((line, i) => marks.push(label(left - 8, from + 13 + 16 * i, line, {class: "name", "text-anchor": "end"})));
      }
      row.marks.forEach((m, i) => {
        const middle = y + each * i + each / 2;
        stops.push({row, mark: m, y: middle});
        marks.push(...barMarks(m, atX, middle, low, high, several, s.points));
        if (!above) marks.push(label(right + 8, middle + 4, beside ? intervalText(m, text) : text(m.value), {class: "value"}));
      });
      y += Math.max(body, beside ? 16 * named.length : 0) + 8;
    }
    const grid = [];
    const shown = ticks(low, high, (right - left) / 90), digits = digitsOf(100 * (shown[1] - shown[0]));
    for (const v of shown) {
      grid.push(mark("path", {d: `M${atX(v).toFixed(1)} 0V${y}`, class: v === 0 ? "zero" : "grid"}));
      grid.push(label(Math.min(Math.max(atX(v), 14), width - 16), y + 16, text(v, digits), {class: "tick", "text-anchor": "middle"}));
    }
    const axis = s.axis ? lines(s.axis, width - left - 4) : [];
    axis.forEach((line, i) => grid.push(label(left + 4, y + 35 + 16 * i, line, {class: "axis"})));
    const reading = stop => {
      const {row, mark: m} = stops[stop];
      return {
        title: row.name,
        items: row.marks.map(one => ({
          name: row.marks.length > 1 ? one.name ?? "" : "",
          text: intervalText(one, text) + (one.range ? `; ${one.rangeName} ${text(one.range[0])} to ${text(one.range[1])}` : ""),
          color: one.color,
          shape: one.shape ?? "area",
          pressed: one === m,
        })),
      };
    };
    return {
      height: y + 24 + 18 * axis.length,
      marks: [...grid, ...marks],
      stops: stops.length,
      first: null,
      legend: several ? s.rows[0].marks.map(m => ({name: m.name, color: m.color, shape: m.shape ?? "area"})) : [],
      at: (px, py) => nearest(stops.map(stop => stop.y), py),
      move: (stop, key) => ({ArrowUp: stop - 1, ArrowDown: stop + 1, ArrowLeft: stop - 1, ArrowRight: stop + 1})[key],
      cursor: stop => [mark("rect", {x: left, y: stops[stop].y - 9.5, width: width - left - 1, height: 19, class: "chosen"})],
      reading,
    };
  });
}

/** Digits after the point that steps of this size need. */
function digitsOf(step) {
  return step > 0 ? [0, 1, 2, 3].find(d => Math.abs(step * 10 ** d - Math.round(step * 10 ** d)) < 1e-6) ?? 3 : 0;
}

/** "31.2 % (29.2 to 33.3)" */
function intervalText(m, text) {
  return text(m.value) + (Number.isFinite(m.low) ? ` (${bare(text(m.low))} to ${bare(text(m.high))})` : "");
}
/** Without the unit, where it was just said. */
function bare(text) {
  return text.replace(/\s%$/, "");
}

function barMarks(m, atX, y, low, high, several, points) {
  if (!Number.isFinite(m.value)) return [];
  const clip = v => Math.max(low, Math.min(high, v)), base = atX(clip(0)), tip = atX(clip(m.value)), marks = [];
  if (m.range) marks.push(mark("rect", {x: atX(clip(m.range[0])), y: y - 8, width: Math.max(1, atX(clip(m.range[1])) - atX(clip(m.range[0]))), height: 16, class: "range"}));
  if (!points) marks.push(mark("rect", {x: Math.min(base, tip), y: y - 5, width: Math.abs(tip - base), height: 10, fill: m.color, class: "edge"}));
  if (Number.isFinite(m.low)) {
    const from = atX(clip(m.low)).toFixed(1), to = atX(clip(m.high)).toFixed(1), d = `M${from} ${y}H${to}M${from} ${y - 4}V${y + 4}M${to} ${y - 4}V${y + 4}`;
    marks.push(mark("path", {d, class: "whisker-halo"}), mark("path", {d, class: "whisker"}));
  }
  if (points || (several && m.shape)) marks.push(pointOf(m.shape ?? "circle", tip, y, m.color));
  return marks;
}

/**
 * A heat map. spec: {label, x: {name, values: [texts]}, y: {name, values: [texts]}, values: [y][x], low, high, text: value → text, diverging: of differences, around 0,
 * detail(x, y): what follows the value of a cell where it is read}. The first row is drawn at the bottom.
 */
function heatChart(spec) {
  return chart(spec, (s, width) => {
    const text = s.text ?? percent, columns = s.x.values.length, rows = s.y.values.length;
    const left = Math.min(Math.max(...s.y.values.map(v => textWidth(v))) + 10, width * 0.3), cell = (width - left - 4) / columns, tall = Math.max(26, Math.min(44, cell * 0.7));
    const top = 24, bottom = top + rows * tall, all = s.values.flat().filter(Number.isFinite), marks = [];
    let low = s.low ?? Math.min(...all), high = s.high ?? Math.max(...all);
    if (s.diverging) high = Math.max(Math.abs(low), Math.abs(high)) || 1, low = -high;
    const part = v => Math.max(0, Math.min(1, (v - low) / (high - low || 1))), place = (i, j) => [left + i * cell, bottom - (j + 1) * tall];
    marks.push(label(0, 14, fitted(`${s.y.name} (upwards)`, width), {class: "axis"}));
    for (let j = 0; j < rows; ++j) {
      marks.push(label(left - 6, place(0, j)[1] + tall / 2 + 4, fitted(s.y.values[j], left - 8), {class: "tick", "text-anchor": "end"}));
      for (let i = 0; i < columns; ++i) {
        const value = s.values[j][i], [x, y] = place(i, j), p = part(value), deep = s.diverging ? Math.abs(p - 0.5) > 0.28 : p > 0.5;
        marks.push(mark("rect", {x: x + 0.5, y: y + 0.5, width: cell - 1, height: tall - 1, fill: Number.isFinite(value) ? heatColor(p, s.diverging) : "none", class: "cell"}));
        const written = text(value);
        if (textWidth(written, 12) < cell - 6) marks.push(label(x + cell / 2, y + tall / 2 + 4, written, {class: deep ? "in-deep" : "in-light", "text-anchor": "middle"}));
      }
    }
    const each = Math.max(1, Math.ceil(Math.max(...s.x.values.map(v => textWidth(v) + 8)) / cell));
    for (let i = 0; i < columns; i += each) marks.push(label(left + (i + 0.5) * cell, bottom + 17, fitted(s.x.values[i], each * cell - 4), {class: "tick", "text-anchor": "middle"}));
    marks.push(label(left, bottom + 36, fitted(s.x.name, width - left), {class: "axis"}));
    const bar = Math.min(220, width - left - 4), steps = 24, y = bottom + 48;
    for (let k = 0; k < steps; ++k) marks.push(mark("rect", {x: left + k * bar / steps, y, width: bar / steps + 0.5, height: 10, fill: heatColor((k + 0.5) / steps, s.diverging)}));
    marks.push(label(left, y + 24, text(low), {class: "tick"}), label(left + bar, y + 24, text(high), {class: "tick", "text-anchor": "end"}));
    return {
      height: y + 30,
      marks,
      stops: rows * columns,
      first: 0,
      at: (px, py) => Math.max(0, Math.min(rows - 1, Math.floor((bottom - py) / tall))) * columns + Math.max(0, Math.min(columns - 1, Math.floor((px - left) / cell))),
      move: (stop, key) => ({ArrowLeft: stop - 1, ArrowRight: stop + 1, ArrowUp: stop + columns < rows * columns ? stop + columns : stop, ArrowDown: stop >= columns ? stop - columns : stop})[key],
      cursor: stop => {
        const [x, y0] = place(stop % columns, Math.floor(stop / columns));
        const box = {x: x + 1.5, y: y0 + 1.5, width: cell - 3, height: tall - 3};
        return [mark("rect", {...box, class: "chosen-halo"}), mark("rect", {...box, class: "chosen"})]; // seen on any colour
      },
      reading: stop => {
        const i = stop % columns, j = Math.floor(stop / columns);
        return {title: `${s.x.name} ${s.x.values[i]}, ${s.y.name} ${s.y.values[j]}`, items: [{name: "", text: `${text(s.values[j][i])}${s.detail ? ` ${s.detail(i, j)}` : ""}`,
          shape: "area", color: heatColor(part(s.values[j][i]), s.diverging)}]};
      },
    };
  });
}

function heatColor(part, diverging) {
  const [a, b, p] = !diverging ? ["#f3f5f7", "#0b3c6f", part] : part < 0.5 ? ["#a63a00", "#f3f3f0", 2 * part] : ["#f3f3f0", "#0b3c6f", 2 * part - 1];
  const at = k => Math.round(parseInt(a.slice(k, k + 2), 16) * (1 - p) + parseInt(b.slice(k, k + 2), 16) * p);
  return `rgb(${at(1)},${at(3)},${at(5)})`;
}
