// A chart: a drawing as wide as its place, with a cursor that the pointer and the keyboard move, and a reading of the numbers under it. Kinds of charts hand in how they are drawn.

const chartColors = {accent: "var(--accent)", other: "var(--other)", third: "var(--third)"};

/**
 * {element, update(spec)}. `spec.label` names the chart. `drawn(spec, width)` gives
 *   {height, marks: [SVG elements], stops: how many the cursor has, first: where it begins (null: nowhere, and the reading is `legend`, items, until then),
 *    at(x, y): the stop under a point, move(stop, key): the next one, cursor(stop): SVG elements,
 *    reading(stop): {title, items: [{name, text, color, shape, dash, pressed, press}]}}
 * `press` of an item makes it a button.
 */
function chart(spec, drawn) {
  const svg = mark("svg", {"aria-hidden": "true"}), over = mark("g"), reading = make("div", {class: "reading"});
  const plot = make("div", {class: "plot", tabindex: 0, role: "slider", "aria-roledescription": "chart"}, svg);
  const element = make("div", {class: "chart"}, plot, reading);
  let now = spec, drawing = null, stop = null, width = 0;

  function show(at) {
    if (at === null) {
      over.replaceChildren();
      reading.replaceChildren(...(drawing.legend ?? []).map(legendItem));
      plot.setAttribute("aria-valuenow", 0);
      plot.setAttribute("aria-valuetext", drawing.reading(0).title);
      return;
    }
    stop = Math.max(0, Math.min(drawing.stops - 1, at));
    over.replaceChildren(...drawing.cursor(stop));
    const {title, items} = drawing.reading(stop);
    plot.setAttribute("aria-valuenow", stop);
    plot.setAttribute("aria-valuetext", `${title}: ${items.map(item => `${item.name} ${item.text}`).join("; ")}`);
    reading.replaceChildren(make("span", {class: "when"}, title), " ", ...items.map(legendItem));
  }
  function legendItem(item) {
    const inside = [swatch(item), make("span", {class: "name"}, item.name), " ", make("span", {class: "value"}, item.text ?? "")];
    return item.press ? make("button", {type: "button", class: "item", "aria-pressed": String(item.pressed), onclick: item.press}, inside) : make("span", {class: "item"}, inside);
  }
  function draw() {
    if (width < 50) return;
    drawing = drawn(now, width);
    svg.setAttribute("viewBox", `0 0 ${width} ${drawing.height}`);
    svg.setAttribute("width", width);
    svg.setAttribute("height", drawing.height);
    svg.replaceChildren(...drawing.marks, over);
    plot.setAttribute("aria-label", now.label);
    plot.setAttribute("aria-valuemin", 0);
    plot.setAttribute("aria-valuemax", drawing.stops - 1);
    show(stop === null ? drawing.first : stop);
  }
  function follow(event) {
    const box = svg.getBoundingClientRect();
    show(drawing.at((event.clientX - box.left) * width / box.width, (event.clientY - box.top) * width / box.width));
  }
  plot.addEventListener("focus", () => drawing && stop === null && plot.matches(":focus-visible") && show(0));
  plot.addEventListener("pointermove", follow);
  plot.addEventListener("pointerdown", follow);
  plot.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const to = event.key === "Home" ? 0 : event.key === "End" ? drawing.stops - 1 : drawing.move(stop ?? 0, event.key);
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  });
  new ResizeObserver(() => {
    const wide = Math.floor(element.clientWidth);
    if (wide !== width) width = wide, draw();
  }).observe(element);
  return {
    element,
    update(next) {
      now = next;
      if (drawing && next.keep === false) stop = null;
      draw();
    },
  };
}

/** What a legend shows of a mark: a filled square, a line as it is dashed, or a point of its shape. */
function swatch({color, shape = "area", dash = null}) {
  const svg = mark("svg", {class: "swatch", viewBox: "0 0 18 14", width: 18, height: 14, "aria-hidden": "true"});
  if (shape === "none") return svg;
  if (shape === "line") svg.append(mark("path", {d: "M0 7H18", stroke: color, "stroke-width": 2.5, "stroke-dasharray": dash}));
  else if (shape === "area") svg.append(mark("rect", {x: 2.5, y: 0.5, width: 13, height: 13, fill: color, class: "edge"}));
  else svg.append(pointOf(shape, 9, 7, color));
  return svg;
}

/** A point: circle, ring, diamond or square, so that colour is not all that tells them apart. */
function pointOf(shape, x, y, color) {
  const at = {class: "point", fill: shape === "ring" ? "var(--page)" : color, stroke: color};
  if (shape === "diamond") return mark("path", {d: `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`, ...at});
  if (shape === "square") return mark("rect", {x: x - 4.5, y: y - 4.5, width: 9, height: 9, ...at});
  return mark("circle", {cx: x, cy: y, r: 4.8, ...at});
}

/** The number of the value that lies nearest. */
function nearest(values, to) {
  let best = 0;
  for (let i = 1; i < values.length; ++i) if (Math.abs(values[i] - to) < Math.abs(values[best] - to)) best = i;
  return best;
}

/** Lines and texts of a frame over years: {marks, x, y, xs, left, right, top, bottom}. `right`: room beside it. */
function frameOverYears({x, y}, width, height, room) {
  const low = y.low, high = y.high, shown = y.percent ? v => `${fixed(100 * v, 0)}` : v => fixed(v, y.digits ?? 1);
  const values = ticks(low, high, 4), left = Math.ceil(Math.max(...values.map(v => textWidth(shown(v))))) + 12;
  const top = 26, bottom = height - 26, right = width - room;
  const atX = scale(x[0], x[x.length - 1], left, right), atY = scale(low, high, bottom, top);
  const marks = [label(0, 14, fitted(y.label, width), {class: "axis"})];
  for (const v of values) {
    marks.push(mark("path", {d: `M${left} ${atY(v).toFixed(1)}H${right}`, class: "grid"}));
    marks.push(label(left - 6, atY(v) + 4, shown(v), {class: "tick", "text-anchor": "end"}));
  }
  for (const year of yearTicks(x[0], x[x.length - 1], (right - left) / 58)) {
    const at = Math.min(atX(year), width - 17);
    marks.push(mark("path", {d: `M${atX(year).toFixed(1)} ${bottom}v5`, class: "ticked"}));
    marks.push(label(at, bottom + 20, String(year), {class: "tick", "text-anchor": "middle"}));
  }
  return {marks, atX, atY, xs: x.map(atX), left, right, top, bottom};
}

/** What the cursor of a chart over years does. */
function overYears(frame, spec, dots) {
  return {
    stops: spec.x.length,
    first: spec.x.length - 1,
    at: px => nearest(frame.xs, px),
    move: (stop, key) => ({ArrowLeft: stop - 1, ArrowRight: stop + 1, ArrowDown: stop - 1, ArrowUp: stop + 1, PageDown: stop - 8, PageUp: stop + 8})[key],
    cursor: stop => [mark("path", {d: `M${frame.xs[stop].toFixed(1)} ${frame.top}V${frame.bottom}`, class: "cursor"}), ...dots(stop)],
  };
}
