// The futures of a page's module, simulated in Node: node futures.cjs PAGE FOLDER. Settings of each case go to FOLDER/NAME.toml, what came of them to standard output, a line of JSON each.
const fs = require("fs"), path = require("path");
const [page, folder] = process.argv.slice(2), html = fs.readFileSync(page, "utf8");
const held = id => html.split(`<script type="application/json" id="${id}">`)[1].split("</script>")[0];
const about = JSON.parse(held("explore")), bytes = id => Buffer.from(held(id), "base64");
// what the page itself runs, as it stands there
const {modelOf, withSettings, settingsOf} = new Function(`${held("worker").split("\n// Behind the page")[0]}\nreturn {modelOf, withSettings, settingsOf};`)();
const compiled = new WebAssembly.Module(bytes("module"));
if (WebAssembly.Module.imports(compiled).length) throw new Error("the module imports something");
const model = modelOf(compiled), number = (list, name) => list.findIndex(one => one.name === name);

const alternative = (name, choice) => [number(about.structures, name), about.structures[number(about.structures, name)].choices.indexOf(choice)];
const carrot = about.levers[0].number, rest = which => [...about.scenarios[which].dials];
const cases = [
  {name: "base", scenario: 0, runs: 1000},
  {name: "dials", scenario: 0, dials: [0.85, 0, 0.3, 1]},
  {name: "carrot", scenario: 0, levers: [[carrot, 0.8]]},
  {name: "structures", scenario: 0, structures: [alternative("dep", "pawn"), alternative("warpref", "fear_defeat")]},
  {name: "all", scenario: 0, dials: [0.2, 0.75, 1, 0.1], levers: [[carrot, 0.35]], structures: [alternative("closeness", "trust")], seed: 7, runs: 300},
  {name: "twin", scenario: 0, seed: 2, told: {seed: null}}, // its text is of another seed
  {name: "second", scenario: 1},
  {name: "second_carrot", scenario: 1, dials: [0.5, 0.5, 0, 0.5], levers: [[carrot, 0.15]]},
];
for (const {name, scenario, dials = rest(scenario), levers = [], structures = [], seed = null, runs = 260, told = {}} of cases) {
  const asked = {dials, levers, structures, seed, runs, watched: about.watched}, one = about.scenarios[scenario];
  model.load(bytes(`scenario-${scenario}`));
  const began = performance.now();
  const found = model.run(asked, {classes: about.classes.length, orientations: about.orientations.length, events: about.events.length});
  fs.writeFileSync(path.join(folder, `${name}.toml`), withSettings(one.text + about.posteriors[one.posterior], settingsOf({...asked, ...told}, one, about)));
  console.log(JSON.stringify({name, ms: performance.now() - began, fingerprint: found.fingerprint, failed: found.failed, quarters: found.quarters, classes: [...found.classes], orientations: [...found.orientations],
                              events: [...found.events], quantiles: [...found.quantiles]}));
}
