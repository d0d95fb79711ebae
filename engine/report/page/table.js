// The table under a chart: a real one, behind a line that opens it; and choices with their labels.

let fields = 0; // that have a name of their own so far

/**
 * {element, update(spec)}. spec: {caption, columns: [{name, text: true if it holds words}], rows: [[cells]]}; the first cell of a row names it. Cells are texts.
 */
function tableUnder(spec, {open = false, summary = "The numbers as a table"} = {}) {
  const said = make("p", {class: "note caption", id: `table-${++fields}`}), table = make("table", {"aria-labelledby": said.id}),
    region = make("div", {class: "scroll", tabindex: 0, role: "region"}, table);
  const element = make("details", {open}, make("summary", {}, summary), said, region);
  function update(next) {
    said.textContent = next.caption;
    region.setAttribute("aria-labelledby", said.id);
    const head = make("tr", {}, next.columns.map(c => make("th", {scope: "col", class: c.text ? "text" : null}, c.name)));
    const cell = (text, i) => (i === 0 ? make("th", {scope: "row"}, text) : make("td", {class: next.columns[i].text ? "text" : null}, text));
    table.replaceChildren(make("thead", {}, head), make("tbody", {}, next.rows.map(row => make("tr", {}, row.map(cell)))));
  }
  update(spec);
  return {element, update};
}

/** {element, value, set(options, value)}: a choice. options: [{value, text, group}]; `chosen(value)` is called when the reader chooses. */
function choice(name, options, value, chosen) {
  const id = `field-${++fields}`, select = make("select", {id, onchange: () => chosen(select.value)});
  function set(all, now) {
    const groups = new Map();
    select.replaceChildren();
    for (const {value: v, text, group} of all) {
      const option = make("option", {value: v}, text);
      if (!group) select.append(option);
      else {
        if (!groups.has(group)) groups.set(group, make("optgroup", {label: group})), select.append(groups.get(group));
        groups.get(group).append(option);
      }
    }
    select.value = now;
  }
  set(options, value);
  return {element: make("div", {class: "field"}, make("label", {for: id}, name), select), select, set, get value() { return select.value; }};
}

/** A section with its heading, under which everything else comes. */
function section(id, title, ...children) {
  return make("section", {id, "aria-labelledby": `${id}-title`}, make("h2", {id: `${id}-title`}, title), ...children);
}
