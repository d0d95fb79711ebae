// The model in this page: the module's functions under names, and a scenario's text with the reader's settings. It touches no page, so that a worker and a test run it too.

/**
 * What the WebAssembly module can do. `load(bytes)` takes a scenario; `run(asked)` simulates futures of it.
 * asked: {dials: [number of each driver], levers: [[number, value]], structures: [[number, alternative]], seed (or null: the scenario's), runs, watched: [variables, rising]}.
 */
function modelOf(module) {
  const {exports} = new WebAssembly.Instance(module, {});
  exports._initialize();
  const numbers = (Kind, at, n) => new Kind(exports.memory.buffer, at, n).slice(), levels = 5;
  function textAt(at) {
    const bytes = new Uint8Array(exports.memory.buffer, at, 64);
    return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
  }
  return {
    sources: textAt(exports.sources()),
    load(bytes) {
      const at = exports.room(bytes.length);
      new Uint8Array(exports.memory.buffer, at, bytes.length).set(bytes);
      if (!exports.load()) throw new Error("these bytes are no scenario of this module");
    },
    run(asked, kinds) {
      exports.rest();
      asked.dials.forEach((dial, driver) => exports.turn(driver, dial));
      for (const [lever, value] of asked.levers) exports.pull(lever, value);
      for (const [structure, alternative] of asked.structures) exports.choose(structure, alternative);
      if (asked.seed !== null) exports.seed(asked.seed);
      exports.unwatch();
      asked.watched.forEach(variable => exports.watch(variable));
      const failed = exports.simulate(asked.runs), quarters = exports.quarters();
      return {
        runs: asked.runs, failed, quarters, levels,
        fingerprint: BigInt.asUintN(64, exports.fingerprint()).toString(16).padStart(16, "0"),
        classes: numbers(Uint32Array, exports.classes(), quarters * kinds.classes),
        orientations: numbers(Uint32Array, exports.orientations_seen(), quarters * kinds.orientations),
        events: numbers(Uint32Array, exports.events(), quarters * kinds.events),
        quantiles: numbers(Float32Array, exports.quantiles_seen(), asked.watched.length * levels * quarters),
      };
    },
  };
}

/** A number as a scenario has it. */
function numberInToml(x) {
  return Number.isInteger(x) ? `${x}.0` : String(x);
}

/**
 * The text of a resolved scenario with other lines: {section, key, value} each; section "" is the top. A key that stands nowhere is added at the head of its section.
 */
function withSettings(text, settings) {
  const all = text.split("\n");
  for (const {section: name, key, value} of settings) {
    const begins = name === "" ? -1 : all.indexOf(`[${name}]`);
    if (begins < 0 && name !== "") {
      all.push("", `[${name}]`, `${key} = ${value}`);
      continue;
    }
    const next = all.findIndex((line, i) => i > begins && line.startsWith("[")), ends = next < 0 ? all.length : next;
    const at = all.findIndex((line, i) => i > begins && i < ends && line.startsWith(`${key} = `));
    if (at >= 0) all[at] = `${key} = ${value}`;
    else all.splice(begins + 1, 0, `${key} = ${value}`);
  }
  return all.join("\n");
}

/** The settings that make a scenario's text say what was asked. `about`: names of drivers, levers and structures by number; `scenario`: as it stands. */
function settingsOf(asked, scenario, about) {
  const settings = [{section: "", key: "runs", value: String(asked.runs)}];
  if (asked.seed !== null) settings.push({section: "", key: "seed", value: String(asked.seed)});
  asked.dials.forEach((dial, driver) => {
    if (dial !== scenario.dials[driver]) settings.push({section: "drivers", key: about.drivers[driver].name, value: numberInToml(dial)});
  });
  for (const [lever, value] of asked.levers) settings.push({section: "levers", key: about.levers.find(one => one.number === lever).name, value: numberInToml(value)});
  for (const [structure, alternative] of asked.structures) {
    const {name, choices} = about.structures[structure];
    settings.push({section: "structures", key: name, value: `"${choices[alternative]}"`});
  }
  return settings;
}
