// Marks: elements, texts, numbers and scales that every chart here uses. Texts reach the page as text alone, never as HTML.

/** An element of HTML: make("p", {class: "note"}, "text", child…). Texts become text nodes. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined).map(child => (typeof child === "string" ? unbroken(child) : child)));
  return element;
}
/** No line ends between a number and its %. */
function unbroken(text) {
  return text.replace(/(\d) %/g, "$1\u00a0%");
}

/** An element of SVG. */
function mark(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Text in a drawing; `anchor`: start, middle or end. */
function label(x, y, text, attributes = {}) {
  return mark("text", {x: x.toFixed(1), y: y.toFixed(1), ...attributes}, text);
}

const measuring = document.createElement("canvas").getContext("2d");
/** Width of a text in a drawing, in pixels. */
function textWidth(text, size = 13) {
  measuring.font = `${size}px system-ui, sans-serif`;
  return measuring.measureText(text).width;
}

/** The text cut to so many pixels, with … where it was. */
function fitted(text, width, size = 13) {
  if (textWidth(text, size) <= width) return text;
  let cut = text;
  while (cut.length > 1 && textWidth(`${cut}…`, size) > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}

/** The text in lines of so many pixels, broken at blanks. */
function lines(text, width, size = 13) {
  const all = [];
  for (const word of text.split(" ")) {
    const longer = all.length ? `${all[all.length - 1]} ${word}` : word;
    if (all.length && textWidth(longer, size) <= width) all[all.length - 1] = longer;
    else all.push(word);
  }
  return all.map(line => fitted(line, width, size));
}

const minus = text => text.replace("-", "−");
/** A share as text: "31.2 %". */
function percent(share, digits = 1) {
  return Number.isFinite(share) ? `${fixed(100 * share, digits)}\u00a0%` : "–";
}
/** A number with so many digits after the point; of a difference with its sign. */
function fixed(value, digits = 2) {
  return Number.isFinite(value) ? minus(value.toFixed(digits).replace(/^-(0\.?0*)$/, "$1")) : "–";
}
function signed(value, digits = 2) {
  return Number.isFinite(value) ? (Number(value.toFixed(digits)) > 0 ? "+" : "") + fixed(value, digits) : "–";
}
/** 12,345 */
function counted(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}
/** "western turn" of "western_turn". */
function inWords(name) {
  return name.replaceAll("_", " ");
}

/** From values to pixels: a straight line. */
function scale(low, high, from, to) {
  const factor = (to - from) / (high - low || 1);
  return value => from + (value - low) * factor;
}

/** Round numbers between two values, about so many. */
function ticks(low, high, about) {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, about), power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= rough * 0.999);
  const all = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; ++k) all.push(Number((k * step).toPrecision(12)));
  return all;
}
/** Years for an axis: whole ones, as many as there is room for. */
function yearTicks(low, high, about) {
  const step = [1, 2, 5, 10, 20, 50].find(s => (high - low) / s <= about) ?? 100;
  const all = [];
  for (let year = Math.ceil(low / step) * step; year <= high + 1e-9; year += step) all.push(year);
  return all;
}

/** A path along points; gaps where a value is no number. */
function pathOf(xs, ys) {
  let path = "", pen = "M";
  for (let i = 0; i < xs.length; ++i) {
    if (Number.isFinite(ys[i])) path += `${pen}${xs[i].toFixed(1)} ${ys[i].toFixed(1)}`, pen = "L";
    else pen = "M";
  }
  return path;
}
/** The area between two courses. */
function areaOf(xs, low, high) {
  const at = xs.map((_, i) => i).filter(i => Number.isFinite(low[i]) && Number.isFinite(high[i]));
  if (!at.length) return "";
  const there = at.map(i => `${xs[i].toFixed(1)} ${high[i].toFixed(1)}`), back = at.reverse().map(i => `${xs[i].toFixed(1)} ${low[i].toFixed(1)}`);
  return `M${there.join("L")}L${back.join("L")}Z`;
}
/** The same course as steps: each value holds until the next. */
function stepped(values, wider) {
  return values.flatMap((value, i) => (i === 0 ? [value] : wider ? [value, value] : [values[i - 1], value]));
}
