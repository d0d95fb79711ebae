// Behind the page: loads the module and the scenarios once, then simulates what it is asked, one request at a time.

const scenarios = [];
let model = null, loaded = -1, kinds = null;

onmessage = ({data}) => {
  try {
    if (data.module) {
      model = modelOf(new WebAssembly.Module(data.module));
      scenarios.push(...data.scenarios);
      kinds = data.kinds;
      postMessage({ready: true, sources: model.sources});
      return;
    }
    if (data.scenario !== loaded) model.load(scenarios[data.scenario]);
    loaded = data.scenario;
    const began = performance.now(), found = model.run(data.asked, kinds);
    postMessage({id: data.id, asked: data.asked, scenario: data.scenario, found, ms: performance.now() - began});
  } catch (error) {
    postMessage({id: data.id, failed: String(error)});
  }
};
